// SPDX-License-Identifier: AGPL-3.0-or-later
#include "ingest/folder_names.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"

namespace entregent::ingest {
namespace {

struct Named {
  std::string_view name;  ///< folded
  FolderUse use;
};

constexpr std::array<Named, 44> names = {{{"sent", FolderUse::sent},
                                          {"sent items", FolderUse::sent},
                                          {"sent messages", FolderUse::sent},
                                          {"sent mail", FolderUse::sent},
                                          {"sent-mail", FolderUse::sent},
                                          {"outbox", FolderUse::sent},
                                          {"envoyes", FolderUse::sent},
                                          {"elements envoyes", FolderUse::sent},
                                          {"messages envoyes", FolderUse::sent},
                                          {"courrier envoye", FolderUse::sent},
                                          {"boite d'envoi", FolderUse::sent},
                                          {"gesendet", FolderUse::sent},
                                          {"gesendete elemente", FolderUse::sent},
                                          {"gesendete objekte", FolderUse::sent},
                                          {"enviados", FolderUse::sent},
                                          {"elementos enviados", FolderUse::sent},
                                          {"posta inviata", FolderUse::sent},
                                          {"inviati", FolderUse::sent},
                                          {"drafts", FolderUse::drafts},
                                          {"brouillons", FolderUse::drafts},
                                          {"entwurfe", FolderUse::drafts},
                                          {"borradores", FolderUse::drafts},
                                          {"bozze", FolderUse::drafts},
                                          {"junk", FolderUse::junk},
                                          {"junk e-mail", FolderUse::junk},
                                          {"junk email", FolderUse::junk},
                                          {"spam", FolderUse::junk},
                                          {"bulk mail", FolderUse::junk},
                                          {"indesirables", FolderUse::junk},
                                          {"courrier indesirable", FolderUse::junk},
                                          {"pourriel", FolderUse::junk},
                                          {"pourriels", FolderUse::junk},
                                          {"correo no deseado", FolderUse::junk},
                                          {"posta indesiderata", FolderUse::junk},
                                          {"trash", FolderUse::trash},
                                          {"deleted items", FolderUse::trash},
                                          {"deleted messages", FolderUse::trash},
                                          {"bin", FolderUse::trash},
                                          {"corbeille", FolderUse::trash},
                                          {"elements supprimes", FolderUse::trash},
                                          {"papierkorb", FolderUse::trash},
                                          {"geloschte elemente", FolderUse::trash},
                                          {"papelera", FolderUse::trash},
                                          {"cestino", FolderUse::trash}}};

FolderUse use_of_level(std::string_view level) {
  std::string name = folded(trimmed(level));
  for (const std::string_view ending : {".mbox", ".sbd", ".mbx"}) {
    if (name.ends_with(ending)) name.resize(name.size() - ending.size());
  }
  const auto found = std::ranges::find(names, name, &Named::name);
  return found == names.end() ? FolderUse::other : found->use;
}

}  // namespace

FolderUse folder_use(std::string_view path) {
  FolderUse use = FolderUse::other;
  while (!path.empty()) {
    // Maildir++ writes levels as `.Archives.2024`, all others as `Archives/2024`; `sent-mail.mbox` keeps its dot.
    const auto slash = path.find('/');
    std::string_view part = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    const bool plus = part.starts_with('.');
    if (plus) part.remove_prefix(1);
    while (true) {
      const auto dot = plus ? part.find('.') : std::string_view::npos;
      const FolderUse level = use_of_level(part.substr(0, dot));
      if (level == FolderUse::trash || level == FolderUse::junk) return level;
      if (level != FolderUse::other) use = level;
      if (dot == std::string_view::npos) break;
      part = part.substr(dot + 1);
    }
  }
  return use;
}

}  // namespace entregent::ingest
