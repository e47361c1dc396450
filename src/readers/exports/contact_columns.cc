// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/exports/contact_columns.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"

namespace entregent::readers {
namespace {

struct KnownHeader {
  std::string_view words;  ///< folded; figures stand as #
  ContactField field;
  std::string_view detail = {};
};

// LinkedIn, Google of both generations, Outlook in English and French, Thunderbird, and what people call columns.
constexpr std::array known_headers{KnownHeader{"first name", ContactField::first_name},
                                   KnownHeader{"given name", ContactField::first_name},
                                   KnownHeader{"prenom", ContactField::first_name},
                                   KnownHeader{"middle name", ContactField::middle_name},
                                   KnownHeader{"additional name", ContactField::middle_name},
                                   KnownHeader{"deuxieme prenom", ContactField::middle_name},
                                   KnownHeader{"last name", ContactField::last_name},
                                   KnownHeader{"family name", ContactField::last_name},
                                   KnownHeader{"surname", ContactField::last_name},
                                   KnownHeader{"nom", ContactField::last_name},
                                   KnownHeader{"nom de famille", ContactField::last_name},
                                   KnownHeader{"maiden name", ContactField::former_name},
                                   KnownHeader{"nom de jeune fille", ContactField::former_name},
                                   KnownHeader{"name", ContactField::full_name},
                                   KnownHeader{"full name", ContactField::full_name},
                                   KnownHeader{"display name", ContactField::full_name},
                                   KnownHeader{"nom complet", ContactField::full_name},
                                   KnownHeader{"nom a afficher", ContactField::full_name},
                                   KnownHeader{"nickname", ContactField::nickname},
                                   KnownHeader{"surnom", ContactField::nickname},
                                   KnownHeader{"email", ContactField::email},
                                   KnownHeader{"e-mail", ContactField::email},
                                   KnownHeader{"email address", ContactField::email},
                                   KnownHeader{"e-mail address", ContactField::email},
                                   KnownHeader{"e-mail # address", ContactField::email},
                                   KnownHeader{"e-mail # - value", ContactField::email},
                                   KnownHeader{"primary email", ContactField::email},
                                   KnownHeader{"secondary email", ContactField::email},
                                   KnownHeader{"courriel", ContactField::email},
                                   KnownHeader{"mail", ContactField::email},
                                   KnownHeader{"adresse mail", ContactField::email},
                                   KnownHeader{"adresse e-mail", ContactField::email},
                                   KnownHeader{"adresse email", ContactField::email},
                                   KnownHeader{"adresse electronique", ContactField::email},
                                   KnownHeader{"adresse electronique principale", ContactField::email},
                                   KnownHeader{"adresse electronique secondaire", ContactField::email},
                                   KnownHeader{"premiere adresse electronique", ContactField::email},
                                   KnownHeader{"adresse electronique supplementaire", ContactField::email},
                                   KnownHeader{"adresse de messagerie", ContactField::email},
                                   KnownHeader{"adresse de messagerie #", ContactField::email},
                                   KnownHeader{"adresse de courriel", ContactField::email},
                                   KnownHeader{"e-mail type", ContactField::email_type},
                                   KnownHeader{"e-mail # type", ContactField::email_type},
                                   KnownHeader{"type de messagerie", ContactField::email_type},
                                   KnownHeader{"type de messagerie #", ContactField::email_type},
                                   KnownHeader{"phone", ContactField::phone},
                                   KnownHeader{"phone number", ContactField::phone},
                                   KnownHeader{"phone # - value", ContactField::phone},
                                   KnownHeader{"primary phone", ContactField::phone},
                                   KnownHeader{"business phone", ContactField::phone, "work"},
                                   KnownHeader{"business phone #", ContactField::phone, "work"},
                                   KnownHeader{"company main phone", ContactField::phone, "work"},
                                   KnownHeader{"work phone", ContactField::phone, "work"},
                                   KnownHeader{"home phone", ContactField::phone, "home"},
                                   KnownHeader{"home phone #", ContactField::phone, "home"},
                                   KnownHeader{"mobile phone", ContactField::phone, "mobile"},
                                   KnownHeader{"mobile number", ContactField::phone, "mobile"},
                                   KnownHeader{"mobile", ContactField::phone, "mobile"},
                                   KnownHeader{"other phone", ContactField::phone},
                                   KnownHeader{"telephone", ContactField::phone},
                                   KnownHeader{"tel", ContactField::phone},
                                   KnownHeader{"tel.", ContactField::phone},
                                   KnownHeader{"portable", ContactField::phone, "mobile"},
                                   KnownHeader{"tel. mobile", ContactField::phone, "mobile"},
                                   KnownHeader{"numero de portable", ContactField::phone, "mobile"},
                                   KnownHeader{"telephone mobile", ContactField::phone, "mobile"},
                                   KnownHeader{"portable/mobile", ContactField::phone, "mobile"},
                                   KnownHeader{"telephone (bureau)", ContactField::phone, "work"},
                                   KnownHeader{"telephone # (bureau)", ContactField::phone, "work"},
                                   KnownHeader{"tel. professionnel", ContactField::phone, "work"},
                                   KnownHeader{"tel. bureau", ContactField::phone, "work"},
                                   KnownHeader{"telephone (domicile)", ContactField::phone, "home"},
                                   KnownHeader{"telephone # (domicile)", ContactField::phone, "home"},
                                   KnownHeader{"tel. domicile", ContactField::phone, "home"},
                                   KnownHeader{"tel. personnel", ContactField::phone, "home"},
                                   KnownHeader{"company", ContactField::company},
                                   KnownHeader{"organization", ContactField::company},
                                   KnownHeader{"organisation", ContactField::company},
                                   KnownHeader{"organization name", ContactField::company},
                                   KnownHeader{"organization # - name", ContactField::company},
                                   KnownHeader{"societe", ContactField::company},
                                   KnownHeader{"entreprise", ContactField::company},
                                   KnownHeader{"department", ContactField::department},
                                   KnownHeader{"organization department", ContactField::department},
                                   KnownHeader{"organization # - department", ContactField::department},
                                   KnownHeader{"service", ContactField::department},
                                   KnownHeader{"position", ContactField::title},
                                   KnownHeader{"job title", ContactField::title},
                                   KnownHeader{"organization title", ContactField::title},
                                   KnownHeader{"organization # - title", ContactField::title},
                                   KnownHeader{"profession", ContactField::title},
                                   KnownHeader{"fonction", ContactField::title},
                                   KnownHeader{"poste", ContactField::title},
                                   KnownHeader{"url", ContactField::url},
                                   KnownHeader{"website", ContactField::url},
                                   KnownHeader{"web page", ContactField::url},
                                   KnownHeader{"web page #", ContactField::url},
                                   KnownHeader{"website # - value", ContactField::url},
                                   KnownHeader{"page web", ContactField::url},
                                   KnownHeader{"site web", ContactField::url},
                                   KnownHeader{"birthday", ContactField::birthday},
                                   KnownHeader{"anniversaire", ContactField::birthday},
                                   KnownHeader{"date de naissance", ContactField::birthday},
                                   KnownHeader{"notes", ContactField::note},
                                   KnownHeader{"note", ContactField::note},
                                   KnownHeader{"remarques", ContactField::note},
                                   KnownHeader{"address # - formatted", ContactField::postal_address},
                                   KnownHeader{"address", ContactField::postal_address},
                                   KnownHeader{"adresse", ContactField::postal_address},
                                   KnownHeader{"labels", ContactField::label},
                                   KnownHeader{"group membership", ContactField::label},
                                   KnownHeader{"categories", ContactField::label},
                                   KnownHeader{"connected on", ContactField::connected_on}};

/// `E-mail 2 Address` → `e-mail # address`.
std::string header_words(std::string_view header) {
  std::string words = squeezed(folded(header));
  for (char& c : words)
    if (c >= '0' && c <= '9') c = '#';
  for (auto at = words.find("##"); at != std::string::npos; at = words.find("##")) words.erase(at, 1);
  if (words.starts_with('*')) words = std::string(trimmed(words.substr(1)));
  return words;
}

using Headers = std::set<std::string>;

bool has_all(const Headers& headers, std::initializer_list<const char*> wanted) {
  return std::ranges::all_of(wanted, [&](const char* one) { return headers.contains(one); });
}

ExportKind kind_of(const Headers& headers) {
  if (has_all(headers, {"first name", "last name", "company", "position", "connected on"}))
    return ExportKind::linkedin_connections;
  if (has_all(headers, {"given name", "e-mail # - value"})) return ExportKind::google_old;
  if (has_all(headers, {"first name", "e-mail # - value"})) return ExportKind::google;
  if (has_all(headers, {"primary email"}) || has_all(headers, {"premiere adresse electronique"}) ||
      has_all(headers, {"adresse electronique principale"}))
    return ExportKind::thunderbird;
  if (has_all(headers, {"first name", "e-mail address", "business phone"}) ||
      has_all(headers, {"prenom", "adresse de messagerie"}))
    return ExportKind::outlook;
  return ExportKind::other;
}

/// A header of people names somebody: by name, or by address.
bool names_people(const std::vector<ContactColumn>& columns) {
  const auto has = [&](ContactField field) {
    return std::ranges::any_of(columns, [&](const ContactColumn& one) { return one.field == field; });
  };
  return (has(ContactField::full_name) || has(ContactField::last_name) || has(ContactField::first_name)) &&
         columns.size() >= 2 &&
         (has(ContactField::email) || has(ContactField::phone) || has(ContactField::company) ||
          has(ContactField::connected_on));
}

}  // namespace

std::optional<ContactColumn> contact_column(std::string_view header) {
  const std::string words = header_words(header);
  const auto found = std::ranges::find(known_headers, words, &KnownHeader::words);
  if (found == known_headers.end()) return std::nullopt;
  return ContactColumn{.index = 0, .field = found->field, .detail = std::string(found->detail)};
}

std::optional<ContactLayout> contact_layout(const std::vector<std::vector<std::string>>& rows) {
  constexpr std::size_t most_preamble = 12;
  for (std::size_t i = 0; i < std::min(rows.size(), most_preamble); ++i) {
    ContactLayout layout{.kind = ExportKind::other, .header = i, .columns = {}};
    Headers headers;
    for (std::size_t at = 0; at < rows[i].size(); ++at) {
      headers.insert(header_words(rows[i][at]));
      if (auto column = contact_column(rows[i][at])) {
        column->index = at;
        layout.columns.push_back(*std::move(column));
      }
    }
    if (!names_people(layout.columns)) continue;
    layout.kind = kind_of(headers);
    if (layout.kind == ExportKind::linkedin_connections)
      for (auto& column : layout.columns)
        if (column.field == ContactField::url) column.field = ContactField::profile;
    return layout;
  }
  return std::nullopt;
}

}  // namespace entregent::readers
