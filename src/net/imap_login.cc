// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_login.h"

#include <algorithm>
#include <array>
#include <utility>

#include "net/imap_cursor.h"

namespace entregent::net {
namespace {

/// `host` is `domain` or ends in `.domain`.
bool is_below(std::string_view host, std::string_view domain) {
  return host == domain ||
         (host.size() > domain.size() && host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

bool is_microsoft(std::string_view host) {
  static constexpr std::array<std::string_view, 5> domains{"office365.com", "outlook.com", "hotmail.com", "live.com",
                                                           "outlook.cn"};
  return std::any_of(domains.begin(), domains.end(), [&](std::string_view domain) { return is_below(host, domain); });
}

bool is_gmail(std::string_view host) {
  return is_below(host, "gmail.com") || is_below(host, "googlemail.com");
}

Error microsoft_error() {
  return fail({ErrorCode::unauthenticated, N_("Microsoft accepts no password over IMAP any more: save the messages as "
                                              "files (EML) and add their folder instead.")});
}

Error no_encryption(const std::string& host) {
  return fail({ErrorCode::forbidden,
               N_("The mail server {0} offers no encryption there, so the password was not sent: try imaps:// instead "
                  "of imap://."),
               host});
}

/// Nothing that a quoted string cannot carry: RFC 3501 allows it 7-bit characters only.
bool fits_quoted(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c < 127; });
}

Secret quoted(std::string_view text) {
  Secret result(std::string_view("\""));
  for (const char& c : text) {
    if (c == '"' || c == '\\') result.append("\\");
    result.append({&c, 1});
  }
  result.append("\"");
  return result;
}

ImapRequest plain_request(const ImapWire& wire, const ImapAddress& address, const Secret& password) {
  Secret raw(std::string_view("\0", 1));
  raw.append(address.user);
  raw.append({"\0", 1});
  raw.append(password.reveal());
  ImapRequest request{.command = ImapCommand::authenticate_plain};
  if (wire.offers("SASL-IR")) {
    request.arguments = base64(raw);
  } else {
    request.lines.push_back(base64(raw));
  }
  return request;
}

ImapRequest login_request(const ImapAddress& address, const Secret& password) {
  ImapRequest request{.command = ImapCommand::login};
  if (fits_quoted(address.user) && fits_quoted(password.reveal())) {
    request.arguments = quoted(address.user);
    request.arguments.append(" ");
    request.arguments.append(quoted(password.reveal()).reveal());
    return request;
  }
  request.arguments.append("{" + std::to_string(address.user.size()) + "}");
  request.lines.emplace_back(address.user + " {" + std::to_string(password.reveal().size()) + "}");
  request.lines.emplace_back(password.reveal());
  return request;
}

Result<Done> encrypt(ImapWire& wire, const ImapOptions& options, const ImapStatus& greeting) {
  const std::string& host = wire.connection().host();
  if (wire.connection().on_loopback() && options.unencrypted == Unencrypted::on_loopback) return Done{};
  if (greeting.kind == ImapStatusKind::preauth) return wire.die(no_encryption(host));
  if (auto done = wire.learn_capabilities(); !done) return done;
  if (!wire.offers("STARTTLS")) return wire.die(no_encryption(host));
  auto status = wire.run({.command = ImapCommand::starttls});
  if (!status) return status.error();
  if (status->kind != ImapStatusKind::ok) return wire.die(no_encryption(host));
  return wire.start_tls(options.tls, options.connect_timeout);
}

Result<Done> authenticate(ImapWire& wire, const ImapAddress& address, const Secret& password) {
  if (auto done = wire.learn_capabilities(); !done) return done;
  const bool plain = wire.offers("AUTH=PLAIN");
  if (!plain && wire.offers("LOGINDISABLED")) return wire.die(no_password_login(address.host));
  constexpr std::string_view breaking("\0\r\n", 3);
  if (address.user.find_first_of(breaking) != std::string::npos ||
      password.reveal().find_first_of(breaking) != std::string_view::npos) {
    return wire.die(fail({ErrorCode::invalid,
                          N_("The user name or password holds a line end or a NUL, which no mail server accepts.")}));
  }
  wire.hide_server_texts(true);
  auto status = wire.run(plain ? plain_request(wire, address, password) : login_request(address, password));
  if (!status) return status.error();
  if (status->kind != ImapStatusKind::ok) return wire.die(login_refusal(address.host, *status));
  wire.hide_server_texts(false);
  // They often change with the login; the OK may already have told them.
  if (status->code != "CAPABILITY") wire.forget_capabilities();
  return wire.learn_capabilities();
}

/// What the server refuses of it, we go without.
Result<Done> switch_on(ImapWire& wire) {
  // Some providers (163.com) open no folder before they know the program.
  if (wire.offers("ID")) {
    if (auto status = wire.run({.command = ImapCommand::id, .arguments = Secret(R"(("name" "Entregent"))")}); !status)
      return status.error();
  }
  Secret extensions;
  for (const std::string_view name : {"QRESYNC", "UTF8=ACCEPT"}) {
    if (!wire.offers(name) && !(name == "UTF8=ACCEPT" && wire.offers("UTF8=ONLY"))) continue;
    if (!extensions.empty()) extensions.append(" ");
    extensions.append(name);
  }
  if (extensions.empty() || !wire.offers("ENABLE")) return Done{};
  auto status = wire.run({.command = ImapCommand::enable, .arguments = std::move(extensions)});
  if (!status) return status.error();
  return Done{};
}

}  // namespace

Error no_password_login(const std::string& host) {
  if (is_microsoft(host)) return microsoft_error();
  return fail({ErrorCode::unauthenticated,
               N_("The mail server {0} accepts no password over IMAP: save the messages as files (EML or mbox) and add "
                  "these instead."),
               host});
}

Error login_refusal(const std::string& host, const ImapStatus& status) {
  static constexpr std::array<std::string_view, 5> passing{"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG",
                                                           "CONTACTADMIN"};
  if (std::find(passing.begin(), passing.end(), status.code) != passing.end()) {
    return fail(
        {ErrorCode::unavailable, N_("The mail server {0} lets nobody in for the moment: try again later."), host});
  }
  if (is_microsoft(host)) return microsoft_error();
  if (is_gmail(host) || ascii_lower(status.text).find("application-specific password") != std::string::npos) {
    return fail({ErrorCode::unauthenticated, N_("Gmail accepts an app password only: make one in your Google account "
                                                "(it needs two-step verification) and give that one.")});
  }
  return fail(
      {ErrorCode::unauthenticated, N_("The mail server {0} does not accept this user name and password."), host});
}

std::string imap_quoted(std::string_view text) {
  return std::string(quoted(text).reveal());
}

Result<ImapWire> log_in(const ImapAddress& address, const Secret& password, const ImapOptions& options) {
  auto connected = connect_to(address.host, address.port, options.connect_timeout, options.stop);
  if (!connected) return connected.error();
  Connection connection(*std::move(connected), address.host);
  if (address.tls) {
    const Patience patience{std::chrono::steady_clock::now() + options.connect_timeout, options.stop};
    if (auto done = connection.start_tls(options.tls, patience); !done) return done.error();
  }
  ImapWire wire(std::move(connection), options.reply_timeout, options.stop);
  const auto greeting = wire.greeting();
  if (!greeting) return greeting.error();
  if (!address.tls) {
    if (auto done = encrypt(wire, options, *greeting); !done) return done.error();
  }
  if (greeting->kind != ImapStatusKind::preauth) {
    if (auto done = authenticate(wire, address, password); !done) return done.error();
  } else if (auto done = wire.learn_capabilities(); !done) {
    return done.error();
  }
  if (auto done = switch_on(wire); !done) return done.error();
  return wire;
}

}  // namespace entregent::net
