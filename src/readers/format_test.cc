// SPDX-License-Identifier: AGPL-3.0-or-later
#include "readers/format.h"

#include <gtest/gtest.h>

namespace entregent::readers {
namespace {

TEST(Detect, knows_an_mbox_by_its_first_line) {
  EXPECT_EQ(detect("From jean@nord.example Mon Jan  5 10:00:00 2015\nSubject: a\n\nb\n"), Format::mbox);
}

}  // namespace
}  // namespace entregent::readers
