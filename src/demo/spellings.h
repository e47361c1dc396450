// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "demo/names.h"
#include "demo/people_of_the_world.h"

/// How hosts make addresses of names, and how people write each other's names.
namespace entregent::demo {

std::string squeezed_lower(std::string_view name);  ///< "d'Aubrac" → "daubrac", "Jean-Pierre" → "jean-pierre"
std::string work_local_part(const Person& person, LocalPart pattern);
std::string private_local_part(const Person& person, Random& random);
std::string opaque_local_part(Random& random);  ///< says nothing of anybody's name

/// Gives the person two to six spellings, among them one of its own for each address.
void spell_out(Person& person, Random& random);

}  // namespace entregent::demo
