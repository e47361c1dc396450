// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/vcard_reader.h"

namespace entregent::readers {

Result<std::vector<ExtractedItem>> read_vcards(std::string_view) {
  return fail({ErrorCode::malformed, N_("This file holds no contact card.")});
}

}  // namespace entregent::readers
