// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_addresses.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "readers/foreign_text.h"
#include "readers/header_space.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

constexpr std::size_t longest_header = 256u << 10;
/// A quoted string without end in this many bytes has none; so that a header of quotes alone is not searched again and
/// again.
constexpr std::size_t longest_quoted = 2000;

/// Behind an encoded word that starts at `at`, or `at` if none does. Commas and quotes inside it are no syntax.
std::size_t encoded_word_end(std::string_view text, std::size_t at) {
  if (!text.substr(at).starts_with("=?")) return at;
  const std::size_t charset_end = text.find('?', at + 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= text.size() || text[charset_end + 2] != '?')
    return at;
  const std::size_t end = text.find("?=", charset_end + 3);
  if (end == std::string_view::npos || text.substr(at, end - at).find_first_of("<>") != std::string_view::npos)
    return at;
  return end + 2;
}

/// Whether the quote at `at`, inside a quoted string, ends it: names like "A, "A, B"" have more of them.
bool closes_quote(std::string_view text, std::size_t at) {
  std::size_t next = at + 1;
  while (next < text.size() && is_space(text[next])) ++next;
  if (next == text.size() || std::string_view("<,;(@.>").find(text[next]) != std::string_view::npos) return true;
  if (text[next] == '"' && next == at + 1) return false;
  if (next == at + 1) return false;  // a letter directly behind: it opens a nested one
  // Among words, it closes if the quotes up to the address pair up without it.
  constexpr std::size_t looked_at = 300;
  const std::size_t stop =
      next + std::min(text.substr(next, looked_at).find_first_of("<,;"), std::min(looked_at, text.size() - next));
  return std::count(text.begin() + static_cast<std::ptrdiff_t>(next), text.begin() + static_cast<std::ptrdiff_t>(stop),
                    '"') %
             2 ==
         0;
}

/// Behind the quoted string that opens at `at`; where no quote closes it, behind the quote alone.
std::size_t quoted_end(std::string_view text, std::size_t at) {
  const std::size_t limit = std::min(text.size(), at + longest_quoted);
  for (std::size_t i = at + 1; i < limit; ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"' && closes_quote(text, i)) {
      return i + 1;
    }
  }
  return at + 1;
}

std::size_t comment_end(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < std::min(text.size(), at + longest_quoted); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return at + 1;
}

std::string unquoted(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    result.push_back(text[i]);
  }
  return result;
}

/// One address as it is being read.
struct Element {
  std::string phrase;      ///< words and quoted strings before the bracket, undecoded
  std::string_view angle;  ///< between `<` and `>`
  bool has_angle = false;
  std::string comment;
  [[nodiscard]] bool empty() const { return !has_angle && comment.empty() && stripped(phrase).empty(); }
};

std::string clean_name(std::string_view raw, NoticeSet& notices) {
  std::string name = squeezed(decode_header(raw, notices));
  const auto strip_pair = [&](char mark) {
    if (name.size() >= 2 && name.front() == mark && name.back() == mark)
      name = std::string(trimmed(std::string_view(name).substr(1, name.size() - 2)));
  };
  strip_pair('"');
  strip_pair('\'');
  if (name.find('\\') != std::string::npos && name.find("\\\"") != std::string::npos) name = unquoted(name);
  return capped(std::move(name), limits::header_bytes, notices);
}

std::string clean_address(std::string_view raw, NoticeSet& notices) {
  raw = stripped(raw);
  if (raw.starts_with("mailto:") || raw.starts_with("MAILTO:")) raw.remove_prefix(7);
  // A route, RFC 5322 §4.4: `@a,@b:user@host`
  if (raw.starts_with("@") && raw.find(':') != std::string_view::npos) raw.remove_prefix(raw.find(':') + 1);
  while (!raw.empty() && (raw.front() == '<' || raw.front() == '\'' || raw.front() == '[')) raw.remove_prefix(1);
  while (!raw.empty() && (raw.back() == '>' || raw.back() == '\'' || raw.back() == ']' || raw.back() == '.')) {
    if (raw.back() == ']' && raw.find("@[") != std::string_view::npos) break;  // a domain literal
    raw.remove_suffix(1);
  }
  std::string address = decode_header(stripped(raw), notices);
  if (address.find('"') == std::string::npos)
    address.erase(std::remove_if(address.begin(), address.end(), is_space), address.end());
  return capped(std::move(address), limits::header_bytes, notices);
}

/// Splits the header into elements and turns each into a mailbox.
class AddressReader {
 public:
  AddressReader(std::string_view text, std::size_t most, NoticeSet& notices)
      : text_(text), most_(most), notices_(notices) {}

  std::vector<Mailbox> read() {
    while (at_ < text_.size()) take();
    finish();
    return std::move(result_);
  }

