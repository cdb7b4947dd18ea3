#include "modules/totals/totals.h"

#include <algorithm>

#include "core/codec.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/organizations/scope.h"

namespace anban::totals {
namespace {

using campaigns::DutyDefinition;
using campaigns::TableSum;
using FormPtr = std::shared_ptr<const forms::Form>;

struct Asked {
    std::string campaign_id, duty, part, slot, node;
    std::optional<Instant> as_of;
};

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

// Accepted tables that lead to a receiver, as they stand (or stood). An empty receiver: all of the duty's.
void each_vector(db::Connection& db, const Asked& asked, const std::string& duty, const std::string& receiver,
                 const std::function<void(std::string_view organization_id, std::string_view receiver_id, std::string_view digest,
                                          std::string_view cells)>& take) {
    const auto until = asked.as_of.value_or(Instant{INT64_MAX}).ms;
    const auto row = [&](const db::Row& r) { take(r.text(0), r.text(1), r.text(2), r.bytes(3)); };
    if (receiver.empty()) {
        db.each({"totals.vectors_of_duty", R"sql(
            select organization_id, receiver_id, form_digest, cells
            from table_vectors
            where campaign_id = $1 and duty = $2 and part = $3 and slot = $4
              and accepted_at <= $5 and (replaced_at is null or replaced_at > $5)
        )sql"}, {asked.campaign_id, duty, asked.part, asked.slot, until}, row);
        return;
    }
    db.each({"totals.vectors", R"sql(
        select organization_id, receiver_id, form_digest, cells
        from table_vectors
        where campaign_id = $1 and duty = $2 and part = $3 and slot = $4 and receiver_id = $5
          and accepted_at <= $6 and (replaced_at is null or replaced_at > $6)
    )sql"}, {asked.campaign_id, duty, asked.part, asked.slot, receiver, until}, row);
}

forms::Figure figure_at(db::Connection& db, const FormPtr& shown, std::string_view digest, std::string_view cells, std::size_t index) {
    if (digest == shown->version) return forms::decode(*shown, cells).value()[index];
    TableSum one(db, shown);
    one.add(digest, cells);
    return one.finish()[index];
}

std::map<std::string, std::string> texts_of(const forms::Form& form, const forms::Cells& cells) {
    std::map<std::string, std::string> out;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i] != forms::blank) out.emplace(form.cell_id(i), forms::figure_text(cells[i], form.columns[i % form.columns.size()].decimals));
    return out;
}

std::string name_of(db::Connection& db, const std::string& organization_id) {
    std::string name;
    db.each({"totals.name", "select name from organizations where id = $1"}, {organization_id}, [&](const db::Row& row) { name = row.string(0); });
    return name;
}

std::string default_node(View& view, const std::string& campaign_id) {
    const bool receives = view.db.exists({"totals.receives", R"sql(
        select 1 from campaign_reporters where campaign_id = $1 and receiver_id = $2
    )sql"}, {campaign_id, view.actor.organization_id});
    if (receives) return view.actor.organization_id;
    std::string office;
    view.db.each({"totals.office", "select office from campaigns where id = $1"}, {campaign_id}, [&](const db::Row& row) { office = row.string(0); });
    return office;
}

// Which duty's filings lead to the node: the duty itself, or the collected one where the node receives that.
struct Level {
    campaigns::DutyVersion version;
    FormPtr form;
    std::optional<campaigns::DutyVersion> below;  // collected by the node's reporters
};

bool leads_to(db::Connection& db, const Asked& asked, const std::string& duty) {
    return db.exists({"totals.leads_to", R"sql(
        select 1 from filing_routes where campaign_id = $1 and duty = $2 and receiver_id = $3 and slot = $4
    )sql"}, {asked.campaign_id, duty, asked.node, asked.slot});
}

// Whether a table of this version counts in the window.
bool counts(db::Connection& db, const Asked& asked, const std::string& digest) {
    return db.exists({"totals.counts", R"sql(
        select 1 from table_vectors
        where campaign_id = $1 and duty = $2 and part = $3 and slot = $4 and receiver_id = $5 and form_digest = $6
          and accepted_at <= $7 and (replaced_at is null or replaced_at > $7)
    )sql"}, {asked.campaign_id, asked.duty, asked.part, asked.slot, asked.node, digest, asked.as_of.value_or(Instant{INT64_MAX}).ms});
}

// A window is shown in the newest form that anybody whose table counts was asked with, so that what was before a change of the
// form looks as it did (design 3.5); without tables yet, in the newest of all.
std::string form_of_window(db::Connection& db, const Asked& asked) {
    std::vector<std::string> digests;
    for (const auto& version : campaigns::versions_of_duty(db, asked.campaign_id, asked.duty))
        if (const auto* part = find_table(version.definition, asked.part); part && std::ranges::count(digests, part->form_digest) == 0)
            digests.push_back(part->form_digest);
    if (digests.size() > 1)
        for (const auto& digest : digests)
            if (counts(db, asked, digest)) return digest;
    return digests.empty() ? std::string() : digests.front();
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

Result<Level> level_of(View& view, Asked& asked) {
    if (!organizations::in_scope(view.db, organizations::scope_of(view.actor), asked.node, asked.campaign_id, days_of(view.db, asked)))
        return not_here(asked.campaign_id, asked.duty);
    const auto duties = campaigns::newest_duties(view.db, asked.campaign_id);
    auto version = find_duty(duties, asked.duty);
    if (version && !leads_to(view.db, asked, asked.duty))
        if (auto below = collected_below(duties, asked.duty); below && leads_to(view.db, asked, below->definition.duty)) {
            asked.duty = below->definition.duty;
            version = std::move(below);
        }
    if (!version || !leads_to(view.db, asked, asked.duty)) return not_here(asked.campaign_id, asked.duty);
    const auto digest = form_of_window(view.db, asked);
    if (digest.empty()) return not_here(asked.campaign_id, asked.duty);
    Level level{std::move(*version), campaigns::load_form_version(view.db, digest), collected_below(duties, asked.duty)};
    return level;
}

std::vector<Contributor> contributors_of(View& view, const Asked& asked, const Level& level, Totals* window) {
    std::vector<Contributor> out;
    view.db.each({"totals.contributors", R"sql(
        select r.organization_id, o.name, r.filing_id, r.id, r.state, r.due_at, r.nil, r.restated, r.window_from, r.window_to,
               case when exists (select 1 from table_vectors v where v.filing_id = r.filing_id and v.part = $5
                                 and v.receiver_id = r.receiver_id and v.accepted_at <= $6
                                 and (v.replaced_at is null or v.replaced_at > $6)) then 1 else 0 end,
               case when exists (select 1 from filing_routes b where b.campaign_id = r.campaign_id and b.duty = $7
                                 and b.receiver_id = r.organization_id and b.slot = r.slot) then 1 else 0 end
        from filing_routes r
        join organizations o on o.id = r.organization_id
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.slot = $4
        order by o.sort_order, o.id
    )sql"}, {asked.campaign_id, asked.duty, asked.node, asked.slot, asked.part, asked.as_of.value_or(Instant{INT64_MAX}).ms,
             level.below ? level.below->definition.duty : std::string()}, [&](const db::Row& row) {
        Contributor one;
        one.organization_id = row.string(0);
        one.name = row.string(1);
        one.filing_id = row.string(2);
        one.route_id = row.string(3);
        const auto due = row.is_null(5) ? std::nullopt : std::optional(Instant{row.int64(5)});
        one.reading = reading_of(*codec::enum_from<filings::State>(row.text(4)), due, view.now);
        one.nil = row.int64(6) != 0;
        one.restated = row.int64(7) != 0;
        one.counted = row.int64(10) != 0;
        one.opens = row.int64(11) != 0;
        if (window) {
            window->window_from = parse_date(row.text(8)).value_or(CivilDate{});
            window->window_to = parse_date(row.text(9)).value_or(CivilDate{});
        }
        out.push_back(std::move(one));
    });
    return out;
}

void count(Totals& totals) {
    for (const auto& one : totals.contributors) {
        if (one.reading != Reading::excused && one.reading != Reading::not_applicable) ++totals.owed;
        if (one.counted) ++totals.counted;
        if (one.counted && one.restated) totals.restated = true;
    }
}

Difference difference_of(const forms::Form& form, const Contributor& one, const forms::Cells& official, const forms::Cells& recount) {
    Difference out{one.organization_id, one.name, {}};
    for (std::size_t i = 0; i < official.size(); ++i) {
        if (official[i] == recount[i]) continue;
        const int decimals = form.columns[i % form.columns.size()].decimals;
        out.cells.push_back({form.cell_id(i), forms::figure_text(official[i], decimals), forms::figure_text(recount[i], decimals)});
    }
    return out;
}

// The recount: for each reporter that collects from below, the sum of what it accepted; for every other, its own table.
void add_recount(View& view, const Asked& asked, const Level& level, Totals& totals) {
    if (!level.below) return;
    std::map<std::string, TableSum> own, lower;
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto organization, auto, auto digest, auto cells) {
        own.try_emplace(std::string(organization), view.db, level.form).first->second.add(digest, cells);
    });
    each_vector(view.db, asked, level.below->definition.duty, "", [&](auto, auto receiver, auto digest, auto cells) {
        lower.try_emplace(std::string(receiver), view.db, level.form).first->second.add(digest, cells);
    });
    forms::Adder all(*level.form, forms::Over::organizations);
    bool any_below = false;
    for (const auto& one : totals.contributors) {
        const auto above = own.find(one.organization_id);
        const auto below = one.opens ? lower.find(one.organization_id) : lower.end();
        any_below = any_below || below != lower.end();
        if (below != lower.end()) all.add(forms::encode(below->second.finish()));
        else if (above != own.end()) all.add(forms::encode(above->second.finish()));
        if (above == own.end() || below == lower.end()) continue;
        auto difference = difference_of(*level.form, one, above->second.finish(), below->second.finish());
        if (!difference.cells.empty()) totals.differences.push_back(std::move(difference));
    }
    if (any_below) totals.recount = texts_of(*level.form, all.finish());
}

std::string own_filing(db::Connection& db, const Asked& asked, const Level& level) {
    std::string id;
    const auto duty = level.version.definition.collected_for.empty() ? asked.duty : level.version.definition.collected_for;
    db.each({"totals.own_filing", R"sql(
        select id from filings where campaign_id = $1 and duty = $2 and organization_id = $3 and slot = $4
    )sql"}, {asked.campaign_id, duty, asked.node, asked.slot}, [&](const db::Row& row) { id = row.string(0); });
    return id;
}

}  // namespace

Result<Totals> read_totals(View& view, const std::string& campaign_id, const TotalsQuery& query) {
    Asked asked{campaign_id, query.duty, query.part, query.slot, query.node.value_or(default_node(view, campaign_id)), query.as_of};
    const auto level = level_of(view, asked);
    if (!level) return level.refusal();
    Totals totals;
    totals.campaign_id = campaign_id;
    totals.duty = asked.duty;
    totals.duty_title = level->version.definition.title;
    totals.part = asked.part;
    totals.slot = asked.slot;
    totals.node_id = asked.node;
    totals.node_name = name_of(view.db, asked.node);
    totals.node_filing_id = own_filing(view.db, asked, *level);
    totals.form = forms::canonical(*level->form);
    totals.contributors = contributors_of(view, asked, *level, &totals);
    count(totals);
    TableSum official(view.db, level->form);
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto, auto, auto digest, auto cells) { official.add(digest, cells); });
    if (official.any()) totals.official = texts_of(*level->form, official.finish());
    add_recount(view, asked, *level, totals);
    return totals;
}

Result<OpenedCell> open_cell(View& view, const std::string& campaign_id, const CellQuery& query) {
    Asked asked{campaign_id, query.duty, query.part, query.slot, query.node.value_or(default_node(view, campaign_id)), query.as_of};
    const auto level = level_of(view, asked);
    if (!level) return level.refusal();
    const auto& form = *level->form;
    const auto index = form.find_cell(query.cell);
    if (!index) return Refusal{Code::not_found, "totals.no_such_cell", {{"cell", query.cell}}, {}, {}};
    const int decimals = form.columns[*index % form.columns.size()].decimals;

    std::map<std::string, std::string> values;
    TableSum official(view.db, level->form);
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto organization, auto, auto digest, auto cells) {
        official.add(digest, cells);
        values[std::string(organization)] = forms::figure_text(figure_at(view.db, level->form, digest, cells, *index), decimals);
    });
    OpenedCell out{query.cell, asked.node, name_of(view.db, asked.node), {}, {}};
    if (official.any()) out.official = forms::figure_text(official.finish()[*index], decimals);
    for (const auto& one : contributors_of(view, asked, *level, nullptr)) {
        const auto value = values.find(one.organization_id);
        const bool nothing = one.nil && one.reading == Reading::accepted && !asked.as_of;  // "nothing to report" is said; silence is not
        out.shares.push_back({one.organization_id, one.name, one.filing_id, value != values.end() ? value->second : nothing ? "nil" : "",
                              value != values.end(), one.opens});
    }
    return out;
}

}  // namespace anban::totals
