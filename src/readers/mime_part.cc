// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mime_part.h"

#include <algorithm>
#include <utility>

#include "readers/limits.h"
#include "readers/transfer_decoding.h"

namespace entregent::readers {
namespace {

char lower_byte(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string_view without_line_end(std::string_view line) {
  if (line.ends_with('\n')) line.remove_suffix(1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

/// The line that starts at `at`, its end included.
std::string_view line_at(std::string_view bytes, std::size_t at) {
  const std::size_t end = bytes.find('\n', at);
  return bytes.substr(at, end == std::string_view::npos ? std::string_view::npos : end + 1 - at);
}

bool is_blank(std::string_view line) {
  return line.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Whether a field stands before the next blank line: then a line that is none is only a stain in the header.
bool header_goes_on(std::string_view rest) {
  constexpr int lines_looked_at = 20;
  std::size_t at = 0;
  for (int i = 0; i < lines_looked_at && at < rest.size(); ++i) {
    const std::string_view line = line_at(rest, at);
    if (is_blank(line)) return false;
    if (is_field_line(line)) return true;
    at += line.size();
  }
  return false;
}

std::size_t skip_to_header(std::string_view bytes) {
  std::size_t at = bytes.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  while (at < bytes.size()) {
    const std::string_view line = line_at(bytes, at);
    const bool envelope = (line.starts_with("From ") && !is_field_line(line)) || line.starts_with(">From ");
    if (!is_blank(line) && !envelope) break;
    at += line.size();
  }
  return at;
}

void add_field(std::vector<HeaderField>& fields, std::string_view line) {
  const std::size_t colon = line.find(':');
  std::string_view name = line.substr(0, colon);
  while (!name.empty() && (name.back() == ' ' || name.back() == '\t')) name.remove_suffix(1);
  fields.push_back({name, without_line_end(line.substr(colon + 1))});
}

/// The last value, stretched over a continuation line that directly follows it.
void extend_last(std::vector<HeaderField>& fields, std::string_view line) {
  std::string_view& value = fields.back().value;
  const std::string_view text = without_line_end(line);
  value = {value.data(), static_cast<std::size_t>(text.data() + text.size() - value.data())};
}

// Multipart.

struct Delimiter {
  std::size_t begin = std::string_view::npos;  ///< of its line
  std::size_t after = 0;                       ///< where the part begins
  bool closing = false;
};

/// The next line `--boundary` or `--boundary--` at or after `at`.
Delimiter next_delimiter(std::string_view body, std::string_view mark, std::size_t at) {
  while (true) {
    const std::size_t found = body.find(mark, at);
    if (found == std::string_view::npos) return {};
    at = found + 1;
    if (found != 0 && body[found - 1] != '\n') continue;
    std::string_view tail = body.substr(found + mark.size());
    const bool closing = tail.starts_with("--");
    if (closing) tail.remove_prefix(2);
    const std::size_t end = std::min(tail.find('\n'), tail.size());
    if (tail.substr(0, end).find_first_not_of(" \t\r") != std::string_view::npos && !closing) continue;
    const std::size_t after = body.size() - tail.size() + std::min(end + 1, tail.size());
    return {found, after, closing};
  }
}

/// Where no boundary is declared: the first line that begins with two hyphens and comes again.
std::string guessed_boundary(std::string_view body) {
  constexpr std::size_t looked_at = 4096;
  const std::string_view head = body.substr(0, looked_at);
  for (std::size_t at = 0; at < head.size();) {
    const std::string_view line = line_at(head, at);
    std::string_view text = without_line_end(line);
    while (text.ends_with(' ')) text.remove_suffix(1);
    if (text.size() > 4 && text.starts_with("--") && body.find(text, at + line.size()) != std::string_view::npos)
      return std::string(text.substr(2));
    at += line.size();
  }
  return {};
}

std::string lower_trimmed(std::string_view raw) {
  std::string result;
  for (const char c : raw.substr(0, std::min<std::size_t>(raw.find(';'), 100)))
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '"') result.push_back(lower_byte(c));
  return result;
}

class PartParser {
 public:
  PartParser(std::size_t& parts_left, NoticeSet& notices) : parts_left_(parts_left), notices_(notices) {}

  MimePart parse(std::vector<HeaderField> fields, std::string_view body, std::size_t depth,
                 std::string_view default_type) {
    MimePart part;
    part.body = body;
    part.fields = std::move(fields);
    read_fields(part, default_type);
    if (part.is_multipart()) split(part, depth);
    return part;
  }

 private:
  void read_fields(MimePart& part, std::string_view default_type) {
    for (const HeaderField& field : part.fields) {
      if (field.name.size() < 12 || lower_byte(field.name[0]) != 'c') continue;
      if (same_name(field.name, "Content-Type") && part.type.value.empty())
        part.type = parse_mime_field(field.value, notices_);
      if (same_name(field.name, "Content-Disposition") && part.disposition.value.empty())
        part.disposition = parse_mime_field(field.value, notices_);
      if (same_name(field.name, "Content-Transfer-Encoding")) part.encoding = lower_trimmed(field.value);
    }
    if (part.type.value == "text") part.type.value = "text/plain";
    if (part.type.value.find('/') == std::string::npos) part.type.value = std::string(default_type);
    std::string_view name = part.disposition.parameter("filename");
    if (name.empty()) name = part.type.parameter("name");
    if (!name.empty()) part.file_name = plain_file_name(name);
  }

  void split(MimePart& part, std::size_t depth) {
    std::string boundary(part.type.parameter("boundary"));
    if (boundary.empty() || part.body.find("--" + boundary) == std::string_view::npos) {
      notices_.add(Notice::malformed);
      boundary = guessed_boundary(part.body);
    }
    if (depth >= limits::mime_depth) return notices_.add(Notice::truncated);
    if (boundary.empty()) {
      part.type.value = "text/plain";
      return;
    }
    const std::string_view default_type = part.is("multipart/digest") ? "message/rfc822" : "text/plain";
    const std::string mark = "--" + boundary;
    for (Delimiter here = next_delimiter(part.body, mark, 0); here.begin != std::string_view::npos && !here.closing;) {
      const Delimiter next = next_delimiter(part.body, mark, here.after);
      const std::size_t end = next.begin == std::string_view::npos ? part.body.size() : next.begin;
      if (parts_left_ == 0) return notices_.add(Notice::truncated);
      --parts_left_;
      add_child(part, without_line_end(part.body.substr(here.after, end - here.after)), depth, default_type);
      here = next;
    }
  }

  void add_child(MimePart& part, std::string_view bytes, std::size_t depth, std::string_view default_type) {
    // A part may begin with the blank line at once: then it has no header.
    const std::string_view first = line_at(bytes, 0);
    HeaderAndBody child;
    if (is_blank(first)) {
      child.body = bytes.substr(first.size());
    } else {
      child = split_header(bytes, notices_);
    }
    part.children.push_back(parse(std::move(child.fields), child.body, depth + 1, default_type));
  }

  std::size_t& parts_left_;
  NoticeSet& notices_;
};

}  // namespace

bool is_field_line(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && line[at] > ' ' && line[at] < 0x7F && line[at] != ':') ++at;
  if (at == 0 || at > 100) return false;
  while (at < line.size() && (line[at] == ' ' || line[at] == '\t')) ++at;
  return at < line.size() && line[at] == ':';
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower_byte(x) == lower_byte(y); });
}

std::string_view field_value(const std::vector<HeaderField>& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](const HeaderField& field) { return same_name(field.name, name); });
  return found == fields.end() ? std::string_view() : found->value;
}

