// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/imap_source.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <map>
#include <memory>
#include <unordered_map>

#include <sys/mman.h>
#include <unistd.h>

#include "base/owned.h"
#include "ingest/admission.h"
#include "net/imap_address.h"

namespace entregent::ingest {
namespace {

constexpr std::size_t fetch_messages = 200;

FolderUse own_use_of(const net::ImapFolder& folder) {
  switch (folder.use) {
    case net::FolderUse::sent:
      return FolderUse::sent;
    case net::FolderUse::drafts:
      return FolderUse::drafts;
    case net::FolderUse::junk:
      return FolderUse::junk;
    case net::FolderUse::trash:
      return FolderUse::trash;
    default:
      return folder_use(folder.name);
  }
}

/// What others sent is not mine, though I may read it.
FolderUse use_of(const net::ImapFolder& folder) {
  const auto use = own_use_of(folder);
  return use == FolderUse::sent && folder.owner != net::FolderOwner::me ? FolderUse::other : use;
}

bool has_gmail_label(const net::ImapMessageInfo& info, std::string_view label) {
  return std::ranges::find(info.gmail_labels, label) != info.gmail_labels.end();
}

FolderUse use_of(const net::ImapMessageInfo& info, FolderUse of_folder) {
  if (info.has(net::ImapFlag::draft) || has_gmail_label(info, "\\Draft")) return FolderUse::drafts;
  if (has_gmail_label(info, "\\Sent")) return FolderUse::sent;
  return of_folder;
}

/// A message on its way from the wire to the readers: a file in memory.
class MemoryFile {
 public:
  MemoryFile() : file_(std::make_shared<reading::Descriptor>(::memfd_create("message", MFD_CLOEXEC))) {}
  [[nodiscard]] bool ok() const { return static_cast<bool>(*file_); }
  bool append(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(file_->number(), bytes.data(), bytes.size());
      if (written <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
  }
  [[nodiscard]] reading::FileHandle handle() const { return file_; }

 private:
  std::shared_ptr<const reading::Descriptor> file_;
};

struct KnownMessage {
  personal::FileId file;
  std::int64_t mtime = 0;
};
using KnownMessages = std::map<std::uint32_t, KnownMessage>;

std::uint32_t uid_of(std::string_view name) {
  std::uint32_t uid = 0;
  std::from_chars(name.data(), name.data() + name.size(), uid);
  return uid;
}

/// `ranges` as the session gives them: in order, not touching each other.
bool holds(const std::vector<net::UidRange>& ranges, std::uint32_t uid) {
  const auto behind = std::ranges::upper_bound(ranges, uid, {}, &net::UidRange::first);
  return behind != ranges.begin() && uid <= std::prev(behind)->last;
}

std::uint64_t count_of(const std::vector<net::UidRange>& ranges) {
  std::uint64_t count = 0;
  for (const auto& range : ranges) count += std::uint64_t{range.last} - range.first + 1;
  return count;
}

/// Gives each fetched message to the readers. What this leads to is committed before more is awaited from the server.
class Sink final : public net::ImapSink {
 public:
  Sink(Intake& intake, std::shared_ptr<const personal::Except> except, personal::FolderId folder, FolderUse use,
       const std::unordered_map<std::uint32_t, net::ImapMessageInfo>& infos, const KnownMessages& known)
      : intake_(intake), except_(std::move(except)), folder_(folder), use_(use), infos_(infos), known_(known) {}

