// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

/// Small but real files: what opens them finds what it expects.
namespace entregent::demo {

/// The media type that the end of a file's name promises.
std::string media_type_of(std::string_view file_name);

/// A file of that kind with a line of text in it; the kind is told by the name: pdf, docx, xlsx, odt, png, csv, txt.
std::string file_bytes(std::string_view file_name, std::string_view line);

/// [MS-OXTNEF]: a `winmail.dat` holding one file.
std::string tnef(std::string_view subject, std::string_view file_name, std::string_view bytes);

/// A zip of stored files.
struct ZipEntry {
  std::string name, bytes;
};
std::string zip(const std::vector<ZipEntry>& entries);

/// Something that looks like an OpenPGP message; nobody has the key, not even the writer.
std::string pgp_armor(std::string_view words);

}  // namespace entregent::demo
