// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/index_run.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <signal.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/problem_texts.h"
#include "cli/source_meant.h"
#include "cli/style.h"
#include "ingest/run.h"
#include "personal/word_renewal.h"

namespace entregent::cli {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// The one place a signal handler can reach.
net::StopFlag& stop_flag() {
  static net::StopFlag flag;
  return flag;
}

void stop_on_signals() {
  stop_flag();
  struct sigaction action {};
  action.sa_handler = [](int) { stop_flag().stop(); };
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

/// One line that is written over on a terminal; elsewhere a line every few seconds.
class ProgressBar {
 public:
  explicit ProgressBar(const Context& context) : context_(context) {}

  void show(const ingest::Progress& progress) {
    const auto now = SteadyClock::now();
    if (progress.source != source_) begin(progress, now);
    if (context_.json || progress.total_units == 0) return;
    if (!context_.terminal && now < next_line_) return;
    next_line_ = now + std::chrono::seconds(5);
    const std::string line = text(progress, now);
    if (context_.terminal) {
      *context_.out << "\r\x1B[K" << fitted(line, static_cast<std::size_t>(context_.width) - 1) << std::flush;
      open_ = true;
    } else if (now - start_ > std::chrono::seconds(3)) {
      *context_.out << line << std::endl;
    }
  }

  void end_line() {
    if (open_) *context_.out << "\r\x1B[K";
    open_ = false;
  }

 private:
  void begin(const ingest::Progress& progress, SteadyClock::time_point now) {
    end_line();
    source_ = progress.source;
    start_ = now;
    if (!context_.json) *context_.out << plain(source_) << std::endl;
  }

  std::string text(const ingest::Progress& progress, SteadyClock::time_point now) const {
    const auto& language = context_.language;
    const double seconds = std::max(0.001, std::chrono::duration<double>(now - start_).count());
    const double part = std::min(1.0, static_cast<double>(progress.done_units) /
                                          static_cast<double>(std::max<std::uint64_t>(1, progress.total_units)));
    const auto read = static_cast<std::int64_t>(progress.counts.read + progress.counts.known);
    std::string line = fmt::format("{} {:3.0f} %  ", bar(part), part * 100);
    line += language.trn("{0} item", "{0} items", read);
    // The first moments say nothing about the speed.
    if (seconds > 1)
      line += ", " + language.tr("{0} a second", static_cast<std::int64_t>(static_cast<double>(read) / seconds));
    if (part > 0.02 && seconds > 2) line += ", " + time_left(seconds * (1 - part) / part);
    const auto problems = static_cast<std::int64_t>(progress.counts.unreadable);
    if (problems > 0) line += ", " + language.trn("{0} unreadable", "{0} unreadable", problems);
    return line;
  }

  static std::string bar(double part) {
    constexpr int width = 20;
    std::string result;
    for (int i = 0; i < width; ++i) result += i < static_cast<int>(part * width) ? "█" : "░";
    return result;
  }

  std::string time_left(double seconds) const {
    const auto whole = static_cast<std::int64_t>(seconds);
    if (whole < 60) return context_.language.tr("{0} s left", whole + 1);
    if (whole < 3600) return context_.language.tr("{0} min left", whole / 60 + 1);
    return context_.language.tr("{0} h {1} min left", whole / 3600, whole % 3600 / 60);
  }

  const Context& context_;
  std::string source_;
  SteadyClock::time_point start_, next_line_;
  bool open_ = false;
};

/// The IANA name of the machine's zone: where times without zone in a calendar are taken to be. Empty if it does not
/// say.
std::string system_zone() {
  const char* variable = std::getenv("TZ");
  if (variable != nullptr && std::string_view(variable).find('/') != std::string_view::npos) return variable;
  if (variable != nullptr) return {};
  std::error_code error;
  const std::string target = std::filesystem::read_symlink("/etc/localtime", error).string();
  constexpr std::string_view folder = "zoneinfo/";
  const auto at = target.find(folder);
  return at == std::string::npos ? std::string() : target.substr(at + folder.size());
}

/// A password typed without being seen.
std::optional<net::Secret> asked_password(const Context& context, const personal::Source& source) {
  if (!context.terminal || ::isatty(STDIN_FILENO) == 0) return std::nullopt;
  *context.out << context.language.tr("Password for {0}: ", plain(source.location)) << std::flush;
  termios shown{};
  ::tcgetattr(STDIN_FILENO, &shown);
  termios hidden = shown;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  std::string line;
  std::getline(std::cin, line);
  ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
  *context.out << '\n';
  return line.empty() ? std::nullopt : std::optional(net::Secret::taken_from(line));
}

void write_counts(JsonWriter& json, const ingest::Counts& counts) {
  json.field("read", counts.read)
      .field("new", counts.added)
      .field("changed", counts.changed)
      .field("known", counts.known)
      .field("gone", counts.gone);
  json.field("unreadable", counts.unreadable);
  for (const auto& [name, reasons] :
       {std::pair{"unreadable_why", &counts.unreadable_why}, std::pair{"skipped", &counts.skipped}}) {
    json.begin_list(name);
    for (const auto& [reason, count] : *reasons)
      json.begin_object().field("reason", reason).field("count", count).end_object();
    json.end_list();
  }
}

std::string outcome_json(const Context& context, const ingest::RunOutcome& outcome) {
  JsonWriter json;
  json.field("stopped", outcome.stopped);
  write_counts(json, outcome.total);
  json.begin_list("sources");
  for (const auto& source : outcome.sources) {
    json.begin_object().field("location", source.source.location).field("complete", source.complete);
    json.field("error", source.error ? context.language.tr(*source.error) : std::string());
    write_counts(json, source.counts);
    json.end_object();
  }
  json.end_list();
  return json.finish();
}

void print_reasons(const Context& context, const std::map<std::string, std::uint64_t>& reasons) {
  for (const auto& [reason, count] : reasons) {
    *context.out << fmt::format("      {:>7}  {}\n", context.language.number(static_cast<std::int64_t>(count)),
                                context.language.tr(code_text(reason)));
  }
}

void print(const Context& context, const ingest::RunOutcome& outcome) {
  const auto& language = context.language;
  const auto& total = outcome.total;
  const auto number = [&](std::uint64_t count) { return language.number(static_cast<std::int64_t>(count)); };
  bool failed = false;
  for (const auto& source : outcome.sources) {
    if (!source.error) continue;
    failed = true;
    *context.err << plain(source.source.location) << ": " << plain(language.tr(*source.error)) << '\n';
  }
  const bool nothing = total.read + total.known + total.gone + total.unreadable == 0 && total.skipped.empty();
  if (nothing && !outcome.stopped) {
    if (!failed) *context.out << language.tr("Nothing has changed since the last run.") << '\n';
    return;
  }
  *context.out << language.tr("Read {0}: {1} new, {2} changed, {3} known already, {4} gone.", number(total.read),
                              number(total.added), number(total.changed), number(total.known), number(total.gone))
               << '\n';
  if (!total.skipped.empty()) *context.out << "    " << language.tr("left out on purpose:") << '\n';
  print_reasons(context, total.skipped);
  if (total.unreadable > 0) *context.out << "    " << language.tr("could not be read:") << '\n';
  print_reasons(context, total.unreadable_why);
  if (outcome.stopped)
    *context.out << language.tr("Stopped. What was read is kept; {0} index goes on from here.", context.program)
                 << '\n';
}

void print_stats_of_run(const Context& context) {
  rusage own{};
  rusage children{};
  ::getrusage(RUSAGE_SELF, &own);
  ::getrusage(RUSAGE_CHILDREN, &children);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  *context.err << fmt::format("cpu: writer {:.2f} s, readers {:.2f} s; memory of the writer {} MB\n",
                              seconds(own.ru_utime) + seconds(own.ru_stime),
                              seconds(children.ru_utime) + seconds(children.ru_stime), own.ru_maxrss / 1024);
}

ExitStatus status_of(const ingest::RunOutcome& outcome) {
  if (outcome.stopped) return status_interrupted;
  for (const auto& source : outcome.sources)
    if (source.error) return exit_status(source.error->code);
  return 0;
}

}  // namespace

ExitStatus run_index(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  if (personal::Sources(store).list().empty()) {
    return refuse(
        context, {ErrorCode::not_found, N_("Nothing is read yet; begin with: {0} source add FOLDER"), context.program});
  }
  ingest::RunOptions options;
  for (const auto& word : arguments.words) {
    personal::Sources sources(store);
    const auto source = source_meant(sources, word);
    if (!source) return refuse(context, {ErrorCode::not_found, N_("There is no source {0}; see source list."), word});
    options.only.push_back(source->location);
  }
  stop_on_signals();
  if (!context.json && personal::has_words_of_another_version(store))
    *context.out << context.language.tr("This version knows words by other rules: their index is made anew first …")
                 << std::endl;
  ProgressBar bar(context);
  options.clock = context.clock;
  options.intake.readers = arguments.readers;
  options.intake.zone = system_zone();
  options.password = [&](const personal::Source& source) { return asked_password(context, source); };
  options.imap.stop = &stop_flag();
  options.imap.unencrypted = net::Unencrypted::on_loopback;
  const auto outcome = ingest::run(
      store, options, [&](const ingest::Progress& progress) { bar.show(progress); },
      [] { return stop_flag().stopped(); });
  bar.end_line();
  if (!outcome) return refuse(context, outcome.error());
  if (context.json) {
    *context.out << outcome_json(context, *outcome);
  } else {
    print(context, *outcome);
  }
  print_stats(context, store);
  if (context.stats) print_stats_of_run(context);
  // Interrupted when all was read already: still no time to ask the person anything.
  return stop_flag().stopped() ? status_interrupted : status_of(*outcome);
}

}  // namespace entregent::cli
