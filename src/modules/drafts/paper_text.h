// Public: the text of a notice as it arrives: a text in UTF-8 or GB18030, docx, pdf with a text layer, doc, wps, html, or the
// sheets of an xlsx annex as lines with tabs. What it is is told by its bytes.
//
// Refused: notice.empty; notice.no_text {name} (a picture, RTF); notice.too_large {file} (over 1 MB of text); what the readers
// of platform/office refuse.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace anban::drafts {

// Waits for other programs: never inside a transaction.
[[nodiscard]] Result<std::string> text_of_paper(const std::string& name, std::string_view bytes);

}  // namespace anban::drafts
