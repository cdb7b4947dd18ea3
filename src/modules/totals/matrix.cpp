#include "modules/totals/matrix.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/codec.h"
#include "modules/campaigns/campaigns.h"
#include "modules/totals/matrix_side.h"
#include "modules/totals/quota.h"

namespace anban::totals {
namespace {

using filings::RouteCount;
using filings::State;

constexpr int kSpread = 31;  // days by which windows of one slot may differ

struct Rower {
    std::string organization_id;
    std::string name;
    std::string level;
};

std::optional<Instant> instant(const db::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Instant{row.int64(column)};
}

void count(MatrixWindow& window, Reading reading, std::int64_t routes) {
    switch (reading) {
        case Reading::accepted: window.accepted += routes; break;
        case Reading::submitted: window.submitted += routes; break;
        case Reading::returned: window.returned += routes; break;
        case Reading::expected: window.expected += routes; break;
        case Reading::overdue: window.overdue += routes; break;
        case Reading::excused: window.excused += routes; return;
        case Reading::not_applicable: window.not_applicable += routes; return;
    }
    window.owed += routes;
}

// What somebody sees who sees a part. Answered by the index filing_routes_matrix alone: every column that is named here stands in it.
std::vector<RouteCount> counts_in_part(View& view, const Side& side, const std::string& narrowed, const db::Values& values) {
    const std::string counted = side.counts == filings::Counts::accepted_version ? "r.accepted_received_at" : "r.first_complete_at";
    std::vector<RouteCount> found;
    view.db.each_built("matrix.counts", "select r.slot, r.window_from, r.window_to, r.state, r.due_at, count(*), count(case when " + counted +
        R"sql( > r.due_at then 1 end), count(case when r.nil <> 0 then 1 end)
        from filing_routes r
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3)sql" + narrowed + R"sql(
        group by r.slot, r.window_from, r.window_to, r.state, r.due_at
    )sql", values, [&](const db::Row& row) {
        found.push_back({row.string(0), parse_date(row.text(1)).value(), parse_date(row.text(2)).value(), *codec::enum_from<State>(row.text(3)),
                         instant(row, 4), row.int64(5), row.int64(6), row.int64(7)});
    });
    return found;
}

std::vector<RouteCount> counts_of(View& view, const Side& side) {
    db::Values values{side.campaign_id, side.duty, side.receiver_id};
    const auto narrowed = side.narrowed_routes(values);
    if (narrowed.empty()) return filings::route_counts(view.db, side.campaign_id, side.duty, side.receiver_id, side.counts);
    return counts_in_part(view, side, narrowed, values);
}

std::vector<MatrixWindow> windows_of(View& view, const Side& side, const MatrixQuery& query) {
    std::map<std::string, MatrixWindow> by_slot;
    // A unit that left keeps the window and the due that it had; what is owed speaks for the slot, and most of it.
    using Shown = std::tuple<std::optional<Instant>, CivilDate, CivilDate>;
    std::map<std::string, std::map<Shown, std::pair<std::int64_t, std::int64_t>>> weights;  // owed, all
    for (const auto& alike : counts_of(view, side)) {
        auto& window = by_slot[alike.slot];
        window.slot = alike.slot;
        const auto reading = reading_of(alike.state, alike.due_at, view.now);
        auto& [owed, all] = weights[alike.slot][{alike.due_at, alike.window_from, alike.window_to}];
        if (reading != Reading::not_applicable && reading != Reading::excused) owed += alike.routes;
        all += alike.routes;
        count(window, reading, alike.routes);
        window.late += alike.late;
        window.nil += alike.nil;
    }
    std::vector<MatrixWindow> windows;
    for (auto& [slot, window] : by_slot) {
        const auto most = std::ranges::max_element(weights[slot], {}, [](const auto& one) { return one.second; });
        std::tie(window.due_at, window.window_from, window.window_to) = most->first;
        if ((query.from && window.window_to < *query.from) || (query.to && *query.to < window.window_to)) continue;
        window.rate = rate_text(window.accepted + window.submitted, window.owed);
        windows.push_back(std::move(window));
    }
    std::ranges::sort(windows, {}, [](const MatrixWindow& w) { return std::tuple(w.window_to, w.window_from, w.slot); });
    if (!query.from && windows.size() > 52) windows.erase(windows.begin(), windows.end() - 52);
    return windows;
}

