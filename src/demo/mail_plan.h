// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "demo/people_of_the_world.h"

/// Who writes what to whom and when, and who meets: everything that is decided before a byte is written.
namespace entregent::demo {

enum class Nature { letter, invitation, invitation_answer, cancellation, out_of_office, list_post, robot, spam };

/// What is odd about a mail. At most one each.
enum class Oddity {
  none,
  no_message_id,
  absurd_date,
  no_date,
  winmail,
  pgp,
  smime,
  html_only,
  undeclared_charset,
  nested_quotes,
  attached_message,
  from_line,
  crlf,
  trashed,
};

struct Mail {
  int thread = 0;
  int parent = -1;  ///< index of the mail that is answered or forwarded; always smaller than this one's
  Moment when;
  Mailbox from;
  std::vector<Mailbox> to, cc;
  std::optional<Mailbox> sender, reply_to;
  std::string subject;
  std::string message_id;  ///< without brackets; written unless the oddity says no
  bool linked = true;      ///< says what it answers in its header
  bool forwarded = false;
  std::string text;  ///< the writer's new words with the name below, without signature block
  std::vector<std::string> files;
  std::vector<int> mentions;
  Nature nature = Nature::letter;
  Oddity oddity = Oddity::none;
  Language language = Language::french;
  int event = -1;        ///< index in World::events
  int list = -1;         ///< the list it went through
  int her_address = -1;  ///< where it lies: the address of hers that sent or received it
  std::uint64_t seed = 0;
};

enum class ZoneStyle { paris, windows, utc, floating };

struct Event {
  std::string uid, summary, location;
  Moment start;
  int minutes = 60;
  bool all_day = false;
  int days = 1;       ///< of an all-day event
  int weeks = 0;      ///< a weekly series of so many
  int left_out = -1;  ///< which of them is an EXDATE
  int moved = -1;     ///< which of them is moved by two hours
  Mailbox organizer;
  std::vector<Mailbox> attendees;  ///< without the organizer
  ZoneStyle zone = ZoneStyle::paris;
  bool cancelled = false;
  bool by_mail = false;  ///< an invitation went round
};

struct World {
  Cast cast;
  std::vector<Mail> mails;
  std::vector<Event> events;
  int threads = 0;
};

/// Plans `options.messages` mails, give or take the end of a thread.
World make_world(const WorldOptions& options);

// The parts of it, in the order in which they are called.
void plan_events(World& world, Random& random);
void plan_machines(World& world, Random& random, int messages);  ///< lists, newsletters, spam
void plan_threads(World& world, Random& random, int messages);   ///< letters until there are so many mails
void plan_traps(World& world, Random& random);                   ///< what must occur, and would not by chance

/// Whether the mail came from her.
inline bool by_her(const Mail& mail) {
  return mail.from.person == 0;
}

}  // namespace entregent::demo