 private:
  void take() {
    const char c = text_[at_];
    if (const std::size_t end = encoded_word_end(text_, at_); end != at_) return take_phrase(end);
    switch (c) {
      case '"':
        return take_quoted();
      case '(':
        return take_comment();
      case '<':
        return take_angle();
      case ',':
      case ';':
        ++at_;
        return finish();
      case ':':
        return take_colon();
      default:
        return take_phrase(at_ + 1);
    }
  }
  void take_phrase(std::size_t end) {
    element_.phrase += text_.substr(at_, end - at_);
    at_ = end;
  }
  void take_quoted() {
    const std::size_t end = at_ < unclosed_until_ ? at_ + 1 : quoted_end(text_, at_);
    if (end == at_ + 1) {
      unclosed_until_ = std::max(unclosed_until_, at_ + longest_quoted);
      at_ = end;  // a lone quote means nothing
      return;
    }
    const bool local_part = end < text_.size() && text_[end] == '@';
    element_.phrase +=
        local_part ? std::string(text_.substr(at_, end - at_)) : unquoted(text_.substr(at_ + 1, end - at_ - 2));
    at_ = end;
  }
  void take_comment() {
    const std::size_t end = at_ < no_comment_until_ ? at_ + 1 : comment_end(text_, at_);
    if (end == at_ + 1) no_comment_until_ = std::max(no_comment_until_, at_ + longest_quoted);
    if (end > at_ + 2) element_.comment = unquoted(text_.substr(at_ + 1, end - at_ - 2));
    if (end == at_ + 1) element_.phrase += '(';
    at_ = end;
  }
  void take_angle() {
    std::size_t end = brackets_end_ ? std::string_view::npos : text_.find('>', at_);
    brackets_end_ = end == std::string_view::npos;
    const std::size_t comma = text_.find(',', at_);
    // Without its end a bracket goes as far as the comma, but a route has commas inside.
    if (end == std::string_view::npos) end = std::min(comma, text_.size());
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    if (!element_.has_angle || element_.angle.find('@') == std::string_view::npos)
      element_.angle = inside.substr(inside.rfind('<') + 1);
    element_.has_angle = true;
    at_ = std::min(end + (end < text_.size() && text_[end] == '>' ? 1 : 0), text_.size());
  }
  /// `mailto:x@y` goes on; `Group: a, b;` drops the group's name; a colon inside an element with an address stays.
  void take_colon() {
    const std::string_view before = stripped(element_.phrase);
    if (lower(before) == "mailto" || before.find('@') != std::string_view::npos) return take_phrase(at_ + 1);
    element_ = {};
    ++at_;
  }

  void finish() {
    Element element = std::exchange(element_, {});
    if (element.empty()) return;
    if (result_.size() >= most_) return notices_.add(Notice::truncated);
    add(element);
  }
  void add(const Element& element) {
    if (element.has_angle) {
      const bool unnamed = element.phrase.find_first_not_of(" \t\r\n") == std::string::npos;
      keep({clean_name(unnamed ? element.comment : element.phrase, notices_), clean_address(element.angle, notices_)});
    } else if (element.phrase.find('@') != std::string::npos && element.phrase.find("=?") == std::string::npos) {
      add_bare(element);
    } else {
      add_named(element);
    }
  }
  /// `x@y`, `x@y (Name)`, `Name x@y`.
  void add_bare(const Element& element) {
    const std::string_view phrase = stripped(element.phrase);
    std::string_view name = element.comment;
    std::string_view address = phrase;
    if (const std::size_t sign = phrase.find('@');
        phrase.find('"') == std::string_view::npos && phrase.find_first_of(" \t") != std::string_view::npos) {
      const std::size_t begin = phrase.find_last_of(" \t[", sign) + 1;  // npos + 1 is 0
      const std::size_t end = std::min(phrase.find_first_of(" \t]", sign), phrase.size());
      // `user @ host` is one address, `Jean Dupont jean@host` a name and one.
      if (begin != sign && end > sign + 1) {
        address = phrase.substr(begin, end - begin);
        if (begin > 0) name = phrase.substr(0, begin - 1);
      }
    }
    keep({clean_name(name, notices_), clean_address(address, notices_)});
  }
  /// No address in sight; an encoded word may hold the whole of it.
  void add_named(const Element& element) {
    std::string name = clean_name(element.phrase.empty() ? element.comment : element.phrase, notices_);
    if (name.find('@') != std::string::npos && !nested_) {
      AddressReader inner(name, most_ - result_.size(), notices_);
      inner.nested_ = true;
      for (Mailbox& mailbox : inner.read()) result_.push_back(std::move(mailbox));
    } else {
      keep({std::move(name), {}});
    }
  }
  /// Of a name or an address cleaning may leave nothing: a route without its end, quotes around nothing.
  void keep(Mailbox mailbox) {
    if (!mailbox.address.empty() || !mailbox.name.empty()) result_.push_back(std::move(mailbox));
  }

  std::string_view text_;
  std::size_t most_;
  NoticeSet& notices_;
  std::size_t at_ = 0;
  std::size_t unclosed_until_ = 0;    ///< quotes before it are known to have no end
  std::size_t no_comment_until_ = 0;  ///< and brackets
  bool brackets_end_ = false;         ///< no `>` stands beyond at_
  bool nested_ = false;
  Element element_;
  std::vector<Mailbox> result_;
};

}  // namespace

std::vector<Mailbox> parse_addresses(std::string_view raw, std::size_t most, NoticeSet& notices) {
  if (raw.size() > longest_header) notices.add(Notice::truncated);
  return AddressReader(raw.substr(0, longest_header), most, notices).read();
}

}  // namespace entregent::readers
