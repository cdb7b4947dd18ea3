#include "modules/totals/totals.h"

#include <algorithm>
#include <unordered_set>

#include "modules/totals/asked.h"
#include "modules/totals/recount.h"
#include "modules/totals/reporters.h"

namespace anban::totals {
namespace {

using campaigns::TableSum;

constexpr std::size_t kEverybody = SIZE_MAX;

forms::Figure figure_at(db::Connection& db, const FormPtr& shown, std::string_view digest, std::string_view cells, std::size_t index) {
    if (digest == shown->version) return forms::decode(*shown, cells).value()[index];
    TableSum one(db, shown);
    one.add(digest, cells);
    return one.finish()[index];
}

std::string name_of(db::Connection& db, const std::string& organization_id) {
    const auto names = names_of(db, {organization_id});
    return names.empty() ? std::string() : names.begin()->second;
}

std::string own_filing(db::Connection& db, const Asked& asked, const Level& level) {
    std::string id;
    const auto duty = level.version.definition.collected_for.empty() ? asked.duty : level.version.definition.collected_for;
    db.each({"totals.own_filing", R"sql(
        select id from filings where campaign_id = $1 and duty = $2 and organization_id = $3 and slot = $4
    )sql"}, {asked.campaign_id, duty, asked.node, asked.slot}, [&](const db::Row& row) { id = row.string(0); });
    return id;
}

// As one of those that owe has them: one slot's windows may differ by some days once a pack was changed.
void add_days(db::Connection& db, const Asked& asked, const Reporter* reporter, Totals& totals) {
    if (!reporter) return;
    db.each({"totals.days", R"sql(
        select window_from, window_to from filings where campaign_id = $1 and duty = $2 and slot = $3 and organization_id = $4
    )sql"}, {asked.campaign_id, asked.duty, asked.slot, std::string(reporter->organization_id)}, [&](const db::Row& row) {
        totals.window_from = parse_date(row.text(0)).value_or(CivilDate{});
        totals.window_to = parse_date(row.text(1)).value_or(CivilDate{});
    });
}

std::string title_of(const forms::Column& column) {
    std::string title;
    for (const auto& word : column.path) title += (title.empty() ? "" : "·") + word;
    return title.empty() ? column.title : title;
}

// Who is still in the figures that only an older version of the form has: all counted, as many named as a page holds.
class Retirement {
public:
    Retirement(View& view, const Level& level, const Accepted& accepted, Roll& roll, std::size_t limit, Totals& totals)
        : view_(view), level_(level), accepted_(accepted), roll_(roll), limit_(limit), totals_(totals) {}

    void tell() {
        const auto& form = *level_.form;
        for (const auto& id : level_.retired_columns) {
            const auto& column = form.columns[static_cast<std::size_t>(form.find_column(id))];
            tell(id, title_of(column), false, [&](const forms::Form& old) { return old.find_column(id) >= 0; });
        }
        for (const auto& id : level_.retired_rows)
            tell(id, form.rows[static_cast<std::size_t>(form.find_row(id))].title, true, [&](const forms::Form& old) { return old.find_row(id) >= 0; });
    }

private:
    void tell(const std::string& id, const std::string& title, bool row, const std::function<bool(const forms::Form&)>& has) {
        std::unordered_set<std::string_view> versions;
        for (const auto& digest : accepted_.digests())
            if (has(*campaigns::load_form_version(view_.db, digest))) versions.insert(digest);
        Reporters within;
        for (auto& one : roll_.all())
            if (versions.contains(accepted_.digest_of(one.organization_id))) within.push_back(&one);
        Retired out{id, title, row, static_cast<std::int64_t>(within.size()), {}};
        const auto ids = ids_of(roll_.in_order(within, std::min(limit_, within.size())));
        const auto names = names_of(view_.db, ids);
        for (const auto& one : ids) out.organizations.push_back(names.at(one));
        totals_.retired.push_back(std::move(out));
    }

    View& view_;
    const Level& level_;
    const Accepted& accepted_;
    Roll& roll_;
    const std::size_t limit_;
    Totals& totals_;
};

void add_counts(const Roll& roll, Totals& totals) {
    totals.reporters = roll.count(Show::all);
    totals.counted = roll.count(Show::counted);
    totals.nil = roll.count(Show::nil);
    totals.missing = roll.count(Show::missing);
    totals.owed = roll.owed();
    totals.restated = roll.restated();
}

Result<TotalsOnPaper> read(View& view, const std::string& campaign_id, const TotalsQuery& query, const Turn& turn) {
    Asked asked{campaign_id, query.duty, query.part, query.slot, query.node.value_or(default_node(view, campaign_id)), query.as_of};
    const auto level = level_of(view, asked);
    if (!level) return level.refusal();
    Totals totals;
    Accepted accepted;
    TableSum official(view.db, level->form);
    Recount recount(view, asked, *level);
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto organization, auto digest, auto cells) {
        official.add(digest, cells);
        accepted.add(organization, digest);
        recount.add(organization, digest, cells);
    });
    Roll roll(view, asked, accepted);
    auto page = roll.turn(turn);
    if (!page) return page.refusal();
    totals.campaign_id = campaign_id;
    totals.duty = asked.duty;
    totals.duty_title = level->version.definition.title;
    totals.part = asked.part;
    totals.slot = asked.slot;
    totals.node_id = asked.node;
    totals.node_name = name_of(view.db, asked.node);
    totals.node_filing_id = own_filing(view.db, asked, *level);
    totals.form = forms::canonical(*level->form);
    if (official.any()) totals.official = texts_of(*level->form, official.finish());
    add_days(view.db, asked, roll.any(), totals);
    add_counts(roll, totals);
    totals.contributors = name_reporters(view, asked, *level, page->reporters);
    totals.matching = page->matching;
    totals.next = std::move(page->next);
    recount.finish(view, roll, turn.limit, totals);
    Retirement(view, *level, accepted, roll, turn.limit, totals).tell();
    return TotalsOnPaper{std::move(totals), level->form};
}

