// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "demo/people_of_the_world.h"
#include "demo/sentences.h"

/// Sentences become letters.
namespace entregent::demo {

/// What stays the same in one conversation.
struct Matter {
  std::string project, place, city;
  int number = 0, amount = 0;
};
Matter new_matter(const Cast& cast, int other, Tone tone, Random& random);

/// How she and this person write to each other.
Tone tone_of(const Person& person);

/// Fills the slots of a sentence. Days and months are those soon after `when`.
std::string filled(std::string_view line, const Matter& matter, Moment when, Language language, Random& random,
                   std::string_view mention = {});

struct LetterParts {
  const Person* writer = nullptr;
  const Person* reader = nullptr;
  Tone tone = Tone::formal;
  Moment when;
  bool begins = false;  ///< the first letter of a thread
  bool ends = false;    ///< little more than thanks
  std::string main;     ///< already filled
  std::string mention;  ///< full name of somebody spoken of; may be empty
  bool with_file = false;
  std::string marker;
};
/// Greeting, paragraphs, closing and name.
std::string letter(const LetterParts& parts, const Matter& matter, Random& random);

}  // namespace entregent::demo
