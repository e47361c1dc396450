// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/calendar_reader.h"

namespace entregent::readers {

Result<std::vector<ExtractedItem>> read_calendar(std::string_view, const CalendarOptions&) {
  return fail({ErrorCode::malformed, N_("This file holds no calendar.")});
}

}  // namespace entregent::readers
