// SPDX-License-Identifier: AGPL-3.0-or-later
#include <cstdio>
#include <span>

#include "reading/warm_up.h"
#include "reading/zygote.h"

using namespace entregent;  // NOLINT(google-build-using-namespace): a program of one file

/// `entregent-read`: started by reading::ReaderPool, never by a person.
int main(int count, char** words) {
  const auto arguments = reading::parse_arguments(std::span(words, static_cast<std::size_t>(count)).subspan(1));
  if (!arguments || !arguments->extra.empty()) {
    std::fputs("entregent-read reads files for entregent; it is not to be started by hand.\n", stderr);
    return 2;
  }
  reading::SliceReader reader({.zone = arguments->zone});
  const auto prepare = [] {
    reading::warm_up_system();
    reading::warm_up_readers();
  };
  reading::run_zygote(*arguments, {}, prepare,
                      [&](const reading::SliceRequest& request, const reading::SliceBytes& bytes) {
                        return reader.read(request, bytes);
                      });
}
