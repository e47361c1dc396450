// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <string>

namespace entregent::bench {

/// `Tue, 04 Mar 2025 09:05:00 +0100`, with an offset in hours.
std::string mail_date(std::int64_t at, int offset_hours);

/// As the From line of an mbox has it: `Tue Mar  4 08:05:00 2025`.
std::string mbox_date(std::int64_t at);

/// How people's programs write it above a quotation: `4 mars 2025 à 09:05` and `Mar 4, 2025 at 09:05`.
std::string french_date(std::int64_t at, int offset_hours);
std::string english_date(std::int64_t at, int offset_hours);

/// Central European time, with summer time from April to October (to the month: nobody looks closer).
int french_offset(std::int64_t at);

int year_of(std::int64_t at);

}  // namespace entregent::bench