  bool begin(std::uint32_t uid, std::uint64_t size) override {
    uid_ = uid;
    size_ = size;
    intake_.make_room(size);
    intake_.commit();
    file_ = std::make_unique<MemoryFile>();
    return file_->ok() && !intake_.stopped();
  }
  bool append(std::string_view bytes) override { return file_->append(bytes); }
  bool end() override {
    Stretch next = stretch();
    next.handle = file_->handle();
    next.bytes_in_memory = size_;
    file_.reset();
    intake_.submit(std::move(next));
    intake_.commit();
    return !intake_.stopped();
  }
  void too_large(std::uint32_t uid, std::uint64_t size) override {
    uid_ = uid;
    size_ = size;
    Stretch too_long = stretch();
    intake_.unreadable(too_long, {ErrorCode::invalid, N_("The message is too large to be read."), {}});
    intake_.commit();
  }
  /// There, but not given: each run asks for it again.
  void refused(std::uint32_t uid) {
    uid_ = uid;
    const auto info = infos_.find(uid);
    size_ = info == infos_.end() ? 0 : info->second.size;
    Stretch not_given = stretch();
    not_given.file.mtime = -1;
    intake_.unreadable(not_given, {ErrorCode::unavailable, N_("The mail server does not give out this message."), {}});
  }

 private:
  Stretch stretch() const {
    Stretch result{.folder = folder_, .use = use_, .except = except_};
    const auto known = known_.find(uid_);
    if (known != known_.end()) result.file.id = known->second.file;
    result.file.name = std::to_string(uid_);
    result.file.size = static_cast<std::int64_t>(size_);
    result.request.format = readers::Format::mail;
    if (const auto info = infos_.find(uid_); info != infos_.end()) {
      result.request.date_hint = info->second.internal_date;
      result.use = use_of(info->second, use_);
    }
    return result;
  }

  Intake& intake_;
  std::shared_ptr<const personal::Except> except_;
  personal::FolderId folder_;
  FolderUse use_;
  const std::unordered_map<std::uint32_t, net::ImapMessageInfo>& infos_;
  const KnownMessages& known_;
  std::unique_ptr<MemoryFile> file_;
  std::uint32_t uid_ = 0;
  std::uint64_t size_ = 0;
};

class ImapRun {
 public:
  ImapRun(Intake& intake, const personal::Source& source, net::ImapSession session)
      : intake_(intake),
        sources_(intake.sources()),
        source_(source),
        except_(std::make_shared<const personal::Except>(source.except)),
        session_(std::move(session)) {}

  Result<Done> run(std::string_view only_folder) {
    auto folders = session().folders();
    if (!folders) return fail(folders.error());
    // There is an INBOX at least: what is known stays until the server is itself again.
    if (std::ranges::none_of(*folders, &net::ImapFolder::selectable)) {
      return fail({ErrorCode::unavailable, N_("The mail server shows no folder: try again later."), {}});
    }
    sent_is_excepted_ = std::ranges::any_of(*folders, [&](const net::ImapFolder& folder) {
      return folder.use == net::FolderUse::sent && is_excepted_folder(folder.name, source_.except);
    });
    std::erase_if(*folders, [&](const net::ImapFolder& folder) { return !is_wanted(folder, only_folder); });
    // Gmail shows one mail in many folders: where there is one that holds all of them, it is enough.
    const bool has_all =
        std::ranges::any_of(*folders, [](const auto& folder) { return folder.use == net::FolderUse::all; });
    if (has_all) std::erase_if(*folders, [](const auto& folder) { return folder.use != net::FolderUse::all; });
    Result<Done> outcome = Done{};
    for (const auto& folder : *folders) {
      if (intake_.stopped()) return Done{};
      const auto done = index(folder);
      if (done || done.error().code == ErrorCode::not_found) continue;
      if (!session_.is_open()) return done;
      // A refused folder is no reason to leave the others, nor to call the whole current.
      if (outcome) outcome = done;
    }
    intake_.drain();
    if (!intake_.stopped()) finish(*folders);
    const auto bye = session().logout();  // the work is done, whatever the server says to that
    static_cast<void>(bye);
    return outcome;
  }

 private:
  /// For every word with the server, which may take its time: nobody else is to wait for us meanwhile.
  net::ImapSession& session() {
    intake_.commit();
    return session_;
  }

  bool is_wanted(const net::ImapFolder& folder, std::string_view only) const {
    if (!folder.selectable || is_excepted_folder(folder.name, source_.except)) return false;
    if (!only.empty()) return folder.name == only;
    return folder.use != net::FolderUse::junk && folder.use != net::FolderUse::trash;
  }

