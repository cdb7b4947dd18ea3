// The running text of papers that we do not read ourselves, by Debian's own programs: pdf with a text layer (poppler-utils), the old
// doc and wps (catdoc), html (w3m). Each runs in a process of its own on the bytes alone, from memory, with five
// seconds of processor, 1 GB of memory and no file to write (w3m: 32 MB): what a hostile paper breaks there is not the server.
//
// Refused: "office.no_program" {program}; "office.not_readable" (damaged, locked, too slow, or a scan without text);
// "office.text_too_long".
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace anban::office {

enum class Foreign { pdf, word, html };

// UTF-8, at most `most` bytes. Waits for the other program: never inside a transaction.
[[nodiscard]] Result<std::string> foreign_text(std::string_view bytes, Foreign, std::size_t most);

}  // namespace anban::office