HeaderAndBody split_header(std::string_view bytes, NoticeSet& notices) {
  HeaderAndBody result;
  result.fields.reserve(32);
  std::size_t at = skip_to_header(bytes);
  bool gap = false;  // a line that is no field came since the last one: nothing may be joined across it
  while (at < bytes.size()) {
    const std::string_view line = line_at(bytes, at);
    const bool folded_line = line[0] == ' ' || line[0] == '\t';
    if (line[0] == '\n' || line[0] == '\r' ||
        (folded_line && is_blank(line) && !header_goes_on(bytes.substr(at + line.size())))) {
      at += line.size();
      break;
    }
    if (folded_line && !result.fields.empty()) {
      if (!gap) extend_last(result.fields, line);
    } else if (is_field_line(line)) {
      add_field(result.fields, line);
      gap = false;
    } else {
      if (result.fields.empty() || !header_goes_on(bytes.substr(at + line.size()))) break;
      notices.add(Notice::malformed);
      gap = true;
    }
    at += line.size();
  }
  if (result.fields.empty()) at = skip_to_header(bytes);
  result.body = bytes.substr(std::min(at, bytes.size()));
  return result;
}

std::string MimePart::decoded() const {
  if (encoding == "base64") return decode_base64(body);
  if (encoding == "quoted-printable") return decode_quoted_printable(body);
  return std::string(body);
}

std::size_t MimePart::decoded_size() const {
  if (encoding == "base64") return base64_size(body);
  if (encoding == "quoted-printable") return decoded().size();
  return body.size();
}

MimePart parse_part(std::vector<HeaderField> fields, std::string_view body, std::size_t& parts_left,
                    NoticeSet& notices) {
  return PartParser(parts_left, notices).parse(std::move(fields), body, 0, "text/plain");
}

}  // namespace entregent::readers
