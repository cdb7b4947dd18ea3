#include "modules/totals/matrix_side.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "modules/campaigns/campaigns.h"

namespace anban::totals {
namespace {

constexpr std::size_t kFewUnits = 200;

Refusal not_here(const std::string& campaign_id, const std::string& duty) {
    return {Code::not_found, "totals.nothing_here", {{"campaign", campaign_id}, {"duty", duty}}, {}, {}};
}

// Whose matrix it is: asked for, or the own organization's where it receives, or that of whom it hands in to.
std::string receiver_of(View& view, const std::string& campaign_id, const MatrixQuery& query) {
    if (query.receiver) return *query.receiver;
    const auto own = first_text(view.db, {"matrix.own_receiver", R"sql(
        select receiver_id from route_units where campaign_id = $1 and duty = $2 and receiver_id = $3 group by receiver_id having sum(routes) > 0
    )sql"}, {campaign_id, query.duty, view.actor.organization_id});
    if (!own.empty()) return own;
    const auto above = first_text(view.db, {"matrix.receiver_above", R"sql(
        select receiver_id from filing_routes where campaign_id = $1 and duty = $2 and organization_id = $3 limit 1
    )sql"}, {campaign_id, query.duty, view.actor.organization_id});
    if (!above.empty()) return above;
    return first_text(view.db, {"matrix.office", "select office from campaigns where id = $1"}, {campaign_id});
}

filings::Counts lateness_of(db::Connection& db, const std::string& campaign_id, const std::string& duty) {
    const auto version = campaigns::current_duty(db, campaign_id, duty);
    const bool accepted = version && version->definition.lateness == campaigns::LatenessBy::accepted;
    return accepted ? filings::Counts::accepted_version : filings::Counts::first_complete;
}

// Who ever owed the receiver something in this duty.
std::unordered_set<std::string> who_owed(db::Connection& db, const Side& side) {
    std::unordered_set<std::string> out;
    db.each({"matrix.who_owed", R"sql(
        select organization_id from route_units where campaign_id = $1 and duty = $2 and receiver_id = $3
        group by organization_id having sum(routes) > 0
    )sql"}, {side.campaign_id, side.duty, side.receiver_id}, [&](const db::Row& row) { out.insert(row.string(0)); });
    return out;
}

// Who has a row, in official order, each by the first place that it ever had.
std::vector<std::string> units_of(View& view, const Side& side) {
    db::Values values{side.campaign_id, side.receiver_id};
    const auto narrowed = side.narrowed(values);
    const auto owed = who_owed(view.db, side);
    std::unordered_map<std::string, std::int64_t> places;
    view.db.each_built("matrix.rows", R"sql(
        select r.organization_id, r.sort_order
        from (select organization_id, receiver_id, sort_order, valid_from as window_from, coalesce(valid_to, '9999-12-30') as window_to
              from campaign_reporters
              where campaign_id = $1 and receiver_id = $2) r
        where 1 = 1)sql" + narrowed, values, [&](const db::Row& row) {
        auto unit = row.string(0);
        if (!owed.contains(unit)) return;
        const auto [found, is_new] = places.try_emplace(std::move(unit), row.int64(1));
        if (!is_new) found->second = std::min(found->second, row.int64(1));
    });
    std::vector<std::pair<std::int64_t, std::string>> placed;
    for (const auto& [unit, place] : places) placed.emplace_back(place, unit);
    std::ranges::sort(placed);
    std::vector<std::string> out;
    for (auto& [place, unit] : placed) out.push_back(std::move(unit));
    return out;
}

}  // namespace

std::string listed(const std::vector<std::string>& ids, db::Values& values) {
    std::string list;
    for (const auto& id : ids) {
        values.emplace_back(id);
        list += (list.empty() ? "$" : ", $") + std::to_string(values.size());
    }
    return list;
}

std::string first_text(db::Connection& db, const db::Sql& sql, const db::Values& values) {
    std::string found;
    db.each(sql, values, [&](const db::Row& row) { if (found.empty()) found = row.string(0); });
    return found;
}

bool Side::sees_presently(db::Connection& db, const std::string& organization_id) const {
    return whole || organizations::in_scope(db, scope, organization_id, campaign_id, organizations::kPresently);
}

std::string Side::narrowed(db::Values& values) const {
    if (whole) return {};
    const auto of = [&](const char* column) { return organizations::data_filter(scope, {column, "$1", "r.window_from", "r.window_to"}, values); };
    const auto handed_in = of("r.organization_id");
    return once ? " and (" + handed_in + " or " + of("r.receiver_id") + ")" : " and " + handed_in;
}

std::string Side::narrowed_routes(db::Values& values) const {
    if (whole) return {};
    if (units.empty()) return " and 1 = 0";
    const auto few = units.size() <= kFewUnits ? " and r.window_to >= '' and r.organization_id in (" + listed(units, values) + ")" : std::string();
    return few + narrowed(values);
}

Result<Side> side_of(View& view, const std::string& campaign_id, const MatrixQuery& query) {
    Side side{campaign_id, query.duty, receiver_of(view, campaign_id, query), false, false, lateness_of(view.db, campaign_id, query.duty),
              organizations::scope_of(view.actor), {}};
    side.whole = organizations::in_scope(view.db, side.scope, side.receiver_id, campaign_id, organizations::kPresently);
    side.once = organizations::in_scope(view.db, side.scope, side.receiver_id, campaign_id, organizations::kEver);
    side.units = units_of(view, side);
    db::Values values{campaign_id, query.duty, side.receiver_id};
    const auto narrowed = side.narrowed_routes(values);
    bool any = false;
    view.db.each_built("matrix.anything", "select 1 from filing_routes r where r.campaign_id = $1 and r.duty = $2 and "
                       "r.receiver_id = $3" + narrowed + " limit 1", values, [&](const db::Row&) { any = true; });
    if (!any) return not_here(campaign_id, query.duty);
    return side;
}

}  // namespace anban::totals
