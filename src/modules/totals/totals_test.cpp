#include "modules/totals/totals.h"

#include <gtest/gtest.h>

#include <random>

#include "modules/filings/filings.h"
#include "modules/totals/matrix.h"
#include "tests/support/campaign_world.h"

namespace anban::totals {
namespace {

using test::beijing;
using test::CampaignWorld;

ANBAN_ON_BOTH_ENGINES(TotalsOnBoth);

constexpr const char* kMonth = "2023-03";

struct Figures {
    int found = 0;
    int fixed = 0;
};

// One month's tables of three cities and two counties, moved at random; beside it what a person with pencil and paper would keep.
struct Month {
    explicit Month(db::Engine engine) : w(engine) { w.publish(); w.now = beijing("2023-03-24 09:00"); }

    bool county(const std::string& unit) const { return unit == CampaignWorld::kYouxian || unit == CampaignWorld::kChaling; }
    std::string duty(const std::string& unit) const { return county(unit) ? "monthly_county" : "monthly"; }
    filings::Route route(const std::string& unit) { return w.route(duty(unit), unit, kMonth); }

    void hand_in(const std::string& unit, Figures figures) {
        json::object parts{{"statistics", json::object{{"cells", json::object{{"r1.found", std::to_string(figures.found)},
                                                                             {"r1.fixed", std::to_string(figures.fixed)}}},
                                                       {"reasons", json::object{{"r1.found", "含市本级"}}}}}};
        if (!county(unit)) {
            parts["progress"] = json::object{{"paragraphs", json::array{"本月开展了检查"}}};
            parts["hazards"] = json::object{{"nil", true}};
        }
        const auto filing = w.filing(duty(unit), unit, kMonth);
        filings::HandingIn asked{};
        asked.filing_id = filing.id;
        asked.version = filing.version;
        w.db->read([&](db::Connection& db) { asked.draft_version = filings::store::find_draft(db, filing.id).version; });
        asked.parts = parts;
        const auto receipt = w.deed<filings::Receipt>(w.at(unit, Role::liaison, unit), [&](Work& work) { return filings::hand_in(work, asked); });
        ASSERT_TRUE(receipt.ok()) << unit << ' ' << receipt.refusal().key << (receipt.refusal().errors.empty() ? "" : receipt.refusal().errors[0].path);
        handed_in[unit] = figures;
    }

    Actor receiver(const std::string& unit) {
        auto actor = w.clerk();
        actor.organization_id = route(unit).receiver_id;
        return actor;
    }

    void accept(const std::string& unit) {
        const auto now = route(unit);
        ASSERT_TRUE(w.deed<filings::RouteNow>(receiver(unit), [&](Work& work) { return filings::accept(work, {now.id, now.version}); }).ok());
        accepted[unit] = handed_in[unit];
    }

    void decide(const std::string& unit, Result<filings::RouteNow> (*deed)(Work&, const filings::Deciding&), bool by_receiver) {
        const auto now = route(unit);
        const auto actor = by_receiver ? receiver(unit) : w.at(unit, Role::liaison, unit);
        ASSERT_TRUE(w.deed<filings::RouteNow>(actor, [&](Work& work) { return deed(work, {now.id, now.version, "数据有误"}); }).ok());
    }

    void give_back(const std::string& unit) {
        const auto now = route(unit);
        ASSERT_TRUE(w.deed<filings::RouteNow>(receiver(unit), [&](Work& work) {
                         return filings::return_for_correction(work, {now.id, now.version, "请核对", {{"statistics:r1.found", "偏大"}}});
                     }).ok());
    }

    void step(const std::string& unit, Figures figures, int chance) {
        w.now.ms += 60'000;
        const auto at = route(unit).at;
        if (at.state == filings::State::submitted) chance % 3 == 0 ? give_back(unit) : accept(unit);
        else if (at.state == filings::State::accepted && at.amendment == filings::Amendment::none) decide(unit, filings::ask_amendment, false);
        else if (at.state == filings::State::accepted && at.amendment == filings::Amendment::asked) decide(unit, filings::grant_amendment, true);
        else hand_in(unit, figures);
    }

    Totals totals(const std::string& node = {}, std::optional<Instant> as_of = {}) {
        TotalsQuery query{"monthly", "statistics", kMonth, {}, as_of, {}, {}, {}};
        if (!node.empty()) query.node = w.organization(node);
        auto read = w.look<Totals>(w.clerk(), [&](View& view) { return read_totals(view, "small", query); });
        if (!read.ok()) throw std::runtime_error(read.refusal().key);
        return *read;
    }

    // What the pencil says: sums over those accepted.
    Figures sum(const std::vector<std::string>& units) const {
        Figures out;
        for (const auto& unit : units)
            if (const auto found = accepted.find(unit); found != accepted.end()) {
                out.found += found->second.found;
                out.fixed += found->second.fixed;
            }
        return out;
    }

