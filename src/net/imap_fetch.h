// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/imap_session.h"
#include "net/imap_wire.h"

namespace entregent::net {

/// Stands between the wire and the caller's sink during one UID FETCH: gives on what was asked for, once, and drops the
/// rest.
class ImapBatch final : public ImapBodyTaker {
 public:
  ImapBatch(std::vector<std::uint32_t> uids, std::uint64_t max_message_bytes, ImapSink& sink, ImapFetchReport& report);

  bool begin_body(const ImapFetched& message, std::uint64_t size) override;
  bool body_bytes(std::string_view bytes) override;
  bool end_body() override;
  /// A whole response, after its literals.
  bool take(ImapResponse& response);

  std::vector<UidRange> ranges() const;
  /// Sorted: what no body came for.
  std::vector<std::uint32_t> missing() const;

 private:
  enum class Body { none, given, held, dropped };
  bool wants(std::uint32_t uid) const;
  /// Gives on a body that was held, or stood in the response itself.
  bool deliver(std::uint32_t uid, std::string_view bytes);
  void pass_over(std::uint32_t uid, std::uint64_t size);
  void mark_done(std::uint32_t uid);

  std::vector<std::uint32_t> uids_;  ///< sorted, each once
  std::vector<bool> done_;
  std::uint64_t max_message_bytes_;
  ImapSink& sink_;
  ImapFetchReport& report_;
  Body body_ = Body::none;  ///< of the response that is being read
  std::string held_;        ///< a body that came before its UID
  std::uint64_t held_size_ = 0;
};

}  // namespace entregent::net
