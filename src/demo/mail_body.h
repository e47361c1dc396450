// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <map>
#include <string>

#include "demo/mail_plan.h"

/// What stands in a mail: the writer's words, the signature, the history quoted below or above, as text and as HTML.
namespace entregent::demo {

/// How often each trap was written.
using TrapCounts = std::map<std::string, int>;

enum class QuoteStyle { none, outlook, original_message, wrote, interleaved, webmail_arrows };
enum class Place { top, bottom };

/// What the program and the writer do with this mail: the same whenever it is asked, as it follows from the mail's
/// seed.
struct Habits {
  QuoteStyle quote = QuoteStyle::none;
  Place place = Place::top;  ///< where the new words stand
  bool signature = false;
  bool dashes = false;  ///< `-- ` above the signature
  bool html = false;    ///< writes HTML beside the text
  bool flowed = false;
};
Habits habits_of(const World& world, const Mail& mail);

/// The signature block without dashes: name, title, company, phone.
std::string signature_of(const World& world, const Mail& mail);

/// The whole plain text, quotes included.
std::string body_text(const World& world, const Mail& mail, TrapCounts& traps);
std::string body_html(const World& world, const Mail& mail, TrapCounts& traps);

}  // namespace entregent::demo
