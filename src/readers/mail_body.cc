// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/mail_body.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/charset.h"
#include "base/text.h"
#include "readers/armor.h"
#include "readers/calendar_reader.h"
#include "readers/documents/document_reader.h"
#include "readers/foreign_text.h"
#include "readers/html_text.h"
#include "readers/limits.h"
#include "readers/mail_header.h"
#include "readers/outlook/msg_reader.h"
#include "readers/outlook/tnef_reader.h"
#include "readers/signature_facts.h"
#include "readers/text_sections.h"
#include "readers/vcard_reader.h"

namespace entregent::readers {
namespace {

bool is_calendar(const MimePart& part) {
  return part.is("text/calendar") || part.is("application/ics") || part.is("text/x-vcalendar");
}
bool is_card(const MimePart& part) {
  return part.is("text/vcard") || part.is("text/x-vcard") || part.is("text/directory");
}
bool is_signature_part(const MimePart& part) {
  return part.is("application/pgp-signature") || part.is("application/pkcs7-signature") ||
         part.is("application/x-pkcs7-signature");
}
/// Gateways that do not know S/MIME leave its file name alone (RFC 8551 §3.2.1).
bool is_closed_part(const MimePart& part) {
  return part.is("application/pkcs7-mime") || part.is("application/x-pkcs7-mime") ||
         part.is("application/pgp-encrypted") || lower(part.file_name) == "smime.p7m";
}
bool is_message(const MimePart& part) {
  return part.is("message/rfc822") || part.is("message/global");
}
bool is_html(const MimePart& part) {
  return part.is("text/html") || part.is("application/xhtml+xml");
}
bool is_attached(const MimePart& part) {
  return part.disposition.value == "attachment";
}

/// A body text: not attached, of a kind that is read as such.
bool is_body_text(const MimePart& part) {
  return (part.is("text/plain") || is_html(part) || part.is("text/enriched") || part.is("text/richtext")) &&
         !is_attached(part);
}

std::string bare_controls(std::string text) {
  for (char& c : text)
    if (c == quoted_mark || c == signature_mark) c = ' ';
  return text;
}

/// `<bold>` of text/enriched goes, `<<` is a bracket.
std::string enriched_text(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '<') {
      result.push_back(text[at]);
    } else if (at + 1 < text.size() && text[at + 1] == '<') {
      result.push_back(text[at++]);
    } else {
      at = std::min(text.find('>', at), text.size() - 1);
    }
  }
  return result;
}

/// How many bytes are worth decoding: text beyond its limit is cut anyway.
constexpr std::size_t most_encoded = limits::html_bytes * 4;

std::string text_of(const MimePart& part, NoticeSet& notices) {
  MimePart cut;
  const MimePart* read = &part;
  if (part.body.size() > most_encoded) {
    notices.add(Notice::truncated);
    cut.body = part.body.substr(0, most_encoded);
    cut.encoding = part.encoding;
    read = &cut;
  }
  // Most mail is neither encoded nor beyond ASCII: then no byte is copied before decode_text.
  const bool encoded = read->encoding == "base64" || read->encoding == "quoted-printable";
  const std::string bytes = encoded ? read->decoded() : std::string();
  const std::string_view raw = encoded ? std::string_view(bytes) : read->body;
  std::string_view charset = part.type.parameter("charset");
  if (is_html(part) && charset.empty()) charset = html_charset(raw);
  std::string text = decode_text(raw, charset, notices);
  if (is_html(part)) return html_text(text, notices);
  if (part.is("text/enriched") || part.is("text/richtext")) text = enriched_text(text);
  if (part.type.parameter("format").size() == 6 && lower(part.type.parameter("format")) == "flowed")
    text = unflowed(text, lower(part.type.parameter("delsp")) == "yes");
  return bare_controls(std::move(text));
}

/// Characters other than blanks.
std::size_t written_bytes(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; }));
}

/// "Your program shows no HTML": short, while the page beside it is long.
bool is_stub(std::string_view plain, std::size_t html_bytes) {
  constexpr std::size_t longest_stub = 400;
  constexpr std::array<std::string_view, 9> words{"html",       "view this email",  "view in browser",    "navigateur",
                                                  "webversion", "version en ligne", "multi-part message", "multipart",
                                                  "web page"};
  if (written_bytes(plain) == 0) return true;
  if (plain.size() > longest_stub || html_bytes < 4 * plain.size()) return false;
  const std::string text = folded(plain);
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return text.find(word) != std::string::npos; });
}

