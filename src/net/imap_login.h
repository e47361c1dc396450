// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

#include "base/result.h"
#include "net/imap_address.h"
#include "net/imap_session.h"
#include "net/imap_wire.h"
#include "net/secret.h"

namespace entregent::net {

/// Connects, encrypts, logs in and switches on what the server offers of ID, QRESYNC and UTF8=ACCEPT.
Result<ImapWire> log_in(const ImapAddress& address, const Secret& password, const ImapOptions& options);

/// Why a server said NO to a password, in words that say what to do about it.
Error login_refusal(const std::string& host, const ImapStatus& status);

/// What to say of a server that takes no password at all.
Error no_password_login(const std::string& host);

/// `"text"` with its quotes and backslashes escaped. `text` holds no line end and no NUL.
std::string imap_quoted(std::string_view text);

}  // namespace entregent::net
