// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/name.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <span>

#include "base/text.h"
#include "people/name_form.h"
#include "people/name_tables.h"

namespace entregent::people {
namespace {

/// A word as it stood, before folding.
struct RawWord {
  std::string text;       ///< as seen
  std::string folded;     ///< letters and digits only, in Latin letters
  bool capitals = false;  ///< two capitals or more and no small letter
  bool dot_after = false;
  bool hyphen_before = false;
};

template <std::size_t size>
bool is_one_of(const std::array<std::string_view, size>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 21> titles_before{
    "mr",   "mme",  "mlle",   "mrs",  "ms",   "dr",   "prof",    "pr",       "maitre", "ing",       "sir",
    "herr", "frau", "mister", "miss", "mmes", "dipl", "docteur", "monsieur", "madame", "professeur"};
constexpr std::array<std::string_view, 11> suffixes{"jr", "sr",  "ii",  "iii", "iv", "phd",
                                                    "md", "esq", "mba", "cpa", "dds"};
constexpr std::array<std::string_view, 38> particles{
    "de",  "du", "des", "d",   "da",  "das", "do",  "dos", "di",  "del",    "della", "dello", "dalla",
    "dal", "le", "la",  "les", "van", "von", "vom", "zu",  "zur", "zum",    "der",   "den",   "ten",
    "ter", "el", "al",  "ben", "bin", "ibn", "abu", "af",  "av",  "vander", "mac",   "y"};
constexpr std::array<std::string_view, 24> placeholders{"unknown",
                                                        "root",
                                                        "admin",
                                                        "administrator",
                                                        "noauthor",
                                                        "yourname",
                                                        "firstnamelastname",
                                                        "user",
                                                        "guest",
                                                        "me",
                                                        "test",
                                                        "nobody",
                                                        "none",
                                                        "anonymous",
                                                        "ubuntu",
                                                        "vagrant",
                                                        "localhost",
                                                        "developer",
                                                        "git",
                                                        "github",
                                                        "name",
                                                        "inconnu",
                                                        "undisclosedrecipients",
                                                        "null"};

bool is_upper_at(std::string_view text, std::size_t position) {
  return is_upper(next_character(text, position));
}

/// `GaÃ«tan`: UTF-8 read as Latin-1 and written as UTF-8 again. Undone only where the result is valid and shorter.
std::string undo_double_utf8(std::string_view text) {
  std::string bytes;
  bool high = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (c > 0xFF) return std::string(text);
    high = high || c >= 0x80;
    bytes.push_back(static_cast<char>(static_cast<unsigned char>(c)));
  }
  return high && is_valid_utf8(bytes) ? bytes : std::string(text);
}

/// Without (…), […], {…}, <…>; an unclosed bracket opens nothing unless it is all that follows.
std::string without_brackets(std::string_view text) {
  constexpr std::string_view open = "([{<", close = ")]}>";
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t kind = open.find(text[at]);
    if (kind == std::string_view::npos) {
      result.push_back(text[at]);
      continue;
    }
    const std::size_t end = text.find(close[kind], at);
    if (end == std::string_view::npos) break;
    result.push_back(' ');
    at = end;
  }
  return result;
}

/// Cuts what follows the name: `via X`, `| Company`, ` - Company`, ` @ Company`, ` / Company`.
std::string_view without_tail(std::string_view text) {
  static constexpr std::array<std::string_view, 8> marks{" via ", " - ", " – ", " — ", "|", " @ ", " / ", " chez "};
  for (const auto mark : marks) {
    const std::size_t at = text.find(mark);
    if (at != std::string_view::npos && at > 1) text = text.substr(0, at);
  }
  return text;
}

std::string cleaned(std::string_view seen) {
  const std::string valid = undo_double_utf8(repaired_utf8(seen));
  const std::string bare = squeezed(without_brackets(valid));
  std::string_view text = trimmed(without_tail(bare));
  while (!text.empty() && (text.front() == '\'' || text.front() == '"')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\'' || text.back() == '"')) text.remove_suffix(1);
  return std::string(trimmed(text));
}

enum class Part : unsigned char { word, apostrophe, hyphen, space };

