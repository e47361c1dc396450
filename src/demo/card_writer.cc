// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/card_writer.h"

#include <algorithm>

#include <fmt/format.h>

#include "demo/attachments.h"

namespace entregent::demo {
namespace {

class Cards {
 public:
  Cards(const World& world, TrapCounts& traps)
      : world_(world), traps_(traps), random_(world.cast.humans.size() * 31U + 7U) {
    order_ = world.cast.humans;
    std::stable_sort(order_.begin(), order_.end(),
                     [&](int one, int other) { return person(one).weight > person(other).weight; });
  }

  std::vector<CardFile> files() {
    std::vector<CardFile> out{{"telephone.vcf", "", {}}, {"contacts en ligne.vcf", "", {}}, {"carnet.vcf", "", {}}};
    for (std::size_t rank = 0; rank < order_.size(); ++rank) {
      const Person& who = person(order_[rank]);
      const bool couple = who.truth.addresses[0].shared, opaque = has_trap(who, "nothing in common"),
                 bride = has_trap(who, "name change");
      if (rank % 3 == 0 && rank < order_.size() / 2) add_old(out[0], who);
      if (!couple && rank % 2 == 0 && rank < order_.size() * 2 / 3) add_online(out[1], who, rank);
      if (rank % 4 == 1 || (opaque && rank % 2 == 0) || bride) add_desktop(out[2], who);
    }
    return out;
  }

 private:
  const Person& person(int id) const { return world_.cast.persons[static_cast<std::size_t>(id)]; }
  static bool has_trap(const Person& who, std::string_view trap) {
    return std::find(who.truth.traps.begin(), who.truth.traps.end(), trap) != who.truth.traps.end();
  }
  static std::string crlf(const std::string& text) { return replaced(text, "\n", "\r\n"); }

  static std::string escaped(std::string text) { return replaced(replaced(std::move(text), ",", "\\,"), ";", "\\;"); }

  /// vCard 2.1: quoted-printable in the telephone's charset, sometimes without the word ENCODING=.
  std::string old_value(std::string_view property, const std::string& value) {
    if (is_ascii(value)) return fmt::format("{}:{}\n", property, value);
    const bool latin = random_.chance(50);
    const bool short_form = random_.chance(30);
    ++traps_[short_form ? "vCard QUOTED-PRINTABLE without ENCODING" : "vCard QUOTED-PRINTABLE"];
    const std::string coded = quoted_printable(in_charset(value, latin ? Charset::latin1 : Charset::utf8));
    return fmt::format("{};CHARSET={};{}QUOTED-PRINTABLE:{}\n", property, latin ? "ISO-8859-1" : "UTF-8",
                       short_form ? "" : "ENCODING=", coded);
  }

  void add_old(CardFile& file, const Person& who) {
    const std::string& address = who.truth.addresses[0].address;
    ++traps_["vCard 2.1"];
    std::string card =
        "BEGIN:VCARD\nVERSION:2.1\n" + old_value("N", who.family + ";" + who.given) + old_value("FN", who.truth.name);
    if (!who.truth.company.empty()) card += old_value("ORG", who.truth.company);
    if (!who.truth.title.empty()) card += old_value("TITLE", who.truth.title);
    card += fmt::format("TEL;CELL;VOICE:{}\nEMAIL;PREF;INTERNET:{}\nX-ESI-CATEGORY:2\nEND:VCARD\n",
                        replaced(who.truth.phone, " ", ""), address);
    file.bytes += crlf(card);
    file.cards.push_back(
        {.person = who.truth.id, .mailboxes = {{.person = who.truth.id, .name = who.truth.name, .address = address}}});
  }

