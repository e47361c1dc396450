// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/answer.h"

namespace entregent::reading {

std::string_view sentence(ProblemKind kind) {
  switch (kind) {
    case ProblemKind::crashed:
      return N_("The reader crashed on it.");
    case ProblemKind::cpu_limit:
      return N_("Reading it took too much computing time.");
    case ProblemKind::wall_limit:
      return N_("Reading it took too long.");
    case ProblemKind::memory:
      return N_("Reading it took too much memory.");
    case ProblemKind::too_much_output:
      return N_("It holds more than is taken from one file.");
    case ProblemKind::malformed_answer:
      return N_("The reader's answer made no sense.");
    case ProblemKind::forbidden_call:
      return N_("It made the reader try something forbidden: it may be an attack.");
    case ProblemKind::not_recognised:
      return N_("Its format is not known.");
    case ProblemKind::refused:
      return N_("It is malformed.");
    case ProblemKind::unreadable:
      return N_("The disk refused to give it.");
    case ProblemKind::not_a_file:
      return N_("It is not a regular file.");
  }
  return N_("It could not be read.");
}

}  // namespace entregent::reading
