// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <vector>

#include "demo/mail_body.h"
#include "demo/mail_plan.h"

/// Events as iCalendar: RFC 5545, 5546, and what programs make of them.
namespace entregent::demo {

/// The calendar object that travels with an invitation, an answer or a cancellation. `answering` is who answers.
std::string calendar_object(const World& world, const Event& event, Nature nature, const Mailbox& answering);

/// Her calendars, each as one file: of the firm, of her own, private.
struct CalendarFile {
  std::string name, bytes;
};
std::vector<CalendarFile> calendar_files(const World& world, TrapCounts& traps);

/// The days on which the event takes place up to the last day.
int days_held(const Event& event, std::chrono::sys_days last_day);

}  // namespace entregent::demo
