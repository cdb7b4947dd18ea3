#include "modules/filings/deed.h"

#include "core/codec.h"
#include "modules/journal/journal.h"
#include "modules/organizations/scope.h"

namespace anban::filings {

Seat seat_of(const Actor& actor, const Route& route) {
    if (actor.organization_id == route.organization_id) return Seat::filer;
    if (actor.organization_id == route.receiver_id) return Seat::receiver;
    return Seat::nobody;
}

namespace {

// Of a filing or of a route, which say the same about whose it is.
template <class Owed>
bool sees(db::Connection& db, const Actor& actor, const Owed& owed, std::string_view receiver_id) {
    const auto scope = organizations::scope_of(actor);
    if (scope.reach == organizations::Reach::nothing) return false;
    if (actor.organization_id == receiver_id && scope.reach != organizations::Reach::own) return true;
    return organizations::in_scope(db, scope, owed.organization_id, owed.campaign_id, {owed.window_from, owed.window_to});
}

}  // namespace

bool may_see(db::Connection& db, const Actor& actor, const Filing& filing, std::string_view receiver_id) {
    return sees(db, actor, filing, receiver_id);
}

bool may_see(db::Connection& db, const Actor& actor, const Route& route) { return sees(db, actor, route, route.receiver_id); }

Refusal unknown_filing() { return {Code::not_found, "filing.unknown", {}, {}, {}}; }

Refusal changed_meanwhile(const Situation& at, std::int64_t version) {
    return {Code::conflict, "filing.changed_meanwhile",
            {{"state", std::string(codec::enum_name(at.state))}, {"version", std::to_string(version)}}, {}, {}};
}

Result<Route> take_route(Work& work, std::string_view route_id, std::int64_t version, Deed deed) {
    auto route = store::find_route(work.db, route_id);
    if (!route || !may_see(work.db, work.actor, *route)) return unknown_filing();
    if (auto no = refuse_seat(deed, seat_of(work.actor, *route))) return *no;
    store::hold(work.db, route->filing_id);
    route = store::find_route(work.db, route_id);
    if (route->version != version) return changed_meanwhile(route->at, route->version);
    return *route;
}

Result<Filing> take_filing(Work& work, std::string_view filing_id, std::optional<std::int64_t> version, Deed deed) {
    auto filing = store::find(work.db, filing_id);
    if (!filing || !may_see(work.db, work.actor, *filing, "")) return unknown_filing();
    const auto seat = work.actor.organization_id == filing->organization_id ? Seat::filer : Seat::nobody;
    if (auto no = refuse_seat(deed, seat)) return *no;
    filing = store::find_and_hold(work.db, filing_id);  // only now: a stranger must not learn by waiting that somebody is at work
    if (!filing) return unknown_filing();
    if (version && filing->version != *version) {
        const auto routes = store::routes_of(work.db, filing_id);
        return changed_meanwhile(routes.empty() ? Situation{} : routes.front().at, filing->version);
    }
    return *filing;
}

Verdict carry_out(Work& work, Route& route, Deed deed, const Said& said, State before_excuse) {
    if (auto no = refuse_reason(deed, said.reason)) return no;
    const auto then = next(route.at, deed, before_excuse);
    if (!then) return then.refusal();
    const auto from = route.at.state;
    route.at = *then;
    store::move(work, route, from, deed, said);
    return std::nullopt;
}

std::string_view journal_word(Deed deed) {
    switch (deed) {
        case Deed::save_draft: return "filing.draft_saved";
        case Deed::hand_in: return "filing.handed_in";
        case Deed::withdraw: return "filing.withdrawn";
        case Deed::return_for_correction: return "filing.returned";
        case Deed::undo_return: return "filing.return_undone";
        case Deed::accept: return "filing.accepted";
        case Deed::ask_amendment: return "filing.amendment_asked";
        case Deed::grant_amendment: return "filing.amendment_granted";
        case Deed::refuse_amendment: return "filing.amendment_refused";
        case Deed::excuse: return "filing.excused";
        case Deed::mark_not_applicable: return "filing.marked_not_applicable";
        case Deed::reinstate: return "filing.reinstated";
        case Deed::extend: return "filing.extended";
    }
    return "filing.changed";
}

void note(Work& work, const Route& route, State from, Deed deed, const Said& said) {
    json::object detail{{"route", route.id},
                        {"before", json::object{{"state", codec::enum_name(from)}}},
                        {"after", json::object{{"state", codec::enum_name(route.at.state)}}}};
    if (!said.reason.empty()) detail["reason"] = said.reason;
    if (route.submission_id) detail["submission"] = *route.submission_id;
    journal::record(work, journal_word(deed), {"filing", route.filing_id, route.organization_id}, std::move(detail));
}

RouteNow now_of(db::Connection& db, const Route& route) {
    const auto filing = store::find(db, route.filing_id);
    return {route.id, route.filing_id, route.at.state, route.at.amendment, route.version, filing ? filing->version : 0};
}

}  // namespace anban::filings
