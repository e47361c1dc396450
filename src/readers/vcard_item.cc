// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/vcard_item.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include <fmt/format.h>

#include "base/ascii.h"
#include "base/digest.h"
#include "base/text.h"
#include "readers/item_builder.h"

namespace entregent::readers {
namespace {

/// What is done with a property.
enum class Use {
  full_name,
  name,
  nickname,
  phone,
  mail,
  organisation,
  title,
  role,
  url,
  profile,
  birthday,
  note,
  address,
  uid,
  categories,
  former_name,
  revision,
  kind,
  shown_as,
  label,    ///< X-ABLabel: names the other lines of its group
  related,  ///< kept, with its label
  keep,     ///< a registered name that is kept as it came
  skip,
};

struct Property {
  std::string_view name;
  Use use;
};

/// Sorted by name. RFC 2426, 6350, 6474, 6715, 8605, 9554, vCard 2.1, and what Apple, Google, Evolution, Outlook write.
constexpr auto properties = std::to_array<Property>({
    {"ADR", Use::address},
    {"AGENT", Use::skip},
    {"ANNIVERSARY", Use::keep},
    {"BDAY", Use::birthday},
    {"BIRTHPLACE", Use::keep},
    {"CALADRURI", Use::keep},
    {"CALURI", Use::keep},
    {"CATEGORIES", Use::categories},
    {"CLASS", Use::keep},
    {"CLIENTPIDMAP", Use::skip},
    {"CONTACT-URI", Use::keep},
    {"CREATED", Use::keep},
    {"DEATHDATE", Use::keep},
    {"DEATHPLACE", Use::keep},
    {"EMAIL", Use::mail},
    {"EXPERTISE", Use::keep},
    {"FBURL", Use::keep},
    {"FN", Use::full_name},
    {"GENDER", Use::keep},
    {"GEO", Use::keep},
    {"GRAMGENDER", Use::keep},
    {"HOBBY", Use::keep},
    {"IMPP", Use::related},
    {"INTEREST", Use::keep},
    {"JSPROP", Use::keep},
    {"KEY", Use::skip},
    {"KIND", Use::kind},
    {"LABEL", Use::keep},
    {"LANG", Use::keep},
    {"LANGUAGE", Use::keep},
    {"LOGO", Use::skip},
    {"MAILER", Use::keep},
    {"MEMBER", Use::keep},
    {"N", Use::name},
    {"NICKNAME", Use::nickname},
    {"NOTE", Use::note},
    {"ORG", Use::organisation},
    {"ORG-DIRECTORY", Use::keep},
    {"PHOTO", Use::skip},
    {"PRODID", Use::skip},
    {"PRONOUNS", Use::keep},
    {"RELATED", Use::related},
    {"REV", Use::revision},
    {"ROLE", Use::role},
    {"SOCIALPROFILE", Use::profile},
    {"SORT-STRING", Use::keep},
    {"SOUND", Use::skip},
    {"SOURCE", Use::keep},
    {"TEL", Use::phone},
    {"TITLE", Use::title},
    {"TZ", Use::keep},
    {"UID", Use::uid},
    {"URL", Use::url},
    {"VERSION", Use::skip},
    {"X-ABDATE", Use::related},
    {"X-ABLABEL", Use::label},
    {"X-ABRELATEDNAMES", Use::related},
    {"X-ABSHOWAS", Use::shown_as},
    {"X-ADDRESSBOOKSERVER-KIND", Use::kind},
    {"X-CERTIFICATE", Use::skip},
    {"X-EVOLUTION-BLOG-URL", Use::url},
    {"X-EVOLUTION-VIDEO-URL", Use::url},
    {"X-MAIDEN-NAME", Use::former_name},
    {"X-MAIDENNAME", Use::former_name},
    {"X-MS-CARDPICTURE", Use::skip},
    {"X-MS-OL-DESIGN", Use::skip},
    {"X-MS-TEL", Use::phone},
    {"X-SOCIALPROFILE", Use::profile},
});

const Property* registered(std::string_view name) {
  const auto* const found = std::lower_bound(properties.begin(), properties.end(), name,
                                             [](const Property& p, std::string_view n) { return p.name < n; });
  return found != properties.end() && found->name == name ? found : nullptr;
}

Use use_of(const ContentLine& line) {
  const Property* property = registered(line.name);
  return property == nullptr ? Use::related : property->use;
}

/// `_$!<HomePage>!$_` → `HomePage`, what a user wrote as it is.
std::string plain_label(std::string_view label) {
  label = trimmed(label);
  if (label.starts_with("_$!<") && label.ends_with(">!$_") && label.size() >= 8)
    label = label.substr(4, label.size() - 8);
  return std::string{label};
}

/// A backslash before a comma or semicolon that is left after unescaping was put there by a program that escaped twice.
std::string without_leftovers(std::string text) {
  std::string made;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\\' || i + 1 == text.size() || (text[i + 1] != ',' && text[i + 1] != ';' && text[i + 1] != ':'))
      made += text[i];
  return made;
}

std::string text_value(const ContentLine& line) {
  return without_leftovers(unescaped(line.value));
}

/// Values of a list; a comma that a program escaped by mistake separates too, as no nickname or category holds one.
std::vector<std::string> list_values(const ContentLine& line) {
  std::vector<std::string> made;
  for (const std::string& part : split_value(line.value, ','))
    for (std::size_t at = 0; at <= part.size();) {
      const std::size_t end = std::min(part.find(',', at), part.size());
      made.push_back(without_leftovers(part.substr(at, end - at)));
      at = end + 1;
    }
  return made;
}

/// The rows of a postal address behind each other.
std::string one_row(std::string_view text) {
  std::string made;
  for (const char c : text)
    if (c == '\n')
      made += ", ";
    else
      made += c;
  return made;
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string made;
  for (const std::string& part : parts) {
    const std::string_view words = trimmed(part);
    if (words.empty()) continue;
    if (!made.empty()) made += between;
    made += words;
  }
  return made;
}

/// The cards' components of N: family, given, additional, prefix, suffix, and by RFC 9554 second surname and
/// generation.
std::string reading_order(const std::vector<std::string>& components) {
  std::vector<std::string> words;
  for (const std::size_t i : {1U, 2U, 0U, 5U})
    if (i < components.size()) words.push_back(components[i]);
  std::string name = joined(words, " ");
  std::replace(name.begin(), name.end(), ',', ' ');
  return squeezed(name);
}

/// One card on its way to an item.
class CardItem {
 public:
  explicit CardItem(const std::vector<ContentLine>& lines) : lines_(lines) { item_.kind = ItemKind::contact; }