// The counts of a duty with a number to reach, after the number was asked.
void judge_by(View& view, const Side& side, const Quota& quota, std::vector<MatrixWindow>& windows) {
    db::Values values{side.campaign_id, side.duty, side.receiver_id};
    const auto narrowed = side.narrowed_routes(values);
    std::map<std::string, MatrixWindow*, std::less<>> by_slot;
    for (auto& window : windows) by_slot[window.slot] = &window;
    view.db.each_built("matrix.open_routes", R"sql(
        select r.slot, r.state, r.due_at, r.organization_id
        from filing_routes r
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.state in ('expected', 'draft', 'withdrawn'))sql" + narrowed,
        values, [&](const db::Row& row) {
        const auto window = by_slot.find(row.text(0));
        if (window == by_slot.end()) return;
        auto& counts = *window->second;
        const auto before = reading_of(*codec::enum_from<State>(row.text(1)), instant(row, 2), view.now);
        count(counts, before, -1);
        count(counts, reading_by(quota, before, counts.slot, counts.window_to, row.string(3), view.now), 1);
    });
    for (auto& window : windows) window.rate = rate_text(window.accepted + window.submitted, window.owed);
}

std::vector<Rower> rowers_of(View& view, const std::vector<std::string>& units) {
    if (units.empty()) return {};
    std::map<std::string, Rower, std::less<>> named;
    db::Values values;
    const auto list = listed(units, values);
    view.db.each_built("matrix.names", "select id, name, level from organizations where id in (" + list + ")", values, [&](const db::Row& row) {
        named[row.string(0)] = {row.string(0), row.string(1), row.string(2)};
    });
    std::vector<Rower> out;
    for (const auto& unit : units) out.push_back(std::move(named[unit]));
    return out;
}

MatrixCell read_cell(const db::Row& row, Instant now, filings::Counts counts) {
    MatrixCell cell;
    cell.slot = row.string(0);
    cell.route_id = row.string(1);
    cell.filing_id = row.string(2);
    cell.state = *codec::enum_from<State>(row.text(3));
    cell.due_at = instant(row, 4);
    cell.first_received_at = instant(row, 5);
    cell.reading = reading_of(cell.state, cell.due_at, now);
    cell.timeliness = filings::judge_route(
        cell.due_at, {cell.first_received_at, row.int64(6) != 0, instant(row, 7), instant(row, 8)}, now, counts);
    cell.nil = row.int64(9) != 0;
    cell.partial = row.int64(10) != 0;
    cell.restated = row.int64(11) != 0;
    return cell;
}

// Judged, and in time: by the due and the receipt that counts; a number to reach by the window's end.
std::pair<bool, bool> verdict_on(const MatrixCell& cell, bool by_quota) {
    if (by_quota && cell.timeliness.counted == filings::Punctuality::no_due)
        return {cell.reading == Reading::accepted || cell.reading == Reading::overdue, cell.reading == Reading::accepted};
    const auto counted = cell.timeliness.counted;
    const bool on_time = counted == filings::Punctuality::on_time;
    return {on_time || counted == filings::Punctuality::late || counted == filings::Punctuality::overdue, on_time};
}

using CellsByUnit = std::map<std::string, std::vector<MatrixCell>, std::less<>>;

