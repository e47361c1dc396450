// SPDX-License-Identifier: AGPL-3.0-or-later
#include "people/address.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/ascii.h"
#include "base/text.h"
#include "people/name.h"
#include "people/name_tables.h"

namespace entregent::people {
namespace {

using Words = std::string_view;

bool is_letter_byte(char c) {
  return std::isalpha(static_cast<unsigned char>(c)) != 0;
}
template <std::size_t size>
bool contains(const std::array<Words, size>& sorted, Words word) {
  return std::binary_search(sorted.begin(), sorted.end(), word);
}

template <std::size_t size>
constexpr std::array<Words, size> sorted(std::array<Words, size> list) {
  std::sort(list.begin(), list.end());
  return list;
}

/// Local parts of functions, machines and placeholders, separators taken out.
constexpr auto roles = sorted(std::to_array<Words>({"abuse",
                                                    "accounts",
                                                    "accounting",
                                                    "accueil",
                                                    "achat",
                                                    "achats",
                                                    "admin",
                                                    "administration",
                                                    "administrateur",
                                                    "administrator",
                                                    "adherents",
                                                    "adhesion",
                                                    "adhesions",
                                                    "alert",
                                                    "alerts",
                                                    "alertes",
                                                    "announce",
                                                    "anonymous",
                                                    "assistance",
                                                    "billing",
                                                    "bonjour",
                                                    "booking",
                                                    "bounce",
                                                    "bounces",
                                                    "bureau",
                                                    "cabinet",
                                                    "careers",
                                                    "clients",
                                                    "comite",
                                                    "commande",
                                                    "commandes",
                                                    "commercial",
                                                    "communication",
                                                    "community",
                                                    "compta",
                                                    "comptabilite",
                                                    "contact",
                                                    "contacts",
                                                    "courrier",
                                                    "customerservice",
                                                    "daemon",
                                                    "desk",
                                                    "devis",
                                                    "devnull",
                                                    "direction",
                                                    "donotreply",
                                                    "dpo",
                                                    "editor",
                                                    "emploi",
                                                    "enquiries",
                                                    "enquiry",
                                                    "equipe",
                                                    "events",
                                                    "evenements",
                                                    "facturation",
                                                    "factures",
                                                    "feedback",
                                                    "finance",
                                                    "formation",
                                                    "formations",
                                                    "general",
                                                    "hello",
                                                    "help",
                                                    "helpdesk",
                                                    "hostmaster",
                                                    "hr",
                                                    "info",
                                                    "infos",
                                                    "information",
                                                    "informations",
                                                    "inscription",
                                                    "inscriptions",
                                                    "inquiries",
                                                    "invoice",
                                                    "invoices",
                                                    "jobs",
                                                    "job",
                                                    "juridique",
                                                    "legal",
                                                    "list",
                                                    "listmaster",
                                                    "lists",
                                                    "livraison",
                                                    "mailerdaemon",
                                                    "mailer",
                                                    "mairie",
                                                    "majordomo",
                                                    "marketing",
                                                    "media",
                                                    "membership",
                                                    "nepasrepondre",
                                                    "news",
                                                    "newsletter",
                                                    "newsletters",
                                                    "no",
                                                    "noauthor",
                                                    "nobody",
                                                    "none",
                                                    "noreply",
                                                    "notification",
                                                    "notifications",
                                                    "notify",
                                                    "office",
                                                    "orders",
                                                    "order",
                                                    "operations",
                                                    "partenaires",
                                                    "partners",
                                                    "pleasedonotreply",
                                                    "podcast",
                                                    "postmaster",
                                                    "press",
                                                    "presse",
                                                    "privacy",
                                                    "process",
                                                    "projet",
                                                    "pub",
                                                    "rdv",
                                                    "reception",
                                                    "recrutement",
                                                    "redaction",
                                                    "registration",
                                                    "reply",
                                                    "reservation",
                                                    "reservations",
                                                    "rh",
                                                    "robot",
                                                    "root",
                                                    "sales",
                                                    "sav",
                                                    "secretaire",
                                                    "secretariat",
                                                    "security",
                                                    "service",
                                                    "serviceclient",
                                                    "serviceclients",
                                                    "servicedesk",
                                                    "services",
                                                    "shop",
                                                    "social",
                                                    "staff",
                                                    "studio",
                                                    "subscribe",
                                                    "subscriptions",
                                                    "support",
                                                    "sysadmin",
                                                    "syndic",
                                                    "team",
                                                    "technique",
                                                    "test",
                                                    "tickets",
                                                    "unknown",
                                                    "unsubscribe",
                                                    "update",
                                                    "updates",
                                                    "user",
                                                    "username",
                                                    "usenet",
                                                    "uucp",
                                                    "vente",
                                                    "ventes",
                                                    "webmaster",
                                                    "webmestre",
                                                    "welcome",
                                                    "you",
                                                    "youremail",
                                                    "yourname",
                                                    "www",
                                                    "wwwdata",
                                                    "system",
                                                    "cron",
                                                    "jenkins",
                                                    "buildbot",
                                                    "bot",
                                                    "ci",
                                                    "git",
                                                    "svn",
                                                    "nagios",
                                                    "backup",
                                                    "invitations",
                                                    "invitation",
                                                    "messages",
                                                    "agenda",
                                                    "boutique",
                                                    "helpme",
                                                    "hotline",
                                                    "informatique",
                                                    "it"}));

/// These are somebody's own, yet say nothing about whose.
constexpr auto nondescript = sorted(
    std::to_array<Words>({"mail", "email",        "me",    "moi",  "github",  "dev",        "hi",     "web",
                          "home", "work",         "perso", "pro",  "private", "personal",   "gitlab", "lists",
                          "ml",   "mailinglists", "code",  "foss", "oss",     "opensource", "devel",  "developer"}));

constexpr auto free_mail_sites = sorted(std::to_array<Words>({"126.com",
                                                              "163.com",
                                                              "aliceadsl.fr",
                                                              "aol.com",
                                                              "att.net",
                                                              "bbox.fr",
                                                              "bigpond.com",
                                                              "bluewin.ch",
                                                              "btinternet.com",
                                                              "club-internet.fr",
                                                              "comcast.net",
                                                              "cox.net",
                                                              "dbmail.com",
                                                              "duck.com",
                                                              "fastmail.com",
                                                              "fastmail.fm",
                                                              "free.fr",
                                                              "freenet.de",
                                                              "gmail.com",
                                                              "gmx.at",
                                                              "gmx.ch",
                                                              "gmx.com",
                                                              "gmx.de",
                                                              "gmx.fr",
                                                              "gmx.net",
                                                              "hey.com",
                                                              "hotmail.be",
                                                              "hotmail.ca",
                                                              "hotmail.co.uk",
                                                              "hotmail.com",
                                                              "hotmail.de",
                                                              "hotmail.es",
                                                              "hotmail.fr",
                                                              "hotmail.it",
                                                              "hushmail.com",
                                                              "icloud.com",
                                                              "iinet.net.au",
                                                              "interia.pl",
                                                              "laposte.net",
                                                              "libero.it",
                                                              "live.ca",
                                                              "live.co.uk",
                                                              "live.com",
                                                              "live.fr",
                                                              "live.nl",
                                                              "mac.com",
                                                              "mail.com",
                                                              "mail.ru",
                                                              "mailbox.org",
                                                              "me.com",
                                                              "msn.com",
                                                              "neuf.fr",
                                                              "noos.fr",
                                                              "numericable.fr",
                                                              "o2.pl",
                                                              "onet.pl",
                                                              "orange.fr",
                                                              "outlook.com",
                                                              "outlook.de",
                                                              "outlook.fr",
                                                              "pm.me",
                                                              "posteo.de",
                                                              "posteo.net",
                                                              "proton.me",
                                                              "protonmail.ch",
                                                              "protonmail.com",
                                                              "qq.com",
                                                              "rediffmail.com",
                                                              "riseup.net",
                                                              "rocketmail.com",
                                                              "sbcglobal.net",
                                                              "seznam.cz",
                                                              "sfr.fr",
                                                              "skynet.be",
                                                              "t-online.de",
                                                              "telenet.be",
                                                              "tuta.io",
                                                              "tutanota.com",
                                                              "users.noreply.github.com",
                                                              "github.com",
                                                              "users.sourceforge.net",
                                                              "sourceforge.net",
                                                              "verizon.net",
                                                              "videotron.ca",
                                                              "virgilio.it",
                                                              "voila.fr",
                                                              "wanadoo.fr",
                                                              "web.de",
                                                              "wp.pl",
                                                              "yahoo.ca",
                                                              "yahoo.co.in",
                                                              "yahoo.co.jp",
                                                              "yahoo.co.uk",
                                                              "yahoo.com",
                                                              "yahoo.de",
                                                              "yahoo.es",
                                                              "yahoo.fr",
                                                              "yahoo.in",
                                                              "yahoo.it",
                                                              "yandex.com",
                                                              "yandex.ru",
                                                              "ymail.com",
                                                              "ziggo.nl",
                                                              "zoho.com"}));

constexpr std::string_view github_noreply = "users.noreply.github.com";

std::string squashed(Words local) {
  std::string result;
  for (const char c : local)
    if (c != '.' && c != '-' && c != '_') result.push_back(c);
  return result;
}

/// Undoes SRS (`SRS0=hash=tt=domain=local`, `SRS1=…==hash=tt=domain=local`) and BATV (`prvs=tag=local`).
std::pair<std::string, std::string> unwrapped(std::string local, std::string domain) {
  if (local.starts_with("srs0") || local.starts_with("srs1")) {
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= local.size();) {
      const std::size_t end = std::min(local.find('=', begin), local.size());
      parts.push_back(local.substr(begin, end - begin));
      begin = end + 1;
    }
    if (parts.size() >= 5) return {parts.back(), parts[parts.size() - 2]};
  }
  if (local.starts_with("prvs=") && local.find('=', 5) != std::string::npos)
    return {local.substr(local.find('=', 5) + 1), domain};
  return {std::move(local), std::move(domain)};
}

Words without_wrapping(Words text) {
  text = trimmed(text);
  const std::size_t open = text.rfind('<');
  if (open != Words::npos && text.find('>', open) != Words::npos)
    text = text.substr(open + 1, text.find('>', open) - open - 1);
  text = trimmed(text);
  while (!text.empty() && (text.front() == '\'' || text.front() == '"')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '\'' || text.back() == '"' || text.back() == '.' || text.back() == ','))
    text.remove_suffix(1);
  return text;
}

