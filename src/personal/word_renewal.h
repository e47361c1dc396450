// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include "personal/store.h"

namespace entregent::personal {

/// Another version of base/tokens.h made the words of this file.
bool has_words_of_another_version(Store& store);

/// Makes them anew, of items and of names, from what is stored, in one transaction: whoever asks meanwhile is answered
/// from the old ones. Does nothing where the version is the same. Called before each run, by the one who writes.
void renew_words(Store& store);

}  // namespace entregent::personal
