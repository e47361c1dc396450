// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/mail_writer.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "demo/attachments.h"
#include "demo/calendar_writer.h"

namespace entregent::demo {
namespace {

/// One MIME entity: header lines (each ended) and body.
struct Part {
  std::string header, body;
  std::string whole() const { return header + "\n" + body; }
};

class MailWriter {
 public:
  MailWriter(const World& world, const Mail& mail, TrapCounts& traps)
      : world_(world),
        mail_(mail),
        traps_(traps),
        random_(mail.seed),
        who_(person(mail.list >= 0 && mail.reply_to ? mail.reply_to->person : mail.from.person)) {
    charset_ = who_.charset;
    if (mail.nature == Nature::robot || mail.nature == Nature::spam) charset_ = Charset::utf8;
  }

  std::string write() {
    const Part content = body();
    std::string out = trace() + originators() + identification() + lists_and_robots();
    out += "MIME-Version: 1.0\n" + content.header + program_line() + "\n" + content.body;
    if (!out.ends_with('\n')) out += '\n';
    if (mail_.oddity == Oddity::crlf) {
      ++traps_["CRLF file"];
      out = replaced(out, "\n", "\r\n");
    }
    return out;
  }

 private:
  const Person& person(int id) const { return world_.cast.persons[static_cast<std::size_t>(id)]; }
  std::string her_host() const {
    const std::string& address = person(0).truth.addresses[static_cast<std::size_t>(mail_.her_address)].address;
    return address.substr(address.find('@') + 1);
  }
  std::string boundary() {
    return fmt::format("----=_Part_{:08x}{:08x}", static_cast<std::uint32_t>(random_.next()),
                       static_cast<std::uint32_t>(random_.next()));
  }

  // ---- header

  std::string trace() {
    if (by_her(mail_)) return "";
    const std::string& hers = person(0).truth.addresses[static_cast<std::size_t>(mail_.her_address)].address;
    const std::string from_host = mail_.from.address.substr(mail_.from.address.find('@') + 1);
    const int number = random_.between(1, 250);
    return fmt::format(
        "Return-Path: <{}>\nDelivered-To: {}\nReceived: from mx{}.{} (mx{}.{} [192.0.2.{}])\n\tby mail.{} (Postfix) "
        "with ESMTPS id {:010X}\n\tfor <{}>; {}\n"
        "Received: from [198.51.100.{}] (unknown [198.51.100.{}])\n\tby mx{}.{} with ESMTPSA; {}\n",
        mail_.from.address, hers, number % 4, from_host, number % 4, from_host, number, her_host(),
        random_.next() & 0xFFFFFFFFFFU, hers, rfc5322(mail_.when + std::chrono::seconds{4}, Zone::paris), number,
        number, number % 4, from_host, rfc5322(mail_.when + std::chrono::seconds{1}, who_.zone));
  }

  std::string mailbox(const Mailbox& mailbox) {
    if (mailbox.name.empty()) {
      ++traps_["bare address"];
      return mailbox.address;
    }
    const std::string name = phrase(mailbox.name, charset_, who_.word);
    if (name.starts_with("=?")) ++traps_[who_.word == Word::q ? "encoded name Q" : "encoded name B"];
    if (mailbox.name.find(',') != std::string::npos) ++traps_["comma in name"];
    if (mailbox.name.find(" via ") != std::string::npos)
      ++traps_[mailbox.name.find(',') == std::string::npos ? "via a list" : "\"A, B\" via X"];
    return name + " <" + mailbox.address + ">";
  }

  std::string mailboxes(std::string_view field, const std::vector<Mailbox>& list) {
    if (list.empty()) return "";
    std::string out = std::string(field) + ": ";
    for (std::size_t index = 0; index < list.size(); ++index) out += (index == 0 ? "" : ",\n ") + mailbox(list[index]);
    return out + "\n";
  }

  /// To with her name as three programs quote what was quoted already.
  std::string nested_to() {
    ++traps_["nested quotes"];
    const Person& she = person(0);
    const std::string plain = without_accents(she.family + ", " + she.given);
    switch (mail_.seed % 3) {
      case 0:
        return fmt::format("To: \"\\\"{}\\\"\" <{}>\n", plain, mail_.to[0].address);
      case 1:
        return fmt::format("To: \"'{}'\" <{}>\n", plain, mail_.to[0].address);
      default:
        return fmt::format("To: \"{0}, \"{0}, {1}\" <{2}>\n", without_accents(she.family), without_accents(she.given),
                           mail_.to[0].address);
    }
  }

