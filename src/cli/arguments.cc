// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/arguments.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "base/language.h"
#include "cli/version.h"

namespace entregent::cli {
namespace {

/// Builds the whole command line as one CLI::App whose options write into `arguments`. What it all means is told by
/// help.cc.
class Grammar {
 public:
  Grammar(CLI::App& app, Arguments& arguments) : app_(app), arguments_(arguments) {}

  void build() {
    app_.set_version_flag("--version", "entregent " ENTREGENT_VERSION);
    app_.require_subcommand(1);
    app_.fallthrough();
    app_.add_option("--home", arguments_.home);
    app_.add_option("--lang", arguments_.lang)->check([](const std::string& text) {
      return Language::named(text) ? std::string() : text;
    });
    app_.add_flag("--json", arguments_.json);
    app_.add_flag("--stats", arguments_.stats);
    sources();
    answers();
    owner();
    upkeep();
  }

 private:
  CLI::App* command(CLI::App& parent, const std::string& name) {
    auto* sub = parent.add_subcommand(name, "");
    const std::string whole = &parent == &app_ ? name : parent.get_name() + " " + name;
    sub->final_callback([command = &arguments_.command, whole] { *command = whole; });
    return sub;
  }

  enum class Words { any, some };
  void words(CLI::App* sub, Words count) {
    auto* option = sub->add_option("words", arguments_.words);
    if (count == Words::some) option->required()->expected(1, 1000);
  }
  void confirmation(CLI::App* sub) { sub->add_flag("--yes", arguments_.yes); }
  void amount(CLI::App* sub) {
    sub->add_option("--limit", arguments_.limit);
    sub->add_flag("--all", arguments_.all);
  }

  void sources() {
    auto* source = app_.add_subcommand("source", "");
    source->require_subcommand(1);
    source->fallthrough();
    auto* add = command(*source, "add");
    words(add, Words::any);
    add->add_option("--except", arguments_.except)->expected(1)->take_all();
    add->add_option("--password-command", arguments_.password_command);
    add->add_option("--certificate", arguments_.certificate);
    command(*source, "list");
    auto* remove = command(*source, "remove");
    words(remove, Words::some);
    confirmation(remove);
    auto* index = command(app_, "index");
    words(index, Words::any);
    index->add_option("--readers", arguments_.readers);
  }

  void answers() {
    words(command(app_, "who"), Words::some);
    auto* find = command(app_, "find");
    words(find, Words::some);
    amount(find);
    find->add_flag("--with-quoted", arguments_.with_quoted);
    words(command(app_, "show"), Words::some);
    words(command(app_, "today"), Words::any);
    auto* people = command(app_, "people");
    words(people, Words::any);
    people->add_option("--by", arguments_.by);
    amount(people);
  }

  void owner() {
    auto* me = command(app_, "me");
    words(me, Words::any);
    confirmation(me);
    command(app_, "questions");
    for (const auto* name : {"same", "different"})
      command(app_, name)->add_option("words", arguments_.words)->required()->expected(1, 2);
    for (const auto* name : {"note", "promise", "met"}) words(command(app_, name), Words::some);
    command(app_, "undo");
    auto* forget = command(app_, "forget");
    words(forget, Words::some);
    confirmation(forget);
  }

  void upkeep() {
    command(app_, "status");
    words(command(app_, "backup"), Words::some);
    auto* restore = command(app_, "restore");
    words(restore, Words::some);
    confirmation(restore);
    words(command(app_, "demo"), Words::any);
    words(command(app_, "help"), Words::any);
    command(app_, "lock");  // for our own programs: what holds the readers
  }

  CLI::App& app_;
  Arguments& arguments_;
};

/// In front of a word of a query that begins with -, so that it is not taken for an option. No query holds it.
constexpr char shield = '\x01';

/// `find report -draft`, `note lea 2 - 3 days`: one dash is the query's, two are an option's.
std::vector<std::string> shielded(std::vector<std::string> arguments) {
  bool query = false;
  for (auto& word : arguments) {
    if (query && word.size() > 1 && word[0] == '-' && word[1] != '-' && word != "-h") word.insert(0, 1, shield);
    if (word == "find" || word == "note" || word == "promise" || word == "met") query = true;
    if (word == "--") break;
  }
  return arguments;
}

/// The commands that were begun: `source add`, or nothing.
std::string begun(const CLI::App& app) {
  std::string names;
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    names += (names.empty() ? "" : " ") + at->get_name();
  }
  return names;
}

std::string after_colon(const std::string& text) {
  const auto at = text.find(": ");
  return at == std::string::npos ? text : text.substr(at + 2);
}

Error error_of(const CLI::ParseError& error, const CLI::App& app) {
  const std::string words = error.what();  // English, and of the library: only the words of the person are taken out
  const std::string command = begun(app);
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    const auto rest = app.remaining(true);
    const auto word = std::ranges::find_if(rest, [](const std::string& text) { return !text.starts_with('-'); });
    if (word != rest.end()) {
      const std::string unknown = command.empty() ? *word : command + " " + *word;
      return {ErrorCode::invalid, N_("There is no command {0}; say entregent help"), unknown};
    }
    if (command.empty()) return {ErrorCode::invalid, N_("A command is missing; say entregent help"), {}};
    return {ErrorCode::invalid, N_("Something is missing; entregent help {0} says what"), command};
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return {ErrorCode::invalid, N_("Not understood: {0}; say entregent help"), after_colon(words)};
  }
  if (dynamic_cast<const CLI::ValidationError*>(&error) != nullptr)
    return {ErrorCode::invalid, N_("Entregent does not speak {0}; say --lang fr or --lang en"), after_colon(words)};
  if (dynamic_cast<const CLI::ConversionError*>(&error) != nullptr)
    return {ErrorCode::invalid, N_("A number is wanted: {0}"), after_colon(words)};
  // The library's name for what follows the command is no word of ours.
  const std::string name = words.substr(0, words.find(':'));
  if (name == "words")
    return {ErrorCode::invalid, N_("Too many words, or too few; entregent help {0} says what is wanted"), command};
  return {ErrorCode::invalid, N_("Something is missing after {0}"), name};
}

}  // namespace

Result<Arguments> parse_arguments(const std::vector<std::string>& arguments) {
  Arguments result;
  CLI::App app("", "entregent");
  Grammar(app, result).build();
  if (arguments.empty()) {
    result.help = "";
    return result;
  }
  try {
    const auto words = shielded(arguments);
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::CallForHelp&) {
    result.help = begun(app);
  } catch (const CLI::CallForVersion&) {
    result.print = "entregent " ENTREGENT_VERSION "\n";
  } catch (const CLI::ParseError& error) {
    return fail(error_of(error, app));
  }
  for (auto& word : result.words)
    if (word.starts_with(shield)) word.erase(0, 1);
  if (result.command == "help") result.help = joined(result.words);
  return result;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace entregent::cli
