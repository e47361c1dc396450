// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ties/asking.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "ties/sentences.h"

namespace entregent::ties {
namespace {

/// What is said without wanting an answer, whatever else the sentence holds.
constexpr std::array<std::string_view, 29> courtesies{"how are you",
                                                      "how are things",
                                                      "hope you are well",
                                                      "comment allez-vous",
                                                      "comment vas-tu",
                                                      "comment ca va",
                                                      "ca va ?",
                                                      "vous allez bien",
                                                      "tu vas bien",
                                                      "any questions",
                                                      "any question",
                                                      "need anything",
                                                      "need further",
                                                      "need any",
                                                      "n'hesite*",
                                                      "do not hesitate",
                                                      "don't hesitate",
                                                      "feel free",
                                                      "a votre disposition",
                                                      "restons a votre disposition",
                                                      "veuillez agreer",
                                                      "veuillez recevoir",
                                                      "veuillez croire",
                                                      "veuillez accepter",
                                                      "veuillez trouver",
                                                      "please find",
                                                      "no reply needed",
                                                      "no need to reply",
                                                      "inutile de repondre"};

/// What is asked for without a question mark.
constexpr std::array<std::string_view, 62> requests{"could you",
                                                    "can you",
                                                    "would you",
                                                    "will you please",
                                                    "let me know",
                                                    "let us know",
                                                    "get back to me",
                                                    "please send",
                                                    "please confirm",
                                                    "please tell",
                                                    "please let",
                                                    "please check",
                                                    "please review",
                                                    "please reply",
                                                    "please sign",
                                                    "please give",
                                                    "please call",
                                                    "please share",
                                                    "please advise",
                                                    "please return",
                                                    "please fill",
                                                    "send me",
                                                    "give me a call",
                                                    "call me",
                                                    "tell me",
                                                    "i would need",
                                                    "i need you to",
                                                    "i'd need",
                                                    "waiting for your",
                                                    "looking forward to your answer",
                                                    "looking forward to your reply",
                                                    "what do you think",
                                                    "your opinion on",
                                                    "would suit you",
                                                    "pouvez-vous",
                                                    "pourriez-vous",
                                                    "peux-tu",
                                                    "pourrais-tu",
                                                    "pouvez vous",
                                                    "pourriez vous",
                                                    "peux tu",
                                                    "dites-moi",
                                                    "dis-moi",
                                                    "dites-nous",
                                                    "tenez-moi au courant",
                                                    "tiens-moi au courant",
                                                    "faites-moi",
                                                    "fais-moi savoir",
                                                    "fais-moi signe",
                                                    "envoyez-moi",
                                                    "envoie-moi",
                                                    "rappelez-moi",
                                                    "rappelle-moi",
                                                    "j'aurais besoin",
                                                    "il me faudrait",
                                                    "j'attends votre",
                                                    "j'attends ta",
                                                    "j'attends ton",
                                                    "j'attends vos",
                                                    "veuillez *",
                                                    "merci de bien vouloir",
                                                    "je vous propose de nous"};

bool any_in(const Sentence& sentence, auto begin, auto end) {
  return std::any_of(begin, end, [&](std::string_view phrase) { return holds(sentence, phrase); });
}

/// `merci de confirmer` asks, `merci de votre aide` thanks.
bool thanks_in_advance(const Sentence& sentence) {
  for (const std::string_view begin : {" merci de ", " merci d'"}) {
    const auto at = sentence.folded.find(begin);
    if (at == std::string::npos) continue;
    std::string_view rest = std::string_view(sentence.folded).substr(at + begin.size());
    for (const std::string_view pronoun : {"me ", "nous ", "m'", "le ", "la ", "les ", "lui ", "ne pas "})
      if (rest.starts_with(pronoun)) rest.remove_prefix(pronoun.size());
    const auto verb = rest.substr(0, rest.find_first_of(" ,.!"));
    if (verb.size() > 3 && (verb.ends_with("er") || verb.ends_with("ir") || verb.ends_with("re")) && verb != "votre" &&
        verb != "notre")
      return true;
  }
  return false;
}

}  // namespace

Asked asks_something(std::string_view fresh_text) {
  for (auto& sentence : sentences(fresh_text)) {
    if (any_in(sentence, courtesies.begin(), courtesies.end())) continue;
    if (sentence.question) return {Asked::What::question, std::move(sentence.text)};
    if (any_in(sentence, requests.begin(), requests.end()) || thanks_in_advance(sentence))
      return {Asked::What::request, std::move(sentence.text)};
  }
  return {};
}

}  // namespace entregent::ties