  std::string date_line() {
    if (mail_.oddity == Oddity::no_date) {
      ++traps_["no date"];
      return "";
    }
    if (mail_.oddity == Oddity::absurd_date) {
      ++traps_["absurd date"];
      return mail_.seed % 2 == 0 ? "Date: Thu, 01 Jan 1970 00:00:00 +0000\n"
                                 : "Date: Mon, 14 Jan 2097 03:14:07 +0100\n";
    }
    return "Date: " + rfc5322(mail_.when, who_.zone) + "\n";
  }

  std::string originators() {
    std::string out = date_line();
    out += "From: " + mailbox(mail_.from) + "\n";
    if (mail_.sender) {
      ++traps_["Sender is not From"];
      out += "Sender: " + mailbox(*mail_.sender) + "\n";
    }
    if (mail_.reply_to) out += "Reply-To: " + mailbox(*mail_.reply_to) + "\n";
    out += mail_.oddity == Oddity::nested_quotes ? nested_to() : mailboxes("To", mail_.to);
    out += mailboxes("Cc", mail_.cc);
    const std::string subject = header_text(mail_.subject, charset_, who_.word);
    return out + "Subject: " + subject + "\n";
  }

  std::string identification() {
    std::string out;
    if (mail_.oddity == Oddity::no_message_id) {
      ++traps_["no Message-ID"];
    } else {
      out += "Message-ID: <" + mail_.message_id + ">\n";
    }
    if (mail_.parent < 0 || mail_.nature == Nature::out_of_office) return out;
    if (!mail_.linked) {
      ++traps_["thread by subject only"];
      return out;
    }
    std::vector<std::string> chain;
    for (int parent = mail_.parent; parent >= 0; parent = world_.mails[static_cast<std::size_t>(parent)].parent) {
      chain.push_back("<" + world_.mails[static_cast<std::size_t>(parent)].message_id + ">");
    }
    out += "In-Reply-To: " + chain.front() + "\nReferences: ";
    for (std::size_t index = chain.size(); index > 0; --index) out += chain[index - 1] + (index > 1 ? "\n " : "\n");
    return out;
  }

  std::string lists_and_robots() {
    switch (mail_.nature) {
      case Nature::list_post: {
        const Person& list = person(mail_.list);
        const std::string& address = list.truth.addresses[0].address;
        ++traps_["list"];
        return fmt::format(
            "List-Id: {} <{}>\nList-Post: <mailto:{}>\nList-Unsubscribe: <mailto:{}?subject=unsubscribe>\nPrecedence: "
            "list\n",
            phrase(list.truth.name, Charset::utf8, Word::q), replaced(address, "@", "."), address,
            replaced(address, "@", "-request@"));
      }
      case Nature::out_of_office:
        ++traps_["out of office"];
        return "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All\nPrecedence: auto_reply\n";
      case Nature::robot:
        ++traps_["robot"];
        return mail_.seed % 3 == 0 ? "Precedence: bulk\nList-Unsubscribe: "
                                     "<https://desabonnement.example/x>\nAuto-Submitted: auto-generated\n"
                                   : "Auto-Submitted: auto-generated\n";
      default:
        break;
    }
    return "";
  }

  std::string program_line() const {
    if (mail_.nature == Nature::robot || mail_.nature == Nature::spam) return "";
    switch (who_.program) {
      case Program::outlook_french:
      case Program::outlook_english:
        return "X-Mailer: Microsoft Outlook 16.0\nThread-Index: AdX0aW52ZW50ZWQ=\n";
      case Program::old_outlook:
        return "X-Mailer: Microsoft Outlook Express 6.00.2900.5931\nX-Priority: 3\n";
      case Program::thunderbird:
        return "User-Agent: Mozilla Thunderbird\n";
      case Program::apple_french:
      case Program::apple_english:
        return "X-Mailer: Apple Mail (2.3774.500)\n";
      case Program::mutt:
        return "User-Agent: Mutt/2.2.9\n";
      case Program::webmail:
        return "X-Mailer: Courrier web 4.2\n";
      default:
        break;
    }
    return "";
  }

