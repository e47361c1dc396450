// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/signature_facts.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"

namespace entregent::readers {
namespace {

constexpr std::size_t max_lines = 15;
constexpr std::size_t max_line_bytes = 120;

/// Folded words, as they stand in titles in French and English.
constexpr std::array<std::string_view, 74> title_words{"director",      "directeur",
                                                       "directrice",    "manager",
                                                       "responsable",   "engineer",
                                                       "ingenieur",     "ingenieure",
                                                       "developer",     "developpeur",
                                                       "developpeuse",  "consultant",
                                                       "consultante",   "president",
                                                       "presidente",    "ceo",
                                                       "cto",           "cfo",
                                                       "coo",           "cio",
                                                       "ciso",          "dsi",
                                                       "drh",           "daf",
                                                       "pdg",           "vp",
                                                       "founder",       "fondateur",
                                                       "fondatrice",    "cofounder",
                                                       "cofondateur",   "partner",
                                                       "associe",       "associee",
                                                       "professor",     "professeur",
                                                       "professeure",   "researcher",
                                                       "chercheur",     "chercheuse",
                                                       "architect",     "architecte",
                                                       "analyst",       "analyste",
                                                       "assistant",     "assistante",
                                                       "coordinator",   "coordinateur",
                                                       "coordinatrice", "officer",
                                                       "secretary",     "secretaire",
                                                       "avocat",        "avocate",
                                                       "lawyer",        "attorney",
                                                       "accountant",    "comptable",
                                                       "gerant",        "gerante",
                                                       "doctorant",     "doctorante",
                                                       "commercial",    "commerciale",
                                                       "technicien",    "technicienne",
                                                       "designer",      "editor",
                                                       "journalist",    "journaliste",
                                                       "charge",        "chargee",
                                                       "chef",          "geschaftsfuhrer"};

constexpr std::array<std::string_view, 40> company_words{
    "sa",         "sas",        "sasu",      "sarl",     "eurl",        "scop",    "gmbh",        "ag",
    "inc",        "ltd",        "llc",       "llp",      "plc",         "corp",    "corporation", "bv",
    "nv",         "srl",        "spa",       "oy",       "ab",          "aps",     "kg",          "association",
    "universite", "university", "institute", "institut", "laboratoire", "cnrs",    "inria",       "ministere",
    "mairie",     "groupe",     "group",     "agence",   "cabinet",     "company", "fondation",   "foundation"};

/// A number behind one of these is no phone.
constexpr std::array<std::string_view, 10> other_numbers{"siret",   "siren",       "rcs",       "tva", "iban",
                                                         "capital", "fingerprint", "empreinte", "key", "naf"};

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    if (!line.empty()) lines.push_back(line);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words(1);
  for (const char c : folded(line)) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if (word) {
      words.back().push_back(c);
    } else if (c != '.' && !words.back().empty()) {  // S.A.S. is one word
      words.emplace_back();
    }
  }
  return words;
}

template <std::size_t size>
bool has_one_of(const std::vector<std::string>& words, const std::array<std::string_view, size>& known) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(known.begin(), known.end(), word) != known.end();
  });
}

/// Behind the run of phone characters that starts at `at`.
std::size_t phone_end(std::string_view line, std::size_t at) {
  std::size_t end = at;
  std::size_t last_digit = at;
  while (end < line.size()) {
    const bool wide_blank = line.substr(end).starts_with("\xC2\xA0") || line.substr(end).starts_with("\xE2\x80\xAF");
    if (wide_blank) {
      end += line[end] == '\xC2' ? 2 : 3;
      continue;
    }
    const char c = line[end];
    if (!is_ascii_digit(c) && std::string_view(" .-()/+").find(c) == std::string_view::npos) break;
    if (c == '+' && end != at) break;
    // Two blanks, or ` / `, ` - ` set two numbers apart.
    if (c == ' ' && end + 2 < line.size() &&
        (line[end + 1] == ' ' || ((line[end + 1] == '/' || line[end + 1] == '-') && line[end + 2] == ' ')))
      break;
    ++end;
    if (is_ascii_digit(c)) last_digit = end;
  }
  return last_digit;
}

