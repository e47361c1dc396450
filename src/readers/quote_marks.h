// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

/// What single lines of mail say about the text around them. Lines are valid UTF-8 without their ends.
namespace entregent::readers {

/// How many bytes of `> `, `>> `, `| > `, `JD> ` stand before the quoted words; 0 if the line is not quoted.
std::size_t quote_prefix(std::string_view line);

/// "On Monday, Jean", "Le 5 janvier", "Am 05.01.": how an attribution begins.
bool begins_attribution(std::string_view line);
/// How one ends: with a verb of writing and a colon ("a écrit :"), with a colon after an address, a date or a time
/// only, or in the rest of a name that was too long for the line.
enum class Attribution : std::uint8_t { none, name, colon, verb };
Attribution attribution_end(std::string_view line);
/// "wrote", "a écrit", "schrieb" …
bool has_verb_of_writing(std::string_view line);

/// "-----Original Message-----", "---------- Forwarded message ----------", "Début du message réexpédié :" …
bool is_history_banner(std::string_view line);
/// "----- End forwarded message -----"
bool is_history_end(std::string_view line);
/// "From: …", "De : …", "*Von:* …": how the header block of Outlook begins.
bool is_from_label(std::string_view line);
/// "Sent:", "Envoyé :", "An:", "Asunto:" …
bool is_header_label(std::string_view line);

/// A line of hyphens or underscores.
bool is_rule(std::string_view line);
/// What list servers write under such a line.
bool is_list_line(std::string_view line);
/// "Sent from my iPhone", "Envoyé de mon mobile", "Get Outlook for Android".
bool is_device_line(std::string_view line);
/// "Cordialement,", "Best regards" …: alone on its line.
bool is_closing_line(std::string_view line);

}  // namespace entregent::readers
