// SPDX-License-Identifier: AGPL-3.0-or-later
#include "message.h"

#include <algorithm>

#include <fmt/format.h>

#include "dates.h"
#include "latin.h"
#include "mime.h"

namespace entregent::bench {

namespace {

constexpr std::uint64_t wrapping_purpose = 51;
constexpr std::size_t longest_references = 12;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

std::string random_bytes(Random& random, std::size_t size) {
  std::string bytes;
  bytes.reserve(size + 8);
  while (bytes.size() < size) {
    std::uint64_t value = random.next();
    for (int i = 0; i < 8; ++i, value >>= 8) bytes += static_cast<char>(value & 0xff);
  }
  bytes.resize(size);
  return bytes;
}

std::string as_html(const std::vector<std::string>& lines) {
  std::string html = "<html><head><style>p { margin: 0 0 1em 0; font-family: sans-serif }</style></head>\n<body>\n<p>";
  for (const std::string& line : lines) html += line.empty() ? "</p>\n<p>" : html_escaped(line) + "<br>\n";
  return html + "</p>\n</body></html>\n";
}

/// A newsletter: boxes, links and colours around the same lines.
std::string as_newsletter(const std::vector<std::string>& lines, const std::string& host, Random& random) {
  std::string html = "<html><body bgcolor=\"#f4f4f4\">\n<table width=\"600\" cellpadding=\"0\">\n";
  for (const std::string& line : lines) {
    if (line.empty()) continue;
    html += fmt::format("<tr><td style=\"padding:8px 16px;color:#333333\">{}", html_escaped(line));
    if (random.chance(0.2))
      html += fmt::format(" <a href=\"https://www.{}/c/{:016x}?u={:08x}\">»</a>", host, random.next(),
                          random.next() & 0xffffffff);
    html += "</td></tr>\n";
  }
  return html +
         fmt::format("</table>\n<img src=\"https://www.{}/o/{:016x}.gif\" width=\"1\" height=\"1\">\n</body></html>\n",
                     host, random.next());
}

/// Headers and body of one text part.
std::string text_part(std::string_view subtype, const std::string& utf8, Encoding encoding) {
  const bool ascii = is_ascii(utf8);
  const bool latin1 = encoding == Encoding::latin1_8bit || encoding == Encoding::latin1_quoted_printable;
  const std::string charset = ascii ? "us-ascii" : latin1 ? "iso-8859-1" : "utf-8";
  const std::string bytes = latin1 ? to_latin1(utf8) : utf8;
  const std::string type = fmt::format("Content-Type: text/{}; charset={}\n", subtype, charset);
  switch (encoding) {
    case Encoding::utf8_base64:
      return type + "Content-Transfer-Encoding: base64\n\n" + base64(bytes);
    case Encoding::utf8_quoted_printable:
    case Encoding::latin1_quoted_printable:
      return type + "Content-Transfer-Encoding: quoted-printable\n\n" + quoted_printable(bytes);
    default:
      return type + fmt::format("Content-Transfer-Encoding: {}\n\n", ascii ? "7bit" : "8bit") + bytes;
  }
}

std::string multipart(std::string_view kind, const std::vector<std::string>& parts, Random& random) {
  const std::string boundary = fmt::format("=_{:016x}", random.next());
  std::string text = fmt::format("Content-Type: multipart/{}; boundary=\"{}\"\n\n", kind, boundary);
  for (const std::string& part : parts) text += "--" + boundary + "\n" + part + "\n";
  return text + "--" + boundary + "--\n";
}

class Renderer {
 public:
  Renderer(const World& world, const Plan& plan, const LetterWriter& letters, std::uint64_t seed, std::uint32_t number)
      : world_(world),
        plan_(plan),
        letters_(letters),
        number_(number),
        message_(plan.messages[number]),
        from_(world.spellings[message_.from]),
        party_(world.parties[from_.party]),
        habits_(letters.habits(from_.party)),
        random_(seed, wrapping_purpose, number) {}

  std::string render() {
    const Letter letter = letters_.letter(number_);
    std::string text = transport_headers() + list_headers() + written_headers(letter.subject);
    return text + with_attachments(body(letter.lines));
  }

