// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/outlook/msg_reader.h"

#include <charconv>

#include "base/charset.h"
#include "base/text.h"
#include "readers/limits.h"
#include "readers/mail_reader.h"
#include "readers/outlook/compound_file.h"
#include "readers/outlook/little_endian.h"
#include "readers/outlook/mapi_message.h"

namespace entregent::readers {
namespace {

enum MapiType : std::uint16_t {
  type_number = 0x0003,
  type_flag = 0x000B,
  type_object = 0x000D,
  type_string8 = 0x001E,
  type_unicode = 0x001F,
  type_time = 0x0040,
  type_binary = 0x0102,
};

constexpr std::uint16_t class_id = 0x001A, data_id = 0x3701, long_name_id = 0x3707, short_name_id = 0x3704,
                        shown_name_id = 0x3001, media_type_id = 0x370E, message_page_id = 0x3FFD,
                        internet_page_id = 0x3FDE;

constexpr std::string_view stream_prefix = "__substg1.0_";
constexpr std::size_t deepest_message = 8;

/// `__substg1.0_0037001F` → 0x0037001F.
std::optional<std::uint32_t> tag_of(std::string_view name) {
  if (!name.starts_with(stream_prefix) || name.size() < stream_prefix.size() + 8) return std::nullopt;
  std::uint32_t tag = 0;
  const char* const begin = name.data() + stream_prefix.size();
  const auto [end, error] = std::from_chars(begin, begin + 8, tag, 16);
  return error == std::errc() && end == begin + 8 ? std::optional(tag) : std::nullopt;
}

class MsgReader {
 public:
  explicit MsgReader(const CompoundFile& file) : file_(file) {}

  MapiMessage message(std::size_t storage, std::size_t header_bytes, std::size_t depth) {
    MapiMessage result;
    result.properties = properties(storage, header_bytes);
    for (const std::size_t child : file_.entry(storage).children) {
      const auto& entry = file_.entry(child);
      if (!entry.storage) continue;
      if (entry.name.starts_with("__recip_version1.0_") && result.recipients.size() < limits::parties)
        result.recipients.push_back(properties(child, small_header));
      if (entry.name.starts_with("__attach_version1.0_") && result.attachments.size() < limits::attachments)
        result.attachments.push_back(attachment(child, depth));
    }
    return result;
  }

  static constexpr std::size_t top_header = 32, inner_header = 24, small_header = 8;

 private:
  MapiProperties properties(std::size_t storage, std::size_t header_bytes) {
    MapiProperties result;
    if (const auto fixed = file_.find(storage, "__properties_version1.0"))
      take_fixed(file_.content(*fixed), header_bytes, result);
    std::string charset = code_page_name(result.number(message_page_id));
    if (charset.empty()) charset = code_page_name(result.number(internet_page_id));
    if (!charset.empty()) charset_ = charset;
    for (const std::size_t child : file_.entry(storage).children)
      if (const auto tag = tag_of(file_.entry(child).name); tag && !file_.entry(child).storage)
        take_stream(*tag, file_.content(child), result);
    return result;
  }

  static void take_fixed(std::string_view bytes, std::size_t header_bytes, MapiProperties& result) {
    constexpr std::size_t property_bytes = 16;
    for (std::size_t at = header_bytes; at + property_bytes <= bytes.size(); at += property_bytes) {
      const std::uint16_t type = u16(bytes, at), id = u16(bytes, at + 2);
      if (type == type_number || type == type_flag) result.numbers[id] = u32(bytes, at + 8);
      if (type == type_time)
        if (const auto moment = filetime_moment(little_endian(bytes, at + 8, 8))) result.times[id] = *moment;
    }
  }

  void take_stream(std::uint32_t tag, std::string content, MapiProperties& result) const {
    const auto id = static_cast<std::uint16_t>(tag >> 16U);
    switch (tag & 0xFFFFU) {
      case type_unicode:
        result.texts[id] = text_of(content, "utf-16le");
        return;
      case type_string8:
        result.texts.try_emplace(id, text_of(content, charset_));
        return;
      case type_binary:
        result.bytes[id] = std::move(content);
        return;
      default:
        return;
    }
  }

  static std::string text_of(std::string_view bytes, std::string_view charset) {
    auto decoded = decode_charset(bytes, charset);
    std::string text = decoded ? std::move(decoded->text) : decode_windows_1252(bytes).text;
    while (text.ends_with('\0')) text.pop_back();
    return text;
  }

  MapiAttachment attachment(std::size_t storage, std::size_t depth) {
    const auto of = properties(storage, small_header);
    MapiAttachment result{.name = of.text(long_name_id),
                          .media_type = of.text(media_type_id),
                          .content = std::string(of.binary(data_id))};
    if (result.name.empty()) result.name = of.text(short_name_id);
    if (result.name.empty()) result.name = of.text(shown_name_id);
    const auto inner = file_.find(storage, "__substg1.0_3701000D");
    if (inner && file_.entry(*inner).storage && depth < deepest_message) {
      result.content = mapi_to_mime(message(*inner, inner_header, depth + 1));
      result.is_message = true;
    }
    return result;
  }

  const CompoundFile& file_;
  std::string charset_ = "windows-1252";
};

}  // namespace

Result<std::string> msg_to_mime(std::string_view bytes) {
  if (bytes.size() > limits::message_bytes) return fail({ErrorCode::invalid, N_("This file is too large to be read.")});
  const auto file = CompoundFile::open(bytes);
  if (!file) return fail(file.error());
  if (!file->find(CompoundFile::root, "__properties_version1.0"))
    return fail({ErrorCode::malformed, N_("This file is none of the Office formats that are read.")});
  const auto message = MsgReader(*file).message(CompoundFile::root, MsgReader::top_header, 0);
  const std::string kind = lower(message.properties.text(class_id));
  if (!kind.empty() && !kind.starts_with("ipm.note") && !kind.starts_with("report.") &&
      !kind.starts_with("ipm.schedule.meeting"))
    return fail({ErrorCode::malformed,
                 N_("This item of Outlook is no message: export calendars as iCalendar, contacts as vCard or CSV.")});
  return mapi_to_mime(message);
}

Result<ExtractedItem> read_msg(std::string_view bytes) {
  const auto mime = msg_to_mime(bytes);
  return mime ? read_mail(*mime) : Result<ExtractedItem>(mime.error());
}

}  // namespace entregent::readers
