// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

#include "tests/certificate.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {

struct DovecotSettings {
  std::string user = "marie@mail.example";
  std::string password = "correct horse";
  std::string certificate_host = "127.0.0.1";  ///< what its certificate names
  Validity certificate_validity = Validity::now;
  Signer certificate_signer = Signer::itself;
};

/// Debian's Dovecot (package dovecot-imapd) over a Maildir of its own, on free ports of 127.0.0.1, as an ordinary user
/// (`nobody` when the test runs as root). It ends with its object, or with the test however that ends. Everything
/// throws std::runtime_error, with Dovecot's log, where it does not work: no test is passed over because Dovecot is
/// missing.
class Dovecot {
 public:
  /// Made, not yet started: put mail in first, or later.
  explicit Dovecot(DovecotSettings settings = {});
  ~Dovecot();
  Dovecot(const Dovecot&) = delete;
  Dovecot& operator=(const Dovecot&) = delete;

  /// Returns when it takes connections.
  void start();
  /// SIGTERM, and waits for its end.
  void stop();
  /// SIGKILL to it and all processes that it started.
  void kill();

  const DovecotSettings& settings() const { return settings_; }
  std::uint16_t tls_port() const { return tls_port_; }      ///< imaps
  std::uint16_t plain_port() const { return plain_port_; }  ///< imap, with STARTTLS
  std::filesystem::path ca_file() const { return folder_.path() / "certificate.pem"; }
  const std::string& certificate_sha256() const { return certificate_.sha256; }
  std::string log();

  std::filesystem::path maildir() const { return folder_.path() / "mail"; }
  /// Where a folder's messages are; `wire` is its name as IMAP has it (modified UTF-7, `/` between levels), `INBOX` the
  /// inbox.
  std::filesystem::path folder_path(std::string_view wire) const;
  void add_folder(std::string_view wire);
  /// Puts a message in, as Maildir names it. `flags` are Maildir's letters (`S`, `RS` …); without any it is left in
  /// `new`. Returns its file.
  std::filesystem::path deliver(std::string_view wire, std::string_view message, std::string_view flags = "S");
  /// Forgets all UIDs of a folder, as a server does that was set up anew: the next opening gives another UIDVALIDITY.
  /// Only while it is stopped.
  void renumber(std::string_view wire, std::uint32_t uid_validity);

 private:
  void write_file(const std::filesystem::path& path, std::string_view bytes);
  void make_folder(const std::filesystem::path& path);
  std::string configuration() const;
  bool launch();
  [[noreturn]] void become_dovecot(const char* configuration_path, int output, pid_t parent) const;
  bool is_ready();
  void wait_for_end(int signal);
  void drain(int descriptor);

  DovecotSettings settings_;
  Certificate certificate_;
  TemporaryFolder folder_;
  uid_t user_id_ = 0;
  gid_t group_id_ = 0;
  std::string user_name_;
  std::string group_name_;
  std::uint16_t tls_port_ = 0;
  std::uint16_t plain_port_ = 0;
  std::uint64_t delivered_ = 0;
  pid_t process_ = -1;
  std::thread drainer_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::string log_;         ///< under mutex_
  bool log_ended_ = false;  ///< under mutex_
};

}  // namespace entregent::tests