 private:
  bool latin1() const {
    return habits_.encoding == Encoding::latin1_8bit || habits_.encoding == Encoding::latin1_quoted_printable;
  }
  bool mine() const { return from_.party == 0; }
  int offset() const { return party_.language == Language::french ? french_offset(message_.at) : 0; }
  std::string hexadecimal() { return fmt::format("{:016x}", random_.next()); }

  /// What servers add on the way: nothing on one's own sent mail.
  std::string transport_headers() {
    if (mine() && message_.kind != MailKind::list) return "";
    std::string text =
        fmt::format("Return-Path: <{}>\nDelivered-To: helene.vasselin@courriel.example\n", from_.address);
    const std::size_t hops = random_.between(1, 3);
    for (std::size_t i = 0; i < hops; ++i)
      text += fmt::format(
          "Received: from mx{}.{} (mx{}.{} [192.0.2.{}])\n\tby mail{}.courriel.example (Postfix) with ESMTPS id "
          "{:.10}\n\tfor <helene.vasselin@courriel.example>; {}\n",
          i, party_.host, i, party_.host, random_.between(1, 254), hops - i, hexadecimal(),
          mail_date(message_.at + static_cast<std::int64_t>(4 * (hops - i)), 0));
    if (random_.chance(0.55))
      text += fmt::format(
          "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={}; s=mail;\n\th=from:to:subject:date:message-id; "
          "bh={};\n\tb={}\n",
          party_.host, base64_line(random_bytes(random_, 32)), base64_line(random_bytes(random_, 128)));
    if (random_.chance(0.4))
      text += fmt::format("X-Spam-Status: No, score=-{}.{}\n", random_.below(4), random_.below(10));
    return text;
  }

  std::string list_headers() const {
    if (message_.kind == MailKind::robot)
      return fmt::format(
          "Auto-Submitted: auto-generated\nPrecedence: bulk\nList-Unsubscribe: <https://www.{}/unsubscribe>\n",
          party_.host);
    if (message_.kind != MailKind::list) return "";
    const MailList& list = world_.lists[message_.list];
    return fmt::format("List-Id: <{}.lists.example>\nList-Post: <mailto:{}>\nPrecedence: list\n", list.name,
                       list.address);
  }

  std::string mailboxes(std::span<const std::uint32_t> spellings) const {
    std::string text;
    for (const std::uint32_t spelling : spellings)
      text += (text.empty() ? "" : ",\n\t") +
              mailbox(world_.spellings[spelling].name, world_.spellings[spelling].address, latin1());
    return text;
  }

  std::string written_headers(const std::string& subject) const {
    std::string text = "From: " + mailbox(from_.name, from_.address, latin1()) + "\n";
    text += "To: " + mailboxes(plan_.to(message_)) + "\n";
    if (message_.cc_count > 0) text += "Cc: " + mailboxes(plan_.cc(message_)) + "\n";
    text += "Subject: " + encoded_text(subject, latin1()) + "\n";
    text += "Date: " + mail_date(message_.at, offset()) + "\nMessage-ID: <" + letters_.message_id(number_) + ">\n";
    return text + thread_headers() + "User-Agent: " + habits_.program + "\nMIME-Version: 1.0\n";
  }

  std::string thread_headers() const {
    if (message_.answers_unknown) {
      const std::string id = letters_.unknown_message_id(number_);
      return fmt::format("In-Reply-To: <{}>\nReferences: <{}>\n", id, id);
    }
    if (message_.parent == no_message) return "";
    std::vector<std::string> chain;
    for (std::uint32_t up = message_.parent; up != no_message && chain.size() < longest_references;
         up = plan_.messages[up].parent)
      chain.push_back("<" + letters_.message_id(up) + ">");
    std::string text = "In-Reply-To: " + chain.front() + "\nReferences:";
    for (auto id = chain.rbegin(); id != chain.rend(); ++id) text += (id == chain.rbegin() ? " " : "\n\t") + *id;
    return text + "\n";
  }