  /// vCard 3.0 without UID; a third of them without a name; some with a name and telephone only.
  void add_online(CardFile& file, const Person& who, std::size_t rank) {
    ++traps_["vCard 3.0"];
    ++traps_["card without UID"];
    const bool nameless = rank % 6 == 4, no_address = rank % 14 == 8;
    const std::string name = nameless ? "" : who.truth.name;
    Card made{.person = who.truth.id, .mailboxes = {}};
    std::string card = (rank % 10 == 0 ? "\n\n" : "");
    card += "BEGIN:VCARD\nVERSION:3.0\n";
    card += nameless
                ? "N:;;;;\nFN:\n"
                : fmt::format("N:{};{};;;\nFN:{}\n", escaped(who.family), escaped(who.given), escaped(who.truth.name));
    if (nameless) ++traps_["card without name"];
    if (!nameless && !who.nickname.empty()) card += "NICKNAME:" + who.nickname + "\n";
    if (no_address) {
      ++traps_["card without address"];
      made.mailboxes.push_back({.person = who.truth.id, .name = name, .address = ""});
    } else {
      card += online_addresses(who, name, made);
    }
    if (!who.truth.company.empty() && !nameless)
      card += "ORG:" + escaped(who.truth.company) + ";\nTITLE:" + escaped(who.truth.title) + "\n";
    if (!nameless || no_address) card += "TEL;TYPE=CELL:" + who.truth.phone + "\n";
    if (rank % 8 == 0)
      card += "item3.URL:https\\://www.profil.example/" + std::to_string(who.truth.id) +
              "\nitem3.X-ABLabel:_$!<HomePage>!$_\n";
    if (rank % 12 == 0)
      card += "NOTE:Rencontré" + std::string(who.woman ? "e" : "") +
              " à la table ronde\\, puis au café.\\nAime les rapports courts\\\\, pas les annexes.\\n\\nÀ rappeler." +
              world_.cast.marker + "\n";
    if (rank == 0) card += folded("PHOTO;ENCODING=b;TYPE=PNG:" + base64(file_bytes("photo.png", who.truth.name)));
    file.bytes += crlf(card + "END:VCARD\n");
    file.cards.push_back(std::move(made));
  }

  std::string online_addresses(const Person& who, const std::string& name, Card& made) {
    std::string lines;
    int item = 1;
    for (const TrueAddress& address : who.truth.addresses) {
      if (address.shared || address.handed_over) continue;
      lines += fmt::format("item{0}.EMAIL;TYPE=INTERNET:{1}\nitem{0}.X-ABLabel:{2}\n", item, address.address,
                           item == 1 ? "_$!<Work>!$_" : "Autre adresse");
      ++traps_["grouped label"];
      made.mailboxes.push_back({.person = who.truth.id, .name = name, .address = address.address});
      ++item;
      if (name.empty()) break;  // what a program saved by itself after one mail
    }
    return lines;
  }

  /// Folds at 75 octets; the first line is ASCII.
  static std::string folded(const std::string& line) {
    std::string out;
    for (std::size_t begin = 0; begin < line.size(); begin += 74)
      out += (begin == 0 ? "" : "\n ") + line.substr(begin, 74);
    return out + "\n";
  }

  void add_desktop(CardFile& file, const Person& who) {
    ++traps_["vCard 4.0"];
    Card made{.person = who.truth.id, .mailboxes = {}};
    std::string card = fmt::format(
        "BEGIN:VCARD\nVERSION:4.0\nUID:urn:uuid:{:08x}-0000-4000-8000-{:012x}\nFN:{}\nN:{};{};;;\n",
        crc32(who.truth.name), who.truth.id, escaped(who.truth.name), escaped(who.family), escaped(who.given));
    int preference = 1;
    for (const TrueAddress& address : who.truth.addresses) {
      if (address.shared) continue;
      if (address.handed_over && address.last < world_.cast.last_day) continue;
      card += fmt::format("EMAIL;PREF={};TYPE={}:{}\n", preference, preference == 1 ? "work" : "home", address.address);
      made.mailboxes.push_back({.person = who.truth.id, .name = who.truth.name, .address = address.address});
      ++preference;
    }
    if (made.mailboxes.empty())
      made.mailboxes.push_back({.person = who.truth.id, .name = who.truth.name, .address = ""});
    if (!who.truth.company.empty())
      card += "ORG:" + escaped(who.truth.company) + "\nTITLE:" + escaped(who.truth.title) + "\n";
    card += "TEL;VALUE=uri;TYPE=\"cell,voice\":tel:" + replaced(who.truth.phone, " ", "-") + "\n";
    card += fmt::format("GENDER:{}\nREV:20260101T120000Z\nX-MOZILLA-HTML:FALSE\nEND:VCARD\n", who.woman ? "F" : "M");
    file.bytes += crlf(card);
    file.cards.push_back(std::move(made));
  }

  const World& world_;
  TrapCounts& traps_;
  Random random_;
  std::vector<int> order_;
};

}  // namespace

std::vector<CardFile> card_files(const World& world, TrapCounts& traps) {
  return Cards(world, traps).files();
}

}  // namespace entregent::demo
