// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/plan_tools.h"

#include <array>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

constexpr auto prefixes = std::to_array<std::string_view>(
    {"Re: ", "RE: ", "RE : ", "Re : ", "TR: ", "TR : ", "Tr : ", "Fwd: ", "FW: ", "Fwd : "});

std::string_view prefix_of(Program program, bool forwarded) {
  switch (program) {
    case Program::outlook_french:
      return forwarded ? "TR: " : "RE: ";
    case Program::outlook_english:
      return forwarded ? "FW: " : "RE: ";
    case Program::old_outlook:
      return forwarded ? "TR : " : "RE : ";
    case Program::apple_french:
      return forwarded ? "Tr : " : "Re : ";
    case Program::webmail:
      return forwarded ? "Fwd : " : "Re : ";
    default:
      break;
  }
  return forwarded ? "Fwd: " : "Re: ";
}

std::string host_of(const std::string& address) {
  return address.substr(address.find('@') + 1);
}

std::string message_id_of(Program program, const Mail& mail, Random& random) {
  const auto one = static_cast<std::uint32_t>(random.next()), other = static_cast<std::uint32_t>(random.next());
  const std::string host = host_of(mail.from.address);
  const auto day = basic_local(local(mail.when, Zone::utc));
  switch (program) {
    case Program::outlook_french:
    case Program::outlook_english:
      return fmt::format("AM0PR{:04X}MB{:08X}@AM0PR{:04X}.prod.{}", one & 0xFFFFU, other, one & 0xFFFFU, host);
    case Program::gmail_french:
    case Program::gmail_english:
      return fmt::format("CA+{:08x}{:08x}=Qz@mail.{}", one, other, host);
    case Program::thunderbird:
      return fmt::format("{:08x}-{:04x}-4{:03x}-a{:03x}-{:08x}{:04x}@{}", one, other >> 16U, other & 0xFFFU,
                         one & 0xFFFU, other, one & 0xFFFFU, host);
    case Program::apple_french:
    case Program::apple_english:
      return fmt::format("{:08X}-{:04X}-{:04X}@{}", one, other >> 16U, other & 0xFFFFU, host);
    case Program::mutt:
      return fmt::format("{}.G{:08x}@{}", day.substr(0, 8), one, host);
    case Program::webmail:
      return fmt::format("{}.{}.{}.JavaMail.www@{}", one, other, day.substr(9), host);
    case Program::old_outlook:
      return fmt::format("{:012X}${:08x}${:08x}@poste{}", other, one, other, one % 90 + 10);
  }
  return fmt::format("{:08x}{:08x}@{}", one, other, host);
}

}  // namespace

std::string bare_subject(std::string subject) {
  for (bool again = true; again;) {
    again = false;
    for (const auto prefix : prefixes) {
      if (!subject.starts_with(prefix)) continue;
      subject.erase(0, prefix.size());
      again = true;
    }
  }
  return subject;
}

void finish_mail(World& world, Mail& mail, const std::string& subject, Random& random) {
  const Program program = world.cast.persons[static_cast<std::size_t>(mail.from.person)].program;
  mail.seed = random.next();
  mail.message_id = message_id_of(program, mail, random);
  if (mail.parent < 0) {
    mail.subject = subject;
    if (!world.cast.marker.empty() && subject.find(world.cast.marker) == std::string::npos)
      mail.subject += " " + world.cast.marker;
    return;
  }
  const std::string& before = world.mails[static_cast<std::size_t>(mail.parent)].subject;
  // Some programs know only their own prefix and stack it on the others'.
  const bool stacks = random.chance(10);
  mail.subject = std::string(prefix_of(program, mail.forwarded)) + (stacks ? before : bare_subject(before));
  mail.linked = !random.chance(program == Program::webmail ? 20 : 2);
}

}  // namespace entregent::demo
