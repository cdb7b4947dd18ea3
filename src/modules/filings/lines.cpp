#include "modules/filings/lines.h"

#include <algorithm>

#include "modules/filings/deed.h"
#include "modules/people/rights.h"

namespace anban::filings {
namespace {

std::optional<HappenedEvent> event_of(const Filing& f, const campaigns::DutyDefinition& duty) {
    if (!f.event_at && f.event_name.empty()) return std::nullopt;
    return HappenedEvent{f.event_at, f.event_name, duty.event ? duty.event->starts : "", duty.event ? duty.event->clock : std::nullopt};
}

std::vector<Anchor> anchors_of(const Event& event) {
    const auto parsed = json::parse(event.anchors);
    if (!parsed) return {};
    auto anchors = codec::decode<std::vector<Anchor>>(*parsed);
    return anchors ? std::move(*anchors) : std::vector<Anchor>{};
}

Right right_for(Deed deed) {
    switch (deed) {
        case Deed::save_draft: return Right::filings_fill;
        case Deed::hand_in: case Deed::withdraw: case Deed::ask_amendment: return Right::filings_hand_in;
        case Deed::grant_amendment: case Deed::refuse_amendment: return Right::filings_amend_approve;
        case Deed::return_for_correction: case Deed::undo_return: case Deed::accept: case Deed::excuse:
        case Deed::mark_not_applicable: case Deed::reinstate: case Deed::extend: return Right::filings_review;
    }
    return Right::filings_review;
}

std::vector<Deed> deeds_of(const Actor& actor, const Route& route) {
    std::vector<Deed> may;
    const auto seat = seat_of(actor, route);
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Deed>>([&](auto d) {
        const Deed deed = d.value;
        if (deed == Deed::extend && !route.due_at) return;
        if (!refuse_seat(deed, seat) && next(route.at, deed).ok() && people::holds(actor.role, right_for(deed))) may.push_back(deed);
    });
    return may;
}

}  // namespace

std::string name_of(db::Connection& db, const std::string& organization_id) {
    std::string name;
    db.each({"filings.organization_name", "select name from organizations where id = $1"}, {organization_id},
            [&](const db::Row& row) { name = row.string(0); });
    return name;
}

FilingHead head_of(db::Connection& db, const Filing& f) {
    const auto version = campaigns::load_duty_version(db, f.duty_version_id);
    const auto& duty = version->definition;
    return {f.id, f.campaign_id, f.duty, duty.title, duty.section, duty.clause, f.organization_id, name_of(db, f.organization_id),
            f.slot, f.window_from, f.window_to, duty.nil_allowed,
            duty.lateness == campaigns::LatenessBy::accepted ? Counts::accepted_version : Counts::first_complete, f.version, event_of(f, duty)};
}

RouteLine line_of(View& view, const FilingHead& filing, const Route& r) {
    RouteLine line{r.id, r.receiver_id, name_of(view.db, r.receiver_id), r.due_at, r.due_has_hour, r.first_due_at, r.due_reason,
                   r.at.state, r.at.amendment, r.nil, r.partial, r.restated, r.submission_id, r.accepted_submission_id,
                   r.first_received_at, r.first_was_empty, r.received_at, r.accepted_at,
                   judge_route(r.due_at, receipts_of(r), view.now, filing.counts), {}, deeds_of(view.actor, r), r.version};
    if (r.at.state == State::returned)
        if (const auto event = store::last_event(view.db, r.id, Deed::return_for_correction))
            line.returned = ReturnLine{event->reason, anchors_of(*event), event->actor_name, event->at};
    return line;
}

SubmissionLine line_of(const SubmissionHead& s) {
    return {s.id, s.number, s.receipt_number, s.digest, s.received_at, s.submitted_by_name, s.nil, s.partial, s.empty, s.amends, s.amend_reason};
}

EventLine line_of(const std::string& route_id, const Event& e) {
    return {route_id, e.deed, e.from, e.to, e.submission_id, e.actor_name, e.at, e.reason, anchors_of(e)};
}

Result<Seen> see(View& view, const std::string& filing_id) {
    auto filing = store::find(view.db, filing_id);
    if (!filing) return unknown_filing();
    auto routes = store::routes_of(view.db, filing_id);
    const bool receives = std::any_of(routes.begin(), routes.end(), [&](const Route& r) { return r.receiver_id == view.actor.organization_id; });
    if (!may_see(view.db, view.actor, *filing, receives ? view.actor.organization_id : "")) return unknown_filing();
    return Seen{std::move(*filing), std::move(routes)};
}

}  // namespace anban::filings