  std::optional<ExtractedItem> make() {
    for (const ContentLine& line : lines_)
      if (line.name == "X-ABLABEL" && !line.group.empty())
        labels_.try_emplace(line.group, plain_label(unescaped(line.value)));
    for (const ContentLine& line : lines_) {
      if (line.charset_guessed) note(item_, Notice::charset_guessed);
      take(line);
    }
    if (group_) return std::nullopt;
    name_it();
    if (organisation_ || (full_name_.empty() && name_.empty() && !company_.empty()))
      add_fact(item_, FactKind::other, "org", "KIND");
    if (item_.title.empty() && item_.parties.empty() && item_.facts.empty() && item_.texts.empty()) {
      note(item_, Notice::text_missing);
      note(item_, Notice::malformed);
    }
    item_.content_hash = identity();
    return std::move(item_);
  }

 private:
  void take(const ContentLine& line) {
    switch (use_of(line)) {
      case Use::full_name:
        take_full_name(line);
        break;
      case Use::name:
        take_name(line);
        break;
      case Use::nickname:
        for (const std::string& value : list_values(line))
          add_fact(item_, FactKind::nickname, squeezed(value), label_of(line));
        break;
      case Use::phone:
        take_phone(line);
        break;
      case Use::mail:
        take_mail(line);
        break;
      case Use::organisation:
        take_organisation(line);
        break;
      case Use::title:
        add_fact(item_, FactKind::title, squeezed(text_value(line)), label_of(line));
        break;
      case Use::role:
        add_fact(item_, FactKind::title, squeezed(text_value(line)), "role");
        break;
      case Use::url:
        take_url(line);
        break;
      case Use::profile:
        take_profile(line);
        break;
      case Use::birthday:
        take_birthday(line);
        break;
      case Use::note:
        take_note(line);
        break;
      case Use::address:
        take_address(line);
        break;
      case Use::uid:
        take_uid(line);
        break;
      case Use::categories:
        for (const std::string& value : list_values(line)) add_label(item_, value);
        break;
      case Use::former_name:
        add_fact(item_, FactKind::former_name, squeezed(text_value(line)));
        break;
      case Use::revision:
        if (!item_.happened_at) item_.happened_at = timestamp(line.value);
        break;
      case Use::kind:
        take_kind(line);
        break;
      case Use::shown_as:
        organisation_ = organisation_ || lower(trimmed(line.value)) == "company";
        break;
      case Use::label:
        break;
      case Use::related:
        keep(line, label_of(line));
        break;
      case Use::keep:
        keep(line, {});
        break;
      case Use::skip:
        break;
    }
  }

