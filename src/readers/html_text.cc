// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/html_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <memory>

#include <gumbo.h>

#include "base/text.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

bool is_letter_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_space_byte(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

bool contains_word(std::string_view text, std::string_view word) {
  const auto same = [](char a, char b) { return (is_letter_byte(a) ? a | 0x20 : a) == b; };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

// What gumbo would choke on.

/// Tags whose start closes an open one of their kind, or that hold nothing: they do not add depth.
bool is_shallow(std::string_view tag) {
  constexpr std::array<std::string_view, 26> shallow{
      "p",   "li",   "td",   "tr",    "th",     "dd",  "dt",    "br",    "hr",   "img",  "meta",  "link",   "input",
      "col", "area", "base", "tbody", "option", "wbr", "thead", "tfoot", "html", "body", "param", "source", "o:p"};
  return std::find(shallow.begin(), shallow.end(), tag) != shallow.end();
}

/// A bound of how deep the tree gets, and of the attributes on one tag (gumbo compares each with all before it). Tags
/// are counted by name, opened less closed, because formatting left open is opened again in each block that follows.
class Shape {
 public:
  explicit Shape(std::string_view html) {
    for (std::size_t at = html.find('<'); at != std::string_view::npos && !too_much_; at = html.find('<', at))
      at = take_tag(html, at + 1);
  }
  [[nodiscard]] bool fits() const { return !too_much_; }

 private:
  static constexpr std::size_t max_attribute_marks = 1000;

  std::size_t take_tag(std::string_view html, std::size_t at) {
    const bool closing = at < html.size() && html[at] == '/';
    if (closing) ++at;
    std::array<char, 8> name{};
    std::size_t size = 0;
    while (at < html.size() && (is_letter_byte(html[at]) || (html[at] >= '0' && html[at] <= '9') || html[at] == ':')) {
      if (size < name.size())
        name.at(size++) = is_letter_byte(html[at]) ? static_cast<char>(html[at] | 0x20) : html[at];
      ++at;
    }
    if (size == 0) return at;
    const std::size_t end = std::min(html.find('>', at), html.size());
    count_attributes(html.substr(at, end - at));
    if (!is_shallow({name.data(), size})) count(std::string_view(name.data(), size), closing);
    return end;
  }
  void count_attributes(std::string_view inside) {
    std::size_t blanks = 0;
    for (const char c : inside) blanks += is_space_byte(c) || c == '/' || c == '"' || c == '\'' ? 1U : 0U;
    // A long `style` has many blanks inside its quotes: only their number without `:` and `;` says attributes.
    if (blanks > max_attribute_marks) too_much_ = true;
  }
  void count(std::string_view name, bool closing) {
    std::size_t slot = 0;
    for (const char c : name) slot = (slot * 31 + static_cast<unsigned char>(c)) % open_.size();
    if (closing) {
      if (open_[slot] > 0) --open_[slot], --total_;
    } else {
      ++open_[slot];
      if (++total_ > limits::html_depth) too_much_ = true;
    }
  }

  std::array<std::uint32_t, 64> open_{};
  std::size_t total_ = 0;
  bool too_much_ = false;
};

// Building the text.

enum class Mark : std::uint8_t { none, quoted, signature };

/// Collapses blanks, and puts the mark of the moment before each line.
class TextBuilder {
 public:
  void set_mark(Mark mark) {
    if (mark == mark_) return;
    end_line();
    mark_ = mark;
  }
  [[nodiscard]] Mark mark() const { return mark_; }

  void add(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      if (is_space_byte(text[at])) {
        blank_ = true;
        ++at;
        continue;
      }
      std::size_t end = at;
      while (end < text.size() && !is_space_byte(text[end])) ++end;
      add_word(text.substr(at, end - at));
      at = end;
    }
  }
  void add_preformatted(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      std::string_view line = text.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      if (!line.empty()) {
        begin_line();
        append(line);
      }
      if (end == text.size()) break;
      new_line();
      text.remove_prefix(end + 1);
    }
  }
  void end_line() {
    if (in_line_) text_.push_back('\n');
    in_line_ = blank_ = false;
  }
  /// `<br>`: ends the line, or makes an empty one.
  void new_line() {
    if (in_line_) return end_line();
    gap();
  }
  /// An empty line, unless there is one or nothing stands before it.
  void gap() {
    end_line();
    if (!text_.empty() && !text_.ends_with("\n\n")) text_.push_back('\n');
  }
  void blank() { blank_ = true; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  std::string take() {
    end_line();
    return std::move(text_);
  }

 private:
  void begin_line() {
    if (in_line_) return;
    if (mark_ == Mark::quoted) text_.push_back(quoted_mark);
    if (mark_ == Mark::signature) text_.push_back(signature_mark);
    in_line_ = true;
    blank_ = false;
  }
  void add_word(std::string_view word) {
    const bool blank = blank_ && in_line_;
    begin_line();
    if (blank) text_.push_back(' ');
    blank_ = false;
    append(word);
  }
  /// Non-breaking spaces become plain ones; control characters go.
  void append(std::string_view text) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '\xC2' && at + 1 < text.size() && text[at + 1] == '\xA0') {
        text_.push_back(' ');
        ++at;
      } else if (static_cast<unsigned char>(text[at]) >= 0x20 || text[at] == '\t') {
        text_.push_back(text[at]);
      }
    }
  }

  std::string text_;
  Mark mark_ = Mark::none;
  bool in_line_ = false;
  bool blank_ = false;
};

