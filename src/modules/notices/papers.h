// Where one file holds several papers, where each begins and ends: a cover letter and the plan that it sends along, notices pasted
// together. Private to the folder.
#pragma once

#include <vector>

#include "modules/notices/parts.h"
#include "modules/notices/text.h"

namespace anban::notices {

struct PaperSpan {
    Span span;             // of the plain text; together they cover it
    View title;            // of the plain text; empty: none stands on a line of its own
    bool attached = false; // has no number, addressees or signature of its own: what the paper before it says holds for it too
};

// At least one; the longest text is cut into no more than kMostPapers.
[[nodiscard]] std::vector<PaperSpan> papers_of(const Text&);
inline constexpr std::size_t kMostPapers = 60;

}  // namespace anban::notices
