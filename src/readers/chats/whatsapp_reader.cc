// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/chats/whatsapp_reader.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/text.h"
#include "readers/chats/chat_items.h"
#include "readers/foreign_text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// A line that begins a message, its date not understood yet.
struct StampedLine {
  std::array<int, 3> date{};  ///< as it stands: day and month may be either way
  int hour = 0, minute = 0, second = 0;
  bool year_first = false;
  bool twelve_hours = false;
  std::string_view rest;  ///< behind the stamp
};

class StampReader {
 public:
  explicit StampReader(std::string_view line) : rest_(line) {}

  std::optional<StampedLine> read() {
    skip_marks();
    const bool bracket = skip("[");
    StampedLine line;
    if (!date(line)) return std::nullopt;
    if (!skip(",")) skip(" \xC3\xA0") || skip(" at") || skip(" um");
    skip_blanks();
    if (!time(line)) return std::nullopt;
    if (bracket ? !skip("]") : !skip(" - ") && !skip(" \xE2\x80\x93 ")) return std::nullopt;
    skip_blanks();
    skip_marks();
    line.rest = rest_;
    return line;
  }

 private:
  bool skip(std::string_view what) {
    if (!rest_.starts_with(what)) return false;
    rest_.remove_prefix(what.size());
    return true;
  }
  /// U+200E and U+200F, which say that the line goes from left to right.
  void skip_marks() {
    while (skip("\xE2\x80\x8E") || skip("\xE2\x80\x8F") || skip("\xEF\xBB\xBF")) {
    }
  }
  /// Also the narrow and the wide one that do not break.
  void skip_blanks() {
    while (skip(" ") || skip("\xE2\x80\xAF") || skip("\xC2\xA0")) {
    }
  }

  std::optional<int> number(std::size_t most_digits) {
    std::size_t size = 0;
    int value = 0;
    while (size < rest_.size() && size < most_digits && is_ascii_digit(rest_[size]))
      value = value * 10 + (rest_[size++] - '0');
    if (size == 0) return std::nullopt;
    rest_.remove_prefix(size);
    return value;
  }

  bool date(StampedLine& line) {
    for (std::size_t i = 0; i < 3; ++i) {
      const auto before = rest_.size();
      const auto value = number(4);
      if (!value) return false;
      line.date.at(i) = *value;
      if (i == 0) line.year_first = before - rest_.size() == 4;
      if (i < 2 && !skip("/") && !skip(".") && !skip("-")) return false;
    }
    return true;
  }

  bool time(StampedLine& line) {
    const auto hour = number(2);
    if (!hour || !(skip(":") || skip(".") || skip("h"))) return false;
    const auto minute = number(2);
    if (!minute) return false;
    line.hour = *hour;
    line.minute = *minute;
    if (skip(":") || skip(".")) line.second = number(2).value_or(0);
    half_of_day(line);
    return line.hour < 24 && line.minute < 60 && line.second < 61;
  }

  void half_of_day(StampedLine& line) {
    const std::string_view before = rest_;
    skip_blanks();
    const std::string small = lower(rest_.substr(0, 4));
    const bool dotted = small.starts_with("a.m.") || small.starts_with("p.m.");
    if (!dotted && !small.starts_with("am") && !small.starts_with("pm")) {
      rest_ = before;
      return;
    }
    rest_.remove_prefix(dotted ? 4 : 2);
    line.twelve_hours = true;
    line.hour = line.hour % 12 + (small[0] == 'p' ? 12 : 0);
  }

  std::string_view rest_;
};

std::optional<StampedLine> stamped(std::string_view line) {
  return StampReader(line).read();
}

enum class DateOrder { day_first, month_first, year_first };

std::optional<Day> day_of(const StampedLine& line, DateOrder order) {
  const auto [a, b, c] = line.date;
  const bool year_first = order == DateOrder::year_first;
  const int year = year_first ? a : c < 100 ? 2000 + c : c;
  const int month = order == DateOrder::month_first ? a : b;
  const int day = year_first ? c : order == DateOrder::month_first ? b : a;
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  return date.ok() && year > 2008 && year < 2200 ? std::optional(Day{date}) : std::nullopt;
}

/// How often a message would be older than the one before, or its date none.
std::size_t faults(const std::vector<StampedLine>& lines, DateOrder order) {
  std::size_t count = 0;
  Day last{};
  for (const auto& line : lines) {
    const auto day = day_of(line, order);
    if (!day || *day < last) ++count;
    if (day) last = *day;
  }
  return count;
}

DateOrder order_of(const std::vector<StampedLine>& lines) {
  if (lines.front().year_first) return DateOrder::year_first;
  const std::size_t day_first = faults(lines, DateOrder::day_first);
  const std::size_t month_first = faults(lines, DateOrder::month_first);
  if (day_first != month_first) return day_first < month_first ? DateOrder::day_first : DateOrder::month_first;
  return lines.front().twelve_hours ? DateOrder::month_first : DateOrder::day_first;
}

