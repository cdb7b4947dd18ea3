// Duties that are nothing but items with a number to reach (H5): the number says how a filing reads, not its state. Reached: done
// (accepted), without anybody's acceptance. Not reached: expected until the window ends, overdue from then on. Inside this module.
#pragma once

#include <map>

#include "modules/totals/matrix.h"

namespace anban::totals {

struct Quota {
    std::int64_t min = 0;
    std::map<std::string, std::map<std::string, std::int64_t, std::less<>>, std::less<>> counts;  // by slot, organization: handed in and not returned
};

// nullopt: the duty's present version asks for more than a number of items.
[[nodiscard]] std::optional<Quota> quota_of(db::Connection&, const std::string& campaign_id, const std::string& duty,
                                            const std::vector<MatrixWindow>&);

// As the number has it; a filing that was handed in, returned, excused or is not applicable keeps its reading.
[[nodiscard]] Reading reading_by(const Quota&, Reading, const std::string& slot, CivilDate window_to, const std::string& organization_id, Instant now);

}  // namespace anban::totals
