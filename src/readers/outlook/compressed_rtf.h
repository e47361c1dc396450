// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once
#include <string>
#include <string_view>

namespace entregent::readers {

/// RTF as Outlook packs it ([MS-OXRTFCP]); empty where it is none, as far as it goes where it is damaged, at most
/// limits::document_text_bytes long.
std::string decompressed_rtf(std::string_view bytes);

}  // namespace entregent::readers
