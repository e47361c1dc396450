// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/mail_body.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace entregent::demo {
namespace {

const Person& person(const World& world, int id) {
  return world.cast.persons[static_cast<std::size_t>(id)];
}

const Person& writer_of(const World& world, const Mail& mail) {
  return person(world, mail.list >= 0 && mail.reply_to ? mail.reply_to->person : mail.from.person);
}

std::string shown(const Mailbox& mailbox) {
  return mailbox.name.empty() || mailbox.name == mailbox.address ? "<" + mailbox.address + ">"
                                                                 : mailbox.name + " <" + mailbox.address + ">";
}

std::string shown(const std::vector<Mailbox>& list) {
  std::string out;
  for (const Mailbox& mailbox : list)
    out += (out.empty() ? "" : "; ") + (mailbox.name.empty() ? mailbox.address : mailbox.name);
  return out;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

std::string arrowed(std::string_view text) {
  std::string out;
  for (const auto line : lines_of(text)) {
    out += line.empty() ? ">" : line.starts_with('>') ? ">" : "> ";
    out += line;
    out += '\n';
  }
  return out;
}

std::string attribution(const Person& answering, const Mail& parent) {
  const Local time = local(parent.when, answering.zone);
  const std::string& name = parent.from.name.empty() ? parent.from.address : parent.from.name;
  const auto weekday = french_weekday(time.weekday).substr(0, 3), month = french_month(time.month);
  switch (answering.program) {
    case Program::gmail_french:
      return fmt::format("Le {}. {} {} {} à {:02}:{:02}, {} <{}> a écrit :", weekday, time.day, month, time.year,
                         time.hour, time.minute, name, parent.from.address);
    case Program::apple_french:
      return fmt::format("Le {} {} {} à {:02}:{:02}, {} <{}> a écrit :", time.day, month, time.year, time.hour,
                         time.minute, name, parent.from.address);
    case Program::thunderbird:
      return fmt::format("Le {:02}/{:02}/{} à {:02}:{:02}, {} a écrit :", time.day, time.month, time.year, time.hour,
                         time.minute, name);
    case Program::gmail_english:
      return fmt::format("On {}, {} {}, {} at {}:{:02} {} {} <{}>\nwrote:", english_weekday(time.weekday).substr(0, 3),
                         english_month(time.month).substr(0, 3), time.day, time.year,
                         time.hour % 12 == 0 ? 12 : time.hour % 12, time.minute, time.hour < 12 ? "AM" : "PM", name,
                         parent.from.address);
    case Program::apple_english:
      return fmt::format("On {} {} {}, at {:02}:{:02}, {} <{}> wrote:", time.day,
                         english_month(time.month).substr(0, 3), time.year, time.hour, time.minute, name,
                         parent.from.address);
    default:
      break;
  }
  if (answering.language == Language::french)
    return fmt::format("Le {} {} {} {}, {} a écrit :", french_weekday(time.weekday), time.day, month, time.year, name);
  return fmt::format("On {} wrote {}:", rfc5322(parent.when, answering.zone), name);
}

struct Field {
  std::string label, value;
};

/// The header that Outlook writes above what it quotes.
std::vector<Field> outlook_fields(const Person& answering, const Mail& parent) {
  const Local time = local(parent.when, answering.zone);
  const bool french = answering.language == Language::french;
  std::vector<Field> fields{{french ? "De : " : "From: ", shown(parent.from)}};
  if (french) {
    fields.push_back({"Envoyé : ", fmt::format("{} {} {} {} {:02}:{:02}", french_weekday(time.weekday), time.day,
                                               french_month(time.month), time.year, time.hour, time.minute)});
  } else {
    fields.push_back(
        {"Sent: ",
         fmt::format("{}, {} {}, {} {}:{:02} {}", english_weekday(time.weekday), english_month(time.month), time.day,
                     time.year, time.hour % 12 == 0 ? 12 : time.hour % 12, time.minute, time.hour < 12 ? "AM" : "PM")});
  }
  fields.push_back({french ? "À : " : "To: ", shown(parent.to)});
  if (!parent.cc.empty()) fields.push_back({french ? "Cc : " : "Cc: ", shown(parent.cc)});
  fields.push_back({french ? "Objet : " : "Subject: ", parent.subject});
  return fields;
}

std::string outlook_header(const Person& answering, const Mail& parent) {
  std::string out;
  for (const Field& field : outlook_fields(answering, parent)) out += field.label + field.value + "\n";
  return out;
}

std::string webmail_header(const Mail& parent) {
  const Local time = local(parent.when, Zone::paris);
  return fmt::format("> Message du {:02}/{:02}/{:02} {:02}:{:02}\n> De : \"{}\" <{}>\n> A : {}\n> Objet : {}\n>\n",
                     time.day, time.month, time.year % 100, time.hour, time.minute, parent.from.name,
                     parent.from.address, shown(parent.to), parent.subject);
}

bool opaque(const Person& who) {
  for (const std::string& trap : who.truth.traps) {
    if (trap == "nothing in common") return true;
  }
  return false;
}

QuoteStyle quote_style(const Person& who, Random& random) {
  switch (who.program) {
    case Program::outlook_french:
    case Program::outlook_english:
      return QuoteStyle::outlook;
    case Program::old_outlook:
      return QuoteStyle::original_message;
    case Program::webmail:
      return random.chance(60) ? QuoteStyle::webmail_arrows : QuoteStyle::original_message;
    case Program::thunderbird:
    case Program::mutt:
      return random.chance(20) ? QuoteStyle::interleaved : QuoteStyle::wrote;
    default:
      break;
  }
  return QuoteStyle::wrote;
}

/// A mail as it is quoted: its words, its signature, and one level of what it quoted itself.
std::string text_at_depth(const World& world, const Mail& mail, int depth, TrapCounts& traps);

std::string signature_part(const World& world, const Mail& mail, const Habits& habits) {
  if (!habits.signature) return "";
  return (habits.dashes ? "\n\n-- \n" : "\n\n") + signature_of(world, mail);
}

std::string interleaved(const World& world, const Mail& mail, const Mail& parent) {
  std::string out = attribution(person(world, mail.from.person), parent) + "\n\n";
  const auto theirs = lines_of(parent.text), ours = lines_of(mail.text);
  const std::size_t half = (theirs.size() + 1) / 2, our_half = (ours.size() + 1) / 2;
  const auto add = [&](const std::vector<std::string_view>& lines, std::size_t first, std::size_t last,
                       std::string_view mark) {
    for (std::size_t index = first; index < last; ++index) {
      out += lines[index].empty() && !mark.empty() ? ">" : std::string(mark);
      out += lines[index];
      out += '\n';
    }
    out += '\n';
  };
  add(theirs, 0, half, "> ");
  add(ours, 0, our_half, "");
  add(theirs, half, theirs.size(), "> ");
  add(ours, our_half, ours.size(), "");
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

std::string forwarded_part(const World& world, const Mail& mail, const Mail& parent, const std::string& quoted) {
  const bool french = mail.language == Language::french;
  if (person(world, mail.from.person).program == Program::thunderbird) {
    return fmt::format(
        "\n\n-------- {} --------\n{} \t{}\n{} \t{}\n{} \t{}\n{} \t{}\n\n{}\n",
        french ? "Message transféré" : "Forwarded Message", french ? "Sujet :" : "Subject:", parent.subject,
        french ? "Date :" : "Date:", rfc5322(parent.when, Zone::paris), french ? "De :" : "From:", shown(parent.from),
        french ? "Pour :" : "To:", shown(parent.to), quoted);
  }
  return "\n\n---------- Forwarded message ---------\n" + outlook_header(person(world, mail.from.person), parent) +
         "\n" + quoted + "\n";
}

std::string text_at_depth(const World& world, const Mail& mail, int depth, TrapCounts& traps) {
  const Habits habits = habits_of(world, mail);
  const std::string own = mail.text + signature_part(world, mail, habits);
  if (habits.quote == QuoteStyle::none || depth > 2) return own;
  const Mail& parent = world.mails[static_cast<std::size_t>(mail.parent)];
  TrapCounts ignored;
  const std::string quoted = text_at_depth(world, parent, depth + 1, ignored);
  const Person& who = writer_of(world, mail);
  if (mail.forwarded) {
    ++traps["forward"];
    return own + forwarded_part(world, mail, parent, quoted);
  }
  switch (habits.quote) {
    case QuoteStyle::outlook:
      ++traps[who.language == Language::french ? "quote De Envoyé" : "quote From Sent"];
      return own + "\n\n" + (mail.seed % 3 == 0 ? "________________________________\n" : "") +
             outlook_header(who, parent) + "\n" + quoted + "\n";
    case QuoteStyle::original_message:
      ++traps["quote Message d'origine"];
      return own + "\n\n" +
             (who.language == Language::french ? "-----Message d'origine-----\n" : "-----Original Message-----\n") +
             outlook_header(who, parent) + "\n" + quoted + "\n";
    case QuoteStyle::webmail_arrows:
      ++traps["quote Message du"];
      return own + "\n\n" + webmail_header(parent) + arrowed(quoted);
    case QuoteStyle::interleaved:
      ++traps["interleaved"];
      return interleaved(world, mail, parent) + signature_part(world, mail, habits);
    default:
      break;
  }
  ++traps[who.language == Language::french ? "quote a écrit" : "quote wrote"];
  if (habits.place == Place::bottom) {
    ++traps["bottom posting"];
    return attribution(who, parent) + "\n" + arrowed(quoted) + "\n" + own;
  }
  ++traps["top posting"];
  return own + "\n\n" + attribution(who, parent) + "\n\n" + arrowed(quoted);
}

std::string paragraphs_html(std::string_view text, std::string_view open, std::string_view close) {
  std::string out;
  for (const auto line : lines_of(text)) {
    out += open;
    out += line.empty() ? (open == "<div>" ? "<br>" : "&nbsp;") : html_escaped(line);
    out += close;
    out += '\n';
  }
  return out;
}

bool is_outlook(const Person& who) {
  return who.program == Program::outlook_french || who.program == Program::outlook_english ||
         who.program == Program::old_outlook;
}

std::string quote_html(const World& world, const Mail& mail, const Mail& parent, int depth);

std::string inner_html(const World& world, const Mail& mail, int depth) {
  const Habits habits = habits_of(world, mail);
  const Person& who = writer_of(world, mail);
  const bool outlook = is_outlook(who);
  std::string out = outlook ? paragraphs_html(mail.text, "<p class=\"MsoNormal\">", "</p>")
                            : paragraphs_html(mail.text, "<div>", "</div>");
  if (habits.signature) {
    const std::string lines = replaced(html_escaped(signature_of(world, mail)), "\n", "<br>\n");
    if (habits.dashes && who.program == Program::thunderbird) {
      out += "<pre class=\"moz-signature\" cols=\"72\">-- \n" + html_escaped(signature_of(world, mail)) + "</pre>\n";
    } else if (who.program == Program::gmail_french || who.program == Program::gmail_english) {
      out += "<div><br></div>-- <br><div dir=\"ltr\" class=\"gmail_signature\">" + lines + "</div>\n";
    } else {
      out += "<p class=\"signature\">" + lines + "</p>\n";
    }
  }
  if (habits.quote == QuoteStyle::none || depth > 2) return out;
  const std::string quote = quote_html(world, mail, world.mails[static_cast<std::size_t>(mail.parent)], depth);
  return habits.place == Place::bottom && !mail.forwarded ? quote + out : out + quote;
}

std::string quote_html(const World& world, const Mail& mail, const Mail& parent, int depth) {
  const Person& who = writer_of(world, mail);
  const std::string inside = inner_html(world, parent, depth + 1);
  if (is_outlook(who) || mail.forwarded) {
    std::string fields;
    for (const Field& field : outlook_fields(who, parent))
      fields += "<b>" + field.label + "</b>" + html_escaped(field.value) + "<br>\n";
    return "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm\"><p "
           "class=\"MsoNormal\">" +
           fields + "</p></div>\n" + inside;
  }
  const std::string line = html_escaped(attribution(who, parent));
  if (who.program == Program::gmail_french || who.program == Program::gmail_english) {
    return "<br><div class=\"gmail_quote\"><div dir=\"ltr\" class=\"gmail_attr\">" + line +
           "<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid "
           "rgb(204,204,204);padding-left:1ex\">" +
           inside + "</blockquote></div>\n";
  }
  if (who.program == Program::thunderbird)
    return "<div class=\"moz-cite-prefix\">" + line + "<br></div>\n<blockquote type=\"cite\">" + inside +
           "</blockquote>\n";
  return "<div><br><blockquote type=\"cite\"><div>" + line + "</div><br>" + inside + "</blockquote></div>\n";
}

std::string national(const std::string& phone, std::uint64_t way) {
  if (!phone.starts_with("+33 ")) return way % 2 == 0 ? phone : replaced(phone, "+44 20 ", "(020) ");
  const std::string plain = "0" + phone.substr(4);
  switch (way % 4) {
    case 0:
      return phone;
    case 1:
      return replaced(plain, " ", ".");
    case 2:
      return "+33 (0)" + phone.substr(4);
    default:
      return plain;
  }
}

}  // namespace

Habits habits_of(const World& world, const Mail& mail) {
  Random random(mail.seed ^ 0xABCDU);
  const Person& who = writer_of(world, mail);
  Habits habits;
  const bool automatic = mail.nature != Nature::letter && mail.nature != Nature::list_post;
  if (mail.parent >= 0 && !automatic && (mail.forwarded || !random.chance(14))) habits.quote = quote_style(who, random);
  if (who.program == Program::mutt || (who.program == Program::thunderbird && random.chance(60)))
    habits.place = Place::bottom;
  const bool business = !who.truth.company.empty() && !automatic;
  habits.signature = opaque(who) || (business && random.chance(mail.parent < 0 ? 90 : 65)) ||
                     (!business && !automatic && who.truth.kind == PersonKind::human && random.chance(12));
  habits.dashes = who.signs_with_dashes;
  switch (who.program) {
    case Program::mutt:
    case Program::old_outlook:
      break;
    case Program::thunderbird:
      habits.html = random.chance(20);
      break;
    case Program::webmail:
      habits.html = random.chance(50);
      break;
    default:
      habits.html = random.chance(85);
  }
  if (mail.nature == Nature::robot) habits.html = mail.seed % 2 == 0;
  if (habits.quote == QuoteStyle::interleaved) habits.html = false;
  habits.flowed = (who.program == Program::thunderbird || who.program == Program::apple_english) && !habits.html;
  return habits;
}

std::string signature_of(const World& world, const Mail& mail) {
  const Mailbox& from = mail.list >= 0 && mail.reply_to ? *mail.reply_to : mail.from;
  const Person& who = person(world, from.person);
  if (who.truth.company.empty())
    return who.truth.name +
           (who.truth.phone.empty() ? "" : "\n" + national(who.truth.phone, static_cast<std::uint64_t>(who.truth.id)));
  const auto way = static_cast<std::uint64_t>(who.truth.id);
  const bool before = !who.former_company.empty() && address_index(world.cast, from) == 0;
  const bool old_name = who.truth.former_name && address_index(world.cast, from) == 0;
  const std::string& company = before ? who.former_company : who.truth.company;
  const std::string& name = old_name ? *who.truth.former_name : who.truth.name;
  const std::string phone = national(who.truth.phone, way / 3);
  switch (way % 4) {
    case 0:
      return fmt::format("{}\n{}\n{}\nTél. : {}", name, who.truth.title, company, phone);
    case 1:
      return fmt::format("{} | {}\n{} – {}\n{} | {}", name, who.truth.title, company, who.city, phone, from.address);
    case 2:
      return fmt::format("{}\n{}\n{}\n{}\n{}", name, who.truth.title, upper(company),
                         who.language == Language::french ? "Mob. " + phone : "Tel: " + phone, from.address);
    default:
      break;
  }
  return fmt::format("{}, {}\n{}, {}\n{}", name, who.truth.title, company, who.city, phone);
}

std::string body_text(const World& world, const Mail& mail, TrapCounts& traps) {
  const Habits habits = habits_of(world, mail);
  if (habits.signature) ++traps[habits.dashes ? "signature with dashes" : "signature without dashes"];
  return text_at_depth(world, mail, 0, traps);
}

std::string body_html(const World& world, const Mail& mail, TrapCounts& traps) {
  ++traps["html"];
  return "<html><head><title></title></head><body>\n" + inner_html(world, mail, 0) + "</body></html>\n";
}

}  // namespace entregent::demo
