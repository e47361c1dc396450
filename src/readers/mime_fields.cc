// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mime_fields.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.h"
#include "readers/foreign_text.h"
#include "readers/header_space.h"
#include "readers/limits.h"
#include "readers/transfer_decoding.h"

namespace entregent::readers {
namespace {

constexpr std::size_t max_parameters = 100;

std::string lower_ascii(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return result;
}

/// Reads `name=value` pairs, raw.
class ParameterScanner {
 public:
  explicit ParameterScanner(std::string_view text) : text_(text) {}

  bool next(std::string_view& name, std::string& value) {
    while (at_ < text_.size()) {
      skip();
      const std::size_t begin = at_;
      while (at_ < text_.size() && text_[at_] != '=' && text_[at_] != ';' && !is_space(text_[at_])) ++at_;
      name = text_.substr(begin, at_ - begin);
      while (at_ < text_.size() && is_space(text_[at_])) ++at_;
      if (at_ >= text_.size() || text_[at_] != '=') continue;  // a word without value
      ++at_;
      value = read_value();
      if (!name.empty()) return true;
    }
    return false;
  }

 private:
  void skip() {
    while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == ';' || text_[at_] == '(')) {
      if (text_[at_] == '(') at_ = std::min(text_.find(')', at_), text_.size() - 1);
      ++at_;
    }
  }
  std::string read_value() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    if (at_ < text_.size() && text_[at_] == '"') return read_quoted();
    // Unquoted values often hold blanks (file names): they go on to the semicolon, unless what follows is a parameter
    // of its own.
    const std::size_t begin = at_;
    at_ = std::min(text_.find(';', at_), text_.size());
    const std::string_view whole = text_.substr(begin, at_ - begin);
    const std::size_t line_end = whole.find('\n');
    if (line_end != std::string_view::npos && whole.find('=', line_end) != std::string_view::npos &&
        whole.find("=?") == std::string_view::npos) {
      at_ = begin + line_end;
      return std::string(stripped(whole.substr(0, line_end)));
    }
    return std::string(stripped(whole));
  }
  std::string read_quoted() {
    std::string value;
    for (++at_; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') {
        ++at_;
        return value;
      }
      // A backslash before anything but a quote is a Windows path's.
      if (text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '"' || text_[at_ + 1] == '\\')) ++at_;
      value.push_back(text_[at_]);
    }
    return value;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// The pieces of one RFC 2231 parameter.
struct Pieces {
  std::map<int, std::pair<std::string, bool>> pieces;  ///< number → raw value, whether it is percent-encoded
};

std::string joined(const Pieces& parameter, NoticeSet& notices) {
  std::string bytes;
  std::string charset;
  bool encoded = false;
  for (const auto& [number, piece] : parameter.pieces) {
    std::string_view text = piece.first;
    if (piece.second && !encoded) {
      encoded = true;
      const std::size_t first = text.find('\'');
      const std::size_t second = first == std::string_view::npos ? first : text.find('\'', first + 1);
      if (second != std::string_view::npos) {
        charset = std::string(text.substr(0, first));
        text.remove_prefix(second + 1);
      }
    }
    bytes += piece.second ? decode_percent(text) : std::string(text);
  }
  if (!encoded || bytes.find("=?") != std::string::npos) return decode_header(bytes, notices);
  return decode_text(bytes, charset, notices);
}

/// `filename*1*` → filename, 1, encoded. `filename` → filename, -1.
struct PieceName {
  std::string name;
  int number = -1;
  bool encoded = false;
};

PieceName piece_name(std::string_view written) {
  PieceName result;
  if (written.ends_with('*')) {
    result.encoded = true;
    written.remove_suffix(1);
  }
  const std::size_t star = written.find('*');
  if (star != std::string_view::npos) {
    const std::string_view digits = written.substr(star + 1);
    int number = -1;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error == std::errc() && end == digits.data() + digits.size() && number >= 0) result.number = number;
    written = written.substr(0, star);
  } else if (result.encoded) {
    result.number = 0;
  }
  result.name = lower_ascii(written);
  return result;
}

}  // namespace

std::string_view MimeField::parameter(std::string_view name) const {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [&](const auto& pair) { return pair.first == name; });
  return found == parameters.end() ? std::string_view() : std::string_view(found->second);
}

MimeField parse_mime_field(std::string_view raw, NoticeSet& notices) {
  MimeField field;
  const std::size_t value_end = std::min(raw.find_first_of(";("), raw.size());
  field.value = lower_ascii(stripped(raw.substr(0, value_end)));
  field.value.erase(
      std::remove_if(field.value.begin(), field.value.end(), [](char c) { return is_space(c) || c == '"'; }),
      field.value.end());
  // `text/plain charset=utf-8`: the semicolon was forgotten, and the blank is gone by now.
  std::string_view rest = raw.substr(value_end);
  if (field.value.find('=') != std::string::npos) {
    const std::string_view head = stripped(raw.substr(0, value_end));
    const std::size_t blank = std::min(head.find_first_of(" \t\r\n"), head.size());
    field.value = lower_ascii(head.substr(0, blank));
    rest = stripped(raw).substr(blank);
  }
  // A media type is plain ASCII.
  constexpr std::size_t longest_value = 200;
  std::erase_if(field.value, [](char c) { return c <= ' ' || c > '~'; });
  field.value.resize(std::min(field.value.size(), longest_value));

  std::vector<std::pair<std::string, Pieces>> split;
  ParameterScanner scanner(rest);
  std::string_view name;
  std::string value;
  for (std::size_t count = 0; count < max_parameters && scanner.next(name, value); ++count) {
    PieceName piece = piece_name(name);
    if (piece.number < 0) {
      if (field.parameter(piece.name).empty())
        field.parameters.emplace_back(std::move(piece.name),
                                      capped(decode_header(value, notices), limits::header_bytes, notices));
      continue;
    }
    auto found = std::find_if(split.begin(), split.end(), [&](const auto& pair) { return pair.first == piece.name; });
    if (found == split.end()) found = split.insert(split.end(), {piece.name, {}});
    found->second.pieces.emplace(piece.number, std::pair{value, piece.encoded});
  }
  // The form of RFC 2231 is the better one where a sender gives both.
  for (const auto& [split_name, pieces] : split) {
    const std::string& wanted = split_name;
    std::erase_if(field.parameters, [&](const auto& pair) { return pair.first == wanted; });
    field.parameters.emplace_back(wanted, capped(joined(pieces, notices), limits::header_bytes, notices));
  }
  return field;
}

std::string plain_file_name(std::string_view name) {
  const std::size_t folder = name.find_last_of("/\\");
  if (folder != std::string_view::npos) name.remove_prefix(folder + 1);
  // Composing may lengthen a text by a little.
  return std::string(utf8_prefix(composed(squeezed(name)), limits::header_bytes));
}

}  // namespace entregent::readers
