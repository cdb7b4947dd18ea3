// The closed classes of words that the reader goes by: verbs of reporting, heads of materials, heads of offices.
#pragma once

#include <vector>

#include "modules/notices/scan.h"

namespace anban::notices {

struct VerbWord {
    std::size_t from = 0, to = 0;
    bool plain = false;   // 报, 交, 送 … alone
    bool loose = false;   // 提供, 说明, 通报 …: a report only where somebody gets it, or by a deadline
    bool copies = false;  // 抄送, 抄报: another receiver of the same
};

// Verbs of reporting in [from, to), not inside 《》 and not inside a longer word (举报, 专报, 报表 …).
[[nodiscard]] std::vector<VerbWord> verbs_in(std::u32string_view text, std::size_t from, std::size_t to);

[[nodiscard]] bool ends_as_material(std::u32string_view words);   // 总结, 台账, 统计表 …
[[nodiscard]] bool ends_as_office(std::u32string_view words);     // 局, 安委办, 邮箱, 平台 …
[[nodiscard]] bool names_reporters(std::u32string_view words);    // 各县区, 各有关单位, 市直部门 …

// What was joined by 、 和 及 与 以及, outside of 《》 and brackets.
[[nodiscard]] std::vector<std::u32string_view> listed(std::u32string_view words);

}  // namespace anban::notices