  /// The user's own word for the line, else its types.
  std::string label_of(const ContentLine& line) const {
    if (const auto own = labels_.find(line.group); !line.group.empty() && own != labels_.end() && !own->second.empty())
      return own->second;
    if (const auto label = line.parameter("LABEL"); !label.empty() && line.name != "ADR") return std::string{label};
    std::string made;
    for (const std::string& type : line.all("TYPE")) {
      if (type == "internet" || type == "voice" || type == "pref" || type == "x-internet") continue;
      if (!made.empty()) made += ' ';
      made += type;
    }
    return made;
  }

  void keep(const ContentLine& line, std::string_view label) {
    std::string name = line.name;
    if (!label.empty()) name.append(";").append(label);
    add_fact(item_, FactKind::other, text_value(line), name);
  }

  void take_full_name(const ContentLine& line) {
    const std::string name = squeezed(text_value(line));
    if (name.empty()) return;
    const bool preferred = line.parameter("PREF") == "1";
    if (full_name_.empty() || (preferred && !full_name_preferred_)) {
      if (!full_name_.empty()) add_fact(item_, FactKind::other, full_name_, "FN");
      full_name_ = name;
      full_name_preferred_ = preferred;
    } else if (name != full_name_) {
      add_fact(item_, FactKind::other, name, "FN");
    }
  }

  void take_name(const ContentLine& line) {
    std::vector<std::string> components = split_value(line.value, ';');
    for (std::string& component : components) component = squeezed(without_leftovers(component));
    if (name_.empty()) name_ = reading_order(components);
    while (!components.empty() && components.back().empty()) components.pop_back();
    std::string whole;
    for (std::size_t i = 0; i < components.size(); ++i) whole += (i == 0 ? "" : ";") + components[i];
    add_fact(item_, FactKind::other, whole, "N");
  }

  void take_phone(const ContentLine& line) {
    std::string number = squeezed(text_value(line));
    if (lower(number.substr(0, 4)) == "tel:") number.erase(0, 4);
    add_fact(item_, FactKind::phone, number, label_of(line));
  }

  void take_mail(const ContentLine& line) {
    const std::string address = mail_address(text_value(line));
    if (address.empty()) return keep(line, label_of(line));
    addresses_.push_back(address);
  }

