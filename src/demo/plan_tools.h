// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>

#include "demo/mail_plan.h"

/// What every part of the plan needs.
namespace entregent::demo {

/// Gives the mail its subject (with the prefix of the writer's program where it answers or forwards), id and seed.
void finish_mail(World& world, Mail& mail, const std::string& subject, Random& random);

/// The subject without Re:, RE :, TR:, Fwd: …
std::string bare_subject(std::string subject);

}  // namespace entregent::demo
