// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include <pugixml.hpp>

#include "readers/notice_set.h"
#include "readers/zip_archive.h"

/// The XML inside documents. Entities of a document type are never resolved (pugixml knows the five of XML only), so
/// that no text can grow; nothing outside the bytes is opened.
namespace entregent::readers {

/// `w:p` → `p`: the prefix is the writer's choice.
std::string_view local_name(const pugi::xml_node& node);
/// The attribute of that local name; empty if there is none.
std::string_view attribute(const pugi::xml_node& node, std::string_view name);
/// The first child element of that local name.
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
/// All character data below a node, as it is.
std::string text_below(const pugi::xml_node& node);

enum class Blanks { between_words_only, all };

/// An entry of the archive, parsed; an empty document where there is none or it is no XML (then Notice::malformed).
/// What of it is deeper than limits::xml_depth is for the caller to pass over (see Depth). `xml` holds the tree.
bool load_part(ZipArchive& archive, std::string_view name, Blanks blanks, pugi::xml_document& xml, NoticeSet& notices);

/// `slides/../media/a.xml` below `ppt/` → `ppt/media/a.xml`; a leading `/` means the archive's root. Percent signs are
/// decoded.
std::string resolved_path(std::string_view folder, std::string_view target);
/// `ppt/slides/slide1.xml` → `ppt/slides/`.
std::string_view folder_of(std::string_view path);

}  // namespace entregent::readers
