// SPDX-License-Identifier: AGPL-3.0-or-later
// `forget`, as a whole program: afterwards nothing in the folder of the private file holds the person, and nothing
// brings them back.
#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "personal/dossier.h"
#include "personal/person_search.h"
#include "personal/store.h"
#include "tests/indexed_folders.h"
#include "tests/program.h"

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr std::string_view me = "Anne Roux <anne@roux.example>";
constexpr std::string_view zoe = "=?utf-8?Q?Zo=C3=A9_Quillivic?= <zoe.quillivic@brumes.example>";
constexpr std::string_view zoe_too = "\"QUILLIVIC Zoé\" <zq@perso.example>";
constexpr std::string_view jean = "Jean Tarvenec <jean@acme.example>";
constexpr std::string_view paul = "Paul Morvan <paul@acme.example>";

/// What is hers alone: names, addresses, and words of mail that goes whole. Folded, as they are looked for.
const std::vector<std::string> hers = {"quillivic",      "zoe.quillivic@brumes.example",
                                       "zq@perso",       "brumes.example",
                                       "xylographie",    "paralipomene",
                                       "sphygmographe",  "0298765432",
                                       "+33 2 98 76 54", "chez.quillivic"};

std::string content(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

class IndexedBox : public testing::Test {
 protected:
  std::string home() const { return folder_.path() / "home"; }
  fs::path database() const { return personal::private_file(home()); }
  fs::path mail() const { return folder_.path() / "mail"; }

  Said said(std::vector<std::string> words) const {
    words.insert(words.begin(), {"--home", home()});
    return run_program("entregent", words);
  }
  std::string ask(std::vector<std::string> words) const {
    const auto answer = said(words);
    EXPECT_EQ(answer.status, 0) << words.front() << ": " << answer.err;
    return answer.out;
  }

  void write(const fs::path& name, std::string_view bytes) const {
    fs::create_directories((mail() / name).parent_path());
    std::ofstream(mail() / name, std::ios::binary) << bytes;
  }

  void write_box() const {
    const auto pdf = [](std::string_view name) {
      return "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nCi-joint la xylographie.\n--b\n"
             "Content-Type: application/pdf; name=\"" +
             std::string(name) + "\"\n\nxx\n--b--";
    };
    write("recu.eml", letter("1", "2 Mar", zoe, me, "", pdf("Quillivic_estimation.pdf")));
    write("reponse.eml", letter("2", "3 Mar", me, zoe_too, "Merci\n\n> les paralipomènes en cinq tomes",
                                "In-Reply-To: <1@x.example>\n"));
    write("Zoé Quillivic", in_mbox(letter("3", "4 Mar", zoe, std::string(me) + ", " + std::string(jean),
                                          "Le sphygmographe est réparé")));
    write("jean.eml", letter("4", "5 Mar", jean, me,
                             "Le grimoire de Zoé Quillivic (zoe.quillivic@brumes.example, ZoeQuillivic), que Mme "
                             "Quillivic cherche.\n\n> Quillivic Zoé a écrit\n\n-- \nJean, à côté de ZOÉ QUILLIVIC",
                             "Cc: " + std::string(zoe) + "\n"));
    write("robot.eml", letter("5", "6 Mar", "=?utf-8?Q?Zo=C3=A9_Quillivic_via_Carrefour?= <robot@carrefour.example>",
                              me, "Une invitation du carrefour", "Auto-Submitted: auto-generated\n"));
    write("Clients/Zoé Quillivic/paul.eml", letter("6", "7 Mar", paul, me, "Le palimpseste"));
    write("Clients/de quillivic.eml", letter("7", "8 Mar", paul, me, "Le codicille"));
    for (const char* part : {"cur", "new", "tmp"}) fs::create_directories(mail() / "Quillivic" / part);
    write("Quillivic/cur/1700.zoe.quillivic:2,S", letter("8", "9 Mar", paul, me, "Le vélin"));
    write("cartes.vcf",
          "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:z\r\nFN:Zoé Quillivic\r\nEMAIL:zoe.quillivic@brumes.example\r\n"
          "EMAIL:zq@perso.example\r\nTEL:0298765432\r\nORG:Brumes\r\nEND:VCARD\r\n"
          "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:j\r\nFN:Jean Tarvenec\r\nEMAIL:jean@acme.example\r\nEND:VCARD\r\n");
    write("agenda.ics",
          "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:e\r\nDTSTART:20260310T090000Z\r\n"
          "DTEND:20260310T100000Z\r\nSUMMARY:Atelier avec Zoé Quillivic\r\nLOCATION:Chez Zoé Quillivic\r\n"
          "ORGANIZER;CN=Anne Roux:mailto:anne@roux.example\r\n"
          "ATTENDEE;CN=Zoé Quillivic:mailto:zoe.quillivic@brumes.example\r\n"
          "ATTENDEE;CN=Jean Tarvenec:mailto:jean@acme.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
  }

  /// Of `hers` what the folder of the private file holds, anywhere: each byte of each file, each column, each text
  /// decompressed, each word of the index.
  std::set<std::string> held() const {
    std::set<std::string> found;
    const auto look = [&](std::string_view bytes) {
      const std::string text = lower(folded(bytes));
      for (const auto& word : hers)
        if (text.find(word) != std::string::npos || lower(bytes).find(word) != std::string::npos) found.insert(word);
    };
    for (const auto& entry : fs::recursive_directory_iterator(home())) {
      look(entry.path().filename().string());
      if (!entry.is_regular_file()) continue;
      // Whole and in pieces of ASCII: a name may stand among bytes that are no text.
      std::string bytes = content(entry.path());
      std::ranges::transform(bytes, bytes.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
      for (const auto& word : hers)
        if (bytes.find(word) != std::string::npos) found.insert(word);
    }
    personal::Store store(database());
    auto& db = store.db();
    std::vector<std::string> tables;
    db.each("select name from sqlite_master where type in ('table', 'view')",
            [&](const db::Statement& row) { tables.push_back(row.text(0)); });
    for (const auto& table : tables) look_into(db, table, look);
    db.run("create virtual table temp.words using fts5vocab(main, item_words, row)");
    db.each("select term from temp.words", [&](const db::Statement& row) { look(row.view(0)); });
    return found;
  }
  template <class Look>
  static void look_into(db::Connection& db, const std::string& table, const Look& look) {
    std::vector<std::string> columns;
    db.each(
        "select name from pragma_table_info($1)", [&](const db::Statement& row) { columns.push_back(row.text(0)); },
        table);
    for (const auto& column : columns) {
      queries().push_back("select \"" + column + "\" from \"" + table + "\"");
      db.each(queries().back(), [&](const db::Statement& row) { look(row.view(0)); });
    }
  }
  /// A connection keeps statements by where their text lies.
  static std::vector<std::string>& queries() {
    static std::vector<std::string> texts = [] {
      std::vector<std::string> room;
      room.reserve(10'000);
      return room;
    }();
    return texts;
  }

  /// What is said of the others, but for whom they have in common with me.
  std::string others() const {
    personal::Store store(database());
    std::string text;
    for (const char* handle : {"jean@acme.example", "paul@acme.example"}) {
      const auto dossier = personal::make_dossier(store, personal::find_persons(store, handle).front().person,
                                                  *parse_iso_day("2026-11-20"));
      text += dossier.name + " " + std::to_string(dossier.incoming) + " " + std::to_string(dossier.outgoing) + " " +
              text_of(dossier.first_at) + " " + text_of(dossier.last_at) + " meetings " +
              std::to_string(dossier.meetings_total) + "\n";
      for (const auto& name : dossier.names) text += "  n " + name.name + "\n";
      for (const auto& each : dossier.addresses) text += "  a " + each.address + "\n";
      for (const auto& each : dossier.newest) text += "  x " + text_of(each.at) + " " + each.title + "\n";
    }
    return text;
  }

  TemporaryFolder folder_;
};

class Forget : public IndexedBox, public testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    write_box();
    ask({"source", "add", mail()});
    ask({"index"});
    ask({"me", "anne@roux.example"});
    // What may remember her: a decision, and the copy that a restoring leaves.
    ask({"different", "zq@perso.example", "jean@acme.example"});
    ask({"backup", folder_.path() / "backup.db"});
    ask({"restore", "--yes", folder_.path() / "backup.db"});
  }
};

TEST_P(Forget, leaves_nothing_of_the_person) {
  // Only what is kept as it is written can be seen before: phones are, folded words are in the vocabulary.
  const auto before = held();
  for (const char* word : {"quillivic", "zoe.quillivic@brumes.example", "zq@perso", "xylographie", "sphygmographe"})
    EXPECT_THAT(before, testing::Contains(word)) << "so this test can fail";
  const auto others_before = others();
  const auto copies = [&] {
    return std::ranges::count_if(fs::directory_iterator(database().parent_path()), [](const auto& entry) {
      return entry.path().string().find(".before-") != std::string::npos;
    });
  };
  EXPECT_EQ(copies(), 1);

  {
    const personal::Store other(database());  // keeps the write-ahead log from being deleted
    ask({"forget", "--yes", GetParam()});
    EXPECT_TRUE(fs::exists(database().string() + "-wal"));
    EXPECT_THAT(held(), IsEmpty());
  }
  EXPECT_EQ(copies(), 0);
  EXPECT_EQ(others(), others_before);
  EXPECT_NE(said({"who", "zoe.quillivic@brumes.example"}).status, 0);
  EXPECT_THAT(ask({"find", "grimoire"}), HasSubstr("Sujet 4"));
  EXPECT_EQ(said({"undo"}).status, 3) << "what was said of her is gone too";

  // Nothing new: no file is taken for another because its name is kept as a mark only.
  const auto quiet = ask({"index"});
  EXPECT_THAT(quiet, HasSubstr("Nothing has changed since the last run."));
  EXPECT_THAT(held(), IsEmpty());
}

TEST_P(Forget, nothing_brings_the_person_back) {
  const auto others_before = others();
  ask({"forget", "--yes", GetParam()});
  write("neu.eml", letter("9", "10 Mar", zoe_too, me, "Encore de la xylographie"));
  write("rapport.eml", letter("10", "11 Mar", "Hervé Salaun <herve@salaun.example>", me,
                              "Selon Zoé QUILLIVIC, le codex", "Cc: " + std::string(zoe) + "\n"));
  write("Clients/lettre de Zoé Quillivic.eml", letter("11", "12 Mar", "Hervé Salaun <herve@salaun.example>", me, "Lu"));
  ask({"index"});
  EXPECT_THAT(held(), IsEmpty());
  EXPECT_THAT(ask({"find", "codex"}), HasSubstr("Sujet 10"));
  // Everything is read anew once other things are left out.
  ask({"source", "add", mail(), "--except", "nobody@nowhere.example"});
  ask({"index"});
  EXPECT_THAT(held(), IsEmpty());
  EXPECT_EQ(others(), others_before);
  EXPECT_THAT(ask({"index"}), HasSubstr("Nothing has changed"));
  ask({"backup", folder_.path() / "later.db"});
  EXPECT_THAT(lower(content(folder_.path() / "later.db")), Not(HasSubstr("quillivic")));
  EXPECT_THAT(ask({"find", "palimpseste"}), HasSubstr("Sujet 6")) << "a folder with her name is still a folder";
  fs::remove(mail() / "Clients/de quillivic.eml");
  EXPECT_THAT(ask({"index"}), HasSubstr("1 gone"));
}

/// A name or an address that somebody else has too stays theirs.
class ForgetOneOfTwo : public IndexedBox {
 protected:
  void SetUp() override {
    for (int i = 0; i < 8; ++i) {
      const std::string day = std::to_string(1 + i) + " Apr";
      const auto put = [&](const std::string& who, std::string_view from, const std::string& text) {
        write(who + std::to_string(i) + ".eml", letter(who + std::to_string(i), day, from, me, text));
      };
      put("p", "Paul Kermarrec <famille@kermarrec.example>", "Le hautbois de Rozenn");
      put("r", "Rozenn Kermarrec <famille@kermarrec.example>", "La viole");
      put("a", "Jean Martin <jean.martin@acme.example>", "Le cadastre");
      put("b", "Jean Martin <jm@brumes.example>", "Le bocage");
    }
    ask({"source", "add", mail()});
    ask({"index"});
    ask({"me", "anne@roux.example"});
  }
  std::string of(const char* handle, const char* name) const {
    personal::Store store(database());
    const auto alias = store.db().number("select id from alias where handle = $1 and name = $2", std::string(handle),
                                         std::string(name));
    if (alias == 0) return "nobody";
    const auto person = store.db().number("select person from identity where alias = $1", alias);
    const auto dossier = personal::make_dossier(store, {person}, *parse_iso_day("2026-11-20"));
    return dossier.name + " " + std::to_string(dossier.incoming);
  }
};

TEST_F(ForgetOneOfTwo, and_the_other_stays) {
  EXPECT_EQ(of("famille@kermarrec.example", "Paul Kermarrec"), "Paul Kermarrec 8");
  EXPECT_EQ(of("famille@kermarrec.example", "Rozenn Kermarrec"), "Rozenn Kermarrec 8");
  EXPECT_EQ(of("jm@brumes.example", "Jean Martin"), "Jean Martin 8");
  ask({"forget", "--yes", "Rozenn Kermarrec"});
  ask({"forget", "--yes", "jean.martin@acme.example"});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(of("famille@kermarrec.example", "Paul Kermarrec"), "Paul Kermarrec 8");
    EXPECT_EQ(of("famille@kermarrec.example", "Rozenn Kermarrec"), "nobody");
    EXPECT_EQ(of("jm@brumes.example", "Jean Martin"), "Jean Martin 8");
    EXPECT_EQ(of("jean.martin@acme.example", "Jean Martin"), "nobody");
    EXPECT_THAT(ask({"find", "bocage", "--all"}), HasSubstr("Jean Martin"));
    EXPECT_THAT(ask({"find", "hautbois"}), HasSubstr("Sujet p7"));
    EXPECT_EQ(said({"find", "viole"}).status, 1);
    EXPECT_EQ(said({"find", "cadastre"}).status, 1);
    ask({"source", "add", mail(), "--except", "round" + std::to_string(round) + ".example"});
    ask({"index"});
  }
}

/// A name that is a word too: what stands in other people's mail is the word.
class ForgetOrdinary : public IndexedBox {
 protected:
  void SetUp() override {
    for (int i = 0; i < 8; ++i) {
      const std::string day = std::to_string(1 + i) + " Apr";
      write("p" + std::to_string(i) + ".eml",
            letter("p" + std::to_string(i), day, paul, me, "Un marchand de couleurs"));
    }
    write("m.eml", letter("m", "9 Apr", "Luc Marchand <luc@brumes.example>", me, "La perspective"));
    write("j.eml", letter("j", "9 Apr", jean, me, "Luc Marchand est venu"));
    ask({"source", "add", mail()});
    ask({"index"});
    ask({"me", "anne@roux.example"});
  }
};

TEST_F(ForgetOrdinary, a_word_of_the_language_stays) {
  ask({"forget", "--yes", "Luc Marchand"});
  EXPECT_THAT(ask({"find", "marchand", "--all"}), HasSubstr("marchand de couleurs"));
  EXPECT_EQ(said({"find", "\"luc marchand\""}).status, 1);
  EXPECT_EQ(said({"find", "perspective"}).status, 1);
}

INSTANTIATE_TEST_SUITE_P(by, Forget, testing::Values("Zoé Quillivic", "zq@perso.example"),
                         [](const auto& test) { return test.index == 0 ? "name" : "address"; });

}  // namespace
}  // namespace entregent::tests
