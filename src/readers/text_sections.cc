// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/text_sections.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <utility>

#include "base/text.h"
#include "readers/html_text.h"
#include "readers/quote_marks.h"
#include "readers/signature_facts.h"

namespace entregent::readers {
namespace {

constexpr std::size_t nowhere = SIZE_MAX;

struct Line {
  std::string_view text;  ///< without line end, marks and blanks at its end
  TextKind kind = TextKind::fresh;
  bool prefixed = false;  ///< quoted by `>`, or by the page's markup: answers may follow it
};

class Splitter {
 public:
  Splitter(std::string_view text, std::string_view sender_name) : sender_(folded(squeezed(sender_name))) {
    read_lines(text);
  }

  std::vector<TextSection> split() {
    mark_prefixed();
    mark_overflow();
    mark_history();
    mark_signatures();
    mark_closing_block();
    return sections();
  }

 private:
  void read_lines(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      Line line{.text = text.substr(0, end)};
      while (!line.text.empty() && (line.text.back() == '\r' || line.text.back() == '\t')) line.text.remove_suffix(1);
      if (line.text.starts_with(quoted_mark)) line = {line.text.substr(1), TextKind::quoted, true};
      if (line.text.starts_with(signature_mark)) line = {line.text.substr(1), TextKind::signature, false};
      lines_.push_back(line);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
  }

  [[nodiscard]] bool blank(std::size_t i) const {
    return lines_[i].text.find_first_not_of(" \t") == std::string_view::npos;
  }
  [[nodiscard]] bool fresh(std::size_t i) const { return lines_[i].kind == TextKind::fresh; }
  [[nodiscard]] std::size_t next_written(std::size_t i) const {
    for (++i; i < lines_.size(); ++i)
      if (!blank(i)) return i;
    return nowhere;
  }
  [[nodiscard]] bool quotation_follows(std::size_t i) const {
    const std::size_t next = next_written(i);
    return next != nowhere && lines_[next].prefixed && next - i <= 3;
  }
  void set(std::size_t begin, std::size_t end, TextKind kind) {
    for (std::size_t i = begin; i < end; ++i) lines_[i].kind = kind;
  }

  void mark_prefixed() {
    for (Line& line : lines_) {
      if (line.kind != TextKind::fresh) continue;
      const std::size_t prefix = quote_prefix(line.text);
      if (prefix == 0) continue;
      line = {line.text.substr(prefix), TextKind::quoted, true};
    }
  }

  /// Programs that fold quoted lines anew put the words for which there was no room on a line of their own, without a
  /// mark. An answer between quoted lines begins otherwise, or would have found room above.
  void mark_overflow() {
    for (std::size_t i = 1; i + 1 < lines_.size(); ++i) {
      if (!fresh(i) || blank(i) || !lines_[i - 1].prefixed || !lines_[i + 1].prefixed) continue;
      if (goes_on(lines_[i].text) && breaks_off(lines_[i - 1].text) && had_no_room(lines_[i - 1].text, lines_[i].text))
        lines_[i] = {lines_[i].text, TextKind::quoted, true};
    }
  }
  static bool goes_on(std::string_view line) {
    const auto byte = [&](std::size_t at) { return at < line.size() ? static_cast<unsigned char>(line[at]) : 0U; };
    const bool small_accented = byte(0) == 0xC3 && byte(1) >= 0x9F;  // ß to ÿ in UTF-8
    return line.starts_with('<') || (byte(0) >= 'a' && byte(0) <= 'z') || small_accented;
  }
  static bool breaks_off(std::string_view line) {
    return !line.empty() && std::string_view(".?!:;").find(line.back()) == std::string_view::npos;
  }
  static bool had_no_room(std::string_view line, std::string_view next) {
    constexpr std::size_t usual_width = 72;
    const auto columns = [](std::string_view text) {
      return static_cast<std::size_t>(
          std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
    };
    const std::string_view mark = "> ";
    return mark.size() + columns(line) + 1 + columns(next.substr(0, next.find(' '))) > usual_width;
  }

  /// Attribution lines, header blocks, "Original Message": what stands before a quotation belongs to it; where nothing
  /// marks the lines behind, they are history to the end. But who begins with an attribution and goes on without marks
  /// has cut the quotation away, and answers: there must be own words above it.
  void mark_history() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!fresh(i) || blank(i)) continue;
      std::size_t begin = i, end = i;
      const History found = history_at(i, begin, end);
      if (found == History::none) continue;
      if (quotation_follows(end)) {
        set(begin, next_written(end), TextKind::quoted);
        i = end;
      } else if (found == History::attribution && !written_before(begin)) {
        set(begin, end + 1, TextKind::quoted);
        i = end;
      } else if (found == History::certain || found == History::attribution) {
        const std::size_t stop = history_end(end + 1);
        set(begin, stop, TextKind::quoted);
        i = stop - 1;
      }
    }
  }
  enum class History : std::uint8_t { none, if_quotation_follows, attribution, certain };