struct Halves {
  std::string local, domain;
};

Halves halves(Words seen) {
  std::string text = lower(without_wrapping(repaired_utf8(seen)));
  if (text.starts_with("mailto:")) text.erase(0, 7);
  const std::size_t first = text.find('@');
  if (first == std::string::npos || first == 0) return {};
  std::string local = text.substr(0, first);
  std::string domain = text.substr(text.rfind('@') + 1);
  std::erase(local, '"');
  if (local.find_first_of(" \t()<>,;:") != std::string::npos || local.empty() || domain.empty() ||
      domain.find_first_of(" \t,;<>") != std::string::npos)
    return {};
  auto [inner_local, inner_domain] = unwrapped(std::move(local), std::move(domain));
  const std::size_t plus = inner_local.find('+');
  if (plus != std::string::npos && plus > 0) {
    const bool numbered =
        inner_domain == github_noreply &&
        std::all_of(inner_local.begin(), inner_local.begin() + static_cast<std::ptrdiff_t>(plus), is_ascii_digit);
    inner_local = numbered ? inner_local.substr(plus + 1) : inner_local.substr(0, plus);
  }
  if (inner_domain == "googlemail.com") inner_domain = "gmail.com";
  if (inner_domain == "gmail.com") std::erase(inner_local, '.');
  return {std::move(inner_local), std::move(inner_domain)};
}

