// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "net/connection.h"
#include "net/imap_framer.h"
#include "net/imap_parser.h"
#include "net/secret.h"

namespace entregent::net {

/// All that this client can say. None of them changes a message, a flag or a folder on the server.
enum class ImapCommand {
  capability,
  starttls,
  authenticate_plain,
  login,
  id,
  enable,
  name_space,
  list,
  examine,
  uid_search,
  uid_fetch,
  noop,
  logout
};
inline constexpr std::array<std::string_view, 13> imap_command_names{
    "CAPABILITY", "STARTTLS", "AUTHENTICATE PLAIN", "LOGIN",     "ID",   "ENABLE", "NAMESPACE",
    "LIST",       "EXAMINE",  "UID SEARCH",         "UID FETCH", "NOOP", "LOGOUT"};

struct ImapRequest {
  ImapCommand command = ImapCommand::noop;
  Secret arguments = {};
  /// Lines that follow, each after the server asked for it by `+`.
  std::vector<Secret> lines = {};
};

/// Where the literals of BODY[] go.
class ImapBodyTaker {
 public:
  virtual ~ImapBodyTaker() = default;
  /// Each returns false to end the session. What `message` lacks may still come behind the body.
  virtual bool begin_body(const ImapFetched& message, std::uint64_t size) = 0;
  virtual bool body_bytes(std::string_view bytes) = 0;
  virtual bool end_body() = 0;
};

/// Sends commands over a connection and reads what comes back. After an error that leaves the two sides apart it is
/// dead and each call gives that error again.
class ImapWire {
 public:
  /// Called with each untagged response; false ends the session.
  using OnResponse = std::function<bool(ImapResponse&)>;

  ImapWire(Connection connection, std::chrono::milliseconds reply_timeout, const StopFlag* stop);

  /// The first response of a server. `unavailable` for BYE.
  Result<ImapStatus> greeting();
  /// The tagged answer: OK, NO or BAD. `expected` is the number of responses that the command may give beyond
  /// max_untagged_responses.
  Result<ImapStatus> run(ImapRequest request, const OnResponse& on_response = {}, std::uint64_t expected = 0,
                         ImapBodyTaker* taker = nullptr);
  /// After the OK to STARTTLS. `malformed` if the server said more in the clear (it could be put in by another).
  Result<Done> start_tls(const TlsOptions& options, std::chrono::milliseconds timeout);

  /// Asks for them if the server has not told them since the last forget_capabilities().
  Result<Done> learn_capabilities();
  void forget_capabilities() { capabilities_.clear(); }
  /// `name` in upper case.
  bool offers(std::string_view name) const;
  /// The server said that this extension is switched on.
  bool enabled(std::string_view name) const;

  const Connection& connection() const { return connection_; }
  void set_reply_timeout(std::chrono::milliseconds timeout) { reply_timeout_ = timeout; }
  /// Keeps what the server says out of errors, as it might repeat a password that it just got.
  void hide_server_texts(bool hidden) { texts_hidden_ = hidden; }
  /// Makes it dead; returns `error`.
  Error die(Error error);
  bool is_dead() const { return dead_.has_value(); }

 private:
  Result<ImapResponse> next_response(ImapBodyTaker* taker);
  Result<Done> read_more();
  bool give_literal(ImapFramer::Event event, ImapBodyTaker* taker);
  Result<Done> send(const std::string& tag, ImapRequest& request);
  Result<std::optional<ImapStatus>> take(ImapResponse& response, const std::string& tag, const OnResponse& on_response,
                                         bool bye_expected);
  void note(const ImapResponse& response);
  void extend_deadline() { deadline_ = std::chrono::steady_clock::now() + reply_timeout_; }

  Connection connection_;
  std::chrono::milliseconds reply_timeout_;
  const StopFlag* stop_;
  ImapFramer framer_;
  std::string_view pending_;  ///< read but not yet taken: in connection_'s buffer
  Deadline deadline_{};
  std::uint64_t bytes_since_progress_ = 0;
  std::vector<std::string> capabilities_;
  std::vector<std::string> enabled_;
  std::uint32_t last_tag_ = 0;
  bool texts_hidden_ = false;
  std::optional<Error> dead_;
};

}  // namespace entregent::net
