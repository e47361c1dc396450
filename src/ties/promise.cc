// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/promise.h"

#include <algorithm>
#include <array>

#include "base/said_days.h"
#include "ties/sentences.h"

namespace entregent::ties {
namespace {

/// Who writes says what they will do: enough without a date.
constexpr std::array<std::string_view, 36> will_do{"i'll send",
                                                   "i will send",
                                                   "i'll call",
                                                   "i will call",
                                                   "i'll get back",
                                                   "i will get back",
                                                   "i'll come back to",
                                                   "i will come back to",
                                                   "i'll let you know",
                                                   "i will let you know",
                                                   "i'll forward",
                                                   "i will forward",
                                                   "i'll check",
                                                   "i will check",
                                                   "i'll look into",
                                                   "i will look into",
                                                   "i'll prepare",
                                                   "i will prepare",
                                                   "i'll keep you",
                                                   "i will keep you",
                                                   "i'll write",
                                                   "i will write",
                                                   "i'll share",
                                                   "i will share",
                                                   "i'll take care",
                                                   "i promise",
                                                   "je reviens vers",
                                                   "je reviendrai vers",
                                                   "je vous tiens au courant",
                                                   "je te tiens au courant",
                                                   "je m'en occupe",
                                                   "je m'en charge",
                                                   "je vous recontacte",
                                                   "je te recontacte",
                                                   "je vous promets",
                                                   "je te promets"};

/// A promise where a day is named; else it may be what is done with this very mail.
constexpr std::array<std::string_view, 28> will_do_then{
    "je vous envoie", "je t'envoie",       "je lui envoie",   "je vous rappelle",  "je te rappelle", "je vous appelle",
    "je t'appelle",   "je vous transmets", "je te transmets", "je vous fais",      "je te fais",     "je vous dis",
    "je te dis",      "je prepare",        "je termine",      "je finis",          "je m'y mets",    "je vous reponds",
    "je te reponds",  "je passe",          "je vous donne",   "je te donne",       "i'll",           "i will",
    "i am going to",  "i'm going to",      "we'll send",      "nous vous envoyons"};

/// No promise, whatever else is said.
constexpr std::array<std::string_view, 22> none{
    "attached",         "enclosed",     "ci-joint",       "ci-jointe",    "ci-joints",     "en piece jointe",
    "ci-dessous",       "if you",       "si vous",        "si tu",        "i will not",    "i won't",
    "i will be away",   "i'll be away", "i will be on",   "i'll be on",   "i will be out", "i'll be out",
    "je serai absent*", "je ne ",       "i will be back", "out of office"};

bool any_of(const Sentence& sentence, auto begin, auto end) {
  return std::any_of(begin, end, [&](std::string_view phrase) { return holds(sentence, phrase); });
}

/// `je vous enverrai`, `je le ferai`: a verb in the future behind je; not `je serai`, `j'aurai`, which tell.
bool has_french_future(const Sentence& sentence) {
  const auto at = sentence.folded.find(" je ");
  if (at == std::string::npos) return false;
  std::string_view rest = std::string_view(sentence.folded).substr(at + 4);
  for (int words = 0; words < 3 && !rest.empty(); ++words) {
    const auto end = std::min(rest.find_first_of(" ,.;!"), rest.size());
    const auto word = rest.substr(0, end);
    if (word.size() > 4 && word.ends_with("rai"))
      return word != "serai" && word != "aurai" && word != "pourrai" && word != "devrai" && word != "verrai" &&
             word != "saurai" && word != "voudrai";
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return false;
}

std::vector<std::string> words_of(std::string_view sentence) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < sentence.size();) {
    const auto end = std::min(sentence.find(' ', at), sentence.size());
    auto word = sentence.substr(at, end - at);
    while (!word.empty() && std::string_view(".,;:!?)").find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
    if (!word.empty()) words.emplace_back(word);
    at = end + 1;
  }
  return words;
}

/// The first day that the sentence names.
std::optional<Day> day_in(const Sentence& sentence, Day written_on) {
  const auto words = words_of(sentence.folded);
  for (std::size_t i = 0; i < words.size(); ++i)
    if (const auto day = day_at_begin(std::span(words).subspan(i), written_on, SaidOf::future)) return day->day;
  return std::nullopt;
}

}  // namespace

std::vector<PromiseFound> promises_in(std::string_view fresh_text, Day written_on) {
  std::vector<PromiseFound> result;
  for (const auto& sentence : sentences(fresh_text)) {
    if (sentence.question || any_of(sentence, none.begin(), none.end())) continue;
    const bool surely = any_of(sentence, will_do.begin(), will_do.end()) || has_french_future(sentence);
    if (!surely && !any_of(sentence, will_do_then.begin(), will_do_then.end())) continue;
    const auto due = day_in(sentence, written_on);
    if (surely || due) result.push_back({sentence.text, due});
  }
  return result;
}

}  // namespace entregent::ties