/// `contact` of contact.paris@, and its length; 0 if it begins with no such word.
std::size_t role_head(Words local) {
  const std::size_t cut = std::min(local.find_first_of(".-_"), local.size());
  static constexpr auto heads =
      sorted(std::to_array<Words>({"contact", "info", "support", "newsletter", "service", "notification",
                                   "notifications", "secretariat", "sales", "commercial"}));
  return cut < local.size() && contains(heads, local.substr(0, cut)) ? cut : 0;
}

/// `helene`, `annesophie`.
bool is_given_name(Words word) {
  if (given_share(word) > 0) return true;
  for (std::size_t at = 3; at + 3 <= word.size(); ++at)
    if (given_share(word.substr(0, at)) > 0 && given_share(word.substr(at)) > 0) return true;
  return false;
}

/// `contact.helene@` of somebody who works alone: what follows the word is one given name.
bool is_contact_of_somebody(Words local) {
  const std::size_t head = role_head(local);
  return head > 0 && local.starts_with("contact") && is_given_name(folded(local.substr(head + 1)));
}

bool is_role_local(Words local) {
  if (is_contact_of_somebody(local)) return false;
  std::string whole = squashed(local);
  for (int digits = 0; digits < 2 && !whole.empty() && is_ascii_digit(whole.back()); ++digits) whole.pop_back();
  if (contains(roles, whole)) return true;
  if (whole.starts_with("noreply") || whole.starts_with("donotreply") || whole.starts_with("nepasrepondre") ||
      whole.starts_with("mailerdaemon"))
    return true;
  if (local.ends_with("-request") || local.ends_with("-bounces") || local.ends_with("-owner") ||
      local.ends_with("-unsubscribe") || local.ends_with("-subscribe"))
    return true;
  if (local.starts_with("owner-") || local.starts_with("bounce-") || local.starts_with("bounces-") ||
      local.ends_with("-noreply") || local.ends_with(".noreply"))
    return true;
  return role_head(local) > 0;
}

