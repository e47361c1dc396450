// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <optional>
#include <string>

#include <sys/types.h>

#include "reading/channel.h"
#include "reading/zygote.h"

namespace entregent::reading {

/// The pool's hold on its zygote.
class Launcher {
 public:
  /// Starts the program; throws ReadersUnavailable if it cannot be executed.
  Launcher(const std::string& program, const ZygoteArguments& arguments);
  /// Ends the zygote, once it has collected its readers, which must be dead or dying: so their CPU time counts as ours.
  ~Launcher();
  Launcher(const Launcher&) = delete;
  Launcher& operator=(const Launcher&) = delete;

  int socket() const { return socket_.number(); }

  /// A reader's own ends of its channels.
  struct Ends {
    Descriptor batches;
    Descriptor answers;
    Descriptor progress;
  };
  Sent ask_start(const Ends& ends);
  Sent ask_status(pid_t pid);

  struct Reply {
    ZygoteMessage message;
    Descriptor process;  ///< of a start; may be missing where descriptors have run out
  };
  /// The next reply that has come. Replies come in the order of the questions.
  std::optional<Reply> next_reply();
  bool closed() const { return closed_; }

 private:
  Descriptor socket_;
  pid_t process_ = -1;
  bool closed_ = false;
  Message message_;
};

}  // namespace entregent::reading
