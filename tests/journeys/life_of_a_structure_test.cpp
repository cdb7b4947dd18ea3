// Units merge, close and change the bureau that they report to, in the middle of a window: what was handed in stands.
// anchor-failures 6, 18
#include <filesystem>
#include <fstream>

#include "tests/journeys/life_steps.h"

namespace anban::test::life {
namespace {

constexpr const char* kYear = "2023-01-01..2023-02-28";
constexpr const char* kMerged = "湘潭市城市管理和综合执法局";
constexpr const char* kClosed = "长沙市城市人居环境局";
constexpr const char* kMoved = "攸县住房和城乡建设局";

ANBAN_ON_BOTH_ENGINES(LifeOfAStructure);

json::object change(Client& admin, const std::string& id, json::object body) {
    body["version"] = admin.get("/api/v1/organizations/" + id).at("/organization/version");
    return body;
}

std::map<std::string, std::int64_t> touched(const Answer& report) {
    std::map<std::string, std::int64_t> out;
    for (const auto& one : report.at("/touched").as_array()) out[text_of(one, "what")] = one.at("count").as_int64();
    return out;
}

std::string all_totals(Receiver& office, const std::string& more = {}) {
    return json::write_canonical(office.totals(kYear, more).at("/official")) + json::write_canonical(office.totals(kYear, more).at("/contributors"));
}

TEST_P(LifeOfAStructure, a_merged_and_a_closed_unit_owe_nothing_from_that_day_and_every_figure_before_stays) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    for (const auto* name : {kZhuzhou, kMerged, kClosed}) {
        Desk unit(w, name);
        ASSERT_EQ(unit.hand_in("monthly", kYear, unit.table_and_ledger({{"sanitation.found", "5"}, {"sanitation.fixed", "4"}})).status, 200);
        ASSERT_EQ(office.accept("monthly", name, kYear).status, 200);
    }
    w.set_time(beijing("2023-03-20 09:00"));
    const auto before = all_totals(office);
    const auto overdue = office.cell("weekly", kMerged, "2023-W11");
    auto& admin = w.as("湖南省住房和城乡建设厅", Role::system_admin);
    const auto merged = w.organization_id(kMerged), into = w.organization_id(kXiangtan), closed = w.organization_id(kClosed);
    auto merge = change(admin, merged, {{"into", into}, {"from", "2023-03-22"}, {"dryRun", true}});
    merge["intoVersion"] = admin.get("/api/v1/organizations/" + into).at("/organization/version");
    expect_refused(office.client.post("/api/v1/organizations/" + merged + "/merge", merge), 404, "organization.unknown");
    const auto shown = admin.post("/api/v1/organizations/" + merged + "/merge", merge);
    ASSERT_EQ(shown.status, 200) << shown.text;
    EXPECT_EQ(touched(shown)["closed"], 1);
    EXPECT_EQ(touched(shown)["posts_held"], 1);
    EXPECT_EQ(touched(shown)["open_filings"], 11) << shown.text;  // six weeks, two months with their articles, the final report
    merge["dryRun"] = false;
    ASSERT_EQ(admin.post("/api/v1/organizations/" + merged + "/merge", merge).status, 200);
    const auto close = admin.post("/api/v1/organizations/" + closed + "/close", change(admin, closed, {{"on", "2023-03-22"}, {"dryRun", false}}));
    ASSERT_EQ(close.status, 200) << close.text;
    w.set_time(beijing("2023-03-22 09:00"));

    for (const auto* name : {kMerged, kClosed}) {
        const auto week = office.cell("weekly", name, "2023-W12");
        EXPECT_EQ(text_of(week, "reading"), "not_applicable") << name;
        const auto filing = office.client.get("/api/v1/filings/" + text_of(week, "filingId"));
        EXPECT_EQ(text_of(filing.at("/events").as_array().back(), "reason"), "截止时单位已撤销，无需报送");
        EXPECT_EQ(text_of(office.cell("monthly", name, "2023-03"), "reading"), "not_applicable");
    }
    EXPECT_EQ(office.cell("weekly", kMerged, "2023-W11"), overdue);  // it was there then
    EXPECT_EQ(all_totals(office), before);
    const auto week = office.window("weekly", "2023-W12");
    EXPECT_EQ(week.at("owed").as_int64(), 29);
    EXPECT_EQ(week.at("notApplicable").as_int64(), 2);
    for (const auto* duty : {"weekly", "monthly", "articles", "final"}) expect_sums(office.matrix(duty));
    EXPECT_EQ(office.matrix("weekly", "&slot=2023-W12").at("/missing").as_array().size(), 29u);
    w.set_time(beijing("2023-03-30 09:00"));
    EXPECT_TRUE(office.cell("weekly", kMerged, "2023-W17").is_null() || text_of(office.cell("weekly", kMerged, "2023-W17"), "reading") == "not_applicable");
    EXPECT_EQ(all_totals(office), before);
}

TEST_P(LifeOfAStructure, a_unit_closed_from_today_owes_nothing_at_once_and_not_only_tomorrow) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    w.set_time(beijing("2023-03-20 09:00"));
    auto& admin = w.as("湖南省住房和城乡建设厅", Role::system_admin);
    const auto closed = w.organization_id(kClosed);
    EXPECT_EQ(text_of(office.cell("weekly", kClosed, "2023-W12"), "reading"), "expected");
    const auto done = admin.post("/api/v1/organizations/" + closed + "/close", change(admin, closed, {{"on", "2023-03-20"}, {"dryRun", false}}));
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(text_of(office.cell("weekly", kClosed, "2023-W12"), "reading"), "not_applicable");
}

