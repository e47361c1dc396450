// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "personal/redaction.h"
#include "personal/store.h"
#include "personal/writer.h"

namespace entregent::personal {

/// What of a source is left out.
struct Except {
  std::vector<std::string> folders = {};    ///< as shown by `status`, below the source; subfolders too
  std::vector<std::string> addresses = {};  ///< lower case
  std::vector<std::string> domains = {};    ///< lower case; subdomains too
  friend bool operator==(const Except&, const Except&) = default;
};

struct Source {
  SourceId id;
  std::string kind;      ///< `folder` or `imap`
  std::string location;  ///< absolute path, or imaps://user@host
  Except except = {};
  std::string password_command = {};  ///< of an IMAP source; empty: asked
  std::string certificate = {};  ///< of an IMAP source: absolute path of a PEM file; empty: the system's authorities
  std::optional<Instant> started_at = {}, finished_at = {};
  std::string error = {}, error_detail = {};
};

struct Folder {
  FolderId id;
  std::string path;  ///< below the source; empty for the source itself
  std::optional<std::int64_t> stamp;
  std::optional<std::int64_t> uid_validity, uid_next, highest_modseq;
};

struct File {
  FileId id = {};
  std::string name = {};
  std::int64_t size = 0;
  std::int64_t mtime = 0;  ///< ns since 1970; -1: to be read again
  std::int64_t inode = 0;
  std::int64_t format = 0;  ///< readers::Format
};

/// The sources of one private file, and what was seen of them: what ingest/ compares with what it finds. All of it is
/// plain storage; Writer holds the items. Names of folders and files that hold somebody forgotten are kept as marks.
class Sources {
 public:
  explicit Sources(Store& store) : store_(store) {}

  /// `conflict` if it is there already.
  Result<SourceId> add(const Source& source, Instant now);
  std::vector<Source> list();
  std::optional<Source> find(std::string_view location);
  void set_except(SourceId source, const Except& except);
  void set_password_command(SourceId source, const std::string& command);
  void set_certificate(SourceId source, const std::string& file);
  /// The private file in which they stand.
  [[nodiscard]] const std::filesystem::path& file() const { return store_.file(); }
  /// The source's own rows; its items are dropped before, through Writer.
  void remove(SourceId source);

  void start(SourceId source, Instant now);
  void finish(SourceId source, Instant now);
  void stop(SourceId source, const Error& error);

  /// A folder's path or a file's name as it is kept here: what is found on the disk is compared in this form.
  std::string stored_name(std::string_view path);
  FolderId folder(SourceId source, std::string_view path);
  std::vector<Folder> folders(SourceId source);
  Folder state(FolderId folder);
  /// Neither a stamp nor a modseq is taken while a file of the folder waits to be read again.
  void set_stamp(FolderId folder, std::optional<std::int64_t> stamp);
  void set_uids(FolderId folder, std::int64_t validity, std::int64_t next, std::optional<std::int64_t> modseq);
  void remove_folder(FolderId folder);

  void each_file(FolderId folder, const std::function<void(const File&)>& file);
  std::optional<File> file(FileId id);
  FileId add_file(FolderId folder, const File& file);
  void update_file(const File& file);
  void rename_file(FileId file, std::string_view name);

  std::optional<SourceId> source_of(FileId file);
  [[nodiscard]] bool has_files(SourceId source) const;

  struct Part {
    std::int64_t part = 0;
    std::optional<Digest> fingerprint;  ///< nothing: to be read again
  };
  /// The parts of an mbox, by offset.
  std::vector<Part> parts(FileId file);
  void move_part(FileId file, std::int64_t from, std::int64_t to);
  /// Parts written below zero, as -1 - offset, get their offset: they were kept apart from an earlier state of the
  /// file.
  void settle_parts(FileId file);
  /// The part is to be read again, whatever its file looks like.
  void doubt_part(FileId file, std::int64_t part);
  /// A part that was to be read again (it has no fingerprint) and could not be, for a fault that may pass, which stands
  /// at `again`: it keeps what it held, with that problem. False if that is not so.
  bool keep_unread_part(FileId file, std::int64_t part, std::int64_t again);
  /// A file with parts to be read again is to be looked at again.
  void doubt_file_of_doubtful_parts(FileId file);
  /// A part elsewhere that holds the same bytes and gave an item, or was left out as spam, trash or a draft.
  struct Twin {
    FileId file;
    std::int64_t part = 0;
    std::string skipped;  ///< the reason, if it was left out
    std::string path;     ///< of its folder and file, below their source
  };
  std::optional<Twin> twin(const Digest& fingerprint);
  /// `place` (sub 0) holds what the twin holds.
  void add_twin(const Place& place, const Twin& twin);

  /// `code` is a short English word as in reading/: `crashed`, `too_large` …
  void file_problem(FileId file, std::string_view code, std::string_view detail);
  void clear_problem(FileId file);
  /// The folder itself could not be read. It stands as a file without name, which goes when the folder is read again,
  /// and until then its stamp is not trusted.
  void folder_problem(FolderId folder, std::string_view detail);
  void place_problem(const Place& place, std::string_view code, std::string_view detail);
  void skip_place(const Place& place, std::string_view reason);

 private:
  void set_option(SourceId source, std::string_view name, const std::string& value);

  Store& store_;
  std::optional<Redaction> redaction_;  ///< read when first asked
};

}  // namespace entregent::personal
