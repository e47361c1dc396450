// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/exports/contact_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "base/digest.h"
#include "base/text.h"
#include "base/time.h"
#include "readers/item_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

/// Google puts several values of one kind into one cell.
std::vector<std::string_view> values_in(std::string_view cell) {
  constexpr std::string_view joint = " ::: ";
  std::vector<std::string_view> values;
  for (;;) {
    const auto end = cell.find(joint);
    const auto value = trimmed(cell.substr(0, end));
    if (!value.empty()) values.push_back(value);
    if (end == std::string_view::npos) return values;
    cell.remove_prefix(end + joint.size());
  }
}

/// `/o=First/ou=…/cn=…` is Exchange's own name of a mailbox.
bool is_mail_address(std::string_view text) {
  return !text.starts_with('/') && !mail_address(text).empty();
}

/// `1980-03-09`, ` --03-09`, `3/9/1980` (as Outlook's American writes it) …; empty where the day is not certain.
std::string certain_birthday(std::string_view text) {
  if (const auto day = parse_iso_day(text)) return iso_day(*day);
  text = trimmed(text);
  if (text.size() == 7 && text.starts_with("--") && text[4] == '-') return std::string(text);
  std::array<int, 3> parts{};
  const char* at = text.data();
  const char* const end = text.data() + text.size();
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [next, error] = std::from_chars(at, end, parts.at(i));
    if (error != std::errc()) return {};
    at = next;
    if (i < 2 && (at == end || (*at != '/' && *at != '.'))) return {};
    if (i < 2) ++at;
  }
  // Day and month cannot be told apart where both are at most 12 and differ.
  const auto [first, second, year] = parts;
  if (at != end || year < 1900 || year > 2100 || first < 1 || second < 1) return {};
  if (first <= 12 && second <= 12 && first != second) return {};
  const int month = first > 12 ? second : first, day = first > 12 ? first : second;
  const std::string iso = fmt::format("{:04}-{:02}-{:02}", year, month, day);
  return parse_iso_day(iso) ? iso : std::string();
}

class RowReader {
 public:
  RowReader(const std::vector<std::string>& row, const ContactLayout& layout) : row_(row), layout_(layout) {
    item_.kind = ItemKind::contact;
  }

  /// Nothing for a row that names nobody.
  std::optional<ExtractedItem> read() {
    for (const auto& column : layout_.columns)
      if (column.index < row_.size() && !row_[column.index].empty()) take(column, row_[column.index]);
    const std::string name = squeezed(full_.empty() ? first_ + ' ' + middle_ + ' ' + last_ : full_);
    if (is_exchange_name_) addresses_.clear();
    if (name.empty() && addresses_.empty()) return std::nullopt;
    item_.title = one_line(item_, name.empty() ? addresses_.front() : name);
    const std::string party = mail_address(name).empty() ? name : std::string();
    for (const auto& address : addresses_) add_party(item_, Role::card, party, address);
    if (!profile_.empty()) add_party(item_, Role::card, party, profile_);
    if (item_.parties.empty()) add_party(item_, Role::card, party, {});
    item_.content_hash = identity(name);
    return std::move(item_);
  }

 private:
  void take(const ContactColumn& column, const std::string& cell) {
    switch (column.field) {
      case ContactField::full_name:
        full_ = full_.empty() ? cell : full_;
        return;
      case ContactField::first_name:
        first_ = cell;
        return;
      case ContactField::middle_name:
        middle_ = cell;
        return;
      case ContactField::last_name:
        last_ = cell;
        return;
      case ContactField::email:
        for (const auto value : values_in(cell))
          if (is_mail_address(value)) addresses_.push_back(mail_address(value));
        return;
      case ContactField::email_type:
        is_exchange_name_ = is_exchange_name_ || cell == "EX";
        return;
      case ContactField::profile:
        profile_ = cell;
        return add_fact(item_, FactKind::url, cell, "profile");
      case ContactField::birthday:
        return add_fact(item_, FactKind::birthday, certain_birthday(cell));
      case ContactField::label:
        return labels(cell);
      default:
        return fact(column, cell);
    }
  }

  /// `* myContacts ::: Clients`, `Clients;Amis`.
  void labels(std::string_view cell) {
    for (auto value : values_in(cell))
      while (!value.empty()) {
        const auto end = value.find(';');
        auto label = trimmed(value.substr(0, end));
        if (label.starts_with('*')) label = trimmed(label.substr(1));
        if (folded(label) != "mycontacts") add_label(item_, label);
        value = end == std::string_view::npos ? std::string_view() : value.substr(end + 1);
      }
  }

  void fact(const ContactColumn& column, const std::string& cell) {
    if (column.field == ContactField::note) return add_fresh_text(item_, cell);
    if (column.field == ContactField::connected_on) return add_fact(item_, FactKind::other, cell, "connected on");
    for (const auto value : values_in(cell)) {
      if (column.field == ContactField::company && company_.empty()) company_ = value;
      add_fact(item_, kind_of(column.field), squeezed(value), column.detail);
    }
  }

  static FactKind kind_of(ContactField field) {
    switch (field) {
      case ContactField::phone:
        return FactKind::phone;
      case ContactField::company:
        return FactKind::company;
      case ContactField::department:
        return FactKind::department;
      case ContactField::title:
        return FactKind::title;
      case ContactField::url:
        return FactKind::url;
      case ContactField::nickname:
        return FactKind::nickname;
      case ContactField::former_name:
        return FactKind::former_name;
      case ContactField::postal_address:
        return FactKind::postal_address;
      default:
        return FactKind::other;
    }
  }

  [[nodiscard]] Digest identity(const std::string& name) const {
    const std::string kind = "row " + std::to_string(static_cast<int>(layout_.kind)) + '\n';
    std::string profile = lower(profile_);
    while (profile.ends_with('/')) profile.pop_back();
    if (!profile.empty()) return digest(kind + "profile\n" + profile);
    if (!addresses_.empty()) return digest(kind + "address\n" + lower(addresses_.front()));
    return digest(kind + "name\n" + folded(name) + '\n' + folded(company_));
  }

  const std::vector<std::string>& row_;
  const ContactLayout& layout_;
  ExtractedItem item_;
  std::string full_, first_, middle_, last_, company_, profile_;
  std::vector<std::string> addresses_;
  bool is_exchange_name_ = false;
};

}  // namespace

void read_contact_rows(const std::vector<std::vector<std::string>>& rows, const ContactLayout& layout,
                       ExportItems& result) {
  TableReport report{.kind = layout.kind};
  std::set<Digest> seen;
  for (std::size_t i = layout.header + 1; i < rows.size(); ++i) {
    ++report.rows;
    auto item = RowReader(rows[i], layout).read();
    if (!item) {
      ++report.nameless;
    } else if (!seen.insert(item->content_hash).second) {
      ++report.repeated;
    } else {
      ++report.used;
      result.items.push_back(*std::move(item));
    }
  }
  result.tables.push_back(report);
}

}  // namespace entregent::readers
