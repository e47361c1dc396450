// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/arguments.h"

#include <CLI/CLI.hpp>

#include "cli/version.h"

namespace entregent::cli {
namespace {

/// Builds the whole command line as one CLI::App whose options write into `arguments`.
class Grammar {
 public:
  Grammar(CLI::App& app, Arguments& arguments, const Language& language)
      : app_(app), arguments_(arguments), language_(language) {}

  void build() {
    labels();
    app_.description(
        tr(N_("Entregent: type a name, see what binds you to that person, out of your mail, contacts and calendars.")));
    app_.set_version_flag("--version", "entregent " ENTREGENT_VERSION, tr(N_("Say which version this is and end")));
    app_.require_subcommand(1);
    app_.fallthrough();
    common_options();
    sources();
    answers();
    owner();
    upkeep();
  }

 private:
  std::string tr(std::string_view text) const { return language_.tr(text); }

  void labels() {
    app_.set_help_flag("-h,--help", tr(N_("Show this help and end")));
    auto formatter = std::make_shared<CLI::Formatter>();
    formatter->label("Usage", tr(N_("Usage")));
    formatter->label("OPTIONS", tr(N_("OPTIONS")));
    formatter->label("SUBCOMMAND", tr(N_("COMMAND")));
    formatter->label("SUBCOMMANDS", tr(N_("COMMANDS")));
    formatter->label("Options", tr(N_("Options")));
    formatter->label("Subcommands", tr(N_("Commands")));
    formatter->label("Positionals", tr(N_("Arguments")));
    formatter->label("TEXT", tr(N_("TEXT")));
    formatter->label("UINT", tr(N_("NUMBER")));
    formatter->label("REQUIRED", "");
    formatter->column_width(34);
    app_.formatter(formatter);
  }

  void common_options() {
    app_.add_option("--home", arguments_.home, tr(N_("Keep everything in this folder instead of the usual ones")))
        ->type_name(tr(N_("FOLDER")));
    app_.add_option("--lang", arguments_.lang, tr(N_("fr or en; else the language of the system")))->type_name("fr|en");
    app_.add_flag("--json", arguments_.json, tr(N_("Answer as JSON, for programs")));
    app_.add_flag("--stats", arguments_.stats, tr(N_("Say what the answer cost")));
  }

  CLI::App* command(CLI::App& parent, const std::string& name, std::string_view what) {
    auto* sub = parent.add_subcommand(name, tr(what));
    const std::string whole = &parent == &app_ ? name : parent.get_name() + " " + name;
    sub->final_callback([command = &arguments_.command, whole] { *command = whole; });
    return sub;
  }

  void words(CLI::App* sub, const std::string& name, std::string_view what, int least = 1) {
    auto* option = sub->add_option(tr(name), arguments_.words, tr(what));
    option->type_name("");
    if (least > 0) option->required()->expected(least, 1000);
  }

  void sources() {
    auto* source = app_.add_subcommand("source", tr(N_("What is read: add, list, remove")));
    source->require_subcommand(1);
    source->fallthrough();
    auto* add = command(
        *source, "add",
        N_("Add a folder, a file, or imaps://user@host; without a name: what mail programs left on this machine"));
    words(add, N_("PLACE"), N_("A folder or file of mail, cards or calendars, or an IMAP address"), 0);
    add->add_option("--except", arguments_.except,
                    tr(N_("Leave out a folder, an address or a domain; may be repeated")))
        ->type_name(tr(N_("WHAT")));
    add->add_option("--password-command", arguments_.password_command,
                    tr(N_("A command that prints the IMAP password")))
        ->type_name(tr(N_("COMMAND")));
    command(*source, "list", N_("List the sources"));
    auto* remove = command(*source, "remove", N_("Remove a source and everything that only it holds from the index"));
    words(remove, N_("PLACE"), N_("As source list shows it, or its number"));
    remove->add_flag("--yes", arguments_.yes, tr(N_("Do not ask")));
    auto* index = command(app_, "index", N_("Read what is new in the sources"));
    words(index, N_("PLACE"), N_("Only these sources"), 0);
    index->add_option("--readers", arguments_.readers, tr(N_("How many reader processes; else one for each core")));
  }

