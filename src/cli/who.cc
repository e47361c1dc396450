// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <ostream>

#include <fmt/format.h>

#include "cli/commands.h"
#include "cli/dossier_json.h"
#include "cli/exit_status.h"
#include "cli/meant.h"
#include "cli/months.h"
#include "cli/style.h"
#include "personal/dossier.h"
#include "personal/person_search.h"

namespace entregent::cli {
namespace {

using personal::Direction;
using personal::Dossier;

/// Prints one dossier, section by section; a section with nothing in it is left out.
class Printer {
 public:
  Printer(const Context& context, const Dossier& dossier, const TieAnswer& tie)
      : context_(context), language_(context.language), out_(*context.out), dossier_(dossier), tie_(tie) {}

  void print() {
    head();
    facts();
    if (dossier_.is_me) return;  // nobody writes to oneself
    sums();
    strength();
    owing();
    automatic();
    months();
    newest();
    files();
    meetings();
    documents();
    mentions();
    in_common();
    notes();
    promises();
    met();
  }

 private:
  void line(const std::string& text) { out_ << text << '\n'; }
  void heading(const std::string& text, const std::string& legend = {}) {
    out_ << '\n' << bold(context_, text) << (legend.empty() ? "" : "  ") << faint(context_, legend) << '\n';
  }
  [[nodiscard]] std::size_t width() const { return static_cast<std::size_t>(context_.width); }

  /// What it rests on stands beside a text, or below where there is no room.
  void with_source(const std::string& text, const std::string& source, std::size_t indent) {
    if (columns(text) + 2 + columns(source) <= width())
      return line(text + (source.empty() ? "" : "  ") + faint(context_, source));
    line(text);
    line(std::string(indent, ' ') + faint(context_, source));
  }

  void several_lines(const std::string& text, std::size_t most) {
    auto lines = wrapped(text, width() - 2);
    if (lines.size() > most) {
      lines.resize(most);
      lines.back() = fitted(lines.back() + " …", width() - 2);
    }
    for (const auto& part : lines) line("  " + part);
  }

  void head() {
    line(bold(context_, plain(dossier_.name)));
    if (dossier_.is_me) line(language_.tr("That is you."));
    if (!dossier_.human) line(language_.tr("An automatic or shared address, not a person."));
    if (dossier_.is_me)
      line(language_.tr("Those with whom you have to do are listed by: {0} people", context_.program));
    std::string others;
    for (const auto& name : dossier_.names) {
      if (name.name == dossier_.name) continue;
      others += (others.empty() ? "" : " · ") + plain(name.name);
    }
    if (!others.empty()) several_lines(language_.tr("also {0}", others), 3);
    std::size_t shown = 0;
    for (const auto& address : dossier_.addresses) {
      if (++shown > 8) break;
      with_source("  " + plain(address.address), address_use(address), 4);
    }
    if (dossier_.addresses.size() > 8)
      line("  " + language_.trn("and {0} more address", "and {0} more addresses",
                                static_cast<std::int64_t>(dossier_.addresses.size() - 8)));
  }

  [[nodiscard]] std::string address_use(const Dossier::Address& address) const {
    if (!address.first_at || !address.last_at) return {};
    const std::string first = date(context_, *address.first_at);
    const std::string last = date(context_, *address.last_at);
    if (first == last) return language_.trn("{0} time, {1}", "{0} times, {1}", address.seen, first);
    return language_.trn("{0} time, {1} – {2}", "{0} times, {1} – {2}", address.seen, first, last);
  }

  void facts() {
    std::size_t phones = 0;
    for (const auto& said : dossier_.said) {
      const auto label = label_of(said.kind);
      if (label.empty() || (said.kind == readers::FactKind::phone && ++phones > 4)) continue;
      with_source(fmt::format("  {}  {}", fitted(label, 10, Fill::yes), fitted(plain(said.value), room(context_, 14))),
                  seen_where(said), 14);
    }
  }

  [[nodiscard]] std::string label_of(readers::FactKind kind) const {
    using readers::FactKind;
    switch (kind) {
      case FactKind::company:
        return language_.tr("company");
      case FactKind::title:
        return language_.tr("title");
      case FactKind::phone:
        return language_.tr("phone");
      case FactKind::birthday:
        return language_.tr("birthday");
      default:
        return {};
    }
  }

  [[nodiscard]] std::string seen_where(const Dossier::Said& said) const {
    const std::string where = said.on_card ? language_.tr("card") : language_.tr("signature");
    const std::string when = said.at ? ", " + date(context_, *said.at) : std::string();
    return fmt::format("{}{} #{}", where, when, said.item.value);
  }

