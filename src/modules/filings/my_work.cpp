// What one unit has to do, by when.
#include <algorithm>
#include <map>

#include "modules/filings/deed.h"
#include "modules/filings/draft_parts.h"
#include "modules/filings/lines.h"
#include "modules/items/items.h"
#include "modules/organizations/scope.h"

namespace anban::filings {
namespace {

constexpr std::size_t kMostDone = 20;

bool to_hand_in(const Route& r) { return next(r.at, Deed::hand_in).ok(); }

// How far the draft is: parts that hold something, of those that must.
void count_parts(db::Connection& db, const Filing& filing, WorkLine& line) {
    const auto duty = campaigns::load_duty_version(db, filing.duty_version_id);
    const auto parts = parts_of_draft(store::find_draft(db, filing.id));
    for (const auto& part : campaigns::parts_in(duty->definition, filing.slot)) {
        if (part.optional) continue;
        ++line.parts_asked;
        const auto* held = parts.if_contains(part.id);
        if (held && held->is_object() && !held->as_object().empty()) ++line.parts_done;
    }
}

// Required parts are items with a number to reach, and nothing else: the number says how far the filing is (H5).
std::optional<QuotaLine> quota_of(db::Connection& db, const Filing& filing) {
    const auto duty = campaigns::load_duty_version(db, filing.duty_version_id);
    std::optional<QuotaLine> quota;
    for (const auto& part : campaigns::parts_in(duty->definition, filing.slot)) {
        if (part.optional) continue;
        if (part.kind != campaigns::PartKind::items || !part.quota || !part.quota->min) return std::nullopt;
        quota = QuotaLine{0, *part.quota->min, part.quota->unit, false};
    }
    if (!quota) return std::nullopt;
    quota->count = items::count_handed_in(db, filing.campaign_id, filing.duty, filing.organization_id, filing.window_from, filing.window_to);
    quota->met = quota->count >= quota->min;
    return quota;
}

// A returned filing whose counting receipt is there is neither in time nor late any more, whatever the clock says.
bool to_mend(const WorkLine& line) {
    bool returned = false;
    for (const auto& route : line.routes) {
        const auto counted = route.timeliness.counted;
        if (counted == Punctuality::overdue) return false;
        if (route.state == State::returned && counted != Punctuality::not_yet) returned = true;
    }
    return returned;
}

std::vector<WorkLine>& group_for(MyWork& work, const WorkLine& line, Instant now) {
    if (to_mend(line)) return work.to_mend;
    const auto judged_at = line.quota && !line.due_at ? std::optional(beijing_day_end(line.filing.window_to)) : line.due_at;
    if (!judged_at) return work.later;
    if (*judged_at < now) return work.overdue;
    const auto today = beijing_date(now);
    const auto day = beijing_date(*judged_at);
    if (day == today) return work.today;
    return day <= today + (7 - static_cast<int>(weekday_of(today))) ? work.this_week : work.later;
}

void sort(std::vector<WorkLine>& lines) {
    std::ranges::stable_sort(lines, {}, [](const WorkLine& line) {
        return std::pair(line.due_at.value_or(beijing_day_end(line.filing.window_to)), line.filing.title);
    });
}

}  // namespace

Result<MyWork> my_work(View& view) {
    MyWork work;
    work.now = view.now;
    if (organizations::scope_of(view.actor).reach == organizations::Reach::nothing) return work;
    work.to_review = view.db.count({"filings.count_to_review", R"sql(
        select count(*) from filing_routes where receiver_id = $1 and state = 'submitted'
    )sql"}, {view.actor.organization_id});
    std::map<std::string, std::vector<Route>> by_filing;
    for (auto& route : store::list_routes(view.db, "filings.mine", "and r.organization_id = $1 and r.state not in ('excused', 'not_applicable')",
                                          {view.actor.organization_id}))
        by_filing[route.filing_id].push_back(std::move(route));
    for (const auto& [id, routes] : by_filing) {
        const auto filing = store::find(view.db, id);
        WorkLine line{head_of(view.db, *filing), {}, {}, 0, 0, {}};
        bool open = false, reviewed = false;
        for (const auto& route : routes) {
            line.routes.push_back(line_of(view, line.filing, route));
            if (!to_hand_in(route)) {
                reviewed = reviewed || route.at.state == State::submitted;
                continue;
            }
            open = true;
            // What may be amended was accepted: it is to be done, and nothing of it is overdue.
            if (route.at.amendment == Amendment::granted && route.at.state == State::accepted) continue;
            if (route.due_at && (!line.due_at || *route.due_at < *line.due_at)) line.due_at = route.due_at;
            if (route.at.state == State::returned) ++work.returned;
        }
        if (open) {
            count_parts(view.db, *filing, line);
            line.quota = quota_of(view.db, *filing);
        }
        auto& group = open && !(line.quota && line.quota->met) ? group_for(work, line, view.now) : reviewed ? work.under_review : work.done;
        group.push_back(std::move(line));
    }
    for (auto* group : {&work.to_mend, &work.overdue, &work.today, &work.this_week, &work.later, &work.under_review, &work.done}) sort(*group);
    std::ranges::reverse(work.done);
    if (work.done.size() > kMostDone) work.done.resize(kMostDone);
    return work;
}

}  // namespace anban::filings
