// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is true in the demo world: the answers against which a program that reads its files can be held.
///
/// How things are counted. A message is one message wherever copies of it lie. What lies in Spam or Trash only does not
/// count. `received` and `sent` leave out mail through lists, automatic answers and robots; they include invitations,
/// which are counted apart too.
namespace entregent::demo {

using Moment = std::chrono::sys_seconds;

enum class PersonKind { human, role, list, robot };

struct TrueAddress {
  std::string address;
  std::chrono::sys_days first, last;  ///< the days on which it is this person's, both included
  bool shared = false;                ///< somebody else writes from it on the same days (a couple)
  bool handed_over = false;           ///< somebody else has it before or after
};

struct TruePerson {
  int id = 0;  ///< the index in Truth::persons
  std::string name;
  PersonKind kind = PersonKind::human;
  bool me = false;
  std::string company, title, phone;
  std::vector<std::string> names;  ///< every spelling of the name that stands in the files with one of the addresses
  std::vector<TrueAddress> addresses;
  int received = 0;              ///< messages from this person with me in To or Cc
  int sent = 0;                  ///< messages from me with this person in To or Cc
  int invitations_received = 0;  ///< of `received`, those that carry text/calendar
  int invitations_sent = 0;
  int automatic =
      0;  ///< out-of-office answers from this person, and every message of a robot or a role address that is marked so
  int through_lists = 0;
  int meetings = 0;      ///< events with me and this person, begun by the last day and not called off: a series is one
  int meeting_days = 0;  ///< their occurrences up to the last day
  int files_received =
      0;  ///< named attachments of `received`; what is inside winmail.dat, invitations and inline pictures apart
  int files_in_winmail = 0;  ///< files from this person inside winmail.dat
  int files_sent = 0;
  int mentions = 0;                   ///< messages of which this person is no party and whose new text holds the name
  int cards = 0;                      ///< cards in the address books
  std::optional<Moment> first, last;  ///< of `received` and `sent`
  bool last_was_me = false;
  std::vector<int> common;                 ///< humans who are parties of a same counted message or meeting, without me
  std::vector<int> homonyms;               ///< others with the same name
  std::optional<int> successor;            ///< who got an address of this person
  std::optional<std::string> former_name;  ///< before a change of name
  std::vector<std::string> traps;  ///< "homonym", "shared mailbox", "name change", "successor", "family", "assistant" …
};

/// A name and address as they stand in the files. `person` is -1 where the pair alone does not say who it is (a
/// couple's bare address).
struct TrueAlias {
  std::string name, address;
  int person = -1;
  int uses = 0;                    ///< in counted messages, cards and events
  bool nothing_in_common = false;  ///< neither name nor address shares a text with the person's other aliases: only a
                                   ///< phone, card or reply tells
};

/// What a careful resolver may ask, with the answer.
struct TrueQuestion {
  TrueAlias one, other;
  bool same = false;
  std::string why;
};

struct TrueMail {
  std::string message_id;  ///< without brackets; empty where the mail has none
  Moment when;             ///< what a reader should find, so the Received date where Date is absurd
  int writer = 0;
  std::vector<int> to, cc;
  std::string subject;
  std::vector<std::string> files;
  std::vector<int> mentions;
  std::vector<std::string> places;  ///< files below the folder of the world
  int thread = 0;
  bool counted = true;  ///< false: Spam or Trash only
  bool automatic = false, list = false, invitation = false;
};

struct Truth {
  std::uint64_t seed = 0;
  std::chrono::sys_days first_day, last_day;
  int me = 0;
  std::string best_known;  ///< name of the person with the most exchanges
  int best_known_id = 0;
  std::vector<TruePerson> persons;
  std::vector<TrueAlias> aliases;
  std::vector<TrueQuestion> questions;
  std::vector<TrueMail> mails;
  int messages = 0;          ///< distinct counted messages
  int skipped_messages = 0;  ///< in Spam or Trash only
  int cards = 0;
  int events = 0;                       ///< in the calendar, a series being one
  std::vector<std::string> sources;     ///< paths below the folder of the world, to be indexed
  std::vector<std::string> unreadable;  ///< files below the folder that nobody can read
  std::map<std::string, int> traps;     ///< how often each trap of the formats occurs
};

/// The person of this name; the first of them where there are homonyms. Null if there is none; lives as long as
/// `truth`.
const TruePerson* find_person(const Truth& truth, std::string_view name);

/// Truth as one JSON object with "version".
std::string json_of(const Truth& truth);

}  // namespace entregent::demo
