// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/wire.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <type_traits>

#include "base/text.h"
#include "readers/limits.h"

namespace entregent::reading::wire {
namespace {

static_assert(std::endian::native == std::endian::little, "both ends are one machine, so numbers travel as they lie");

// What an honest reader stays below: readers/limits.h, with room for a reader that counts a little otherwise.
constexpr std::size_t short_text = 64u << 10;
constexpr std::size_t long_text = readers::limits::document_text_bytes + (64u << 10);
constexpr std::size_t max_facts = 10'000;
constexpr std::size_t max_inside = 1000;
constexpr std::size_t max_items =
    std::max({readers::limits::cards, readers::limits::events, readers::limits::csv_rows});
constexpr std::size_t max_messages = 1'000'000;

constexpr Instant first_moment{std::chrono::sys_days{std::chrono::year{0} / 1 / 1}};
constexpr Instant last_moment{std::chrono::sys_days{std::chrono::year{9999} / 12 / 31}};

constexpr std::uint64_t zigzag(std::int64_t value) {
  return (static_cast<std::uint64_t>(value) << 1U) ^ static_cast<std::uint64_t>(value >> 63);
}

constexpr std::int64_t unzigzag(std::uint64_t value) {
  return static_cast<std::int64_t>((value >> 1U) ^ (~(value & 1U) + 1U));
}

/// Writes. Encoder and Decoder have the same members, so that one `walk` per type describes its layout for both.
class Encoder {
 public:
  explicit Encoder(std::string& bytes) : bytes_(bytes) {}

  void number(std::uint64_t value, std::uint64_t /*max*/ = 0) {
    std::array<char, 10> digits{};
    std::size_t size = 0;
    for (; value >= 0x80; value >>= 7U) digits[size++] = static_cast<char>(static_cast<unsigned char>(value) | 0x80U);
    digits[size++] = static_cast<char>(value);
    bytes_.append(digits.data(), size);
  }
  template <class Enum>
  void enumeration(Enum value, Enum /*first*/, Enum /*last*/) {
    bytes_ += static_cast<char>(value);
  }
  void flag(bool value) { bytes_ += static_cast<char>(value); }
  void signed_number(std::int32_t value) { number(zigzag(value)); }
  void moment(Instant value) { number(zigzag(micros(std::clamp(value, first_moment, last_moment)))); }
  void moment(const std::optional<Instant>& value) {
    flag(value.has_value());
    if (value) moment(*value);
  }
  void raw(const std::array<std::uint8_t, 16>& value) {
    bytes_.append(reinterpret_cast<const char*>(value.data()), value.size());
  }
  void text(const std::string& value, std::size_t /*max_bytes*/) {
    number(value.size());
    bytes_ += value;
  }
  template <class T, class Each>
  void list(const std::vector<T>& values, std::size_t /*max_size*/, Each each) {
    number(values.size());
    for (const T& value : values) each(*this, value);
  }
  void flags(std::initializer_list<std::reference_wrapper<const bool>> values) {
    unsigned bits = 0;
    unsigned at = 0;
    for (const bool value : values) bits |= static_cast<unsigned>(value) << at++;
    bytes_ += static_cast<char>(bits);
  }
  void require(bool /*holds*/) {}

 private:
  std::string& bytes_;
};

/// Reads and checks. After the first fault everything reads as zero, and `result` says what it was.
class Decoder {
 public:
  Decoder(std::string_view bytes, std::size_t max_memory) : rest_(bytes), memory_left_(max_memory) {}

  Decoded result() const { return result_; }
  bool at_end() const { return rest_.empty(); }

