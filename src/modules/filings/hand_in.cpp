// From a draft to a submission: examined, stored as bytes that never change, receipted, and under review on every route that
// was open for it.
#include "core/codec.h"
#include "core/ids.h"
#include "modules/filings/content.h"
#include "modules/filings/deed.h"
#include "modules/filings/draft_parts.h"
#include "modules/filings/offered.h"
#include "modules/items/items.h"
#include "modules/journal/journal.h"
#include "modules/people/rights.h"
#include "platform/crypto/crypto.h"

namespace anban::filings {
namespace {

// The draft that is handed in, after what the request itself brings was saved into it.
Result<json::object> parts_to_hand_in(Work& work, const Filing& filing, const HandingIn& asked) {
    // Who may hand in but not fill, a leader, hands in what others filled.
    if (asked.parts)
        if (auto no = people::refuse(work.actor, Right::filings_fill)) return *no;
    const auto draft = store::find_draft(work.db, filing.id);
    if (asked.draft_version != draft.version)
        return Refusal{Code::conflict, "filing.draft_changed_meanwhile", {{"by", draft.saved_by_name}, {"version", std::to_string(draft.version)}}, {}, {}};
    if (!asked.parts) return parts_of_draft(draft);
    auto kept = keep_draft(work, filing, draft, *asked.parts, draft.version);
    if (!kept) return kept.refusal();
    return std::move(kept->parts);
}

std::vector<std::string> items_named(const json::object& parts) {
    std::vector<std::string> out;
    for (const auto& part : parts) {
        const auto* items = part.value().is_object() ? part.value().as_object().if_contains("items") : nullptr;
        if (!items || !items->is_array()) continue;
        for (const auto& id : items->as_array())
            if (id.is_string() && std::string_view(id.as_string()).find('\0') == std::string_view::npos) out.emplace_back(id.as_string());
    }
    return out;
}

std::string content_bytes(Work& work, const Filing& filing, const HandingIn& asked, const Examination& all, std::int64_t number) {
    json::array gaps, below;
    for (const auto& gap : asked.gaps) gaps.push_back(codec::encode(gap));
    for (const auto& line : not_accepted_below(work.db, filing)) below.push_back(codec::encode(line));
    return json::write_canonical(json::object{{"campaign", filing.campaign_id}, {"duty", filing.duty}, {"dutyVersion", filing.duty_version_id},
                                              {"filing", filing.id}, {"organization", filing.organization_id}, {"slot", filing.slot},
                                              {"windowFrom", format_date(filing.window_from)}, {"windowTo", format_date(filing.window_to)},
                                              {"number", number}, {"nil", asked.nil}, {"gaps", std::move(gaps)},
                                              {"missingBelow", std::move(below)}, {"parts", all.content}});
}

// "20230316-4f7k2m9xq3": the day, and enough of the id that it is never used twice.
std::string receipt_number(const Submission& submission) {
    auto day = format_date(beijing_date(submission.received_at));
    std::erase(day, '-');
    return day + "-" + submission.id.substr(submission.id.size() - 12);
}

// An amended version says what it amends, why, and who granted it.
void add_amendment(db::Connection& db, const Route& route, Submission& submission) {
    if (route.at.amendment != Amendment::granted) return;
    submission.amends = route.accepted_submission_id;
    if (const auto asked = store::last_event(db, route.id, Deed::ask_amendment)) submission.amend_reason = asked->reason;
    if (const auto granted = store::last_event(db, route.id, Deed::grant_amendment)) submission.amend_approved_by = granted->person_id;
}

void receive(Route& route, const Submission& submission) {
    route.nil = submission.nil;
    route.partial = submission.partial;
    route.submission_id = submission.id;
    route.received_at = submission.received_at;
    if (!route.first_received_at) {
        route.first_received_at = submission.received_at;
        route.first_was_empty = submission.empty;
    }
    if (!route.first_complete_at && !submission.empty && !submission.partial) route.first_complete_at = submission.received_at;
}

Result<std::vector<Route>> open_routes(db::Connection& db, const Filing& filing) {
    std::vector<Route> open;
    std::optional<Refusal> first_no;
    for (auto& route : store::routes_of(db, filing.id)) {
        if (const auto then = next(route.at, Deed::hand_in); then) open.push_back(std::move(route));
        else if (!first_no) first_no = then.refusal();
    }
    if (open.empty()) return first_no.value_or(unknown_filing());
    return open;
}

Submission make_submission(Work& work, const Filing& filing, std::int64_t number, const HandingIn& asked, const Examination& all) {
    Submission submission;
    submission.id = new_id(work.now);
    submission.filing_id = filing.id;
    submission.number = number;
    submission.content = content_bytes(work, filing, asked, all, submission.number);
    submission.digest = crypto::hex(crypto::sm3(submission.content));
    submission.nil = asked.nil;
    submission.partial = !asked.gaps.empty();
    submission.empty = !asked.nil && all.empty();
    submission.submitted_by = work.actor.person_id;
    submission.submitted_by_name = work.actor.name;
    submission.received_at = work.received;
    submission.receipt_number = receipt_number(submission);
    return submission;
}

// Whoever reads the filing sees its papers from now on.
void hand_in_papers(Work& work, const Filing& filing, const Examination& all) {
    std::vector<std::string> ids;
    for (const auto& paper : all.attachments) ids.push_back(paper.id);
    attachments::hand_in(work, {"filing", filing.id, filing.campaign_id, filing.organization_id, {filing.window_from, filing.window_to}}, ids);
}

}  // namespace

Result<Receipt> hand_in(Work& work, const HandingIn& asked) {
    const auto filing = take_filing(work, asked.filing_id, asked.version, Deed::hand_in);
    if (!filing) return filing.refusal();
    auto routes = open_routes(work.db, *filing);
    if (!routes) return routes.refusal();
    const auto number = store::next_submission_number(work.db, filing->id);
    if (number > kMostVersions)
        return Refusal{Code::conflict, "filing.too_many_versions", {{"most", std::to_string(kMostVersions)}}, {}, {}};
    const auto parts = parts_to_hand_in(work, *filing, asked);
    if (!parts) return parts.refusal();
    items::hold(work.db, items_named(*parts));
    const auto duty = campaigns::load_duty_version(work.db, filing->duty_version_id);
    const auto all = examine(work.db, *filing, duty->definition, *parts);
    if (!all) return all.refusal();
    if (auto no = refuse_hand_in(*all, duty->definition, {asked.nil, asked.confirmed, asked.gaps})) return *no;

    auto submission = make_submission(work, *filing, number, asked, *all);
    for (const auto& route : *routes) add_amendment(work.db, route, submission);
    store::add_submission(work.db, submission);
    store::bind_items(work.db, filing->id, all->items);
    hand_in_papers(work, *filing, *all);
    Receipt receipt{submission.receipt_number, filing->id, submission.id, submission.number, submission.received_at, submission.digest,
                    submission.nil, submission.partial, submission.empty, {}};
    for (auto& route : *routes) {
        receive(route, submission);
        if (auto no = carry_out(work, route, Deed::hand_in)) return *no;
    }
    const auto counts = duty->definition.lateness == campaigns::LatenessBy::accepted ? Counts::accepted_version : Counts::first_complete;
    for (const auto& route : *routes)
        receipt.routes.push_back({now_of(work.db, route), judge_route(route.due_at, receipts_of(route), work.now, counts)});
    journal::record(work, journal_word(Deed::hand_in), {"filing", filing->id, filing->organization_id},
                    {{"submission", submission.id}, {"number", submission.number}, {"receipt", submission.receipt_number},
                     {"digest", submission.digest}, {"nil", submission.nil}, {"partial", submission.partial}, {"empty", submission.empty}});
    return receipt;
}

}  // namespace anban::filings
