// SPDX-License-Identifier: AGPL-3.0-or-later
#include "cli/months.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "cli/style.h"

namespace entregent::cli {
namespace {

using Month = personal::Dossier::Month;

constexpr std::array<std::string_view, 9> bars = {"·", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};

std::string_view bar(std::int64_t count, std::int64_t most) {
  if (count == 0) return bars[0];
  return bars[static_cast<std::size_t>(1 + (count * 7 + most - 1) / most)];
}

/// Sums of `step` months each, the last one ending with the last month.
std::vector<Month> taken_together(const std::vector<Month>& months, std::size_t step) {
  if (step <= 1) return months;
  std::vector<Month> result;
  const std::size_t lead = (step - months.size() % step) % step;
  for (std::size_t i = 0; i < months.size(); ++i) {
    if ((i + lead) % step == 0 || i == 0) result.push_back({.month = months[i].month});
    result.back().incoming += months[i].incoming;
    result.back().outgoing += months[i].outgoing;
  }
  return result;
}

/// `2024` where a year begins and there is room for it.
std::string year_line(const std::vector<Month>& months) {
  std::string line(months.size() + 4, ' ');
  std::size_t free_from = 0;
  for (std::size_t i = 0; i < months.size(); ++i) {
    const bool begins = i == 0 || months[i].month.year() != months[i - 1].month.year();
    const bool room_for_first =
        i != 0 || months.size() < 5 ||
        months[std::min<std::size_t>(4, months.size() - 1)].month.year() == months[0].month.year();
    if (!begins || i < free_from || !room_for_first) continue;
    const std::string year = fmt::format("{:04}", static_cast<int>(months[i].month.year()));
    line.replace(i, year.size(), year);
    free_from = i + 5;
  }
  while (!line.empty() && line.back() == ' ') line.pop_back();
  return line;
}

}  // namespace

std::vector<std::string> month_chart(const Context& context, const std::vector<Month>& months) {
  const auto& language = context.language;
  const std::string received = language.tr("received");
  const std::string sent = language.tr("sent");
  const std::size_t label = std::max(columns(received), columns(sent)) + 2;
  const std::size_t room = static_cast<std::size_t>(context.width) - label - 12;
  const std::size_t step = (months.size() + room - 1) / room;
  const auto shown = taken_together(months, step);
  std::int64_t most = 1;
  for (const auto& month : shown) most = std::max({most, month.incoming, month.outgoing});
  std::string in_line;
  std::string out_line;
  for (const auto& month : shown) {
    in_line += bar(month.incoming, most);
    out_line += bar(month.outgoing, most);
  }
  std::vector<std::string> lines;
  lines.push_back("  " + std::string(label, ' ') + faint(context, year_line(shown)));
  lines.push_back("  " + fitted(received, label, Fill::yes) + in_line);
  lines.push_back("  " + fitted(sent, label, Fill::yes) + out_line);
  const std::string scale = language.trn("tallest bar: {0} mail", "tallest bar: {0} mails", most);
  lines.push_back("  " + std::string(label, ' ') +
                  faint(context, step > 1
                                     ? language.tr("each bar: {0} months; {1}", static_cast<std::int64_t>(step), scale)
                                     : language.tr("each bar: one month; {0}", scale)));
  return lines;
}

}  // namespace entregent::cli
