// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "demo/mail_plan.h"
#include "demo/plan_tools.h"
#include "demo/prose.h"

namespace entregent::demo {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

/// What a thread is made from.
struct ThreadSpec {
  int other = 0;
  sys_days day;
  int length = 2;
  bool she_begins = false;
  int spelling = -1;  ///< of the other, to be used in the first letter; negative: any
};

/// Writes threads between her and others into the world, one at a time.
class Threads {
 public:
  Threads(World& world, Random& random) : world_(world), cast_(world.cast), random_(random) {
    int sum = 0;
    for (const int id : cast_.humans) sums_.push_back(sum += person(id).weight);
  }

  /// Makes sure that every spelling of everybody occurs, and that everybody has written and been written to.
  void cover() {
    std::vector<int> everybody = cast_.humans;
    everybody.insert(everybody.end(), cast_.roles.begin(), cast_.roles.end());
    for (const int id : everybody) {
      for (std::size_t index = 0; index < person(id).spellings.size(); ++index) {
        const Spelling spelling = person(id).spellings[index];
        if (spelling.uses > 0) continue;
        const TrueAddress& address = person(id).truth.addresses[static_cast<std::size_t>(spelling.address)];
        add({.other = id,
             .day = day_within(address.first, address.last),
             .length = random_.between(1, 3),
             .she_begins = !spelling.own,
             .spelling = static_cast<int>(index)});
      }
    }
  }

  /// Whoever occurs in lists and meetings alone so far writes to her and is answered.
  void introduce() {
    std::set<int> writers, readers;
    for (const Mail& mail : world_.mails) {
      if (mail.nature == Nature::letter && !by_her(mail)) writers.insert(mail.from.person);
      if (mail.nature == Nature::letter && by_her(mail)) readers.insert(mail.to[0].person);
    }
    for (const int id : cast_.humans) {
      const TrueAddress& address = person(id).truth.addresses[0];
      // Not in the last month: the answer must still arrive.
      if (!writers.contains(id) || !readers.contains(id)) {
        add({.other = id, .day = day_within(address.first, address.last - days{30}), .length = 2, .she_begins = false});
      }
    }
  }

