// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mbox_splitter.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <string>
#include <string_view>

#include "readers/mail_date.h"
#include "readers/mime_part.h"

namespace entregent::readers {
namespace {

constexpr std::size_t window_bytes = 1u << 20;
/// What may have to be seen behind a candidate: a `From ` line and the line after it. Longer ones start no message.
constexpr std::size_t lookahead = 4096;
/// How far a message's header is searched for its Content-Length.
constexpr std::size_t header_bytes = 64u << 10;

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}
std::string_view without_return(std::string_view line) {
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// The date of the `From ` line that `text` begins with, if a header follows it: then a message starts there.
std::optional<Instant> message_start(std::string_view text) {
  if (!text.starts_with("From ")) return std::nullopt;
  const std::string_view line = first_line(text.substr(0, lookahead / 2));
  if (line.size() == text.size()) return std::nullopt;
  const auto date = parse_envelope_line(without_return(line));
  if (!date) return std::nullopt;
  const std::string_view next = without_return(first_line(text.substr(line.size() + 1, lookahead / 2)));
  // Some programs put a second, quoted envelope line there.
  if (!is_field_line(next) && !next.starts_with(">From ")) return std::nullopt;
  return date;
}

/// A stretch of the file kept in memory, moved forward as it is read. What is seen ahead is at least `ahead` bytes, or
/// all there is.
class Window {
 public:
  static constexpr std::size_t ahead = window_bytes / 4;

  Window(const ReadAt& read_at, std::uint64_t begin)
      : read_at_(read_at), buffer_(std::make_unique_for_overwrite<char[]>(window_bytes)), begin_(begin) {
    fill();
  }

  [[nodiscard]] std::uint64_t begin() const { return begin_; }
  [[nodiscard]] std::uint64_t end() const { return begin_ + size_; }
  [[nodiscard]] bool at_end() const { return at_end_; }
  [[nodiscard]] std::string_view bytes() const { return {buffer_.get() + head_, size_}; }
  [[nodiscard]] std::string_view from(std::uint64_t offset) const {
    return bytes().substr(static_cast<std::size_t>(offset - begin_));
  }

  /// Drops what lies before `offset`, which is at most end(), and reads on where little is left.
  void advance(std::uint64_t offset) {
    const auto gone = static_cast<std::size_t>(offset - begin_);
    head_ += gone;
    size_ -= gone;
    begin_ = offset;
    if (size_ < ahead && !at_end_) fill();
  }

 private:
  void fill() {
    std::copy(buffer_.get() + head_, buffer_.get() + head_ + size_, buffer_.get());
    head_ = 0;
    const std::size_t got = read_at_(begin_ + size_, {buffer_.get() + size_, window_bytes - size_});
    size_ += std::min(got, window_bytes - size_);
    at_end_ = size_ < window_bytes;
  }

  const ReadAt& read_at_;
  std::unique_ptr<char[]> buffer_;
  std::size_t head_ = 0;  ///< where in the buffer begin_ lies
  std::uint64_t begin_;
  std::size_t size_ = 0;
  bool at_end_ = false;
};
static_assert(header_bytes <= Window::ahead && lookahead <= Window::ahead);

/// Fingerprints a message while it goes by, without the blank lines at its end: they come and go when programs append.
class Fingerprint {
 public:
  void add(std::string_view bytes) {
    const std::size_t last = bytes.find_last_not_of("\r\n");
    if (last == std::string_view::npos) {
      pending_ += bytes;
      if (pending_.size() <= most_pending) return;
      digester_.add(pending_);
      pending_.clear();
      return;
    }
    if (!pending_.empty()) digester_.add(pending_);
    pending_.assign(bytes.substr(last + 1));
    digester_.add(bytes.substr(0, last + 1));
  }
  Digest finish() {
    const Digest result = digester_.value();
    digester_.reset();
    pending_.clear();
    return result;
  }

 private:
  static constexpr std::size_t most_pending = 64u << 10;
  QuickDigester digester_;
  std::string pending_;  ///< line ends that may be the last
};

class MboxScanner {
 public:
  MboxScanner(const ReadAt& read_at, std::uint64_t begin, MboxBudget budget)
      : read_at_(read_at), window_(read_at, begin), first_(begin), budget_(budget) {}

  MboxStretch scan() {
    std::uint64_t start = window_.begin();
    std::uint64_t first_body = start + leading_blanks();
    std::optional<Instant> date = message_start(window_.from(first_body));
    while (!(window_.at_end() && start == window_.end())) {
      std::optional<Instant> next_date;
      const std::uint64_t end = find_end(start, date ? first_body : start, next_date);
      result_.messages.push_back({start, end - start, fingerprint_.finish(), date});
      start = first_body = end;
      date = next_date;
      result_.next = end;
      if (end - first_ >= budget_.bytes || result_.messages.size() >= budget_.messages) break;
    }
    result_.next = start;
    result_.finished = window_.at_end() && start == window_.end();
    return std::move(result_);
  }

 private:
  /// Blank lines before the first message are part of it.
  [[nodiscard]] std::size_t leading_blanks() const {
    return std::min(window_.bytes().find_first_not_of("\r\n"), window_.bytes().size());
  }

  /// Where the message at `start` ends, which is where the next starts or the file ends; its bytes are fingerprinted,
  /// and the window begins there afterwards. `envelope` is where its `From ` line stands, if it has one.
  std::uint64_t find_end(std::uint64_t start, std::uint64_t envelope, std::optional<Instant>& next_date) {
    if (const auto end = end_by_content_length(envelope, next_date)) {
      consume_to(*end);
      return *end;
    }
    std::uint64_t from = std::max(start, envelope) + 1;
    while (true) {
      const std::uint64_t candidate = next_candidate(from);
      if (candidate == no_candidate) return window_.end();
      if (const auto found = message_start(window_.from(candidate))) {
        next_date = found;
        consume_to(candidate);
        return candidate;
      }
      from = candidate + 1;
    }
  }

  static constexpr std::uint64_t no_candidate = UINT64_MAX;

  /// The next `From ` after a blank line at or behind `from`, with the lines that judge it in the window; at the end of
  /// the file everything is consumed.
  std::uint64_t next_candidate(std::uint64_t from) {
    while (true) {
      const std::size_t found = window_.bytes().find(
          "\nFrom ", static_cast<std::size_t>(std::max(from, window_.begin() + 1) - window_.begin() - 1));
      const std::uint64_t at = window_.begin() + found + 1;
      if (found != std::string_view::npos && (window_.at_end() || at + lookahead <= window_.end())) {
        if (after_blank_line(found)) return at;
        from = at + 1;
        continue;
      }
      if (window_.at_end()) {
        consume_to(window_.end());
        return no_candidate;
      }
      // Keep what a candidate at the edge needs before it.
      const std::uint64_t keep = found != std::string_view::npos ? at : window_.end();
      from = std::max(from, found != std::string_view::npos ? at : window_.end() - 6);
      consume_to(keep - std::min<std::uint64_t>(keep - window_.begin(), 8));
    }
  }
  /// `line_end` is the line feed before a candidate, in the window.
  [[nodiscard]] bool after_blank_line(std::size_t line_end) const {
    const std::string_view bytes = window_.bytes();
    if (line_end == 0) return window_.begin() == first_;
    if (bytes[line_end - 1] == '\n') return true;
    if (bytes[line_end - 1] != '\r') return false;
    return line_end == 1 ? window_.begin() == first_ : bytes[line_end - 2] == '\n';
  }

  /// Fingerprints up to `offset` and moves the window there.
  void consume_to(std::uint64_t offset) {
    while (window_.begin() < offset) {
      const std::uint64_t end = std::min(offset, window_.end());
      if (end == window_.begin()) break;
      fingerprint_.add(window_.bytes().substr(0, static_cast<std::size_t>(end - window_.begin())));
      window_.advance(end);
    }
  }

  /// mboxcl: the length said in the header, where it leads to a message start or to the end of the file.
  std::optional<std::uint64_t> end_by_content_length(std::uint64_t envelope, std::optional<Instant>& next_date) {
    const std::string_view head = window_.from(envelope).substr(0, header_bytes);
    if (!head.starts_with("From ")) return std::nullopt;
    std::optional<std::uint64_t> length;
    std::size_t at = 0;
    while (at < head.size()) {
      const std::size_t end = std::min(head.find('\n', at), head.size());
      const std::string_view line = without_return(head.substr(at, end - at));
      at = std::min(end + 1, head.size());
      if (line.empty()) break;
      if (line.size() > 15 && same_name(line.substr(0, 15), "Content-Length:")) length = number(line.substr(15));
    }
    if (!length || at >= head.size() || *length > UINT64_MAX / 4) return std::nullopt;
    return confirmed_end(envelope + at + *length, next_date);
  }
  static std::optional<std::uint64_t> number(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end == text.data()) return std::nullopt;
    return value;
  }
  std::optional<std::uint64_t> confirmed_end(std::uint64_t body_end, std::optional<Instant>& next_date) {
    std::string there(lookahead, '\0');
    // The byte before must exist: a length beyond the file is wrong.
    const std::size_t got = read_at_(body_end - 1, there);
    if (got == 0) return std::nullopt;
    const std::string_view text = std::string_view(there).substr(1, std::min(got, there.size()) - 1);
    const std::size_t blanks = text.find_first_not_of("\r\n");
    if (blanks == std::string_view::npos)
      return got < there.size() ? std::optional(body_end + text.size()) : std::nullopt;
    if (blanks > 4 || (blanks == 0 && there[0] != '\n')) return std::nullopt;
    next_date = message_start(text.substr(blanks));
    return next_date ? std::optional(body_end + blanks) : std::nullopt;
  }

  const ReadAt& read_at_;
  Window window_;
  std::uint64_t first_;
  MboxBudget budget_;
  Fingerprint fingerprint_;
  MboxStretch result_;
};

}  // namespace

MboxStretch split_mbox(const ReadAt& read_at, std::uint64_t begin, MboxBudget budget) {
  return MboxScanner(read_at, begin, budget).scan();
}

}  // namespace entregent::readers
