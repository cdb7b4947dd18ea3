// The running text of a docx: a line for each paragraph, a line for each row of a table with its cells set apart by tabs. What is
// deleted but still tracked, fields' codes, heads and feet of pages are left out; numbers that the program counts are not in the file.
//
// Refused: what Archive and XmlReader refuse; "office.not_a_document" where there is no word/document.xml; "office.text_too_long".
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace anban::office {

// `most` bytes of text.
[[nodiscard]] Result<std::string> docx_text(std::string_view bytes, std::size_t most);

[[nodiscard]] bool is_zip(std::string_view bytes);

}  // namespace anban::office