/// `<Media omitted>`, `‎image absente`, `<attached: 0001-PHOTO.jpg>`: taken off the words, a file's name kept.
void take_files(ChatMessage& message) {
  for (const std::string_view mark : {"<attached: ",
                                      "<pi\xC3\xA8"
                                      "ce jointe\xC2\xA0: ",
                                      "<pi\xC3\xA8"
                                      "ce jointe : "}) {
    const auto at = message.text.find(mark);
    const auto end = at == std::string::npos ? at : message.text.find('>', at);
    if (end == std::string::npos) continue;
    message.files.push_back(message.text.substr(at + mark.size(), end - at - mark.size()));
    message.text.erase(at, end + 1 - at);
  }
  std::string_view words = trimmed(message.text);
  for (const std::string_view omitted :
       {"<Media omitted>",
        "<M\xC3\xA9"
        "dias omis>",
        "image omitted", "image absente", "video omitted", "vid\xC3\xA9o absente", "audio omitted", "audio omis",
        "sticker omitted", "document omitted", "GIF omitted"})
    if (words == omitted) message.text.clear();
}

class WhatsappReader {
 public:
  WhatsappReader(std::string_view text, const Zone& zone) : text_(text), zone_(zone) {}

  std::vector<ExtractedItem> read() {
    cut();
    if (lines_.empty()) return {};
    const DateOrder order = order_of(lines_);
    ChatItems items("whatsapp", hex(digest(first_words_)), {});
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (auto message = message_of(lines_[i], more_[i], order)) items.add(*std::move(message));
    return items.take();
  }

 private:
  void cut() {
    while (!text_.empty()) {
      const auto end = text_.find('\n');
      std::string_view line = text_.substr(0, end);
      text_ = end == std::string_view::npos ? std::string_view() : text_.substr(end + 1);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (auto begins = stamped(line)) {
        if (lines_.empty()) first_words_ = line;
        lines_.push_back(*begins);
        more_.emplace_back();
      } else if (!lines_.empty()) {
        more_.back() += '\n' + std::string(line);
      }
    }
  }

  /// Nothing for what WhatsApp says itself: it names no author.
  std::optional<ChatMessage> message_of(const StampedLine& line, const std::string& more, DateOrder order) const {
    constexpr std::size_t longest_name = 120;
    const auto colon = line.rest.find(": ");
    const bool ends = colon == std::string_view::npos && line.rest.ends_with(':');
    if ((colon == std::string_view::npos && !ends) || std::min(colon, line.rest.size()) > longest_name)
      return std::nullopt;
    ChatMessage message;
    message.author = bare_name(line.rest.substr(0, ends ? line.rest.size() - 1 : colon));
    message.text = (ends ? std::string() : std::string(line.rest.substr(colon + 2))) + more;
    std::erase_if(message.author, [](char c) { return c == '\0'; });
    for (auto at = message.text.find("\xE2\x80\x8E"); at != std::string::npos; at = message.text.find("\xE2\x80\x8E"))
      message.text.erase(at, 3);
    take_files(message);
    if (trimmed(message.text).empty() && message.files.empty()) return std::nullopt;
    if (const auto day = day_of(line, order))
      message.at = zone_.instant(LocalTime{day->time_since_epoch()} + std::chrono::hours{line.hour} +
                                 std::chrono::minutes{line.minute} + std::chrono::seconds{line.second});
    return message;
  }

  /// Numbers come between marks of direction, names that are not in the phone behind a tilde.
  static std::string bare_name(std::string_view name) {
    std::string result;
    for (std::size_t at = 0; at < name.size();) {
      const char32_t character = next_character(name, at);
      const bool direction = (character >= 0x200E && character <= 0x200F) ||
                             (character >= 0x202A && character <= 0x202E) ||
                             (character >= 0x2066 && character <= 0x2069);
      if (!direction) append_utf8(result, character == 0x202F || character == 0xA0 ? U' ' : character);
    }
    std::string_view bare = trimmed(result);
    if (bare.starts_with('~')) bare = trimmed(bare.substr(1));
    return std::string(bare);
  }

  std::string_view text_;
  const Zone& zone_;
  std::vector<StampedLine> lines_;
  std::vector<std::string> more_;
  std::string_view first_words_;
};

}  // namespace

bool is_whatsapp(std::string_view first_bytes) {
  return stamped(first_bytes.substr(0, first_bytes.find('\n'))).has_value();
}

Result<std::vector<ExtractedItem>> read_whatsapp(std::string_view bytes, const Zone& zone) {
  if (bytes.size() > limits::document_bytes)
    return fail({ErrorCode::invalid, N_("This file is too large to be read.")});
  NoticeSet guessed;
  const std::string text = decode_text(bytes, "", guessed);
  auto items = WhatsappReader(text, zone).read();
  if (items.empty()) return fail({ErrorCode::malformed, N_("This file holds no messages of a chat.")});
  return items;
}

}  // namespace entregent::readers
