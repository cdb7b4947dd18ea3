// How many routes of a receiver stand in which state, kept beside the routes themselves by the engine (migration "route_counts").
// A row is a change; their sum is exact at every moment, also between two deeds that run at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/filings/rules.h"
#include "platform/db/database.h"

namespace anban::filings {

// The routes of one slot that stand alike.
struct RouteCount {
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    State state = State::expected;
    std::optional<Instant> due_at;
    std::int64_t routes = 0;
    std::int64_t late = 0;  // by the receipt that the duty counts
    std::int64_t nil = 0;
};

// Of all routes of the receiver, whoever may see them: the caller has asked that.
[[nodiscard]] std::vector<RouteCount> route_counts(db::Connection&, std::string_view campaign_id, std::string_view duty,
                                                   std::string_view receiver_id, Counts);

// Makes one row of the many that say the same, so that few are read; the sums stay. For the ticker, where the first says so.
[[nodiscard]] bool wants_folding(db::Connection&);
void fold_route_counts(db::Connection&);

}  // namespace anban::filings
