// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/help.h"

#include <array>
#include <span>
#include <vector>

#include "cli/style.h"

namespace entregent::cli {
namespace {

struct Line {
  std::string_view left, right;
};

struct CommandHelp {
  std::string_view command, synopsis, what;
  std::string_view more;
  std::vector<Line> terms, options;
  std::array<std::string_view, 3> examples;
};

struct Group {
  std::string_view title;
  std::vector<CommandHelp> commands;
};

constexpr Line limit{N_("--limit NUMBER"), N_("At most so many (20 by default)")};
constexpr Line all{"--all", N_("All, however many")};
constexpr Line yes{"--yes", N_("Do not ask")};

const std::vector<Group>& groups() {
  static const std::vector<Group> known{
      {N_("What is read"),
       {{.command = "source add",
         .synopsis = N_("source add [PLACE …]"),
         .what = N_("Add a folder, a file, a mail program or an IMAP account"),
         .more = N_("Nothing there is ever written to. Without a place, the folders of mail programs are looked for on "
                    "this machine. A folder left out is named by its path below the place; of Gmail's mail, also in a "
                    "Takeout, all that bears its label stays out. Mail that lies in another place too stays."),
         .terms = {},
         .options = {Line{N_("--except WHAT"), N_("Leave out a folder, an address or a domain; may be repeated. Said "
                                                  "again for a known source, it takes the place of what was said "
                                                  "before; `none` leaves out nothing any more")},
                     Line{N_("--password-command COMMAND"), N_("A command that prints the IMAP password")},
                     Line{N_("--certificate FILE"), N_("Trust this certificate of the IMAP server, or of the authority "
                                                       "that signed it, instead of the system's authorities (PEM)")}},
         .examples = {"source add ~/Mail --except Spam --except shop.example", "source add thunderbird",
                      "source add imaps://lea%40mill.example@imap.mill.example"}},
        {.command = "source list",
         .synopsis = "source list",
         .what = N_("List the sources and when they were read"),
         .more = {},
         .terms = {},
         .options = {},
         .examples = {"source list"}},
        {.command = "source remove",
         .synopsis = N_("source remove PLACE"),
         .what = N_("Remove a source and everything that only it holds from the index"),
         .more = N_("PLACE is what source list shows, or its number there. The mail itself is not touched."),
         .terms = {},
         .options = {yes},
         .examples = {"source remove 2", "source remove ~/Mail"}},
        {.command = "index",
         .synopsis = N_("index [PLACE …]"),
         .what = N_("Read what is new in the sources"),
         .more = N_("Ctrl-C stops it at once; the next run goes on where it stopped. Questions may be asked while it "
                    "runs."),
         .terms = {},
         .options = {Line{N_("--readers NUMBER"), N_("How many reader processes; else one for each core")}},
         .examples = {"index", "index ~/Mail"}},
        {.command = "status",
         .synopsis = "status",
         .what = N_("What is read, how fresh it is, what could not be read and why"),
         .more = {},
         .terms = {},
         .options = {},
         .examples = {"status"}}}},
      {N_("Answers"),
       {{.command = "who",
         .synopsis = N_("who NAME|ADDRESS"),
         .what = N_("What binds you and somebody"),
         .more = N_("A name may be without accents, reversed, a part of one, initials, a nickname, or have one wrong "
                    "letter."),
         .terms = {},
         .options = {},
         .examples = {"who helene vasseur", "who h.vasseur", "who lea@mill.example"}},
        {.command = "find",
         .synopsis = N_("find QUERY"),
         .what = N_("Find messages, meetings and contacts by their words"),
         .more = N_("All words must be there, in any order; accents and endings do not matter. In a shell the whole "
                    "stands between '…' where it has quotation marks or stars."),
         .terms = {Line{"\"annual report\"", N_("These words, one after the other")},
                   Line{"audit*", N_("Words that begin so")},
                   Line{"-draft", N_("What must not be there; also before the terms below")},
                   Line{N_("mill OR wheel"), N_("One or the other")},
                   Line{N_("from: to: with:"), N_("A name or an address: who wrote, who received it, either")},
                   Line{N_("subject:"), N_("A word of the subject")},
                   Line{N_("before: after:"), N_("A date: 2026, 2026-03 or 2026-03-09")},
                   Line{N_("in:"), N_("A folder or source")}, Line{N_("kind:"), N_("mail, event, contact")},
                   Line{N_("has:attachment"), N_("With files")}},
         .options = {limit, all, Line{"--with-quoted", N_("Also what only repeats a message that is found by itself")}},
         .examples = {"find invoice from:vasseur after:2025", "find '\"annual report\" audit* -draft'",
                      "find 'kind:event with:lea OR in:archive'"}},
        {.command = "show",
         .synopsis = N_("show ITEM"),
         .what = N_("Show one message, card or event whole"),
         .more = N_("ITEM is the number that who and find print as #123."),
         .terms = {},
         .options = {},
         .examples = {"show 123"}},
        {.command = "today",
         .synopsis = N_("today [settle | done|later|not-owed|never|yes NUMBER]"),
         .what = N_("Who waits for you, what you promised, whom to get back in touch with, whom you meet"),
         .more =
             N_("Each line is settled by one word and its number, or by one key in today settle. not-owed is "
                "remembered; later comes back in a week; never is for all that comes from them. A sentence of yours "
                "that promises is only proposed: it counts after a yes."),
         .terms = {},
         .options = {},
         .examples = {"today", "today settle", "today not-owed 2"}},
        {.command = "people",
         .synopsis = N_("people [NAME]"),
         .what = N_("Everybody, or those whom a name fits; the latest first"),
         .more = {},
         .terms = {},
         .options = {limit, all, Line{"--by strength", N_("The strongest ties first")}},
         .examples = {"people", "people bernard --all", "people --by strength"}}}},
      {N_("Who is who"),
       {{.command = "me",
         .synopsis = N_("me [ADDRESS …]"),
         .what = N_("Show which addresses are yours, or say it"),
         .more = N_("The addresses that are named are yours, and no others. Until that is confirmed, who is writing to "
                    "whom stays uncertain."),
         .terms = {},
         .options = {Line{"--yes", N_("Confirm all that are proposed")}},
         .examples = {"me", "me --yes", "me lea@mill.example lea.old@post.example"}},
        {.command = "questions",
         .synopsis = "questions",
         .what = N_("Who may be one person: what only you can settle"),
         .more = {},
         .terms = {},
         .options = {},
         .examples = {"questions"}},
        {.command = "same",
         .synopsis = N_("same A B"),
         .what = N_("Say that two are one person"),
         .more = N_("A and B are addresses or names; or a single number, that of a question."),
         .terms = {},
         .options = {},
         .examples = {"same 1", "same lea@mill.example lea.old@post.example"}},
        {.command = "different",
         .synopsis = N_("different A B"),
         .what = N_("Say that two are different persons"),
         .more = N_("A and B are addresses or names; or a single number, that of a question."),
         .terms = {},
         .options = {},
         .examples = {"different 1", "different lea@mill.example lea@post.example"}}}},
      {N_("Your own words"),
       {{.command = "note",
         .synopsis = N_("note NAME TEXT"),
         .what = N_("Write something down about somebody"),
         .more = N_("It stands in what who shows."),
         .terms = {},
         .options = {},
         .examples = {"note lea prefers the train", "note 'lea martin' prefers the train"}},
        {.command = "promise",
         .synopsis = N_("promise NAME TEXT [DATE]"),
         .what = N_("Write down what you promised, and for when"),
         .more = N_("The date ends the line, in English or French: tomorrow, Friday, in 3 days, 1 December, lundi, "
                    "2026-12-01, 01/12 (the day comes first)."),
         .terms = {},
         .options = {},
         .examples = {"promise lea the estimate by Friday", "promise lea@mill.example to call her 2026-12-01"}},
        {.command = "met",
         .synopsis = N_("met NAME [DATE] [TEXT]"),
         .what = N_("Write down that you met or called somebody"),
         .more = N_("Without a date, today. It counts as an exchange."),
         .terms = {},
         .options = {},
         .examples = {"met lea", "met lea yesterday at the fair"}},
        {.command = "undo",
         .synopsis = "undo",
         .what = N_("Take back what you said last"),
         .more =
             N_("The last same, different, note, promise, met, or key of Today; again and again, back to the first."),
         .terms = {},
         .options = {},
         .examples = {"undo"}}}},
      {N_("Keeping and leaving"),
       {{.command = "forget",
         .synopsis = N_("forget NAME|ADDRESS"),
         .what = N_("Forget somebody, for ever"),
         .more = N_("Mail from them or only with them goes from the index whole; their name and addresses go from all "
                    "other items. The next index does not bring them back. The mail itself is not touched."),
         .terms = {},
         .options = {yes},
         .examples = {"forget lea@mill.example"}},
        {.command = "backup",
         .synopsis = N_("backup FILE"),
         .what = N_("Write a copy of the private file"),
         .more = N_("FILE must not exist yet. An index may run meanwhile."),
         .terms = {},
         .options = {},
         .examples = {"backup ~/entregent.backup"}},
        {.command = "restore",
         .synopsis = N_("restore FILE"),
         .what = N_("Take a backup in place of the private file"),
         .more = N_("What was there before is kept beside it. An index run that is under way is stopped."),
         .terms = {},
         .options = {yes},
         .examples = {"restore ~/entregent.backup"}},
        {.command = "demo",
         .synopsis = N_("demo [FOLDER]"),
         .what = N_("Write an invented consultant's mail, cards and calendars to try all this on"),
         .more = N_("The folder must be empty or not exist. It is added as sources."),
         .terms = {},
         .options = {},
         .examples = {"--home /tmp/demo demo"}},
        {.command = "help",
         .synopsis = N_("help [COMMAND]"),
         .what = N_("Show this, or all about one command"),
         .more = {},
         .terms = {},
         .options = {},
         .examples = {"help find"}}}}};
  return known;
}

constexpr std::array<Line, 6> common_options{
    {{N_("--home FOLDER"), N_("Keep everything in this folder instead of the usual one")},
     {"--lang fr|en", N_("The language of the answer; else that of the system")},
     {"--json", N_("Answer as JSON, for programs")},
     {"--stats", N_("Say what the answer cost")},
     {"-h, --help", N_("Show this help and end")},
     {"--version", N_("Say which version this is and end")}}};

constexpr std::size_t left_width = 26;
constexpr std::size_t least_room = 24;

std::string indented(std::string_view text, std::size_t indent, std::size_t width) {
  std::string result;
  for (const auto& line : wrapped(text, width > indent + least_room ? width - indent : least_room))
    result += std::string(indent, ' ') + line + '\n';
  return result;
}

/// Two columns; a left side that is too long has a line of its own.
std::string two_columns(std::string_view left, std::string_view right, std::size_t width) {
  std::string text = indented(right, left_width + 4, width);
  const std::string begin = "  " + std::string(left);
  if (columns(begin) + 2 > left_width + 4) return begin + '\n' + text;
  return begin + text.substr(columns(begin));
}

std::string table(const Language& language, const std::string& title, std::span<const Line> lines, std::size_t width) {
  if (lines.empty()) return {};
  std::string text = '\n' + title + '\n';
  for (const auto& [left, right] : lines) text += two_columns(language.tr(left), language.tr(right), width);
  return text;
}

std::string whole(const Language& language, const CommandHelp& command, std::size_t width) {
  std::string text = "entregent " + language.tr(command.synopsis) + '\n';
  text += indented(language.tr(command.what), 2, width);
  if (!command.more.empty()) text += '\n' + indented(language.tr(command.more), 2, width);
  text += table(language, language.tr("What a query is made of"), command.terms, width);
  text += table(language, language.tr("Options"), command.options, width);
  text += '\n' + language.tr("For example") + '\n';
  for (const auto& example : command.examples)
    if (!example.empty()) text += "  entregent " + std::string(example) + '\n';
  return text;
}

}  // namespace

std::string overview(const Language& language, std::size_t width) {
  std::string text =
      indented(language.tr("Type a name, see what binds you to that person, out of your mail, contacts and calendars."),
               0, width);
  text += '\n' + language.tr("Usage: entregent [OPTIONS] COMMAND …") + '\n';
  for (const auto& group : groups()) {
    text += '\n' + language.tr(group.title) + '\n';
    for (const auto& command : group.commands)
      text += two_columns(language.tr(command.synopsis), language.tr(command.what), width);
  }
  text += table(language, language.tr("Options"), common_options, width);
  return text + '\n' + language.tr("All about one of them, with examples: entregent help COMMAND") + '\n';
}

std::optional<std::string> help_of(const Language& language, std::string_view command, std::size_t width) {
  std::string text;
  for (const auto& group : groups()) {
    for (const auto& known : group.commands) {
      const bool below = known.command.starts_with(command) && known.command.substr(command.size()).starts_with(' ');
      if (known.command != command && !below) continue;
      text += (text.empty() ? "" : "\n") + whole(language, known, width);
    }
  }
  if (text.empty()) return std::nullopt;
  return text;
}

}  // namespace entregent::cli
