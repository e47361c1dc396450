// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/mailbox_writer.h"

#include <stdexcept>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

using std::chrono::days;
using std::chrono::floor;

const std::string maildir = "sources/Maildir/";
const std::string thunderbird = "sources/Mail/Local Folders/";
const std::string first_takeout = "sources/Takeout/Mail/All mail Including Spam and Trash.mbox";
const std::string second_takeout = "sources/Takeout 2/Mail/Tous les messages, y compris ceux du dossier Spam.mbox";

/// The mailbox names of IMAP, RFC 3501 §5.1.3, which Maildir++ folders are named by.
std::string modified_utf7(std::string_view utf8) {
  std::string out, wide;
  const auto flush = [&] {
    if (wide.empty()) return;
    out += "&" + replaced(replaced(base64(wide), "=", ""), "/", ",") + "-";
    wide.clear();
  };
  for (std::size_t index = 0; index < utf8.size(); ++index) {
    const auto lead = static_cast<unsigned char>(utf8[index]);
    if (lead < 0x80) {
      flush();
      out += utf8[index] == '&' ? std::string("&-") : std::string(1, utf8[index]);
    } else if (index + 1 < utf8.size()) {
      const unsigned code = ((lead & 0x1FU) << 6U) | (static_cast<unsigned char>(utf8[++index]) & 0x3FU);
      wide += static_cast<char>(static_cast<unsigned char>(code >> 8U));
      wide += static_cast<char>(static_cast<unsigned char>(code & 0xFFU));
    }
  }
  flush();
  return out;
}

/// mboxrd: every line that begins with any number of > and "From " gets one > more.
std::string mbox_quoted(const std::string& bytes, TrapCounts& traps) {
  std::string out;
  out.reserve(bytes.size() + 16);
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', begin), bytes.size() - 1);
    const std::string_view line = std::string_view(bytes).substr(begin, end + 1 - begin);
    const std::size_t arrows = std::min(line.find_first_not_of('>'), line.size());
    if (line.substr(arrows).starts_with("From ")) {
      out += '>';
      ++traps["From line in a mbox"];
    }
    out += line;
    begin = end + 1;
  }
  return out;
}

std::string without_slashes(std::string text) {
  return replaced(replaced(std::move(text), "/", "-"), ".", " ");
}

}  // namespace

void write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file.flush()) throw std::runtime_error("the demo world cannot be written: " + path.filename().string());
}

Mailboxes::Mailboxes(const World& world, std::filesystem::path folder, TrapCounts& traps)
    : world_(world), folder_(std::move(folder)), traps_(traps) {}

std::vector<std::string> Mailboxes::add(const Mail& mail, const std::string& bytes) {
  std::vector<std::string> places;
  ++delivered_;
  if (mail.her_address == office_address) {
    const std::string box = maildir_box(mail);
    add_to_maildir(mail, bytes, box, places);
    // A few are kept in a client's folder too.
    if (!by_her(mail) && mail.seed % 9 == 0 && mail.list < 0)
      add_to_maildir(mail, bytes, ".Clients.&AMA- suivre", places);
  } else if (mail.her_address == cabinet_address) {
    add_to_thunderbird(mail, bytes, places);
  } else {
    add_to_takeout(mail, bytes, places);
    const bool can_be_copied = mail.nature == Nature::letter && mail.oddity == Oddity::none && mail.seed % 23 == 0;
    if (can_be_copied && floor<days>(mail.when) > world_.cast.old_address_left) {
      add_to_maildir(mail, bytes, ".Archives." + std::to_string(local(mail.when, Zone::paris).year), places);
      ++traps_["same mail in two sources"];
    }
  }
  if (places.size() > 1) ++traps_["same mail in several folders"];
  return places;
}

std::string Mailboxes::maildir_box(const Mail& mail) const {
  const int year = local(mail.when, Zone::paris).year;
  const int this_year = static_cast<int>(std::chrono::year_month_day{world_.cast.last_day}.year());
  if (by_her(mail)) return ".Sent";
  if (mail.list >= 0)
    return ".Listes." +
           modified_utf7(without_slashes(world_.cast.persons[static_cast<std::size_t>(mail.list)].truth.name));
  if (year < this_year) return ".Archives." + std::to_string(year);
  const Person& writer = world_.cast.persons[static_cast<std::size_t>(mail.from.person)];
  if (mail.seed % 4 == 0 && !writer.truth.company.empty())
    return ".Clients." + modified_utf7(without_slashes(writer.truth.company));
  return "";
}

