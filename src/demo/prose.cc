// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/prose.h"

#include <fmt/format.h>

#include "demo/names.h"

namespace entregent::demo {
namespace {

std::string amount_text(int amount, Language language) {
  if (amount < 1000) return std::to_string(amount);
  return fmt::format("{}{}{:03}", amount / 1000, language == Language::french ? "\u00A0" : ",", amount % 1000);
}

std::string hour_text(Language language, Random& random) {
  const int hour = random.between(9, 17);
  const bool half = random.chance(40);
  if (language == Language::french) return fmt::format("{} h{}", hour, half ? " 30" : "");
  return fmt::format("{}{} {}", hour > 12 ? hour - 12 : hour, half ? ".30" : "", hour >= 12 ? "pm" : "am");
}

Moment soon(Moment when, Random& random) {
  auto day = std::chrono::floor<std::chrono::days>(when) + std::chrono::days{random.between(2, 16)};
  while (!is_working_day(day)) day += std::chrono::days{1};
  return at(day, 10, 0, Zone::paris);
}

std::string greeting(const LetterParts& parts, Random& random) {
  const Person& reader = *parts.reader;
  switch (parts.tone) {
    case Tone::formal: {
      if (reader.given.empty()) return "Bonjour,";
      const std::string title = reader.woman ? "Madame" : "Monsieur";
      if (!parts.begins && random.chance(30)) return "";
      if (parts.begins && random.chance(25)) return title + ",";
      const int drawn = random.between(1, 4);
      if (drawn == 1) return "Bonjour " + title + " " + reader.family + ",";
      if (drawn == 2) return "Bonjour " + reader.given + ",";
      return drawn == 3 ? "Bonjour " + title + "," : "Bonjour,";
    }
    case Tone::english:
      if (!parts.begins && random.chance(25)) return "";
      return (parts.begins && random.chance(60) ? "Dear " : "Hi ") + reader.given + ",";
    default:
      break;
  }
  if (!parts.begins && random.chance(40)) return "";
  const std::string name = reader.nickname.empty() || random.chance(60) ? reader.given : reader.nickname;
  return (random.chance(40) ? "Bonjour " : random.chance(50) ? "Salut " : "Coucou ") + name + ",";
}

std::string name_below(const LetterParts& parts, Random& random) {
  const Person& writer = *parts.writer;
  if (writer.given.empty()) return writer.truth.name;
  if (parts.tone == Tone::formal) return random.chance(75) ? writer.truth.name : writer.given;
  if (parts.tone == Tone::english) return random.chance(60) ? writer.given : writer.truth.name;
  return writer.nickname.empty() || random.chance(50) ? writer.given : writer.nickname;
}

}  // namespace

Tone tone_of(const Person& person) {
  if (person.language == Language::english) return Tone::english;
  if (person.consultant) return Tone::peer;
  return person.friendly ? Tone::friendly : Tone::formal;
}

Matter new_matter(const Cast& cast, int other, Tone tone, Random& random) {
  const Common& common = common_lines(tone);
  const std::string& city = cast.persons[static_cast<std::size_t>(other)].city;
  return {.project = std::string(random.pick(common.projects)),
          .place = std::string(random.pick(common.places)),
          .city = city.empty() ? "Lyon" : city,
          .number = random.between(3, 48),
          .amount = random.between(12, 190) * 50};
}

std::string filled(std::string_view line, const Matter& matter, Moment when, Language language, Random& random,
                   std::string_view mention) {
  std::string out;
  const bool begins_with_slot = line.starts_with('{');
  const Local day = local(soon(when, random), Zone::paris);
  while (!line.empty()) {
    const std::size_t open = line.find('{');
    out += line.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = line.find('}', open);
    const std::string_view slot = line.substr(open + 1, close - open - 1);
    line.remove_prefix(close + 1);
    if (slot == "project") out += matter.project;
    if (slot == "place") out += matter.place;
    if (slot == "city") out += matter.city;
    if (slot == "number") out += std::to_string(matter.number);
    if (slot == "amount") out += amount_text(matter.amount, language);
    if (slot == "mention") out += mention;
    if (slot == "day") out += language == Language::french ? french_day(day) : english_day(day);
    if (slot == "month") out += language == Language::french ? french_month(day.month) : english_month(day.month);
    if (slot == "hour") out += hour_text(language, random);
  }
  if (begins_with_slot) out[0] = upper(out.substr(0, 1))[0];
  return out;
}

std::string letter(const LetterParts& parts, const Matter& matter, Random& random) {
  const Common& common = common_lines(parts.tone);
  const auto fill = [&](std::string_view line) {
    return filled(line, matter, parts.when, parts.writer->language, random, parts.mention);
  };
  std::string body;
  const auto paragraph = [&](const std::string& text) {
    if (text.empty()) return;
    body += body.empty() ? "" : "\n\n";
    body += parts.marker.empty() ? text : text + " " + parts.marker;
  };
  paragraph(greeting(parts, random));
  if (parts.ends) {
    paragraph(fill(random.pick(common.thanks)));
  } else {
    std::string main = parts.main;
    if (random.chance(25)) main = fill(random.pick(common.small_talk)) + " " + main;
    if (random.chance(30)) main += " " + fill(random.pick(common.questions));
    paragraph(main);
  }
  if (!parts.mention.empty()) paragraph(fill(random.pick(common.mentions)));
  if (parts.with_file) paragraph(fill(random.pick(common.with_file)));
  if (parts.begins || random.chance(70)) paragraph(fill(random.pick(common.closings)));
  body += "\n" + name_below(parts, random);
  if (random.chance(5)) paragraph(fill(random.pick(common.postscripts)));
  return body;
}

}  // namespace entregent::demo
