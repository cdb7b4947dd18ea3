#include "modules/filings/reading.h"

#include <algorithm>

#include "modules/filings/deed.h"
#include "modules/filings/draft_parts.h"
#include "modules/filings/lines.h"

namespace anban::filings {
namespace {

// The definition as the page evaluates it; the text of the pack's file stays here.
json::value definition_of(db::Connection& db, const std::string& digest) {
    auto definition = json::parse(campaigns::form_definition(db, digest));
    if (!definition) return nullptr;
    if (definition->is_object()) definition->as_object().erase("source");
    return std::move(*definition);
}

void add_draft(View& view, const Filing& filing, const campaigns::DutyDefinition& duty, OpenedFiling& out) {
    const auto draft = store::find_draft(view.db, filing.id);
    out.draft = {draft.version, draft.saved_by_name, draft.version == 0 ? std::nullopt : std::optional(draft.saved_at), parts_of_draft(draft)};
    if (auto all = examine(view.db, filing, duty, out.draft.parts)) out.report = std::move(all->parts);
    spell_out(out.report);
}

}  // namespace

Result<OpenedFiling> open(View& view, const std::string& filing_id) {
    const auto seen = see(view, filing_id);
    if (!seen) return seen.refusal();
    const auto duty = campaigns::load_duty_version(view.db, seen->filing.duty_version_id);
    OpenedFiling out;
    out.filing = head_of(view.db, seen->filing);
    out.parts = campaigns::parts_in(duty->definition, seen->filing.slot);
    for (const auto& part : out.parts)
        if (!part.form_digest.empty()) out.forms[part.form_digest] = definition_of(view.db, part.form_digest);
    for (const auto& route : seen->routes) {
        out.routes.push_back(line_of(view, out.filing, route));
        for (const auto& event : store::events_of(view.db, route.id)) out.events.push_back(line_of(route.id, event));
    }
    for (const auto& submission : store::submissions_of(view.db, filing_id)) out.submissions.push_back(line_of(submission));
    out.below = not_accepted_below(view.db, seen->filing);
    if (view.actor.organization_id == seen->filing.organization_id) add_draft(view, seen->filing, duty->definition, out);
    return out;
}

Result<Checked> check(View& view, const std::string& filing_id, const json::object& parts) {
    const auto seen = see(view, filing_id);
    if (!seen) return seen.refusal();
    if (view.actor.organization_id != seen->filing.organization_id) return *refuse_seat(Deed::save_draft, Seat::nobody);
    const auto duty = campaigns::load_duty_version(view.db, seen->filing.duty_version_id);
    auto all = examine(view.db, seen->filing, duty->definition, parts);
    if (!all) return all.refusal();
    Checked out{{}, all->missing(), !refuse_hand_in(*all, duty->definition, {})};
    out.parts = std::move(all->parts);
    spell_out(out.parts);
    return out;
}

Result<SubmissionWhole> load_submission(View& view, const std::string& filing_id, std::int64_t number) {
    const auto seen = see(view, filing_id);
    if (!seen) return seen.refusal();
    const auto submission = store::find_submission(view.db, filing_id, number);
    if (!submission) return Refusal{Code::not_found, "filing.no_such_version", {{"number", std::to_string(number)}}, {}, {}};
    return SubmissionWhole{line_of(*submission), head_of(view.db, seen->filing), json::parse(submission->content).value()};
}

}  // namespace anban::filings