  void number(std::uint64_t& value, std::uint64_t max = std::numeric_limits<std::uint64_t>::max()) {
    value = varint();
    require(value <= max);
    if (result_ != Decoded::yes) value = 0;
  }
  template <class Enum>
  void enumeration(Enum& value, Enum first, Enum last) {
    const std::uint8_t got = byte();
    require(got >= static_cast<std::uint8_t>(first) && got <= static_cast<std::uint8_t>(last));
    value = result_ == Decoded::yes ? static_cast<Enum>(got) : first;
  }
  void flag(bool& value) {
    const std::uint8_t got = byte();
    require(got <= 1);
    value = got == 1;
  }
  void signed_number(std::int32_t& value) {
    const std::int64_t got = unzigzag(varint());
    require(got >= std::numeric_limits<std::int32_t>::min() && got <= std::numeric_limits<std::int32_t>::max());
    value = result_ == Decoded::yes ? static_cast<std::int32_t>(got) : 0;
  }
  void moment(Instant& value) {
    const std::int64_t got = unzigzag(varint());
    require(got >= micros(first_moment) && got <= micros(last_moment));
    value = from_micros(result_ == Decoded::yes ? got : 0);
  }
  void moment(std::optional<Instant>& value) {
    bool present = false;
    flag(present);
    if (!present) return value.reset();
    moment(value.emplace());
  }
  void raw(std::array<std::uint8_t, 16>& value) {
    const std::string_view got = take(value.size());
    if (!got.empty()) std::memcpy(value.data(), got.data(), value.size());
  }
  void text(std::string& value, std::size_t max_bytes) {
    const std::uint64_t size = varint();
    require(size <= max_bytes);
    const std::string_view got = take(size);
    require(got.find('\0') == std::string_view::npos && is_valid_utf8(got));
    if (result_ != Decoded::yes) return value.clear();
    charge(got.size() > inline_text ? got.size() : 0);
    value = got;
  }
  template <class T, class Each>
  void list(std::vector<T>& values, std::size_t max_size, Each each) {
    values.clear();
    const std::uint64_t size = varint();
    require(size <= max_size && size <= rest_.size());  // every element takes a byte at least
    if (result_ != Decoded::yes) return;
    charge(size * sizeof(T));
    if (result_ != Decoded::yes) return;
    values.resize(size);
    for (T& value : values) {
      each(*this, value);
      if (result_ != Decoded::yes) return;
    }
  }
  void flags(std::initializer_list<std::reference_wrapper<bool>> values) {
    const unsigned bits = byte();
    require(bits >> values.size() == 0);
    unsigned at = 0;
    for (bool& value : values) value = ((bits >> at++) & 1U) != 0;
  }
  void require(bool holds) {
    if (!holds && result_ == Decoded::yes) result_ = Decoded::malformed;
  }

 private:
  static constexpr std::size_t inline_text = 15;  // what std::string holds without memory of its own

  std::string_view take(std::uint64_t size) {
    require(size <= rest_.size());
    if (result_ != Decoded::yes) return {};
    const std::string_view got = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return got;
  }
  std::uint8_t byte() {
    const std::string_view got = take(1);
    return got.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(got.front());
  }
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint64_t got = byte();
      require((shift < 63 || got <= 1) && (shift == 0 || got != 0));  // one way only to write a number
      value |= (got & 0x7FU) << shift;
      if (got < 0x80) return result_ == Decoded::yes ? value : 0;
    }
    require(false);
    return 0;
  }
  void charge(std::uint64_t bytes) {
    if (bytes > memory_left_ && result_ == Decoded::yes) result_ = Decoded::too_large;
    memory_left_ -= std::min<std::uint64_t>(bytes, memory_left_);
  }

  std::string_view rest_;
  std::uint64_t memory_left_;
  Decoded result_ = Decoded::yes;
};

// One walk per type: the order in which its members travel.

using readers::FactKind;
using readers::Format;
using readers::ItemKind;
using readers::Notice;
using readers::Role;
using readers::TextKind;
namespace limits = readers::limits;

void walk_text(auto& wire, auto& text) {
  wire.text(text, short_text);
}

void walk_party(auto& wire, auto& party) {
  wire.enumeration(party.role, Role::from, Role::last_editor);
  wire.text(party.name, short_text);
  wire.text(party.address, short_text);
}

void walk_fact(auto& wire, auto& fact) {
  wire.enumeration(fact.kind, FactKind::phone, FactKind::other);
  wire.text(fact.value, long_text);
  wire.text(fact.detail, short_text);
}

void walk_section(auto& wire, auto& section) {
  wire.enumeration(section.kind, TextKind::fresh, TextKind::attachment);
  wire.text(section.text, long_text);
}

void walk_attachment(auto& wire, auto& attachment) {
  wire.text(attachment.name, short_text);
  wire.text(attachment.media_type, short_text);
  wire.number(attachment.bytes, std::numeric_limits<std::int64_t>::max());
}

