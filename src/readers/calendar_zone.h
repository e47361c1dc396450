// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "base/zones.h"
#include "readers/content_line.h"
#include "readers/recurrence.h"

namespace entregent::readers {

/// One STANDARD or DAYLIGHT part of a VTIMEZONE.
struct Observance {
  std::vector<ContentLine> lines;
};

/// A VTIMEZONE of the file itself: its clock changes, by time.
class FileZone {
 public:
  /// Nothing if no part says an offset. Rules are followed up to the year 2100.
  static std::optional<FileZone> make(const std::vector<Observance>& observances, Work& work);

  [[nodiscard]] Instant instant(LocalTime at) const;
  [[nodiscard]] LocalTime local(Instant at) const;

 private:
  struct Change {
    Instant at;
    std::chrono::seconds before, after;
  };
  std::vector<Change> changes_;      // ascending
  std::chrono::seconds earliest_{};  // before the first change
};

/// Where the times of an event are: a zone of ICU, one of the file, or UTC.
class CalendarZone {
 public:
  explicit CalendarZone(Zone zone) : zone_(std::move(zone)) {}
  explicit CalendarZone(std::shared_ptr<const FileZone> zone) : zone_(std::move(zone)) {}

  [[nodiscard]] Instant instant(LocalTime at) const;
  [[nodiscard]] LocalTime local(Instant at) const;

 private:
  std::variant<Zone, std::shared_ptr<const FileZone>> zone_;
};

}  // namespace entregent::readers