std::string_view attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

bool is_skipped(const GumboElement& element) {
  switch (element.tag) {
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_HEAD:
    case GUMBO_TAG_TITLE:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_SELECT:
      return true;
    default:
      break;
  }
  const std::string_view style = attribute(element, "style");
  return contains_word(style, "display:none") || contains_word(style, "display: none");
}

/// 2: a paragraph with empty lines around it; 1: a line of its own; 0: runs in the line.
int block_level(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_TABLE:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_DL:
      return 2;
    case GUMBO_TAG_DIV:
    case GUMBO_TAG_TR:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_HR:
    case GUMBO_TAG_SECTION:
    case GUMBO_TAG_ARTICLE:
    case GUMBO_TAG_HEADER:
    case GUMBO_TAG_FOOTER:
    case GUMBO_TAG_ADDRESS:
    case GUMBO_TAG_CENTER:
    case GUMBO_TAG_FORM:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_MAIN:
      return 1;
    default:
      return 0;
  }
}

bool holds_quotation(const GumboNode* node, int depth) {
  if (node->type != GUMBO_NODE_ELEMENT) return false;
  if (node->v.element.tag == GUMBO_TAG_BLOCKQUOTE) return true;
  if (depth == 0) return false;
  const GumboVector& children = node->v.element.children;
  for (unsigned i = 0; i < children.length; ++i)
    if (holds_quotation(static_cast<const GumboNode*>(children.data[i]), depth - 1)) return true;
  return false;
}

/// What the markup of one element says about its text.
struct Meaning {
  Mark mark = Mark::none;
  bool attribution_first = false;  ///< Gmail: quoted up to and with its first blockquote; what follows are answers
  bool rest_quoted = false;        ///< Outlook: from here to the end
};

bool is_quoting_blockquote(const GumboElement& element) {
  return attribute(element, "type") == "cite" || gumbo_get_attribute(&element.attributes, "cite") != nullptr ||
         contains_word(attribute(element, "class"), "quote") || contains_word(attribute(element, "class"), "cite") ||
         contains_word(attribute(element, "style"), "border-left");
}

