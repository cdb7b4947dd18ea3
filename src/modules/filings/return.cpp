// Sending back with a reason and places, and taking the return back. The clock of the due keeps running meanwhile.
#include "core/codec.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/deed.h"

namespace anban::filings {
namespace {

constexpr std::size_t kMostAnchors = 200;

// Whether the address after the part's name leads anywhere: in a table a row or a cell of its form must bear that name.
bool leads_somewhere(db::Connection& db, const json::object& part, std::string_view address) {
    const auto* digest = part.if_contains("formDigest");
    if (address.empty() || !part.contains("values") || !digest) return true;
    const auto form = campaigns::load_form_version(db, std::string(digest->as_string()));
    return form->find_cell(address).has_value() || form->find_row(address) >= 0;
}

// Every anchor names a place that the returned version holds, so that the filer's page can lead there.
Verdict refuse_anchors(db::Connection& db, const Submission& submission, const std::vector<Anchor>& anchors) {
    if (anchors.size() > kMostAnchors) return Refusal{Code::invalid, "filing.too_many_anchors", {}, {}, {}};
    const auto content = json::parse(submission.content);
    const auto* parts = content ? content->as_object().if_contains("parts") : nullptr;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const auto& path = anchors[i].path;
        const auto colon = path.find(':');
        const auto* part = parts ? parts->as_object().if_contains(std::string_view(path).substr(0, colon)) : nullptr;
        const auto address = colon == std::string::npos ? std::string_view() : std::string_view(path).substr(colon + 1);
        if (!part || !leads_somewhere(db, part->as_object(), address))
            errors.push_back({"/anchors/" + std::to_string(i) + "/path", "filing.anchor_unknown", {{"path", path}}});
    }
    if (errors.empty()) return std::nullopt;
    return Refusal{Code::invalid, "filing.anchor_unknown", {{"path", errors.front().params.front().second}}, std::move(errors), {}};
}

}  // namespace

Result<RouteNow> return_for_correction(Work& work, const Returning& asked) {
    auto route = take_route(work, asked.route_id, asked.version, Deed::return_for_correction);
    if (!route) return route.refusal();
    if (const auto then = next(route->at, Deed::return_for_correction); !then) return then.refusal();
    const auto submission = store::find_submission(work.db, route->submission_id.value_or(""));
    if (!submission) throw db::Failure("route " + route->id + " is under review without a submission");
    if (auto no = refuse_own_work(Deed::return_for_correction, work.actor.person_id, submission->submitted_by)) return *no;
    if (auto no = refuse_anchors(work.db, *submission, asked.anchors)) return *no;
    const auto from = route->at.state;
    const Said said{asked.reason, json::write(codec::encode(asked.anchors))};
    if (auto no = carry_out(work, *route, Deed::return_for_correction, said)) return *no;
    note(work, *route, from, Deed::return_for_correction, said);
    return now_of(work.db, *route);
}

Result<RouteNow> undo_return(Work& work, const Deciding& asked) {
    auto route = take_route(work, asked.route_id, asked.version, Deed::undo_return);
    if (!route) return route.refusal();
    if (const auto then = next(route->at, Deed::undo_return); !then) return then.refusal();
    const auto submission = store::find_submission_head(work.db, route->submission_id.value_or(""));
    if (!submission) throw db::Failure("route " + route->id + " was returned without a submission");
    if (auto no = refuse_own_work(Deed::undo_return, work.actor.person_id, submission->submitted_by)) return *no;
    const auto from = route->at.state;
    const Said said{asked.reason, "[]"};
    if (auto no = carry_out(work, *route, Deed::undo_return, said)) return *no;
    note(work, *route, from, Deed::undo_return, said);
    return now_of(work.db, *route);
}

}  // namespace anban::filings
