// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/ooxml_sheets.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "base/text.h"
#include "readers/documents/ooxml_package.h"
#include "readers/documents/ooxml_text.h"

namespace entregent::readers {
namespace {

std::optional<double> number_in(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

std::size_t index_in(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : SIZE_MAX;
}

/// How a style shows its numbers: what matters to who looks for a word.
struct NumberShape {
  bool date = false, time = false, percent = false, thousands = false;
  int decimals = -1;  ///< -1: as many as it has
};

/// §18.8.30: codes that are known by their number alone.
std::optional<NumberShape> built_in_shape(std::size_t code) {
  if (code == 0 || code == 49) return NumberShape{};
  if (code >= 1 && code <= 4) return NumberShape{.thousands = code > 2, .decimals = code % 2 == 0 ? 2 : 0};
  if (code == 9 || code == 10) return NumberShape{.percent = true, .decimals = code == 9 ? 0 : 2};
  if ((code >= 14 && code <= 17) || (code >= 27 && code <= 36) || (code >= 50 && code <= 58))
    return NumberShape{.date = true};
  if (code >= 18 && code <= 21) return NumberShape{.time = true};
  if (code >= 45 && code <= 47) return NumberShape{.time = true};
  if (code == 22) return NumberShape{.date = true, .time = true};
  if (code >= 37 && code <= 40) return NumberShape{.thousands = true, .decimals = code < 39 ? 0 : 2};
  return std::nullopt;
}

/// A format code without what it quotes: `yyyy"年"`, `\-`, `[Red]`.
std::string bare_code(std::string_view code) {
  std::string result;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (code[i] == '\\' || code[i] == '_' || code[i] == '*') {
      ++i;
    } else if (code[i] == '"') {
      i = std::min(code.find('"', i + 1), code.size());
    } else if (code[i] == '[') {
      i = std::min(code.find(']', i + 1), code.size());
    } else {
      result += code[i];
    }
  }
  return lower(result);
}

NumberShape shape_of_code(std::string_view written) {
  const std::string code = bare_code(written.substr(0, written.find(';')));
  NumberShape shape;
  if (code.find("general") != std::string::npos || code.find('@') != std::string::npos) return shape;
  shape.date = code.find_first_of("yd") != std::string::npos;
  shape.time = code.find_first_of("hs") != std::string::npos;
  if (shape.date || shape.time) return shape;
  shape.percent = code.find('%') != std::string::npos;
  shape.thousands = code.find("#,") != std::string::npos || code.find("0,0") != std::string::npos;
  if (code.find_first_of("0#") == std::string::npos) return shape;
  const auto point = code.find('.');
  shape.decimals = 0;
  for (std::size_t i = point; point != std::string::npos && ++i < code.size() && (code[i] == '0' || code[i] == '#');)
    ++shape.decimals;
  return shape;
}

std::string grouped(std::string digits) {
  const auto point = std::min(digits.find('.'), digits.size());
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = point; at > first + 3;) digits.insert(at -= 3, ",");
  return digits;
}

/// Days since 1899-12-30, as Excel counts them after 1900-02-29, which it invented.
std::string shown_moment(double value, const NumberShape& shape) {
  const auto passed = static_cast<std::int64_t>(std::llround(value * 86'400));
  const Instant at{Day{std::chrono::year{1899} / 12 / 30} + std::chrono::seconds{passed}};
  const std::string text = iso_instant(at);
  std::string result = shape.date ? text.substr(0, 10) : std::string();
  if (shape.time) result += (result.empty() ? "" : " ") + text.substr(11, 8);
  return result;
}

std::string shown_number(std::string_view raw, const NumberShape& shape) {
  const auto value = number_in(raw);
  if (!value) return std::string(raw);
  if ((shape.date || shape.time) && *value >= 0 && *value < 2'958'466) return shown_moment(*value, shape);
  const double number = shape.percent ? *value * 100 : *value;
  if (std::abs(number) > 1e15) return std::string(raw);
  std::string digits =
      shape.decimals >= 0 ? fmt::format("{:.{}f}", number, std::min(shape.decimals, 15)) : fmt::format("{}", number);
  if (shape.thousands) digits = grouped(std::move(digits));
  return shape.percent ? digits + '%' : digits;
}

class SheetReader {
 public:
  SheetReader(ZipArchive& archive, DocumentText& text, NoticeSet& notices)
      : archive_(archive), text_(text), notices_(notices) {}

  void read(std::string_view workbook) {
    const auto relations = relations_of(archive_, workbook, notices_);
    for (const auto& relation : relations) {
      if (relation.type == "sharedStrings") shared_strings(relation.target);
      if (relation.type == "styles") styles(relation.target);
    }
    pugi::xml_document xml;
    if (!load_part(archive_, workbook, Blanks::between_words_only, xml, notices_)) return;
    for (const auto& entry : child(child(xml, "workbook"), "sheets").children()) {
      text_.add(attribute(entry, "name"));
      text_.end_line();
      const std::string_view id = attribute(entry, "id");
      for (const auto& relation : relations)
        if (relation.id == id) sheet(relation.target);
    }
  }

 private:
  void shared_strings(const std::string& name) {
    pugi::xml_document xml;
    if (!load_part(archive_, name, Blanks::between_words_only, xml, notices_)) return;
    for (const auto& entry : child(xml, "sst").children()) strings_.push_back(string_in(entry));
  }

  /// Plain `t`, or the `t` of its runs; never the phonetic ones.
  static std::string string_in(const pugi::xml_node& entry) {
    std::string result;
    for (const auto& part : entry.children()) {
      if (local_name(part) == "t") result += text_below(part);
      if (local_name(part) == "r") result += text_below(child(part, "t"));
    }
    std::ranges::replace(result, '\n', ' ');
    return result;
  }

  void styles(const std::string& name) {
    pugi::xml_document xml;
    if (!load_part(archive_, name, Blanks::between_words_only, xml, notices_)) return;
    const auto root = child(xml, "styleSheet");
    std::map<std::size_t, NumberShape> own;
    for (const auto& format : child(root, "numFmts").children())
      own[index_in(attribute(format, "numFmtId"))] = shape_of_code(attribute(format, "formatCode"));
    for (const auto& format : child(root, "cellXfs").children()) {
      const std::size_t code = index_in(attribute(format, "numFmtId"));
      const auto found = own.find(code);
      shapes_.push_back(found != own.end() ? found->second : built_in_shape(code).value_or(NumberShape{}));
    }
  }

  void sheet(const std::string& name) {
    pugi::xml_document xml;
    if (!load_part(archive_, name, Blanks::between_words_only, xml, notices_)) return;
    const auto root = xml.document_element();
    for (const auto& row : child(root, "sheetData").children()) {
      if (text_.full()) return;
      for (const auto& cell : row.children()) {
        text_.add(shown(cell));
        text_.blank();
      }
      text_.end_line();
    }
    for (const auto& relation : relations_of(archive_, name, notices_))
      if (relation.type == "comments" || relation.type == "drawing") drawing(relation.target);
  }

  void drawing(const std::string& name) {
    pugi::xml_document xml;
    if (load_part(archive_, name, Blanks::between_words_only, xml, notices_)) add_ooxml_text(xml, text_, notices_);
  }

  std::string shown(const pugi::xml_node& cell) const {
    const std::string_view type = attribute(cell, "t");
    if (type == "inlineStr") return string_in(child(cell, "is"));
    const std::string value = text_below(child(cell, "v"));
    if (type == "s") {
      const std::size_t index = index_in(value);
      return index < strings_.size() ? strings_[index] : std::string();
    }
    if (type == "b") return value == "1" ? "TRUE" : "FALSE";
    if (value.empty() || (!type.empty() && type != "n")) return value;
    const std::size_t style = index_in(attribute(cell, "s"));
    return shown_number(value, style < shapes_.size() ? shapes_[style] : NumberShape{});
  }

  ZipArchive& archive_;
  DocumentText& text_;
  NoticeSet& notices_;
  std::vector<std::string> strings_;
  std::vector<NumberShape> shapes_;
};

}  // namespace

void add_sheets(ZipArchive& archive, std::string_view workbook, DocumentText& text, NoticeSet& notices) {
  SheetReader(archive, text, notices).read(workbook);
}

}  // namespace entregent::readers