Meaning meaning(const GumboNode* node) {
  constexpr int quotation_depth = 6;
  const GumboElement& element = node->v.element;
  if (element.tag == GUMBO_TAG_BLOCKQUOTE) return {.mark = is_quoting_blockquote(element) ? Mark::quoted : Mark::none};
  const std::string_view classes = attribute(element, "class");
  const std::string_view id = attribute(element, "id");
  if (classes.empty() && id.empty()) return {};
  const auto in_class = [&](std::string_view word) { return contains_word(classes, word); };
  if (in_class("moz-cite-prefix") || in_class("gmail_attr") || in_class("yahoo_quoted") ||
      in_class("protonmail_quote") || in_class("zmail_extra") || in_class("moz-forward-container"))
    return {.mark = Mark::quoted};
  if (in_class("gmail_signature") || in_class("moz-signature") || in_class("protonmail_signature_block") ||
      contains_word(id, "signature"))
    return {.mark = Mark::signature};
  if (in_class("gmail_quote")) {
    if (holds_quotation(node, quotation_depth)) return {.attribution_first = true};
    return {.mark = Mark::quoted};
  }
  // Outlook on the web writes the reply's header into divRplyFwdMsg and the history behind it.
  if (contains_word(id, "divrplyfwdmsg") || contains_word(id, "reply-intro") || in_class("outlookmessageheader"))
    return {.mark = Mark::quoted, .rest_quoted = true};
  return {};
}

class TreeReader {
 public:
  std::string read(const GumboNode* root) {
    walk(root, 0);
    return text_.take();
  }

 private:
  static constexpr int deepest = 2000;

  void walk(const GumboNode* node, int depth) {
    if (depth > deepest || text_.size() > limits::text_bytes) return;
    switch (node->type) {
      case GUMBO_NODE_TEXT:
      case GUMBO_NODE_WHITESPACE:
      case GUMBO_NODE_CDATA:
        return add_text(node->v.text.text);
      case GUMBO_NODE_ELEMENT:
        return walk_element(node, depth);
      case GUMBO_NODE_DOCUMENT:
        return walk_children(node->v.document.children, depth);
      default:
        return;
    }
  }
  void add_text(std::string_view text) {
    if (preformatted_ > 0) {
      text_.add_preformatted(text);
    } else {
      text_.add(text);
    }
  }
  void walk_children(const GumboVector& children, int depth) {
    for (unsigned i = 0; i < children.length; ++i) walk(static_cast<const GumboNode*>(children.data[i]), depth + 1);
  }
  void walk_element(const GumboNode* node, int depth) {
    const GumboElement& element = node->v.element;
    if (is_skipped(element)) return;
    if (element.tag == GUMBO_TAG_BR) return text_.new_line();
    const Meaning said = meaning(node);
    const Mark before = text_.mark();
    const int level = block_level(element.tag);
    if (level == 2) text_.gap();
    if (level == 1) text_.end_line();
    if (said.mark != Mark::none || said.attribution_first)
      text_.set_mark(strongest(before, said.attribution_first ? Mark::quoted : said.mark));
    const bool before_attribution = attribution_;
    if (said.attribution_first) attribution_ = true;
    if (element.tag == GUMBO_TAG_PRE) ++preformatted_;
    if (element.tag == GUMBO_TAG_LI) text_.add("- ");
    if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) text_.blank();
    walk_children(element.children, depth);
    if (element.tag == GUMBO_TAG_PRE) --preformatted_;
    close(element, said, before, before_attribution, level);
  }
  void close(const GumboElement& element, const Meaning& said, Mark before, bool before_attribution, int level) {
    if (level == 2) text_.gap();
    if (level == 1) text_.end_line();
    if (said.attribution_first) attribution_ = before_attribution;
    const bool quotation = element.tag == GUMBO_TAG_BLOCKQUOTE;
    if (quotation && attribution_ && !rest_quoted_) {
      attribution_ = false;  // behind the first quotation of a gmail_quote come answers
      text_.set_mark(Mark::none);
      return;
    }
    rest_quoted_ = rest_quoted_ || said.rest_quoted;
    if (rest_quoted_) return text_.set_mark(Mark::quoted);
    if (said.mark != Mark::none || said.attribution_first) text_.set_mark(before);
  }
  static Mark strongest(Mark outer, Mark inner) { return outer == Mark::quoted ? outer : inner; }

  TextBuilder text_;
  int preformatted_ = 0;
  bool attribution_ = false;  ///< inside a gmail_quote, before its first blockquote ends
  bool rest_quoted_ = false;
};