class BodyReader {
 public:
  BodyReader(ExtractedItem& item, NoticeSet& notices) : item_(item), notices_(notices) {
    for (const Party& party : item.parties)
      if (party.role == Role::from) {
        sender_ = &party;
        break;
      }
  }

  std::string read(const MimePart& root) {
    walk(root, Texts::read);
    add_facts();
    for (Party& person : people_of_files_)
      if (item_.parties.size() < limits::parties) item_.parties.push_back(std::move(person));
    if (item_.texts.empty() && !notices_.has(Notice::encrypted)) notices_.add(Notice::text_missing);
    return std::move(all_text_);
  }

 private:
  /// Whether the texts of a part are wanted: of alternatives only one's.
  enum class Texts { read, leave };

  void walk(const MimePart& part, Texts texts) {
    if (part.is("multipart/alternative")) return walk_alternative(part, texts);
    if (part.is("multipart/encrypted")) return notices_.add(Notice::encrypted);
    if (part.is("multipart/report")) item_.marks.robot = true;
    if (part.is("multipart/appledouble")) return walk_apple_double(part, texts);
    if (part.is_multipart()) {
      for (const MimePart& child : part.children) walk_child(part, child, texts);
      return;
    }
    walk_leaf(part, texts, PictureOfPage::no);
  }
  enum class PictureOfPage { no, yes };
  void walk_child(const MimePart& parent, const MimePart& child, Texts texts) {
    if (parent.is("multipart/signed") && is_signature_part(child)) return;
    // A page's own pictures are no files that somebody sent.
    const bool picture = parent.is("multipart/related") && child.type.value.starts_with("image/") &&
                         !is_attached(child) && field_value(child.fields, "Content-ID").data() != nullptr;
    if (child.is_multipart()) return walk(child, texts);
    walk_leaf(child, texts, picture ? PictureOfPage::yes : PictureOfPage::no);
  }
  /// A Mac file: its resource fork, then its data.
  void walk_apple_double(const MimePart& part, Texts texts) {
    if (!part.children.empty()) walk(part.children.back(), texts);
  }

  void walk_alternative(const MimePart& part, Texts texts) {
    const MimePart* chosen = texts == Texts::leave ? nullptr : chosen_alternative(part);
    for (const MimePart& child : part.children)
      walk_child(part, child,
                 &child == chosen || (texts == Texts::read && chosen == nullptr) ? Texts::read : Texts::leave);
  }
  const MimePart* chosen_alternative(const MimePart& part) {
    const MimePart* plain = nullptr;
    const MimePart* page = nullptr;
    std::size_t page_bytes = 0;
    for (const MimePart& child : part.children) {
      if (const MimePart* text = first_text(child, false); text != nullptr && plain == nullptr) plain = &child;
      if (const MimePart* text = first_text(child, true); text != nullptr)
        page = &child, page_bytes = text->body.size();
    }
    if (plain == nullptr || page == nullptr || plain == page) return plain != nullptr ? plain : page;
    constexpr std::size_t may_be_stub = 1500;
    const MimePart* text = first_text(*plain, false);
    if (text->body.size() > may_be_stub) return plain;
    NoticeSet ignored;
    return is_stub(text_of(*text, ignored), page_bytes) ? page : plain;
  }
  static const MimePart* first_text(const MimePart& part, bool html) {
    if (!part.is_multipart()) return is_body_text(part) && is_html(part) == html ? &part : nullptr;
    for (const MimePart& child : part.children)
      if (const MimePart* found = first_text(child, html)) return found;
    return nullptr;
  }

  void walk_leaf(const MimePart& part, Texts texts, PictureOfPage picture) {
    if (is_closed_part(part)) return add_closed(part);
    if (is_message(part)) return add_message(part, texts);
    if (is_calendar(part) || is_card(part)) return add_inside(part);
    // Named text inline is a file (a patch, a log), unless it is all there is.
    const bool body =
        is_body_text(part) && (part.file_name.empty() || (!body_seen_ && part.disposition.value != "inline"));
    if (body) {
      if (texts == Texts::read) add_body(part);
      return;
    }
    if (picture == PictureOfPage::yes || add_what_outlook_wrapped(part, texts)) return;
    if (!part.file_name.empty() || is_attached(part) || !part.is_text()) add_attachment(part);
    if (add_document(part)) return;
    if (part.is_text() || part.is("message/delivery-status")) add_attachment_text(text_of(part, notices_));
  }