// The cells of some units in one question. One slot's windows may end on different days once a pack was changed: the slot decides, the
// days only narrow the search. Without the order SQLite would search through the receiver's routes of all units.
void add_cells(View& view, const Side& side, const std::vector<std::string>& units, bool in_part, const std::vector<MatrixWindow>& windows, CellsByUnit& out) {
    if (units.empty() || windows.empty()) return;
    std::set<std::string, std::less<>> slots;
    for (const auto& window : windows) slots.insert(window.slot);
    db::Values values{side.campaign_id, side.duty, side.receiver_id, format_date(windows.front().window_to - kSpread),
                      format_date(windows.back().window_to + kSpread)};
    const auto list = listed(units, values);
    const auto narrowed = in_part ? side.narrowed_routes(values) : std::string();
    view.db.each_built("matrix.cells", R"sql(
        select r.slot, r.id, r.filing_id, r.state, r.due_at, r.first_received_at, r.first_was_empty, r.first_complete_at,
               r.accepted_received_at, r.nil, r.partial, r.restated, r.organization_id
        from filing_routes r
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.window_to >= $4 and r.window_to <= $5
          and r.organization_id in ()sql" + list + ")" + narrowed + R"sql(
        order by r.organization_id
    )sql", values, [&](const db::Row& row) {
        if (slots.contains(row.text(0))) out[row.string(12)].push_back(read_cell(row, view.now, side.counts));
    });
}

// Whoever is seen presently is seen with all that it handed in; of another, what its days allow.
CellsByUnit cells_of(View& view, const Side& side, const std::vector<Rower>& page, const std::vector<MatrixWindow>& windows) {
    std::vector<std::string> whole, in_part;
    for (const auto& rower : page)
        (side.sees_presently(view.db, rower.organization_id) ? whole : in_part).push_back(rower.organization_id);
    CellsByUnit out;
    add_cells(view, side, whole, false, windows, out);
    add_cells(view, side, in_part, true, windows, out);
    std::map<std::string_view, std::size_t> place;  // each row's cells stand as the windows do
    for (std::size_t i = 0; i < windows.size(); ++i) place.emplace(windows[i].slot, i);
    for (auto& [unit, cells] : out) std::ranges::sort(cells, {}, [&](const MatrixCell& cell) { return place.at(cell.slot); });
    return out;
}

MatrixRow row_of(View& view, const Rower& rower, std::vector<MatrixCell> cells, const std::vector<MatrixWindow>& windows, const std::optional<Quota>& quota) {
    MatrixRow out{rower.organization_id, rower.name, rower.level, std::move(cells), 0, 0, {}};
    if (quota)
        for (auto& cell : out.cells) {
            const auto window = std::ranges::find(windows, cell.slot, &MatrixWindow::slot);
            cell.reading = reading_by(*quota, cell.reading, cell.slot, window->window_to, rower.organization_id, view.now);
        }
    for (const auto& cell : out.cells) {
        const auto [judged, on_time] = verdict_on(cell, quota.has_value());
        if (!judged || cell.reading == Reading::excused || cell.reading == Reading::not_applicable) continue;
        ++out.judged;
        if (on_time) ++out.in_time;
    }
    out.in_time_rate = rate_text(out.in_time, out.judged);
    return out;
}

std::string slot_to_name(const MatrixQuery& query, const std::vector<MatrixWindow>& windows, Instant now) {
    if (query.slot) return *query.slot;
    std::string chosen = windows.empty() ? std::string() : windows.front().slot;
    for (const auto& window : windows)
        if (window.due_at ? beijing_date(*window.due_at) <= beijing_date(now) : window.window_to <= beijing_date(now)) chosen = window.slot;
    return chosen;
}

