// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "demo/mail_body.h"
#include "demo/mail_plan.h"

namespace entregent::demo {

/// Writes a file whole; makes its folder. Throws std::runtime_error if it can not.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// Lays mails where her programs keep them: a Maildir++ (office), Thunderbird's folders (the firm she left), two
/// Takeouts (private). Mails must come in the order of their dates.
class Mailboxes {
 public:
  Mailboxes(const World& world, std::filesystem::path folder, TrapCounts& traps);

  /// The files, below the folder, in which the mail now lies.
  std::vector<std::string> add(const Mail& mail, const std::string& bytes);

  /// Writes index files and whatever else programs leave about; closes all.
  void finish();

 private:
  void add_to_maildir(const Mail& mail, const std::string& bytes, const std::string& box,
                      std::vector<std::string>& places);
  void add_to_thunderbird(const Mail& mail, const std::string& bytes, std::vector<std::string>& places);
  void add_to_takeout(const Mail& mail, const std::string& bytes, std::vector<std::string>& places);
  void append(const std::string& path, std::string_view from_line, std::string bytes, std::vector<std::string>& places);
  std::string maildir_box(const Mail& mail) const;

  const World& world_;
  std::filesystem::path folder_;
  TrapCounts& traps_;
  std::map<std::string, std::ofstream> mboxes_;
  std::map<std::string, int> maildirs_;
  int delivered_ = 0;
};

}  // namespace entregent::demo
