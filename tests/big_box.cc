// SPDX-License-Identifier: AGPL-3.0-or-later
#include "tests/big_box.h"

#include <array>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace entregent::tests {
namespace {

namespace fs = std::filesystem;

constexpr int boxes = 4;
constexpr int per_day = 14;

constexpr std::array<std::string_view, 12> given = {"Jean", "Zoé",    "Ewen",  "Maëlle",  "Paul", "Sophie",
                                                    "Yann", "Claire", "Hervé", "Nolwenn", "Alan", "Rozenn"};
constexpr std::array<std::string_view, 11> surnames = {"Martin", "Quillivic", "Le Bihan", "Tarvenec",
                                                       "Brulis", "Kermarrec", "Dupont",   "Lagadec",
                                                       "Morvan", "Guivarch",  "Salaun"};
constexpr std::array<std::string_view, 10> words = {"audit",    "facture", "réunion", "mission", "devis",
                                                    "planning", "contrat", "budget",  "atelier", "synthèse"};

std::size_t index_of(int number, int factor, std::size_t size) {
  return static_cast<std::size_t>(number) * static_cast<std::size_t>(factor) % size;
}

/// One of 150, some of the same name; now and then written the other way round.
std::string correspondent(int number) {
  const int who = number * 11 % 150;
  const auto& first = given[index_of(who, 7, given.size())];
  const auto& last = surnames[index_of(who, 3, surnames.size())];
  std::string name =
      number % 9 == 0 ? std::string(last) + " " + std::string(first) : std::string(first) + " " + std::string(last);
  return name + " <p" + std::to_string(who) + "@client" + std::to_string(who % 13) + ".example>";
}

std::string date(int number) {
  // From March 2024 on; each second is one mail's alone, as order within a second is nobody's to tell.
  constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const int day = number / per_day;
  const int hour = 8 + number % per_day;
  const auto two = [](int value) { return std::string(value < 10 ? "0" : "") + std::to_string(value); };
  return two(1 + day % 28) + " " + std::string(months[static_cast<std::size_t>(day / 28 % 12)]) + " " +
         std::to_string(2024 + day / 336) + " " + two(hour) + ":" + two(number % 60) + ":07 +0100";
}

std::string message(int number) {
  const std::string me = "Anne Roux <anne@x.example>";
  const bool mine = number % 3 == 0;
  const std::string id = "m" + std::to_string(number);
  std::string text = "From: " + (mine ? me : correspondent(number)) + "\nTo: " + (mine ? correspondent(number) : me);
  if (number % 4 == 0) text += "\nCc: " + correspondent(number / 4);
  text += "\nSubject: " + std::string(number % 5 == 1 ? "Re: " : "") +
          std::string(words[index_of(number, 3, words.size())]) + "\nDate: " + date(number) + "\nMessage-ID: <" + id +
          "@x.example>\n";
  if (number % 5 == 2) text += "In-Reply-To: <m" + std::to_string(number - 1) + "@x.example>\n";
  if (mine) text += "X-Gmail-Labels: Sent\n";
  text += "\n";
  for (int i = 0; i < 40; ++i)
    text += std::string(words[index_of(number + i * i, 7, words.size())]) + (i % 8 == 7 ? "\n" : " ");
  return text + "Bien à vous, " + correspondent(number + 1) + "\n";
}

void write(const fs::path& path, std::string_view bytes) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

std::string address_of(std::string_view who) {
  const auto open = who.find('<');
  return std::string(who.substr(open + 1, who.size() - open - 2));
}

std::string name_of(int number) {
  return std::to_string(1'700'000'000 + number) + ".h:2,S";
}

void write_mbox(const fs::path& path, const std::vector<int>& numbers) {
  std::string text;
  for (const int number : numbers) text += "From - Fri May  1 10:00:00 2026\n" + message(number) + "\n";
  write(path, text);
}

}  // namespace

void write_big_box(const fs::path& folder, int from, int to) {
  for (const char* box : {"INBOX", "Archive"})
    for (const char* part : {"cur", "new", "tmp"}) fs::create_directories(folder / box / part);
  std::array<std::vector<int>, boxes> in_boxes;
  for (int number = from; number < to; ++number) {
    if (number % 2 == 0) {
      write(folder / "INBOX/cur" / name_of(number), message(number));
    } else {
      in_boxes[static_cast<std::size_t>(number / 2 % boxes)].push_back(number);
    }
  }
  for (std::size_t i = 0; i < boxes; ++i) write_mbox(folder / ("box" + std::to_string(i)), in_boxes[i]);
  std::string cards;
  for (int i = 0; i < 30; ++i)
    cards += "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c" + std::to_string(i) +
             "\r\nFN:" + correspondent(i).substr(0, correspondent(i).find(" <")) +
             "\r\nEMAIL:" + address_of(correspondent(i)) + "\r\nEND:VCARD\r\n";
  write(folder / "cards.vcf", cards);
}

void change_big_box(const fs::path& folder, int messages) {
  for (int number = 0; number < messages; number += 2) {
    const auto file = folder / "INBOX/cur" / name_of(number);
    if (number % 3 == 0) fs::remove(file);
    if (number % 3 != 0 && number % 4 == 0) fs::rename(file, folder / "Archive/cur" / name_of(number));
  }
  std::vector<int> changed;
  for (int number = 1; number < messages; number += 2)
    if (number / 2 % boxes == 1 && number % 32 != 3) changed.push_back(number);
  for (int number = messages; number < messages + 200; ++number) changed.push_back(number);
  write_mbox(folder / "box1", changed);
  fs::remove(folder / "box2");
  for (int number = messages + 200; number < messages + 400; ++number)
    write(folder / "INBOX/new" / ("n" + name_of(number)), message(number));
  write(folder / "cards.vcf",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:c1\r\nFN:Jean Martin\r\nEMAIL:jm@new.example\r\nEND:VCARD\r\n");
}

}  // namespace entregent::tests