std::vector<Missing> missing_of(View& view, const Side& side, const std::string& slot, const std::optional<Quota>& quota, CivilDate window_to) {
    db::Values values{side.campaign_id, side.duty, side.receiver_id, slot};
    const auto narrowed = side.narrowed_routes(values);
    std::vector<Missing> out;
    view.db.each_built("matrix.missing", R"sql(
        select r.organization_id, o.name, r.id, r.filing_id, r.state, r.due_at
        from filing_routes r
        join organizations o on o.id = r.organization_id
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.slot = $4
          and r.state in ('expected', 'draft', 'withdrawn', 'returned'))sql" + narrowed + R"sql(
        order by o.sort_order, o.id
    )sql", values, [&](const db::Row& row) {
        const auto state = *codec::enum_from<State>(row.text(4));
        auto reading = reading_of(state, instant(row, 5), view.now);
        if (quota) reading = reading_by(*quota, reading, slot, window_to, row.string(0), view.now);
        if (reading == Reading::accepted) return;
        out.push_back({row.string(0), row.string(1), row.string(2), row.string(3), reading, state, instant(row, 5)});
    });
    return out;
}

std::string duty_title(View& view, const std::string& campaign_id, const std::string& duty) {
    const auto definition = json::parse(first_text(view.db, {"matrix.duty", R"sql(
        select definition from duty_versions where campaign_id = $1 and duty = $2 order by number desc limit 1
    )sql"}, {campaign_id, duty}));
    const auto* title = definition && definition->is_object() ? definition->get_object().if_contains("title") : nullptr;
    return title && title->is_string() ? std::string(title->get_string()) : duty;
}

}  // namespace

Reading reading_of(State state, std::optional<Instant> due_at, Instant now) {
    switch (state) {
        case State::accepted: return Reading::accepted;
        case State::submitted: return Reading::submitted;
        case State::returned: return Reading::returned;
        case State::excused: return Reading::excused;
        case State::not_applicable: return Reading::not_applicable;
        case State::expected:
        case State::draft:
        case State::withdrawn: return due_at && *due_at < now ? Reading::overdue : Reading::expected;
    }
    return Reading::expected;
}

std::string rate_text(std::int64_t part, std::int64_t whole) {
    if (whole <= 0) return "—";
    const auto tenths = (part * 2000 + whole) / (2 * whole);
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10);
}

Result<Matrix> read_matrix(View& view, const std::string& campaign_id, const MatrixQuery& query) {
    const int limit = query.limit.value_or(50);
    if (limit < 1 || limit > 200) return Refusal{Code::invalid, "totals.limit", {{"most", "200"}}, {}, {}};
    const auto side = side_of(view, campaign_id, query);
    if (!side) return side.refusal();

    Matrix matrix;
    matrix.campaign_id = campaign_id;
    matrix.duty = query.duty;
    matrix.duty_title = duty_title(view, campaign_id, query.duty);
    matrix.receiver_id = side->receiver_id;
    matrix.receiver_name = first_text(view.db, {"matrix.receiver_name", "select name from organizations where id = $1"}, {side->receiver_id});
    matrix.windows = windows_of(view, *side, query);
    const auto quota = quota_of(view.db, campaign_id, query.duty, matrix.windows);
    if (quota) judge_by(view, *side, *quota, matrix.windows);
    const auto& units = side->units;
    matrix.row_count = static_cast<std::int64_t>(units.size());
    const auto begin = std::clamp<std::int64_t>(query.after.value_or(0), 0, matrix.row_count);
    const auto end = std::min<std::int64_t>(begin + limit, matrix.row_count);
    const auto page = rowers_of(view, {units.begin() + begin, units.begin() + end});
    auto cells = cells_of(view, *side, page, matrix.windows);
    for (const auto& rower : page) matrix.rows.push_back(row_of(view, rower, std::move(cells[rower.organization_id]), matrix.windows, quota));
    if (end < matrix.row_count) matrix.next = end;
    matrix.missing_slot = slot_to_name(query, matrix.windows, view.now);
    const auto named = std::ranges::find(matrix.windows, matrix.missing_slot, &MatrixWindow::slot);
    matrix.missing = missing_of(view, *side, matrix.missing_slot, quota, named == matrix.windows.end() ? beijing_date(view.now) : named->window_to);
    return matrix;
}

}  // namespace anban::totals