Part part_of(char32_t c) {
  if (c == '\'' || c == 0x2019 || c == 0x02BC || c == 0x60 || c == 0xB4) return Part::apostrophe;
  if (c == '-' || (c >= 0x2010 && c <= 0x2015)) return Part::hyphen;
  if (c < 0x80) return std::isalnum(static_cast<int>(c)) != 0 ? Part::word : Part::space;
  if (is_letter(c) || is_digit(c)) return Part::word;
  return c >= 0x300 && c < 0x370 ? Part::word : Part::space;  // combining marks
}

void finish(std::vector<RawWord>& words, RawWord& word) {
  if (word.text.empty()) return;
  std::string letters;
  std::size_t capitals = 0;
  bool small = false;
  for (std::size_t at = 0; at < word.text.size();) {
    const char32_t c = next_character(word.text, at);
    if (is_upper(c)) ++capitals;
    small = small || (is_letter(c) && !is_upper(c));
  }
  word.capitals = capitals >= 2 && !small;
  for (const char c : latin(word.text))
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      letters.push_back(c);
    else if (c == ' ' && !letters.empty())
      letters.push_back(' ');
  word.folded = std::move(letters);
  if (!word.folded.empty()) words.push_back(word);
  word = {};
}

/// An elided particle (`d'`) is a word of its own; any other apostrophe joins (O'Connor, N'Guyen).
bool is_elided(std::string_view word) {
  return word == "d" || word == "D" || word == "l" || word == "L";
}

std::vector<RawWord> split_words(std::string_view text) {
  std::vector<RawWord> words;
  RawWord word;
  bool hyphen = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(text, at);
    const Part part = part_of(c);
    if (part == Part::word) {
      if (word.text.empty()) word.hyphen_before = hyphen;
      word.text.append(text.substr(start, at - start));
      continue;
    }
    if (part == Part::apostrophe && !is_elided(word.text)) continue;
    if (c == '.' && !word.text.empty()) word.dot_after = true;
    const bool had = !word.text.empty();
    finish(words, word);
    hyphen = part == Part::hyphen && (had || hyphen);
    if (part != Part::hyphen && c != '.') hyphen = false;
  }
  finish(words, word);
  return words;
}

/// `CharlesCNorton` → Charles C Norton: only where it is the whole name.
std::string split_camel_case(std::string_view text) {
  std::string result;
  bool before_small = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = next_character(text, at);
    const bool upper = is_upper(c);
    const bool next_small = at < text.size() && !is_upper_at(text, at);
    if (upper && start > 0 && (before_small || next_small)) result.push_back(' ');
    result.append(text.substr(start, at - start));
    before_small = !upper;
  }
  return result;
}

bool is_camel_case(std::string_view text) {
  bool small = false, hump = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_character(text, at);
    if (!is_letter(c)) return false;
    hump = hump || (small && is_upper(c));
    small = !is_upper(c);
  }
  return hump;
}

/// JP Dupont, J.-P.: two or three capitals before other words are initials, if no vowel makes them a word.
bool are_initials(const RawWord& word) {
  if (!word.capitals || word.folded.size() > 3 || word.folded == "ng") return false;
  static constexpr std::array<std::string_view, 9> with_vowel{"pa", "pe", "aj", "ej", "ja", "je", "ma", "pae", "ac"};
  return word.folded.find_first_of("aeiouy") == std::string::npos || is_one_of(with_vowel, word.folded);
}

bool is_title(const std::vector<RawWord>& words, std::size_t at) {
  const std::size_t left = words.size() - at - 1;
  const std::string& word = words[at].folded;
  if (left == 0) return false;
  if (is_one_of(titles_before, word)) return !words[at].hyphen_before && !words[at + 1].hyphen_before;
  if (word == "m" && words[at].text == "M")
    return words[at].dot_after ? !words[at + 1].hyphen_before && (left > 1 || words[at + 1].folded.size() > 1) : false;
  return word == "me" && words[at].text == "Me";
}

void drop_titles(std::vector<RawWord>& words) {
  std::size_t first = 0;
  while (first < words.size() && is_title(words, first)) ++first;
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(first));
  while (words.size() > 1 && is_one_of(suffixes, words.back().folded)) words.pop_back();
}

