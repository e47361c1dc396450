// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "lexicon.h"
#include "random.h"

namespace entregent::bench {

/// One way in which somebody stands in mails: a row of truth.tsv.
struct Spelling {
  std::string name;  ///< may be empty
  std::string address;
  std::uint32_t party;  ///< index in World::parties
};

/// Somebody, or something, that has addresses.
struct Party {
  std::string id;  ///< the `person` of truth.tsv
  Language language = Language::french;
  std::string given = {}, surname = {};  ///< both empty for lists and robots
  std::string company = {}, title = {}, phone = {};
  std::string host = {};                      ///< where its Message-IDs come from
  std::vector<std::uint32_t> spellings = {};  ///< the usual one first
};

struct MailList {
  std::uint32_t party;
  std::string name, address;
  Language language = Language::english;
  std::vector<std::uint32_t> subscribers = {};  ///< parties
};

/// Who lives in a generated box: the owner (party 0), correspondents, lists and robots. Depends on the seed and the
/// size only.
struct World {
  std::vector<Party> parties;
  std::vector<Spelling> spellings;
  std::vector<std::uint32_t> correspondents;  ///< parties, the most frequent first
  std::vector<std::uint32_t> robots;
  std::vector<MailList> lists;
  std::vector<std::uint32_t> owner_sends_from;  ///< spellings of the owner, oldest address first
};

World make_world(std::uint64_t seed, std::size_t messages);

/// The spelling that this party uses (or that others use for it) once: the usual one most of the time.
std::uint32_t draw_spelling(const Party& party, Random& random);

}  // namespace entregent::bench
