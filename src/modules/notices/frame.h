// One verb of reporting with what belongs to it: the stretch of text to its left and right, read into who, what, when, whom.
#pragma once

#include <optional>
#include <vector>

#include "modules/notices/parts.h"

namespace anban::notices {

struct Frame {
    VerbWord verb;
    Span sentence;
    Span left, right;                  // [begin of the frame, verb), [behind the verb, end of the frame)
    std::vector<TimeWord> times;       // those that may limit it, in order
    std::optional<TimeWord> soft;
    std::optional<TimeWord> active;    // a span that it is owed in
    std::vector<std::u32string> materials;
    std::u32string recipient, reporters;
    bool by_office = false;            // the office says what it will do
    bool refers_back = false;          // 上述材料
    bool asked = false;                // 请, 须, 要, 应 …
    bool papers_only = false;          // (只需报送电子版)
    View along;                        // 随月报一并报送: 月报
};

[[nodiscard]] std::vector<Frame> frames_of(View text, Span sentence, const Around&);

}  // namespace anban::notices
