// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_address.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace entregent::net {
namespace {

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

std::string percent_encoded(std::string_view text, std::string_view also_plain) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_ascii_letter_or_digit(c) || std::string_view("-._~").find(c) != std::string_view::npos ||
        also_plain.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += '%';
      out += digits[byte >> 4];
      out += digits[byte & 15];
    }
  }
  return out;
}

/// Nothing for a broken escape, broken UTF-8 or a control character: no mail server has such names, but commands could
/// be made of them.
std::optional<std::string> percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '%') {
      out += text[at];
      continue;
    }
    unsigned value = 0;
    const char* begin = text.data() + at + 1;
    if (at + 2 >= text.size() || std::from_chars(begin, begin + 2, value, 16).ptr != begin + 2) return std::nullopt;
    out += static_cast<char>(value);
    at += 2;
  }
  const bool control = std::any_of(out.begin(), out.end(), [](char c) { return (c >= 0 && c < ' ') || c == 127; });
  if (control || !is_valid_utf8(out)) return std::nullopt;
  return out;
}

bool is_host(std::string_view host, bool ip6) {
  if (host.empty() || host.size() > 253) return false;
  const std::string_view more = ip6 ? ":." : "-._";
  return host.front() != '-' && std::all_of(host.begin(), host.end(), [&](char c) {
           return is_ascii_letter_or_digit(c) || more.find(c) != std::string_view::npos;
         });
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
  if (text.size() < prefix.size() || lower(text.substr(0, prefix.size())) != prefix) return false;
  text.remove_prefix(prefix.size());
  return true;
}

Error bad_url() {
  return fail(
      {ErrorCode::invalid,
       N_("This is not the address of a mail server. Write it like imaps://name%40example.org@imap.example.org")});
}

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size() || port == 0) return std::nullopt;
  return port;
}

/// `host`, `host:port`, `[ip6]` or `[ip6]:port`.
bool read_host_and_port(std::string_view text, ImapAddress& address) {
  std::string_view host;
  const bool ip6 = text.starts_with('[');
  if (ip6) {
    const auto bracket = text.find(']');
    if (bracket == std::string_view::npos) return false;
    host = text.substr(1, bracket - 1);
    text.remove_prefix(bracket + 1);
  } else {
    host = text.substr(0, text.find(':'));
    text.remove_prefix(host.size());
  }
  if (!is_host(host, ip6)) return false;
  address.host = lower(host);
  if (text.empty()) return true;
  const auto port = text.front() == ':' ? port_number(text.substr(1)) : std::nullopt;
  if (port) address.port = *port;
  return port.has_value();
}

}  // namespace

Result<ImapAddress> parse_imap_url(std::string_view url) {
  ImapAddress address;
  url = trimmed(url);
  address.tls = take_prefix(url, "imaps://");
  if (!address.tls && !take_prefix(url, "imap://")) return bad_url();
  address.port = address.tls ? 993 : 143;

  const auto slash = url.find('/');
  const std::string_view authority = url.substr(0, slash);
  std::string_view folder = slash == std::string_view::npos ? std::string_view() : url.substr(slash + 1);
  if (folder.ends_with('/')) folder.remove_suffix(1);

  const auto at = authority.rfind('@');
  if (at == std::string_view::npos || at == 0) return bad_url();
  const std::string_view raw_user = authority.substr(0, at);
  if (raw_user.find(':') != std::string_view::npos) {
    return fail(
        {ErrorCode::invalid, N_("Leave the password out of the address of the mail server: you are asked for it.")});
  }
  auto user = percent_decoded(raw_user);
  auto decoded_folder = percent_decoded(folder);
  if (!user || !decoded_folder || !read_host_and_port(authority.substr(at + 1), address)) return bad_url();
  address.user = *std::move(user);
  address.folder = *std::move(decoded_folder);
  return address;
}

std::string imap_url(const ImapAddress& address) {
  const bool ip6 = address.host.find(':') != std::string::npos;
  std::string url = address.tls ? "imaps://" : "imap://";
  url += percent_encoded(address.user, "") + '@' + (ip6 ? '[' + address.host + ']' : address.host);
  if (address.port != (address.tls ? 993 : 143)) url += ':' + std::to_string(address.port);
  if (!address.folder.empty()) url += '/' + percent_encoded(address.folder, "/");
  return url;
}

}  // namespace entregent::net