  void add_attachment(const MimePart& part) {
    if (part.body.empty() && part.file_name.empty()) return;
    if (item_.attachments.size() >= limits::attachments) return notices_.add(Notice::truncated);
    item_.attachments.push_back({part.file_name, part.type.value, part.decoded_size()});
  }

  /// winmail.dat, whose files count as the mail's own, and messages that Outlook saved; no if it is neither.
  bool add_what_outlook_wrapped(const MimePart& part, Texts texts) {
    constexpr std::size_t deepest = 8;
    const std::string name = lower(part.file_name);
    const bool tnef = part.is("application/ms-tnef") || part.is("application/vnd.ms-tnef") || name == "winmail.dat";
    const bool message = part.is("application/vnd.ms-outlook") || name.ends_with(".msg");
    if ((!tnef && !message) || depth_ >= deepest) return false;
    const std::string bytes = part.decoded();
    if (tnef) {
      const auto wrapped = read_tnef(bytes);
      if (wrapped) add_inner(mapi_content(*wrapped, texts == Texts::read && !body_seen_));
      return wrapped.has_value();
    }
    const auto mime = msg_to_mime(bytes);
    if (!mime) return false;
    MimePart inner = part;
    inner.type.value = "message/rfc822";
    inner.encoding.clear();
    inner.body = *mime;
    add_message(inner, texts);
    return true;
  }

  /// The words of an attached document, and who wrote it; no if it is none.
  bool add_document(const MimePart& part) {
    const bool may_be = !part.is_text() || part.is("text/rtf");
    if (!may_be || part.type.value.starts_with("image/") || part.type.value.starts_with("audio/") ||
        part.type.value.starts_with("video/"))
      return false;
    if (documents_left_ == 0 || part.decoded_size() > limits::attached_document_bytes) return false;
    const std::string bytes = part.decoded();
    const Format format = document_format(bytes);
    if (format == Format::unknown) return false;
    --documents_left_;
    auto document = read_document(bytes, format);
    if (!document) return true;
    for (Party& person : document->parties) people_of_files_.push_back(std::move(person));
    for (TextSection& section : document->texts) add_attachment_text(std::move(section.text));
    return true;
  }

  void add_closed(const MimePart& part) {
    if (part.type.parameter("smime-type") == "signed-data" || part.file_name == "smime.p7s") {
      // What was signed lies inside, in the clear.
      if (const auto inner = signed_content(part.decoded()); inner && depth_ == 0) return add_inner(*inner);
    }
    notices_.add(Notice::encrypted);
  }
  /// `bytes` is a MIME entity that lives during the call only: all that is kept of it is copied.
  void add_inner(const std::string& bytes) {
    auto header = split_header(bytes, notices_);
    const MimePart inner = parse_part(std::move(header.fields), header.body, parts_left_, notices_);
    ++depth_;
    walk(inner, Texts::read);
    --depth_;
  }

  void add_body(const MimePart& part) {
    body_seen_ = true;
    std::string text = text_of(part, notices_);
    if (text.find("-----BEGIN PGP") == std::string::npos) return add_split(text);
    PgpText opened = without_pgp_armor(text);
    if (opened.encrypted) notices_.add(Notice::encrypted);
    add_split(opened.text);
  }
  void add_split(std::string_view text) {
    all_text_ += text;
    std::string without_files;
    if (text.find("begin ") != std::string_view::npos) {
      auto files = take_uuencoded(text, without_files);
      for (Attachment& file : files)
        if (item_.attachments.size() < limits::attachments) item_.attachments.push_back(std::move(file));
      if (!files.empty()) text = without_files;
    }
    for (TextSection& section :
         split_text(text, sender_ == nullptr ? std::string_view() : std::string_view(sender_->name)))
      add_section(std::move(section));
  }

  void add_attachment_text(std::string text) {
    for (char& c : text)
      if (c == '\r') c = ' ';
    if (written_bytes(text) == 0) return;
    all_text_ += text;
    add_section({TextKind::attachment, std::string(trimmed(text))});
  }

