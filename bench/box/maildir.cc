// SPDX-License-Identifier: AGPL-3.0-or-later
#include "maildir.h"

#include <stdexcept>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace entregent::bench {

namespace {

class OpenFile {
 public:
  explicit OpenFile(const std::filesystem::path& path)
      : number_(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;

  bool write(std::string_view bytes) const {
    while (number_ >= 0 && !bytes.empty()) {
      const ssize_t written = ::write(number_, bytes.data(), bytes.size());
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return number_ >= 0;
  }

 private:
  int number_;
};

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  if (!OpenFile(path).write(bytes)) throw std::runtime_error("cannot write " + path.string());
}

MaildirWriter::MaildirWriter(std::filesystem::path root) : root_(std::move(root)) {
  if (std::filesystem::exists(root_) && !std::filesystem::is_empty(root_))
    throw std::runtime_error(root_.string() + " is not empty");
}

void MaildirWriter::add(std::string_view folder, std::int64_t at, std::uint32_t number, bool unread,
                        std::string_view bytes) {
  const std::filesystem::path place = root_ / folder;
  if (made_.insert(std::string(folder)).second)
    for (const char* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(place / part);
  write_file(place / (unread ? "new" : "cur") / fmt::format("{}.M{}P1.box{}", at, number, unread ? "" : ":2,S"), bytes);
}

}  // namespace entregent::bench
