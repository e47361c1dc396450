// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "plan.h"
#include "text_maker.h"

namespace entregent::bench {

enum class Quoting : std::uint8_t { interleaved, below, outlook, none };
enum class Encoding : std::uint8_t {
  utf8_8bit,
  utf8_quoted_printable,
  utf8_base64,
  latin1_quoted_printable,
  latin1_8bit
};

/// How somebody's mail program writes: the same in all mails of one party.
struct Habits {
  Quoting quoting = Quoting::below;
  Encoding encoding = Encoding::utf8_8bit;
  bool html = false;  ///< sends an HTML alternative
  bool signs = true;
  std::string program;  ///< User-Agent
};

/// What stands in a message, as its reader sees it: UTF-8 lines.
struct Letter {
  std::string subject;
  std::vector<std::string> lines;
};

/// Writes the text of any message of a plan. Nothing is remembered: what a message quotes is written again, the same,
/// from the seed. So memory stays flat, and messages can be written in any order.
class LetterWriter {
 public:
  LetterWriter(const World& world, const Plan& plan, std::uint64_t seed);

  Letter letter(std::uint32_t number) const;
  Habits habits(std::uint32_t party) const;
  std::string message_id(std::uint32_t number) const;
  /// Of the message that `number` answers and that is not in the box.
  std::string unknown_message_id(std::uint32_t number) const;
  /// Text of an attachment of this message.
  std::string attached_text(std::uint32_t number, std::size_t words) const;
  const Lexicon& lexicon(Language language) const { return language == Language::french ? french_ : english_; }

 private:
  TextMaker text_maker(std::uint32_t number, std::uint64_t purpose) const;
  std::vector<std::string> lines(std::uint32_t number, int depth) const;
  std::vector<std::string> own_words(std::uint32_t number) const;
  std::vector<std::string> quoted_lines(std::uint32_t number, int depth) const;
  std::vector<std::string> unknown_lines(std::uint32_t number) const;
  void append_signature(std::vector<std::string>& lines, const Party& party) const;
  std::string attribution(std::uint32_t quoted) const;
  std::vector<std::string> outlook_head(std::uint32_t quoted) const;
  std::string mention(std::uint32_t number) const;
  const Party& sender(std::uint32_t number) const;

  const World& world_;
  const Plan& plan_;
  std::uint64_t seed_;
  Lexicon french_{Language::french}, english_{Language::english};
};

}  // namespace entregent::bench
