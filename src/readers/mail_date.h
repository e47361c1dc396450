// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string_view>

#include "base/time.h"

namespace entregent::readers {

/// A date as mail writes it: RFC 5322, its obsolete forms, ctime (`Mon Jan  5 10:00:00 2015`, zone before or after the
/// year), ISO 8601, and what broken programs make (no weekday, `AM`, two-digit years, French, German or Spanish month
/// names, dots in the time, zones by name or absurd: taken as UTC). Years 0-49 are 2000-2049, 50-999 are 1900 more.
/// Nothing where day, month, year or time of day is absent or impossible, or where only the reader's country tells day
/// from month.
std::optional<Instant> parse_mail_date(std::string_view text);

/// The date of an mbox line `From sender date`; nothing if it is not such a line.
std::optional<Instant> parse_envelope_line(std::string_view line);

}  // namespace entregent::readers
