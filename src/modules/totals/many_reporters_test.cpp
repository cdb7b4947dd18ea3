// A node with thousands of direct reporters: their names in pages, their counts over all.
#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "modules/campaigns/campaign_forms.h"
#include "modules/totals/totals.h"
#include "tests/support/campaign_world.h"

namespace anban::totals {
namespace {

using test::beijing;
using test::CampaignWorld;

ANBAN_ON_BOTH_ENGINES(ManyReporters);

struct Unit {
    std::string id;
    std::int64_t place = 0;
    bool owes = true;
    bool counted = false;
    bool nil = false;  // its "nothing to report" is accepted
    int figure = 0;
};

// Thousands of units report a month to the office, written by SQL in every state; the pack's own three bureaus are left out of the month.
struct Crowd {
    Crowd(db::Engine engine, int units) : w(engine) {
        w.publish();
        office = w.organization(CampaignWorld::kOffice);
        w.db->reshape([&](db::Connection& db) {
            db.run({"crowd.no_routes", "delete from filing_routes where duty = 'monthly' and slot = '2023-03'"});
            db.run({"crowd.no_filings", "delete from filings where duty = 'monthly' and slot = '2023-03'"});
            db.each({"crowd.version", "select id, definition from duty_versions where duty = 'monthly'"}, {}, [&](const db::Row& row) { version = row.string(0); });
            for (const auto& form : w.forms)
                if (form.id == "statistics") digest = form.digest;
            std::mt19937 chance(44'000);
            for (int i = 0; i < units; ++i) add(db, i, units, chance);
            return db::Outcome::keep;
        });
        std::ranges::sort(all, {}, [](const Unit& one) { return std::pair(one.place, one.id); });
        w.now = beijing("2023-03-24 09:00");
    }

    void add(db::Connection& db, int i, int units, std::mt19937& chance) {
        const char* const states[] = {"expected", "draft", "submitted", "returned", "accepted", "accepted", "accepted", "accepted", "excused", "not_applicable"};
        const std::string state = states[chance() % std::size(states)];
        Unit one{"u" + std::to_string(100'000 + i), (i * 7919 % units) / 3, state != "excused" && state != "not_applicable", false, false, static_cast<int>(chance() % 40)};
        // Of those accepted some said "nothing to report"; of the others some had been accepted and are being amended.
        one.counted = state == "accepted" ? chance() % 5 != 0 : chance() % 20 == 0;
        one.nil = state == "accepted" && !one.counted;
        // Between two that report there may be one that does not.
        if (chance() % 4 == 0) organization(db, "n" + std::to_string(100'000 + i), one.place);
        organization(db, one.id, one.place);
        db.run({"crowd.filing", R"sql(
            insert into filings (id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, applies, applies_reason, issued_at, version)
            values ($1, 'small', 'monthly', $2, $1, '2023-03', '2023-02-26', '2023-03-25', 'owed', '', 0, 1)
        )sql"}, {one.id, version});
        db.run({"crowd.route", R"sql(
            insert into filing_routes (id, filing_id, campaign_id, duty, organization_id, receiver_id, slot, window_from, window_to, due_has_hour,
                                       due_reason, state, amendment, nil, partial, first_was_empty, restated, version)
            values ($1, $1, 'small', 'monthly', $1, $2, '2023-03', '2023-02-26', '2023-03-25', 1, '', $3, 'none', $4, 0, 0, 0, 1)
        )sql"}, {one.id, office, state, static_cast<std::int64_t>(one.nil)});
        if (one.counted) accept(db, one);
        all.push_back(one);
    }

    static void organization(db::Connection& db, const std::string& id, std::int64_t place) {
        db.run({"crowd.unit", R"sql(
            insert into organizations (id, name, short_name, kind, level, division_code, credit_code, sort_order, opened_on, version)
            values ($1, '某局' || $1, '', 'bureau', 'county', '', '', $2, '2020-01-01', 1)
        )sql"}, {id, place});
    }

    void accept(db::Connection& db, const Unit& one) {
        const auto form = campaigns::load_form_version(db, digest);
        const auto cells = forms::evaluate(*form, {forms::cells_from(*form, json::object{{"r1.found", std::to_string(one.figure)}}), {}, {}}).cells;
        db.run({"crowd.submission", R"sql(
            insert into submissions (id, filing_id, number, content, digest, receipt_number, nil, partial, empty, amend_reason, submitted_by, submitted_by_name, received_at)
            values ($1, $1, 1, '{}', '', $1, 0, 0, 0, '', '', '', 0)
        )sql"}, {one.id});
        db.run({"crowd.vector", R"sql(
            insert into table_vectors (id, campaign_id, duty, part, form_digest, slot, organization_id, receiver_id, filing_id, submission_id, cells, accepted_at)
            values ($1, 'small', 'monthly', 'statistics', $2, '2023-03', $1, $3, $1, $1, $4, $5)
        )sql"}, {one.id, digest, office, db::Bytes{forms::encode(cells)}, beijing("2023-03-20 09:00").ms});
    }

    Result<Totals> totals(const std::optional<Show>& show, const std::string& after, std::optional<int> limit, std::optional<Instant> as_of = {}) {
        TotalsQuery query{"monthly", "statistics", "2023-03", {}, as_of, show, {}, limit};
        if (!after.empty()) query.after = after;
        return w.look<Totals>(w.clerk(), [&](View& view) { return read_totals(view, "small", query); });
    }

    Result<OpenedCell> cell(Show show, Order order, const std::string& after, int limit) {
        CellQuery query{"monthly", "statistics", "2023-03", "r1.found", {}, {}, show, order, {}, limit};
        if (!after.empty()) query.after = after;
        return w.look<OpenedCell>(w.clerk(), [&](View& view) { return open_cell(view, "small", query); });
    }

    Totals everybody(std::optional<Instant> as_of = {}) {
        TotalsQuery query{"monthly", "statistics", "2023-03", {}, as_of, Show::missing, {}, 3};  // a page asked for changes nothing
        return w.look<TotalsOnPaper>(w.clerk(), [&](View& view) { return read_totals_on_paper(view, "small", query); })->totals;
    }

    // All pages of a filter put together.
    std::vector<std::string> paged(Show show, int limit, std::optional<Instant> as_of = {}) {
        std::vector<std::string> out;
        std::string after;
        do {
            const auto page = totals(show, after, limit, as_of);
            if (!page.ok()) throw std::runtime_error(page.refusal().key);
            if (static_cast<int>(page->contributors.size()) > limit) throw std::runtime_error("a page too long");
            for (const auto& one : page->contributors) out.push_back(one.organization_id);
            after = page->next.value_or("");
            if (after.empty() && page->matching != static_cast<std::int64_t>(out.size())) throw std::runtime_error("the number is not that of the names");
        } while (!after.empty());
        return out;
    }

    std::vector<std::string> ids(const std::function<bool(const Unit&)>& of) const {
        std::vector<std::string> out;
        for (const auto& one : all)
            if (of(one)) out.push_back(one.id);
        return out;
    }

    CampaignWorld w;
    std::string office, version, digest;
    std::vector<Unit> all;  // in official order
};

bool is_counted(const Unit& one) { return one.counted; }
bool is_missing(const Unit& one) { return one.owes && !one.counted && !one.nil; }
bool says_nil(const Unit& one) { return one.nil; }
bool owes_nothing(const Unit& one) { return !one.owes && !one.counted; }

TEST_P(ManyReporters, the_pages_put_together_name_everybody_once_in_official_order_and_each_stands_under_one_filter) {
    Crowd crowd(GetParam(), 2'600);
    std::vector<std::string> names;
    const auto whole = crowd.everybody();
    for (const auto& one : whole.contributors) names.push_back(one.organization_id);
    EXPECT_EQ(names, crowd.ids([](const Unit&) { return true; })) << "on paper everybody is named";
    EXPECT_FALSE(whole.next);
    EXPECT_EQ(crowd.paged(Show::all, 500), names);
    EXPECT_EQ(crowd.paged(Show::all, 197), names);
    const auto missing = crowd.ids(is_missing), nil = crowd.ids(says_nil), counted = crowd.ids(is_counted), rest = crowd.ids(owes_nothing);
    ASSERT_EQ(missing.size() + nil.size() + counted.size() + rest.size(), names.size());
    EXPECT_EQ(crowd.paged(Show::missing, 113), missing);
    EXPECT_EQ(crowd.paged(Show::nil, 90), nil) << "who said that there is nothing is not missing (anchor-failures 19)";
    EXPECT_EQ(crowd.paged(Show::counted, 200), counted);
    EXPECT_EQ(crowd.paged(Show::not_owed, 71), rest);
    auto grouped = missing;
    grouped.insert(grouped.end(), nil.begin(), nil.end());
    grouped.insert(grouped.end(), counted.begin(), counted.end());
    grouped.insert(grouped.end(), rest.begin(), rest.end());
    EXPECT_EQ(crowd.paged(Show::missing_first, 311), grouped);
}

TEST_P(ManyReporters, the_first_page_counts_all_of_them_and_not_only_those_it_names) {
    Crowd crowd(GetParam(), 700);
    const auto page = *crowd.totals({}, {}, {});
    EXPECT_EQ(page.contributors.size(), 200u);
    EXPECT_EQ(page.reporters, 700);
    EXPECT_EQ(page.counted, static_cast<std::int64_t>(crowd.ids(is_counted).size()));
    EXPECT_EQ(page.missing, static_cast<std::int64_t>(crowd.ids(is_missing).size()));
    EXPECT_EQ(page.nil, static_cast<std::int64_t>(crowd.ids(says_nil).size()));
    EXPECT_EQ(page.owed, std::ranges::count_if(crowd.all, &Unit::owes));
    int sum = 0;
    for (const auto& one : crowd.all) sum += one.counted ? one.figure : 0;
    EXPECT_EQ(page.official.at("r1.found"), std::to_string(sum));
    EXPECT_EQ(page.window_from, parse_date("2023-02-26").value());
    EXPECT_EQ(crowd.totals({}, page.next.value(), {})->official, page.official);
}

TEST_P(ManyReporters, a_page_as_of_an_instant_holds_who_stood_there_then) {
    Crowd crowd(GetParam(), 300);
    const auto before = beijing("2023-03-01 09:00");
    const auto everybody = crowd.ids([](const Unit&) { return true; });
    EXPECT_EQ(crowd.paged(Show::missing, 77, before), everybody) << "nothing had been accepted, nobody excused";
    EXPECT_EQ(crowd.totals(Show::counted, {}, 10, before)->counted, 0);
    EXPECT_EQ(crowd.paged(Show::counted, 77, beijing("2023-03-21 09:00")), crowd.ids(is_counted));
    EXPECT_EQ(crowd.everybody(before).contributors.size(), 300u);
}

TEST_P(ManyReporters, whoever_is_accepted_between_two_pages_moves_nobody_over_their_edge) {
    Crowd crowd(GetParam(), 300);
    const auto missing = crowd.ids(is_missing);
    const auto first = *crowd.totals(Show::missing, {}, 20);
    crowd.w.db->reshape([&](db::Connection& db) {
        for (const auto& one : crowd.all)
            if (one.id == missing[4] || one.id == missing[19]) crowd.accept(db, one);
        return db::Outcome::keep;
    });
    const auto second = *crowd.totals(Show::missing, first.next.value(), 20);
    EXPECT_EQ(second.contributors.front().organization_id, missing[20]);
    EXPECT_EQ(second.missing, static_cast<std::int64_t>(missing.size()) - 2);
}

TEST_P(ManyReporters, a_cells_shares_come_in_pages_in_official_order_or_the_largest_first) {
    Crowd crowd(GetParam(), 600);
    const auto shares = [&](Show show, Order order, int limit) {
        std::vector<std::string> out;
        std::string after;
        do {
            const auto page = crowd.cell(show, order, after, limit);
            if (!page.ok()) throw std::runtime_error(page.refusal().key);
            for (const auto& one : page->shares) out.push_back(one.organization_id);
            after = page->next.value_or("");
        } while (!after.empty());
        return out;
    };
    EXPECT_EQ(shares(Show::all, Order::official, 190), crowd.ids([](const Unit&) { return true; }));
    auto units = crowd.all;
    std::ranges::stable_sort(units, std::greater<>(), [](const Unit& one) { return one.counted ? one.figure : -1; });
    std::vector<std::string> largest;
    for (const auto& one : units) largest.push_back(one.id);
    EXPECT_EQ(shares(Show::all, Order::largest, 83), largest);
    const auto page = *crowd.cell(Show::counted, Order::largest, {}, 5);
    EXPECT_EQ(page.shares[0].value, "39");
    EXPECT_EQ(page.matching, page.counted);
    EXPECT_EQ(page.reporters, 600);
}

TEST_P(ManyReporters, a_page_too_long_and_a_place_nobody_stands_at_are_refused) {
    Crowd crowd(GetParam(), 5);
    EXPECT_EQ(crowd.totals({}, {}, 501).refusal().key, "totals.limit");
    EXPECT_EQ(crowd.totals({}, {}, 0).refusal().key, "totals.limit");
    EXPECT_EQ(crowd.totals({}, "n100000", {}).refusal().key, "totals.after");
    EXPECT_EQ(crowd.cell(Show::all, Order::official, {}, 501).refusal().key, "totals.limit");
}

}  // namespace
}  // namespace anban::totals