  void add_section(TextSection section) {
    constexpr std::size_t most_sections = 5000;
    const std::size_t left = limits::text_bytes - std::min(text_bytes_, limits::text_bytes);
    section.text = capped(std::move(section.text), std::min(limits::section_bytes, left), notices_);
    if (section.text.empty()) return;
    if (item_.texts.size() >= most_sections) return notices_.add(Notice::truncated);
    text_bytes_ += section.text.size();
    const bool joins =
        !item_.texts.empty() && item_.texts.back().kind == section.kind && section.kind != TextKind::attachment;
    if (!joins) return item_.texts.push_back(std::move(section));
    std::string& last = item_.texts.back().text;
    last += "\n\n" + section.text;
    last = capped(std::move(last), limits::section_bytes, notices_);
  }

  /// A forwarded message: its subject, sender and text as one attachment text, its files among ours.
  void add_message(const MimePart& part, Texts texts) {
    const std::string bytes = part.decoded();
    auto header = split_header(bytes, notices_);
    ExtractedItem inner;
    NoticeSet inner_notices;
    read_header_fields(header.fields, {}, inner, inner_notices);
    if (item_.attachments.size() < limits::attachments) {
      item_.attachments.push_back(
          {part.file_name.empty() ? inner.title : part.file_name, part.type.value, bytes.size()});
    }
    if (depth_ >= limits::mime_depth) return notices_.add(Notice::truncated);
    const MimePart root = parse_part(std::move(header.fields), header.body, parts_left_, notices_);
    BodyReader reader(inner, inner_notices);
    reader.depth_ = depth_ + 1;
    reader.parts_left_ = parts_left_;
    reader.documents_left_ = documents_left_;
    reader.walk(root, texts);
    parts_left_ = reader.parts_left_;
    documents_left_ = reader.documents_left_;
    for (Party& person : reader.people_of_files_) people_of_files_.push_back(std::move(person));
    if (inner_notices.has(Notice::truncated)) notices_.add(Notice::truncated);
    take_over(std::move(inner));
  }
  void take_over(ExtractedItem inner) {
    std::string text = inner.title;
    for (const Party& party : inner.parties)
      if (party.role == Role::from) text += "\n" + party.name + (party.name.empty() ? "" : " ") + party.address;
    for (const TextSection& section : inner.texts) text += "\n\n" + section.text;
    add_attachment_text(std::move(text));
    for (Attachment& file : inner.attachments) {
      if (item_.attachments.size() >= limits::attachments) return notices_.add(Notice::truncated);
      item_.attachments.push_back(std::move(file));
    }
    for (ExtractedItem& card : inner.inside)
      if (item_.inside.size() < limits::attachments) item_.inside.push_back(std::move(card));
  }

  void add_inside(const MimePart& part) {
    if (!part.file_name.empty() || is_attached(part)) add_attachment(part);
    if (part.body.size() > limits::html_bytes) return notices_.add(Notice::truncated);
    const std::string text = decode_text(part.decoded(), part.type.parameter("charset"), notices_);
    auto read = is_card(part) ? read_vcards(text) : read_calendar(text);
    if (!read) return add_attachment_text(text);
    for (ExtractedItem& one : *read) {
      // An invitation often comes twice, as an alternative and as a file.
      if (std::find(item_.inside.begin(), item_.inside.end(), one) != item_.inside.end()) continue;
      if (item_.inside.size() >= limits::attachments) return notices_.add(Notice::truncated);
      item_.inside.push_back(std::move(one));
    }
  }

  void add_facts() {
    constexpr std::size_t most = 100;
    if (sender_ == nullptr) return;
    const std::string name = sender_->name, address = sender_->address;
    for (const TextSection& section : item_.texts) {
      if (section.kind != TextKind::signature) continue;
      for (Fact& fact : signature_facts(section.text, name, address))
        if (item_.facts.size() < most && std::find(item_.facts.begin(), item_.facts.end(), fact) == item_.facts.end())
          item_.facts.push_back(std::move(fact));
    }
  }

  ExtractedItem& item_;
  NoticeSet& notices_;
  const Party* sender_ = nullptr;  ///< in item_.parties, which does not change here
  std::string all_text_;
  std::size_t text_bytes_ = 0;
  std::size_t depth_ = 0;
  std::size_t parts_left_ = limits::mime_parts;
  std::size_t documents_left_ = limits::attached_documents;
  std::vector<Party> people_of_files_;  ///< added at the end: sender_ points into the parties
  bool body_seen_ = false;
};

}  // namespace

std::string read_body(const MimePart& root, ExtractedItem& item, NoticeSet& notices) {
  return BodyReader(item, notices).read(root);
}

}  // namespace entregent::readers
