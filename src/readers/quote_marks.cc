// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/quote_marks.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/text.h"

namespace entregent::readers {
namespace {

constexpr std::size_t longest_mark = 300;  ///< a longer line is prose

template <std::size_t size>
bool begins_with_one(std::string_view text, const std::array<std::string_view, size>& known) {
  return std::any_of(known.begin(), known.end(), [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t size>
bool contains_one(std::string_view text, const std::array<std::string_view, size>& known) {
  return std::any_of(known.begin(), known.end(),
                     [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string_view without_blanks(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(" \t");
  return begin == std::string_view::npos ? std::string_view() : line.substr(begin);
}

char last_written(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t");
  return last == std::string_view::npos ? '\0' : line[last];
}

/// Folded, with no-break spaces made plain: "De\u00A0: x" is "de : x".
std::string plain(std::string_view line) {
  return folded(squeezed(line));
}

/// `label:`, `label :`, with bold marks around it as Outlook's plain text has them.
template <std::size_t size>
bool has_label(std::string_view line, const std::array<std::string_view, size>& labels) {
  if (line.size() > longest_mark || line.find(':') == std::string_view::npos) return false;
  std::string text = plain(line.substr(0, std::min<std::size_t>(line.find(':') + 1, 40)));
  text.erase(std::remove_if(text.begin(), text.end(), [](char c) { return c == '*' || c == '_'; }), text.end());
  std::string_view label = trimmed(text);
  if (!label.ends_with(':')) return false;
  label = trimmed(label.substr(0, label.size() - 1));
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// `x@y`, `10:13`, `5/1/15`, `2015-01-05`: a sentence that ends with a colon may have a number, but none of these.
bool has_time_or_address(std::string_view line) {
  const auto digit = [&](std::size_t at) { return at < line.size() && is_ascii_digit(line[at]); };
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    if (line[i] == '@' && line[i - 1] != ' ' && line[i + 1] != ' ') return true;
    if (line[i] == ':' && digit(i - 1) && digit(i + 1) && digit(i + 2)) return true;
    if (std::string_view("/-.").find(line[i]) == std::string_view::npos || !digit(i - 1)) continue;
    std::size_t end = i + 1;
    while (digit(end)) ++end;
    if (end > i + 1 && end < line.size() && line[end] == line[i] && digit(end + 1)) return true;
  }
  return false;
}

}  // namespace

std::size_t quote_prefix(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && at < 3 && line[at] == ' ') ++at;
  std::size_t initials = at;
  while (initials < line.size() && initials < at + 4 && line[initials] >= 'A' && line[initials] <= 'Z') ++initials;
  if (initials < line.size() && line[initials] == '>' && initials > at + 1) at = initials;
  if (at >= line.size() || line[at] != '>') return 0;
  while (at < line.size() &&
         (line[at] == '>' || line[at] == '|' || (line[at] == ' ' && at + 1 < line.size() && line[at + 1] == '>')))
    ++at;
  if (at < line.size() && line[at] == ' ') ++at;
  return at;
}

bool begins_attribution(std::string_view line) {
  constexpr std::array<std::string_view, 19> beginnings{"on ",
                                                        "le ",
                                                        "am ",
                                                        "el ",
                                                        "il ",
                                                        "em ",
                                                        "op ",
                                                        "den ",
                                                        "at ",
                                                        "w dniu ",
                                                        "dana ",
                                                        "dne ",
                                                        "quoting ",
                                                        "in reply to ",
                                                        "in article ",
                                                        "in message ",
                                                        "dans son message",
                                                        "da ",
                                                        "en "};
  line = without_blanks(line);
  if (line.empty() || line.size() > longest_mark) return false;
  return begins_with_one(lower(line.substr(0, std::min<std::size_t>(line.size(), 20))), beginnings);
}

bool has_verb_of_writing(std::string_view line) {
  constexpr std::array<std::string_view, 16> verbs{
      "wrote", "writes", "ecrit",   "schrieb",   "escribio",    "scritto",   "escreveu", "schreef",
      "skrev", "said",   "napisal", "kirjoitti", "geschrieben", "ha scritt", "napsal",   "irta"};
  return contains_one(plain(line), verbs);
}

Attribution attribution_end(std::string_view line) {
  if (last_written(line) != ':') return Attribution::none;
  line = trimmed(line);
  if (line.size() > longest_mark || line.size() < 4) return Attribution::none;
  if (has_verb_of_writing(line)) return Attribution::verb;
  return has_time_or_address(line) ? Attribution::colon : Attribution::name;
}

bool is_history_banner(std::string_view line) {
  constexpr std::array<std::string_view, 21> banners{"original message",
                                                     "message d'origine",
                                                     "message original",
                                                     "message d’origine",
                                                     "ursprungliche nachricht",
                                                     "mensaje original",
                                                     "messaggio originale",
                                                     "mensagem original",
                                                     "oorspronkelijk bericht",
                                                     "forwarded message",
                                                     "message transfere",
                                                     "message transmis",
                                                     "weitergeleitete nachricht",
                                                     "mensaje reenviado",
                                                     "messaggio inoltrato",
                                                     "original appointment",
                                                     "rendez-vous d'origine",
                                                     "forwarded by",
                                                     "transfere par",
                                                     "reachemine par",
                                                     "message suivi"};
  constexpr std::array<std::string_view, 6> sentences{"begin forwarded message:",     "debut du message reexpedie",
                                                      "debut du message transfere",   "anfang der weitergeleiteten",
                                                      "inicio del mensaje reenviado", "inizio messaggio inoltrato"};
  line = without_blanks(line);
  if (line.size() < 12 || line.size() > longest_mark) return false;
  const bool ruled = line.starts_with("--") || line.starts_with("__") || line.starts_with("==");
  if (!ruled &&
      (last_written(line) != ':' || std::string_view("BDAIbdai").find(line.front()) == std::string_view::npos))
    return false;
  const std::string text = plain(line);
  if (!ruled) return begins_with_one(text, sentences);
  const std::size_t begin = text.find_first_not_of("-_= ");
  return begin != std::string::npos && begins_with_one(std::string_view(text).substr(begin), banners);
}

bool is_history_end(std::string_view line) {
  line = without_blanks(line);
  return line.starts_with("-----") && line.size() < longest_mark &&
         plain(line).find("end forwarded message") != std::string::npos;
}

bool is_from_label(std::string_view line) {
  constexpr std::array<std::string_view, 6> labels{"from", "de", "von", "da", "van", "fra"};
  line = without_blanks(line);
  if (line.empty() || std::string_view("FDVfdv*").find(line.front()) == std::string_view::npos) return false;
  return has_label(line, labels);
}

bool is_header_label(std::string_view line) {
  constexpr std::array<std::string_view, 36> labels{
      "sent",     "date",       "to",        "subject",       "cc",        "envoye",   "envoye le",  "a",
      "objet",    "pour",       "sujet",     "gesendet",      "datum",     "an",       "betreff",    "kopie",
      "enviado",  "enviado el", "fecha",     "para",          "asunto",    "inviato",  "data",       "oggetto",
      "copie",    "copie a",    "verzonden", "aan",           "onderwerp", "reply-to", "repondre a", "importance",
      "priorite", "bcc",        "cci",       "pieces jointes"};
  return has_label(without_blanks(line), labels);
}

bool is_rule(std::string_view line) {
  constexpr std::size_t shortest = 10;
  line = without_blanks(line);
  if (line.size() < shortest || (line.front() != '_' && line.front() != '-' && line.front() != '=')) return false;
  line = trimmed(line);
  return line.size() >= shortest && line.find_first_not_of(line.front()) == std::string_view::npos &&
         (line.front() == '_' || line.front() == '-' || line.front() == '=');
}

bool is_list_line(std::string_view line) {
  constexpr std::array<std::string_view, 8> words{"mailing list", "mailing-list", "liste de diffusion", "unsubscribe",
                                                  "desinscri",    "desabonn",     "/listinfo/",         "lists."};
  return line.size() < longest_mark && contains_one(plain(line), words);
}

bool is_device_line(std::string_view line) {
  constexpr std::array<std::string_view, 13> beginnings{
      "sent from my ",  "sent from mail for",  "sent from outlook",         "sent from yahoo", "envoye de mon ",
      "envoye depuis ", "envoye a partir de ", "get outlook for",           "obtenez outlook", "telecharger outlook",
      "von meinem ",    "enviado desde mi ",   "provenance : courrier pour"};
  constexpr std::size_t longest = 80;
  line = without_blanks(line);
  // Two bytes tell most prose away before anything is folded.
  constexpr std::string_view pairs = "se en ge ob te t\xC3 vo pr";
  if (line.size() < 8 || line.size() > longest) return false;
  const std::array<char, 2> first{static_cast<char>(line[0] | 0x20),
                                  line[1] < 0 ? line[1] : static_cast<char>(line[1] | 0x20)};
  if (pairs.find(std::string_view(first.data(), first.size())) == std::string_view::npos) return false;
  return begins_with_one(plain(line), beginnings);
}

bool is_closing_line(std::string_view line) {
  constexpr std::array<std::string_view, 48> closings{"cordialement",
                                                      "bien cordialement",
                                                      "tres cordialement",
                                                      "cdlt",
                                                      "cdt",
                                                      "bien a vous",
                                                      "bien a toi",
                                                      "amicalement",
                                                      "amities",
                                                      "sinceres salutations",
                                                      "salutations",
                                                      "meilleures salutations",
                                                      "bonne journee",
                                                      "bonne soiree",
                                                      "belle journee",
                                                      "a bientot",
                                                      "bises",
                                                      "merci",
                                                      "merci d'avance",
                                                      "merci beaucoup",
                                                      "respectueusement",
                                                      "regards",
                                                      "best regards",
                                                      "kind regards",
                                                      "warm regards",
                                                      "best",
                                                      "all the best",
                                                      "cheers",
                                                      "thanks",
                                                      "many thanks",
                                                      "thank you",
                                                      "sincerely",
                                                      "yours sincerely",
                                                      "yours",
                                                      "yours truly",
                                                      "yours faithfully",
                                                      "best wishes",
                                                      "sincerely yours",
                                                      "with best regards",
                                                      "with kind regards",
                                                      "mit freundlichen grussen",
                                                      "mfg",
                                                      "viele grusse",
                                                      "gruss",
                                                      "lg",
                                                      "saludos",
                                                      "un saludo",
                                                      "cordiali saluti"};
  constexpr std::size_t longest = 40;
  line = trimmed(line);
  while (!line.empty() && std::string_view(",.!-").find(line.back()) != std::string_view::npos) line.remove_suffix(1);
  if (line.empty() || line.size() > longest) return false;
  return std::find(closings.begin(), closings.end(), plain(line)) != closings.end();
}

}  // namespace entregent::readers