// The figures of one cell, of those units alone.
std::map<std::string, forms::Figure> figures_of(View& view, const Asked& asked, const FormPtr& shown, std::size_t index, const std::vector<std::string>& units) {
    std::map<std::string, forms::Figure> out;
    each_of(view.db, "totals.vectors_of_units", R"sql(
        select organization_id, form_digest, cells
        from table_vectors
        where campaign_id = $1 and duty = $2 and part = $3 and slot = $4 and receiver_id = $5
          and accepted_at <= $6 and (replaced_at is null or replaced_at > $6) and organization_id in )sql",
            {asked.campaign_id, asked.duty, asked.part, asked.slot, asked.node, asked.until()}, units,
            [&](const db::Row& row) { out.emplace(row.string(0), figure_at(view.db, shown, row.text(1), row.bytes(2), index)); });
    return out;
}

// What the page shows of each of its units.
void add_shares(View& view, const Asked& asked, const Level& level, std::size_t index, const Accepted& accepted, const Turned& page, OpenedCell& out) {
    const auto figures = figures_of(view, asked, level.form, index, ids_of(page.reporters));
    const int decimals = level.form->columns[index % level.form->columns.size()].decimals;
    for (const auto& one : name_reporters(view, asked, level, page.reporters)) {
        CellShare share{one.organization_id, one.name, one.filing_id, {}, one.reading, one.counted, one.opens, one.restated, true};
        if (one.counted) {
            share.value = forms::figure_text(figures.at(one.organization_id), decimals);
            const std::string digest(accepted.digest_of(one.organization_id));
            share.asked = digest == level.form->version || campaigns::load_form_version(view.db, digest)->find_cell(out.cell).has_value();
        } else if (one.nil && one.reading == Reading::accepted) {
            share.value = "nil";  // "nothing to report" is said; silence is not
        }
        out.shares.push_back(std::move(share));
    }
}

}  // namespace

Result<TotalsOnPaper> read_totals_on_paper(View& view, const std::string& campaign_id, const TotalsQuery& query) {
    return read(view, campaign_id, query, {Show::all, Order::official, {}, kEverybody});
}

Result<Totals> read_totals(View& view, const std::string& campaign_id, const TotalsQuery& query) {
    const auto turn = turn_of(query.show, query.after, query.limit);
    if (!turn) return turn.refusal();
    auto got = read(view, campaign_id, query, *turn);
    if (!got) return got.refusal();
    return std::move(got->totals);
}

Result<OpenedCell> open_cell(View& view, const std::string& campaign_id, const CellQuery& query) {
    auto turn = turn_of(query.show, query.after, query.limit);
    if (!turn) return turn.refusal();
    turn->order = query.order.value_or(Order::official);
    Asked asked{campaign_id, query.duty, query.part, query.slot, query.node.value_or(default_node(view, campaign_id)), query.as_of};
    const auto level = level_of(view, asked);
    if (!level) return level.refusal();
    const auto index = level->form->find_cell(query.cell);
    if (!index) return Refusal{Code::not_found, "totals.no_such_cell", {{"cell", query.cell}}, {}, {}};

    Accepted accepted;
    std::unordered_map<std::string, forms::Figure> figures;  // only where they order the shares
    TableSum official(view.db, level->form);
    each_vector(view.db, asked, asked.duty, asked.node, [&](auto organization, auto digest, auto cells) {
        official.add(digest, cells);
        accepted.add(organization, digest);
        if (turn->order == Order::largest) figures.emplace(organization, figure_at(view.db, level->form, digest, cells, *index));
    });
    Roll roll(view, asked, accepted);
    for (auto& one : roll.all()) {
        const auto found = figures.find(std::string(one.organization_id));
        one.figure = found == figures.end() ? INT64_MIN : found->second;
    }
    auto page = roll.turn(*turn);
    if (!page) return page.refusal();
    OpenedCell out{query.cell, asked.node, name_of(view.db, asked.node), {}, roll.count(Show::all), roll.count(Show::counted), page->matching, {}, page->next};
    if (official.any()) out.official = forms::figure_text(official.finish()[*index], level->form->columns[*index % level->form->columns.size()].decimals);
    add_shares(view, asked, *level, *index, accepted, *page, out);
    return out;
}

}  // namespace anban::totals
