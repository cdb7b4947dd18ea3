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
    std::vector<std::string> retired_columns, retired_rows;  // of the form, only in older versions
    std::optional<campaigns::DutyVersion> below;  // collected by the node's reporters
};

bool leads_to(db::Connection& db, const Asked& asked, const std::string& duty) {
    return db.exists({"totals.leads_to", R"sql(
        select 1 from filing_routes where campaign_id = $1 and duty = $2 and receiver_id = $3 and slot = $4
    )sql"}, {asked.campaign_id, duty, asked.node, asked.slot});
}

// Whether a table of this version counts in the window, for that receiver or, when it is empty, for anybody.
bool counts(db::Connection& db, const Asked& asked, const std::string& duty, const std::string& receiver, const std::string& digest) {
    return db.exists({"totals.counts", R"sql(
        select 1 from table_vectors
        where campaign_id = $1 and duty = $2 and part = $3 and slot = $4 and (receiver_id = $5 or $5 = '') and form_digest = $6
          and accepted_at <= $7 and (replaced_at is null or replaced_at > $7)
    )sql"}, {asked.campaign_id, duty, asked.part, asked.slot, receiver, digest, asked.as_of.value_or(Instant{INT64_MAX}).ms});
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
    Level level{std::move(*version), nullptr, {}, {}, collected_below(duties, asked.duty)};
    choose_form(view.db, asked, level);
    if (!level.form) return not_here(asked.campaign_id, asked.duty);
    return level;
}

// Each contributor's present state; or, as of an instant, the state that the last transition until then led to, with the submission of
// that time: no transition yet is expected, and what was issued later was not owed.
std::string contributor_sql(bool as_of) {
    const std::string now = "r.state, r.due_at, r.nil, r.restated";
    const std::string event = "from route_events e where e.route_id = r.id and e.at <= $6";
    const std::string then = "coalesce((select e.to_state " + event + " order by e.id desc limit 1), 'expected'), "
        "case when exists (select 1 from route_events e where e.route_id = r.id and e.deed = 'extend' and e.at > $6) then r.first_due_at else r.due_at end, "
        "coalesce((select s.nil from submissions s where s.id = (select e.submission_id " + event + " order by e.id desc limit 1)), 0), "
        "case when (select count(*) " + event + " and e.deed = 'accept') > 1 then 1 else 0 end";
    return "select r.organization_id, o.name, r.filing_id, r.id, " + (as_of ? then : now) + R"sql(, r.window_from, r.window_to,
               case when exists (select 1 from table_vectors v where v.filing_id = r.filing_id and v.part = $5
                                 and v.receiver_id = r.receiver_id and v.accepted_at <= $6
                                 and (v.replaced_at is null or v.replaced_at > $6)) then 1 else 0 end,
               case when exists (select 1 from filing_routes b where b.campaign_id = r.campaign_id and b.duty = $7
                                 and b.receiver_id = r.organization_id and b.slot = r.slot) then 1 else 0 end
        from filing_routes r
        join organizations o on o.id = r.organization_id)sql" + (as_of ? " join filings f on f.id = r.filing_id and f.issued_at <= $6" : "") + R"sql(
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.slot = $4
        order by o.sort_order, o.id)sql";
}

std::vector<Contributor> contributors_of(View& view, const Asked& asked, const Level& level, Totals* window) {
    std::vector<Contributor> out;
    const auto at = asked.as_of.value_or(view.now);
    view.db.each_built(asked.as_of ? "totals.contributors_then" : "totals.contributors", contributor_sql(asked.as_of.has_value()),
                       {asked.campaign_id, asked.duty, asked.node, asked.slot, asked.part, asked.as_of.value_or(Instant{INT64_MAX}).ms,
                        level.below ? level.below->definition.duty : std::string()}, [&](const db::Row& row) {
        Contributor one;
        one.organization_id = row.string(0);
        one.name = row.string(1);
        one.filing_id = row.string(2);
        one.route_id = row.string(3);
        const auto due = row.is_null(5) ? std::nullopt : std::optional(Instant{row.int64(5)});
        one.reading = reading_of(*codec::enum_from<filings::State>(row.text(4)), due, at);
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

// Who is still in the figures that only an older version of the form has.
void add_retired(View& view, const Asked& asked, const Level& level, Totals& totals) {
    if (level.retired_columns.empty() && level.retired_rows.empty()) return;
    std::map<std::string, std::string, std::less<>> digest_of;
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto organization, auto, auto digest, auto) { digest_of[std::string(organization)] = digest; });
    const auto tell = [&](const std::string& id, const std::string& title, bool row) {
        Retired out{id, title, row, {}};
        for (const auto& one : totals.contributors) {
            const auto digest = digest_of.find(one.organization_id);
            if (digest == digest_of.end()) continue;
            const auto form = campaigns::load_form_version(view.db, digest->second);
            if (row ? form->find_row(id) >= 0 : form->find_column(id) >= 0) out.organizations.push_back(one.name);
        }
        totals.retired.push_back(std::move(out));
    };
    for (const auto& id : level.retired_columns) {
        const auto& column = level.form->columns[static_cast<std::size_t>(level.form->find_column(id))];
        std::string title;
        for (const auto& word : column.path) title += (title.empty() ? "" : "·") + word;
        tell(id, title.empty() ? column.title : title, false);
    }
    for (const auto& id : level.retired_rows) tell(id, level.form->rows[static_cast<std::size_t>(level.form->find_row(id))].title, true);
}

void count(Totals& totals) {
    for (const auto& one : totals.contributors) {
        if (one.reading != Reading::excused && one.reading != Reading::not_applicable) ++totals.owed;
        if (one.counted) ++totals.counted;
        if (one.counted && one.restated) totals.restated = true;
    }
}

// Nothing said, nothing to report and zero add up alike: only figures differ.
forms::Figure added(forms::Figure figure) { return figure == forms::blank || figure == forms::nil ? 0 : figure; }

Difference difference_of(const forms::Form& form, const Contributor& one, const forms::Cells& official, const forms::Cells& recount) {
    Difference out{one.organization_id, one.name, {}, {}};
    for (std::size_t i = 0; i < official.size(); ++i) {
        if (added(official[i]) == added(recount[i])) continue;
        const auto& column = form.columns[i % form.columns.size()];
        auto& cells = column.source == forms::ColumnSource::cumulative ? out.cumulative : out.cells;
        cells.push_back({form.cell_id(i), forms::figure_text(official[i], column.decimals), forms::figure_text(recount[i], column.decimals)});
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
        if (!difference.cells.empty() || !difference.cumulative.empty()) totals.differences.push_back(std::move(difference));
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

Result<TotalsOnPaper> read_totals_on_paper(View& view, const std::string& campaign_id, const TotalsQuery& query) {
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
    add_retired(view, asked, *level, totals);
    return TotalsOnPaper{std::move(totals), level->form};
}

Result<Totals> read_totals(View& view, const std::string& campaign_id, const TotalsQuery& query) {
    auto read = read_totals_on_paper(view, campaign_id, query);
    if (!read) return read.refusal();
    return std::move(read->totals);
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
    std::map<std::string, bool> asked_for;
    TableSum official(view.db, level->form);
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto organization, auto, auto digest, auto cells) {
        official.add(digest, cells);
        values[std::string(organization)] = forms::figure_text(figure_at(view.db, level->form, digest, cells, *index), decimals);
        asked_for[std::string(organization)] = digest == form.version || campaigns::load_form_version(view.db, std::string(digest))->find_cell(query.cell).has_value();
    });
    OpenedCell out{query.cell, asked.node, name_of(view.db, asked.node), {}, {}};
    if (official.any()) out.official = forms::figure_text(official.finish()[*index], decimals);
    for (const auto& one : contributors_of(view, asked, *level, nullptr)) {
        const auto value = values.find(one.organization_id);
        const bool nothing = one.nil && one.reading == Reading::accepted;  // "nothing to report" is said; silence is not
        out.shares.push_back({one.organization_id, one.name, one.filing_id, value != values.end() ? value->second : nothing ? "nil" : "",
                              value != values.end(), one.opens, value == values.end() || asked_for[one.organization_id]});
    }
    return out;
}

}  // namespace anban::totals
