// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/world.h"

#include <algorithm>
#include <numeric>

#include "demo/calendar_writer.h"
#include "demo/card_writer.h"
#include "demo/mail_writer.h"
#include "demo/mailbox_writer.h"
#include "demo/truth_maker.h"

namespace entregent::demo {
namespace {

std::vector<std::size_t> by_date(const World& world) {
  std::vector<std::size_t> order(world.mails.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t one, std::size_t other) { return world.mails[one].when < world.mails[other].when; });
  return order;
}

void write_mails(const World& world, const std::filesystem::path& folder, TruthMaker& truth, TrapCounts& traps) {
  Mailboxes mailboxes(world, folder, traps);
  for (const std::size_t index : by_date(world)) {
    const Mail& mail = world.mails[index];
    truth.add(mail, mailboxes.add(mail, mail_bytes(world, mail, traps)));
    if (!mail.mentions.empty()) ++traps["mention"];
    if (mail.cc.size() > 1) ++traps["several copied"];
  }
  mailboxes.finish();
}

void write_cards(const World& world, const std::filesystem::path& folder, TruthMaker& truth, TrapCounts& traps) {
  for (const CardFile& file : card_files(world, traps)) {
    write_file(folder / "sources/contacts" / file.name, file.bytes);
    for (const Card& card : file.cards) truth.add(card);
  }
}

void write_calendars(const World& world, const std::filesystem::path& folder, TruthMaker& truth, TrapCounts& traps) {
  for (const CalendarFile& file : calendar_files(world, traps))
    write_file(folder / "sources/calendars" / file.name, file.bytes);
  for (const Event& event : world.events) truth.add(event);
}

/// What every real disk has too: a mail of noise, an address book that is none, a login page saved as a calendar.
std::vector<std::string> write_unreadable(const std::filesystem::path& folder) {
  Random random(99);
  std::string noise;
  for (int index = 0; index < 900; ++index)
    noise += static_cast<char>(static_cast<unsigned char>(0x80U + random.below(0x7FU)));
  const std::vector<std::string> paths{"sources/Maildir/cur/1700000000.M1P1_0.portable,S=900:2,S",
                                       "sources/contacts/anciens contacts.vcf",
                                       "sources/calendars/export du portail.ics"};
  write_file(folder / paths[0], noise);
  write_file(folder / paths[1], "PK\x03\x04" + noise.substr(0, 300));
  write_file(folder / paths[2],
             "<!DOCTYPE html>\n<html><head><title>Session expirée</title></head><body>Votre session a "
             "expiré.</body></html>\n");
  return paths;
}

void count_people_traps(const Cast& cast, TrapCounts& traps) {
  for (const Person& person : cast.persons) {
    for (const std::string& trap : person.truth.traps) ++traps[trap];
  }
}

/// The same subject of one thread, or one Message-ID of two mails.
void count_duplicates(const Truth& truth, TrapCounts& traps) {
  std::map<std::string, int> seen;
  for (const TrueMail& mail : truth.mails) {
    if (!mail.message_id.empty() && ++seen[mail.message_id] > 1) ++traps["duplicate Message-ID"];
  }
}

}  // namespace

Truth write_world(const std::filesystem::path& folder, const WorldOptions& options) {
  std::filesystem::remove_all(folder / "sources");
  const World world = make_world(options);
  TrapCounts traps;
  TruthMaker maker(world);
  write_mails(world, folder, maker, traps);
  write_cards(world, folder, maker, traps);
  write_calendars(world, folder, maker, traps);
  count_people_traps(world.cast, traps);
  Truth truth = maker.finish();
  truth.seed = options.seed;
  truth.sources = {"sources/Maildir",   "sources/Mail",     "sources/Takeout",
                   "sources/Takeout 2", "sources/contacts", "sources/calendars"};
  truth.unreadable = write_unreadable(folder);
  count_duplicates(truth, traps);
  truth.traps = std::move(traps);
  write_file(folder / "truth.json", json_of(truth));
  return truth;
}

std::vector<std::string> traps() {
  return {"\"A, B\" via X",
          "8bit text",
          "CRLF file",
          "EXDATE",
          "From line in a mbox",
          "HTML only",
          "PGP",
          "RECURRENCE-ID",
          "RFC 2047 file name",
          "RFC 2231 file name",
          "S/MIME",
          "Sender is not From",
          "TZID without VTIMEZONE",
          "Windows zone",
          "absurd date",
          "all-day event",
          "answer to an invitation",
          "assistant",
          "assistant writes",
          "attached message",
          "attachment",
          "bare address",
          "base64 text",
          "bottom posting",
          "cancellation",
          "card without UID",
          "card without address",
          "card without name",
          "charset ISO-8859-1",
          "charset iso-8859-15",
          "charset utf-8",
          "charset windows-1252",
          "comma in name",
          "duplicate Message-ID",
          "encoded name B",
          "encoded name Q",
          "family",
          "floating time",
          "format=flowed",
          "forward",
          "grouped label",
          "homonym",
          "interleaved",
          "invitation",
          "list",
          "mention",
          "msf index",
          "multipart/alternative",
          "name change",
          "nested quotes",
          "new job",
          "no Message-ID",
          "no date",
          "nothing in common",
          "out of office",
          "quote De Envoyé",
          "quote From Sent",
          "quote Message d'origine",
          "quote Message du",
          "quote a écrit",
          "quote wrote",
          "quoted-printable text",
          "robot",
          "same mail in several folders",
          "same mail in two sources",
          "sent label",
          "several copied",
          "shared mailbox",
          "signature with dashes",
          "signature without dashes",
          "spam",
          "successor",
          "thread by subject only",
          "top posting",
          "trash",
          "undeclared charset",
          "vCard 2.1",
          "vCard 3.0",
          "vCard 4.0",
          "vCard QUOTED-PRINTABLE",
          "vCard QUOTED-PRINTABLE without ENCODING",
          "via a list",
          "weekly series",
          "winmail.dat"};
}

}  // namespace entregent::demo