bool is_machine_domain(Words domain) {
  if (domain.front() == '.' || domain.find('(') != Words::npos || domain.find('[') != Words::npos) return true;
  const std::size_t dot = domain.rfind('.');
  // Without a dot it is a machine, unless it is as long as the identifier of a repository.
  if (dot == Words::npos) return domain.size() < 32;
  const Words top = domain.substr(dot + 1);
  if (std::all_of(top.begin(), top.end(), is_ascii_digit)) return true;
  static constexpr auto machines =
      sorted(std::to_array<Words>({"local", "localdomain", "lan", "home", "internal", "localhost", "workgroup",
                                   "domain", "private", "corp", "intranet"}));
  return contains(machines, top) || top.ends_with("-domain");
}

std::string site_of(const std::string& domain) {
  if (contains(free_mail_sites, domain)) return domain;
  const std::size_t last = domain.rfind('.');
  if (last == std::string::npos || last == 0) return domain;
  std::size_t second = domain.rfind('.', last - 1);
  if (second == std::string::npos) return domain;
  static constexpr auto second_levels = sorted(
      std::to_array<Words>({"ac", "co", "com", "edu", "gov", "gouv", "net", "org", "or", "asso", "ne", "gob", "go"}));
  if (domain.size() - last == 3 && contains(second_levels, Words(domain).substr(second + 1, last - second - 1))) {
    if (second == 0) return domain;
    second = domain.rfind('.', second - 1);
    if (second == std::string::npos) return domain;
  }
  return domain.substr(second + 1);
}

/// The local part as it was written, for its CamelCase.
std::string seen_local(Words seen) {
  Words text = without_wrapping(seen);
  const std::size_t at = text.find('@');
  if (at == Words::npos) return {};
  text = text.substr(0, at);
  const std::size_t plus = text.find('+');
  if (plus == Words::npos) return std::string(text);
  const bool numbered =
      plus > 0 && std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(plus), is_ascii_digit);
  return std::string(numbered ? text.substr(plus + 1) : text.substr(0, plus));
}

std::vector<std::string> words_of(Words local) {
  std::vector<std::string> words(1);
  char before = '.';
  for (const char c : local) {
    const bool hump =
        std::isupper(static_cast<unsigned char>(c)) != 0 && std::islower(static_cast<unsigned char>(before)) != 0;
    const bool letter = is_letter_byte(c) || (static_cast<unsigned char>(c) & 0x80U) != 0;
    if ((hump || !letter) && !words.back().empty()) words.emplace_back();
    if (letter) words.back().push_back(c);
    before = c;
  }
  if (words.back().empty()) words.pop_back();
  for (auto& word : words) word = folded(word);
  return words.size() > 1 ? words : std::vector<std::string>{};
}

}  // namespace

std::string normal_address(std::string_view address) {
  const Halves parts = halves(address);
  return parts.local.empty() || parts.domain.empty() ? std::string() : parts.local + "@" + parts.domain;
}

bool is_role_address(std::string_view normal) {
  const std::size_t at = normal.find('@');
  return at != std::string_view::npos && is_role_local(normal.substr(0, at));
}

AddressForm parse_address(std::string_view seen) {
  AddressForm form;
  Halves parts = halves(seen);
  if (parts.local.empty() || parts.domain.empty()) return form;
  form.normal = parts.local + "@" + parts.domain;
  form.site = site_of(parts.domain);
  form.free_mail = contains(free_mail_sites, form.site);
  form.domain = std::move(parts.domain);
  form.kind = is_role_local(parts.local) && form.domain != github_noreply ? AddressKind::role
              : is_machine_domain(form.domain)                            ? AddressKind::local
                                                                          : AddressKind::person;
  if (form.kind == AddressKind::role) return form;
  const bool of_somebody = is_contact_of_somebody(parts.local);
  if (of_somebody) parts.local.erase(0, role_head(parts.local) + 1);
  std::string handle = folded(squashed(parts.local));
  std::erase_if(handle, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; });
  if (contains(nondescript, handle) || contains(roles, handle)) return form;
  form.core = handle;
  while (!form.core.empty() && is_ascii_digit(form.core.back())) form.core.pop_back();
  form.handle = std::move(handle);
  if (!of_somebody) form.words = words_of(seen_local(seen));
  return form;
}

}  // namespace entregent::people
