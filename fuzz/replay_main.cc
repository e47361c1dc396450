// SPDX-License-Identifier: AGPL-3.0-or-later
// Gives every file of the folders named on the command line to a fuzzer's function, once: what libFuzzer does with a
// corpus, for builds without it. A folder that does not exist holds no file; no file at all is a failure, so that a
// lost seed folder shows.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);  // NOLINT: libFuzzer's name

namespace {

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  // An allocation of exactly this size, so that the address sanitizer sees a read past its end.
  return {bytes.begin(), bytes.end()};
}

std::size_t replay(const std::filesystem::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::fprintf(stderr, "%s\n", entry.path().c_str());  // before the call: the last line names the culprit
    const auto bytes = bytes_of(entry.path());
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t count = 0;
  for (const char* folder : std::span(argv, static_cast<std::size_t>(argc)).subspan(1))
    if (std::filesystem::is_directory(folder)) count += replay(folder);
  std::printf("%zu inputs\n", count);
  return count > 0 ? 0 : 1;
}