  void sums() {
    out_ << '\n';
    const auto mails = dossier_.incoming + dossier_.outgoing;
    const auto chats = dossier_.chat_incoming + dossier_.chat_outgoing;
    const auto total = mails + chats;
    if (total > 0) {
      if (mails > 0)
        line(language_.trn("{0} mail between you: {1} received, {2} sent.",
                           "{0} mails between you: {1} received, {2} sent.", mails, dossier_.incoming,
                           dossier_.outgoing));
      if (chats > 0)
        line(language_.trn("{0} chat message between you: {1} received, {2} sent.",
                           "{0} chat messages between you: {1} received, {2} sent.", chats, dossier_.chat_incoming,
                           dossier_.chat_outgoing));
      if (!dossier_.direction_certain)
        line(language_.tr("Direction uncertain: confirm your addresses with {0} me", context_.program));
      if (dossier_.first_at && dossier_.last_at) {
        const auto last_writer = dossier_.last_direction == Direction::outgoing ? language_.tr("you wrote last")
                                                                                : language_.tr("they wrote last");
        const std::string first = date(context_, *dossier_.first_at);
        const std::string last = date(context_, *dossier_.last_at);
        line(total == 1 ? language_.tr("On {0}; {1}.", first, last_writer)
                        : language_.tr("First on {0}, last on {1}; {2}.", first, last, last_writer));
      }
    } else {
      line(language_.tr("No mail between you two alone."));
    }
    if (dossier_.on_lists > 0)
      line(language_.trn("{0} message on mailing lists.", "{0} messages on mailing lists.", dossier_.on_lists));
    if (dossier_.between_others > 0)
      line(language_.trn("In {0} mail that others wrote.", "In {0} mails that others wrote.", dossier_.between_others));
  }

  /// Five steps and what speaks most for them.
  void strength() {
    const auto& tie = tie_.counts;
    const auto& state = tie_.state;
    if (state.step == 0) return;
    std::string steps;
    for (int i = 1; i <= 5; ++i) steps += i <= state.step ? "●" : "○";
    const auto exchanges = tie.incoming + tie.outgoing + tie.meetings;
    std::string text = language_.tr("Strength {0}:", steps) + ' ' +
                       language_.trn("{0} exchange", "{0} exchanges", exchanges) + ' ' +
                       language_.trn("over {0} week", "over {0} weeks", tie.weeks);
    text += language_.trn("; silent for {0} day", "; silent for {0} days", std::llround(state.silence));
    if (state.usual_gap > 0)
      text += language_.trn(", every {0} day as a rule", ", every {0} days as a rule", std::llround(state.usual_gap));
    if (tie.meetings > 0) text += language_.trn("; {0} meeting", "; {0} meetings", tie.meetings);
    for (const auto& part : wrapped(text, width())) line(part);
  }

  void owing() {
    if (const auto& reply = tie_.owing.by_me)
      with_source(language_.tr("You owe a reply: “{0}”", plain(reply->asks)), fmt::format("#{}", reply->item.value), 2);
    if (const auto& reply = tie_.owing.by_them)
      with_source(language_.tr("They owe you a reply: “{0}”", plain(reply->asks)),
                  fmt::format("#{}", reply->item.value), 2);
  }

  void automatic() {
    if (dossier_.automatic > 0)
      line(language_.trn("{0} automatic message.", "{0} automatic messages.", dossier_.automatic));
  }

  void months() {
    if (dossier_.months.empty()) return;
    out_ << '\n';
    for (const auto& text : month_chart(context_, dossier_.months)) line(text);
  }

  [[nodiscard]] static std::string_view arrow(Direction direction) {
    switch (direction) {
      case Direction::incoming:
        return "←";
      case Direction::outgoing:
        return "→";
      case Direction::between_others:
        return "·";
    }
    return " ";
  }

  void item_line(const std::string& date, std::string_view sign, const std::string& text, personal::ItemId item) {
    const std::string number = fmt::format("#{}", item.value);
    const std::size_t left = room(context_, 6 + date_width(context_) + number.size());
    line(fmt::format("  {} {} {} {}", date, sign, fitted(text, left, Fill::yes), faint(context_, number)));
  }

  void newest() {
    if (dossier_.newest.empty()) return;
    heading(language_.tr("Newest exchanges"), language_.tr("← received, → sent"));
    for (const auto& exchange : dossier_.newest) {
      const std::string title = exchange.title.empty() ? language_.tr("(no subject)") : plain(exchange.title);
      item_line(date_column(context_, exchange.at), arrow(exchange.direction), title, exchange.item);
    }
  }

  void files() {
    if (dossier_.files.empty()) return;
    heading(dossier_.files_more ? language_.tr("More than {0} files exchanged", language_.number(dossier_.files_total))
                                : language_.trn("{0} file exchanged", "{0} files exchanged", dossier_.files_total));
    for (const auto& file : dossier_.files) {
      item_line(date_column(context_, file.at), arrow(file.direction),
                plain(file.file.name) + "  " + language_.size(static_cast<std::int64_t>(file.file.bytes)), file.item);
    }
  }

