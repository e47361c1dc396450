// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <memory>

#include "cli/arguments.h"
#include "cli/context.h"

namespace entregent::cli {

/// What the environment decides: home, language, terminal, clock (ENTREGENT_NOW holds it still).
class Settings {
 public:
  static Settings from_environment();

  /// Of a command line that cannot be understood, what the answer depends on: --lang and --json.
  [[nodiscard]] static Arguments guess_of(const std::vector<std::string>& words);
  /// Valid as long as these settings.
  [[nodiscard]] Context context(const Arguments& arguments) const;

 private:
  std::unique_ptr<Clock> clock_;
  Language locale_ = Language::english();
};

}  // namespace entregent::cli