  /// A folder of Gmail is a label: what it bears lies in "All Mail" too.
  bool has_excepted_label(const net::ImapMessageInfo& info) const {
    return std::ranges::any_of(info.gmail_labels, [&](const std::string& label) {
      return is_excepted_label(label, source_.except) || (label == "\\Sent" && sent_is_excepted_);
    });
  }

  Result<Done> index(const net::ImapFolder& folder) {
    personal::FolderId id;
    intake_.in_batch([&] { id = sources_.folder(source_.id, folder.name); });
    const auto state = sources_.state(id);
    const auto mailbox = session().examine(folder);
    if (!mailbox) return fail(mailbox.error());
    if (state.uid_validity && *state.uid_validity != mailbox->uid_validity) drop_messages(id);
    if (is_unchanged(state, *mailbox)) return Done{};
    // At once: if this run is cut off, the next one knows what the numbers of the messages it finds here mean.
    intake_.in_batch([&] { sources_.set_uids(id, mailbox->uid_validity, 0, std::nullopt); });
    KnownMessages known;
    sources_.each_file(id, [&](const personal::File& file) {
      known.emplace(uid_of(file.name), KnownMessage{file.id, file.mtime});
    });
    const auto gone = drop_vanished(*mailbox, known);
    if (!gone) return gone;
    const auto fetched = fetch_new(folder, id, known);
    if (!fetched || intake_.stopped()) return fetched;
    finished_.push_back({.folder = id, .mailbox = *mailbox});
    return Done{};
  }

  static std::optional<std::int64_t> modseq_of(const net::ImapMailbox& mailbox) {
    return mailbox.highest_modseq ? std::optional(static_cast<std::int64_t>(*mailbox.highest_modseq)) : std::nullopt;
  }

  static bool is_unchanged(const personal::Folder& state, const net::ImapMailbox& mailbox) {
    return state.uid_validity == mailbox.uid_validity && state.highest_modseq &&
           state.highest_modseq == modseq_of(mailbox) && state.uid_next == mailbox.uid_next;
  }

  Result<Done> drop_vanished(const net::ImapMailbox& mailbox, KnownMessages& known) {
    if (known.empty()) return Done{};
    const auto there = session().uids();
    if (!there) return fail(there.error());
    // Some may go while we ask. Not half of them: such an answer proves nothing of what it leaves out.
    if (2 * count_of(*there) < mailbox.exists) {
      return fail({ErrorCode::unavailable,
                   N_("The mail server names only some of the messages it counts: try again later."),
                   {}});
    }
    for (auto entry = known.begin(); entry != known.end();) {
      if (holds(*there, entry->first)) {
        ++entry;
        continue;
      }
      gone_.push_back(entry->second.file);
      entry = known.erase(entry);
    }
    return Done{};
  }

  Result<Done> fetch_new(const net::ImapFolder& folder, personal::FolderId id, const KnownMessages& known) {
    std::vector<std::uint32_t> wanted;
    std::unordered_map<std::uint32_t, net::ImapMessageInfo> infos;
    const auto listed = session().list(1, [&](net::ImapMessageInfo&& info) {
      const auto entry = known.find(info.uid);
      if (has_excepted_label(info)) {  // it is not even fetched
        if (entry != known.end()) gone_.push_back(entry->second.file);
      } else if (entry == known.end() || entry->second.mtime == -1) {
        wanted.push_back(info.uid);
        infos.emplace(info.uid, std::move(info));
      }
      return !intake_.stopped();
    });
    if (intake_.stopped()) return Done{};
    if (!listed && !session_.is_open()) return fail(listed.error());
    intake_.progress().total_units += wanted.size();
    Sink sink(intake_, except_, id, use_of(folder), infos, known);
    const auto fetched = fetch(wanted, sink);
    // A server that lists some and then refuses has given these at least.
    return listed ? fetched : listed;
  }

