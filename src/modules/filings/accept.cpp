// The receiver takes a version as the authoritative one; its tables become vectors in the same transaction.
#include "core/ids.h"
#include "modules/filings/deed.h"
#include "modules/filings/vectors.h"

namespace anban::filings {

Result<RouteNow> accept(Work& work, const Accepting& asked) {
    auto route = take_route(work, asked.route_id, asked.version, Deed::accept);
    if (!route) return route.refusal();
    if (const auto then = next(route->at, Deed::accept); !then) return then.refusal();
    const auto submission = store::find_submission(work.db, route->submission_id.value_or(""));
    if (!submission) throw db::Failure("route " + route->id + " is under review without a submission");
    if (auto no = refuse_own_work(Deed::accept, work.actor.person_id, submission->submitted_by)) return *no;

    const auto from = route->at.state;
    route->restated = route->restated || route->accepted_submission_id.has_value();
    route->accepted_submission_id = submission->id;
    route->accepted_received_at = submission->received_at;
    route->accepted_at = work.now;
    if (auto no = carry_out(work, *route, Deed::accept)) return *no;
    write_vectors(work, *route, *submission);
    note(work, *route, from, Deed::accept, {});
    return now_of(work.db, *route);
}

}  // namespace anban::filings
