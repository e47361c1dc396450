// SPDX-License-Identifier: AGPL-3.0-or-later
// Any bytes as a mail: what comes out keeps the promises of extracted_item.h and limits.h, and is the same twice.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "readers/format.h"
#include "readers/limits.h"
#include "readers/mail_reader.h"

namespace {

using namespace entregent::readers;  // NOLINT(google-build-using-namespace): a program of one file

void require(bool holds) {
  if (!holds) std::abort();
}

void check_text(std::string_view text, std::size_t most) {
  require(text.size() <= most);
  require(entregent::is_valid_utf8(text));
  require(text.find('\0') == std::string_view::npos);
}

void check(const ExtractedItem& item) {
  check_text(item.title, limits::header_bytes);
  check_text(item.identifier, limits::header_bytes);
  check_text(item.list_id, limits::header_bytes);
  require(item.parties.size() <= limits::parties);
  for (const Party& party : item.parties) {
    check_text(party.name, limits::header_bytes);
    check_text(party.address, limits::header_bytes);
    require(!party.name.empty() || !party.address.empty());
  }
  for (const Fact& fact : item.facts) check_text(fact.value, limits::section_bytes);
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < item.texts.size(); ++i) {
    check_text(item.texts[i].text, limits::section_bytes);
    bytes += item.texts[i].text.size();
    require(!item.texts[i].text.empty());
    require(i == 0 || item.texts[i].kind != item.texts[i - 1].kind || item.texts[i].kind == TextKind::attachment);
  }
  require(bytes <= limits::text_bytes + 2 * item.texts.size());
  require(item.attachments.size() <= limits::attachments);
  for (const Attachment& file : item.attachments) {
    check_text(file.name, limits::header_bytes);
    check_text(file.media_type, limits::header_bytes);
  }
  require(item.references.size() <= limits::references);
  for (const auto& reference : item.references) check_text(reference, limits::header_bytes);
  for (const auto& label : item.labels) check_text(label, limits::header_bytes);
  require(std::is_sorted(item.notices.begin(), item.notices.end()));
  require(std::adjacent_find(item.notices.begin(), item.notices.end()) == item.notices.end());
  require(item.content_hash != std::array<std::uint8_t, 16>{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  (void)detect(bytes);
  const auto item = read_mail(bytes);
  if (item) {
    check(*item);
    require(*item == *read_mail(bytes));
  }
  if (const auto emlx = read_emlx(bytes)) check(*emlx);
  return 0;
}
