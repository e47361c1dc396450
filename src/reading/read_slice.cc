// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/read_slice.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "readers/calendar_reader.h"
#include "readers/chats/json_chats.h"
#include "readers/chats/whatsapp_reader.h"
#include "readers/documents/document_reader.h"
#include "readers/exports/export_reader.h"
#include "readers/limits.h"
#include "readers/mail_reader.h"
#include "readers/outlook/msg_reader.h"
#include "readers/outlook/tnef_reader.h"
#include "readers/vcard_reader.h"

namespace entregent::reading {
namespace {

using readers::Format;

/// One step of a split: a few hundredths of a second, so that a limit for one slice suits a mbox of any size.
constexpr readers::MboxBudget step{.bytes = 64u << 20, .messages = 50'000};
constexpr std::size_t kept_buffer = 4u << 20;

Problem problem(ProblemKind kind) {
  return {.kind = kind, .error = {ErrorCode::malformed, std::string(sentence(kind))}};
}

Problem refusal(Error error) {
  return {.kind = ProblemKind::refused, .error = std::move(error)};
}

void take(Answer& answer, Result<readers::ExtractedItem> item) {
  if (item)
    answer.items.push_back(*std::move(item));
  else
    answer.problem = refusal(item.error());
}

void take(Answer& answer, Result<std::vector<readers::ExtractedItem>> items) {
  if (items)
    answer.items = *std::move(items);
  else
    answer.problem = refusal(items.error());
}

void take(Answer& answer, Result<readers::ExportItems> made) {
  if (!made) {
    answer.problem = refusal(made.error());
    return;
  }
  answer.items = std::move(made->items);
  answer.tables = std::move(made->tables);
}

Zone zone_of(const Settings& settings) {
  return Zone::find(settings.zone).value_or(Zone::utc());
}

/// The text of a chat in WhatsApp's archive, which holds pictures beside it; empty if there is none.
std::string whatsapp_text(readers::ZipArchive& archive) {
  for (const auto& entry : archive.entries()) {
    if (!entry.name.ends_with(".txt")) continue;
    auto bytes = archive.read(entry.name, readers::limits::document_bytes);
    if (bytes && readers::is_whatsapp(*bytes)) return *std::move(bytes);
  }
  return {};
}

/// A document, a platform's export, or an archive of anything else.
Answer read_archive(std::string_view content, const Settings& settings) {
  Answer answer{.format = readers::document_format(content)};
  if (answer.format != Format::unknown) {
    take(answer, readers::read_document(content, answer.format));
    return answer;
  }
  auto archive = readers::ZipArchive::open(content);
  if (archive && readers::is_contact_archive(*archive)) {
    answer.format = Format::zip_export;
    take(answer, readers::read_contact_archive(*archive));
  } else if (archive && readers::is_slack_archive(*archive)) {
    answer.format = Format::zip_export;
    take(answer, readers::read_slack(*archive));
  } else if (const std::string chat = archive ? whatsapp_text(*archive) : std::string(); !chat.empty()) {
    answer.format = Format::zip_export;
    take(answer, readers::read_whatsapp(chat, zone_of(settings)));
  } else {
    answer.problem = problem(ProblemKind::not_recognised);
  }
  return answer;
}

/// Mails are cut where they are too long; a cut list of cards or events would lose the rest in silence.
bool fits(const SliceBytes& bytes) {
  return bytes.end <= bytes.begin || bytes.end - bytes.begin <= readers::limits::message_bytes;
}

readers::ReadAt up_to_the_end(const SliceBytes& bytes) {
  return [&bytes](std::uint64_t offset, std::span<char> buffer) -> std::size_t {
    if (offset >= bytes.end) return 0;
    const std::uint64_t left = bytes.end - offset;
    return bytes.read_at(offset, buffer.first(static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), left))));
  };
}

Answer split(const SliceBytes& bytes) {
  readers::MboxStretch stretch = readers::split_mbox(up_to_the_end(bytes), bytes.begin, step);
  Answer answer{.format = Format::mbox};
  answer.messages = std::move(stretch.messages);
  answer.resume_at = stretch.next;
  answer.finished = stretch.finished;
  return answer;
}

}  // namespace

SliceReader::SliceReader(Settings settings) : settings_(std::move(settings)) {}

