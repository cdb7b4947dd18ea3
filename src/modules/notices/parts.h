// Who, what and whom, read from a stretch of text around a verb of reporting. All places are of the plain text.
#pragma once

#include <string>
#include <vector>

#include "modules/notices/times.h"
#include "modules/notices/words.h"

namespace anban::notices {

using View = std::u32string_view;

struct Span {
    std::size_t from = 0, to = 0;
    [[nodiscard]] bool empty() const { return from >= to; }
};

[[nodiscard]] View cut(View text, Span);
[[nodiscard]] bool is_break(char32_t);                          // , ; : 。 and the end of a line
[[nodiscard]] std::u32string without_brackets(View);
[[nodiscard]] View trimmed(View words);                         // without 请, 由, 于, 及时 … at either end

// Who must report: the last of those that a clause of the stretch begins with, or that 由 or 请 names. Empty: nobody.
[[nodiscard]] std::u32string subject_in(View text, Span left, const std::vector<TimeWord>& times);

// Names of what is handed over in a phrase: one each, without "本单位的" and the like; what only tells of its shape (以书面形式) is dropped.
[[nodiscard]] std::vector<std::u32string> materials_in(View phrase);

// What an earlier clause of the sentence names: 《…》, the object of 填写 or 编制, a topic.
[[nodiscard]] std::vector<std::u32string> materials_before(View text, Span left);
// What a report is about that names no paper: 发现重大隐患的, 遇有险情时. Empty: nothing happened.
[[nodiscard]] std::vector<std::u32string> what_happened(View text, Span left);

// The receiver at the end of a phrase, with the brackets that belong to its name: 县(市、区)安办.
[[nodiscard]] std::u32string receiver_in(View phrase);

}  // namespace anban::notices