  Result<Done> fetch(const std::vector<std::uint32_t>& wanted, Sink& sink) {
    std::vector<std::uint32_t> missing;
    for (std::size_t at = 0; at < wanted.size(); at += fetch_messages) {
      const auto count = std::min(fetch_messages, wanted.size() - at);
      const auto report = session().fetch(std::span(wanted).subspan(at, count), sink);
      // Fetching may be slow and dear: what came is kept, however this run ends.
      intake_.drain();
      if (intake_.stopped()) return Done{};
      if (!report) return fail(report.error());
      missing.insert(missing.end(), report->missing.begin(), report->missing.end());
    }
    return record_refused(missing, sink);
  }

  /// Of what did not come, some may be gone since it was listed.
  Result<Done> record_refused(const std::vector<std::uint32_t>& missing, Sink& sink) {
    if (missing.empty()) return Done{};
    const auto there = session().uids();
    if (!there) return fail(there.error());
    for (const auto uid : missing)
      if (holds(*there, uid)) sink.refused(uid);
    return Done{};
  }

  void drop(personal::FileId file) {
    intake_.in_batch([&] { intake_.progress().counts.gone += intake_.writer().drop_file(file); });
  }

  void drop_messages(personal::FolderId folder) {
    std::vector<personal::FileId> files;
    sources_.each_file(folder, [&](const personal::File& file) { files.push_back(file.id); });
    for (const auto file : files) drop(file);
  }

  /// Only now: what was moved has been met in its new folder, and stays the item that it was.
  void finish(const std::vector<net::ImapFolder>& there) {
    for (const auto file : gone_) drop(file);
    drop_missing(there);
    intake_.in_batch([&] {
      for (const auto& [folder, mailbox] : finished_)
        sources_.set_uids(folder, mailbox.uid_validity, mailbox.uid_next.value_or(0), modseq_of(mailbox));
    });
    intake_.commit();
  }

  void drop_missing(const std::vector<net::ImapFolder>& there) {
    for (const auto& folder : sources_.folders(source_.id)) {
      const bool is_there = std::ranges::any_of(
          there, [&](const net::ImapFolder& each) { return sources_.stored_name(each.name) == folder.path; });
      if (is_there) continue;
      drop_messages(folder.id);
      intake_.in_batch([&] { sources_.remove_folder(folder.id); });
    }
  }

  struct Finished {
    personal::FolderId folder;
    net::ImapMailbox mailbox;
  };

  Intake& intake_;
  personal::Sources& sources_;
  const personal::Source& source_;
  std::shared_ptr<const personal::Except> except_;
  net::ImapSession session_;
  bool sent_is_excepted_ = false;
  std::vector<personal::FileId> gone_;
  std::vector<Finished> finished_;
};

using Pipe = Owned<std::FILE, pclose>;

/// The first line that the owner's command prints.
Result<net::Secret> password_from(const std::string& command) {
  const Pipe pipe(::popen(command.c_str(), "re"));
  std::array<char, 1024> line{};
  if (!pipe || std::fgets(line.data(), static_cast<int>(line.size()), pipe.get()) == nullptr) {
    return fail({ErrorCode::unauthenticated, N_("The password command printed nothing: {0}."), command});
  }
  std::string text(line.data());
  std::ranges::fill(line, '\0');
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  return net::Secret::taken_from(text);
}

Result<net::Secret> password_of(const personal::Source& source, const RunOptions& options) {
  if (!source.password_command.empty()) return password_from(source.password_command);
  auto asked = options.password ? options.password(source) : std::nullopt;
  if (!asked) return fail({ErrorCode::unauthenticated, N_("No password was given for {0}."), source.location});
  return *std::move(asked);
}

}  // namespace

Result<Done> index_imap(Intake& intake, const personal::Source& source, const RunOptions& options) {
  const auto address = net::parse_imap_url(source.location);
  if (!address) return fail(address.error());
  auto password = password_of(source, options);
  if (!password) return fail(password.error());
  auto imap = options.imap;
  if (!source.certificate.empty()) imap.tls.ca_file = source.certificate;
  auto session = net::ImapSession::open(*address, *password, imap);
  if (!session) return fail(session.error());
  return ImapRun(intake, source, *std::move(session)).run(address->folder);
}

}  // namespace entregent::ingest