// The bureau that a county reports to is the pack's to say: totals follow it (decisions 7).
TEST_P(LifeOfAStructure, a_county_that_reports_to_another_city_takes_its_new_filings_along_and_leaves_its_old_figures) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-11 09:00"));
    Receiver old_city(w, kZhuzhou, Role::reviewer), new_city(w, kXiangtan, Role::reviewer), office(w, kOffice);
    Desk county(w, kMoved), stays(w, "茶陵县住房和城乡建设局");
    for (auto* unit : {&county, &stays}) {
        ASSERT_EQ(unit->hand_in("monthly_county", kYear, unit->table_and_ledger({{"gas.found", "5"}, {"gas.fixed", "3"}})).status, 200);
        ASSERT_EQ(old_city.accept("monthly_county", unit->name, kYear).status, 200);
    }
    Desk city(w, kZhuzhou);
    auto parts = city.table_and_ledger({});
    ASSERT_EQ(city.hand_in("monthly", kYear, parts).status, 200);
    ASSERT_EQ(office.accept("monthly", kZhuzhou, kYear).status, 200);
    const auto old_node = "&node=" + w.organization_id(kZhuzhou);
    const auto province = json::write_canonical(office.totals(kYear).at("/official")), below = json::write_canonical(office.totals(kYear, old_node).at("/official"));
    EXPECT_EQ(text_of(office.totals(kYear).at("/official"), "total.found"), "10");

    w.set_time(beijing("2023-03-20 09:00"));
    const TemporaryFolder folder;
    const auto pack = std::filesystem::path(folder.path()) / "hunan-2023";
    std::filesystem::copy(kPack, pack, std::filesystem::copy_options::recursive);
    std::ifstream in(pack / "organizations.yaml");
    std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto line = text.find(std::string("{name: ") + kMoved);
    const std::string parent = "parents: {sector: ";
    const auto at = text.find(parent, line) + parent.size();
    text.replace(at, std::string(kZhuzhou).size(), kXiangtan);
    std::ofstream(pack / "organizations.yaml") << text;
    w.apply_pack(pack);

    EXPECT_EQ(text_of(old_city.cell("monthly_county", kMoved, "2023-03"), "reading"), "not_applicable");
    EXPECT_EQ(text_of(new_city.cell("monthly_county", kMoved, "2023-03"), "reading"), "expected");
    expect_sums(old_city.matrix("monthly_county"));
    expect_sums(new_city.matrix("monthly_county"));
    const auto done = county.hand_in("monthly_county", "2023-03", county.month({{"gas.found", "2"}, {"gas.fixed", "1"}}));
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.at("/routes").as_array().size(), 1u);
    ASSERT_EQ(new_city.accept("monthly_county", kMoved, "2023-03").status, 200);
    EXPECT_EQ(text_of(office.totals("2023-03", "&node=" + w.organization_id(kXiangtan)).at("/official"), "gas.found"), "2");
    EXPECT_EQ(json::write_canonical(office.totals(kYear).at("/official")), province);
    EXPECT_EQ(json::write_canonical(office.totals(kYear, old_node).at("/official")), below);
    EXPECT_EQ(text_of(county.open("monthly_county", kYear).at("/routes/0"), "state"), "accepted");
    // The daily job finds nothing more to do: a filing with an old and a new way is owed, once.
    const auto events = w.count("select count(*) from route_events");
    w.set_time(beijing("2023-03-21 09:00"));
    EXPECT_EQ(w.count("select count(*) from route_events"), events);
    EXPECT_EQ(text_of(old_city.cell("monthly_county", kMoved, "2023-03"), "reading"), "not_applicable");
}

}  // namespace
}  // namespace anban::test::life
