// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/documents/xml_part.h"

#include <vector>

#include "readers/limits.h"
#include "readers/transfer_decoding.h"

namespace entregent::readers {
namespace {

std::string_view without_prefix(std::string_view name) {
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

void append_text(const pugi::xml_node& node, std::size_t depth, std::string& text) {
  for (const auto& part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata)
      text += part.value();
    else if (depth < limits::xml_depth)
      append_text(part, depth + 1, text);
  }
}

}  // namespace

std::string_view local_name(const pugi::xml_node& node) {
  return without_prefix(node.name());
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name) {
  for (const auto& one : node.attributes())
    if (without_prefix(one.name()) == name) return one.value();
  return {};
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const auto& one : node.children())
    if (local_name(one) == name) return one;
  return {};
}

std::string text_below(const pugi::xml_node& node) {
  std::string text;
  append_text(node, 0, text);
  return text;
}

bool load_part(ZipArchive& archive, std::string_view name, Blanks blanks, pugi::xml_document& xml, NoticeSet& notices) {
  if (!archive.holds(name)) return false;
  const auto bytes = archive.read(name, limits::xml_bytes);
  if (!bytes) {
    notices.add(bytes.error().code == ErrorCode::malformed ? Notice::malformed : Notice::truncated);
    return false;
  }
  const unsigned options = blanks == Blanks::all ? pugi::parse_default | pugi::parse_ws_pcdata
                                                 : pugi::parse_default | pugi::parse_ws_pcdata_single;
  const auto result = xml.load_buffer(bytes->data(), bytes->size(), options);
  // A part that breaks off is read as far as it goes.
  if (!result) notices.add(Notice::malformed);
  return static_cast<bool>(xml.first_child());
}

std::string resolved_path(std::string_view folder, std::string_view target) {
  target = target.substr(0, target.find('#'));
  const std::string whole =
      target.starts_with('/') ? decode_percent(target) : std::string(folder) + decode_percent(target);
  std::vector<std::string_view> parts;
  for (std::string_view rest = whole; !rest.empty();) {
    const auto end = rest.find('/');
    const auto part = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      parts.push_back(part);
    } else if (!parts.empty()) {
      parts.pop_back();
    }
  }
  std::string result;
  for (const auto part : parts) result += (result.empty() ? "" : "/") + std::string(part);
  return result;
}

std::string_view folder_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash + 1);
}

}  // namespace entregent::readers