void walk_occurrence(auto& wire, auto& occurrence) {
  wire.moment(occurrence.start);
  wire.moment(occurrence.end);
  wire.flag(occurrence.all_day);
}

void walk_notice(auto& wire, auto& notice) {
  wire.enumeration(notice, Notice::sender_missing, Notice::malformed);
}

void walk_marks(auto& wire, auto& marks) {
  wire.flags({marks.list, marks.robot, marks.draft, marks.spam_or_trash, marks.sent_by_me, marks.cancelled});
}

enum class Depth { outer, inner };

void walk_item(auto& wire, auto& item, Depth depth) {
  wire.enumeration(item.kind, ItemKind::mail, ItemKind::chat);
  wire.text(item.identifier, short_text);
  wire.raw(item.content_hash);
  wire.moment(item.happened_at);
  wire.text(item.title, short_text);
  wire.list(item.parties, limits::parties, [](auto& w, auto& value) { walk_party(w, value); });
  wire.list(item.facts, max_facts, [](auto& w, auto& value) { walk_fact(w, value); });
  wire.list(item.texts, limits::mime_parts, [](auto& w, auto& value) { walk_section(w, value); });
  wire.list(item.attachments, limits::attachments, [](auto& w, auto& value) { walk_attachment(w, value); });
  wire.list(item.references, limits::references, [](auto& w, auto& value) { walk_text(w, value); });
  wire.list(item.labels, limits::parties, [](auto& w, auto& value) { walk_text(w, value); });
  wire.text(item.list_id, short_text);
  wire.text(item.location, short_text);
  wire.signed_number(item.sequence);
  wire.list(item.occurrences, limits::occurrences, [](auto& w, auto& value) { walk_occurrence(w, value); });
  walk_marks(wire, item.marks);
  wire.list(item.notices, 16, [](auto& w, auto& value) { walk_notice(w, value); });
  wire.require(std::ranges::is_sorted(item.notices, std::less_equal<>{}));
  if (depth == Depth::inner) return;
  wire.list(item.inside, max_inside, [](auto& w, auto& value) { walk_item(w, value, Depth::inner); });
}

void walk_message(auto& wire, auto& message) {
  wire.number(message.offset, std::numeric_limits<std::int64_t>::max());
  wire.number(message.length, std::numeric_limits<std::int64_t>::max());
  wire.raw(message.fingerprint);
  wire.moment(message.envelope_date);
}

void walk_table(auto& wire, auto& table) {
  constexpr std::uint64_t most = std::numeric_limits<std::int64_t>::max();
  wire.enumeration(table.kind, readers::ExportKind::other, readers::ExportKind::linkedin_messages);
  for (auto* count : {&table.rows, &table.used, &table.nameless, &table.repeated, &table.drafts})
    wire.number(*count, most);
}

void walk_answer(auto& wire, auto& answer) {
  wire.enumeration(answer.format, Format::unknown, readers::last_format);
  wire.list(answer.items, max_items, [](auto& w, auto& value) { walk_item(w, value, Depth::outer); });
  wire.list(answer.tables, limits::archive_entries, [](auto& w, auto& value) { walk_table(w, value); });
  wire.list(answer.messages, max_messages, [](auto& w, auto& value) { walk_message(w, value); });
  wire.number(answer.resume_at, std::numeric_limits<std::int64_t>::max());
  wire.flag(answer.finished);
}

void walk_problem(auto& wire, auto& problem) {
  wire.enumeration(problem.kind, ProblemKind::crashed, ProblemKind::not_a_file);
  wire.enumeration(problem.error.code, ErrorCode::invalid, ErrorCode::unavailable);
  wire.text(problem.error.message, 1024);
  wire.text(problem.error.detail, 1024);
}

/// These texts go to a terminal as they are.
bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

template <class T>
void append_plain(std::vector<std::byte>& bytes, const T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  const auto* begin = reinterpret_cast<const std::byte*>(&value);
  bytes.insert(bytes.end(), begin, begin + sizeof(T));
}

template <class T>
T take_plain(std::span<const std::byte>& bytes) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value{};
  std::memcpy(&value, bytes.data(), sizeof(T));
  bytes = bytes.subspan(sizeof(T));
  return value;
}

struct PlainBatch {
  std::uint32_t number;
  std::uint32_t entries;
};

