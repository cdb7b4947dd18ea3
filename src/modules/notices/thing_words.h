// The closed classes of words that the readers of things go by. Private to the folder.
#pragma once

#include "modules/notices/parts.h"

namespace anban::notices {

// What a heading announces.
[[nodiscard]] bool announces_steps(View title);       // 实施步骤, 时间安排
[[nodiscard]] bool announces_tasks(View title);       // 重点任务, 活动内容, 整治重点
[[nodiscard]] bool announces_evaluation(View title);  // 评估要点, 验收标准

// Roles of a leading group, the longest that begins here: 常务副组长. Empty: none.
[[nodiscard]] View role_at(View text, std::size_t at);
[[nodiscard]] bool ends_as_post(View words);          // 局长, 党组成员, 主要负责人
[[nodiscard]] std::size_t post_end_in(View words);    // behind the last word of a post; 0: none
// How many characters at the beginning are a person's name that ran into what follows: 张某某副市长 3. 0: none.
[[nodiscard]] std::size_t name_before_post(View words);
// Two to four characters by themselves, or a name with a point in it; no post and no office.
[[nodiscard]] bool may_be_name(View word);

[[nodiscard]] bool is_event(View clause);             // 召开, 验收, 启动 … what happens on a day
[[nodiscard]] bool cites(View behind_day);            // 印发的, 发布的: the day of another paper
[[nodiscard]] std::vector<View> split_sectors(View words);  // 燃气非煤矿山工贸, where the marks were lost

}  // namespace anban::notices
