// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reading/warm_up.h"

#include <cstdlib>
#include <ctime>

#include <iconv.h>

#include "reading/charset_modules.h"

namespace entregent::reading {

void warm_up_system() {
  // With TZ unset, localtime() and mktime() would look for /etc/localtime at each call.
  ::setenv("TZ", "UTC0", 1);
  ::tzset();
  for (const char* name : charset_modules()) (void)::iconv_open("UTF-8", name);
  (void)::iconv_open("UTF-16", "UTF-8");
}

}  // namespace entregent::reading
