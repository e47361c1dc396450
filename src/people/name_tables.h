// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <span>
#include <string_view>

/// What is known of names before any mail is read: data/*.txt, filled once, never changed.
namespace entregent::people {

/// Share of people who bear this folded word as a given name (or surname); 0 if no table knows it.
double given_share(std::string_view word);
double surname_share(std::string_view word);

/// Short forms of a folded given name and the names it is a short form of; not itself. Lives as long as the program.
std::span<const std::string_view> short_forms(std::string_view given);

/// True if one may stand for the other (in either direction).
bool are_nicknames(std::string_view a, std::string_view b);

}  // namespace entregent::people
