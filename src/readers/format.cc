// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/format.h"

namespace entregent::readers {

Format detect(std::string_view first_bytes) {
  return first_bytes.starts_with("From ") ? Format::mbox : Format::mail;
}

}  // namespace entregent::readers
