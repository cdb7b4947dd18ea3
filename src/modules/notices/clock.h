// Hours and weekdays as notices write them. Each takes what it finds and moves on, or moves nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/notices/scan.h"

namespace anban::notices {

[[nodiscard]] std::string hour_text(int minute);
bool take_limit(Scan&);      // 前, 之前, 内, 止 …
bool take_separator(Scan&);  // 、 和 及 …
std::optional<int> hour_at(Scan&);       // 上午9时30分, 17:00, 上午下班: minutes of the day
std::vector<int> hours_at(Scan&);
const char* weekday_at(Scan&);           // MON …; nullptr: none

}  // namespace anban::notices
