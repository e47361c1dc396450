// SPDX-License-Identifier: AGPL-3.0-or-later
#include "base/zone_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace entregent::zone_names {
namespace {

using Entry = std::pair<std::string_view, std::string_view>;

/// Cities that an IANA name spells alike (Paris, Berlin, Athen's `Athens`) need no line: zones.cc knows them. Sorted by
/// key.
constexpr auto table = [] {
  auto entries = std::to_array<Entry>({
      // Universal time and its neighbours
      {"coordinated universal time", "Etc/UTC"},
      {"temps universel coordonne", "Etc/UTC"},
      {"koordinierte weltzeit", "Etc/UTC"},
      {"greenwich mean time", "Europe/London"},
      {"greenwich", "Europe/London"},
      {"zulu", "Etc/UTC"},
      {"z", "Etc/UTC"},
      // Abbreviations that mean one thing in calendars
      {"cest", "Europe/Paris"},
      {"mez", "Europe/Berlin"},
      {"mesz", "Europe/Berlin"},
      {"hec", "Europe/Paris"},
      {"bst", "Europe/London"},
      {"edt", "America/New_York"},
      {"cdt", "America/Chicago"},
      {"mdt", "America/Denver"},
      {"pdt", "America/Los_Angeles"},
      {"pst", "America/Los_Angeles"},
      {"jst", "Asia/Tokyo"},
      // Names of whole zones: Windows' and CLDR's, French, English, German, Spanish, Italian
      {"romance", "Europe/Paris"},
      {"romance heure standard", "Europe/Paris"},
      {"romance heure d ete", "Europe/Paris"},
      {"hora estandar romance", "Europe/Madrid"},
      {"hora de verano romance", "Europe/Madrid"},
      {"romanische normalzeit", "Europe/Paris"},
      {"ora solare europa occidentale", "Europe/Rome"},
      {"ora legale europa occidentale", "Europe/Rome"},
      {"europe de l ouest", "Europe/Berlin"},
      {"europe centrale", "Europe/Budapest"},
      {"heure d europe centrale", "Europe/Paris"},
      {"heure normale d europe centrale", "Europe/Paris"},
      {"heure d ete d europe centrale", "Europe/Paris"},
      {"heure de paris", "Europe/Paris"},
      {"heure normale d europe de l ouest", "Europe/Lisbon"},
      {"heure normale d europe de l est", "Europe/Bucharest"},
      {"heure moyenne de greenwich", "Europe/London"},
      {"central european time", "Europe/Paris"},
      {"central european summer time", "Europe/Paris"},
      {"middle european time", "Europe/Paris"},
      {"eastern european time", "Europe/Bucharest"},
      {"western european time", "Europe/Lisbon"},
      {"mitteleuropaische zeit", "Europe/Berlin"},
      {"mitteleuropaische normalzeit", "Europe/Berlin"},
      {"mitteleuropaische sommerzeit", "Europe/Berlin"},
      {"westeuropaische normalzeit", "Europe/Berlin"},
      {"hora central europea", "Europe/Madrid"},
      {"ora dell europa centrale", "Europe/Rome"},
      {"eastern time us canada", "America/New_York"},
      {"eastern time", "America/New_York"},
      {"est e u et canada", "America/New_York"},
      {"heure de l est e u et canada", "America/New_York"},
      {"heure de l est etats unis et canada", "America/New_York"},
      {"heure de l est", "America/New_York"},
      {"central time us canada", "America/Chicago"},
      {"central time", "America/Chicago"},
      {"centre e u et canada", "America/Chicago"},
      {"heure du centre e u et canada", "America/Chicago"},
      {"heure du centre etats unis et canada", "America/Chicago"},
      {"mountain time us canada", "America/Denver"},
      {"mountain time", "America/Denver"},
      {"montagnes rocheuses e u et canada", "America/Denver"},
      {"heure des montagnes rocheuses e u et canada", "America/Denver"},
      {"heure des rocheuses etats unis et canada", "America/Denver"},
      {"pacific time us canada", "America/Los_Angeles"},
      {"pacific time", "America/Los_Angeles"},
      {"pacifique e u et canada", "America/Los_Angeles"},
      {"heure du pacifique e u et canada", "America/Los_Angeles"},
      {"heure du pacifique etats unis et canada", "America/Los_Angeles"},
      {"pacific time us canada tijuana", "America/Los_Angeles"},
      {"atlantic time canada", "America/Halifax"},
      {"heure de l atlantique canada", "America/Halifax"},
      {"indiana est", "America/Indiana/Indianapolis"},
      {"indiana east", "America/Indiana/Indianapolis"},
      {"amerique centrale", "America/Guatemala"},
      {"central america", "America/Guatemala"},
      {"afrique centrale ouest", "Africa/Lagos"},
      {"west central africa", "Africa/Lagos"},
      // Regions
      {"newfoundland", "America/St_Johns"},
      {"terre neuve", "America/St_Johns"},
      {"saskatchewan", "America/Regina"},
      {"arizona", "America/Phoenix"},
      {"alaska", "America/Anchorage"},
      {"hawaii", "Pacific/Honolulu"},
      {"basse californie", "America/Tijuana"},
      {"baja california", "America/Tijuana"},
      {"groenland", "America/Godthab"},
      {"greenland", "America/Godthab"},
      {"acores", "Atlantic/Azores"},
      {"iles du cap vert", "Atlantic/Cape_Verde"},
      {"cabo verde is", "Atlantic/Cape_Verde"},
      {"cape verde is", "Atlantic/Cape_Verde"},
      {"fidji", "Pacific/Fiji"},
      {"nouvelle caledonie", "Pacific/Noumea"},
      {"new caledonia", "Pacific/Noumea"},
      {"la reunion", "Indian/Reunion"},
      // Cities of Europe
      {"bruxelles", "Europe/Brussels"},
      {"brussel", "Europe/Brussels"},
      {"brussel kopenhagen", "Europe/Brussels"},
      {"copenhague", "Europe/Copenhagen"},
      {"copenaghen", "Europe/Copenhagen"},
      {"kopenhagen", "Europe/Copenhagen"},
      {"parigi", "Europe/Paris"},
      {"lyon", "Europe/Paris"},
      {"marseille", "Europe/Paris"},
      {"toulouse", "Europe/Paris"},
      {"berne", "Europe/Zurich"},
      {"bern", "Europe/Zurich"},
      {"berna", "Europe/Zurich"},
      {"geneve", "Europe/Zurich"},
      {"geneva", "Europe/Zurich"},
      {"rom", "Europe/Rome"},
      {"roma", "Europe/Rome"},
      {"milan", "Europe/Rome"},
      {"estocolmo", "Europe/Stockholm"},
      {"stoccolma", "Europe/Stockholm"},
      {"vienne", "Europe/Vienna"},
      {"wien", "Europe/Vienna"},
      {"viena", "Europe/Vienna"},
      {"berlino", "Europe/Berlin"},
      {"munich", "Europe/Berlin"},
      {"hamburg", "Europe/Berlin"},
      {"frankfurt", "Europe/Berlin"},
      {"barcelona", "Europe/Madrid"},
      {"barcelone", "Europe/Madrid"},
      {"belgrad", "Europe/Belgrade"},
      {"belgrado", "Europe/Belgrade"},
      {"bratislava", "Europe/Bratislava"},
      {"prag", "Europe/Prague"},
      {"praga", "Europe/Prague"},
      {"laibach", "Europe/Ljubljana"},
      {"lubiana", "Europe/Ljubljana"},
      {"varsovie", "Europe/Warsaw"},
      {"varsovia", "Europe/Warsaw"},
      {"varsavia", "Europe/Warsaw"},
      {"warschau", "Europe/Warsaw"},
      {"athenes", "Europe/Athens"},
      {"athen", "Europe/Athens"},
      {"atenas", "Europe/Athens"},
      {"bucarest", "Europe/Bucharest"},
      {"bukarest", "Europe/Bucharest"},
      {"kyiv", "Europe/Kiev"},
      {"vilna", "Europe/Vilnius"},
      {"dublino", "Europe/Dublin"},
      {"edimbourg", "Europe/London"},
      {"edinburgh", "Europe/London"},
      {"edimburgo", "Europe/London"},
      {"londres", "Europe/London"},
      {"londra", "Europe/London"},
      {"lisbonne", "Europe/Lisbon"},
      {"lisboa", "Europe/Lisbon"},
      {"lissabon", "Europe/Lisbon"},
      {"lisbona", "Europe/Lisbon"},
      {"moscou", "Europe/Moscow"},
      {"moskau", "Europe/Moscow"},
      {"moscu", "Europe/Moscow"},
      {"mosca", "Europe/Moscow"},
      {"st petersburg", "Europe/Moscow"},
      {"saint petersbourg", "Europe/Moscow"},
      // Africa and the Middle East
      {"le caire", "Africa/Cairo"},
      {"kairo", "Africa/Cairo"},
      {"il cairo", "Africa/Cairo"},
      {"alger", "Africa/Algiers"},
      {"rabat", "Africa/Casablanca"},
      {"maroc", "Africa/Casablanca"},
      {"pretoria", "Africa/Johannesburg"},
      {"beyrouth", "Asia/Beirut"},
      {"damas", "Asia/Damascus"},
      {"jerusalem", "Asia/Jerusalem"},
      {"koweit", "Asia/Kuwait"},
      {"riyad", "Asia/Riyadh"},
      {"riad", "Asia/Riyadh"},
      {"bagdad", "Asia/Baghdad"},
      {"teheran", "Asia/Tehran"},
      {"abu dhabi", "Asia/Dubai"},
      {"abou dhabi", "Asia/Dubai"},
      {"abou dabi", "Asia/Dubai"},
      {"mascate", "Asia/Muscat"},
      {"bakou", "Asia/Baku"},
      {"tbilissi", "Asia/Tbilisi"},
      {"erevan", "Asia/Yerevan"},
      // Asia and Oceania
      {"kaboul", "Asia/Kabul"},
      {"ekaterinburg", "Asia/Yekaterinburg"},
      {"iekaterinbourg", "Asia/Yekaterinburg"},
      {"islamabad", "Asia/Karachi"},
      {"tachkent", "Asia/Tashkent"},
      {"chennai", "Asia/Kolkata"},
      {"mumbai", "Asia/Kolkata"},
      {"new delhi", "Asia/Kolkata"},
      {"delhi", "Asia/Kolkata"},
      {"bangalore", "Asia/Kolkata"},
      {"sri jayawardenepura", "Asia/Colombo"},
      {"katmandou", "Asia/Kathmandu"},
      {"astana", "Asia/Almaty"},
      {"novossibirsk", "Asia/Novosibirsk"},
      {"yangon rangoon", "Asia/Yangon"},
      {"hanoi", "Asia/Ho_Chi_Minh"},
      {"beijing", "Asia/Shanghai"},
      {"pekin", "Asia/Shanghai"},
      {"peking", "Asia/Shanghai"},
      {"singapour", "Asia/Singapore"},
      {"singapur", "Asia/Singapore"},
      {"oulan bator", "Asia/Ulaanbaatar"},
      {"irkoutsk", "Asia/Irkutsk"},
      {"osaka", "Asia/Tokyo"},
      {"sapporo", "Asia/Tokyo"},
      {"seoul", "Asia/Seoul"},
      {"canberra", "Australia/Sydney"},
      {"wellington", "Pacific/Auckland"},
      {"solomon is", "Pacific/Guadalcanal"},
      {"iles salomon", "Pacific/Guadalcanal"},
      {"nuku alofa", "Pacific/Tongatapu"},
      // The Americas
      {"montreal", "America/Toronto"},
      {"quebec", "America/Toronto"},
      {"ottawa", "America/Toronto"},
      {"brasilia", "America/Sao_Paulo"},
      {"rio de janeiro", "America/Sao_Paulo"},
      {"buenos aires", "America/Argentina/Buenos_Aires"},
      {"georgetown", "America/Guyana"},
      {"quito", "America/Guayaquil"},
      {"guadalajara", "America/Mexico_City"},
      {"san francisco", "America/Los_Angeles"},
      {"seattle", "America/Los_Angeles"},
      {"boston", "America/New_York"},
      {"washington", "America/New_York"},
  });
  std::sort(entries.begin(), entries.end());
  return entries;
}();

}  // namespace

std::string key(std::string_view name) {
  const std::string text = folded(name);
  std::string made;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_character(text, at);
    if (is_letter(c) || is_digit(c))
      made.append(text, begin, at - begin);
    else if (!made.empty() && made.back() != ' ')
      made += ' ';
  }
  if (!made.empty() && made.back() == ' ') made.pop_back();
  return made;
}

std::optional<std::string_view> known(std::string_view key) {
  const auto found = std::lower_bound(table.begin(), table.end(), key,
                                      [](const Entry& entry, std::string_view k) { return entry.first < k; });
  if (found == table.end() || found->first != key) return std::nullopt;
  return found->second;
}

}  // namespace entregent::zone_names
