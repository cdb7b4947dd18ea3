// What the receiver decides about the owing itself: excused, not applicable, owed again, due later.
#include "modules/filings/deed.h"

namespace anban::filings {
namespace {

Result<RouteNow> decide(Work& work, const Deciding& asked, Deed deed) {
    auto route = take_route(work, asked.route_id, asked.version, deed);
    if (!route) return route.refusal();
    const auto from = route->at.state;
    const Said said{asked.reason, "[]"};
    if (auto no = carry_out(work, *route, deed, said, state_before_release(work.db, *route))) return *no;
    note(work, *route, from, deed, said);
    return now_of(work.db, *route);
}

}  // namespace

State state_before_release(db::Connection& db, const Route& route) {
    if (route.at.state != State::excused && route.at.state != State::not_applicable) return State::expected;
    const auto deed = route.at.state == State::excused ? Deed::excuse : Deed::mark_not_applicable;
    const auto event = store::last_event(db, route.id, deed);
    return event ? event->from : State::expected;
}

Result<RouteNow> excuse(Work& work, const Deciding& asked) { return decide(work, asked, Deed::excuse); }
Result<RouteNow> mark_not_applicable(Work& work, const Deciding& asked) { return decide(work, asked, Deed::mark_not_applicable); }
Result<RouteNow> reinstate(Work& work, const Deciding& asked) { return decide(work, asked, Deed::reinstate); }

Result<RouteNow> extend(Work& work, const Extending& asked) {
    auto route = take_route(work, asked.route_id, asked.version, Deed::extend);
    if (!route) return route.refusal();
    if (auto no = refuse_extension(route->due_at, asked.due)) return *no;
    const auto from = route->at.state;
    const Said said{asked.reason, "[]"};
    route->due_at = asked.due;
    route->due_reason = asked.reason;
    if (auto no = carry_out(work, *route, Deed::extend, said)) return *no;
    note(work, *route, from, Deed::extend, said);
    return now_of(work.db, *route);
}

}  // namespace anban::filings
