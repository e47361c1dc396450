// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/digest.h"
#include "personal/store.h"
#include "readers/extracted_item.h"

namespace entregent::personal {

/// Where an item was found.
struct Place {
  FileId file;
  std::int64_t part = 0;    ///< byte offset in an mbox, else 0
  std::int64_t sub = 0;     ///< which of several items there
  std::int64_t length = 0;  ///< bytes of the part; 0 = the whole file
  std::optional<Digest> fingerprint = {};
};

enum class PutOutcome {
  added,
  replaced,
  known,
  forgotten,  ///< the owner had it forgotten: nothing of it was kept but that its place is settled
};

/// Takes items into the private file, in batches of one transaction each. What is derived from an item (words, links,
/// threads, dates) is written with it; a batch that changes who wrote to whom leaves the setting `unsettled` behind,
/// until settle_persons() has run. Equal work whatever the order: of several copies of one item the same one wins (see
/// better_copy).
class Writer {
 public:
  explicit Writer(Store& store);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  void begin();
  void commit();
  void roll_back();

  /// Records `place` as holding `item`, and the item itself if it is new or a better copy.
  PutOutcome put(const readers::ExtractedItem& item, const Place& place);

  /// Runs `put_anew`, which puts what one part of a file holds now, and lets go of what it held before and no longer
  /// does. Returns how many items went.
  std::size_t replace_part(FileId file, std::int64_t part, const std::function<void()>& put_anew);

  /// Forgets that a file (or one part of it, or one place) holds anything; an item with no place left goes whole.
  /// Returns how many items went.
  std::size_t drop_file(FileId file);
  std::size_t drop_part(FileId file, std::int64_t part);
  /// What a file held when it was read as a whole, before it became an mbox.
  std::size_t drop_unparted(FileId file);

  /// Takes an item out with everything derived from it; its places stay without item.
  void erase_item(ItemId item);

  /// Files whose item lost the copy it was taken from while other places hold it: they are to be read again, and are
  /// marked so.
  std::vector<FileId> take_to_reread();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Drops everything that only this source holds, batch by batch, then its own rows. Returns how many items went.
std::size_t remove_source(Store& store, Writer& writer, SourceId source);

/// The digest under which an item is known.
Digest item_key(const readers::ExtractedItem& item);

}  // namespace entregent::personal
