// What waits for a receiver's decision.
#include "modules/filings/deed.h"
#include "modules/filings/lines.h"
#include "modules/organizations/scope.h"

namespace anban::filings {
namespace {

// The conditions in words of our own; what the client said is bound.
std::string conditions(const View& view, const ReviewQuery& query, db::Values& values) {
    values.emplace_back(view.actor.organization_id);
    std::string where = "and r.receiver_id = $1";
    const auto equal = [&](const char* column, const std::optional<std::string>& wanted) {
        if (!wanted) return;
        values.emplace_back(*wanted);
        where += std::string(" and r.") + column + " = $" + std::to_string(values.size());
    };
    equal("campaign_id", query.campaign);
    equal("duty", query.duty);
    equal("slot", query.slot);
    equal("organization_id", query.organization);
    if (query.amendment) equal("amendment", std::string(codec::enum_name(*query.amendment)));
    else equal("state", std::string(codec::enum_name(query.state.value_or(State::submitted))));
    return where;
}

// "<instant>:<route id>" of the last line; what can not be read begins anew.
void continue_after(const std::optional<std::string>& after, std::string& where, db::Values& values) {
    const auto colon = after ? after->find(':') : std::string::npos;
    if (colon == std::string::npos || colon > 15 || after->find_first_not_of("0123456789") != colon) return;
    values.emplace_back(std::int64_t{std::stoll(after->substr(0, colon))});
    values.emplace_back(after->substr(colon + 1));
    const auto last = std::to_string(values.size());
    const auto first = std::to_string(values.size() - 1);
    where += " and (coalesce(r.received_at, 0), r.id) > ($" + first + ", $" + last + ")";
}

}  // namespace

Result<ReviewPage> list_to_review(View& view, const ReviewQuery& query) {
    const auto limit = query.limit.value_or(50);
    if (limit < 1 || limit > 200) return Refusal{Code::invalid, "body.not_as_declared", {}, {{"/limit", "filing.limit", {}}}, {}};
    ReviewPage page;
    if (organizations::scope_of(view.actor).reach == organizations::Reach::nothing) return page;
    db::Values values;
    auto where = conditions(view, query, values);
    view.db.each_built("filings.count_review", "select count(*) from filing_routes r where 1 = 1 " + where, values,
                       [&](const db::Row& row) { page.total = row.int64(0); });
    continue_after(query.after, where, values);
    where += " order by coalesce(r.received_at, 0), r.id limit " + std::to_string(limit + 1);
    auto routes = store::list_routes(view.db, "filings.review", where, values);
    const bool more = static_cast<std::int64_t>(routes.size()) > limit;
    if (more) routes.pop_back();
    for (const auto& route : routes) {
        const auto submission = store::find_submission_head(view.db, route.submission_id.value_or(""));
        auto head = head_of(view.db, *store::find(view.db, route.filing_id));
        auto line = line_of(view, head, route);
        page.lines.push_back({std::move(head), std::move(line),
                              submission ? std::optional(line_of(*submission)) : std::nullopt});
    }
    if (more) page.next = std::to_string(routes.back().received_at.value_or(Instant{}).ms) + ":" + routes.back().id;
    return page;
}

}  // namespace anban::filings