  [[nodiscard]] bool written_before(std::size_t i) const {
    while (i-- > 0)
      if (fresh(i) && !blank(i)) return true;
    return false;
  }

  History history_at(std::size_t i, std::size_t& begin, std::size_t& end) const {
    const std::string_view line = lines_[i].text;
    if (is_history_banner(line)) return History::certain;
    if (is_header_block(i)) {
      begin = with_rule_above(i);
      return History::certain;
    }
    // Only a line with a colon at its end closes an attribution; look from it up to where it began.
    const Attribution closing = attribution_end(line);
    if (closing == Attribution::none) return History::none;
    end = i;
    for (std::size_t start = i + 1; start-- > 0 && i - start < 4 && fresh(start) && !blank(start);)
      if (begins_attribution(lines_[start].text)) {
        if (closing == Attribution::name && !breaks_off_in_a_name(start, i)) return History::none;
        begin = start;
        return closing == Attribution::verb && has_date_or_address(begin, end) ? History::attribution
                                                                               : History::if_quotation_follows;
      }
    return closing == Attribution::name ? History::none : History::if_quotation_follows;
  }
  /// "On 5 January at 10:20 wrote Jean-Baptiste de la" / "Tour-Landry:"
  [[nodiscard]] bool breaks_off_in_a_name(std::size_t begin, std::size_t end) const {
    return begin < end && has_verb_of_writing(lines_[begin].text) && has_date_or_address(begin, begin);
  }
  [[nodiscard]] bool has_date_or_address(std::size_t begin, std::size_t end) const {
    for (std::size_t i = begin; i <= end; ++i)
      if (lines_[i].text.find_first_of("0123456789@") != std::string_view::npos) return true;
    return false;
  }
  /// `From:` with at least two of its sisters (Sent, To, Subject …) in the lines that follow.
  [[nodiscard]] bool is_header_block(std::size_t i) const {
    constexpr std::size_t looked_at = 8;
    if (!is_from_label(lines_[i].text)) return false;
    int sisters = 0;
    for (std::size_t k = i + 1; k < lines_.size() && k < i + looked_at && !lines_[k].prefixed; ++k)
      sisters += is_header_label(lines_[k].text) ? 1 : 0;
    return sisters >= 2;
  }
  [[nodiscard]] std::size_t with_rule_above(std::size_t i) const {
    std::size_t above = i;
    while (above > 0 && blank(above - 1)) --above;
    return above > 0 && fresh(above - 1) && is_rule(lines_[above - 1].text) ? above - 1 : i;
  }
  [[nodiscard]] std::size_t history_end(std::size_t i) const {
    for (; i < lines_.size(); ++i)
      if (fresh(i) && is_history_end(lines_[i].text)) return i + 1;
    return lines_.size();
  }

