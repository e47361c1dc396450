// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/run.h"

#include <algorithm>
#include <chrono>
#include <set>

#include "ingest/folder_source.h"
#include "ingest/imap_source.h"
#include "personal/forget.h"
#include "personal/me.h"
#include "personal/persons.h"
#include "personal/run_lock.h"
#include "personal/word_renewal.h"

namespace entregent::ingest {
namespace {

using SteadyClock = std::chrono::steady_clock;

/// Settles persons while the run goes on, so that answers are of use: often at first, then ever more seldom, so that it
/// costs a small part of the run.
class Settler {
 public:
  explicit Settler(personal::Store& store) : store_(store) {}

  void now_and_then() {
    if (SteadyClock::now() >= next_) settle();
  }
  /// Does nothing if no item came or went since the last time, in whatever run that was.
  bool settle() {
    if (!store_.setting("unsettled")) return false;
    const auto start = SteadyClock::now();
    personal::propose_me(store_);
    personal::settle_persons(store_);
    store_.unset("unsettled");
    interval_ = std::max(interval_ * 2, (SteadyClock::now() - start) * 20);
    next_ = SteadyClock::now() + interval_;
    return true;
  }

 private:
  personal::Store& store_;
  SteadyClock::duration interval_ = std::chrono::seconds(1);
  SteadyClock::time_point next_ = SteadyClock::now() + interval_;
};

void add(std::map<std::string, std::uint64_t>& total, const std::map<std::string, std::uint64_t>& more) {
  for (const auto& [name, count] : more) total[name] += count;
}

void add(Counts& total, const Counts& more) {
  total.read += more.read;
  total.added += more.added;
  total.changed += more.changed;
  total.known += more.known;
  total.gone += more.gone;
  total.unreadable += more.unreadable;
  add(total.skipped, more.skipped);
  add(total.unreadable_why, more.unreadable_why);
}

class Run {
 public:
  Run(personal::Store& store, const RunOptions& options, const ProgressSink& sink, const Stopped& stopped)
      : store_(store),
        options_(options),
        sink_(sink),
        intake_(store, options.intake, progress_,
                [this, stopped] {
                  report(false);
                  return stopped();
                }),
        settler_(store) {
    intake_.on_commit([this] { settler_.now_and_then(); });
  }

  RunOutcome go() {
    RunOutcome outcome;
    for (const auto& source : intake_.sources().list()) {
      if (intake_.stopped()) break;
      if (is_asked_for(source)) outcome.sources.push_back(index(source));
    }
    read_again(outcome);
    for (const auto& source : outcome.sources) add(outcome.total, source.counts);
    outcome.stopped = intake_.stopped();
    if (!outcome.stopped) settler_.settle();
    return outcome;
  }

 private:
  bool is_asked_for(const personal::Source& source) const {
    return options_.only.empty() || std::ranges::find(options_.only, source.location) != options_.only.end();
  }

  /// Sources with files whose item lost the copy that it was taken from, here or in another source, are looked at once
  /// more. Where that would ask for a password again it waits for the next run: the item is still as it was.
  void read_again(RunOutcome& outcome) {
    if (intake_.stopped()) return;
    std::set<personal::SourceId> again;
    for (const auto file : intake_.writer().take_to_reread()) {
      if (const auto source = intake_.sources().source_of(file)) again.insert(*source);
    }
    for (auto& done : outcome.sources) {
      const auto& source = done.source;
      if (!again.contains(source.id) || !done.complete || (source.kind == "imap" && source.password_command.empty()))
        continue;
      auto second = index(source);
      done.complete = second.complete;
      done.error = second.error;
      add(done.counts, second.counts);
    }
  }

  SourceOutcome index(const personal::Source& source) {
    progress_ = Progress{.source = source.location};
    intake_.sources().start(source.id, options_.clock->now());
    SourceOutcome outcome{.source = source};
    const auto result = source.kind == "imap" ? index_imap(intake_, source, options_) : index_folder(intake_, source);
    intake_.drain();  // also what was on its way when the source broke off
    outcome.counts = progress_.counts;
    if (!result) {
      outcome.error = result.error();
      intake_.sources().stop(source.id, result.error());
    } else if (!intake_.stopped()) {
      outcome.complete = true;
      intake_.sources().finish(source.id, options_.clock->now());
    }
    report(true);
    return outcome;
  }

  void report(bool now) {
    if (!sink_) return;
    const auto at = SteadyClock::now();
    if (!now && at < next_report_) return;
    next_report_ = at + std::chrono::milliseconds(200);
    sink_(progress_);
  }

  personal::Store& store_;
  const RunOptions& options_;
  const ProgressSink& sink_;
  Progress progress_;
  SteadyClock::time_point next_report_{};
  Intake intake_;
  Settler settler_;
};

}  // namespace

Result<RunOutcome> run(personal::Store& store, const RunOptions& options, const ProgressSink& progress,
                       const Stopped& stopped) {
  const personal::RunLock lock(store.file(), personal::RunLock::Holder::stops_when_asked);
  if (!lock.held())
    return fail({ErrorCode::conflict, N_("Another index run is under way; wait for it, or stop it."), {}});
  personal::end_forgetting(store);
  personal::renew_words(store);
  return Run(store, options, progress, stopped).go();
}

}  // namespace entregent::ingest
