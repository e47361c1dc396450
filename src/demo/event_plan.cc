// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "demo/mail_plan.h"
#include "demo/plan_tools.h"

namespace entregent::demo {
namespace {

using std::chrono::days;
using std::chrono::sys_days;

constexpr auto meetings_french =
    std::to_array<std::string_view>({"Réunion de cadrage", "Point d’avancement", "Restitution au comité",
                                     "Entretien préparatoire", "Comité de pilotage", "Déjeuner", "Visite de site",
                                     "Revue du plan d’action", "Café à la gare", "Préparation de la formation"});
constexpr auto meetings_english = std::to_array<std::string_view>(
    {"Kick-off meeting", "Progress review", "Board presentation", "Call", "Lunch", "Interview preparation"});
constexpr auto whole_days =
    std::to_array<std::string_view>({"Journée de formation", "Colloque du contrôle interne", "Audit sur site", "Congés",
                                     "Salon des indépendants", "Séminaire"});
constexpr auto rooms = std::to_array<std::string_view>({"Salle des Tilleuls", "Visioconférence", "Au siège, 2e étage",
                                                        "Café de la gare, Lyon", "12, rue des Lilas, Lyon", ""});

class Events {
 public:
  Events(World& world, Random& random) : world_(world), cast_(world.cast), random_(random) {
    int sum = 0;
    for (const int id : cast_.humans) sums_.push_back(sum += cast_.persons[static_cast<std::size_t>(id)].weight + 2);
  }

  void plan(int messages) {
    const int single = std::max(30, messages / 40);
    for (int index = 0; index < single; ++index) add_meeting(index);
    for (int index = 0; index < 3; ++index) add_series(index);
    for (int index = 0; index < 8; ++index) add_whole_days(index);
    for (Event& event : world_.events) {
      if (event.by_mail) write_round(event);
    }
  }

 private:
  const Person& person(int id) const { return cast_.persons[static_cast<std::size_t>(id)]; }

  sys_days working_day(int from_day, int to_day) {
    sys_days day = cast_.first_day + days{random_.between(from_day, to_day)};
    while (!is_working_day(day)) day -= days{1};
    return day;
  }

  int somebody() {
    const int drawn = static_cast<int>(random_.below(static_cast<std::size_t>(sums_.back())));
    return cast_.humans[static_cast<std::size_t>(std::upper_bound(sums_.begin(), sums_.end(), drawn) - sums_.begin())];
  }

  int her_address(sys_days day) const {
    return day > person(0).truth.addresses[cabinet_address].last ? office_address : cabinet_address;
  }

  std::string marked(std::string_view text) const {
    return cast_.marker.empty() ? std::string(text) : std::string(text) + " " + cast_.marker;
  }

  Event new_event(std::string_view summary, Moment start) {
    Event event;
    event.uid = fmt::format("{:016x}{:08x}@{}", random_.next(), static_cast<std::uint32_t>(random_.next()),
                            random_.chance(50) ? "agenda.example" : "calendrier.example");
    event.summary = marked(summary);
    event.location = random_.pick(rooms);
    event.start = start;
    return event;
  }

  /// Her and some others; every fourth time with the person she knows best.
  void invite(Event& event, int first, sys_days day, int others) {
    const Mailbox her = own_mailbox(cast_, 0, day, random_, her_address(day));
    const bool hers = random_.chance(50);
    event.organizer = hers ? her : own_mailbox(cast_, first, day, random_);
    event.attendees.push_back(hers ? seen_mailbox(cast_, first, day, random_) : her);
    const auto& circle = cast_.circles[static_cast<std::size_t>(person(first).circle)];
    for (; others > 0; --others) {
      const int id = random_.pick(circle);
      const bool there =
          id == event.organizer.person || std::any_of(event.attendees.begin(), event.attendees.end(),
                                                      [&](const Mailbox& mailbox) { return mailbox.person == id; });
      if (!there && !person(id).truth.addresses[0].shared)
        event.attendees.push_back(seen_mailbox(cast_, id, day, random_));
    }
  }

  void add_meeting(int index) {
    const sys_days day = working_day(20, 1090);
    const int other = index % 4 == 0 ? cast_.best_known : somebody();
    const bool english = person(other).language == Language::english;
    Event event = new_event(english ? random_.pick(meetings_english) : random_.pick(meetings_french),
                            at(day, random_.between(9, 17), random_.chance(50) ? 0 : 30, Zone::paris));
    event.minutes = random_.pick(std::to_array({30, 60, 60, 90, 120}));
    event.zone =
        index == 1
            ? ZoneStyle::floating
            : random_.pick(std::to_array({ZoneStyle::paris, ZoneStyle::paris, ZoneStyle::windows, ZoneStyle::utc}));
    if (index == 2) event.zone = ZoneStyle::windows;
    event.cancelled = index % 20 == 3;
    event.by_mail = event.cancelled || random_.chance(40);
    invite(event, other, day, random_.chance(40) ? random_.between(1, 4) : 0);
    if (event.organizer.person != 0) event.by_mail = event.by_mail || random_.chance(40);
    world_.events.push_back(std::move(event));
  }

