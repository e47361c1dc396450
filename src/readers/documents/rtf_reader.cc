// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/rtf_reader.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/charset.h"
#include "base/text.h"
#include "readers/documents/document_builder.h"
#include "readers/documents/rtf_tokens.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// \fcharset to the Windows code page that fonts of it are written in.
std::string_view charset_of_font(int fcharset) {
  struct Pair {
    int fcharset;
    std::string_view charset;
  };
  constexpr std::array pairs{Pair{77, "macintosh"},     Pair{128, "shift_jis"},    Pair{129, "uhc"},
                             Pair{130, "johab"},        Pair{134, "gbk"},          Pair{136, "big5"},
                             Pair{161, "windows-1253"}, Pair{162, "windows-1254"}, Pair{163, "windows-1258"},
                             Pair{177, "windows-1255"}, Pair{178, "windows-1256"}, Pair{186, "windows-1257"},
                             Pair{204, "windows-1251"}, Pair{222, "windows-874"},  Pair{238, "windows-1250"},
                             Pair{254, "cp437"},        Pair{255, "cp850"}};
  const auto found = std::ranges::find(pairs, fcharset, &Pair::fcharset);
  return found == pairs.end() ? std::string_view() : found->charset;
}

std::string charset_of_page(int page) {
  if (page == 10000) return "macintosh";
  if (page == 65001) return "utf-8";
  if (page == 932) return "shift_jis";
  if (page == 936) return "gbk";
  if (page == 949) return "uhc";
  if (page == 950) return "big5";
  return (page >= 1250 && page <= 1258 ? "windows-" : "cp") + std::to_string(page);
}

enum class Destination { body, silent, fonts, info, title, author, last_editor, created, modified };

/// Groups whose content is nothing that is read.
bool is_silent_destination(std::string_view word) {
  constexpr std::array silent{
      "colortbl",  "stylesheet", "listtable",    "listoverridetable", "pict",      "objdata", "objclass",
      "themedata", "datastore",  "latentstyles", "fldinst",           "bkmkstart", "bkmkend", "rsidtbl",
      "filetbl",   "revtbl",     "sp",           "nonshppict",        "generator", "pntext",  "listtext",
      "template",  "private1",   "formfield",    "pnseclvl",          "xe",        "tc",      "rxe",
      "keywords",  "doccomm",    "company",      "subject",           "category",  "manager", "comment",
      "hlinkbase", "atnid",      "atrfstart",    "atrfend",           "atndate",   "atnref",  "operator_"};
  return std::ranges::find(silent, word) != silent.end();
}

/// Groups behind \* that hold words to be read.
bool is_read_though_optional(std::string_view word) {
  constexpr std::array read{"shpinst", "shptxt", "annotation", "atnauthor", "ud", "footnote", "endnotes", "shppict"};
  return std::ranges::find(read, word) != read.end();
}

struct Group {
  Destination destination = Destination::body;
  int fallback = 1;  ///< \ucN: how many bytes after \u stand for it
  int font = -1;
  bool hidden = false;
};

class RtfReader {
 public:
  explicit RtfReader(std::string_view bytes) : bytes_(bytes), tokens_(bytes), text_(notices_) {}

  ExtractedItem read() {
    while (const auto token = tokens_.next()) {
      if (text_.full()) break;
      take(*token);
    }
    write_pending();
    return document_item(bytes_, facts_, text_.take(), notices_);
  }

 private:
  void take(const RtfToken& token) {
    switch (token.kind) {
      case RtfToken::Kind::begin:
        return open();
      case RtfToken::Kind::end:
        return close();
      case RtfToken::Kind::word:
        return word(token.word, token.number);
      case RtfToken::Kind::optional:
        optional_ = true;
        return;
      case RtfToken::Kind::byte:
      case RtfToken::Kind::text:
        return characters(token.text);
    }
  }

