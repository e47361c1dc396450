// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "personal/dossier.h"
#include "personal/find.h"
#include "personal/me.h"
#include "personal/person_search.h"
#include "personal/persons.h"
#include "personal/sources.h"
#include "personal/store.h"
#include "personal/threads.h"
#include "personal/writer.h"
#include "tests/items.h"
#include "tests/temporary_folder.h"

namespace entregent::tests {

/// A private file in a temporary folder, with one source of one folder, into which items are put by hand.
class PrivateIndex {
 public:
  PrivateIndex() {
    store.db().script("pragma synchronous = off");  // nothing here is to outlive a power cut
    const auto source = sources.add({.id = {}, .kind = "folder", .location = "/mail"}, noon("2026-01-01"));
    source_ = *source;
    folder_ = sources.folder(source_, "");
  }

  /// A file without anything in it yet.
  personal::FileId file(std::string_view name) {
    return sources.add_file(folder_, {.id = {}, .name = std::string(name), .size = 1, .mtime = 1});
  }
  /// Each item in a file of its own, all in one batch; persons are settled after it. Returns the files.
  std::vector<personal::FileId> add(const std::vector<readers::ExtractedItem>& items) {
    std::vector<personal::FileId> files;
    writer.begin();
    for (const auto& item : items) {
      files.push_back(file("f" + std::to_string(++files_)));
      writer.put(item, {.file = files.back()});
    }
    writer.commit();
    settle();
    return files;
  }
  personal::FileId add(const readers::ExtractedItem& item) { return add(std::vector{item}).front(); }
  std::size_t drop(personal::FileId file) {
    writer.begin();
    const auto gone = writer.drop_file(file);
    writer.commit();
    settle();
    return gone;
  }
  void settle() {
    personal::settle_persons(store);
    store.unset("unsettled");
  }
  void me(const std::vector<std::string>& handles) { personal::confirm_me(store, handles, noon("2026-01-01")); }

  /// The mail with this Message-ID.
  personal::ItemId item(std::string_view identifier) {
    return {store.db().number("select item from thread_ref where ref = $1", personal::reference_hash(identifier))};
  }
  std::int64_t thread(std::string_view identifier) {
    return store.db().number("select thread from item where id = $1", item(identifier));
  }
  personal::AliasId alias(std::string_view handle, std::string_view name = {}) {
    if (!name.empty()) return {store.db().number("select id from alias where handle = $1 and name = $2", handle, name)};
    return {store.db().number("select min(id) from alias where handle = $1", handle)};
  }
  personal::PersonId person(std::string_view handle, std::string_view name = {}) {
    return {store.db().number("select person from identity where alias = $1 order by from_day", alias(handle, name))};
  }
  personal::Dossier dossier(std::string_view handle, const personal::DossierLimits& limits = {}) {
    return personal::make_dossier(store, person(handle), noon("2026-11-20"), limits);
  }
  /// The titles of what `query` finds.
  std::vector<std::string> find(std::string_view query, const personal::FindOptions& options = {}) {
    const auto parsed = personal::parse_query(query);
    if (!parsed) return {"refused: " + parsed.error().message};
    std::vector<std::string> titles;
    for (const auto& found : personal::find(store, *parsed, options).found) titles.push_back(found.title);
    return titles;
  }
  /// The names of whom `query` finds, best first.
  std::vector<std::string> who(std::string_view query) {
    std::vector<std::string> names;
    for (const auto& hit : personal::find_persons(store, query))
      names.push_back(personal::shown_name(store, hit.person));
    return names;
  }
  /// FTS5 compares its index with the texts and throws where they differ.
  void check_words() { store.db().run("insert into item_words(item_words, rank) values ('integrity-check', 1)"); }

  TemporaryFolder home;
  personal::Store store{home.path() / "owner.db", personal::Store::Create::yes};
  personal::Sources sources{store};
  personal::Writer writer{store};

 private:
  personal::SourceId source_;
  personal::FolderId folder_;
  int files_ = 0;
};

}  // namespace entregent::tests