/// What stands before the number names it.
std::string_view phone_label(std::string_view before) {
  const std::string label = folded(before.substr(before.size() > 24 ? before.size() - 24 : 0));
  const std::size_t comma = label.find_last_of("|,;");
  const std::string_view near = std::string_view(label).substr(comma == std::string::npos ? 0 : comma + 1);
  const auto says = [&](std::string_view word) { return near.find(word) != std::string_view::npos; };
  if (says("fax") || says("telecopie")) return "fax";
  if (says("mob") || says("cell") || says("portable") || says("gsm") || says("m:") || says("m :") || says("m."))
    return "mobile";
  if (says("tel") || says("phone") || says("bureau") || says("office") || says("direct") || says("standard") ||
      says("t:") || says("t :") || says("p:") || says("work") || says("ligne"))
    return "work";
  return {};
}

bool is_phone(std::string_view number, bool labelled) {
  const auto digits = std::count_if(number.begin(), number.end(), is_ascii_digit);
  if (digits < 7 || digits > 15) return false;
  if (number.front() == '+') return digits >= 8;
  // 05/01/2015 and 2015-01-05 are days; 192.168.0.1 a machine.
  const auto marks =
      std::count_if(number.begin(), number.end(), [](char c) { return c == '/' || c == '-' || c == '.'; });
  if (digits == 8 && marks == 2 && number.find(' ') == std::string_view::npos) return false;
  if (labelled) return true;
  const bool grouped = std::count_if(number.begin(), number.end(), [](char c) { return !is_ascii_digit(c); }) >= 2;
  return (number.starts_with("0") && (digits == 10 || (grouped && digits >= 9))) ||
         (number.starts_with("00") && digits >= 10) || (number.starts_with("(") && digits >= 9 && grouped);
}

void add(std::vector<Fact>& facts, FactKind kind, std::string_view value, std::string_view detail = {}) {
  const std::string clean = squeezed(value);
  if (clean.size() < 2) return;
  const bool known = std::any_of(facts.begin(), facts.end(),
                                 [&](const Fact& fact) { return fact.kind == kind && fact.value == clean; });
  if (!known) facts.push_back({kind, clean, std::string(detail)});
}

void add_phones(std::vector<Fact>& facts, std::string_view line) {
  if (has_one_of(words_of(line), other_numbers)) return;
  for (std::size_t at = 0; at < line.size();) {
    const bool begins =
        is_ascii_digit(line[at]) || ((line[at] == '+' || line[at] == '(') && at + 1 < line.size() &&
                                     (is_ascii_digit(line[at + 1]) || line[at + 1] == '+' || line[at + 1] == '('));
    const bool inside_word =
        at > 0 &&
        (is_letter(static_cast<unsigned char>(line[at - 1]) < 0x80 ? static_cast<char32_t>(line[at - 1]) : U'.') ||
         is_ascii_digit(line[at - 1]));
    if (!begins || inside_word) {
      ++at;
      continue;
    }
    const std::size_t end = std::max(phone_end(line, at), at + 1);
    const std::string_view number = line.substr(at, end - at);
    const std::string_view label = phone_label(line.substr(0, at));
    if (is_phone(number, !label.empty())) add(facts, FactKind::phone, number, label);
    at = end;
  }
}

bool has_phone(std::string_view line) {
  std::vector<Fact> facts;
  add_phones(facts, line);
  return !facts.empty();
}

void add_urls(std::vector<Fact>& facts, std::string_view line) {
  for (const std::string_view begin :
       {std::string_view("http://"), std::string_view("https://"), std::string_view("www.")}) {
    const std::size_t at = line.find(begin);
    if (at == std::string_view::npos || (begin == "www." && at > 0 && line[at - 1] == '/')) continue;
    std::string_view url = line.substr(at, std::min(line.find_first_of(" \t<>\"|)]", at), line.size()) - at);
    while (!url.empty() && (url.back() == '.' || url.back() == ',' || url.back() == ';')) url.remove_suffix(1);
    if (url.size() > begin.size() + 3) add(facts, FactKind::url, url);
  }
}

bool is_title(std::string_view text) {
  return has_one_of(words_of(text), title_words) || folded(text).starts_with("head of ");
}
bool is_company(std::string_view text) {
  return has_one_of(words_of(text), company_words);
}

