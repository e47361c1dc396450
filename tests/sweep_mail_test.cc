// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads every mail below the folder that the environment names in ENTREGENT_CORPORA and compares with what a plain
// GMime program sees: sender, date and text must be given for 99 of 100 mails that carry them; what is missed is listed
// with its reason.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <gmime/gmime.h>
#include <gtest/gtest.h>

#include "base/owned.h"
#include "base/text.h"
#include "readers/format.h"
#include "readers/mail_reader.h"
#include "readers/mbox_splitter.h"
#include "tests/sweep_report.h"

namespace entregent::readers {
namespace {

template <class T>
using GObjectPtr = Owned<T, g_object_unref>;

struct Carried {
  bool sender = false, date = false, text = false;
  // For the causes of what our reader notes.
  std::string encryption;  ///< how the whole is closed, or a part
  std::string charset;     ///< of the first text part
  int text_parts = 0, other_parts = 0;
  bool date_field = false;
};

bool holds_words(const char* text) {
  return text != nullptr && std::string_view(text).find_first_not_of(" \t\r\n") != std::string_view::npos;
}

std::string encryption_of(GMimeObject* part) {
  GMimeContentType* type = g_mime_object_get_content_type(part);
  if (g_mime_content_type_is_type(type, "multipart", "encrypted") != 0) return "multipart/encrypted";
  const bool smime = g_mime_content_type_is_type(type, "application", "pkcs7-mime") != 0 ||
                     g_mime_content_type_is_type(type, "application", "x-pkcs7-mime") != 0;
  return smime ? "application/pkcs7-mime" : "";
}

void look_for_text(GMimeObject* /*parent*/, GMimeObject* part, gpointer to) {
  auto& carried = *static_cast<Carried*>(to);
  if (carried.encryption.empty()) carried.encryption = encryption_of(part);
  if (!GMIME_IS_TEXT_PART(part)) {
    carried.other_parts += GMIME_IS_PART(part) ? 1 : 0;
    return;
  }
  if (++carried.text_parts == 1) {
    const char* charset = g_mime_text_part_get_charset(GMIME_TEXT_PART(part));
    carried.charset = charset == nullptr ? "" : lower(charset);
  }
  char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
  const bool closed =
      holds_words(text) && std::string_view(text).find("-----BEGIN PGP MESSAGE") != std::string_view::npos;
  if (closed) carried.encryption = "PGP in the text";
  if (holds_words(text) && !closed) carried.text = true;
  g_free(text);
}

/// What in the mail led to the notice, as GMime's view of it tells.
std::string cause_of(Notice notice, const Carried& carried) {
  switch (notice) {
    case Notice::date_missing:
      return carried.date_field ? "a Date that is none, no Received" : "neither Date nor Received";
    case Notice::text_missing:
      if (!carried.encryption.empty()) return "closed: " + carried.encryption;
      if (carried.text_parts > 0) return "text parts without a word";
      return carried.other_parts > 0 ? "files only" : "no body";
    case Notice::encrypted:
      return carried.encryption.empty() ? "a part that GMime does not see" : carried.encryption;
    case Notice::charset_guessed:
      return carried.charset.empty() ? "no charset named for bytes above 127"
                                     : "bytes that are not the charset named: " + carried.charset;
    default:
      return "as its name says";
  }
}

Carried seen_by_gmime(std::string_view bytes) {
  Carried carried;
  const GObjectPtr<GMimeStream> stream(g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
  const GObjectPtr<GMimeParser> parser(g_mime_parser_new_with_stream(stream.get()));
  const GObjectPtr<GMimeMessage> message(g_mime_parser_construct_message(parser.get(), nullptr));
  if (!message) return carried;
  GMimeObject* object = GMIME_OBJECT(message.get());
  carried.sender =
      holds_words(g_mime_object_get_header(object, "From")) || holds_words(g_mime_object_get_header(object, "Sender"));
  carried.date =
      g_mime_message_get_date(message.get()) != nullptr || holds_words(g_mime_object_get_header(object, "Received"));
  carried.date_field = holds_words(g_mime_object_get_header(object, "Date"));
  GMimeObject* root = g_mime_message_get_mime_part(message.get());
  if (root == nullptr) return carried;
  carried.encryption = encryption_of(root);
  if (!carried.encryption.empty()) return carried;
  if (GMIME_IS_MULTIPART(root)) {
    g_mime_multipart_foreach(GMIME_MULTIPART(root), look_for_text, &carried);
  } else {
    look_for_text(nullptr, root, &carried);
  }
  return carried;
}

struct Tally {
  int carried = 0, given = 0;
  void count(bool is_carried, bool is_given) {
    if (!is_carried) return;
    ++carried;
    given += is_given ? 1 : 0;
  }
  [[nodiscard]] bool enough() const { return given * 100 >= carried * 99; }
};

class Sweep {
 public:
  void take_file(const std::filesystem::path& path) {
    const std::string bytes = content(path);
    Format format = detect(bytes.substr(0, detect_bytes));
    const std::string folder = path.parent_path().filename().string();
    if (folder == "cur" || folder == "new" || (format == Format::unknown && path.extension() == ".eml"))
      format = Format::mail;
    switch (format) {
      case Format::mail:
        return take(path, "mail", bytes, read_mail(bytes));
      case Format::emlx:
        return take(path, "emlx", bytes.substr(bytes.find('\n') + 1), read_emlx(bytes));
      case Format::mbox:
        return take_mbox(path, bytes);
      default:
        ++others_;
    }
  }

  void report() const {
    std::printf("%d files of other formats\n", others_);
    report_.print();
    std::printf("sender %d of %d, date %d of %d, text %d of %d\n", sender.given, sender.carried, date.given,
                date.carried, text.given, text.carried);
    for (const auto& line : missed_) std::printf("missed: %s\n", line.c_str());
    std::printf("our reading took %.3f s of CPU\n", static_cast<double>(spent_) / CLOCKS_PER_SEC);
  }

  Tally sender, date, text;
  int invalid = 0;

 private:
  static std::string content(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  void take_mbox(const std::filesystem::path& path, const std::string& bytes) {
    const auto read_at = [&](std::uint64_t offset, std::span<char> buffer) {
      const std::size_t count =
          offset >= bytes.size() ? 0 : std::min(buffer.size(), bytes.size() - static_cast<std::size_t>(offset));
      std::copy_n(bytes.data() + (count == 0 ? 0 : offset), count, buffer.data());
      return count;
    };
    for (const MboxSlice& slice : split_mbox(read_at).messages) {
      const std::string message = bytes.substr(slice.offset, slice.length);
      const std::size_t line = message.starts_with("From ") ? message.find('\n') + 1 : 0;
      take(path, "mbox", message.substr(line), read_mbox_message(message));
    }
  }

  void take(const std::filesystem::path& path, const std::string& format, const std::string& message,
            const Result<ExtractedItem>& item) {
    const Carried carried = seen_by_gmime(message);
    if (!item) {
      report_.problem(format, item.error().message);
      sender.count(carried.sender, false);
      date.count(carried.date, false);
      text.count(carried.text, false);
      return note(path, "refused", carried.sender || carried.date || carried.text);
    }
    report_.read(format);
    for (const Notice notice : item->notices) report_.notice(format, notice, cause_of(notice, carried));
    const bool named = std::any_of(item->parties.begin(), item->parties.end(), [](const Party& party) {
      return party.role == Role::from || party.role == Role::sender;
    });
    sender.count(carried.sender, named);
    date.count(carried.date, item->happened_at.has_value());
    const bool worded = !item->texts.empty() || !item->inside.empty();
    text.count(carried.text, worded);
    note(path, "no sender", carried.sender && !named);
    note(path, "no date", carried.date && !item->happened_at);
    note(path, "no text", carried.text && !worded);
    invalid += is_valid_utf8(item->title) ? 0 : 1;
    for (const TextSection& section : item->texts) invalid += is_valid_utf8(section.text) ? 0 : 1;
    const std::clock_t begin = std::clock();
    (void)read_mail(message);
    spent_ += std::clock() - begin;
  }
  void note(const std::filesystem::path& path, const char* what, bool missed) {
    if (missed) missed_.push_back(std::string(what) + ": " + path.string());
  }

  tests::SweepReport report_;
  std::vector<std::string> missed_;
  int others_ = 0;
  std::clock_t spent_ = 0;
};

TEST(SweepMail, gives_what_gmime_sees) {
  const char* corpora = std::getenv("ENTREGENT_CORPORA");
  if (corpora == nullptr) GTEST_SKIP() << "ENTREGENT_CORPORA names no folder";
  g_mime_init();
  Sweep sweep;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpora))
    if (entry.is_regular_file()) sweep.take_file(entry.path());
  sweep.report();
  EXPECT_TRUE(sweep.sender.enough());
  EXPECT_TRUE(sweep.date.enough());
  EXPECT_TRUE(sweep.text.enough());
  EXPECT_EQ(sweep.invalid, 0);
}

}  // namespace
}  // namespace entregent::readers
