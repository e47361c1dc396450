// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/settings.h"

#include <cstdlib>
#include <iostream>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

namespace entregent::cli {
namespace {

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

Home home_of(const std::string& option) {
  const std::string chosen = option.empty() ? variable("ENTREGENT_HOME") : option;
  if (!chosen.empty()) return {.data = std::filesystem::absolute(chosen), .chosen = true};
  const std::string data = variable("XDG_DATA_HOME");
  if (!data.empty()) return {.data = std::filesystem::path(data) / "entregent"};
  return {.data = std::filesystem::path(variable("HOME")) / ".local" / "share" / "entregent"};
}

int terminal_width() {
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) return std::min<int>(size.ws_col, 120);
  return 80;
}

/// `2026-11-23T07:33:54Z` or a day alone.
std::optional<Instant> instant_of(std::string_view text) {
  const auto day = parse_iso_day(text.substr(0, 10));
  if (!day) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  int seconds = 0;
  if (text.size() > 10 && std::sscanf(text.data() + 10, "T%d:%d:%d", &hours, &minutes, &seconds) != 3)
    return std::nullopt;
  return Instant{*day} + std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
}

std::string option_of(const std::vector<std::string>& arguments, std::string_view name) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == name && i + 1 < arguments.size()) return arguments[i + 1];
    if (arguments[i].starts_with(std::string(name) + "=")) return arguments[i].substr(name.size() + 1);
  }
  return {};
}

}  // namespace

Settings Settings::from_environment() {
  Settings settings;
  settings.locale_ =
      Language::from_locale([](const char* name) { return static_cast<const char*>(std::getenv(name)); });
  const auto now = instant_of(variable("ENTREGENT_NOW"));
  settings.clock_ = now ? std::unique_ptr<Clock>(std::make_unique<FixedClock>(*now)) : std::make_unique<SystemClock>();
  return settings;
}

Language Settings::language_of(const std::vector<std::string>& arguments) const {
  return Language::named(option_of(arguments, "--lang")).value_or(locale_);
}

Context Settings::context(const Arguments& arguments) const {
  Context context;
  context.language = Language::named(arguments.lang).value_or(locale_);
  context.home = home_of(arguments.home);
  context.json = arguments.json;
  context.stats = arguments.stats;
  context.terminal = ::isatty(STDOUT_FILENO) == 1 && variable("TERM") != "dumb" && !arguments.json;
  context.width = terminal_width();
  context.clock = clock_.get();
  context.out = &std::cout;
  context.err = &std::cerr;
  context.in = &std::cin;
  if (!arguments.home.empty()) context.program = fmt::format("entregent --home {}", arguments.home);
  return context;
}

personal::Store Context::open(personal::Store::Create create) const {
  return personal::Store(personal::private_file(home.data), create);
}

}  // namespace entregent::cli