std::string_view SliceReader::load(const SliceBytes& bytes, std::uint64_t max_bytes) {
  const std::uint64_t length = bytes.end > bytes.begin ? bytes.end - bytes.begin : 0;
  const auto wanted = static_cast<std::size_t>(std::min(length, max_bytes));
  if (buffer_.size() > kept_buffer && wanted <= kept_buffer) buffer_ = {};
  if (buffer_.size() < wanted) buffer_.resize(wanted);
  const std::size_t got = bytes.read_at(bytes.begin, std::span(buffer_).first(wanted));
  return {buffer_.data(), got};
}

Answer SliceReader::read(const SliceRequest& request, const SliceBytes& bytes) {
  if (request.split && (request.format == Format::mbox || request.format == Format::unknown)) return split(bytes);
  const bool by_name = request.format == Format::text || request.format == Format::html ||
                       request.format == Format::csv || request.format == Format::chat;
  if (request.format != Format::unknown && !by_name) return read_whole(request, bytes);
  SliceRequest detected = request;
  detected.format = readers::detect(load(bytes, readers::detect_bytes));
  if (by_name && detected.format == Format::unknown) detected.format = request.format;
  return detected.format == Format::mbox ? split(bytes) : read_whole(detected, bytes);
}

Answer SliceReader::read_whole(const SliceRequest& request, const SliceBytes& bytes) {
  Answer answer{.format = request.format};
  if (!fits(bytes) && (request.format == Format::vcard || request.format == Format::calendar)) {
    answer.problem = refusal({ErrorCode::invalid, N_("This file is too large to be read.")});
    return answer;
  }
  // One byte more than it may have tells the reader that there is more.
  const std::string_view content = load(bytes, readers::limits::message_bytes + 1);
  switch (request.format) {
    case Format::mail:
      take(answer, readers::read_mail(content, {.envelope_date = request.date_hint}));
      break;
    case Format::mbox:
      take(answer, readers::read_mbox_message(content));
      break;
    case Format::emlx:
      take(answer, readers::read_emlx(content));
      break;
    case Format::vcard:
      take(answer, readers::read_vcards(content));
      break;
    case Format::calendar:
      take(answer, readers::read_calendar(content, {.zone = settings_.zone, .horizon = std::nullopt}));
      break;
    case Format::zip_export:
      return read_archive(content, settings_);
    case Format::csv:
      take(answer, readers::read_contact_table(content));
      // A table of anything else is no fault of anybody's.
      if (answer.problem && answer.problem->error.code == ErrorCode::malformed)
        answer.problem = problem(ProblemKind::not_recognised);
      break;
    case Format::pdf:
    case Format::odf:
    case Format::ooxml:
    case Format::epub:
    case Format::rtf:
    case Format::html:
      take(answer, readers::read_document(content, answer.format));
      break;
    case Format::text:
      if (readers::is_whatsapp(content)) {
        answer.format = Format::chat;
        take(answer, readers::read_whatsapp(content, zone_of(settings_)));
      } else {
        take(answer, readers::read_document(content, answer.format));
      }
      break;
    case Format::chat:
      if (readers::is_telegram(content.substr(0, readers::detect_bytes))) {
        take(answer, readers::read_telegram(content));
      } else {
        answer.problem = problem(ProblemKind::not_recognised);
      }
      break;
    case Format::msg:
      take(answer, readers::read_msg(content));
      break;
    case Format::tnef:
      take(answer, readers::read_tnef_file(content));
      break;
    case Format::unknown:
      answer.problem = problem(ProblemKind::not_recognised);
      break;
  }
  return answer;
}

void warm_up_readers() {
  const std::string_view mail =
      "From: =?iso-8859-15?Q?=C9lodie?= <elodie@post.example>\nDate: Mon, 2 Nov 2026 10:00:00 +0100\n"
      "Subject: =?utf-8?Q?d=C3=A9jeuner?=\nContent-Type: text/html; charset=gb18030\n\n"
      "<p>Bonjour,<br>12 &euro;</p><blockquote>hier</blockquote>\n";
  const std::string_view card =
      "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:\xC3\x89lodie\r\nTEL:+33 1 23 45 67 89\r\nEND:VCARD\r\n";
  const std::string_view calendar =
      "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART;TZID=Europe/Paris:20261102T100000\r\n"
      "RRULE:FREQ=WEEKLY;COUNT=2\r\nSUMMARY:caf\xC3\xA9\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  (void)readers::read_document("%PDF-", Format::pdf);
  (void)readers::read_mail(mail);
  (void)readers::read_vcards(card);
  (void)readers::read_calendar(calendar);
}

}  // namespace entregent::reading