  void open() {
    write_pending();
    optional_ = false;
    to_skip_ = 0;
    if (too_deep_ > 0 || groups_.size() >= limits::rtf_depth) {
      ++too_deep_;
      return notices_.add(Notice::truncated);
    }
    groups_.push_back(now_);
  }

  void close() {
    write_pending();
    optional_ = false;
    to_skip_ = 0;
    if (too_deep_ > 0) {
      --too_deep_;
      return;
    }
    if (groups_.empty()) return;
    leave(now_.destination);
    now_ = groups_.back();
    groups_.pop_back();
  }

  /// Dates come as numbers of their own.
  void leave(Destination destination) {
    if (destination != Destination::created && destination != Destination::modified) return;
    const std::chrono::year_month_day day{std::chrono::year{date_[0]},
                                          std::chrono::month{static_cast<unsigned>(date_[1])},
                                          std::chrono::day{static_cast<unsigned>(date_[2])}};
    if (day.ok() && date_[0] > 1970)
      (destination == Destination::created ? facts_.created : facts_.modified) =
          Instant{Day{day}} + std::chrono::hours{date_[3] % 24} + std::chrono::minutes{date_[4] % 60};
    date_ = {};
  }

  void word(std::string_view name, std::optional<int> number) {
    if (std::exchange(optional_, false) && !is_read_though_optional(name)) now_.destination = Destination::silent;
    if (now_.destination == Destination::silent) return;
    if (name == "u") return unicode(number.value_or(0));
    if (to_skip_ > 0) {
      --to_skip_;
      return;
    }
    if (destination(name) || character_set(name, number) || date_part(name, number)) return;
    if (now_.destination == Destination::body) shown(name, number);
  }

  bool destination(std::string_view name) {
    struct Known {
      std::string_view name;
      Destination destination;
    };
    constexpr std::array known{Known{"fonttbl", Destination::fonts},        Known{"info", Destination::info},
                               Known{"title", Destination::title},          Known{"author", Destination::author},
                               Known{"operator", Destination::last_editor}, Known{"creatim", Destination::created},
                               Known{"revtim", Destination::modified},      Known{"printim", Destination::silent},
                               Known{"buptim", Destination::silent}};
    const auto found = std::ranges::find(known, name, &Known::name);
    const bool silent = is_silent_destination(name);
    if (found == known.end() && !silent) return false;
    write_pending();
    now_.destination = silent ? Destination::silent : found->destination;
    return true;
  }

  bool character_set(std::string_view name, std::optional<int> number) {
    if (name == "ansicpg" && number) {
      base_ = charset_of_page(*number);
    } else if (name == "mac" || name == "pc" || name == "pca") {
      base_ = name == "mac" ? "macintosh" : name == "pc" ? "cp437" : "cp850";
    } else if (name == "uc") {
      now_.fallback = std::clamp(number.value_or(1), 0, 16);
    } else if (name == "deff") {
      now_.font = number.value_or(-1);
    } else if (name == "f") {
      write_pending();
      now_.font = number.value_or(-1);
    } else if (name == "fcharset" && now_.destination == Destination::fonts) {
      if (fonts_.size() < 4096) fonts_[now_.font] = std::string(charset_of_font(number.value_or(0)));
    } else if (name == "plain") {
      now_.hidden = false;
    } else if (name == "v" || name == "htmlrtf") {  // what Outlook adds to a page that it wraps ([MS-OXRTFEX])
      write_pending();
      now_.hidden = number.value_or(1) != 0;
    } else {
      return false;
    }
    return true;
  }

  bool date_part(std::string_view name, std::optional<int> number) {
    constexpr std::array<std::string_view, 5> parts{"yr", "mo", "dy", "hr", "min"};
    const auto found = std::ranges::find(parts, name);
    if (found == parts.end()) return false;
    date_.at(static_cast<std::size_t>(found - parts.begin())) = std::clamp(number.value_or(0), 0, 9999);
    return true;
  }

