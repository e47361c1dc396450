// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "readers/extracted_item.h"

/// Small steps that every reader of cards and events takes; they keep the promises of extracted_item.h.
namespace entregent::readers {

/// Adds a notice in its place, once.
void note(ExtractedItem& item, Notice notice);

/// `text` cut to `max_bytes` (Notice::truncated).
std::string capped(ExtractedItem& item, std::string_view text, std::size_t max_bytes);

/// One line: white space squeezed, cut to limits::header_bytes.
std::string one_line(ExtractedItem& item, std::string_view text);

/// Adds a fact once; empty values are passed over. Notes may have limits::section_bytes, others limits::header_bytes.
void add_fact(ExtractedItem& item, FactKind kind, std::string_view value, std::string_view detail = {});

/// Adds a party, once per role and address (any case), or per role and name where it has no address.
void add_party(ExtractedItem& item, Role role, std::string_view name, std::string_view address);

/// Adds words of the source as fresh text, behind what is there.
void add_fresh_text(ExtractedItem& item, std::string_view text);

void add_label(ExtractedItem& item, std::string_view label);

/// An address out of `mailto:a@b`, `MAILTO:%61@b`, `Name <a@b>` or plain; empty if there is none (no `@` with something
/// on both sides).
std::string mail_address(std::string_view text);

}  // namespace entregent::readers
