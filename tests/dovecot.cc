// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/dovecot.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <stdexcept>
#include <utility>

#include <arpa/inet.h>
#include <fcntl.h>
#include <grp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace entregent::tests {
namespace {

constexpr const char* program = "/usr/sbin/dovecot";
constexpr std::string_view ready_line = "starting up for imap";

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  address.sin_port = htons(port);
  return address;
}

/// Free at this moment; start() tries again with another if somebody took it meanwhile.
std::uint16_t free_port() {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  const bool bound = bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  close(descriptor);
  if (!bound) throw std::runtime_error("no free port on 127.0.0.1");
  return ntohs(address.sin_port);
}

bool takes_connections(std::uint16_t port) {
  const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool connected = connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(descriptor);
  return connected;
}

}  // namespace

Dovecot::Dovecot(DovecotSettings settings)
    : settings_(std::move(settings)),
      certificate_(
          make_certificate(settings_.certificate_host, settings_.certificate_validity, settings_.certificate_signer)) {
  if (access(program, X_OK) != 0) throw std::runtime_error("Dovecot is missing: apt-get install dovecot-imapd");
  const passwd* user = geteuid() == 0 ? getpwnam("nobody") : getpwuid(geteuid());
  if (!user) throw std::runtime_error("the user of this test has no name in /etc/passwd");
  user_id_ = user->pw_uid;
  group_id_ = user->pw_gid;
  user_name_ = user->pw_name;
  const group* primary = getgrgid(group_id_);
  if (!primary) throw std::runtime_error("the group of this test has no name in /etc/group");
  group_name_ = primary->gr_name;
  if (chown(folder_.path().c_str(), user_id_, group_id_) != 0) throw std::runtime_error("chown failed");
  for (const char* name : {"run", "state", "mail", "mail/cur", "mail/new", "mail/tmp"})
    make_folder(folder_.path() / name);
  write_file(ca_file(), certificate_.pem);
  write_file(folder_.path() / "key.pem", certificate_.key_pem);
  write_file(folder_.path() / "passwd", settings_.user + ":{PLAIN}" + settings_.password + ":" +
                                            std::to_string(user_id_) + ":" + std::to_string(group_id_) +
                                            "::" + folder_.path().string() + "\n");
}

Dovecot::~Dovecot() {
  kill();
}

void Dovecot::make_folder(const std::filesystem::path& path) {
  std::filesystem::create_directory(path);
  if (chown(path.c_str(), user_id_, group_id_) != 0) throw std::runtime_error("chown failed");
}

void Dovecot::write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  if (!file || chown(path.c_str(), user_id_, group_id_) != 0)
    throw std::runtime_error("a file of the test could not be written");
}

std::string Dovecot::configuration() const {
  const std::string folder = folder_.path().string();
  const auto listener = [](const char* name, std::uint16_t port, const char* ssl) {
    return std::string("  inet_listener ") + name + " {\n    port = " + std::to_string(port) + "\n    ssl = " + ssl +
           "\n  }\n";
  };
  const auto mailbox = [](const char* name, const char* use) {
    return std::string("  mailbox \"") + name + "\" {\n    special_use = " + use + "\n  }\n";
  };
  return "protocols = imap\nlisten = 127.0.0.1\nlog_path = /dev/stderr\nbase_dir = " + folder +
         "/run\nstate_dir = " + folder + "/state\ndefault_internal_user = " + user_name_ +
         "\ndefault_internal_group = " + group_name_ + "\ndefault_login_user = " + user_name_ +
         "\nfirst_valid_uid = 1\nfirst_valid_gid = 1\ndefault_vsz_limit = 0\n" +
         "auth_failure_delay = 0\nmail_max_userip_connections = 0\nauth_mechanisms = plain login\n" +
         "mail_location = maildir:" + folder + "/mail\nssl = yes\nssl_cert = <" + folder +
         "/certificate.pem\nssl_key = <" + folder + "/key.pem\nnamespace inbox {\n  inbox = yes\n  separator = /\n" +
         mailbox("Envoyés", "\\Sent") + mailbox("Corbeille", "\\Trash") +
         "}\npassdb {\n  driver = passwd-file\n  args = " + folder +
         "/passwd\n}\nuserdb {\n  driver = passwd-file\n  args = " + folder +
         "/passwd\n}\nservice imap-login {\n  chroot =\n" + listener("imap", plain_port_, "no") +
         listener("imaps", tls_port_, "yes") +
         // Each wrong password would make the next answer slower.
         "}\nservice anvil {\n  chroot =\n  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\nservice stats "
         "{\n  chroot =\n}\n";
}

