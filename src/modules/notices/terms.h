// What a sentence says beside who, what, when and whom: how many, on which paper, over which window, also when there is nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/notices/notices.h"
#include "modules/notices/parts.h"

namespace anban::notices {

struct Quota {
    std::optional<int> min, max;
    std::string unit, per;  // 篇; month, or empty
};

[[nodiscard]] std::optional<Quota> quota_in(View words);                 // 不少于5篇, 3-5条, 5篇以上
[[nodiscard]] std::vector<std::string> papers_in(View words);            // e-copy, stamped-scan …
[[nodiscard]] bool asks_nil(View words);                                 // 零报告
[[nodiscard]] std::optional<std::string> window_in(View words);          // 上月: last-month
void add_quota(const Quota&, Duty&);                                     // a duty that has no rhythm yet takes the quota's

}  // namespace anban::notices
