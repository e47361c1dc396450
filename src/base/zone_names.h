// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>
#include <string_view>

/// Names of time zones as Outlook, Windows and people write them. A part of zones.cc: others call Zone::find.
namespace entregent::zone_names {

/// Lower case, no accents, each run of anything but letters and digits one space: `(É.-U. et Canada)` → `e u et
/// canada`.
std::string key(std::string_view name);

/// The IANA name of a display name (`Bruxelles, Copenhague, Madrid, Paris`) or one of its cities, by the table of names
/// that are not the city of an IANA name itself. `key` is made by key().
std::optional<std::string_view> known(std::string_view key);

}  // namespace entregent::zone_names
