// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bench/persons/judge.h"

#include <chrono>
#include <map>
#include <set>
#include <unordered_map>

#include <fmt/format.h>

#include "personal/aliases.h"
#include "personal/me.h"
#include "personal/persons.h"
#include "personal/sources.h"
#include "personal/writer.h"

namespace entregent::bench {
namespace {

void put_all(const PersonsBox& box, personal::Store& store) {
  personal::Sources sources(store);
  const auto source = sources.add({.id = {}, .kind = "folder", .location = "/box"}, Instant{});
  const auto folder = sources.folder(*source, "");
  personal::Writer writer(store);
  writer.begin();
  for (std::size_t i = 0; i < box.items.size(); ++i) {
    const auto file = sources.add_file(folder, {.id = {}, .name = std::to_string(i), .size = 1, .mtime = 1});
    writer.put(box.items[i], {.file = file});
  }
  writer.commit();
}

struct Known {
  int truth = nobody_certain;
  bool addressed = false;
  std::string text;
  std::set<std::int64_t> persons;
};

double pairs_of(std::size_t count) {
  return static_cast<double>(count) * (static_cast<double>(count) - 1) / 2;
}

class Judge {
 public:
  Judge(const Cast& cast, const PersonsBox& box, personal::Store& store) : cast_(cast), box_(box), store_(store) {}

  Verdict verdict() {
    read_aliases();
    count_persons();
    count_pairs();
    count_questions();
    count_homonyms();
    return std::move(verdict_);
  }

 private:
  void read_aliases() {
    std::map<std::string, std::size_t, std::less<>> place_of;
    for (std::size_t i = 0; i < box_.items.size(); ++i) {
      const auto key = personal::item_key(box_.items[i]);
      place_of.emplace(std::string(reinterpret_cast<const char*>(key.data()), key.size()), i);
    }
    store_.db().each(
        "select alias.id, handle, alias.name, item_key, person from alias join identity on alias = alias.id",
        [&](const db::Statement& row) {
          Known& known = aliases_[row.integer(0)];
          known.persons.insert(row.integer(4));
          known.addressed = !row.view(1).empty();
          known.text = fmt::format("{} <{}>", row.view(2), row.view(1));
          if (known.addressed) {
            const auto at = box_.truth.find({row.text(1), row.text(2)});
            if (at != box_.truth.end()) known.truth = at->second;
          } else if (const auto place = place_of.find(row.view(3)); place != place_of.end()) {
            const auto at = box_.bare_truth.find({place->second, row.text(2)});
            if (at != box_.bare_truth.end()) known.truth = at->second;
          }
        });
    // Who got an address for some days only is not certain.
    std::erase_if(aliases_, [](const auto& entry) {
      return entry.second.truth == nobody_certain || entry.second.persons.size() != 1;
    });
    verdict_.aliases = aliases_.size();
  }

  void count_persons() {
    std::map<std::int64_t, std::map<int, std::int64_t>> members;
    for (const auto& [alias, known] : aliases_) members[*known.persons.begin()].emplace(known.truth, alias);
    std::set<int> truths_seen;
    for (const auto& [alias, known] : aliases_) truths_seen.insert(known.truth);
    verdict_.persons = truths_seen.size();
    for (const auto& [person, truths] : members) {
      if (truths.size() < 2) continue;
      ++verdict_.impure;
      std::string text;
      for (const auto& [truth, alias] : truths)
        text += fmt::format("{}{}: {}{}", text.empty() ? "" : "  |  ", truth, aliases_.at(alias).text, traps_of(truth));
      store_.db().each(
          "select a, b, probability, reasons from merge where person = $1",
          [&](const db::Statement& row) {
            const auto a = aliases_.find(row.integer(0)), b = aliases_.find(row.integer(1));
            if (a != aliases_.end() && b != aliases_.end() && a->second.truth == b->second.truth) return;
            text += fmt::format("\n      {} | {}: {:.4f} {}", text_of(row.integer(0)), text_of(row.integer(1)),
                                row.real(2), row.view(3));
          },
          person);
      verdict_.wrong.push_back(std::move(text));
    }
  }