  void answers() {
    auto* who = command(app_, "who", N_("What binds me and somebody"));
    words(who, N_("NAME"), N_("A name, a part of one, or an address"));
    auto* find = command(app_, "find", N_("Find messages, meetings and contacts by words"));
    words(find, N_("QUERY"),
          N_("word \"a phrase\" begin* from: to: with: subject: before: after: in: kind: has:attachment -not OR"));
    find->add_option("--limit", arguments_.limit, tr(N_("At most so many")));
    find->add_flag("--all", arguments_.all, tr(N_("All, however many")));
    find->add_flag("--with-quoted", arguments_.with_quoted,
                   tr(N_("Also what only repeats a message that is found by itself")));
    auto* show = command(app_, "show", N_("Show one item whole"));
    words(show, N_("ITEM"), N_("Its number, as who and find print it"));
    auto* people = command(app_, "people", N_("Everybody, the latest first"));
    words(people, N_("NAME"), N_("Only who fits this"), 0);
    people->add_option("--limit", arguments_.limit, tr(N_("At most so many")));
    people->add_flag("--all", arguments_.all, tr(N_("All, however many")));
  }

  void owner() {
    auto* me = command(app_, "me", N_("Which addresses are mine"));
    words(me, N_("ADDRESS"), N_("These and no others are mine; none: show what is known"), 0);
    me->add_flag("--yes", arguments_.yes, tr(N_("Confirm those that are proposed")));
    command(app_, "questions", N_("Who may be one person: the questions that only you can settle"));
    for (const auto& [name, what] : {std::pair{"same", N_("These two are one person")},
                                     std::pair{"different", N_("These two are different persons")}}) {
      auto* sub = command(app_, name, what);
      sub->add_option(tr(N_("WHO")), arguments_.words, tr(N_("Two addresses or names, or the number of a question")))
          ->required()
          ->expected(1, 2)
          ->type_name("");
    }
    command(app_, "undo", N_("Take the last decision back"));
    auto* forget = command(
        app_, "forget", N_("Forget somebody: their mail, name and addresses go from the index and do not come back"));
    words(forget, N_("WHO"), N_("A name or an address"));
    forget->add_flag("--yes", arguments_.yes, tr(N_("Do not ask")));
  }

  void upkeep() {
    command(app_, "status", N_("What is read, how fresh it is, what could not be read and why"));
    auto* backup = command(app_, "backup", N_("Write a copy of the private file"));
    words(backup, N_("FILE"), N_("Where to; must not exist"));
    auto* restore = command(app_, "restore", N_("Take a backup in place of the private file"));
    words(restore, N_("FILE"), N_("A file that backup wrote"));
    restore->add_flag("--yes", arguments_.yes, tr(N_("Do not ask")));
    auto* demo = command(app_, "demo",
                         N_("Write an invented consultant's mail, contacts and calendar, and add them as sources"));
    words(demo, N_("FOLDER"), N_("Where to; must be empty or not exist"), 0);
    command(app_, "help", N_("Show this help and end"));
    // For our own programs: what holds the readers.
    command(app_, "lock", "")->group("");
  }

  CLI::App& app_;
  Arguments& arguments_;
  const Language& language_;
};

/// The first word that should be a command; empty if there is none.
std::string command_word(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i] == "--home" || arguments[i] == "--lang") {
      ++i;
    } else if (!arguments[i].starts_with('-')) {
      return arguments[i];
    }
  }
  return {};
}

Error error_of(const CLI::ParseError& error, const CLI::App& app, const std::vector<std::string>& arguments) {
  const std::string words = error.what();
  const std::string command = command_word(arguments);
  const auto known = app.get_subcommands([&](const CLI::App* sub) { return sub->get_name() == command; });
  if (!command.empty() && known.empty()) {
    return {ErrorCode::invalid, N_("There is no command {0}; say entregent help"), command};
  }
  if (dynamic_cast<const CLI::ExtrasError*>(&error) != nullptr) {
    return {ErrorCode::invalid, N_("Not understood: {0}; say entregent help"), words};
  }
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr) {
    return {ErrorCode::invalid, N_("Something is missing: {0}; say entregent help"), words};
  }
  return {ErrorCode::invalid, N_("The command line cannot be understood: {0}; say entregent help"), words};
}

}  // namespace

Result<Arguments> parse_arguments(const std::vector<std::string>& arguments, const Language& language) {
  Arguments result;
  CLI::App app("", "entregent");
  Grammar(app, result, language).build();
  if (arguments.empty()) {
    result.print = app.help();
    return result;
  }
  try {
    app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::CallForHelp&) {
    const CLI::App* asked = &app;
    while (!asked->get_subcommands().empty()) asked = asked->get_subcommands().front();
    result.print = asked->help();
  } catch (const CLI::CallForVersion&) {
    result.print = "entregent " ENTREGENT_VERSION "\n";
  } catch (const CLI::ParseError& error) {
    return fail(error_of(error, app, arguments));
  }
  if (result.command == "help") result.print = app.help();
  return result;
}

}  // namespace entregent::cli
