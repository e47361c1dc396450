// SPDX-License-Identifier: AGPL-3.0-or-later
#include "net/imap_fetch.h"

#include <algorithm>
#include <utility>

namespace entregent::net {

ImapBatch::ImapBatch(std::vector<std::uint32_t> uids, std::uint64_t max_message_bytes, ImapSink& sink,
                     ImapFetchReport& report)
    : uids_(std::move(uids)), max_message_bytes_(max_message_bytes), sink_(sink), report_(report) {
  std::sort(uids_.begin(), uids_.end());
  uids_.erase(std::unique(uids_.begin(), uids_.end()), uids_.end());
  done_.resize(uids_.size());
}

bool ImapBatch::wants(std::uint32_t uid) const {
  const auto at = std::lower_bound(uids_.begin(), uids_.end(), uid);
  return at != uids_.end() && *at == uid && !done_[static_cast<std::size_t>(at - uids_.begin())];
}

void ImapBatch::mark_done(std::uint32_t uid) {
  const auto at = std::lower_bound(uids_.begin(), uids_.end(), uid);
  done_[static_cast<std::size_t>(at - uids_.begin())] = true;
}

void ImapBatch::pass_over(std::uint32_t uid, std::uint64_t size) {
  mark_done(uid);
  ++report_.too_large;
  sink_.too_large(uid, size);
}

bool ImapBatch::begin_body(const ImapFetched& message, std::uint64_t size) {
  if (body_ != Body::none || (message.uid && !wants(*message.uid))) {
    body_ = Body::dropped;
    return true;
  }
  if (!message.uid) {
    body_ = Body::held;
    held_.clear();
    held_size_ = size;
    return true;
  }
  if (size > max_message_bytes_) {
    body_ = Body::dropped;
    pass_over(*message.uid, size);
    return true;
  }
  body_ = Body::given;
  mark_done(*message.uid);
  return sink_.begin(*message.uid, size);
}

bool ImapBatch::body_bytes(std::string_view bytes) {
  if (body_ == Body::given) return sink_.append(bytes);
  if (body_ == Body::held && held_size_ <= max_message_bytes_) held_ += bytes;
  return true;
}

bool ImapBatch::end_body() {
  if (body_ != Body::given) return true;
  body_ = Body::dropped;  // A second body of the same response is nobody's.
  ++report_.fetched;
  return sink_.end();
}

bool ImapBatch::take(ImapResponse& response) {
  const auto* message = std::get_if<ImapFetched>(&response);
  if (!message) return true;
  const Body body = std::exchange(body_, Body::none);
  if (!message->uid || !wants(*message->uid)) return true;
  if (body == Body::held && held_size_ > max_message_bytes_) {
    pass_over(*message->uid, held_size_);
    return true;
  }
  if (body == Body::held) return deliver(*message->uid, std::exchange(held_, {}));
  // NIL, which is as good as absent, looks like an empty body here; a message has at least a header.
  return body != Body::none || message->body.empty() || deliver(*message->uid, message->body);
}

bool ImapBatch::deliver(std::uint32_t uid, std::string_view bytes) {
  mark_done(uid);
  ++report_.fetched;
  return sink_.begin(uid, bytes.size()) && sink_.append(bytes) && sink_.end();
}

std::vector<UidRange> ImapBatch::ranges() const {
  std::vector<UidRange> ranges;
  for (const auto uid : uids_) ranges.push_back({uid, uid});
  return joined(std::move(ranges));
}

std::vector<std::uint32_t> ImapBatch::missing() const {
  std::vector<std::uint32_t> left;
  for (std::size_t i = 0; i < uids_.size(); ++i) {
    if (!done_[i]) left.push_back(uids_[i]);
  }
  return left;
}

}  // namespace entregent::net
