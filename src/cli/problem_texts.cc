// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/problem_texts.h"

#include <array>

#include "base/result.h"

namespace entregent::cli {
namespace {

struct CodeText {
  std::string_view code, text;
};

constexpr std::array<CodeText, 30> texts = {{{"crashed", N_("the reader crashed on it")},
                                             {"cpu_limit", N_("reading it took too long")},
                                             {"wall_limit", N_("reading it did not end")},
                                             {"memory", N_("reading it took too much memory")},
                                             {"too_much_output", N_("it holds more than is taken from one file")},
                                             {"malformed_answer", N_("the reader went wrong on it")},
                                             {"forbidden_call", N_("it made the reader try something forbidden")},
                                             {"not_recognised", N_("no format that is read")},
                                             {"refused", N_("nothing in it that can be read")},
                                             {"unreadable", N_("the system would not let it be read")},
                                             {"folder_unreadable", N_("a folder that cannot be looked into")},
                                             {"not_a_file", N_("it is no ordinary file")},
                                             {"too_large", N_("it is too large")},
                                             {"spam_or_trash", N_("spam or bin")},
                                             {"draft", N_("drafts")},
                                             {"excepted", N_("excepted by you")},
                                             {"forgotten", N_("forgotten at your word")},
                                             {"empty", N_("nothing in it")},
                                             {"row_nameless", N_("rows without name and address")},
                                             {"row_repeated", N_("rows that say the same person again")},
                                             {"sender_missing", N_("no sender")},
                                             {"date_missing", N_("no usable date")},
                                             {"date_repaired", N_("wrong date; that of its delivery was taken")},
                                             {"text_missing", N_("no readable text")},
                                             {"encrypted", N_("encrypted: only the headers are read")},
                                             {"charset_guessed", N_("character set guessed")},
                                             {"truncated", N_("so large that a part was left out")},
                                             {"recurrence_capped", N_("recurs more often than is kept")},
                                             {"zone_unknown", N_("unknown time zone")},
                                             {"malformed", N_("damaged, read as far as possible")}}};

}  // namespace

std::string_view code_text(std::string_view code) {
  for (const auto& entry : texts)
    if (entry.code == code) return entry.text;
  return code;
}

}  // namespace entregent::cli
