// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entregent::readers {

/// What a column of a table of contacts says of its person.
enum class ContactField : std::uint8_t {
  full_name,
  first_name,
  middle_name,
  last_name,
  former_name,
  nickname,
  email,
  email_type,  ///< Outlook: `EX` where the address beside it is none
  phone,
  company,
  department,
  title,
  url,      ///< of their own
  profile,  ///< on the platform: what identifies the row
  birthday,
  note,
  postal_address,
  label,
  connected_on,
};

struct ContactColumn {
  std::size_t index = 0;
  ContactField field = ContactField::full_name;
  std::string detail;  ///< a label: `work`, `mobile`
};

/// Whose export a table is.
enum class ExportKind : std::uint8_t {
  other = 0,  ///< somebody's own table, read by a map or by guess
  linkedin_connections = 1,
  google = 2,
  google_old = 3,
  outlook = 4,
  thunderbird = 5,
  linkedin_messages = 6,  ///< and its other tables of what people wrote
};

struct ContactLayout {
  ExportKind kind = ExportKind::other;
  std::size_t header = 0;  ///< the row that names the columns: some exports put words before it
  std::vector<ContactColumn> columns;
};

/// What the first rows say the table is: by its header (English or French), never by its name. Nothing for a table that
/// names no people as far as anybody can tell.
std::optional<ContactLayout> contact_layout(const std::vector<std::vector<std::string>>& rows);

/// The field that a header's words mean in English or French (`Courriel`, `E-mail 2 Address`, `Tél. mobile`).
std::optional<ContactColumn> contact_column(std::string_view header);

}  // namespace entregent::readers