  void shown(std::string_view name, std::optional<int> /*number*/) {
    struct Sign {
      std::string_view name, text;
    };
    constexpr std::array signs{Sign{"emdash", "—"},  Sign{"endash", "–"},    Sign{"lquote", "‘"},
                               Sign{"rquote", "’"},  Sign{"ldblquote", "“"}, Sign{"rdblquote", "”"},
                               Sign{"bullet", "•"},  Sign{"~", "\u00A0"},    Sign{"_", "-"},
                               Sign{"emspace", " "}, Sign{"enspace", " "},   Sign{"qmspace", " "}};
    constexpr std::array<std::string_view, 8> line_ends{"par", "line",    "sect",   "page",
                                                        "row", "nestrow", "column", "softline"};
    write_pending();
    if (now_.hidden) return;
    if (std::ranges::find(line_ends, name) != line_ends.end()) return text_.end_line();
    if (name == "cell" || name == "nestcell" || name == "tab" || name == "footnote" || name == "annotation")
      return text_.blank();
    const auto sign = std::ranges::find(signs, name, &Sign::name);
    if (sign != signs.end()) text_.add(sign->text);
  }

  void unicode(int number) {
    write_pending();
    const auto unit = static_cast<char32_t>(static_cast<std::uint16_t>(number));
    to_skip_ = now_.fallback;
    if (unit >= 0xD800 && unit < 0xDC00) {
      high_ = unit;
      return;
    }
    char32_t character = unit;
    if (unit >= 0xDC00 && unit < 0xE000)
      character = high_ == 0 ? 0xFFFD : 0x10000 + ((high_ - 0xD800) << 10U) + (unit - 0xDC00);
    high_ = 0;
    if (character < 0x20) return;
    std::string text;
    append_utf8(text, character);
    write(text);
  }

  void characters(std::string_view bytes) {
    if (std::exchange(optional_, false)) now_.destination = Destination::silent;
    const auto skipped = std::min(bytes.size(), static_cast<std::size_t>(to_skip_));
    to_skip_ -= static_cast<int>(skipped);
    bytes.remove_prefix(skipped);
    if (now_.destination != Destination::silent) pending_ += bytes;
  }

  /// Characters of one charset may be two bytes, each written by itself: they are decoded together.
  void write_pending() {
    if (pending_.empty()) return;
    const std::string bytes = std::exchange(pending_, {});
    if (is_ascii(bytes)) return write(bytes);
    const auto font = fonts_.find(now_.font);
    const std::string& charset = font == fonts_.end() || font->second.empty() ? base_ : font->second;
    const auto decoded = decode_charset(bytes, charset);
    write(decoded ? decoded->text : decode_windows_1252(bytes).text);
  }

  void write(std::string_view text) {
    constexpr std::size_t longest_fact = 4096;
    const auto add_fact = [&](std::string& fact) {
      if (fact.size() < longest_fact) fact += text;
    };
    switch (now_.destination) {
      case Destination::body:
        if (!now_.hidden) text_.add(text);
        return;
      case Destination::title:
        return add_fact(facts_.title);
      case Destination::author:
        return add_fact(facts_.authors);
      case Destination::last_editor:
        return add_fact(facts_.last_editor);
      default:
        return;
    }
  }

  std::string_view bytes_;
  RtfTokens tokens_;
  NoticeSet notices_;
  DocumentText text_;
  DocumentFacts facts_;
  Group now_;
  std::vector<Group> groups_;
  std::size_t too_deep_ = 0;
  bool optional_ = false;  ///< \* was read: the next word names a group that may be passed over
  int to_skip_ = 0;        ///< of the fallback after \u
  char32_t high_ = 0;
  std::string pending_;
  std::string base_ = "windows-1252";
  std::map<int, std::string> fonts_;
  std::array<int, 5> date_{};
};

}  // namespace

Result<ExtractedItem> read_rtf(std::string_view bytes) {
  if (!trimmed(bytes.substr(0, 64)).starts_with("{\\rtf"))
    return fail({ErrorCode::malformed, N_("This file is no RTF document.")});
  return RtfReader(bytes).read();
}

}  // namespace entregent::readers