  void add_series(int index) {
    const sys_days day = working_day(100, 500);
    const int other = index == 0 ? cast_.best_known : somebody();
    Event event = new_event(index == 1 ? "Intervision" : "Point hebdomadaire", at(day, 9 + index, 30, Zone::paris));
    event.weeks = random_.between(8, 26);
    event.left_out = random_.between(1, 3);
    event.moved = random_.between(4, 6);
    event.zone = index == 2 ? ZoneStyle::windows : ZoneStyle::paris;
    event.by_mail = index == 0;
    invite(event, other, day, random_.between(0, 3));
    world_.events.push_back(std::move(event));
  }

  void add_whole_days(int index) {
    const sys_days day = working_day(30, 1080);
    Event event = new_event(random_.pick(whole_days), day);
    event.all_day = true;
    event.days = random_.between(1, 3);
    event.organizer = own_mailbox(cast_, 0, day, random_, her_address(day));
    const int guest = somebody();
    if (index % 2 == 0) event.attendees.push_back(seen_mailbox(cast_, guest, day, random_));
    world_.events.push_back(std::move(event));
  }

  Mail calendar_mail(const Event& event, int number, Nature nature, const Mailbox& from, Moment when) {
    Mail mail;
    mail.thread = world_.threads;
    mail.when = when;
    mail.from = from;
    mail.nature = nature;
    mail.event = number;
    mail.her_address = her_address(std::chrono::floor<days>(event.start));
    mail.language = person(from.person).language;
    return mail;
  }

  /// The request to all, an answer, and the cancellation where there is one. Hers go out, others' come to her.
  void write_round(const Event& event) {
    const int number = static_cast<int>(&event - world_.events.data());
    const auto start_day = std::chrono::floor<days>(event.start);
    Moment when = event.start - days{random_.between(3, 9)} - std::chrono::minutes{random_.between(0, 90)};
    if (!lasts(event, when)) return;
    Mail request = calendar_mail(event, number, Nature::invitation, event.organizer, when);
    request.to = event.attendees;
    request.text = event.summary + "\n" + french_day(local(event.start, Zone::paris)) + ", " + event.location;
    if (event.location.empty()) request.text = event.summary + "\n" + french_day(local(event.start, Zone::paris));
    finish_mail(world_, request, event.summary, random_);
    world_.mails.push_back(request);
    if (random_.chance(60)) {
      const bool hers = event.organizer.person == 0;
      const Mailbox answering = hers ? own_mailbox(cast_, event.attendees[0].person, start_day, random_,
                                                   address_index(cast_, event.attendees[0]))
                                     : event.attendees[0];
      Mail answer = calendar_mail(event, number, Nature::invitation_answer, answering,
                                  when + std::chrono::minutes{random_.between(5, 300)});
      answer.to = {event.organizer};
      answer.text = marked("Accepté.");
      finish_mail(world_, answer, (answer.language == Language::english ? "Accepted: " : "Accepté : ") + event.summary,
                  random_);
      world_.mails.push_back(std::move(answer));
    }
    if (event.cancelled) {
      Mail call_off = calendar_mail(event, number, Nature::cancellation, event.organizer, when + days{1});
      call_off.to = event.attendees;
      call_off.text = marked("La réunion est annulée.");
      finish_mail(world_, call_off, "Annulé : " + event.summary, random_);
      world_.mails.push_back(std::move(call_off));
    }
    ++world_.threads;
  }

  /// Whether everybody's address is already theirs when the invitation goes out.
  bool lasts(const Event& event, Moment when) {
    const auto day = std::chrono::floor<days>(when);
    std::vector<Mailbox> all = event.attendees;
    all.push_back(event.organizer);
    return std::all_of(all.begin(), all.end(), [&](const Mailbox& mailbox) {
      return person(mailbox.person).truth.addresses[static_cast<std::size_t>(address_index(cast_, mailbox))].first <=
             day;
    });
  }

  World& world_;
  Cast& cast_;
  Random& random_;
  std::vector<int> sums_;
};

}  // namespace

void plan_events(World& world, Random& random) {
  Events(world, random).plan(static_cast<int>(world.cast.humans.size()) * 16);
}

}  // namespace entregent::demo
