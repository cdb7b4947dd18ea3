// Public: how many routes of a receiver stand in which state, kept beside the routes themselves by the engine (migration "route_counts").
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

// Rows that say the same in so many words that they are worth being one: of a slot, or of a unit. For the ticker, which looks, and then
// makes one row of each in a deed of its own; the sums stay, also while routes move.
struct Heap {
    std::string campaign_id, duty, receiver_id;
    std::string slot;             // '' where it is a unit's
    std::string organization_id;  // '' where it is a slot's
};
[[nodiscard]] std::vector<Heap> counts_to_fold(db::Connection&);  // some hundreds at most; what is folded is no heap any more
void fold_counts(db::Connection&, const Heap&);

}  // namespace anban::filings