  void mark_signatures() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!fresh(i)) continue;
      if (is_signature_rule(i) || is_list_footer(i)) {
        std::size_t end = i;
        while (end < lines_.size() && fresh(end)) ++end;
        set(i, end, TextKind::signature);
        i = end - 1;
      } else if (is_device_line(lines_[i].text)) {
        lines_[i].kind = TextKind::signature;
      }
    }
  }
  /// "-- "; many programs lose the blank, then only near the end of the text it can be meant.
  [[nodiscard]] bool is_signature_rule(std::size_t i) const {
    constexpr std::size_t longest_without_blank = 15;
    if (lines_[i].text == "-- ") return true;
    if (lines_[i].text != "--") return false;
    std::size_t end = i;
    while (end < lines_.size() && fresh(end) && end - i <= longest_without_blank) ++end;
    return end - i <= longest_without_blank;
  }
  [[nodiscard]] bool is_list_footer(std::size_t i) const {
    if (!is_rule(lines_[i].text)) return false;
    for (std::size_t k = i + 1; k < lines_.size() && k <= i + 3; ++k)
      if (is_list_line(lines_[k].text)) return true;
    return false;
  }

  /// A block under "Cordialement," or under the sender's own name, at the end of the last words written.
  void mark_closing_block() {
    std::size_t end = lines_.size();
    while (end > 0 && (!fresh(end - 1) || blank(end - 1))) --end;
    constexpr std::size_t looked_at = 16;
    std::size_t written = 0;
    for (std::size_t i = end; i-- > 0 && fresh(i) && written < looked_at;) {
      if (blank(i)) continue;
      ++written;
      const bool greeting = is_closing_line(lines_[i].text);
      if (!greeting && !is_sender_line(lines_[i].text)) continue;
      const std::size_t begin = greeting ? i + 1 : i;
      if (is_closing_block(begin, end)) set(begin, end, TextKind::signature);
      if (greeting || begin < end) return;
    }
  }
  [[nodiscard]] bool is_sender_line(std::string_view line) const {
    if (sender_.empty() || line.size() > sender_.size() + 40) return false;
    const std::string plain = folded(squeezed(line));
    return plain.starts_with(sender_) &&
           (plain.size() == sender_.size() || plain[sender_.size()] == ',' || plain[sender_.size()] == ' ');
  }
  [[nodiscard]] bool is_closing_block(std::size_t begin, std::size_t end) const {
    constexpr std::size_t longest_line = 100;
    bool evidence = false;
    for (std::size_t i = begin; i < end; ++i) {
      if (lines_[i].text.size() > longest_line) return false;
      evidence = evidence || is_signature_line(trimmed(lines_[i].text));
    }
    return evidence;
  }

  [[nodiscard]] std::vector<TextSection> sections() const {
    std::vector<TextSection> result;
    for (std::size_t i = 0; i < lines_.size();) {
      std::size_t end = i + 1;
      // Blank lines go with what stands before them.
      while (end < lines_.size() && (lines_[end].kind == lines_[i].kind || blank(end))) ++end;
      std::string text = joined(i, end);
      if (!text.empty()) add(result, lines_[i].kind, std::move(text));
      i = end;
    }
    return result;
  }
  static void add(std::vector<TextSection>& result, TextKind kind, std::string text) {
    if (!result.empty() && result.back().kind == kind) {
      result.back().text += "\n\n" + text;
    } else {
      result.push_back({kind, std::move(text)});
    }
  }
  [[nodiscard]] std::string joined(std::size_t begin, std::size_t end) const {
    while (begin < end && blank(begin)) ++begin;
    while (end > begin && blank(end - 1)) --end;
    std::size_t bytes = 0;
    for (std::size_t i = begin; i < end; ++i) bytes += lines_[i].text.size() + 1;
    std::string text;
    text.reserve(bytes);
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin) text.push_back('\n');
      std::string_view line = lines_[i].text;
      while (!line.empty() && line.back() == ' ') line.remove_suffix(1);
      text += line;
    }
    return text;
  }

  std::string sender_;
  std::vector<Line> lines_;
};

/// How deep a flowed line is quoted, and its text behind the marks and the stuffed blank.
std::pair<std::size_t, std::string_view> flowed_depth(std::string_view line) {
  std::size_t depth = 0;
  while (depth < line.size() && line[depth] == '>') ++depth;
  line.remove_prefix(depth);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return {depth, line};
}

}  // namespace

std::vector<TextSection> split_text(std::string_view text, std::string_view sender_name) {
  return Splitter(text, sender_name).split();
}

std::string unflowed(std::string_view text, bool delete_space) {
  std::string result;
  result.reserve(text.size());
  bool open = false;
  std::size_t open_depth = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    const auto [depth, content] = flowed_depth(line);
    const bool signature = content == "-- ";
    const bool joins = open && depth == open_depth && !signature;
    if (open && !joins) result.push_back('\n');
    if (!joins && depth > 0) result.append(depth, '>').push_back(' ');
    open = content.ends_with(' ') && !signature;
    open_depth = depth;
    result += open && delete_space ? content.substr(0, content.size() - 1) : content;
    if (!open) result.push_back('\n');
  }
  return result;
}

}  // namespace entregent::readers
