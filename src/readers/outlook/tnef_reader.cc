// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/outlook/tnef_reader.h"

#include <algorithm>

#include "base/charset.h"
#include "base/text.h"
#include "readers/limits.h"
#include "readers/mail_reader.h"
#include "readers/outlook/little_endian.h"

namespace entregent::readers {
namespace {

constexpr std::uint32_t tnef_signature = 0x223E9F78;
constexpr std::size_t deepest_tnef = 8;

// [MS-OXTNEF] §2.1.3.2
enum Attribute : std::uint32_t {
  attribute_code_page = 0x00069007,
  attribute_subject = 0x00018004,
  attribute_body = 0x0002800C,
  attribute_message_properties = 0x00069003,
  attribute_new_attachment = 0x00069002,
  attribute_file_name = 0x00018010,
  attribute_file_data = 0x0006800F,
  attribute_file_properties = 0x00069005,
};

constexpr std::uint16_t subject_property = 0x0037, body_property = 0x1000, long_name_property = 0x3707,
                        media_type_property = 0x370E, data_property = 0x3701;

/// Bytes taken from the front; once they are too few, `ok` stays false.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}
  std::string_view take(std::size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const auto taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint64_t number(std::size_t size) { return little_endian(take(size), 0, size); }
  /// A length, that many bytes, and what fills them up to four.
  std::string_view padded() {
    const auto size = static_cast<std::size_t>(number(4));
    const auto taken = take(size);
    (void)take(std::min((4 - size % 4) % 4, rest_.size()));
    return taken;
  }
  [[nodiscard]] bool ok() const { return ok_; }
  [[nodiscard]] bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

std::string without_zeros(std::string text) {
  while (text.ends_with('\0')) text.pop_back();
  return text;
}

class TnefReader {
 public:
  explicit TnefReader(std::size_t depth) : depth_(depth) {}

  std::optional<MapiMessage> read(std::string_view bytes) {
    ByteReader reader(bytes);
    if (reader.number(4) != tnef_signature) return std::nullopt;
    (void)reader.number(2);
    while (!reader.at_end()) {
      (void)reader.number(1);
      const auto id = static_cast<std::uint32_t>(reader.number(4));
      const auto data = reader.take(static_cast<std::size_t>(reader.number(4)));
      (void)reader.number(2);
      if (!reader.ok()) break;
      take(id, data);
    }
    return std::move(message_);
  }

 private:
  void take(std::uint32_t id, std::string_view data) {
    auto& files = message_.attachments;
    switch (id) {
      case attribute_code_page:
        if (const auto name = code_page_name(u32(data, 0)); !name.empty()) charset_ = name;
        return;
      case attribute_subject:
        message_.properties.texts.try_emplace(subject_property, text_of(data, charset_));
        return;
      case attribute_body:
        message_.properties.texts.try_emplace(body_property, text_of(data, charset_));
        return;
      case attribute_message_properties:
        return properties(data, message_.properties);
      case attribute_new_attachment:
        if (files.size() < limits::attachments) files.emplace_back();
        return;
      case attribute_file_name:
        if (!files.empty() && files.back().name.empty()) files.back().name = text_of(data, charset_);
        return;
      case attribute_file_data:
        if (!files.empty() && !files.back().is_message) files.back().content = data;
        return;
      case attribute_file_properties:
        if (!files.empty()) file_properties(data, files.back());
        return;
      default:
        return;
    }
  }

  static std::string text_of(std::string_view bytes, const std::string& charset) {
    auto decoded = decode_charset(bytes, charset);
    return without_zeros(decoded ? std::move(decoded->text) : decode_windows_1252(bytes).text);
  }

  void file_properties(std::string_view data, MapiAttachment& file) {
    MapiProperties of;
    properties(data, of);
    if (const auto name = of.text(long_name_property); !name.empty()) file.name = name;
    file.media_type = of.text(media_type_property);
    const auto object = of.binary(data_property);
    constexpr std::size_t interface_bytes = 16;
    if (object.size() <= interface_bytes || depth_ >= deepest_tnef) return;
    const auto inner = TnefReader(depth_ + 1).read(object.substr(interface_bytes));
    if (!inner) return;
    file.content = mapi_to_mime(*inner);
    file.is_message = true;
  }

  /// §2.1.3.4: counted, each with its type and number.
  void properties(std::string_view data, MapiProperties& result) const {
    ByteReader reader(data);
    const std::uint64_t count = reader.number(4);
    for (std::uint64_t i = 0; i < count && reader.ok() && !reader.at_end(); ++i) property(reader, result);
  }

  void property(ByteReader& reader, MapiProperties& result) const {
    const auto type = static_cast<std::uint16_t>(reader.number(2));
    const auto id = static_cast<std::uint16_t>(reader.number(2));
    if (id >= 0x8000) {
      (void)reader.take(16);
      if (reader.number(4) == 0)
        (void)reader.number(4);
      else
        (void)reader.padded();
    }
    constexpr std::uint16_t several = 0x1000;
    const bool is_variable = (type & 0x0FFFU) == 0x001E || (type & 0x0FFFU) == 0x001F || (type & 0x0FFFU) == 0x0102 ||
                             (type & 0x0FFFU) == 0x000D;
    const std::uint64_t values = is_variable || (type & several) != 0 ? reader.number(4) : 1;
    for (std::uint64_t i = 0; i < values && reader.ok(); ++i) value(reader, type & 0x0FFFU, id, result);
  }

  void value(ByteReader& reader, unsigned type, std::uint16_t id, MapiProperties& result) const {
    switch (type) {
      case 0x001E:
        result.texts[id] = text_of(reader.padded(), charset_);
        return;
      case 0x001F:
        result.texts[id] = text_of(reader.padded(), "utf-16le");
        return;
      case 0x0102:
      case 0x000D:
        result.bytes[id] = std::string(reader.padded());
        return;
      case 0x0040:
        if (const auto at = filetime_moment(reader.number(8))) result.times[id] = *at;
        return;
      case 0x0005:
      case 0x0006:
      case 0x0007:
      case 0x0014:
        (void)reader.number(8);
        return;
      case 0x0048:
        (void)reader.take(16);
        return;
      default:
        result.numbers[id] = reader.number(4);
        return;
    }
  }

  std::size_t depth_;
  std::string charset_ = "windows-1252";
  MapiMessage message_;
};

}  // namespace

Result<MapiMessage> read_tnef(std::string_view bytes) {
  auto message = TnefReader(0).read(bytes);
  if (!message) return fail({ErrorCode::malformed, N_("This Outlook file is damaged.")});
  return *std::move(message);
}

Result<ExtractedItem> read_tnef_file(std::string_view bytes) {
  const auto message = read_tnef(bytes);
  if (!message) return fail(message.error());
  return read_mail(mapi_to_mime(*message));
}

}  // namespace entregent::readers