void split_initials(std::vector<RawWord>& words) {
  if (words.size() < 2) return;
  const bool all_capitals = std::all_of(words.begin(), words.end(),
                                        [](const auto& word) { return word.capitals || word.folded.size() == 1; });
  if (all_capitals && words[0].folded.find_first_of("aeiouy") != std::string::npos) return;
  if (!are_initials(words[0])) return;
  const RawWord whole = words[0];
  words.erase(words.begin());
  for (std::size_t i = whole.folded.size(); i-- > 0;) {
    RawWord letter{.text = whole.text.substr(i, 1),
                   .folded = whole.folded.substr(i, 1),
                   .capitals = false,
                   .dot_after = true,
                   .hyphen_before = i > 0};
    words.insert(words.begin(), letter);
  }
}

void append_words(std::vector<std::string>& list, const RawWord& word) {
  std::size_t begin = 0;
  while (begin < word.folded.size()) {
    const std::size_t end = std::min(word.folded.find(' ', begin), word.folded.size());
    if (end > begin) list.push_back(word.folded.substr(begin, end - begin));
    begin = end + 1;
  }
}

/// Where the surname begins in reading order, if capitals, a particle or the tables tell; `first` where it comes first.
struct Split {
  std::size_t at = 0;
  bool surname_first = false;
};

bool is_particle(const RawWord& word) {
  return is_one_of(particles, word.folded) && !word.dot_after;
}

std::optional<Split> split_by_capitals(std::span<const RawWord> words) {
  std::size_t first = 0;
  while (first < words.size() && words[first].capitals) ++first;
  std::size_t last = words.size();
  while (last > 0 && words[last - 1].capitals) --last;
  const auto none_between = [&](std::size_t from, std::size_t to) {
    return std::none_of(words.begin() + static_cast<std::ptrdiff_t>(from),
                        words.begin() + static_cast<std::ptrdiff_t>(to),
                        [](const auto& word) { return word.capitals; });
  };
  if (first > 0 && first < words.size() && none_between(first, words.size())) return Split{first, true};
  if (last > 0 && last < words.size() && none_between(0, last)) {
    while (last > 1 && is_particle(words[last - 1])) --last;
    return Split{last, false};
  }
  return std::nullopt;
}

/// How many words a surname begins with before its own: `Le Tarvenec Sophie`, `De la Tourelle Jean`. `Ben`, `Al` and
/// the like are given names too, so they are not taken.
std::size_t leading_particles(std::span<const RawWord> words) {
  static constexpr std::array<std::string_view, 12> leading{"de",  "du",  "des", "d",   "le",  "la",
                                                            "les", "van", "von", "der", "den", "el"};
  std::size_t count = 0;
  while (count + 2 < words.size() && is_one_of(leading, words[count].folded) && is_particle(words[count])) ++count;
  return count;
}

std::optional<Split> split_by_particle(std::span<const RawWord> words) {
  if (leading_particles(words) > 0) return std::nullopt;
  for (std::size_t at = 1; at + 1 < words.size(); ++at)
    if (is_particle(words[at])) return Split{at, false};
  return std::nullopt;
}

/// A hyphen ties: Jean-Pierre is one given name.
std::size_t end_of_compound(std::span<const RawWord> words, std::size_t at) {
  ++at;
  while (at < words.size() && words[at].hyphen_before) ++at;
  return at;
}

std::optional<Split> split_by_table(std::span<const RawWord> words) {
  if (words.size() < 2) return std::nullopt;
  std::size_t last = words.size() - 1;
  while (last > 0 && words[last].hyphen_before) --last;
  const auto given = [&](std::size_t at) { return given_share(words[at].folded); };
  const auto surname = [&](std::size_t at) { return surname_share(words[at].folded); };
  const auto weight = [&](std::size_t at) { return (given(at) + 1e-5) / (surname(at) + 1e-5); };
  if (last == 0) return std::nullopt;
  const std::size_t lead = leading_particles(words);
  if (lead > 0 && lead < last && given(last) > 0 && weight(lead) < weight(last)) return Split{last, true};
  const double first_is_given = weight(0) / weight(words.size() - 1);
  if (first_is_given >= 4) {
    std::size_t at = end_of_compound(words, 0);
    while (at < last && (words[at].folded.size() == 1 || given(at) > surname(at))) at = end_of_compound(words, at);
    return Split{std::min(at, last), false};
  }
  // `Bertrand Tarvenec`: a surname of the tables in front of a word that none knows is a given name as well.
  if (first_is_given <= 1.0 / 30 && given(0) == 0 && given(words.size() - 1) > 0)
    return Split{end_of_compound(words, 0), true};
  if (words[0].folded.size() == 1 && words[last].folded.size() > 2) return Split{last, false};
  return std::nullopt;
}