struct PlainEntry {
  std::uint64_t offset;
  std::uint64_t bytes;
  std::int64_t date_hint;
  std::uint32_t file;
  std::uint8_t format;
  std::uint8_t split;
  std::uint8_t has_hint;
  std::uint8_t zero;
};

PlainEntry plain(const BatchEntry& entry) {
  const SliceRequest& request = entry.request;
  return {.offset = request.offset,
          .bytes = request.bytes,
          .date_hint = micros(request.date_hint.value_or(Instant{})),
          .file = entry.file,
          .format = static_cast<std::uint8_t>(request.format),
          .split = request.split,
          .has_hint = request.date_hint.has_value(),
          .zero = 0};
}

BatchEntry rich(const PlainEntry& entry) {
  SliceRequest request{.offset = entry.offset,
                       .bytes = entry.bytes,
                       .format = static_cast<Format>(entry.format),
                       .split = entry.split != 0,
                       .date_hint = std::nullopt};
  if (entry.has_hint != 0) request.date_hint = from_micros(entry.date_hint);
  return {.file = entry.file, .request = request};
}

}  // namespace

std::vector<std::byte> encode_batch(const Batch& batch) {
  std::vector<std::byte> bytes;
  bytes.reserve(sizeof(PlainBatch) + batch.entries.size() * sizeof(PlainEntry));
  append_plain(bytes, PlainBatch{batch.number, static_cast<std::uint32_t>(batch.entries.size())});
  for (const BatchEntry& entry : batch.entries) append_plain(bytes, plain(entry));
  return bytes;
}

std::optional<Batch> decode_batch(std::span<const std::byte> message, std::size_t descriptors) {
  if (message.size() < sizeof(PlainBatch)) return std::nullopt;
  const auto head = take_plain<PlainBatch>(message);
  if (head.entries > max_batch || message.size() != head.entries * sizeof(PlainEntry)) return std::nullopt;
  Batch batch{.number = head.number, .entries = {}};
  batch.entries.reserve(head.entries);
  while (!message.empty()) {
    const auto entry = take_plain<PlainEntry>(message);
    if (entry.file >= descriptors || entry.format > static_cast<std::uint8_t>(readers::last_format))
      return std::nullopt;
    batch.entries.push_back(rich(entry));
  }
  return batch;
}

std::array<char, header_bytes> encode_header(const Header& header) {
  static_assert(sizeof(Header) == header_bytes);
  return std::bit_cast<std::array<char, header_bytes>>(header);
}

Header decode_header(std::string_view bytes) {
  Header header;
  std::memcpy(&header, bytes.data(), header_bytes);
  return header;
}

std::string encode_lock_state(const LockState& state) {
  std::string bytes;
  Encoder encoder(bytes);
  encoder.flags({state.unlocked_build, state.seccomp, state.resource_limits, state.user_dropped});
  encoder.number(state.landlock);
  return bytes;
}

std::optional<LockState> decode_lock_state(std::string_view body) {
  LockState state;
  std::uint64_t landlock = 0;
  Decoder decoder(body, 0);
  decoder.flags({state.unlocked_build, state.seccomp, state.resource_limits, state.user_dropped});
  decoder.number(landlock, 255);
  if (decoder.result() != Decoded::yes || !decoder.at_end()) return std::nullopt;
  state.landlock = static_cast<std::uint8_t>(landlock);
  return state;
}

void append_answer(std::string& bytes, const Answer& answer) {
  Encoder encoder(bytes);
  encoder.flag(answer.problem.has_value());
  if (!answer.problem) return walk_answer(encoder, answer);
  encoder.enumeration(answer.format, Format::unknown, readers::last_format);
  walk_problem(encoder, *answer.problem);
}

Decoded decode_answer(std::string_view body, std::size_t max_memory, Answer& answer) {
  Decoder decoder(body, max_memory);
  bool has_problem = false;
  decoder.flag(has_problem);
  answer.problem.reset();
  if (has_problem) {
    decoder.enumeration(answer.format, Format::unknown, readers::last_format);
    walk_problem(decoder, answer.problem.emplace());
    decoder.require(is_plain(answer.problem->error.message) && is_plain(answer.problem->error.detail));
  } else {
    walk_answer(decoder, answer);
  }
  decoder.require(decoder.at_end());
  return decoder.result();
}

}  // namespace entregent::reading::wire
