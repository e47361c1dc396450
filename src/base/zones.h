// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/time.h"

/// Time zones by ICU's own data, which is part of its library: no file is opened, so they work in a locked reader too.
namespace entregent {

/// What a clock on the wall shows, in some zone.
using LocalTime = std::chrono::local_seconds;

class Zone {
 public:
  /// A zone by any name that calendars and mail programs write: IANA (`Europe/Paris`, any case, also behind a prefix
  /// such as `/mozilla.org/20050126_1/`), Windows (`Romance Standard Time`), as Outlook shows it in French, English,
  /// German, Spanish or Italian (`(UTC+01:00) Bruxelles, Copenhague, Madrid, Paris`), or a plain offset (`UTC+2`,
  /// `GMT-05:30`, `+0100`). Of a display name whose cities nobody knows the offset in its brackets is taken. Nothing
  /// for anything else.
  static std::optional<Zone> find(std::string_view written);
  static Zone utc();

  /// IANA name, or `GMT+02:00` for a plain offset.
  [[nodiscard]] const std::string& name() const;
  /// East of Greenwich is positive.
  [[nodiscard]] std::chrono::seconds offset_at(Instant at) const;
  [[nodiscard]] LocalTime local(Instant at) const;
  /// RFC 5545 §3.3.5: a time that a clock change skips is read with the offset before the gap; of a time that comes
  /// twice, the first is meant.
  [[nodiscard]] Instant instant(LocalTime at) const;

 private:
  struct State;
  explicit Zone(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;  // shared because it never changes and a copy of ICU's rules is not cheap
};

}  // namespace entregent
