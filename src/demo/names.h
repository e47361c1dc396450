// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

/// Lists from which the invented people and companies are made.
namespace entregent::demo {

struct GivenName {
  std::string_view name, nickname;  ///< nickname may be empty
};
std::span<const GivenName> french_women();
std::span<const GivenName> french_men();
std::span<const GivenName> english_women();
std::span<const GivenName> english_men();
std::span<const std::string_view> french_families();
std::span<const std::string_view> common_families();  ///< for homonyms
std::span<const std::string_view> english_families();

enum class LocalPart {
  first_dot_last,
  f_dot_last,
  flast,
  last_dot_f,
  first,
  first_underscore_last,
  last_first,
  first_dash_last
};

struct CompanyName {
  std::string_view name, domain, trade, city;
  LocalPart pattern;
  bool english = false;
};
std::span<const CompanyName> companies();

std::span<const std::string_view> mail_hosts();  ///< where people have their private addresses
std::span<const std::string_view> titles(bool woman);
std::span<const std::string_view> english_titles();

}  // namespace entregent::demo