Name assemble(std::span<const RawWord> words, std::optional<Split> split) {
  Name name;
  for (std::size_t i = 0; i < words.size(); ++i) {
    append_words(name.words, words[i]);
    if (!split) continue;
    const bool in_surname = (i >= split->at) != split->surname_first;
    append_words(in_surname ? name.surname : name.given, words[i]);
  }
  name.order_known = split.has_value();
  return name;
}

/// `Dupont, Jean-Pierre`, but not `Jean Dupont, PhD`.
std::optional<std::size_t> surname_comma(std::string_view text) {
  const std::size_t comma = text.find(',');
  if (comma == std::string_view::npos || text.find(',', comma + 1) != std::string_view::npos) return std::nullopt;
  return comma;
}

bool has_letter(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

struct Parsed {
  Name name;
  bool compound = false;
  bool one_token = false;  ///< written without a space: `night-owl`, `NightOwl`
};

bool is_compound(std::span<const RawWord> words) {
  return words.size() > 1 && words[1].hyphen_before &&
         (given_share(words[0].folded) > 0 || words[0].folded.size() == 1);
}

/// Where nobody knows which word is the surname: `Tarvenec Jean-Pierre`.
bool has_compound(std::span<const RawWord> words) {
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i].hyphen_before && given_share(words[i - 1].folded) > 0 && given_share(words[i].folded) > 0) return true;
  return is_compound(words);
}

std::optional<Parsed> parse_comma(std::string_view text) {
  const auto comma = surname_comma(text);
  if (!comma) return std::nullopt;
  std::vector<RawWord> family = split_words(text.substr(0, *comma));
  std::vector<RawWord> given = split_words(text.substr(*comma + 1));
  drop_titles(given);
  if (given.size() == 1 && (is_one_of(suffixes, given[0].folded) || is_one_of(titles_before, given[0].folded)))
    return std::nullopt;
  if (family.empty() || given.empty()) return std::nullopt;
  split_initials(given);
  Parsed parsed;
  for (const auto& word : given) append_words(parsed.name.given, word);
  for (const auto& word : family) append_words(parsed.name.surname, word);
  // Reading order is the order in which one calls somebody: given names first.
  parsed.name.words = parsed.name.given;
  parsed.name.words.insert(parsed.name.words.end(), parsed.name.surname.begin(), parsed.name.surname.end());
  parsed.name.order_known = true;
  parsed.compound = is_compound(given);
  return parsed;
}

Parsed parse(std::string_view seen) {
  std::string text = cleaned(seen);
  if (text.find('@') != std::string::npos) return {};
  if (auto parsed = parse_comma(text)) return *std::move(parsed);
  const bool one_token = text.find(' ') == std::string::npos && text.find(',') == std::string::npos;
  if (is_camel_case(text)) text = split_camel_case(text);
  std::vector<RawWord> words = split_words(text.substr(0, text.find(',')));
  drop_titles(words);
  split_initials(words);
  std::optional<Split> split = split_by_capitals(words);
  if (!split) split = split_by_particle(words);
  if (!split) split = split_by_table(words);
  const bool surname_first = split && split->surname_first;
  const bool compound = surname_first ? is_compound(std::span(words).subspan(split->at))
                        : split       ? is_compound(words)
                                      : has_compound(words);
  return {.name = assemble(words, split), .compound = compound, .one_token = one_token};
}

std::string joined(std::span<const std::string> words) {
  std::string result;
  for (const auto& word : words) result += word;
  return result;
}

bool is_plain(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; });
}

NameKind kind_of(const NameForm& form, std::string_view whole) {
  if (form.words.empty() || is_one_of(placeholders, whole)) return NameKind::none;
  const auto real = std::count_if(form.words.begin(), form.words.end(),
                                  [](const auto& word) { return word.size() > 1 && has_letter(word); });
  const bool plain = std::all_of(form.words.begin(), form.words.end(), [](const auto& word) { return is_plain(word); });
  if (real == 0) return NameKind::handle;
  if (form.words.size() == 1) return given_share(form.words[0]) > 0 ? NameKind::given : NameKind::handle;
  if (!plain) return NameKind::handle;
  return real >= 2 ? NameKind::full : NameKind::initials;
}

}  // namespace

