// SPDX-License-Identifier: AGPL-3.0-or-later
#include "letters.h"

#include <algorithm>

#include <fmt/format.h>

#include "dates.h"

namespace entregent::bench {

namespace {

constexpr std::uint64_t text_purpose = 41, unknown_purpose = 42, shape_purpose = 43, habit_purpose = 44,
                        id_purpose = 45, attachment_purpose = 46, subject_purpose = 47, mention_purpose = 48,
                        quote_purpose = 49;
constexpr int deepest_quote = 6;
constexpr std::size_t columns = 72;

Encoding encoding_of(Language language, Random& random) {
  if (language == Language::english && random.chance(0.6)) return Encoding::utf8_8bit;
  const double kind = random.uniform();
  if (kind < 0.35) return Encoding::utf8_8bit;
  if (kind < 0.65) return Encoding::utf8_quoted_printable;
  if (kind < 0.75) return Encoding::utf8_base64;
  return kind < 0.92 ? Encoding::latin1_quoted_printable : Encoding::latin1_8bit;
}

std::vector<std::string> with_markers(const std::vector<std::string>& lines) {
  std::vector<std::string> quoted;
  for (const std::string& line : lines)
    quoted.push_back(line.starts_with('>') ? ">" + line : line.empty() ? ">" : "> " + line);
  return quoted;
}

void append(std::vector<std::string>& lines, const std::vector<std::string>& more) {
  lines.insert(lines.end(), more.begin(), more.end());
}

std::size_t words_in(MailKind kind, Random& random) {
  const double words = kind == MailKind::robot  ? random.log_normal(140, 0.8)
                       : kind == MailKind::list ? random.log_normal(95, 1.0)
                                                : random.log_normal(70, 0.95);
  return static_cast<std::size_t>(std::clamp(words, 3.0, 5000.0));
}

}  // namespace

LetterWriter::LetterWriter(const World& world, const Plan& plan, std::uint64_t seed)
    : world_(world), plan_(plan), seed_(seed) {}

const Party& LetterWriter::sender(std::uint32_t number) const {
  return world_.parties[world_.spellings[plan_.messages[number].from].party];
}

Habits LetterWriter::habits(std::uint32_t party) const {
  static const std::vector<std::string> programs{"Mozilla Thunderbird", "Microsoft Outlook 16.0", "Apple Mail (2.3654)",
                                                 "Mutt/2.0.5",          "Roundcube Webmail/1.4",  "Evolution 3.38",
                                                 "KMail/5.15"};
  Random random(seed_, habit_purpose, party);
  const double quoting = random.uniform();
  Habits habits;
  habits.quoting = quoting < 0.3    ? Quoting::interleaved
                   : quoting < 0.65 ? Quoting::below
                   : quoting < 0.92 ? Quoting::outlook
                                    : Quoting::none;
  habits.encoding = encoding_of(world_.parties[party].language, random);
  habits.html = random.chance(0.4);
  habits.signs = random.chance(0.55);
  habits.program = random.pick(programs);
  return habits;
}

std::string LetterWriter::message_id(std::uint32_t number) const {
  return fmt::format("{:016x}.{}@{}", mix(mix(seed_, id_purpose), number), number, sender(number).host);
}

std::string LetterWriter::unknown_message_id(std::uint32_t number) const {
  return fmt::format("{:016x}@elsewhere.example", mix(mix(seed_, unknown_purpose), number));
}

TextMaker LetterWriter::text_maker(std::uint32_t number, std::uint64_t purpose) const {
  const Planned& message = plan_.messages[number];
  return TextMaker(lexicon(message.language), mix(seed_, message.root), Random(seed_, purpose, number));
}

std::string LetterWriter::attached_text(std::uint32_t number, std::size_t words) const {
  TextMaker text = text_maker(number, attachment_purpose);
  std::string result;
  for (std::size_t written = 0; written < words; written += 60) {
    for (const std::string& line : wrapped(text.paragraph(60), columns)) result += line + "\n";
    result += "\n";
  }
  return result;
}

std::string LetterWriter::mention(std::uint32_t number) const {
  Random random(seed_, mention_purpose, number);
  if (!random.chance(0.12)) return "";
  const Party& other = world_.parties[random.pick(world_.correspondents)];
  const std::string name = other.given + " " + other.surname;
  return plan_.messages[number].language == Language::french ? "Vu avec " + name + " ce matin."
                                                             : "I talked to " + name + " about it.";
}

/// Greeting, paragraphs, closing and signature.
std::vector<std::string> LetterWriter::own_words(std::uint32_t number) const {
  const Planned& message = plan_.messages[number];
  TextMaker text = text_maker(number, text_purpose);
  Random& random = text.random();
  const Lexicon& words = lexicon(message.language);
  std::vector<std::string> lines;
  if (random.chance(0.7)) append(lines, {random.pick(words.greetings()) + ",", ""});
  const std::size_t wanted = words_in(message.kind, random);
  for (std::size_t written = 0; written < wanted;) {
    const std::size_t size = std::min(wanted - written, random.between(12, 80));
    append(lines, wrapped(text.paragraph(size), columns));
    lines.emplace_back();
    written += size;
  }
  if (const std::string named = mention(number); !named.empty()) append(lines, {named, ""});
  if (random.chance(0.8)) append(lines, {random.pick(words.closings()) + ",", sender(number).given});
  return lines;
}

void LetterWriter::append_signature(std::vector<std::string>& lines, const Party& party) const {
  if (party.surname.empty()) return;
  append(lines, {"", "-- ", party.given + " " + party.surname, party.title + ", " + party.company, party.phone,
                 "https://www." + party.host + "/"});
}

std::string LetterWriter::attribution(std::uint32_t quoted) const {
  const Planned& message = plan_.messages[quoted];
  const Spelling& from = world_.spellings[message.from];
  const std::string who = from.name.empty() ? from.address : fmt::format("{} <{}>", from.name, from.address);
  if (message.language == Language::french)
    return fmt::format("Le {}, {} a écrit :", french_date(message.at, french_offset(message.at)), who);
  return fmt::format("On {}, {} wrote:", english_date(message.at, 0), who);
}

std::vector<std::string> LetterWriter::outlook_head(std::uint32_t quoted) const {
  const Planned& message = plan_.messages[quoted];
  const Spelling& from = world_.spellings[message.from];
  const std::string who = fmt::format("{} [mailto:{}]", from.name, from.address);
  const std::string subject = text_maker(message.root, subject_purpose).subject();
  if (message.language == Language::french)
    return {"-----Message d'origine-----", "De : " + who,
            "Envoyé : " + french_date(message.at, french_offset(message.at)), "Objet : " + subject, ""};
  return {"-----Original Message-----", "From: " + who, "Sent: " + english_date(message.at, 0), "Subject: " + subject,
          ""};
}

/// What stands in the box of others only: somebody's message that the box does not hold, answered by `number`.
std::vector<std::string> LetterWriter::unknown_lines(std::uint32_t number) const {
  TextMaker text = text_maker(number, unknown_purpose);
  return with_markers(wrapped(text.paragraph(text.random().between(20, 120)), columns));
}

std::vector<std::string> LetterWriter::quoted_lines(std::uint32_t number, int depth) const {
  std::vector<std::string> quoted = lines(plan_.messages[number].parent, depth + 1);
  Random random(seed_, quote_purpose, number);
  if (random.chance(0.5)) {  // trimmed to what is answered
    const std::size_t kept = std::min(quoted.size(), random.between(3, 14));
    const std::size_t begin = random.below(quoted.size() - kept + 1);
    quoted = {quoted.begin() + static_cast<std::ptrdiff_t>(begin),
              quoted.begin() + static_cast<std::ptrdiff_t>(begin + kept)};
  }
  return quoted;
}

std::vector<std::string> LetterWriter::lines(std::uint32_t number, int depth) const {
  const Planned& message = plan_.messages[number];
  const Habits habit = habits(world_.spellings[message.from].party);
  std::vector<std::string> own = own_words(number);
  if (habit.signs && habit.quoting != Quoting::interleaved) append_signature(own, sender(number));
  const bool quotes = message.parent != no_message && depth < deepest_quote && habit.quoting != Quoting::none;
  if (message.answers_unknown) {
    append(own, {"", message.language == Language::french ? "Camille a écrit :" : "Somebody wrote:"});
    append(own, unknown_lines(number));
  }
  if (!quotes) return own;
  const std::vector<std::string> quoted = quoted_lines(number, depth);
  std::vector<std::string> all;
  if (habit.quoting == Quoting::interleaved) {
    all.push_back(attribution(message.parent));
    append(all, with_markers(quoted));
    all.emplace_back();
    append(all, own);
    if (habit.signs) append_signature(all, sender(number));
  } else {
    all = std::move(own);
    all.emplace_back();
    append(all,
           habit.quoting == Quoting::outlook ? outlook_head(message.parent) : std::vector{attribution(message.parent)});
    append(all, habit.quoting == Quoting::outlook ? quoted : with_markers(quoted));
  }
  return all;
}

Letter LetterWriter::letter(std::uint32_t number) const {
  const Planned& message = plan_.messages[number];
  std::string subject = text_maker(message.root, subject_purpose).subject();
  if (message.kind == MailKind::list) subject = fmt::format("[{}] {}", world_.lists[message.list].name, subject);
  if (message.parent != no_message || message.answers_unknown) subject = (number % 5 == 0 ? "RE: " : "Re: ") + subject;
  return {subject, lines(number, 0)};
}

}  // namespace entregent::bench