void Mailboxes::add_to_maildir(const Mail& mail, const std::string& bytes, const std::string& box,
                               std::vector<std::string>& places) {
  const std::string base = maildir + (box.empty() ? "" : box + "/");
  if (maildirs_[base]++ == 0) {
    for (const auto* part : {"cur", "new", "tmp"}) std::filesystem::create_directories(folder_ / (base + part));
    if (!box.empty()) write_file(folder_ / (base + "maildirfolder"), "");
  }
  const bool unread = box.empty() && floor<days>(mail.when) > world_.cast.last_day - days{3};
  const char* flags[] = {"S", "RS", "S", "FS", "RS"};
  const auto seconds = mail.when.time_since_epoch().count();
  std::string name = fmt::format("{}.M{}P{}_{}.portable,S={}", seconds, mail.seed % 1000000, 1200 + mail.seed % 31,
                                 delivered_, bytes.size());
  name = unread ? "new/" + name : fmt::format("cur/{}:2,{}", name, flags[mail.seed % 5]);
  write_file(folder_ / (base + name), bytes);
  places.push_back(base + name);
}

void Mailboxes::append(const std::string& path, std::string_view from_line, std::string bytes,
                       std::vector<std::string>& places) {
  auto& file = mboxes_[path];
  if (!file.is_open()) {
    std::filesystem::create_directories((folder_ / path).parent_path());
    file.open(folder_ / path, std::ios::binary);
  }
  file << from_line << bytes;
  if (!file) throw std::runtime_error("the demo world cannot be written: " + path);
  places.push_back(path);
}

void Mailboxes::add_to_thunderbird(const Mail& mail, const std::string& bytes, std::vector<std::string>& places) {
  std::string box = "Archives.sbd/" + std::to_string(local(mail.when, Zone::paris).year);
  if (by_her(mail)) box = "Sent";
  if (mail.list >= 0) box = "Listes de diffusion";
  if (!by_her(mail) && mail.list < 0 && floor<days>(mail.when) > world_.cast.old_address_left - days{60}) box = "Inbox";
  const std::string marks = fmt::format("X-Mozilla-Status: {}\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys: \n",
                                        mail.seed % 3 == 0 ? "0003" : "0001");
  append(thunderbird + box, "From - " + asctime(mail.when) + "\n", marks + mbox_quoted(bytes, traps_) + "\n", places);
}

void Mailboxes::add_to_takeout(const Mail& mail, const std::string& bytes, std::vector<std::string>& places) {
  const auto day = floor<days>(mail.when);
  const auto cut = world_.cast.last_day - days{60};
  const bool spam = mail.nature == Nature::spam, trash = mail.oddity == Oddity::trashed;
  ++traps_[spam ? "spam" : trash ? "trash" : by_her(mail) ? "sent label" : "inbox label"];
  const char* english = spam                 ? "Spam"
                        : trash              ? "Trash,Opened"
                        : by_her(mail)       ? "Sent,Opened"
                        : mail.seed % 3 == 0 ? "Archived,Important,Opened"
                                             : "Inbox,Opened,Category Personal";
  const char* french = spam           ? "Spam"
                       : trash        ? "Corbeille,Ouvert"
                       : by_her(mail) ? "=?UTF-8?Q?Messages_envoy=C3=A9s,Ouvert?="
                                      : "=?UTF-8?Q?Bo=C3=AEte_de_r=C3=A9ception,Ouvert?=";
  const Local time = local(mail.when, Zone::utc);
  const std::string from = fmt::format(
      "From {}@xxx {} {} {:02} {:02}:{:02}:{:02} +0000 {}", 1600000000000000000ULL + mail.seed % 200000000000000000ULL,
      english_weekday(time.weekday).substr(0, 3), english_month(time.month).substr(0, 3), time.day, time.hour,
      time.minute, time.second, time.year);
  const std::string thread =
      fmt::format("X-GM-THRID: {}\n", 1600000000000000000ULL + static_cast<unsigned long long>(mail.thread));
  const std::string quoted = mbox_quoted(bytes, traps_);
  if (day <= cut)
    append(first_takeout, from + "\r\n",
           replaced(thread + "X-Gmail-Labels: " + english + "\n" + quoted + "\n", "\n", "\r\n"), places);
  // The next Takeout repeats what the first one had of its last two months.
  if (day > cut - days{60})
    append(second_takeout, from + "\n", thread + "X-Gmail-Labels: " + french + "\n" + quoted + "\n", places);
}

void Mailboxes::finish() {
  for (auto& [path, file] : mboxes_) {
    if (!file.flush()) throw std::runtime_error("the demo world cannot be written: " + path);
    if (path.starts_with(thunderbird)) {
      write_file(
          folder_ / (path + ".msf"),
          "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n< <(a=c)> // (f=iso-8859-1)\n  (80=ns:msg:db:row:scope:msgs:all)>\n");
      ++traps_["msf index"];
    }
  }
  write_file(folder_ / (thunderbird + "Archives"), "");
  write_file(folder_ / (thunderbird + "Archives.msf"), "// <!-- <mdb:mork:z v=\"1.4\"/> -->\n");
  write_file(folder_ / (maildir + "subscriptions"), "Sent\nListes\nClients\n");
  write_file(folder_ / (maildir + "dovecot-uidvalidity"), "6560a1b2");
  mboxes_.clear();
}

}  // namespace entregent::demo
