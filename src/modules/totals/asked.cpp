#include "modules/totals/asked.h"

#include <algorithm>

#include "modules/organizations/scope.h"

namespace anban::totals {
namespace {

using campaigns::DutyDefinition;

Refusal not_here(const std::string& campaign_id, const std::string& duty) {
    return {Code::not_found, "totals.nothing_here", {{"campaign", campaign_id}, {"duty", duty}}, {}, {}};
}

const campaigns::PartDefinition* find_table(const DutyDefinition& definition, const std::string& part) {
    for (const auto& candidate : definition.parts)
        if (candidate.id == part && candidate.kind == campaigns::PartKind::table) return &candidate;
    return nullptr;
}

using Duties = std::vector<campaigns::DutyVersion>;

std::optional<campaigns::DutyVersion> find_duty(const Duties& duties, const std::string& duty) {
    const auto found = std::ranges::find_if(duties, [&](const auto& v) { return v.definition.duty == duty; });
    return found == duties.end() ? std::nullopt : std::optional(*found);
}

std::optional<campaigns::DutyVersion> collected_below(const Duties& duties, const std::string& duty) {
    const auto found = std::ranges::find_if(duties, [&](const auto& v) { return v.definition.collected_for == duty; });
    return found == duties.end() ? std::nullopt : std::optional(*found);
}

bool leads_to(db::Connection& db, const Asked& asked, const std::string& duty) {
    return db.exists({"totals.leads_to", R"sql(
        select 1 from filing_routes where campaign_id = $1 and duty = $2 and receiver_id = $3 and slot = $4 limit 1
    )sql"}, {asked.campaign_id, duty, asked.node, asked.slot});
}

// Whether a table of this version counts in the window, for that receiver or, when it is empty, for anybody.
bool counts(db::Connection& db, const Asked& asked, const std::string& duty, const std::string& receiver, const std::string& digest) {
    return db.exists({"totals.counts", R"sql(
        select 1 from table_vectors
        where campaign_id = $1 and duty = $2 and part = $3 and slot = $4 and (receiver_id = $5 or $5 = '') and form_digest = $6
          and accepted_at <= $7 and (replaced_at is null or replaced_at > $7)
        limit 1
    )sql"}, {asked.campaign_id, duty, asked.part, asked.slot, receiver, digest, asked.until()});
}

// Of all versions that the duty's table ever had, newest first.
std::vector<std::string> digests_of(db::Connection& db, const Asked& asked, const std::string& duty) {
    std::vector<std::string> digests;
    for (const auto& version : campaigns::versions_of_duty(db, asked.campaign_id, duty))
        if (const auto* part = find_table(version.definition, asked.part); part && std::ranges::count(digests, part->form_digest) == 0)
            digests.push_back(part->form_digest);
    return digests;
}

std::vector<std::string> counted_digests(db::Connection& db, const Asked& asked, const std::string& duty, const std::string& receiver) {
    auto digests = digests_of(db, asked, duty);
    if (digests.size() > 1)
        std::erase_if(digests, [&](const std::string& digest) { return !counts(db, asked, duty, receiver, digest); });
    return digests;
}

// A window is shown in the newest form that anybody whose table counts was asked with, so that what was before a change of the
// form looks as it did (design 3.5), with what only the older ones have; without tables yet, in the newest of all.
void choose_form(db::Connection& db, const Asked& asked, Level& level) {
    auto digests = counted_digests(db, asked, asked.duty, asked.node);
    if (digests.empty()) {
        digests = digests_of(db, asked, asked.duty);
        if (!digests.empty()) digests.resize(1);
    }
    if (level.below)
        for (auto& digest : counted_digests(db, asked, level.below->definition.duty, ""))
            if (std::ranges::count(digests, digest) == 0) digests.push_back(std::move(digest));
    if (digests.empty()) return;
    level.form = campaigns::load_form_version(db, digests.front());
    std::vector<FormPtr> older;
    for (std::size_t i = 1; i < digests.size(); ++i) older.push_back(campaigns::load_form_version(db, digests[i]));
    std::vector<const forms::Form*> named;
    for (const auto& form : older) named.push_back(form.get());
    auto united = forms::unite(*level.form, named);
    level.retired_columns = std::move(united.retired_columns);
    level.retired_rows = std::move(united.retired_rows);
    if (!level.retired_columns.empty() || !level.retired_rows.empty()) level.form = std::make_shared<const forms::Form>(std::move(united.form));
}

// The days of the window, as its filings have them; a figure that nobody owed has none.
organizations::Days days_of(db::Connection& db, const Asked& asked) {
    auto days = organizations::kPresently;
    db.each({"totals.window", R"sql(
        select min(window_from), max(window_to) from filing_routes where campaign_id = $1 and receiver_id = $2 and slot = $3
    )sql"}, {asked.campaign_id, asked.node, asked.slot}, [&](const db::Row& row) {
        if (!row.is_null(0)) days = {parse_date(row.text(0)).value(), parse_date(row.text(1)).value()};
    });
    return days;
}

}  // namespace

std::string default_node(View& view, const std::string& campaign_id) {
    const bool receives = view.db.exists({"totals.receives", R"sql(
        select 1 from campaign_reporters where campaign_id = $1 and receiver_id = $2 limit 1
    )sql"}, {campaign_id, view.actor.organization_id});
    if (receives) return view.actor.organization_id;
    std::string office;
    view.db.each({"totals.office", "select office from campaigns where id = $1"}, {campaign_id}, [&](const db::Row& row) { office = row.string(0); });
    return office;
}

Result<Level> level_of(View& view, Asked& asked) {
    const auto scope = organizations::scope_of(view.actor);
    const auto seen = [&](const organizations::Days& days) { return organizations::in_scope(view.db, scope, asked.node, asked.campaign_id, days); };
    // Who is seen presently is seen whatever the days: these cost a look at every route of the window.
    if (!seen(organizations::kPresently) && !seen(days_of(view.db, asked)))
        return not_here(asked.campaign_id, asked.duty);
    const auto duties = campaigns::newest_duties(view.db, asked.campaign_id);
    auto version = find_duty(duties, asked.duty);
    if (version && !leads_to(view.db, asked, asked.duty))
        if (auto below = collected_below(duties, asked.duty); below && leads_to(view.db, asked, below->definition.duty)) {
            asked.duty = below->definition.duty;
            version = std::move(below);
        }
    if (!version || !leads_to(view.db, asked, asked.duty)) return not_here(asked.campaign_id, asked.duty);
    Level level{std::move(*version), nullptr, {}, {}, collected_below(duties, asked.duty)};
    choose_form(view.db, asked, level);
    if (!level.form) return not_here(asked.campaign_id, asked.duty);
    return level;
}

void each_vector(db::Connection& db, const Asked& asked, const std::string& duty, const std::string& receiver,
                 const TakeVector& take) {
    if (receiver.empty()) {
        db.each({"totals.vectors_of_duty", R"sql(
            select receiver_id, form_digest, cells
            from table_vectors
            where campaign_id = $1 and duty = $2 and part = $3 and slot = $4
              and accepted_at <= $5 and (replaced_at is null or replaced_at > $5)
        )sql"}, {asked.campaign_id, duty, asked.part, asked.slot, asked.until()}, [&](const db::Row& row) { take(row.text(0), row.text(1), row.bytes(2)); });
        return;
    }
    db.each({"totals.vectors", R"sql(
        select organization_id, form_digest, cells
        from table_vectors
        where campaign_id = $1 and duty = $2 and part = $3 and slot = $4 and receiver_id = $5
          and accepted_at <= $6 and (replaced_at is null or replaced_at > $6)
    )sql"}, {asked.campaign_id, duty, asked.part, asked.slot, receiver, asked.until()}, [&](const db::Row& row) { take(row.text(0), row.text(1), row.bytes(2)); });
}

}  // namespace anban::totals
