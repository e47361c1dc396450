// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <fstream>
#include <iterator>
#include <ostream>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/commands.h"
#include "cli/exit_status.h"
#include "cli/json.h"
#include "cli/source_meant.h"
#include "cli/style.h"
#include "ingest/discover.h"
#include "ingest/imap_location.h"
#include "personal/run_lock.h"
#include "personal/sources.h"

namespace entregent::cli {
namespace {

/// An address has an @, a domain a dot and no slash; all else is a folder.
personal::Except except_of(const std::vector<std::string>& words) {
  personal::Except except;
  for (const auto& word : words) {
    const bool slash = word.find('/') != std::string::npos;
    if (word.starts_with('@')) {
      except.domains.push_back(lower(word.substr(1)));
    } else if (word.find('@') != std::string::npos) {
      except.addresses.push_back(lower(word));
    } else if (!slash && !word.starts_with('.') && word.find('.') != std::string::npos) {
      except.domains.push_back(lower(word));
    } else if (const auto end = word.find_last_not_of('/'); end != std::string::npos) {
      except.folders.push_back(word.substr(0, end + 1));  // a shell completes `Private/`
    }
  }
  return except;
}

/// A source as it was said; what was not said stays as it is where the source is known.
struct Said {
  personal::Source source;
  bool except = false;  ///< its exceptions, if only that there are none
};

/// `--except none`: nothing is left out any more. A folder of this name is `none/`.
bool is_no_exception(const std::vector<std::string>& words) {
  return words.size() == 1 && (words[0] == "none" || words[0] == "aucune");
}

bool is_imap(const std::string& place) {
  return place.starts_with("imaps://") || place.starts_with("imap://");
}

/// Its absolute path, if it is a readable file with a certificate in it.
Result<std::string> certificate_file(const std::string& file) {
  std::error_code error;
  const auto path = std::filesystem::canonical(file, error);
  if (error) return fail({ErrorCode::not_found, N_("{0} does not exist or cannot be reached."), file});
  if (::access(path.c_str(), R_OK) != 0)
    return fail({ErrorCode::forbidden, N_("{0} cannot be read; check its permissions."), file});
  constexpr std::uintmax_t most_bytes = 4 << 20;  // the system's whole list of authorities has a quarter of a megabyte
  const bool may_be = std::filesystem::is_regular_file(path, error) && std::filesystem::file_size(path) <= most_bytes;
  std::ifstream bytes(path, std::ios::binary);
  const std::string text = may_be ? std::string(std::istreambuf_iterator<char>(bytes), {}) : std::string();
  if (text.find("-----BEGIN CERTIFICATE-----") == std::string::npos &&
      text.find("-----BEGIN TRUSTED CERTIFICATE-----") == std::string::npos) {
    return fail({ErrorCode::invalid, N_("{0} holds no certificate in PEM form."), file});
  }
  return path.string();
}

Result<Said> said_of(const std::string& place, const Arguments& arguments) {
  Said said;
  auto& source = said.source;
  said.except = !arguments.except.empty();
  if (!is_no_exception(arguments.except)) source.except = except_of(arguments.except);
  source.password_command = arguments.password_command;
  if (is_imap(place)) {
    source.kind = "imap";
    const auto location = ingest::imap_location(place);
    if (!location) return fail(location.error());
    source.location = *location;
    if (arguments.certificate.empty()) return said;
    auto certificate = certificate_file(arguments.certificate);
    if (!certificate) return fail(certificate.error());
    source.certificate = *std::move(certificate);
    return said;
  }
  if (!arguments.certificate.empty())
    return fail({ErrorCode::invalid, N_("A certificate is for an IMAP account, and {0} is none."), place});
  if (place.find("://") != std::string::npos)
    return fail({ErrorCode::invalid, N_("{0} is neither a folder nor imaps://user@host."), place});
  std::error_code error;
  const auto path = std::filesystem::canonical(place, error);
  if (error) return fail({ErrorCode::not_found, N_("{0} does not exist or cannot be reached."), place});
  if (::access(path.c_str(), R_OK) != 0)
    return fail({ErrorCode::forbidden, N_("{0} cannot be read; check its permissions."), place});
  source.kind = "folder";
  source.location = path.string();
  return said;
}

/// The same folder, or one below the other.
bool is_in_each_other(const personal::Source& source, const std::string& path) {
  const auto& longer = source.location.size() > path.size() ? source.location : path;
  const auto& shorter = source.location.size() > path.size() ? path : source.location;
  return source.kind == "folder" && (longer == shorter || longer.starts_with(shorter + "/"));
}

/// A folder above or below one that is there would be read twice.
std::optional<Error> overlaps(personal::Sources& sources, const personal::Source& added) {
  if (added.kind != "folder") return std::nullopt;
  for (const auto& source : sources.list()) {
    if (source.location == added.location || !is_in_each_other(source, added.location)) continue;
    return Error{ErrorCode::conflict,
                 N_("This folder and the source {0} lie one in the other; remove one of them first."), source.location};
  }
  return std::nullopt;
}

/// What was said that the source does not have yet.
struct News {
  bool except = false;
  bool password_command = false;
  bool certificate = false;
  News(const personal::Source& known, const Said& said)
      : except(said.except && said.source.except != known.except),
        password_command(!said.source.password_command.empty() &&
                         said.source.password_command != known.password_command),
        certificate(!said.source.certificate.empty() && said.source.certificate != known.certificate) {}
};

ExitStatus change(const Context& context, personal::Sources& sources, const personal::Source& known,
                  const personal::Source& said, const News& news) {
  // A run under way would go on with the old ones.
  const personal::RunLock lock(sources.file());
  if (!lock.held())
    return refuse(context, {ErrorCode::conflict, N_("Another index run is under way; wait for it, or stop it."), {}});
  if (news.except) {
    sources.set_except(known.id, said.except);
    if (!context.json)
      *context.out << context.language.tr("Its exceptions were changed: {0}", plain(known.location)) << '\n';
  }
  if (news.password_command) {
    sources.set_password_command(known.id, said.password_command);
    if (!context.json)
      *context.out << context.language.tr("Its password command was changed: {0}", plain(known.location)) << '\n';
  }
  if (news.certificate) {
    sources.set_certificate(known.id, said.certificate);
    if (!context.json)
      *context.out << context.language.tr("Its certificate was changed: {0}", plain(known.location)) << '\n';
  }
  return 0;
}

ExitStatus add_one(const Context& context, personal::Sources& sources, const Said& said) {
  const auto& source = said.source;
  if (const auto error = overlaps(sources, source)) return refuse(context, *error);
  if (const auto known = sources.find(source.location)) {
    const News news(*known, said);
    if (news.except || news.password_command || news.certificate) return change(context, sources, *known, source, news);
  }
  const auto added = sources.add(source, context.clock->now());
  if (!added) return refuse(context, added.error());
  if (!context.json) *context.out << context.language.tr("Added: {0}", plain(source.location)) << '\n';
  return 0;
}

/// `thunderbird`, `applemail`, `mutt`: a program's name instead of a place.
std::vector<std::string> places_of_program(const std::string& word) {
  const auto bare = [](std::string_view text) {
    std::string result = folded(text);
    std::erase_if(result, [](char c) { return c == ' ' || c == '-' || c == '_'; });
    return result;
  };
  std::vector<std::string> places;
  if (std::filesystem::exists(word)) return places;
  for (const auto& found : ingest::discover_sources())
    if (bare(found.program) == bare(word)) places.push_back(found.path.string());
  return places;
}

std::vector<std::string> places_said(const Arguments& arguments) {
  std::vector<std::string> places;
  for (const auto& word : arguments.words) {
    const auto of_program = places_of_program(word);
    places.insert(places.end(), of_program.begin(), of_program.end());
    if (of_program.empty()) places.push_back(word);
  }
  return places;
}

std::vector<personal::Source> known_sources(const Context& context) {
  if (!std::filesystem::exists(personal::private_file(context.home.data))) return {};
  auto store = context.open();
  return personal::Sources(store).list();
}

/// What is found on this machine, is no source yet and does not overlap with one, and is agreed to.
Result<std::vector<std::string>> places_found(const Context& context) {
  auto found = ingest::discover_sources();
  if (found.empty()) {
    return fail({ErrorCode::not_found,
                 N_("No mail program's folders were found here; say a folder, a file, or imaps://user@host."),
                 {}});
  }
  const auto known = known_sources(context);
  std::erase_if(found, [&](const ingest::DiscoveredSource& each) {
    return std::ranges::any_of(known, [&](const auto& source) { return is_in_each_other(source, each.path.string()); });
  });
  if (found.empty()) {
    return fail({ErrorCode::conflict,
                 N_("All mail that was found on this machine belongs to a source already; see source list."),
                 {}});
  }
  std::vector<std::string> places;
  for (const auto& each : found) {
    const auto question = context.language.tr("Found {0}: {1}. Add it?", each.program, plain(each.path.string()));
    if (ask(context, question, Answer::yes) == Answer::yes) places.push_back(each.path.string());
  }
  if (places.empty()) return fail({ErrorCode::invalid, N_("Nothing was added."), {}});
  return places;
}

std::string sources_json(const Context& context, const std::vector<personal::Source>& sources) {
  JsonWriter json;
  json.begin_list("sources");
  for (const auto& source : sources) {
    json.begin_object().field("source", source.id.value).field("kind", source.kind).field("location", source.location);
    json.field("started_at", source.started_at)
        .field("finished_at", source.finished_at)
        .field("error", source_error(context, source))
        .end_object();
  }
  json.end_list();
  return json.finish();
}

}  // namespace

ExitStatus source_add(const Context& context, const Arguments& arguments) {
  const auto places =
      arguments.words.empty() ? places_found(context) : Result<std::vector<std::string>>(places_said(arguments));
  if (!places) return refuse(context, places.error());
  std::vector<Said> sources;
  for (const auto& place : *places) {
    auto said = said_of(place, arguments);
    if (!said) return refuse(context, said.error());
    sources.push_back(*std::move(said));
  }
  auto store = context.open(personal::Store::Create::yes);
  personal::Sources stored(store);
  for (const auto& source : sources) {
    if (const ExitStatus status = add_one(context, stored, source); status != 0) return status;
  }
  if (context.json) {
    *context.out << sources_json(context, stored.list());
  } else {
    *context.out << context.language.tr("Read them with: {0} index", context.program) << '\n';
  }
  return 0;
}

ExitStatus source_list(const Context& context, const Arguments&) {
  auto store = context.open();
  const auto sources = personal::Sources(store).list();
  if (context.json) {
    *context.out << sources_json(context, sources);
    return 0;
  }
  for (const auto& source : sources) {
    *context.out << fmt::format("{:3}  {}", source.id.value, plain(source.location));
    const std::string when = source.finished_at
                                 ? context.language.tr("read on {0}", date_and_time(context, *source.finished_at))
                                 : context.language.tr("not read to its end yet");
    *context.out << faint(context, "  " + when) << '\n';
    for (const auto& left_out : {source.except.folders, source.except.addresses, source.except.domains})
      for (const auto& what : left_out)
        *context.out << "     " << context.language.tr("except {0}", plain(what)) << '\n';
  }
  if (sources.empty())
    *context.out << context.language.tr("Nothing is read yet; begin with: {0} source add FOLDER", context.program)
                 << '\n';
  return 0;
}

ExitStatus source_remove(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  personal::Sources sources(store);
  const std::string word = joined(arguments.words);
  const auto source = source_meant(sources, word);
  if (!source) return refuse(context, {ErrorCode::not_found, N_("There is no source {0}; see source list."), word});
  const auto question = context.language.tr(
      "Remove {0} and what only it holds from the index? The mail itself is not touched.", plain(source->location));
  if (!arguments.yes && ask(context, question, Answer::no) == Answer::no) {
    return refuse(context,
                  {ErrorCode::invalid, N_("Nothing was removed; to do it without being asked, add --yes."), {}});
  }
  const personal::RunLock lock(store.file());
  if (!lock.held())
    return refuse(context, {ErrorCode::conflict, N_("Another index run is under way; wait for it, or stop it."), {}});
  personal::Writer writer(store);
  const std::size_t gone = personal::remove_source(store, writer, source->id);
  if (context.json) {
    JsonWriter json;
    json.field("gone", static_cast<std::int64_t>(gone));
    *context.out << json.finish();
  } else {
    *context.out << context.language.trn("Removed; {0} item went.", "Removed; {0} items went.",
                                         static_cast<std::int64_t>(gone))
                 << '\n';
  }
  return 0;
}

}  // namespace entregent::cli