  // ---- body

  Part body() {
    if (mail_.oddity == Oddity::pgp) return pgp();
    if (mail_.oddity == Oddity::smime) return smime();
    Part content = mail_.event >= 0 ? with_calendar() : text_and_html();
    std::vector<Part> parts{std::move(content)};
    if (mail_.oddity == Oddity::winmail) {
      parts.push_back(winmail());
    } else {
      for (const std::string& file : mail_.files)
        parts.push_back(attachment(file, media_type_of(file), file_bytes(file, bare_line())));
    }
    if (mail_.oddity == Oddity::attached_message) parts.push_back(attached_message());
    return parts.size() == 1 ? std::move(parts[0]) : joined("mixed", parts);
  }

  std::string bare_line() const { return mail_.subject + (world_.cast.marker.empty() ? "" : " " + world_.cast.marker); }

  Part joined(std::string_view kind, const std::vector<Part>& parts, std::string_view more = "") {
    const std::string mark = boundary();
    Part out{fmt::format("Content-Type: multipart/{};{}\n boundary=\"{}\"\n", kind, more, mark), ""};
    if (mail_.seed % 5 == 0) out.body = "This is a multi-part message in MIME format.\n";
    for (const Part& part : parts)
      out.body += "--" + mark + "\n" + part.whole() + (part.body.ends_with('\n') ? "" : "\n");
    out.body += "--" + mark + "--\n";
    return out;
  }

  Part text_and_html() {
    const Habits habits = habits_of(world_, mail_);
    if (mail_.oddity == Oddity::html_only) {
      ++traps_["HTML only"];
      return text_part(body_html(world_, mail_, traps_), "html", false);
    }
    Part text = text_part(body_text(world_, mail_, traps_), "plain", habits.flowed);
    if (!habits.html) return text;
    ++traps_["multipart/alternative"];
    return joined("alternative", {std::move(text), text_part(body_html(world_, mail_, traps_), "html", false)});
  }

  std::size_t width() const {
    switch (who_.program) {
      case Program::thunderbird:
      case Program::mutt:
      case Program::gmail_french:
      case Program::gmail_english:
        return 72;
      case Program::old_outlook:
        return 76;
      default:
        break;
    }
    return 990;
  }

  Part text_part(std::string text, std::string_view kind, bool flowed) {
    const bool plain = kind == "plain";
    if (plain) text = wrapped(text, width(), flowed ? Flow::flowed : Flow::fixed);
    const Charset charset = charset_ == Charset::ascii ? Charset::utf8 : charset_;
    const std::string bytes = in_charset(text, charset);
    std::string type = fmt::format("Content-Type: text/{}", kind);
    if (mail_.oddity == Oddity::undeclared_charset && plain) {
      ++traps_["undeclared charset"];
      return {type + "\nContent-Transfer-Encoding: 8bit\n", in_charset(text, Charset::windows1252)};
    }
    type += fmt::format("; charset={}", name_of(is_ascii(bytes) && mail_.seed % 2 == 0 ? Charset::ascii : charset));
    if (flowed && plain) {
      ++traps_["format=flowed"];
      type += "; format=flowed";
    }
    type += "\n";
    ++traps_["charset " + std::string(name_of(charset))];
    return encoded(std::move(type), bytes);
  }

  Part encoded(std::string header, const std::string& bytes) {
    const bool long_lines = longest_line(bytes) > 900;
    const int drawn = random_.between(1, 10);
    const bool eight_bit =
        who_.program == Program::mutt || who_.program == Program::thunderbird || who_.program == Program::old_outlook;
    if (is_ascii(bytes) && !long_lines) return {header + "Content-Transfer-Encoding: 7bit\n", bytes};
    if (eight_bit && drawn <= 6 && !long_lines) {
      ++traps_["8bit text"];
      return {header + "Content-Transfer-Encoding: 8bit\n", bytes};
    }
    if (!eight_bit && drawn <= 4) {
      ++traps_["base64 text"];
      return {header + "Content-Transfer-Encoding: base64\n", base64_lines(bytes)};
    }
    ++traps_["quoted-printable text"];
    return {header + "Content-Transfer-Encoding: quoted-printable\n", quoted_printable(bytes)};
  }

