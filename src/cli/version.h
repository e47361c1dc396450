// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#ifndef ENTREGENT_VERSION
#define ENTREGENT_VERSION "0.1.0"
#endif
