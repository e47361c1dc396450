// SPDX-License-Identifier: AGPL-3.0-or-later
#include <array>
#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/problem_texts.h"
#include "cli/reader_lock.h"
#include "cli/style.h"
#include "personal/coverage.h"

namespace entregent::cli {
namespace {

using Count = personal::SourceStatus::Count;

void write_counts(JsonWriter& json, std::string_view name, const std::vector<Count>& counts) {
  json.begin_list(name);
  for (const auto& count : counts) {
    json.begin_object().field("code", count.code).field("count", count.count).begin_list("examples");
    for (const auto& example : count.examples)
      json.begin_object().field("where", example.where).field("detail", example.detail).end_object();
    json.end_list().end_object();
  }
  json.end_list();
}

std::string status_json(const Context& context, const std::vector<personal::SourceStatus>& sources,
                        const personal::Coverage& coverage, const std::optional<ReaderLock>& lock) {
  JsonWriter json;
  write_coverage(json, coverage);
  write(json, lock);
  json.begin_list("sources");
  for (const auto& status : sources) {
    json.begin_object().field("location", status.source.location).field("kind", status.source.kind);
    json.field("finished_at", status.source.finished_at)
        .field("started_at", status.source.started_at)
        .field("error", source_error(context, status.source));
    json.field("folders", status.folders).field("files", status.files).field("items", status.items);
    write_counts(json, "problems", status.problems);
    write_counts(json, "skipped", status.skipped);
    write_counts(json, "notices", status.notices);
    json.end_object();
  }
  json.end_list();
  return json.finish();
}

std::string freshness(const Context& context, const personal::Source& source) {
  const auto& language = context.language;
  if (!source.error.empty()) return source_error(context, source);
  if (source.finished_at) return language.tr("read to its end on {0}", date_and_time(context, *source.finished_at));
  if (source.started_at)
    return language.tr("begun {0}, not at its end: go on with {1} index", date_and_time(context, *source.started_at),
                       context.program);
  return language.tr("not read yet");
}

void print_counts(const Context& context, const std::string& title, const std::vector<Count>& counts) {
  if (counts.empty()) return;
  *context.out << "    " << title << '\n';
  for (const auto& count : counts) {
    *context.out << fmt::format("      {:>7}  {}\n", context.language.number(count.count),
                                context.language.tr(code_text(count.code)));
    for (const auto& example : count.examples) {
      const std::string where = plain(example.where);
      const std::string text = example.detail.empty()
                                   ? where
                                   : context.language.tr("{0}: {1}", where, plain(context.language.tr(example.detail)));
      *context.out << "               " << faint(context, text) << '\n';
    }
  }
}

void print(const Context& context, const personal::SourceStatus& status) {
  const auto& language = context.language;
  *context.out << bold(context, plain(status.source.location)) << '\n'
               << "    " << freshness(context, status.source) << '\n';
  if (status.source.started_at)
    *context.out << "    " << language.trn("{0} item", "{0} items", status.items) << ", "
                 << language.trn("{0} file", "{0} files", status.files) << ", "
                 << language.trn("{0} folder", "{0} folders", status.folders) << '\n';
  print_counts(context, language.tr("could not be read:"), status.problems);
  print_counts(context, language.tr("left out on purpose:"), status.skipped);
  print_counts(context, language.tr("read, with something to say:"), status.notices);
}

}  // namespace

ExitStatus status(const Context& context, const Arguments&) {
  auto store = context.open();
  const auto moment = store.one_moment();
  const auto sources = personal::source_status(store);
  const auto coverage = personal::coverage(store);
  const auto lock = ask_reader_lock();
  if (context.json) {
    *context.out << status_json(context, sources, coverage, lock);
    return 0;
  }
  for (const auto& source : sources) print(context, source);
  if (sources.empty())
    *context.out << context.language.tr("Nothing is read yet; begin with: {0} source add FOLDER", context.program)
                 << '\n';
  *context.out << '\n'
               << context.language.trn("{0} item in the index", "{0} items in the index", personal::item_count(store))
               << ", " << context.language.size(static_cast<std::int64_t>(std::filesystem::file_size(store.file())))
               << '\n'
               << sentence(context.language, lock) << '\n'
               << coverage_line(context, coverage) << '\n';
  return 0;
}

}  // namespace entregent::cli