  void take_organisation(const ContentLine& line) {
    std::vector<std::string> components = split_value(line.value, ';');
    for (std::string& component : components) component = squeezed(without_leftovers(component));
    add_fact(item_, FactKind::company, components.front(), label_of(line));
    if (company_.empty()) company_ = components.front();
    components.erase(components.begin());
    add_fact(item_, FactKind::department, joined(components, ", "));
  }

  void take_url(const ContentLine& line) {
    const std::string url{trimmed(text_value(line))};
    if (profile_.empty()) profile_ = url;
    add_fact(item_, FactKind::url, url, label_of(line));
  }

  void take_profile(const ContentLine& line) {
    const std::string url{trimmed(text_value(line))};
    if (url.find("://") != std::string::npos && !profile_is_social_) {
      profile_ = url;
      profile_is_social_ = true;
    }
    const std::string_view service = line.parameter("SERVICE-TYPE");
    add_fact(item_, FactKind::url, url, service.empty() ? label_of(line) : lower(service));
  }

  void take_birthday(const ContentLine& line) {
    auto day = birthday(unescaped(line.value));
    const std::string_view omitted = line.parameter("X-APPLE-OMIT-YEAR");
    if (day && !omitted.empty() && day->starts_with(std::string{omitted} + "-")) day = "-" + day->substr(4);
    if (!day) return keep(line, {});
    if (has_birthday_) return;  // the same in another form (ALTID)
    has_birthday_ = true;
    add_fact(item_, FactKind::birthday, *day);
  }

  void take_note(const ContentLine& line) {
    const std::string text = unescaped(line.value);
    add_fact(item_, FactKind::note, text);
    add_fresh_text(item_, text);
  }

  void take_address(const ContentLine& line) {
    std::vector<std::string> components = split_value(line.value, ';');
    for (std::string& component : components) {
      component = squeezed(one_row(without_leftovers(component)));
      while (component.ends_with(',')) component.pop_back();
    }
    add_fact(item_, FactKind::postal_address, joined(components, ", "), label_of(line));
  }

  void take_uid(const ContentLine& line) {
    const std::string uid = one_line(item_, unescaped(line.value));
    if (uid.empty() || !item_.identifier.empty()) return;
    add_fact(item_, FactKind::uid, uid);
    item_.identifier = lower(uid.substr(0, 9)) == "urn:uuid:" ? uid.substr(9) : uid;
  }

  void take_kind(const ContentLine& line) {
    const std::string kind = lower(trimmed(line.value));
    if (kind == "group") group_ = true;
    if (kind == "org") organisation_ = true;
    if (kind != "group" && kind != "org" && kind != "individual") keep(line, {});
  }

  void name_it() {
    const auto nickname = std::find_if(item_.facts.begin(), item_.facts.end(),
                                       [](const Fact& f) { return f.kind == FactKind::nickname; });
    std::string name = !full_name_.empty() ? full_name_ : name_;
    if (name.empty() && nickname != item_.facts.end()) name = nickname->value;
    if (name.empty()) name = company_;
    item_.title = one_line(item_, name);
    if (item_.title.empty() && !addresses_.empty()) item_.title = one_line(item_, addresses_.front());
    if (!mail_address(name).empty()) name = name_;  // an address in the place of a name is none
    for (const std::string& address : addresses_) add_party(item_, Role::card, name, address);
    if (addresses_.empty()) add_party(item_, Role::card, name, {});
  }

  /// First address, else profile, else all that says something of the person (a new export has a new REV and PRODID).
  Digest identity() const {
    if (!addresses_.empty()) return digest("card address\n" + lower(addresses_.front()));
    if (!profile_.empty()) {
      std::string url = lower(profile_);
      while (url.ends_with('/')) url.pop_back();
      return digest("card profile\n" + url);
    }
    std::string all = "card content\n";
    for (const ContentLine& line : lines_)
      if (const Use use = use_of(line); use != Use::skip && use != Use::revision)
        all += line.name + ":" + line.value + "\n";
    return digest(all);
  }

