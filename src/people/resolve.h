// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/time.h"

/// Whose address is this? Identity resolution over aliases: pure, deterministic, no file, no clock.
namespace entregent::people {

/// One spelling of somebody as it was seen: never changed, only grouped.
struct Alias {
  std::int64_t id = 0;                     ///< unique in one call, > 0
  std::string name;                        ///< as seen; may be empty
  std::string address;                     ///< as seen; may be empty (a bare name)
  std::vector<std::string> phones;         ///< E.164
  std::vector<std::string> organisations;  ///< as seen on cards and in signatures
  std::uint32_t seen = 1;                  ///< in how many items
  Day first_day{};                         ///< first and last day on which it was seen
  Day last_day{};
  bool acquainted = false;     ///< seen in mail of the owner's own, not only through lists
  bool list_or_robot = false;  ///< seen as List-Id or Auto-Submitted sender: never a person, transmits no merge
};

enum class EvidenceKind : std::uint8_t {
  same_card = 1,        ///< one contact card or calendar entry holds both
  reply_to = 2,         ///< From and Reply-To of one mail of theirs
  same_signature = 3,   ///< the same phone or profile in both signature blocks
  forwarded_alias = 4,  ///< Delivered-To and To of the same mailbox
  answers_other = 5,    ///< against: the two answer each other in one thread, or stand together in one To
  two_birthdays = 6,    ///< against: cards with different birthdays
  answers_for = 7,      ///< the one answered a mail that was sent to the other, not to itself
  same_circle = 8,      ///< they write with the same people; `times` = with how many
  same_document = 9,    ///< who made a document, and who sent it
  own_copy = 10,        ///< the one sends to the other, and to nobody else
};

/// What items said about two aliases, beyond their texts.
struct Evidence {
  std::int64_t a = 0, b = 0;
  EvidenceKind kind = EvidenceKind::same_card;
  std::uint32_t times = 1;
};

/// The user's word, for ever; stronger than any score. A `same` that contradicts a `different` elsewhere in the cluster
/// never joins through others: the newest decision is last in the span and wins over older ones on the same two
/// clusters.
struct Decision {
  std::int64_t a = 0, b = 0;
  bool same = true;
};

/// Why two aliases were joined, or are asked about: a code (translated where it is shown) and the words it rests on.
struct Reason {
  enum class Kind : std::uint8_t {
    decided,
    same_address,
    same_name,
    rare_name,
    name_order,
    initials,
    nickname,
    typo,
    local_part,
    own_domain,
    same_card,
    reply_to,
    same_phone,
    same_organisation,
    common_name,
    different_given_name,
    answers_other,
    successor,
    answers_for,
    same_circle,
    same_document,
    other_surname,
    own_copy,
    only_bearer
  };
  static constexpr unsigned kinds = static_cast<unsigned>(Kind::only_bearer) + 1;

  Kind kind = Kind::same_name;
  std::string words;  ///< e.g. the shared surname; may be empty
};

struct Merge {
  std::int64_t a = 0, b = 0;  ///< the pair that joined two groups
  double probability = 1;     ///< that both are one person, calibrated in [0,1]
  std::vector<Reason> reasons;
};

/// An alias that changed hands (an address passed to a successor) belongs to a person from `from_day` up to and with
/// `to_day` only.
struct Membership {
  std::int64_t alias = 0;
  Day from_day = Day::min();
  Day to_day = Day::max();
};

struct Person {
  std::vector<Membership> members;  ///< by alias id
  std::vector<Merge> merges;        ///< members.size() - 1 or more
  bool human = true;                ///< false: a role, list or robot address standing alone
};

struct Question {
  std::int64_t a = 0, b = 0;  ///< one alias of each of the two persons
  double probability = 0;
  std::vector<Reason> reasons;
};

struct Resolution {
  std::vector<Person> persons;      ///< every alias in one (or, with days, several); by smallest alias id
  std::vector<Question> questions;  ///< the most useful first
};

struct Options {
  double merge_from = 0.998;  ///< K1: joined without asking
  double ask_from = 0.5;      ///< asked
};

/// Groups the aliases. Time about linear in their number. The result does not depend on the order of `aliases` or
/// `evidence`.
Resolution resolve(std::span<const Alias> aliases, std::span<const Evidence> evidence,
                   std::span<const Decision> decisions, const Options& options = {});

}  // namespace entregent::people
