// SPDX-License-Identifier: AGPL-3.0-or-later
#include "demo/world.h"

#include <fstream>
#include <stdexcept>

namespace entregent::demo {

Truth write_world(const std::filesystem::path& folder, const WorldOptions& options) {
  std::filesystem::create_directories(folder / "sources");
  Truth truth;
  truth.seed = options.seed;
  truth.last_day = options.last_day;
  truth.first_day = options.last_day - std::chrono::days{1095};
  std::ofstream file(folder / "truth.json", std::ios::binary);
  file << json_of(truth);
  if (!file.flush()) throw std::runtime_error("truth.json cannot be written");
  return truth;
}

std::vector<std::string> traps() {
  return {};
}

}  // namespace entregent::demo
