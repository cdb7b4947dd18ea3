// Unlocking an accepted version: asked with a reason by the filer, granted or refused by another person on the receiver's
// side. The accepted version stays the authoritative one until the amended one is accepted (anchor-failures 13).
#include "modules/filings/deed.h"

namespace anban::filings {
namespace {

Result<RouteNow> decide(Work& work, const Deciding& asked, Deed deed) {
    auto route = take_route(work, asked.route_id, asked.version, deed);
    if (!route) return route.refusal();
    if (const auto request = store::last_event(work.db, route->id, Deed::ask_amendment); request && deed != Deed::ask_amendment)
        if (auto no = refuse_own_work(deed, work.actor.person_id, request->person_id)) return *no;
    const auto from = route->at.state;
    const Said said{asked.reason, "[]"};
    if (auto no = carry_out(work, *route, deed, said)) return *no;
    note(work, *route, from, deed, said);
    return now_of(work.db, *route);
}

}  // namespace

Result<RouteNow> ask_amendment(Work& work, const Deciding& asked) { return decide(work, asked, Deed::ask_amendment); }
Result<RouteNow> grant_amendment(Work& work, const Deciding& asked) { return decide(work, asked, Deed::grant_amendment); }
Result<RouteNow> refuse_amendment(Work& work, const Deciding& asked) { return decide(work, asked, Deed::refuse_amendment); }

}  // namespace anban::filings