struct Output {
  explicit Output(std::string_view html)
      : tree(gumbo_parse_with_options(&kGumboDefaultOptions, html.data(), html.size())) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;
  ~Output() { gumbo_destroy_output(&kGumboDefaultOptions, tree); }
  GumboOutput* tree;
};

// Without a tree.

/// The commonest entities; others stay as written.
std::size_t append_entity(std::string& text, std::string_view at) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> known{{{"&amp;", "&"},
                                                                                 {"&lt;", "<"},
                                                                                 {"&gt;", ">"},
                                                                                 {"&quot;", "\""},
                                                                                 {"&nbsp;", " "},
                                                                                 {"&eacute;", "é"},
                                                                                 {"&egrave;", "è"},
                                                                                 {"&agrave;", "à"},
                                                                                 {"&ecirc;", "ê"},
                                                                                 {"&ccedil;", "ç"},
                                                                                 {"&rsquo;", "’"},
                                                                                 {"&euro;", "€"}}};
  for (const auto& [entity, character] : known)
    if (at.starts_with(entity)) {
      text += character;
      return entity.size();
    }
  text.push_back('&');
  return 1;
}

bool ends_line(std::string_view tag) {
  constexpr std::array<std::string_view, 10> names{"br",    "p",  "div", "tr", "li",
                                                   "table", "h1", "h2",  "h3", "blockquote"};
  if (tag.starts_with('/')) tag.remove_prefix(1);
  return std::any_of(names.begin(), names.end(), [&](std::string_view name) {
    return contains_word(tag.substr(0, name.size()), name) &&
           (tag.size() == name.size() || !is_letter_byte(tag[name.size()]));
  });
}

std::string stripped_text(std::string_view html) {
  std::string text;
  std::size_t at = 0;
  while (at < html.size()) {
    const std::size_t next = std::min(html.find_first_of("<&", at), html.size());
    for (const char c : html.substr(at, next - at))
      if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') text.push_back(c);
    if (next == html.size()) break;
    if (html[next] == '&') {
      at = next + append_entity(text, html.substr(next, 10));
      continue;
    }
    const std::size_t end = std::min(html.find('>', next), html.size());
    const std::string_view tag = html.substr(next + 1, end - next - 1);
    text.push_back(ends_line(tag) ? '\n' : ' ');
    at = std::min(end + 1, html.size());
    // Scripts and styles are no text.
    for (const std::string_view hidden : {std::string_view("style"), std::string_view("script")})
      if (contains_word(tag.substr(0, hidden.size()), hidden)) at = std::min(html.find("</", at), html.size());
  }
  return text;
}

}  // namespace

std::string html_text(std::string_view html, NoticeSet& notices) {
  if (html.size() > limits::html_bytes) {
    notices.add(Notice::truncated);
    html = utf8_prefix(html, limits::html_bytes);
  }
  if (!Shape(html).fits()) return stripped_text(html);
  const Output output(html);
  if (output.tree == nullptr || output.tree->root == nullptr) return stripped_text(html);
  return TreeReader().read(output.tree->root);
}

std::string_view html_charset(std::string_view html) {
  constexpr std::size_t looked_at = 2048;
  html = html.substr(0, looked_at);
  for (std::size_t at = html.find("harset"); at != std::string_view::npos; at = html.find("harset", at + 1)) {
    const std::size_t begin = html.find_first_not_of(" \t\"'=", at + 6);
    if (begin == std::string_view::npos || html.substr(at, begin - at).find('=') == std::string_view::npos) continue;
    return html.substr(begin, std::min(html.find_first_of(" \t\"'>;/", begin), html.size()) - begin);
  }
  return {};
}

}  // namespace entregent::readers
