// SPDX-License-Identifier: AGPL-3.0-or-later
#include "personal/snippet.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "base/tokens.h"

namespace entregent::personal {
namespace {

constexpr std::size_t before_bytes = 50;
constexpr std::size_t snippet_bytes = 160;

constexpr std::size_t window_bytes = snippet_bytes - before_bytes;
constexpr std::size_t most_hits = 1000;

struct Hit {
  std::size_t begin, end;
  std::size_t word;  ///< which of those asked for
};

bool matches(std::string_view token, std::string_view form) {
  if (form.ends_with('*')) return token.starts_with(form.substr(0, form.size() - 1));
  return token == form;
}

/// With what every form of the word begins.
std::string common_beginning(const WordForms& forms) {
  std::string_view common = forms.empty() ? std::string_view() : forms.front();
  if (common.ends_with('*')) common.remove_suffix(1);
  for (const auto& form : forms)
    common = common.substr(0, static_cast<std::size_t>(std::ranges::mismatch(common, form).in1 - common.begin()));
  return std::string(common);
}

/// Tells lines that cannot hold any of the words, in a tenth of the time that their tokens take: in ASCII a folded word
/// is the lower-case text itself.
class LineFilter {
 public:
  explicit LineFilter(std::span<const WordForms> wanted) {
    for (const auto& forms : wanted) beginnings_.push_back(common_beginning(forms));
  }

  bool may_hold(std::string_view line) {
    lower_.resize(line.size());
    unsigned char all = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      const auto byte = static_cast<unsigned char>(line[i]);
      all |= byte;
      lower_[i] = static_cast<char>(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte);
    }
    if (all >= 0x80) return true;
    return std::ranges::any_of(beginnings_, [&](const auto& word) { return lower_.find(word) != std::string::npos; });
  }

 private:
  std::vector<std::string> beginnings_;
  std::string lower_;
};

/// Walks a text until one window holds every word, and to that window's end: nothing behind it can be better.
class Search {
 public:
  explicit Search(std::span<const WordForms> wanted)
      : wanted_(wanted), filter_(wanted), last_(wanted.size(), nowhere) {}

  /// Line by line, as no word goes over the end of one.
  std::vector<Hit> hits(std::string_view text) {
    for (std::size_t end = 0; line_ < text.size() && line_ <= enough_; line_ = end + 1) {
      end = std::min(text.find('\n', line_), text.size());
      const auto line = text.substr(line_, end - line_);
      if (!filter_.may_hold(line)) continue;
      const bool go_on =
          tokenize(line, this, [](void* context, std::string_view token, std::size_t from, std::size_t to) {
            auto& search = *static_cast<Search*>(context);
            return search.take(token, search.line_ + from, search.line_ + to);
          });
      if (!go_on) break;
    }
    return std::move(hits_);
  }

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  bool take(std::string_view token, std::size_t begin, std::size_t end) {
    if (begin > enough_) return false;
    for (std::size_t word = 0; word < wanted_.size(); ++word) {
      if (std::ranges::any_of(wanted_[word], [&](const auto& form) { return matches(token, form); })) {
        hits_.push_back({begin, end, word});
        last_[word] = begin;
        const std::size_t oldest = *std::ranges::min_element(last_);
        const bool all = std::ranges::find(last_, nowhere) == last_.end() && end < oldest + window_bytes;
        if (all) enough_ = std::min(enough_, oldest + snippet_bytes);
        break;
      }
    }
    return hits_.size() < most_hits;
  }

  std::span<const WordForms> wanted_;
  LineFilter filter_;
  std::size_t line_ = 0;  ///< where the line begins that is walked over
  std::vector<std::size_t> last_;
  std::vector<Hit> hits_;
  std::size_t enough_ = nowhere;
};

struct Best {
  std::size_t first = 0;
  std::size_t distinct = 0;
};

/// The first hit of the window that holds the most different words.
Best best_window(const std::vector<Hit>& hits) {
  Best best;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    std::set<std::size_t> distinct;
    for (std::size_t j = i; j < hits.size() && hits[j].end < hits[i].begin + window_bytes; ++j)
      distinct.insert(hits[j].word);
    if (distinct.size() > best.distinct) best = {i, distinct.size()};
  }
  return best;
}

std::size_t character_start(std::string_view text, std::size_t at) {
  while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

Snippet cut(std::string_view text, const std::vector<Hit>& hits, std::size_t first, MatchedIn where) {
  Snippet snippet{.where = where, .text = {}, .marks = {}};
  std::size_t begin = hits[first].begin < before_bytes ? 0 : character_start(text, hits[first].begin - before_bytes);
  if (begin > 0) {
    const auto space = text.find_first_of(" \n\t", begin);
    if (space != std::string_view::npos && space < hits[first].begin) begin = space + 1;
    snippet.text = "… ";
  }
  const std::size_t end =
      text.size() - begin <= snippet_bytes ? text.size() : character_start(text, begin + snippet_bytes);
  std::size_t next = first;
  while (next > 0 && hits[next - 1].begin >= begin) --next;
  for (std::size_t at = begin; at < end; ++at) {
    if (next < hits.size() && at == hits[next].begin && hits[next].end <= end) {
      const std::size_t length = hits[next].end - hits[next].begin;
      snippet.marks.emplace_back(snippet.text.size(), snippet.text.size() + length);
      snippet.text += text.substr(at, length);
      at += length - 1;
      ++next;
      continue;
    }
    const char c = text[at];
    const bool blank = c == '\n' || c == '\r' || c == '\t' || c == ' ';
    if (!blank) snippet.text += c;
    if (blank && !snippet.text.empty() && snippet.text.back() != ' ') snippet.text += ' ';
  }
  if (end < text.size()) snippet.text += " …";
  return snippet;
}

MatchedIn where_of(readers::TextKind kind) {
  switch (kind) {
    case readers::TextKind::fresh:
      return MatchedIn::fresh;
    case readers::TextKind::quoted:
      return MatchedIn::quoted;
    case readers::TextKind::signature:
      return MatchedIn::signature;
    case readers::TextKind::attachment:
      return MatchedIn::attachment;
  }
  return MatchedIn::nothing;
}

struct Candidate {
  std::string_view text;
  MatchedIn where;
};

}  // namespace

Snippet make_snippet(const Texts& texts, std::span<const WordForms> wanted) {
  std::vector<Candidate> candidates;
  for (const auto kind : {readers::TextKind::fresh, readers::TextKind::signature, readers::TextKind::attachment,
                          readers::TextKind::quoted}) {
    for (const auto& section : texts.sections)
      if (section.kind == kind) candidates.push_back({section.text, where_of(kind)});
    if (kind == readers::TextKind::fresh) candidates.push_back({texts.title, MatchedIn::title});
    if (kind == readers::TextKind::attachment) candidates.push_back({texts.file_names, MatchedIn::attachment});
  }
  candidates.push_back({texts.people, MatchedIn::people});
  Snippet best;
  std::size_t most = 0;
  for (const auto& candidate : candidates) {
    if (most == wanted.size()) break;
    const auto hits = Search(wanted).hits(candidate.text);
    if (hits.empty()) continue;
    const Best window = best_window(hits);
    if (window.distinct <= most) continue;
    most = window.distinct;
    best = cut(candidate.text, hits, window.first, candidate.where);
  }
  return best;
}

}  // namespace entregent::personal
