// SPDX-License-Identifier: AGPL-3.0-or-later
#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "net/imap_fetch.h"
#include "net/imap_framer.h"
#include "net/imap_limits.h"
#include "net/imap_login.h"
#include "net/imap_parser.h"

namespace {

using namespace entregent::net;  // NOLINT(google-build-using-namespace): a program of one file

void demand(bool holds) {
  if (!holds) std::abort();
}

/// Demands that messages begin and end in turn and have the size that was announced.
struct StrictSink final : ImapSink {
  bool open = false;
  std::uint64_t left = 0;
  std::uint32_t ended = 0;
  std::uint32_t passed_over = 0;
  bool begin(std::uint32_t uid, std::uint64_t size) override {
    demand(!open && uid >= 1 && uid <= 20 && size <= 1000);
    open = true;
    left = size;
    return true;
  }
  bool append(std::string_view bytes) override {
    demand(open && bytes.size() <= left);
    left -= bytes.size();
    return true;
  }
  bool end() override {
    demand(open && left == 0);
    open = false;
    ++ended;
    return true;
  }
  void too_large(std::uint32_t, std::uint64_t size) override {
    demand(size > 1000);
    ++passed_over;
  }
};

/// What a session would make of `bytes` that come in pieces of `step`: the text of each response, then what the sink
/// got.
struct Conversation {
  std::vector<std::string> responses;
  ImapFetchReport report;
  bool broken = false;

  Conversation(std::string_view bytes, std::size_t step) {
    std::vector<std::uint32_t> wanted(20);
    for (std::uint32_t i = 0; i < 20; ++i) wanted[i] = i + 1;
    StrictSink sink;
    ImapBatch batch(wanted, 1000, sink, report);
    ImapFramer framer;
    bool streaming = false;
    while (!bytes.empty() && !broken) {
      std::string_view input = bytes.substr(0, step);
      bytes.remove_prefix(input.size());
      while (read_one(framer, input, batch, streaming)) {
      }
    }
    demand(report.fetched == sink.ended && report.too_large == sink.passed_over);
    demand(batch.missing().size() + report.fetched + report.too_large + (sink.open ? 1U : 0U) == wanted.size());
  }

  bool read_one(ImapFramer& framer, std::string_view& input, ImapBatch& batch, bool& streaming) {
    const auto event = framer.next(input);
    broken = !event;
    if (broken || *event == ImapFramer::Event::more) return false;
    if (*event == ImapFramer::Event::literal) {
      const auto message = parse_fetch_before_body(framer.text());
      streaming = message.has_value();
      if (streaming) {
        framer.stream_literal();
        demand(batch.begin_body(*message, framer.literal_size()));
      }
    } else if (*event == ImapFramer::Event::literal_bytes) {
      demand(streaming && batch.body_bytes(framer.piece()));
    } else if (*event == ImapFramer::Event::literal_end) {
      demand(batch.end_body());
    } else {
      responses.emplace_back(framer.text());
      auto response = parse_imap_response(framer.text());
      broken = !response;
      if (response) demand(batch.take(*response));
    }
    return !broken;
  }
};

void check_notations(std::string_view text) {
  const auto name = decode_modified_utf7(text);
  // A name that is not valid UTF-8 outside of `&…-` is refused, so what was decoded can be written again.
  if (name) demand(entregent::is_valid_utf8(*name) && decode_modified_utf7(encode_modified_utf7(*name)) == name);
  if (const auto set = parse_uid_set(text)) {
    demand(parse_uid_set(uid_set(*set)) == set && std::is_sorted(set->begin(), set->end()));
  }
  if (const auto date = parse_imap_date(text)) demand(!entregent::iso_instant(*date).empty());
  const std::string shown = shown_text(text);
  demand(shown.size() <= max_shown_bytes && entregent::is_valid_utf8(shown) && shown.find('\x1b') == std::string::npos);
}

void check_response(std::string_view text) {
  const auto response = parse_imap_response(text);
  if (!response) return;
  if (const auto* listed = std::get_if<ImapListed>(&*response)) check_notations(listed->wire);
  if (const auto* status = std::get_if<ImapStatus>(&*response)) {
    check_notations(status->text);
    demand(!login_refusal("mail.example", *status).message.empty());
  }
  if (const auto* found = std::get_if<ImapFound>(&*response)) demand(joined(found->uids) == found->uids);
}

}  // namespace

/// A server's side of a conversation reads the same however its bytes are split, and a sink gets whole messages only.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {  // NOLINT: libFuzzer's name
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Conversation whole(bytes, std::max<std::size_t>(size, 1));
  const Conversation split(bytes, 1 + size % 7);
  demand(whole.responses == split.responses && whole.broken == split.broken &&
         whole.report.fetched == split.report.fetched);
  for (const auto& response : whole.responses) check_response(response);
  check_notations(bytes);
  return 0;
}