    CampaignWorld w;
    std::map<std::string, Figures> handed_in, accepted;
};

const std::vector<std::string> kCities{CampaignWorld::kZhuzhou, CampaignWorld::kXiangtan, CampaignWorld::kHengyang};
const std::vector<std::string> kCounties{CampaignWorld::kYouxian, CampaignWorld::kChaling};

std::string figure(const std::map<std::string, std::string>& cells, const char* cell) {
    const auto found = cells.find(cell);
    return found == cells.end() ? "" : found->second;
}

TEST_P(TotalsOnBoth, whatever_is_handed_in_returned_and_amended_the_total_is_the_sum_of_what_stands_accepted) {
    Month month(GetParam());
    std::mt19937 chance(20230325);
    auto units = kCities;
    units.insert(units.end(), kCounties.begin(), kCounties.end());
    for (int i = 0; i < 60; ++i) {
        const int found = static_cast<int>(chance() % 50);
        month.step(units[chance() % units.size()], {found, found == 0 ? 0 : static_cast<int>(chance() % static_cast<unsigned>(found))},
                   static_cast<int>(chance() % 6));
        if (HasFatalFailure()) return;
        const auto totals = month.totals();
        const auto cities = month.sum(kCities);
        const bool any = std::ranges::any_of(kCities, [&](auto& c) { return month.accepted.count(c) > 0; });
        ASSERT_EQ(figure(totals.official, "all.found"), any ? std::to_string(cities.found) : "") << "after step " << i;
        ASSERT_EQ(figure(totals.official, "r1.fixed"), any ? std::to_string(cities.fixed) : "");
        ASSERT_EQ(figure(totals.official, "all.rate"), any ? rate_text(cities.fixed, cities.found) : "") << "0/0 reads — and never 100";
        std::size_t counted = 0;
        for (const auto& city : kCities) counted += month.accepted.count(city);
        ASSERT_EQ(totals.counted, static_cast<std::int64_t>(counted));
        ASSERT_EQ(totals.owed, 3);
    }
}

TEST_P(TotalsOnBoth, where_a_city_says_other_than_its_counties_the_city_and_the_cells_are_named) {
    Month month(GetParam());
    for (const auto& [unit, found] : std::map<std::string, int>{{CampaignWorld::kYouxian, 4}, {CampaignWorld::kChaling, 5}}) {
        month.hand_in(unit, {found, 1});
        month.accept(unit);
    }
    month.hand_in(CampaignWorld::kZhuzhou, {11, 2});
    month.accept(CampaignWorld::kZhuzhou);
    month.hand_in(CampaignWorld::kXiangtan, {7, 7});
    month.accept(CampaignWorld::kXiangtan);
    const auto totals = month.totals();
    EXPECT_EQ(figure(totals.official, "all.found"), "18");
    EXPECT_EQ(figure(totals.recount, "all.found"), "16") << "Zhuzhou's counties say 9, Xiangtan has none below and says 7";
    ASSERT_EQ(totals.differences.size(), 1u);
    EXPECT_EQ(totals.differences[0].name, CampaignWorld::kZhuzhou);
    EXPECT_EQ(totals.differences[0].cells[0].cell, "r1.found");
    EXPECT_EQ(totals.differences[0].cells[0].official, "11");
    EXPECT_EQ(totals.differences[0].cells[0].recount, "9");
}

TEST_P(TotalsOnBoth, a_figure_opens_from_the_province_to_the_city_to_the_county) {
    Month month(GetParam());
    month.hand_in(CampaignWorld::kYouxian, {4, 1});
    month.accept(CampaignWorld::kYouxian);
    month.hand_in(CampaignWorld::kZhuzhou, {11, 2});
    month.accept(CampaignWorld::kZhuzhou);
    const auto open = [&](const std::string& node) {
        CellQuery query{"monthly", "statistics", kMonth, "r1.found", month.w.organization(node), {}, {}, {}, {}, {}};
        return *month.w.look<OpenedCell>(month.w.clerk(), [&](View& view) { return open_cell(view, "small", query); });
    };
    const auto province = open(CampaignWorld::kOffice);
    EXPECT_EQ(province.official, "11");
    ASSERT_EQ(province.shares.size(), 3u);
    EXPECT_EQ(province.shares[0].name, CampaignWorld::kZhuzhou);
    EXPECT_EQ(province.shares[0].value, "11");
    EXPECT_TRUE(province.shares[0].opens);
    EXPECT_FALSE(province.shares[1].counted) << "who has not reported stands there by name, without a figure";
    const auto city = open(CampaignWorld::kZhuzhou);
    EXPECT_EQ(city.official, "4");
    EXPECT_EQ(city.shares[0].name, CampaignWorld::kYouxian);
    EXPECT_FALSE(city.shares[0].filing_id.empty());
}

// anchor-failures 13
TEST_P(TotalsOnBoth, an_amended_table_reads_restated_and_the_total_as_of_before_stays_as_it_was) {
    Month month(GetParam());
    month.hand_in(CampaignWorld::kZhuzhou, {11, 2});
    month.accept(CampaignWorld::kZhuzhou);
    const auto before = month.w.now;
    EXPECT_FALSE(month.totals().restated);
    month.w.now.ms += 3'600'000;
    month.decide(CampaignWorld::kZhuzhou, filings::ask_amendment, false);
    month.decide(CampaignWorld::kZhuzhou, filings::grant_amendment, true);
    month.hand_in(CampaignWorld::kZhuzhou, {13, 2});
    EXPECT_EQ(figure(month.totals().official, "r1.found"), "11") << "the accepted version stands until the amended one is accepted";
    month.accept(CampaignWorld::kZhuzhou);
    EXPECT_EQ(figure(month.totals().official, "r1.found"), "13");
    EXPECT_TRUE(month.totals().restated);
    EXPECT_EQ(figure(month.totals({}, before).official, "r1.found"), "11");
}

TEST_P(TotalsOnBoth, as_of_an_instant_every_unit_stands_as_it_stood_then) {
    Month month(GetParam());
    month.hand_in(CampaignWorld::kZhuzhou, {11, 2});
    month.hand_in(CampaignWorld::kXiangtan, {5, 1});
    const auto first = month.w.now;
    month.w.now.ms += 3'600'000;
    month.accept(CampaignWorld::kZhuzhou);
    month.give_back(CampaignWorld::kXiangtan);
    const auto second = month.w.now;
    month.w.now = beijing("2023-03-28 09:00");
    const auto readings = [&](std::optional<Instant> at) {
        std::vector<Reading> out;
        for (const auto& one : month.totals({}, at).contributors) out.push_back(one.reading);
        return out;
    };
    using R = Reading;
    EXPECT_EQ(readings({}), (std::vector<R>{R::accepted, R::returned, R::overdue}));
    EXPECT_EQ(readings(second), (std::vector<R>{R::accepted, R::returned, R::expected}));
    EXPECT_EQ(readings(first), (std::vector<R>{R::submitted, R::submitted, R::expected}));
    EXPECT_EQ(month.totals({}, first).counted, 0);
    EXPECT_EQ(month.totals({}, second).counted, 1);
    EXPECT_TRUE(month.totals({}, Instant{first.ms - 365 * 86'400'000LL}).contributors.empty()) << "nothing was issued yet";
}

TEST_P(TotalsOnBoth, a_column_that_is_asked_no_more_keeps_its_figures_in_the_window_in_which_some_had_filled_it) {
    Month month(GetParam());
    month.hand_in(CampaignWorld::kZhuzhou, {11, 2});
    month.accept(CampaignWorld::kZhuzhou);
    auto& forms = month.w.forms;
    const auto statistics = std::ranges::find_if(forms, [](const auto& f) { return f.id == "statistics"; });
    auto yaml = std::string(json::parse(statistics->definition)->as_object().at("source").as_string());
    for (const std::string line : {"  - {id: fixed, title: 整改, unit: 项}\n", "  - {id: rate, title: 整改率, unit: \"%\", source: {formula: \"rate(fixed, found)\"}}\n",
                                   "  - {id: fixed_found, level: hard, rule: \"found >= fixed\", message: \"整改（{right}）多于发现（{left}）\"}\n"})
        yaml.erase(yaml.find(line), line.size());
    *statistics = test::form_of(yaml);
    month.w.publish();
    const auto filing = month.w.filing("monthly", CampaignWorld::kXiangtan, kMonth);
    filings::HandingIn asked{filing.id, filing.version, 0, month.w.parts(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.found":"5"}},"hazards":{"nil":true}})"), false, false, {}};
    const auto receipt = month.w.deed<filings::Receipt>(month.w.at(CampaignWorld::kXiangtan, Role::liaison, "x"), [&](Work& work) { return filings::hand_in(work, asked); });
    ASSERT_TRUE(receipt.ok()) << receipt.refusal().key << (receipt.refusal().errors.empty() ? "" : receipt.refusal().errors[0].key);
    month.accept(CampaignWorld::kXiangtan);
    const auto totals = month.totals();
    EXPECT_EQ(figure(totals.official, "r1.found"), "16");
    EXPECT_EQ(figure(totals.official, "r1.fixed"), "2");
    EXPECT_EQ(figure(totals.official, "all.fixed"), "2");
    ASSERT_EQ(totals.retired.size(), 2u);
    EXPECT_EQ(totals.retired[0].id, "fixed");
    EXPECT_EQ(totals.retired[0].count, 1);
    EXPECT_EQ(totals.retired[0].organizations, std::vector<std::string>{CampaignWorld::kZhuzhou});
    CellQuery query{"monthly", "statistics", kMonth, "r1.fixed", {}, {}, {}, {}, {}, {}};
    const auto cell = *month.w.look<OpenedCell>(month.w.clerk(), [&](View& view) { return open_cell(view, "small", query); });
    EXPECT_EQ(cell.official, "2");
    EXPECT_TRUE(cell.shares[0].asked);
    EXPECT_FALSE(cell.shares[1].asked) << "counted, but never asked for this cell";
}

TEST_P(TotalsOnBoth, nothing_said_and_zero_do_not_differ_and_running_totals_are_told_apart) {
    Month month(GetParam());
    month.hand_in(CampaignWorld::kYouxian, {4, 0});
    month.accept(CampaignWorld::kYouxian);
    const auto filing = month.w.filing("monthly", CampaignWorld::kZhuzhou, kMonth);
    filings::HandingIn asked{filing.id, filing.version, 0, month.w.parts(R"({"progress":{"paragraphs":["查"]},
        "statistics":{"cells":{"r1.found":"6"},"reasons":{"r1.found":"含市本级"}},"hazards":{"nil":true}})"), false, false, {}};
    ASSERT_TRUE(month.w.deed<filings::Receipt>(month.w.at(CampaignWorld::kZhuzhou, Role::liaison, "x"), [&](Work& work) { return filings::hand_in(work, asked); }).ok());
    month.accept(CampaignWorld::kZhuzhou);
    const auto totals = month.totals();
    ASSERT_EQ(totals.differences.size(), 1u);
    std::vector<std::string> cells, cumulative;
    for (const auto& one : totals.differences[0].cells) cells.push_back(one.cell);
    for (const auto& one : totals.differences[0].cumulative) cumulative.push_back(one.cell);
    EXPECT_EQ(std::ranges::count(cells, "r1.fixed"), 0) << "the county said 0, the city nothing";
    EXPECT_EQ(std::ranges::count(cells, "r1.found"), 1);
    EXPECT_EQ(std::ranges::count(cells, "r1.found_total"), 0);
    EXPECT_EQ(std::ranges::count(cumulative, "r1.found_total"), 1);
}

TEST_P(TotalsOnBoth, another_units_totals_are_not_there) {
    Month month(GetParam());
    TotalsQuery query{"monthly", "statistics", kMonth, month.w.organization(CampaignWorld::kZhuzhou), {}, {}, {}, {}};
    const auto stranger = month.w.at(CampaignWorld::kXiangtan, Role::office_clerk, "stranger");
    const auto read = month.w.look<Totals>(stranger, [&](View& view) { return read_totals(view, "small", query); });
    ASSERT_FALSE(read.ok());
    EXPECT_EQ(read.refusal().code, Code::not_found);
}

// anchor-failures 20
TEST_P(TotalsOnBoth, the_matrix_names_who_is_missing_and_counts_every_unit_once) {
    Month month(GetParam());
    month.hand_in(CampaignWorld::kZhuzhou, {1, 1});
    month.hand_in(CampaignWorld::kXiangtan, {1, 1});
    month.accept(CampaignWorld::kXiangtan);
    MatrixQuery query;
    query.duty = "monthly";
    query.slot = kMonth;
    const auto read = [&] { return *month.w.look<Matrix>(month.w.clerk(), [&](View& view) { return read_matrix(view, "small", query); }); };
    auto matrix = read();
    ASSERT_EQ(matrix.missing.size(), 1u);
    EXPECT_EQ(matrix.missing[0].name, CampaignWorld::kHengyang);
    EXPECT_EQ(matrix.missing[0].reading, Reading::expected);
    const auto window = *std::ranges::find(matrix.windows, kMonth, &MatrixWindow::slot);
    EXPECT_EQ(window.owed, window.accepted + window.submitted + window.returned + window.expected + window.overdue);
    EXPECT_EQ(window.owed, 3);
    EXPECT_EQ(window.rate, "66.7");
    month.w.now = beijing("2023-03-26 00:00");
    EXPECT_EQ(read().missing[0].reading, Reading::overdue);
}

// anchor-failures 22
TEST(Rates, nothing_of_nothing_is_no_rate_and_halves_round_up) {
    EXPECT_EQ(rate_text(0, 0), "—");
    EXPECT_EQ(rate_text(1, 3), "33.3");
    EXPECT_EQ(rate_text(1, 16), "6.3");  // 6.25
    EXPECT_EQ(rate_text(2, 3), "66.7");
    EXPECT_EQ(rate_text(31, 31), "100.0");
    EXPECT_EQ(rate_text(302, 312), "96.8");  // published elsewhere as 97.28
}

}  // namespace
}  // namespace anban::totals
