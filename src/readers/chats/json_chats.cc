// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/chats/json_chats.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "readers/chats/chat_items.h"
#include "readers/documents/document_builder.h"
#include "readers/limits.h"

namespace entregent::readers {
namespace {

using Json = nlohmann::json;

/// A document without exceptions: `discarded` where it is none, or deeper than anything honest.
Json parsed(std::string_view bytes) {
  constexpr int deepest = 64;
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > deepest;
    return !too_deep;
  };
  Json json = Json::parse(bytes, watch, false);
  return too_deep ? Json(Json::value_t::discarded) : json;
}

std::string text_at(const Json& object, const char* name) {
  const auto found = object.is_object() ? object.find(name) : object.end();
  if (!object.is_object() || found == object.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  return {};
}

const Json& list_at(const Json& object, const char* name) {
  static const Json nothing = Json::array();
  if (!object.is_object()) return nothing;
  const auto found = object.find(name);
  return found == object.end() || !found->is_array() ? nothing : *found;
}

std::optional<Instant> unix_moment(std::string_view seconds) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(seconds.data(), seconds.data() + seconds.size(), value);
  if (error != std::errc() || value <= 0 || value > 4'102'444'800) return std::nullopt;
  return Instant{std::chrono::seconds{value}};
}

// Telegram.

/// A text is a string, or a list of strings and of objects with a text.
std::string telegram_text(const Json& message) {
  const auto found = message.find("text");
  if (found == message.end()) return {};
  if (found->is_string()) return found->get<std::string>();
  std::string result;
  if (found->is_array())
    for (const auto& part : *found) result += part.is_string() ? part.get<std::string>() : text_at(part, "text");
  return result;
}

void add_telegram_chat(const Json& chat, std::vector<ExtractedItem>& result) {
  ChatItems items("telegram", text_at(chat, "id"), text_at(chat, "name"));
  if (text_at(chat, "type") == "personal_chat") items.add_member(text_at(chat, "name"), {});
  for (const auto& entry : list_at(chat, "messages")) {
    if (!entry.is_object() || text_at(entry, "type") != "message") continue;
    ChatMessage message{.author = text_at(entry, "from"),
                        .address = {},
                        .at = {},
                        .text = telegram_text(entry),
                        .id = text_at(entry, "id"),
                        .files = {}};
    message.at = unix_moment(text_at(entry, "date_unixtime"));
    if (!message.at) message.at = parse_w3c_date(text_at(entry, "date"));
    const std::string file = text_at(entry, "file");
    if (!file.empty() && !file.starts_with('(')) message.files.push_back(file.substr(file.rfind('/') + 1));
    if (message.text.empty() && message.files.empty()) continue;
    items.add(std::move(message));
  }
  auto made = items.take();
  result.insert(result.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
}

// Slack.

struct SlackUser {
  std::string name, address;
  bool robot = false;
};

class SlackReader {
 public:
  explicit SlackReader(ZipArchive& archive) : archive_(archive) {}

  std::vector<ExtractedItem> read() {
    users();
    for (const char* list : {"channels.json", "groups.json", "dms.json", "mpims.json"}) conversations(list);
    std::map<std::string, std::vector<std::string>> days;
    for (const auto& entry : archive_.entries()) {
      const auto slash = entry.name.rfind('/');
      if (slash == std::string::npos || !entry.name.ends_with(".json")) continue;
      const std::string folder = entry.name.substr(0, slash);
      days[folder.substr(folder.rfind('/') + 1)].push_back(entry.name);
    }
    std::vector<ExtractedItem> result;
    for (auto& [folder, names] : days) conversation(folder, names, result);
    return result;
  }

 private:
  Json json_of(const std::string& name) {
    const auto bytes = archive_.read(name, limits::json_bytes);
    return bytes ? parsed(*bytes) : Json(Json::value_t::discarded);
  }
  std::string whole_name(std::string_view end) const {
    for (const auto& entry : archive_.entries())
      if (entry.name == end || entry.name.ends_with('/' + std::string(end))) return entry.name;
    return std::string(end);
  }

  void users() {
    const Json list = json_of(whole_name("users.json"));
    if (!list.is_array()) return;
    for (const auto& entry : list) {
      const auto profile = entry.is_object() && entry.contains("profile") ? entry["profile"] : Json::object();
      SlackUser user{.name = text_at(profile, "real_name"), .address = text_at(profile, "email")};
      if (user.name.empty()) user.name = text_at(entry, "real_name");
      if (user.name.empty()) user.name = text_at(entry, "name");
      user.robot = entry.is_object() && entry.value("is_bot", Json(false)) == Json(true);
      users_[text_at(entry, "id")] = std::move(user);
    }
  }

  /// Folders bear a channel's name, or the number of a direct conversation.
  void conversations(const char* list) {
    const Json entries = json_of(whole_name(list));
    if (!entries.is_array()) return;
    for (const auto& entry : entries) {
      Conversation known{.id = text_at(entry, "id"), .name = text_at(entry, "name"), .members = {}};
      for (const auto& member : list_at(entry, "members"))
        if (member.is_string()) known.members.push_back(member.get<std::string>());
      const std::string folder = known.name.empty() ? known.id : known.name;
      conversations_[folder] = std::move(known);
    }
  }

  void conversation(const std::string& folder, std::vector<std::string>& names, std::vector<ExtractedItem>& result) {
    const auto known = conversations_.find(folder);
    const bool named = known != conversations_.end() && !known->second.name.empty();
    ChatItems items("slack", known == conversations_.end() ? folder : known->second.id,
                    named ? "#" + known->second.name : std::string());
    if (known != conversations_.end())
      for (const auto& member : known->second.members)
        if (const auto user = users_.find(member); user != users_.end())
          items.add_member(user->second.name, user->second.address);
    std::ranges::sort(names);
    for (const auto& name : names) {
      const Json day = json_of(name);
      if (day.is_array())
        for (const auto& entry : day) message(entry, items);
    }
    auto made = items.take();
    result.insert(result.end(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
  }

  void message(const Json& entry, ChatItems& items) const {
    if (!entry.is_object() || text_at(entry, "type") != "message") return;
    const std::string subtype = text_at(entry, "subtype");
    const bool said = subtype.empty() || subtype == "bot_message" || subtype == "file_share" ||
                      subtype == "thread_broadcast" || subtype == "me_message";
    if (!said) return;
    const auto user = users_.find(text_at(entry, "user"));
    ChatMessage message;
    message.robot =
        subtype == "bot_message" || entry.contains("bot_id") || (user != users_.end() && user->second.robot);
    if (user != users_.end()) {
      message.author = user->second.name;
      message.address = user->second.address;
    } else {
      message.author = text_at(entry, "username");
    }
    const std::string stamp = text_at(entry, "ts");
    message.at = unix_moment(stamp.substr(0, stamp.find('.')));
    message.id = stamp;
    message.text = shown(text_at(entry, "text"));
    for (const auto& file : list_at(entry, "files"))
      if (auto name = text_at(file, "name"); !name.empty()) message.files.push_back(std::move(name));
    if (!message.text.empty() || !message.files.empty()) items.add(std::move(message));
  }

  /// `<@U1>` → `@Léa Martin`, `<https://a|words>` → `words (https://a)`, `<#C1|audit>` → `#audit`, `&amp;` → `&`.
  std::string shown(std::string_view text) const {
    std::string result;
    while (!text.empty()) {
      const auto open = text.find('<');
      const auto close = open == std::string_view::npos ? open : text.find('>', open);
      result += text.substr(0, close == std::string_view::npos ? text.size() : open);
      if (close == std::string_view::npos) break;
      result += reference(text.substr(open + 1, close - open - 1));
      text.remove_prefix(close + 1);
    }
    for (const auto& [entity, sign] : {std::pair{"&lt;", "<"}, std::pair{"&gt;", ">"}, std::pair{"&amp;", "&"}})
      for (auto at = result.find(entity); at != std::string::npos; at = result.find(entity, at + 1))
        result.replace(at, std::string_view(entity).size(), sign);
    return result;
  }

  std::string reference(std::string_view inside) const {
    const auto bar = inside.find('|');
    const std::string_view words = bar == std::string_view::npos ? std::string_view() : inside.substr(bar + 1);
    const std::string_view target = inside.substr(0, bar);
    if (target.starts_with('@')) {
      const auto user = users_.find(std::string(target.substr(1)));
      return '@' + (user == users_.end() ? std::string(words.empty() ? target.substr(1) : words) : user->second.name);
    }
    if (target.starts_with('#')) return '#' + std::string(words.empty() ? target.substr(1) : words);
    if (target.starts_with('!')) return '@' + std::string(words.empty() ? target.substr(1) : words);
    return words.empty() ? std::string(target) : std::string(words) + " (" + std::string(target) + ")";
  }

  struct Conversation {
    std::string id, name;
    std::vector<std::string> members;
  };
  ZipArchive& archive_;
  std::map<std::string, SlackUser> users_;
  std::map<std::string, Conversation> conversations_;
};

Error no_messages() {
  return {ErrorCode::malformed, N_("This file holds no messages of a chat.")};
}

}  // namespace

bool is_telegram(std::string_view first_bytes) {
  const auto begin = trimmed(first_bytes.substr(0, 16));
  if (!begin.starts_with('{')) return false;
  const bool one = first_bytes.find("\"messages\"") != std::string_view::npos &&
                   first_bytes.find("\"type\"") != std::string_view::npos;
  const bool account =
      first_bytes.find("\"about\"") != std::string_view::npos && first_bytes.find("Telegram") != std::string_view::npos;
  return one || account;
}

Result<std::vector<ExtractedItem>> read_telegram(std::string_view bytes) {
  if (bytes.size() > limits::json_bytes) return fail({ErrorCode::invalid, N_("This file is too large to be read.")});
  const Json json = parsed(bytes);
  if (!json.is_object()) return fail(no_messages());
  std::vector<ExtractedItem> result;
  if (json.contains("messages")) add_telegram_chat(json, result);
  for (const char* part : {"chats", "left_chats"})
    if (const auto chats = json.find(part); chats != json.end())
      for (const auto& chat : list_at(*chats, "list")) add_telegram_chat(chat, result);
  if (result.empty()) return fail(no_messages());
  return result;
}

bool is_slack_archive(const ZipArchive& archive) {
  return std::ranges::any_of(archive.entries(), [](const ZipArchive::Entry& entry) {
    return entry.name == "users.json" || entry.name.ends_with("/users.json");
  });
}

Result<std::vector<ExtractedItem>> read_slack(ZipArchive& archive) {
  auto items = SlackReader(archive).read();
  if (items.empty()) return fail(no_messages());
  return items;
}

}  // namespace entregent::readers