void Dovecot::start() {
  constexpr int attempts = 5;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    if (tls_port_ == 0 || attempt > 0) {
      tls_port_ = free_port();
      do plain_port_ = free_port();
      while (plain_port_ == tls_port_);
    }
    if (launch()) return;
  }
  throw std::runtime_error("Dovecot did not start:\n" + log());
}

/// False if it ended before it took a connection.
bool Dovecot::launch() {
  write_file(folder_.path() / "dovecot.conf", configuration());
  const std::string path = (folder_.path() / "dovecot.conf").string();
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const pid_t parent = getpid();
  process_ = fork();
  if (process_ == 0) become_dovecot(path.c_str(), ends[1], parent);
  close(ends[1]);
  if (process_ < 0) throw std::runtime_error("no process");
  setpgid(process_, process_);
  {
    const std::lock_guard lock(mutex_);
    log_.clear();
    log_ended_ = false;
  }
  drainer_ = std::thread([this, descriptor = ends[0]] { drain(descriptor); });
  if (is_ready()) return true;
  kill();
  return false;
}

/// Only calls that are safe after a fork among threads.
void Dovecot::become_dovecot(const char* configuration_path, int output, pid_t parent) const {
  setpgid(0, 0);
  if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(group_id_) != 0 || setuid(user_id_) != 0)) _exit(126);
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(126);
  dup2(output, STDERR_FILENO);
  dup2(output, STDOUT_FILENO);
  const std::array<char*, 5> arguments{const_cast<char*>(program), const_cast<char*>("-F"), const_cast<char*>("-c"),
                                       const_cast<char*>(configuration_path), nullptr};
  const std::array<char*, 2> environment{const_cast<char*>("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nullptr};
  execve(program, arguments.data(), environment.data());
  _exit(127);
}

bool Dovecot::is_ready() {
  const auto says_so = [this] { return log_.find(ready_line) != std::string::npos; };
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::seconds(30), [&] { return log_ended_ || says_so(); });
  // Its listeners come a moment after its word.
  for (int i = 0; says_so() && !log_ended_ && i < 3000; ++i) {
    if (takes_connections(tls_port_) && takes_connections(plain_port_)) return true;
    changed_.wait_for(lock, std::chrono::milliseconds(10), [this] { return log_ended_; });
  }
  return false;
}

void Dovecot::drain(int descriptor) {
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t size = read(descriptor, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    const std::lock_guard lock(mutex_);
    if (size > 0) log_.append(buffer.data(), static_cast<std::size_t>(size));
    if (size <= 0) log_ended_ = true;
    changed_.notify_all();
    if (size <= 0) break;
  }
  close(descriptor);
}

std::string Dovecot::log() {
  const std::lock_guard lock(mutex_);
  return log_;
}

void Dovecot::stop() {
  wait_for_end(SIGTERM);
}

void Dovecot::kill() {
  wait_for_end(SIGKILL);
}

void Dovecot::wait_for_end(int signal) {
  if (process_ <= 0) return;
  ::kill(signal == SIGKILL ? -process_ : process_, signal);
  int status = 0;
  while (waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  ::kill(-process_, SIGKILL);  // What is left of its group.
  process_ = -1;
  if (drainer_.joinable()) drainer_.join();
}

std::filesystem::path Dovecot::folder_path(std::string_view wire) const {
  if (wire == "INBOX") return maildir();
  std::string name(wire);
  std::replace(name.begin(), name.end(), '/', '.');
  return maildir() / ("." + name);
}

void Dovecot::add_folder(std::string_view wire) {
  const auto path = folder_path(wire);
  make_folder(path);
  for (const char* name : {"cur", "new", "tmp"}) make_folder(path / name);
  write_file(path / "maildirfolder", "");
}

std::filesystem::path Dovecot::deliver(std::string_view wire, std::string_view message, std::string_view flags) {
  ++delivered_;
  const std::string name =
      std::to_string(1'700'000'000 + delivered_) + ".M" + std::to_string(delivered_) + "P1.mail.example";
  const auto path = flags.empty() ? folder_path(wire) / "new" / name
                                  : folder_path(wire) / "cur" / (name + ":2," + std::string(flags));
  write_file(path, message);
  return path;
}

void Dovecot::renumber(std::string_view wire, std::uint32_t uid_validity) {
  for (const auto& entry : std::filesystem::directory_iterator(folder_path(wire))) {
    if (entry.path().filename().string().starts_with("dovecot.index")) std::filesystem::remove(entry.path());
  }
  write_file(folder_path(wire) / "dovecot-uidlist",
             "3 V" + std::to_string(uid_validity) + " N1 G00000000000000000000000000000001\n");
}

}  // namespace entregent::tests
