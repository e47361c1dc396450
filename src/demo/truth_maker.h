// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "demo/card_writer.h"
#include "demo/mail_plan.h"
#include "demo/truth.h"

namespace entregent::demo {

/// Counts what is written, mail by mail, card by card, event by event.
class TruthMaker {
 public:
  explicit TruthMaker(const World& world);

  void add(const Mail& mail, std::vector<std::string> places);
  void add(const Card& card);
  void add(const Event& event);

  /// Everything; the maker is empty afterwards.
  Truth finish();

 private:
  TruePerson& person(int id) { return truth_.persons[static_cast<std::size_t>(id)]; }
  void note_alias(const Mailbox& mailbox);
  void note_exchange(int other, const Mail& mail);
  void note_company(const std::vector<int>& together);
  void add_questions();
  const TrueAlias* first_alias(int id, const std::string& address) const;

  const World& world_;
  Truth truth_;
  std::map<std::pair<std::string, std::string>, TrueAlias> aliases_;
  std::map<int, std::set<int>> common_;
};

}  // namespace entregent::demo