/// A line of a name, title or company; `Nord Ltd.` ends like a sentence but is short.
bool may_name(std::string_view line) {
  constexpr std::size_t longest_name = 80;
  constexpr std::size_t longest_with_stop = 40;
  if (line.ends_with('.') && line.size() <= longest_with_stop && is_company(line)) line.remove_suffix(1);
  return line.size() <= longest_name && line.find('@') == std::string_view::npos &&
         line.find("://") == std::string_view::npos && !line.starts_with("www.") && !line.ends_with('.') &&
         !line.ends_with('!') && !line.ends_with('?') && !has_phone(line);
}

/// `Ingénieure, Nord SAS`, `CTO | Nord`, `Director at North`, `Consultante chez Nord`.
std::pair<std::string_view, std::string_view> split_title(std::string_view line) {
  for (const std::string_view mark : {std::string_view(" | "), std::string_view(" - "), std::string_view(" – "),
                                      std::string_view(" — "), std::string_view(", "), std::string_view(" @ "),
                                      std::string_view(" at "), std::string_view(" chez "), std::string_view(" / ")}) {
    const std::size_t at = line.find(mark);
    if (at == std::string_view::npos) continue;
    const std::string_view left = trimmed(line.substr(0, at)), right = trimmed(line.substr(at + mark.size()));
    if (is_title(left) && (!is_title(right) || is_company(right))) return {left, right};
    if (is_title(right) && is_company(left)) return {right, left};
  }
  return {line, {}};
}

/// The name before the top-level domain: `nord` of `jean@mail.nord.example`.
std::string domain_word(std::string_view address) {
  const std::size_t at = address.rfind('@');
  if (at == std::string_view::npos) return {};
  std::string_view domain = address.substr(at + 1);
  const std::size_t top = domain.rfind('.');
  if (top == std::string_view::npos) return {};
  domain = domain.substr(0, top);
  return folded(domain.substr(domain.rfind('.') + 1));
}

bool is_domain_company(std::string_view line, const std::string& word) {
  constexpr std::array<std::string_view, 12> providers{"gmail", "orange",  "free", "wanadoo", "hotmail", "outlook",
                                                       "yahoo", "laposte", "gmx",  "icloud",  "proton",  "live"};
  if (word.size() < 3 || std::find(providers.begin(), providers.end(), word) != providers.end()) return false;
  std::string joined;
  for (const std::string& part : words_of(line)) joined += part;
  std::string plain;
  for (const char c : word)
    if (c != '-') plain.push_back(c);
  return joined == plain;
}

void add_names(std::vector<Fact>& facts, std::string_view line, const std::string& sender, const std::string& domain) {
  std::string_view rest = line;
  // `Jean Dupont, Directeur` and `Jean Dupont - Nord SAS` begin with the name.
  const std::string plain = folded(line);
  if (!sender.empty() && plain.starts_with(sender)) {
    if (plain.size() == sender.size()) return;
    const std::size_t mark = line.find_first_of(",|-/");
    if (mark == std::string_view::npos) return;
    rest = trimmed(line.substr(mark + 1));
  }
  if (is_title(rest)) {
    const auto [title, company] = split_title(rest);
    add(facts, FactKind::title, title);
    if (!company.empty()) add(facts, FactKind::company, company);
  } else if (is_company(rest) || is_domain_company(rest, domain)) {
    add(facts, FactKind::company, rest);
  }
}

}  // namespace

bool is_signature_line(std::string_view line) {
  if (line.size() > max_line_bytes) return false;
  if (line.find("://") != std::string_view::npos || line.find("www.") != std::string_view::npos) return true;
  if (line.find('@') != std::string_view::npos && line.find(' ') == std::string_view::npos) return true;
  return has_phone(line) || (may_name(line) && line.size() <= 60 && (is_title(line) || is_company(line)));
}

std::vector<Fact> signature_facts(std::string_view signature, std::string_view sender_name,
                                  std::string_view sender_address) {
  std::vector<Fact> facts;
  const auto lines = lines_of(signature);
  if (lines.size() > max_lines) return facts;
  const std::string sender = folded(squeezed(sender_name));
  const std::string domain = domain_word(sender_address);
  for (const std::string_view line : lines) {
    if (line.starts_with("____")) break;
    if (line.size() > max_line_bytes) continue;
    add_phones(facts, line);
    add_urls(facts, line);
    if (may_name(line)) add_names(facts, line, sender, domain);
  }
  return facts;
}

}  // namespace entregent::readers
