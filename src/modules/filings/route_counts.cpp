#include "modules/filings/route_counts.h"

#include <array>
#include <map>

#include "core/codec.h"

namespace anban::filings {
namespace {

constexpr std::int64_t kSpare = 8;  // rows more than needed that nobody notices

using Key = std::array<std::string, 3>;    // window_from, window_to, state
using Sums = std::array<std::int64_t, 4>;  // routes, late, late_accepted, nil

// What is taken away is what is put back: rows that come meanwhile are neither.
void fold_slot(db::Connection& db, const Heap& of) {
    std::map<std::pair<Key, std::optional<std::int64_t>>, Sums> sums;
    db.each({"filings.take_counts", R"sql(
        delete from route_counts
        where campaign_id = $1 and duty = $2 and receiver_id = $3 and slot = $4
        returning window_from, window_to, state, due_at, routes, late, late_accepted, nil
    )sql"}, {of.campaign_id, of.duty, of.receiver_id, of.slot}, [&](const db::Row& row) {
        auto& sum = sums[{{row.string(0), row.string(1), row.string(2)}, row.optional_int64(3)}];
        for (int i = 0; i < 4; ++i) sum[static_cast<std::size_t>(i)] += row.int64(4 + i);
    });
    for (const auto& [key, sum] : sums) {
        if (sum == Sums{}) continue;
        const auto& [words, due_at] = key;
        db.run({"filings.put_counts", R"sql(
            insert into route_counts (campaign_id, duty, receiver_id, slot, window_from, window_to, state, due_at, routes, late, late_accepted, nil)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        )sql"}, {of.campaign_id, of.duty, of.receiver_id, of.slot, words[0], words[1], words[2], db::or_null(due_at), sum[0], sum[1], sum[2], sum[3]});
    }
}

void fold_unit(db::Connection& db, const Heap& of) {
    std::int64_t routes = 0;
    db.each({"filings.take_units", R"sql(
        delete from route_units
        where campaign_id = $1 and duty = $2 and receiver_id = $3 and organization_id = $4
        returning routes
    )sql"}, {of.campaign_id, of.duty, of.receiver_id, of.organization_id}, [&](const db::Row& row) { routes += row.int64(0); });
    if (routes == 0) return;
    db.run({"filings.put_units", R"sql(
        insert into route_units (campaign_id, duty, receiver_id, organization_id, routes) values ($1, $2, $3, $4, $5)
    )sql"}, {of.campaign_id, of.duty, of.receiver_id, of.organization_id, routes});
}

}  // namespace

std::vector<RouteCount> route_counts(db::Connection& db, std::string_view campaign_id, std::string_view duty, std::string_view receiver_id, Counts counts) {
    std::vector<RouteCount> found;
    db.each({"filings.route_counts", R"sql(
        select slot, window_from, window_to, state, due_at, cast(sum(routes) as bigint), cast(sum(late) as bigint),
               cast(sum(late_accepted) as bigint), cast(sum(nil) as bigint)
        from route_counts
        where campaign_id = $1 and duty = $2 and receiver_id = $3
        group by slot, window_from, window_to, state, due_at
        having sum(routes) > 0
    )sql"}, {std::string(campaign_id), std::string(duty), std::string(receiver_id)}, [&](const db::Row& row) {
        const auto due = row.optional_int64(4);
        found.push_back({row.string(0), parse_date(row.text(1)).value(), parse_date(row.text(2)).value(), codec::enum_from<State>(row.text(3)).value(),
                         due ? std::optional(Instant{*due}) : std::nullopt, row.int64(5),
                         row.int64(counts == Counts::accepted_version ? 7 : 6), row.int64(8)});
    });
    return found;
}

std::vector<Heap> counts_to_fold(db::Connection& db) {
    std::vector<Heap> found;
    db.each({"filings.slots_to_fold", R"sql(
        select campaign_id, duty, receiver_id, slot
        from route_counts
        group by campaign_id, duty, receiver_id, slot
        having count(*) > $1 + 2 * count(distinct window_from || window_to || state || cast(coalesce(due_at, -1) as text))
        limit 200
    )sql"}, {kSpare}, [&](const db::Row& row) { found.push_back({row.string(0), row.string(1), row.string(2), row.string(3), {}}); });
    db.each({"filings.units_to_fold", R"sql(
        select campaign_id, duty, receiver_id, organization_id
        from route_units
        group by campaign_id, duty, receiver_id, organization_id
        having count(*) > $1
        limit 200
    )sql"}, {kSpare}, [&](const db::Row& row) { found.push_back({row.string(0), row.string(1), row.string(2), {}, row.string(3)}); });
    return found;
}

void fold_counts(db::Connection& db, const Heap& heap) {
    if (heap.slot.empty()) fold_unit(db, heap);
    else fold_slot(db, heap);
}

}  // namespace anban::filings