  void add_any() {
    const int drawn = static_cast<int>(random_.below(static_cast<std::size_t>(sums_.back())));
    const auto index = static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), drawn) - sums_.begin());
    const int other = cast_.humans[index];
    const auto [first, last] = active_days(other);
    const int lengths[] = {1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 6, 8};
    add({.other = other,
         .day = day_within(first, last),
         .length = random_.pick(lengths),
         .she_begins = random_.chance(48)});
  }

 private:
  Person& person(int id) { return cast_.persons[static_cast<std::size_t>(id)]; }

  /// Half of them are there all the time; the others come later or fall silent.
  std::pair<sys_days, sys_days> active_days(int id) {
    Random own(static_cast<std::uint64_t>(id) * 77U + 5U);
    sys_days first = cast_.first_day, last = cast_.last_day;
    if (id == cast_.best_known) return {first, last};
    const int drawn = own.between(1, 4);
    if (drawn == 1) first += days{own.between(100, 900)};
    if (drawn == 2) last -= days{own.between(100, 900)};
    return {first, last};
  }

  sys_days day_within(sys_days first, sys_days last) {
    const auto span = static_cast<int>((last - first).count());
    sys_days day = first + days{random_.between(0, std::max(span, 0))};
    for (int tries = 0; !is_working_day(day) && tries < 5; ++tries) day = day + days{1} <= last ? day + days{1} : first;
    return day;
  }

  int her_address(const Person& other, sys_days day) {
    if (other.friendly && !other.consultant) return private_address;
    const auto& addresses = person(0).truth.addresses;
    if (day > addresses[cabinet_address].last) return random_.chance(4) ? private_address : office_address;
    if (day < addresses[office_address].first) return cabinet_address;
    return random_.chance(60) ? office_address : cabinet_address;
  }

  bool valid_then(int id, int address, Moment when) {
    const TrueAddress& its = person(id).truth.addresses[static_cast<std::size_t>(address)];
    const auto day = std::chrono::floor<days>(when + std::chrono::hours{2});
    return its.first <= day && day <= its.last && day <= cast_.last_day;
  }

  Moment later(Moment when, bool friendly) {
    const int minutes[] = {14, 35, 70, 150, 240, 900, 1440, 1500, 2880, 4500, 8600};
    Moment next = when + std::chrono::minutes{random_.pick(minutes) + random_.between(0, 50)} +
                  std::chrono::seconds{random_.between(1, 59)};
    for (;;) {
      const Local time = local(next, Zone::paris);
      const auto day = std::chrono::floor<days>(next);
      const bool awake = time.hour >= 8 && time.hour < (friendly ? 23 : 19);
      if (awake && (friendly || is_working_day(day))) return next;
      next += std::chrono::hours{3};
    }
  }

  /// One or two colleagues of the same circle who can be reached on that day.
  std::vector<Mailbox> colleagues(int other, sys_days day) {
    std::vector<Mailbox> out;
    if (!random_.chance(other == cast_.best_known ? 45 : 25) || person(other).truth.kind != PersonKind::human)
      return out;
    const auto& circle = cast_.circles[static_cast<std::size_t>(person(other).circle)];
    for (int tries = random_.between(1, 3); tries > 0; --tries) {
      const int id = random_.pick(circle);
      const bool twice = id == other || std::any_of(out.begin(), out.end(),
                                                    [&](const Mailbox& mailbox) { return mailbox.person == id; });
      if (!twice && !share_an_address(id, other)) out.push_back(seen_mailbox(cast_, id, day, random_));
    }
    return out;
  }

  bool share_an_address(int one, int other) {
    for (const auto& left : person(one).truth.addresses) {
      for (const auto& right : person(other).truth.addresses) {
        if (left.address == right.address) return true;
      }
    }
    return false;
  }

  std::string spoken_of(const std::vector<Mailbox>& parties, Language language, Moment when) {
    if (!random_.chance(12)) return "";
    const int id = random_.chance(30) ? cast_.best_known : random_.pick(cast_.humans);
    const Person& who = person(id);
    const bool is_party =
        std::any_of(parties.begin(), parties.end(), [&](const Mailbox& mailbox) { return mailbox.person == id; });
    if (is_party || !who.truth.homonyms.empty() || who.language != language) return "";
    mentioned_ = id;
    const bool before = who.truth.former_name && std::chrono::floor<days>(when) <= who.truth.addresses[0].last;
    return before ? *who.truth.former_name : who.truth.name;
  }

  void add(const ThreadSpec& spec) {
    Person& other = person(spec.other);
    tone_ = tone_of(other);
    topic_ = &random_.pick(topics(tone_));
    matter_ = new_matter(cast_, spec.other, tone_, random_);
    used_.clear();
    const int hers = her_address(other, spec.day);
    const bool friendly = tone_ == Tone::friendly;
    Moment when = at(spec.day, random_.between(8, friendly ? 21 : 18), random_.between(0, 59), Zone::paris) +
                  std::chrono::seconds{random_.between(0, 59)};
    Mailbox theirs = spec.spelling >= 0 ? mailbox_of(cast_, spec.other, spec.spelling)
                     : spec.she_begins  ? seen_mailbox(cast_, spec.other, spec.day, random_)
                                        : own_mailbox(cast_, spec.other, spec.day, random_);
    const int their_address = address_index(cast_, theirs);
    const std::vector<Mailbox> copied = colleagues(spec.other, spec.day);
    const std::string subject = filled(random_.pick(topic_->subjects), matter_, when, other.language, random_);
    const int thread = world_.threads++;
    std::vector<int> mails;
    bool her_turn = spec.she_begins;
    for (int index = 0; index < spec.length && valid_then(0, hers, when) && valid_then(spec.other, their_address, when);
         ++index) {
      Mail mail;
      mail.thread = thread;
      mail.when = when;
      mail.her_address = hers;
      mail.language = other.language;
      if (index > 0) theirs = next_mailbox(theirs, her_turn, spec.day);
      const Mailbox her =
          her_turn ? own_mailbox(cast_, 0, spec.day, random_, hers) : seen_mailbox(cast_, 0, spec.day, random_, hers);
      mail.from = her_turn ? her : theirs;
      mail.to = {her_turn ? theirs : her};
      mail.cc = copied;
      if (index > 0) mail.parent = mails[random_.chance(85) ? mails.size() - 1 : random_.below(mails.size())];
      if (!her_turn && index > 0 && !copied.empty() && random_.chance(25)) let_a_colleague_answer(mail, spec.day);
      if (!her_turn && other.assistant >= 0 && mail.from.person == spec.other)
        let_the_assistant_write(mail, other, spec.day);
      write(mail, subject, index, spec.length);
      mails.push_back(static_cast<int>(world_.mails.size()));
      world_.mails.push_back(std::move(mail));
      if (her_turn && index == 0 && tone_ == Tone::formal && random_.chance(7)) answer_out_of_office(mails.back());
      when = later(when, friendly);
      her_turn = !her_turn || random_.chance(8);
    }
    if (!mails.empty() && random_.chance(6)) forward(mails.back());
  }

  /// She answers to the name as it came, or as her address book has it; the other always writes with the own program.
  Mailbox next_mailbox(const Mailbox& before, bool her_turn, sys_days day) {
    const int address = address_index(cast_, before);
    if (!her_turn) return own_mailbox(cast_, before.person, day, random_, address);
    return random_.chance(60) ? before : seen_mailbox(cast_, before.person, day, random_, address);
  }

  void let_a_colleague_answer(Mail& mail, sys_days day) {
    const std::size_t which = random_.below(mail.cc.size());
    if (!valid_then(mail.cc[which].person, address_index(cast_, mail.cc[which]), mail.when)) return;
    const Mailbox answering =
        own_mailbox(cast_, mail.cc[which].person, day, random_, address_index(cast_, mail.cc[which]));
    mail.cc[which] = mail.from;
    mail.from = answering;
  }

  void let_the_assistant_write(Mail& mail, const Person& boss, sys_days day) {
    if (!random_.chance(50)) return;
    mail.sender = own_mailbox(cast_, boss.assistant, day, random_);
  }

  std::string_view unused_line(const Lines& lines) {
    for (int tries = 0; tries < 6; ++tries) {
      const std::string_view line = random_.pick(lines);
      if (used_.insert(line).second) return line;
    }
    return random_.pick(lines);
  }

  /// Subject, text, files and mentions of one letter of the thread.
  void write(Mail& mail, const std::string& subject, int index, int length) {
    const bool hers = by_her(mail);
    const Person& writer = person(mail.from.person);
    const Lines& lines = index == 0 ? (hers ? topic_->opens_hers : topic_->opens_theirs)
                                    : (hers ? topic_->answers_hers : topic_->answers_theirs);
    LetterParts parts;
    parts.writer = &writer;
    parts.reader = &person(mail.to[0].person);
    parts.tone = tone_;
    parts.when = mail.when;
    parts.begins = index == 0;
    parts.ends = index > 1 && index + 1 == length && random_.chance(60);
    parts.main = filled(unused_line(lines), matter_, mail.when, mail.language, random_);
    if (random_.chance(20) && index > 0)
      parts.main += "\n\n" + filled(unused_line(lines), matter_, mail.when, mail.language, random_);
    std::vector<Mailbox> parties = mail.to;
    parties.insert(parties.end(), mail.cc.begin(), mail.cc.end());
    parties.push_back(mail.from);
    if (mail.sender) parties.push_back(*mail.sender);
    parts.mention = spoken_of(parties, mail.language, mail.when);
    if (!parts.mention.empty()) mail.mentions = {mentioned_};
    const bool close = mail.from.person == cast_.best_known || mail.to[0].person == cast_.best_known;
    if (!topic_->files.empty() && !parts.ends && random_.chance(close ? 40 : index == 0 ? 28 : 14)) add_files(mail);
    parts.with_file = !mail.files.empty();
    parts.marker = cast_.marker;
    mail.text = letter(parts, matter_, random_);
    if (mail.sender)
      mail.text += "\n\np. o. " + person(mail.sender->person).truth.name +
                   (person(mail.sender->person).woman ? ", assistante" : ", assistant");
    finish_mail(world_, mail, subject, random_);
  }

  void add_files(Mail& mail) {
    for (int count = random_.chance(15) ? 2 : 1; count > 0; --count) {
      std::string name =
          replaced(filled(random_.pick(topic_->files), matter_, mail.when, mail.language, random_), "/", "-");
      if (!cast_.marker.empty()) name = cast_.marker + " " + name;
      if (std::find(mail.files.begin(), mail.files.end(), name) == mail.files.end()) mail.files.push_back(name);
    }
  }

  void answer_out_of_office(int parent) {
    const Mail& letter = world_.mails[static_cast<std::size_t>(parent)];
    const Person& away = person(letter.to[0].person);
    Mail mail;
    mail.thread = letter.thread;
    mail.parent = parent;
    mail.when = letter.when + std::chrono::seconds{random_.between(3, 40)};
    mail.from = own_mailbox(cast_, letter.to[0].person, std::chrono::floor<days>(mail.when), random_,
                            address_index(cast_, letter.to[0]));
    mail.to = {letter.from};
    mail.her_address = letter.her_address;
    mail.nature = Nature::out_of_office;
    const Local back = local(mail.when + days{random_.between(4, 15)}, Zone::paris);
    mail.text = fmt::format(
        "Je suis absent{} jusqu’au {} et ne lis pas mes messages. En cas d’urgence, le standard vous orientera.\n\n{}",
        away.woman ? "e" : "", french_day(back), away.truth.name);
    if (!cast_.marker.empty()) mail.text += " " + cast_.marker;
    finish_mail(world_, mail, letter.subject, random_);
    mail.subject = "Absence : " + letter.subject;
    world_.mails.push_back(std::move(mail));
  }

  /// She hands the last letter on to somebody else.
  void forward(int parent) {
    const Mail letter = world_.mails[static_cast<std::size_t>(parent)];
    const int reader = random_.pick(cast_.humans);
    const Moment when = later(letter.when, false);
    const auto day = std::chrono::floor<days>(when);
    const bool is_party = reader == letter.from.person || reader == letter.to[0].person ||
                          std::any_of(letter.cc.begin(), letter.cc.end(),
                                      [&](const Mailbox& mailbox) { return mailbox.person == reader; });
    if (is_party || person(reader).language != letter.language || when >= cast_.last_day) return;
    Mail mail;
    mail.thread = letter.thread;
    mail.parent = parent;
    mail.forwarded = true;
    mail.when = when;
    mail.her_address = letter.her_address;
    mail.from = own_mailbox(cast_, 0, day, random_, letter.her_address);
    mail.to = {seen_mailbox(cast_, reader, day, random_)};
    if (!valid_then(0, mail.her_address, when) || !valid_then(reader, address_index(cast_, mail.to[0]), when)) return;
    mail.language = letter.language;
    const std::string name = person(letter.from.person).truth.name;
    const bool can_mention = letter.from.person != 0 && person(letter.from.person).truth.kind == PersonKind::human &&
                             person(letter.from.person).truth.homonyms.empty() &&
                             !person(letter.from.person).truth.former_name;
    if (letter.language == Language::english) {
      mail.text = can_mention ? "For your information, see what " + name + " writes below."
                              : "For your information, see below.";
    } else {
      mail.text = can_mention ? "Pour information, voyez ci-dessous ce qu’écrit " + name + "."
                              : "Pour information, voir ci-dessous.";
    }
    if (can_mention) mail.mentions = {letter.from.person};
    if (!cast_.marker.empty()) mail.text += " " + cast_.marker;
    mail.text += "\n\n" + person(0).given;
    finish_mail(world_, mail, letter.subject, random_);
    world_.mails.push_back(std::move(mail));
  }

  World& world_;
  Cast& cast_;
  Random& random_;
  std::vector<int> sums_;
  Tone tone_ = Tone::formal;
  const Topic* topic_ = nullptr;
  Matter matter_;
  std::set<std::string_view> used_;
  int mentioned_ = -1;
};

}  // namespace

void plan_threads(World& world, Random& random, int messages) {
  Threads threads(world, random);
  threads.cover();
  threads.introduce();
  while (static_cast<int>(world.mails.size()) < messages) threads.add_any();
}

}  // namespace entregent::demo
