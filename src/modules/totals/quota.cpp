#include "modules/totals/quota.h"

#include "modules/campaigns/campaigns.h"

namespace anban::totals {
namespace {

std::optional<std::int64_t> least_of(db::Connection& db, const std::string& campaign_id, const std::string& duty) {
    const auto version = campaigns::current_duty(db, campaign_id, duty);
    std::optional<std::int64_t> least;
    if (!version) return least;
    for (const auto& part : version->definition.parts) {
        if (part.optional) continue;
        if (part.kind != campaigns::PartKind::items || !part.quota || !part.quota->min) return std::nullopt;
        least = part.quota->min;
    }
    return least;
}

}  // namespace

std::optional<Quota> quota_of(db::Connection& db, const std::string& campaign_id, const std::string& duty, const std::vector<MatrixWindow>& windows) {
    const auto least = least_of(db, campaign_id, duty);
    if (!least) return std::nullopt;
    Quota quota{*least, {}};
    for (const auto& window : windows)
        db.each({"totals.quota", R"sql(
            select organization_id, count(*)
            from items
            where campaign_id = $1 and duty = $2 and state = 'handed_in' and handed_in_at >= $3 and handed_in_at <= $4
            group by organization_id
        )sql"}, {campaign_id, duty, beijing_instant(window.window_from).ms, beijing_day_end(window.window_to).ms},
                [&](const db::Row& row) { quota.counts[window.slot][row.string(0)] = row.int64(1); });
    return quota;
}

Reading reading_by(const Quota& quota, Reading reading, const std::string& slot, CivilDate window_to, const std::string& organization_id, Instant now) {
    if (reading != Reading::expected && reading != Reading::overdue) return reading;
    const auto window = quota.counts.find(slot);
    if (window != quota.counts.end())
        if (const auto count = window->second.find(organization_id); count != window->second.end() && count->second >= quota.min) return Reading::accepted;
    return beijing_day_end(window_to) < now ? Reading::overdue : reading;
}

}  // namespace anban::totals
