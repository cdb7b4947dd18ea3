// The filer takes back what is under review, before anybody decided on it.
#include "core/codec.h"
#include "modules/filings/deed.h"
#include "modules/journal/journal.h"

namespace anban::filings {

Result<std::vector<RouteNow>> withdraw(Work& work, const Withdrawing& asked) {
    const auto filing = take_filing(work, asked.filing_id, asked.version, Deed::withdraw);
    if (!filing) return filing.refusal();
    std::optional<Refusal> first_no;
    std::vector<Route> moved;
    for (auto& route : store::routes_of(work.db, filing->id)) {
        if (asked.route_id && *asked.route_id != route.id) continue;
        if (route.first_complete_at == route.received_at) route.first_complete_at.reset();
        if (auto no = carry_out(work, route, Deed::withdraw)) {
            if (!first_no) first_no = no;
        } else {
            moved.push_back(route);
        }
    }
    if (moved.empty()) return first_no.value_or(unknown_filing());
    json::array routes;
    for (const auto& route : moved) routes.emplace_back(route.id);
    journal::record(work, journal_word(Deed::withdraw), {"filing", filing->id, filing->organization_id}, {{"routes", routes}});
    std::vector<RouteNow> out;
    for (const auto& route : moved) out.push_back(now_of(work.db, route));
    return out;
}

}  // namespace anban::filings
