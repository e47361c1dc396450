// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>

#include <fmt/format.h>

#include "demo/mail_plan.h"
#include "demo/plan_tools.h"
#include "demo/sentences.h"

namespace entregent::demo {
namespace {

using std::chrono::days;

class Machines {
 public:
  Machines(World& world, Random& random) : world_(world), cast_(world.cast), random_(random) {}

  void plan(int messages) {
    const int per_list = std::max(12, messages * 7 / 300);
    for (std::size_t list = 0; list < cast_.lists.size(); ++list) {
      for (int posts = 0; posts < per_list;) posts += add_list_thread(list);
    }
    for (int count = std::max(25, messages * 6 / 100), index = 0; index < count; ++index)
      add_robot_mail(static_cast<std::size_t>(index));
    for (int count = std::max(8, messages / 100); count > 0; --count) add_spam();
  }

 private:
  Person& person(int id) { return cast_.persons[static_cast<std::size_t>(id)]; }
  std::string marked(std::string_view text) const {
    return cast_.marker.empty() ? std::string(text) : std::string(text) + " " + cast_.marker;
  }

  Moment moment(int first_day = 5) {
    return at(cast_.first_day + days{random_.between(first_day, 1090)}, random_.between(7, 21), random_.between(0, 59),
              Zone::paris);
  }

  int her_address(Moment when) {
    const auto day = std::chrono::floor<days>(when);
    if (random_.chance(35)) return private_address;
    return day > person(0).truth.addresses[cabinet_address].last ? office_address : cabinet_address;
  }

  /// Questions and answers among members; now and then she answers.
  int add_list_thread(std::size_t list) {
    const bool english = list == 2;
    const int list_id = cast_.lists[list];
    const ListTopic& topic = random_.pick(english ? list_topics_english() : list_topics_french());
    Moment when = moment();
    const int hers = her_address(when);
    const std::string tag = fmt::format("[{}] ", person(list_id).truth.addresses[0].address.substr(
                                                     0, person(list_id).truth.addresses[0].address.find('@')));
    int parent = -1, posts = 0;
    for (const std::string_view line : topic.posts) {
      if (std::chrono::floor<days>(when) >
          std::min(cast_.last_day, person(0).truth.addresses[static_cast<std::size_t>(hers)].last))
        break;
      Mail mail;
      mail.thread = world_.threads;
      mail.parent = parent;
      mail.when = when;
      mail.nature = Nature::list_post;
      mail.list = list_id;
      mail.her_address = hers;
      mail.language = english ? Language::english : Language::french;
      mail.to = {mailbox_of(cast_, list_id, 0)};
      const int writer = parent >= 0 && random_.chance(10) ? 0 : member(mail.language);
      const auto day = std::chrono::floor<days>(when);
      const Mailbox own = own_mailbox(cast_, writer, day, random_, writer == 0 ? hers : -1);
      mail.from = own;
      if (writer != 0 && random_.chance(40)) munge(mail, own);
      mail.text = marked(line) + "\n\n" + person(writer).given;
      finish_mail(world_, mail, tag + std::string(topic.subject), random_);
      parent = static_cast<int>(world_.mails.size());
      world_.mails.push_back(std::move(mail));
      when += std::chrono::minutes{random_.between(20, 1300)};
      ++posts;
    }
    ++world_.threads;
    return std::max(posts, 1);
  }

  int member(Language language) {
    for (;;) {
      const int id = random_.pick(cast_.humans);
      if (person(id).language == language && !person(id).truth.addresses[0].shared) return id;
    }
  }

  /// What lists do to From since DMARC: their own address, the writer's in Reply-To.
  void munge(Mail& mail, const Mailbox& own) {
    const Person& writer = person(own.person);
    mail.reply_to = own;
    mail.from = {.person = mail.list,
                 .name = writer.truth.name + " via " + person(mail.list).truth.name,
                 .address = person(mail.list).truth.addresses[0].address};
  }

  void add_robot_mail(std::size_t index) {
    const std::size_t robot = index % cast_.robots.size();
    const RobotMail& words = robot_mails()[robot * 5 + random_.below(5)];
    Mail mail;
    mail.thread = world_.threads++;
    mail.when = moment();
    mail.nature = Nature::robot;
    mail.her_address = her_address(mail.when);
    mail.language = robot == 1 ? Language::english : Language::french;
    mail.from = mailbox_of(cast_, cast_.robots[robot], 0);
    if (robot == 4 && random_.chance(60)) {
      const Person& sharing = person(random_.pick(cast_.humans));
      mail.from.name = sharing.family + ", " + sharing.given + " via " + mail.from.name;
    }
    mail.to = {seen_mailbox(cast_, 0, std::chrono::floor<days>(mail.when), random_, mail.her_address)};
    mail.text = marked(words.text);
    finish_mail(world_, mail, std::string(words.subject), random_);
    world_.mails.push_back(std::move(mail));
  }

  void add_spam() {
    const RobotMail& words = random_.pick(spam_mails());
    Mail mail;
    mail.thread = world_.threads++;
    mail.when = moment();
    mail.nature = Nature::spam;
    mail.her_address = private_address;
    const auto number = random_.between(10, 9999);
    mail.from = {.person = cast_.stranger,
                 .name = marked("Service client"),
                 .address = fmt::format("info{}@promo-{}{}.example", number, number % 7, cast_.marker)};
    mail.to = {{.person = 0, .name = "", .address = person(0).truth.addresses[private_address].address}};
    mail.text = marked(words.text);
    finish_mail(world_, mail, std::string(words.subject), random_);
    world_.mails.push_back(std::move(mail));
  }

  World& world_;
  Cast& cast_;
  Random& random_;
};

}  // namespace

void plan_machines(World& world, Random& random, int messages) {
  Machines(world, random).plan(messages);
}

}  // namespace entregent::demo
