// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_wire.h"

#include <algorithm>
#include <utility>

#include "net/imap_cursor.h"
#include "net/imap_limits.h"

namespace entregent::net {
namespace {

Error farewell(const std::string& host, const ImapStatus& status) {
  const std::string text = shown_text(status.text);
  if (text.empty()) return closed_error(host);
  return fail({ErrorCode::unavailable, N_("The mail server ended the connection and said: {0}"), text});
}

}  // namespace

ImapWire::ImapWire(Connection connection, std::chrono::milliseconds reply_timeout, const StopFlag* stop)
    : connection_(std::move(connection)), reply_timeout_(reply_timeout), stop_(stop) {}

Error ImapWire::die(Error error) {
  if (!dead_) dead_ = error;
  return *dead_;
}

Result<ImapStatus> ImapWire::greeting() {
  extend_deadline();
  auto response = next_response(nullptr);
  if (!response) return die(response.error());
  const auto* status = std::get_if<ImapStatus>(&*response);
  if (!status || !status->tag.empty()) return die(not_imap_error());
  if (status->kind == ImapStatusKind::bye) return die(farewell(connection_.host(), *status));
  if (status->kind != ImapStatusKind::ok && status->kind != ImapStatusKind::preauth) return die(not_imap_error());
  note(*response);
  return *status;
}

Result<ImapStatus> ImapWire::run(ImapRequest request, const OnResponse& on_response, std::uint64_t expected,
                                 ImapBodyTaker* taker) {
  if (dead_) return *dead_;
  const std::string tag = "E" + std::to_string(++last_tag_);
  extend_deadline();
  if (auto sent = send(tag, request); !sent) return die(sent.error());
  std::size_t lines_sent = 0;
  for (std::uint64_t left = expected + max_untagged_responses; left > 0; --left) {
    auto response = next_response(taker);
    if (!response) return die(response.error());
    if (std::holds_alternative<ImapContinuation>(*response)) {
      if (lines_sent == request.lines.size()) return die(not_imap_error());
      Secret& line = request.lines[lines_sent++];
      line.append("\r\n");
      if (auto sent = connection_.write(line.reveal(), {deadline_, stop_}); !sent) return die(sent.error());
      continue;
    }
    auto status = take(*response, tag, on_response, request.command == ImapCommand::logout);
    if (!status) return die(status.error());
    if (*status) return **std::move(status);
  }
  return die(too_much_error());
}

Result<Done> ImapWire::send(const std::string& tag, ImapRequest& request) {
  Secret line(tag);
  line.append(" ");
  line.append(imap_command_names[static_cast<std::size_t>(request.command)]);
  if (!request.arguments.empty()) line.append(" ");
  line.append(request.arguments.reveal());
  line.append("\r\n");
  return connection_.write(line.reveal(), {deadline_, stop_});
}

/// The status that ends the command, or nothing: go on.
Result<std::optional<ImapStatus>> ImapWire::take(ImapResponse& response, const std::string& tag,
                                                 const OnResponse& on_response, bool bye_expected) {
  note(response);
  if (auto* status = std::get_if<ImapStatus>(&response)) {
    if (!status->tag.empty()) {
      if (status->tag != tag) return not_imap_error();
      return std::optional(std::move(*status));
    }
    if (status->kind == ImapStatusKind::bye && !bye_expected) {
      return texts_hidden_ ? closed_error(connection_.host()) : farewell(connection_.host(), *status);
    }
  }
  if (on_response && !on_response(response)) return stopped_error();
  return std::optional<ImapStatus>();
}

Result<ImapResponse> ImapWire::next_response(ImapBodyTaker* taker) {
  extend_deadline();
  bytes_since_progress_ = 0;
  bool streaming = false;
  for (;;) {
    const auto event = framer_.next(pending_);
    if (!event) return event.error();
    switch (*event) {
      case ImapFramer::Event::more:
        if (auto read = read_more(); !read) return read.error();
        break;
      case ImapFramer::Event::literal: {
        const auto message = taker ? parse_fetch_before_body(framer_.text()) : std::nullopt;
        streaming = message.has_value();
        if (!streaming) break;
        framer_.stream_literal();
        if (!taker->begin_body(*message, framer_.literal_size())) return stopped_error();
        break;
      }
      case ImapFramer::Event::literal_bytes:
      case ImapFramer::Event::literal_end:
        if (streaming && !give_literal(*event, taker)) return stopped_error();
        break;
      case ImapFramer::Event::response:
        return parse_imap_response(framer_.text());
    }
  }
}

bool ImapWire::give_literal(ImapFramer::Event event, ImapBodyTaker* taker) {
  return event == ImapFramer::Event::literal_bytes ? taker->body_bytes(framer_.piece()) : taker->end_body();
}

/// A server that sends drop by drop does not get more time for each drop.
Result<Done> ImapWire::read_more() {
  const auto bytes = connection_.read({deadline_, stop_});
  if (!bytes) return bytes.error();
  pending_ = *bytes;
  bytes_since_progress_ += bytes->size();
  if (bytes_since_progress_ >= progress_bytes) {
    bytes_since_progress_ = 0;
    extend_deadline();
  }
  return Done{};
}

Result<Done> ImapWire::start_tls(const TlsOptions& options, std::chrono::milliseconds timeout) {
  if (dead_) return *dead_;
  if (!pending_.empty()) return die(not_imap_error());
  auto done = connection_.start_tls(options, {std::chrono::steady_clock::now() + timeout, stop_});
  if (!done) return die(done.error());
  forget_capabilities();
  return done;
}

void ImapWire::note(const ImapResponse& response) {
  if (const auto* told = std::get_if<ImapCapabilities>(&response)) capabilities_ = told->names;
  if (const auto* told = std::get_if<ImapEnabled>(&response)) enabled_ = told->names;
  const auto* status = std::get_if<ImapStatus>(&response);
  if (!status || status->code != "CAPABILITY") return;
  const auto parsed = parse_imap_response("* CAPABILITY " + status->arguments);
  const auto* told = parsed ? std::get_if<ImapCapabilities>(&*parsed) : nullptr;
  if (told) capabilities_ = told->names;
}

Result<Done> ImapWire::learn_capabilities() {
  if (!capabilities_.empty()) return Done{};
  auto status = run({.command = ImapCommand::capability});
  if (!status) return status.error();
  if (status->kind != ImapStatusKind::ok || capabilities_.empty()) return die(not_imap_error());
  return Done{};
}

bool ImapWire::offers(std::string_view name) const {
  return std::find(capabilities_.begin(), capabilities_.end(), name) != capabilities_.end();
}

bool ImapWire::enabled(std::string_view name) const {
  return std::find(enabled_.begin(), enabled_.end(), name) != enabled_.end();
}

}  // namespace entregent::net
