// Autosave: the parts that somebody is filling, kept before they are a report.
#include <algorithm>
#include <functional>

#include "modules/filings/content.h"
#include "modules/filings/deed.h"
#include "modules/filings/draft_parts.h"
#include "modules/journal/journal.h"

namespace anban::filings {
namespace {

Refusal draft_changed(const Draft& draft) {
    return {Code::conflict, "filing.draft_changed_meanwhile", {{"by", draft.saved_by_name}, {"version", std::to_string(draft.version)}}, {}, {}};
}

Verdict refuse_parts(db::Connection& db, const Filing& filing, const json::object& parts) {
    const auto duty = campaigns::load_duty_version(db, filing.duty_version_id);
    const auto asked = campaigns::parts_in(duty->definition, filing.slot);
    for (const auto& member : parts) {
        const bool known = std::any_of(asked.begin(), asked.end(), [&](const auto& part) { return part.id == std::string_view(member.key()); });
        if (!known || !(member.value().is_object() || member.value().is_null()))
            return Refusal{Code::invalid, "filing.part_unknown", {{"part", std::string(member.key())}}, {}, {}};
    }
    return refuse_markings(parts);
}

// Only what `keeps` says stays of the members.
void prune(json::object& object, const std::function<bool(std::string_view)>& keeps) {
    json::object kept;
    for (auto& member : object)
        if (keeps(member.key())) kept.emplace(member.key(), std::move(member.value()));
    object = std::move(kept);
}

void fit_part(const forms::Form& form, json::object& part) {
    if (auto* cells = part.if_contains("cells"); cells && cells->is_object())
        prune(cells->as_object(), [&](std::string_view name) {
            const auto at = form.find_cell(name);
            const auto columns = form.columns.size();
            return at && !form.locked(static_cast<int>(*at / columns), static_cast<int>(*at % columns));
        });
    if (auto* rows = part.if_contains("rows"); rows && rows->is_array())
        for (auto& row : rows->as_array())
            if (row.is_object())
                prune(row.as_object(), [&](std::string_view name) {
                    return std::any_of(form.fields.begin(), form.fields.end(), [&](const auto& field) { return field.id == name; });
                });
}

}  // namespace

void fit_draft(Work& work, const std::string& filing_id, std::string_view slot, const campaigns::DutyDefinition& duty) {
    const auto draft = store::find_draft(work.db, filing_id);
    if (draft.version == 0) return;
    const auto asked = campaigns::parts_in(duty, slot);
    auto parts = parts_of_draft(draft);
    prune(parts, [&](std::string_view id) { return std::any_of(asked.begin(), asked.end(), [&](const auto& part) { return part.id == id; }); });
    for (const auto& part : asked)
        if (auto* held = parts.if_contains(part.id); held && held->is_object() && !part.form_digest.empty())
            fit_part(*campaigns::load_form_version(work.db, part.form_digest), held->as_object());
    const auto content = json::write_canonical(json::object{{"parts", std::move(parts)}});
    if (content != draft.content) store::refit_draft(work.db, filing_id, content);
}

json::object parts_of_draft(const Draft& draft) {
    const auto content = json::parse(draft.content);
    const auto* parts = content && content->is_object() ? content->as_object().if_contains("parts") : nullptr;
    return parts && parts->is_object() ? parts->as_object() : json::object{};
}

Result<KeptDraft> keep_draft(Work& work, const Filing& filing, const Draft& present, const json::object& parts, std::int64_t version) {
    if (auto no = refuse_parts(work.db, filing, parts)) return *no;
    if (present.version != version) return draft_changed(present);
    auto merged = parts_of_draft(present);
    for (const auto& member : parts) {
        if (member.value().is_null()) merged.erase(member.key());
        else merged[member.key()] = member.value();
    }
    json::object content{{"parts", std::move(merged)}};
    if (!store::save_draft(work, filing.id, json::write_canonical(content), version)) return draft_changed(present);
    return KeptDraft{std::move(content["parts"].as_object()), version + 1};
}

Result<SavedDraft> save_draft(Work& work, const SavingDraft& asked) {
    const auto filing = take_filing(work, asked.filing_id, std::nullopt, Deed::save_draft);
    if (!filing) return filing.refusal();
    bool any = false;
    std::optional<Refusal> first_no;
    for (auto& route : store::routes_of(work.db, filing->id)) {
        const auto then = next(route.at, Deed::save_draft);
        if (!then) {
            if (!first_no) first_no = then.refusal();
            continue;
        }
        any = true;
        if (*then == route.at) continue;  // only the first save is a transition
        if (auto no = carry_out(work, route, Deed::save_draft)) return *no;
    }
    if (!any) return first_no.value_or(unknown_filing());
    const auto kept = keep_draft(work, *filing, store::find_draft(work.db, filing->id), asked.parts, asked.version);
    if (!kept) return kept.refusal();
    json::array parts;
    for (const auto& member : asked.parts) parts.emplace_back(member.key());
    journal::record(work, journal_word(Deed::save_draft), {"filing", filing->id, filing->organization_id},
                    {{"parts", std::move(parts)}, {"version", kept->version}});
    return SavedDraft{kept->version, store::find(work.db, filing->id)->version, work.now};
}

}  // namespace anban::filings