  const std::vector<ContentLine>& lines_;  // of the caller, who outlives this
  ExtractedItem item_;
  std::map<std::string, std::string, std::less<>> labels_;
  std::vector<std::string> addresses_;
  std::string full_name_, name_, company_, profile_;
  bool full_name_preferred_ = false;
  bool profile_is_social_ = false;
  bool has_birthday_ = false;
  bool group_ = false;
  bool organisation_ = false;
};

std::optional<int> unsigned_number(std::string_view digits) {
  int value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (digits.empty() || digits.front() == '-' || error != std::errc{} || end != digits.data() + digits.size())
    return std::nullopt;
  return value;
}

std::optional<std::string> day_without_year(std::string_view month, std::string_view day) {
  const auto m = unsigned_number(month);
  const auto d = unsigned_number(day);
  if (!m || !d) return std::nullopt;
  const auto date = std::chrono::year{2000} / std::chrono::month{static_cast<unsigned>(*m)} /
                    std::chrono::day{static_cast<unsigned>(*d)};
  if (!date.ok()) return std::nullopt;
  return fmt::format("--{:02}-{:02}", *m, *d);
}

}  // namespace

bool is_card_property(std::string_view name) {
  return registered(name) != nullptr;
}

std::optional<ExtractedItem> card_item(const std::vector<ContentLine>& lines) {
  return CardItem{lines}.make();
}

std::optional<std::string> birthday(std::string_view text) {
  text = trimmed(text);
  text = text.substr(0, text.find_first_of("T "));  // a time of birth says nothing about the day
  if (text.starts_with("--") && text.size() == 6) return day_without_year(text.substr(2, 2), text.substr(4, 2));
  if (text.starts_with("--") && text.size() == 7 && text[4] == '-')
    return day_without_year(text.substr(2, 2), text.substr(5, 2));
  std::string iso{text};
  if (text.size() == 8 && unsigned_number(text))
    iso = fmt::format("{}-{}-{}", text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
  const auto day = parse_iso_day(iso);
  if (!day) return std::nullopt;
  if (iso.starts_with("0000-")) return "-" + iso.substr(4);  // Google's day without a year
  return iso;
}

std::optional<Instant> timestamp(std::string_view text) {
  std::string digits;
  text = trimmed(text);
  std::size_t at = 0;
  for (; at < text.size() && digits.size() < 14; ++at) {
    const char c = text[at];
    const bool zone = (c == '+' || c == '-') && digits.size() >= 12;
    if (is_ascii_digit(c))
      digits += c;
    else if (zone || std::string_view("-:T ").find(c) == std::string_view::npos)
      break;
  }
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) return std::nullopt;
  const auto day =
      parse_iso_day(fmt::format("{}-{}-{}", digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2)));
  if (!day) return std::nullopt;
  digits.resize(14, '0');
  const int hours = *unsigned_number(digits.substr(8, 2));
  const int minutes = *unsigned_number(digits.substr(10, 2));
  const int seconds = *unsigned_number(digits.substr(12, 2));
  if (hours > 24 || minutes > 59 || seconds > 60) return std::nullopt;
  Instant made = *day + std::chrono::hours{hours} + std::chrono::minutes{minutes} + std::chrono::seconds{seconds};
  if (at < text.size() && text[at] == '.') at = std::min(text.find_first_not_of("0123456789", at + 1), text.size());
  if (at < text.size() && (text[at] == '+' || text[at] == '-')) {
    std::string zone;
    for (const char c : text.substr(at + 1))
      if (c >= '0' && c <= '9') zone += c;
    if (zone.size() == 2) zone += "00";
    if (const auto value = unsigned_number(zone); value && zone.size() == 4) {
      const std::chrono::minutes offset{*value / 100 * 60 + *value % 100};
      made += text[at] == '-' ? offset : -offset;
    }
  }
  return made;
}

}  // namespace entregent::readers