  std::string traps_of(int truth) const {
    if (truth < 0 || static_cast<std::size_t>(truth) >= cast_.humans.size()) return "";
    std::string text;
    for (const auto& trap : cast_.humans[static_cast<std::size_t>(truth)].traps) text += " [" + trap + "]";
    return text;
  }

  std::string text_of(std::int64_t alias) {
    const auto row = store_.db().first("select name, handle from alias where id = $1", alias);
    return row ? fmt::format("{} <{}>", row->view(0), row->view(1)) : std::string();
  }

  void count_pairs() {
    struct Parts {
      std::map<std::int64_t, std::size_t> all, addressed;
      std::map<std::int64_t, std::string> texts;
    };
    std::map<int, Parts> truths;
    for (const auto& [alias, known] : aliases_) {
      Parts& parts = truths[known.truth];
      const auto person = *known.persons.begin();
      ++parts.all[person];
      if (known.addressed) ++parts.addressed[person];
      parts.texts[person] += "\n      " + known.text;
    }
    const auto count = [](const std::map<std::int64_t, std::size_t>& parts, double& all, double& right) {
      std::size_t size = 0;
      for (const auto& [person, number] : parts) size += number, right += pairs_of(number);
      all += pairs_of(size);
    };
    for (const auto& [truth, parts] : truths) {
      count(parts.all, verdict_.true_pairs, verdict_.right_pairs);
      count(parts.addressed, verdict_.addressed_pairs, verdict_.addressed_right);
      if (parts.all.size() < 2) continue;
      std::string text = fmt::format("{}{}", truth, traps_of(truth));
      for (const auto& [person, names] : parts.texts) text += "\n    -" + names;
      verdict_.missed.push_back(std::move(text));
    }
  }

  void count_questions() {
    for (const auto& question : personal::questions(store_)) {
      ++verdict_.questions;
      const auto a = aliases_.find(question.a.value), b = aliases_.find(question.b.value);
      const bool same = a != aliases_.end() && b != aliases_.end() && a->second.truth == b->second.truth;
      verdict_.deserved += same ? 1 : 0;
      asked_.emplace(question.person_a.value, question.person_b.value);
      verdict_.asked.push_back(fmt::format("({}) {} | {}: {:.3f} {}", same ? "yes" : "no", question.name_a,
                                           question.name_b, question.probability, question.reasons));
    }
  }

  void count_homonyms() {
    std::map<int, std::set<std::int64_t>> persons;
    for (const auto& [alias, known] : aliases_) persons[known.truth].insert(*known.persons.begin());
    for (const auto& [one, other] : cast_.homonyms) {
      ++verdict_.homonyms;
      bool joined = false, asked = false;
      for (const auto a : persons[one])
        for (const auto b : persons[other]) {
          joined = joined || a == b;
          asked = asked || asked_.contains({a, b}) || asked_.contains({b, a});
        }
      verdict_.homonyms_joined += joined ? 1 : 0;
      verdict_.homonyms_asked += !joined && asked ? 1 : 0;
    }
  }

  const Cast& cast_;
  const PersonsBox& box_;
  personal::Store& store_;
  std::map<std::int64_t, Known> aliases_;
  std::set<std::pair<std::int64_t, std::int64_t>> asked_;
  Verdict verdict_;
};

}  // namespace

void Verdict::add(const Verdict& other) {
  aliases += other.aliases, persons += other.persons, impure += other.impure, questions += other.questions;
  deserved += other.deserved, true_pairs += other.true_pairs, right_pairs += other.right_pairs;
  addressed_pairs += other.addressed_pairs, addressed_right += other.addressed_right, homonyms += other.homonyms;
  homonyms_joined += other.homonyms_joined, homonyms_asked += other.homonyms_asked, seconds += other.seconds;
}

Verdict judge_box(const Cast& cast, const PersonsBox& box, personal::Store& store) {
  put_all(box, store);
  std::vector<std::string> mine;
  for (const auto& account : cast.humans.front().accounts) mine.push_back(account.address);
  personal::confirm_me(store, mine, Instant{});
  const auto begin = std::chrono::steady_clock::now();
  personal::settle_persons(store);
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  Verdict verdict = Judge(cast, box, store).verdict();
  verdict.seconds = seconds.count();
  return verdict;
}

}  // namespace entregent::bench
