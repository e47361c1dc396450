// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "personal/coverage.h"
#include "personal/diary.h"
#include "personal/me.h"
#include "personal/persons.h"

namespace entregent::personal {

enum class Direction : std::uint8_t { incoming, outgoing, between_others };

/// What binds me and one person: page, terminal and JSON all render this value.
struct Dossier {
  struct Name {
    std::string name;
    std::int64_t seen = 0;
  };
  struct Address {
    std::string address;
    std::int64_t seen = 0;
    std::optional<Instant> first_at, last_at;
  };
  /// Something a card or a signature says, newest first.
  struct Said {
    readers::FactKind kind = readers::FactKind::company;
    std::string value, detail;
    std::optional<Instant> at;
    ItemId item;
    bool on_card = false;  ///< else in a signature
  };
  struct Month {
    std::chrono::year_month month{};
    std::int64_t incoming = 0, outgoing = 0;
  };
  struct Exchange {
    ItemId item;
    readers::ItemKind kind = readers::ItemKind::mail;
    std::optional<Instant> at;
    Direction direction = Direction::incoming;
    bool list = false;
    std::string title;
  };
  struct ExchangedFile {
    ItemId item;
    std::optional<Instant> at;
    Direction direction = Direction::incoming;
    readers::Attachment file;
  };
  struct Meeting {
    ItemId item;
    readers::Occurrence when;
    std::string title, location;
    bool cancelled = false;
    std::int64_t times = 1;  ///< of a series
  };
  struct Mention {
    ItemId item;
    std::optional<Instant> at;
    std::string by, title, snippet;
  };
  struct Common {
    PersonId person;
    std::string name;
    std::int64_t items = 0;
  };

  PersonId person;
  std::string name;
  bool human = true;
  bool is_me = false;
  bool direction_certain = false;  ///< false until `me` is confirmed
  std::vector<Name> names;
  std::vector<Address> addresses;
  std::vector<Said> said;
  std::int64_t incoming = 0, outgoing = 0;            ///< mails between us two
  std::int64_t chat_incoming = 0, chat_outgoing = 0;  ///< messages of chats, or of platforms
  std::int64_t on_lists = 0, between_others = 0, automatic = 0;
  std::optional<Instant> first_at, last_at;
  std::optional<Direction> last_direction;
  std::vector<Month> months;  ///< consecutive, from the first to the last with an exchange
  std::vector<Exchange> newest;
  std::vector<ExchangedFile> files;
  std::int64_t files_total = 0;
  bool files_more = false;  ///< there are more than files_total
  std::vector<Meeting> meetings;
  std::int64_t meetings_total = 0;
  std::vector<Exchange> documents;  ///< that they wrote or saved, alone or attached to a mail; newest first
  std::int64_t documents_total = 0;
  std::vector<Mention> mentions;
  std::vector<Common> in_common;
  std::vector<std::string> notes;
  std::vector<Promise> promises;  ///< open ones first
  std::vector<Met> met;           ///< as the owner told, newest first
  Coverage coverage;
};

struct DossierLimits {
  std::size_t newest = 20, files = 10, meetings = 10, documents = 10, mentions = 5, in_common = 8;
};

/// Everything is read from the private file at the moment of the call. `person` exists.
Dossier make_dossier(Store& store, PersonId person, Instant now, const DossierLimits& limits = {});

}  // namespace entregent::personal
