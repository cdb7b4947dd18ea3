// Sending back with a reason and places, and taking the return back. The clock of the due keeps running meanwhile.
#include "core/codec.h"
#include "modules/filings/deed.h"

namespace anban::filings {
namespace {

constexpr std::size_t kMostAnchors = 200;

// Every anchor names a part that the returned version holds, so that the filer's page can lead there.
Verdict refuse_anchors(db::Connection& db, const Route& route, const std::vector<Anchor>& anchors) {
    if (anchors.size() > kMostAnchors) return Refusal{Code::invalid, "filing.too_many_anchors", {}, {}, {}};
    const auto submission = store::find_submission(db, route.submission_id.value_or(""));
    const auto content = json::parse(submission ? submission->content : "{}");
    const auto* parts = content ? content->as_object().if_contains("parts") : nullptr;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < anchors.size(); ++i) {
        const auto part = anchors[i].path.substr(0, anchors[i].path.find(':'));
        if (!parts || !parts->as_object().contains(part))
            errors.push_back({"/anchors/" + std::to_string(i) + "/path", "filing.anchor_unknown", {{"path", anchors[i].path}}});
    }
    if (errors.empty()) return std::nullopt;
    return Refusal{Code::invalid, "filing.anchor_unknown", {{"path", errors.front().params.front().second}}, std::move(errors), {}};
}

}  // namespace

Result<RouteNow> return_for_correction(Work& work, const Returning& asked) {
    auto route = take_route(work, asked.route_id, asked.version, Deed::return_for_correction);
    if (!route) return route.refusal();
    if (auto no = refuse_anchors(work.db, *route, asked.anchors)) return *no;
    const auto from = route->at.state;
    const Said said{asked.reason, json::write(codec::encode(asked.anchors))};
    if (auto no = carry_out(work, *route, Deed::return_for_correction, said)) return *no;
    note(work, *route, from, Deed::return_for_correction, said);
    return now_of(work.db, *route);
}

Result<RouteNow> undo_return(Work& work, const Deciding& asked) {
    auto route = take_route(work, asked.route_id, asked.version, Deed::undo_return);
    if (!route) return route.refusal();
    const auto from = route->at.state;
    const Said said{asked.reason, "[]"};
    if (auto no = carry_out(work, *route, Deed::undo_return, said)) return *no;
    note(work, *route, from, Deed::undo_return, said);
    return now_of(work.db, *route);
}

}  // namespace anban::filings