std::string without_additions(std::string_view seen) {
  const std::string bare = squeezed(without_brackets(seen));
  return bare.empty() ? std::string(seen) : bare;
}

Name parse_name(std::string_view seen) {
  return parse(seen).name;
}

/// What is written in one piece is a name only as JeanDupont is: `night-owl`, `Smith_J` and `Jean-Pierre` alone are
/// what one is called.
bool is_handle(const Parsed& parsed, std::string_view seen) {
  return parsed.one_token && parsed.name.words.size() > 1 && seen.find_first_of("-_.") != std::string_view::npos;
}

void mark_words(NameForm& form) {
  form.marks.fill(0);
  form.letters = 0;
  form.has_initial = false;
  for (const auto& word : form.words) {
    form.letters = static_cast<std::uint16_t>(form.letters + word.size());
    form.has_initial = form.has_initial || word.size() == 1;
  }
  for (std::size_t i = 0; i < std::min(form.words.size(), form.marks.size()); ++i) {
    std::uint32_t mark = 2166136261U;  // FNV-1a
    for (const char c : form.words[i]) mark = (mark ^ static_cast<unsigned char>(c)) * 16777619U;
    form.marks[i] = mark;
  }
}

NameForm form_of(const Name& name, bool compound) {
  NameForm form;
  const auto add = [&](const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const bool middle =
          &words == &name.words ? i > 0 && i + 1 < words.size() : &words == &name.surname && i + 1 < words.size();
      if (middle && words[i].size() > 1 && is_one_of(particles, words[i])) continue;
      if (middle && words[i] == "d") continue;
      form.words.push_back(words[i]);
    }
  };
  if (name.order_known) {
    add(name.given);
    form.given = form.words.size();
    add(name.surname);
  } else {
    add(name.words);
    form.given = form.words.size() > 1 ? form.words.size() - 1 : 0;
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(form.words.size(), 32); ++i)
    if (!short_forms(form.words[i]).empty()) form.has_short_forms |= 1U << i;
  mark_words(form);
  form.order_known = name.order_known;
  form.compound = compound;
  const std::string whole = joined(name.words);
  form.kind = kind_of(form, whole);
  if (form.kind != NameKind::none && (form.kind == NameKind::handle || form.kind == NameKind::given))
    form.handle = whole;
  return form;
}

/// `Jean et Marie Dupont`, `Mr & Mrs Smith`: words on both sides of an and.
bool is_of_several(std::string_view seen) {
  for (std::size_t begin = seen.find(' '); begin != std::string_view::npos; begin = seen.find(' ', begin + 1)) {
    const std::string_view rest = seen.substr(begin + 1);
    const std::size_t end = rest.find(' ');
    if (end == std::string_view::npos || end > 3 || begin == 0) continue;
    std::string word(rest.substr(0, end));
    for (char& c : word) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    const bool joins = word == "et" || word == "and" || word == "&" || word == "und" || word == "y";
    if (joins && has_letter(rest.substr(end))) return true;
  }
  return false;
}

std::string namesakes_key(std::string_view seen) {
  NameForm form = parse_form(seen);
  if (form.kind != NameKind::full) return {};
  std::sort(form.words.begin(), form.words.end());
  std::string key;
  for (const auto& word : form.words) key += word + ' ';
  return key;
}

NameForm parse_form(std::string_view seen) {
  if (is_of_several(seen)) {
    NameForm form;
    form.several = true;
    return form;
  }
  const Parsed parsed = parse(seen);
  NameForm form = form_of(parsed.name, parsed.compound);
  if (form.kind == NameKind::none) return form;
  if (is_handle(parsed, seen)) {
    form.kind = NameKind::handle;
    form.handle = joined(parsed.name.words);
    form.words = {form.handle};
    mark_words(form);
    form.has_short_forms = 0;
    form.given = 0;
    form.order_known = false;
  }
  return form;
}

}  // namespace entregent::people