  /// One text, or text and HTML saying the same.
  std::string body(std::vector<std::string> lines) {
    if (message_.kind == MailKind::list) add_list_footer(lines);
    if (message_.kind == MailKind::robot) {
      const std::string html = text_part("html", as_newsletter(lines, party_.host, random_), habits_.encoding);
      return random_.chance(0.5)
                 ? html
                 : multipart("alternative", {text_part("plain", joined(lines), habits_.encoding), html}, random_);
    }
    const std::string plain = text_part("plain", joined(lines), habits_.encoding);
    if (!habits_.html || message_.kind == MailKind::list) return plain;
    return multipart("alternative", {plain, text_part("html", as_html(lines), habits_.encoding)}, random_);
  }

  void add_list_footer(std::vector<std::string>& lines) const {
    const MailList& list = world_.lists[message_.list];
    lines.insert(lines.end(),
                 {"", "_______________________________________________", list.name + " mailing list", list.address});
  }

  std::string attachment() {
    const bool text = random_.chance(message_.kind == MailKind::list ? 0.9 : 0.3);
    return text ? attached_text() : attached_bytes();
  }

  std::string attached_text() {
    struct Shape {
      const char* type;
      const char* extension;
    };
    static const std::vector<Shape> shapes{
        {"text/plain", "txt"}, {"text/csv", "csv"}, {"text/x-patch", "patch"}, {"text/markdown", "md"}};
    const Shape& shape = random_.pick(shapes);
    const auto words = static_cast<std::size_t>(std::clamp(random_.log_normal(250, 1.0), 20.0, 6000.0));
    const std::string text = letters_.attached_text(number_, words);
    const std::string name = fmt::format("{:.8}.{}", hexadecimal(), shape.extension);
    const bool coded = !is_ascii(text) || random_.chance(0.3);
    return fmt::format(
        "Content-Type: {}; charset=utf-8; name=\"{}\"\nContent-Disposition: attachment; "
        "filename=\"{}\"\nContent-Transfer-Encoding: {}\n\n{}",
        shape.type, name, name, coded ? "base64" : "7bit", coded ? base64(text) : text);
  }

  std::string attached_bytes() {
    struct Shape {
      const char* type;
      const char* extension;
      std::string_view beginning;
    };
    using namespace std::string_view_literals;
    static const std::vector<Shape> shapes{{"application/pdf", "pdf", "%PDF-1.5\n"},
                                           {"image/jpeg", "jpg", "\xff\xd8\xff\xe0"},
                                           {"image/png", "png", "\x89PNG\r\n\x1a\n"},
                                           {"application/zip", "zip", "PK\x03\x04"}};
    const Shape& shape = random_.pick(shapes);
    const auto size = static_cast<std::size_t>(std::clamp(random_.log_normal(22000, 1.2), 400.0, 1.5e6));
    const std::string bytes = std::string(shape.beginning) + random_bytes(random_, size);
    const std::string name = fmt::format("{:.8}.{}", hexadecimal(), shape.extension);
    return fmt::format(
        "Content-Type: {}; name=\"{}\"\nContent-Disposition: attachment; filename=\"{}\"\nContent-Transfer-Encoding: "
        "base64\n\n{}",
        shape.type, name, name, base64(bytes));
  }

  std::string with_attachments(std::string main) {
    const double share = message_.kind == MailKind::direct ? 0.13 : message_.kind == MailKind::list ? 0.03 : 0.0;
    if (!random_.chance(share)) return main;
    std::vector<std::string> parts{std::move(main)};
    for (std::size_t count = random_.geometric(1.3); count > 0; --count) parts.push_back(attachment());
    return multipart("mixed", parts, random_);
  }

  const World& world_;
  const Plan& plan_;
  const LetterWriter& letters_;
  std::uint32_t number_;
  const Planned& message_;
  const Spelling& from_;
  const Party& party_;
  Habits habits_;
  Random random_;
};

}  // namespace

std::string render_message(const World& world, const Plan& plan, const LetterWriter& letters, std::uint64_t seed,
                           std::uint32_t number) {
  return Renderer(world, plan, letters, seed, number).render();
}

}  // namespace entregent::bench
