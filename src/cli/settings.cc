// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/settings.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>

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

constexpr int least_width = 40;
constexpr int most_width = 120;  // longer lines are hard to read

/// COLUMNS if it is set, as ls and git take it; else as wide as the terminal; else 80.
int terminal_width() {
  const int wanted = std::atoi(variable("COLUMNS").c_str());
  if (wanted > 0) return std::clamp(wanted, least_width, most_width);
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return std::clamp<int>(size.ws_col, least_width, most_width);
}

/// As a shell takes it for one word.
std::string quoted(const std::string& word) {
  constexpr std::string_view harmless = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+@%:,";
  if (!word.empty() && word.find_first_not_of(harmless) == std::string::npos) return word;
  std::string result = "'";
  for (const char c : word) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + '\'';
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

Arguments Settings::guess_of(const std::vector<std::string>& words) {
  Arguments arguments;
  arguments.lang = option_of(words, "--lang");
  arguments.json = std::ranges::count(words, "--json") > 0;
  return arguments;
}

Context Settings::context(const Arguments& arguments) const {
  Context context;
  context.language = Language::named(arguments.lang).value_or(locale_);
  context.home = home_of(arguments.home);
  context.json = arguments.json;
  context.stats = arguments.stats;
  context.terminal = ::isatty(STDOUT_FILENO) == 1 && variable("TERM") != "dumb" && !arguments.json;
  context.styled = context.terminal && variable("NO_COLOR").empty();
  context.width = terminal_width();
  context.clock = clock_.get();
  context.out = &std::cout;
  context.err = &std::cerr;
  context.in = &std::cin;
  if (!arguments.home.empty()) context.program = "entregent --home " + quoted(arguments.home);
  return context;
}

personal::Store Context::open(personal::Store::Create create) const {
  return personal::Store(personal::private_file(home.data), create);
}

}  // namespace entregent::cli