  static std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0, begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', begin)) {
      longest = std::max(longest, end - begin);
      begin = end + 1;
    }
    return std::max(longest, text.size() - begin);
  }

  std::string file_parameter(std::string_view name, const std::string& file) {
    if (is_ascii(file)) return fmt::format(";\n {}=\"{}\"", name, file);
    const bool outlook = who_.program == Program::outlook_french || who_.program == Program::outlook_english ||
                         who_.program == Program::old_outlook;
    if (outlook || name == "name") {
      ++traps_["RFC 2047 file name"];
      return fmt::format(";\n {}=\"{}\"", name, header_text(file, charset_, who_.word));
    }
    ++traps_["RFC 2231 file name"];
    return parameter_2231(name, file);
  }

  Part attachment(const std::string& file, const std::string& type, const std::string& bytes) {
    ++traps_["attachment"];
    std::string header = "Content-Type: " + type + file_parameter("name", file) + "\nContent-Disposition: attachment" +
                         file_parameter("filename", file) + "\n";
    return {header + "Content-Transfer-Encoding: base64\n", base64_lines(bytes)};
  }

  Part winmail() {
    ++traps_["winmail.dat"];
    return attachment("winmail.dat", "application/ms-tnef",
                      tnef(mail_.subject, mail_.files[0], file_bytes(mail_.files[0], bare_line())));
  }

  /// A letter between two others that she knows from this copy alone.
  Part attached_message() {
    ++traps_["attached message"];
    const std::string inner = fmt::format(
        "From: {}\nTo: {}\nDate: {}\nSubject: {}\nMessage-ID: <joint.{:x}@envoi.example>\nMIME-Version: "
        "1.0\nContent-Type: text/plain; charset=utf-8\n"
        "Content-Transfer-Encoding: quoted-printable\n\n{}\n",
        mailbox(mail_.from), person(world_.cast.roles[3]).truth.addresses[0].address,
        rfc5322(mail_.when - std::chrono::hours{30}, who_.zone), header_text("Note interne", Charset::utf8, Word::q),
        mail_.seed, quoted_printable("Voici la note dont nous avons parlé. " + bare_line()));
    return {"Content-Type: message/rfc822\nContent-Disposition: attachment\n", inner};
  }

  Part with_calendar() {
    const Event& event = world_.events[static_cast<std::size_t>(mail_.event)];
    const std::string_view method = mail_.nature == Nature::invitation     ? "REQUEST"
                                    : mail_.nature == Nature::cancellation ? "CANCEL"
                                                                           : "REPLY";
    ++traps_[mail_.nature == Nature::invitation     ? "invitation"
             : mail_.nature == Nature::cancellation ? "cancellation"
                                                    : "answer to an invitation"];
    const std::string object = calendar_object(world_, event, mail_.nature, mail_.from);
    Part calendar{
        fmt::format("Content-Type: text/calendar; charset=\"utf-8\"; method={}\nContent-Transfer-Encoding: base64\n",
                    method),
        base64_lines(object)};
    return joined("alternative", {text_part(mail_.text, "plain", false), std::move(calendar)});
  }

  Part pgp() {
    ++traps_["PGP"];
    const Part control{
        "Content-Type: application/pgp-encrypted\nContent-Description: PGP/MIME version identification\n",
        "Version: 1\n"};
    const Part closed{
        "Content-Type: application/octet-stream; name=\"encrypted.asc\"\nContent-Disposition: inline; "
        "filename=\"encrypted.asc\"\n",
        pgp_armor(mail_.text)};
    return joined("encrypted", {control, closed}, " protocol=\"application/pgp-encrypted\";");
  }

  Part smime() {
    ++traps_["S/MIME"];
    return {
        "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; "
        "name=\"smime.p7m\"\nContent-Transfer-Encoding: base64\n"
        "Content-Disposition: attachment; filename=\"smime.p7m\"\n",
        base64_lines("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x03\xA0\x80" + pgp_armor(mail_.text))};
  }

  const World& world_;
  const Mail& mail_;
  TrapCounts& traps_;
  Random random_;
  const Person& who_;
  Charset charset_ = Charset::utf8;
};

}  // namespace

std::string mail_bytes(const World& world, const Mail& mail, TrapCounts& traps) {
  return MailWriter(world, mail, traps).write();
}

}  // namespace entregent::demo
