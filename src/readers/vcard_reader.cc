// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/vcard_reader.h"

#include "base/text.h"
#include "readers/content_line.h"
#include "readers/item_builder.h"
#include "readers/limits.h"
#include "readers/vcard_item.h"

namespace entregent::readers {
namespace {

constexpr std::size_t max_properties = 10000;  ///< of one card; a card has a few dozen

bool names_a_card(const ContentLine& line) {
  return lower(trimmed(line.value)) == "vcard";
}

/// A line that is no property: the next line of a text whose writer forgot to fold.
bool is_stray(const std::optional<ContentLine>& line, const std::vector<ContentLine>& before) {
  if (!line) return true;
  if (before.empty() || before.back().name != "NOTE" || line->name == "END" || line->name == "BEGIN") return false;
  // `Adresse: 12 rue …` in the middle of a note: no property has a blank after its colon and a name nobody registered.
  return line->parameters.empty() && line->group.empty() && line->value.starts_with(' ') &&
         !line->name.starts_with("X-") && !is_card_property(line->name);
}

/// Collects the lines of the card that is open, and makes its item when it ends.
class Cards {
 public:
  explicit Cards(std::size_t max_cards) : max_cards_(max_cards) {}

  void take(std::string_view written) {
    auto line = parse_content_line(written);
    if (line && line->name == "BEGIN" && names_a_card(*line)) return begin();
    if (!open_) return;
    if (line && line->name == "END" && names_a_card(*line)) return end();
    if (nested_ > 0) return;
    if (is_stray(line, lines_))
      append(written);
    else if (lines_.size() < max_properties)
      lines_.push_back(std::move(*line));
    else
      cut_ = true;
  }

  Result<std::vector<ExtractedItem>> finish() && {
    if (open_) close(Ending::missing);
    if (count_ == 0) return fail({ErrorCode::malformed, N_("This file holds no contact card.")});
    return std::move(items_);
  }

 private:
  enum class Ending { written, missing };

  void begin() {
    // AGENT of vCard 2.1 holds a card in a card; any other BEGIN means that the card before was cut off.
    if (open_ &&
        (nested_ > 0 || (!lines_.empty() && lines_.back().name == "AGENT" && trimmed(lines_.back().value).empty()))) {
      ++nested_;
      return;
    }
    if (open_) close(Ending::missing);
    open_ = true;
  }

  void end() {
    if (nested_ > 0)
      --nested_;
    else
      close(Ending::written);
  }

  void append(std::string_view written) {
    if (lines_.empty() || stray_bytes_ > limits::section_bytes) return;
    bool guessed = false;
    const std::string text = decoded_line(written, guessed);
    stray_bytes_ += text.size();
    lines_.back().value += "\n" + text;
    lines_.back().charset_guessed = lines_.back().charset_guessed || guessed;
  }

  void close(Ending ending) {
    ++count_;
    if (count_ <= max_cards_) {
      if (auto item = card_item(lines_)) {
        if (ending == Ending::missing) note(*item, Notice::malformed);
        if (cut_) note(*item, Notice::truncated);
        items_.push_back(std::move(*item));
      }
    } else if (!items_.empty()) {
      note(items_.back(), Notice::truncated);
    }
    lines_.clear();
    open_ = cut_ = false;
    nested_ = 0;
    stray_bytes_ = 0;
  }

  std::vector<ExtractedItem> items_;
  std::vector<ContentLine> lines_;
  std::size_t max_cards_;
  std::size_t count_ = 0;
  std::size_t nested_ = 0;
  std::size_t stray_bytes_ = 0;
  bool open_ = false;
  bool cut_ = false;
};

}  // namespace

Result<std::vector<ExtractedItem>> read_vcards(std::string_view bytes, std::size_t max_cards) {
  std::string storage;
  LineReader lines{eight_bit(bytes, storage)};
  Cards cards{max_cards};
  while (const auto line = lines.next()) cards.take(*line);
  return std::move(cards).finish();
}

}  // namespace entregent::readers