  void meetings() {
    if (dossier_.meetings.empty()) return;
    heading(language_.trn("{0} meeting", "{0} meetings", dossier_.meetings_total));
    for (const auto& meeting : dossier_.meetings) {
      std::string text = plain(meeting.title);
      if (!meeting.location.empty()) text += ", " + plain(meeting.location);
      if (meeting.times > 1) text += language_.tr(" ({0} times)", meeting.times);
      if (meeting.cancelled) text += language_.tr(" (cancelled)");
      // An all-day event is a date without zone: it must not move by the zone of the machine.
      if (meeting.when.all_day) {
        const auto day = std::chrono::floor<std::chrono::days>(meeting.when.start);
        item_line(day_column(context_, day), " ", text, meeting.item);
      } else {
        item_line(date_column(context_, meeting.when.start), " ", text, meeting.item);
      }
    }
  }

  void documents() {
    if (dossier_.documents.empty()) return;
    heading(language_.trn("{0} document they wrote or saved", "{0} documents they wrote or saved",
                          dossier_.documents_total));
    for (const auto& document : dossier_.documents) {
      const std::string title = document.title.empty() ? language_.tr("(no title)") : plain(document.title);
      const bool attached = document.kind == readers::ItemKind::mail;
      item_line(date_column(context_, document.at), " ", attached ? language_.tr("attached to: {0}", title) : title,
                document.item);
    }
  }

  void mentions() {
    if (dossier_.mentions.empty()) return;
    heading(language_.tr("Mentioned in other people's mail and documents"));
    for (const auto& mention : dossier_.mentions) {
      item_line(date_column(context_, mention.at), " ",
                language_.tr("{0}: {1}", plain(mention.by), plain(mention.title)), mention.item);
      if (!mention.snippet.empty()) line("      " + faint(context_, fitted(plain(mention.snippet), width() - 8)));
    }
  }

  void in_common() {
    if (dossier_.in_common.empty()) return;
    heading(language_.tr("People in common"));
    std::string text;
    for (const auto& common : dossier_.in_common)
      text += (text.empty() ? "" : " · ") + fmt::format("{}\u00A0({})", plain(common.name), common.items);
    several_lines(text, 3);
  }

  void notes() {
    if (dossier_.notes.empty()) return;
    heading(language_.tr("Notes"));
    for (const auto& note : dossier_.notes) line("  " + plain(note));
  }

  void promises() {
    if (dossier_.promises.empty()) return;
    heading(language_.tr("What you promised"));
    for (const auto& promise : dossier_.promises) {
      const std::string when = promise.due ? language_.short_date(*promise.due) : language_.tr("some day");
      with_source((promise.kept ? "  ✓ " : "  · ") + plain(promise.text), when, 4);
    }
  }

  void met() {
    if (dossier_.met.empty()) return;
    heading(language_.tr("When you met, as you told"));
    for (const auto& met : dossier_.met) line("  " + day_column(context_, met.day) + " " + plain(met.text));
  }

  const Context& context_;
  const Language& language_;
  std::ostream& out_;
  const Dossier& dossier_;
  const TieAnswer& tie_;
};

void print_others(const Context& context, personal::Store& store, const std::vector<personal::PersonHit>& hits) {
  if (hits.empty()) return;
  *context.out << '\n' << context.language.tr("The name may also mean:") << '\n';
  constexpr std::size_t most = 8;
  for (std::size_t i = 0; i < std::min(hits.size(), most); ++i)
    *context.out << person_line(context, store, hits[i]) << '\n';
  if (hits.size() > most)
    *context.out << context.language.trn("  and {0} more", "  and {0} more",
                                         static_cast<std::int64_t>(hits.size() - most))
                 << '\n';
}

ExitStatus nobody(const Context& context, personal::Store& store, const std::string& name) {
  const auto coverage = personal::coverage(store);
  if (context.json) {
    *context.out << nobody_json(coverage);
    return status_nothing_found;
  }
  *context.out << context.language.tr("Nobody by the name of “{0}” is in the index.", plain(name)) << '\n'
               << faint(context, coverage_line(context, coverage)) << '\n';
  if (coverage.sources == 0)
    *context.out << context.language.tr("Nothing is read yet; begin with: {0} source add FOLDER", context.program)
                 << '\n';
  return status_nothing_found;
}

}  // namespace

ExitStatus who(const Context& context, const Arguments& arguments) {
  auto store = context.open();
  const auto moment = store.one_moment();
  const std::string name = joined(arguments.words);
  const auto hits = personal::find_persons(store, name);
  if (hits.empty()) return nobody(context, store, name);
  const auto dossier = personal::make_dossier(store, hits.front().person, context.clock->now());
  const auto also = also_meant(hits);
  const TieAnswer tie = tie_answer(context, store, hits.front().person);
  if (context.json) {
    *context.out << dossier_json(store, dossier, tie, also);
    print_stats(context, store);
    return 0;
  }
  Printer(context, dossier, tie).print();
  print_others(context, store, also);
  *context.out << '\n' << faint(context, coverage_line(context, dossier.coverage)) << '\n';
  print_stats(context, store);
  return 0;
}

}  // namespace entregent::cli
