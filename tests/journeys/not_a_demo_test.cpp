// Not a demo: the office changes its pack, and everything follows, while history stays.
#include <filesystem>
#include <fstream>
#include <set>

#include "modules/calendar/calendar.h"
#include "modules/campaigns/plan.h"
#include "platform/office/xlsx_reader.h"
#include "platform/office/xlsx_writer.h"
#include "tests/journeys/life_steps.h"

namespace anban::test::life {
namespace {

namespace fs = std::filesystem;

constexpr const char* kLeaves = "湘潭市城市管理和综合执法局";  // collects from no county
constexpr const char* kJoins = "岳阳市城陵矶新港区住房和城乡建设局";

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void replace_in(const fs::path& file, const std::string& from, const std::string& to) {
    auto text = read(file);
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
    std::ofstream(file, std::ios::binary) << text;
}

// A copy that the office keeps for itself, changed by hand in three places.
struct OwnPack {
    OwnPack() {
        fs::copy(kPack, path(), fs::copy_options::recursive);
        replace_in(path() / "duties.yaml", "window: friday..thursday", "window: thursday..wednesday");
        replace_in(path() / "duties.yaml", R"(due: {weekday: thursday, time: "17:00"})", R"(due: {weekday: wednesday, time: "12:00"})");
        const auto form = path() / "forms/statistics.yaml";
        replace_in(form, "title: 出动检查人员,", "title: 出动检查人次数,");
        replace_in(form, "      - {id: people, ", "      - {id: experts, title: 聘请专家, unit: 人次, adds: sum, source: lower_level}\n      - {id: people, ");
        const auto organizations = path() / "organizations.yaml";
        replace_in(organizations, std::string("      - ") + kLeaves + "\n", "");
        replace_in(organizations, "      - 湖南湘江新区行政执法局\n", std::string("      - 湖南湘江新区行政执法局\n      - ") + kJoins + "\n");
        replace_in(organizations, "  # counties of", std::string("  - {name: ") + kJoins +
                   ", short: 新港区住建局, kind: housing_bureau, level: zone, parents: {sector: 湖南省住房和城乡建设厅}}\n\n  # counties of");
    }
    [[nodiscard]] fs::path path() const { return fs::path(folder.path()) / "hunan-2023"; }
    TemporaryFolder folder;
};

// January and February of two units, one of them the one that leaves, and March of one in the form as it first was.
void live_until_the_change(World& w, Receiver& office) {
    Desk zhuzhou(w, kZhuzhou), leaves(w, kLeaves);
    for (auto* unit : {&zhuzhou, &leaves}) {
        const auto typed = unit == &zhuzhou ? std::map<std::string, std::string>{{"buildings.units", "10"}, {"buildings.trips", "12"}, {"buildings.people", "40"}, {"buildings.found", "30"}, {"buildings.fixed", "20"}, {"gas.fines", "12.50"}}
                                            : std::map<std::string, std::string>{{"sanitation.people", "7"}, {"sanitation.found", "5"}, {"sanitation.fixed", "5"}};
        const auto done = unit->hand_in("monthly", "2023-01-01..2023-02-28", unit->table_and_ledger(typed));
        ASSERT_EQ(done.status, 200) << done.text;
        ASSERT_EQ(office.accept("monthly", unit->name, "2023-01-01..2023-02-28").status, 200);
        ASSERT_EQ(unit->hand_in_week("2023-W11", "局长带队检查", "2023-03-10").status, 200);
        ASSERT_EQ(office.accept("weekly", unit->name, "2023-W11").status, 200);
    }
    w.set_time(beijing("2023-03-20 09:00"));
    const auto march = zhuzhou.hand_in("monthly", "2023-03", zhuzhou.month({{"buildings.people", "50"}, {"buildings.found", "8"}, {"buildings.fixed", "9"}}));
    ASSERT_EQ(march.status, 200) << march.text;
    ASSERT_EQ(office.accept("monthly", kZhuzhou, "2023-03").status, 200);
}

std::string accounts_sheet(const std::vector<std::string>& columns, const std::vector<std::string>& units) {
    const TemporaryFolder folder;
    const auto path = folder.path() + "/accounts.xlsx";
    office::XlsxWriter writer(path);
    writer.add_sheet("账号");
    for (std::size_t c = 0; c < columns.size(); ++c) writer.text(0, static_cast<int>(c), columns[c]);
    for (std::size_t i = 0; i < units.size(); ++i) {
        const auto row = static_cast<int>(i) + 1;
        const std::vector<std::string> cells{"unit" + std::to_string(row), units[i].substr(0, 48) + "联络员", units[i], "联络员", ""};
        for (std::size_t c = 0; c < columns.size(); ++c) writer.text(row, static_cast<int>(c), cells[c]);
    }
    writer.close();
    return read(path);
}

// The head of the published template, as somebody finds it who opens it in Excel.
std::vector<std::string> template_columns(Client& client) {
    const auto answer = client.get("/api/v1/accounts/import/template");
    EXPECT_EQ(answer.status, 200);
    std::vector<std::string> columns;
    const auto response = answer.text;
    const auto reader = office::XlsxReader::open(response);
    EXPECT_TRUE(reader.ok());
    if (!reader.ok()) return columns;
    (void)reader->read(0, [&](office::Row& row) {
        for (const auto& cell : row.cells)
            if (!cell.text.empty()) columns.push_back(cell.text);
        return false;
    });
    return columns;
}

std::vector<std::string> thirty_units() {
    const auto pack = campaigns::load_pack(kPack);
    std::vector<std::string> units;
    for (const auto& name : pack.pack->find_group("bureaus")->organizations)
        if (name != kLeaves && name != kZhuzhou) units.push_back(name);
    units.emplace_back(kJoins);
    return units;
}

// No table may be lost on the way: every cell but the columns of the head that is new.
std::string figures(const Answer& totals) { return json::write_canonical(totals.at("/official")); }

ANBAN_ON_BOTH_ENGINES(NotADemo);

TEST_P(NotADemo, a_changed_deadline_moves_the_plan_and_the_weeks_still_to_come_and_no_week_that_was) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    live_until_the_change(w, office);
    const auto before = office.cell("weekly", kZhuzhou, "2023-W11");
    const OwnPack own;
    w.apply_pack(own.path());

    const auto loaded = campaigns::load_pack(own.path());
    ASSERT_TRUE(loaded.pack);
    const auto plan = campaigns::plan(*loaded.pack, calendar::Calendar::built_in(), {*parse_date("2023-03-20"), *parse_date("2023-04-05"), {}});
    std::map<std::string, std::set<std::string>> dues;
    std::set<std::string> reporters;
    for (const auto& filing : plan.filings)
        if (filing.duty->id == "weekly") {
            dues[filing.slot].insert(campaigns::format_due(*filing.due));
            reporters.insert(filing.organization->name);
        }
    EXPECT_EQ(dues, (std::map<std::string, std::set<std::string>>{{"2023-W12", {"2023-03-22T12:00+08:00"}}, {"2023-W13", {"2023-03-29T12:00+08:00"}},
                                                                  {"2023-W14", {"2023-04-05T12:00+08:00"}}}));
    EXPECT_EQ(reporters.size(), 31u);
    EXPECT_TRUE(reporters.contains(kJoins));
    EXPECT_FALSE(reporters.contains(kLeaves));

    EXPECT_EQ(text_of(office.window("weekly", "2023-W12"), "dueAt"), "2023-03-22T12:00:00.000+08:00");
    EXPECT_EQ(text_of(office.window("weekly", "2023-W12"), "windowFrom"), "2023-03-16");
    EXPECT_EQ(text_of(office.window("weekly", "2023-W13"), "dueAt"), "2023-03-29T12:00:00.000+08:00");
    EXPECT_EQ(text_of(office.window("weekly", "2023-W11"), "dueAt"), "2023-03-16T17:00:00.000+08:00");
    EXPECT_EQ(office.cell("weekly", kZhuzhou, "2023-W11"), before);
    const auto missed = office.cell("weekly", kXiangtan, "2023-W11");  // overdue it was and is
    EXPECT_EQ(text_of(missed, "reading"), "overdue");
    EXPECT_EQ(text_of(missed, "dueAt"), "2023-03-16T17:00:00.000+08:00");
}

TEST_P(NotADemo, the_unit_that_leaves_owes_nothing_more_and_what_it_handed_in_stands_while_the_new_one_owes_from_today) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    live_until_the_change(w, office);
    const auto january = office.cell("monthly", kLeaves, "2023-01-01..2023-02-28");
    const auto week = office.cell("weekly", kLeaves, "2023-W11");
    const OwnPack own;
    w.apply_pack(own.path());

    EXPECT_EQ(office.cell("monthly", kLeaves, "2023-01-01..2023-02-28"), january);
    EXPECT_EQ(office.cell("weekly", kLeaves, "2023-W11"), week);
    for (const auto& [duty, slot] : {std::pair("weekly", "2023-W12"), {"monthly", "2023-03"}, {"articles", "2023-03"}}) {
        const auto released = office.cell(duty, kLeaves, slot);
        EXPECT_EQ(text_of(released, "reading"), "not_applicable") << duty;
        const auto filing = office.client.get("/api/v1/filings/" + text_of(released, "filingId"));
        EXPECT_EQ(text_of(filing.at("/events").as_array().back(), "reason"), "已不在报送单位名单中") << filing.text;
    }
    EXPECT_TRUE(office.cell("weekly", kJoins, "2023-W11").is_null());  // it owed nothing then
    EXPECT_EQ(text_of(office.cell("weekly", kJoins, "2023-W12"), "reading"), "expected");
    EXPECT_EQ(text_of(office.cell("monthly", kJoins, "2023-03"), "dueAt"), "2023-03-25T23:59:59.999+08:00");
    for (const auto* duty : {"weekly", "monthly", "articles"}) expect_sums(office.matrix(duty));
    const auto missing = office.matrix("weekly", "&slot=2023-W12");
    EXPECT_EQ(missing.at("/missing").as_array().size(), 31u);
    const auto late = Desk(w, kLeaves).write_item("weekly", "leadership", "检查", "2023-03-20");
    expect_refused(late, 404, "item.no_such_duty");
}

TEST_P(NotADemo, a_new_column_is_asked_from_now_on_while_accepted_tables_keep_their_form_and_totals_their_figures) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    live_until_the_change(w, office);
    const auto january = office.totals("2023-01-01..2023-02-28"), march = office.totals("2023-03");
    EXPECT_EQ(text_of(january.at("/official"), "total.people"), "47");
    EXPECT_EQ(text_of(january.at("/official"), "total.fixed_rate"), "71.4");  // 25 of 35
    EXPECT_EQ(text_of(march.at("/official"), "total.found_total"), "38");
    Desk zhuzhou(w, kZhuzhou), xiangtan(w, kXiangtan);
    const auto old_march = zhuzhou.open("monthly", "2023-03");
    const auto number = "/api/v1/filings/" + zhuzhou.filing_id("monthly", "2023-01-01..2023-02-28") + "/submissions/1";
    const auto old_january = office.client.get(number);
    const OwnPack own;
    w.apply_pack(own.path());

    const auto asked = xiangtan.open("monthly", "2023-03");  // nothing typed in it yet
    const auto digest = [](const Answer& filing) {
        for (const auto& part : filing.at("/parts").as_array())
            if (part.at("id").as_string() == "statistics") return text_of(part, "formDigest");
        return std::string();
    };
    EXPECT_NE(digest(asked), digest(old_march));
    const auto shown = json::write(asked.at("/forms").at(digest(asked)));
    EXPECT_NE(shown.find("聘请专家"), std::string::npos);
    EXPECT_NE(shown.find("出动检查人次数"), std::string::npos);
    EXPECT_EQ(digest(zhuzhou.open("monthly", "2023-03")), digest(old_march));  // accepted in the form it was filled in
    EXPECT_EQ(json::write(zhuzhou.open("monthly", "2023-03").at("/forms")), json::write(old_march.at("/forms")));
    EXPECT_EQ(json::write(office.client.get(number).body), json::write(old_january.body));
    EXPECT_EQ(figures(office.totals("2023-01-01..2023-02-28")), figures(january));
    EXPECT_EQ(json::write(office.totals("2023-01-01..2023-02-28").at("/form")), json::write(january.at("/form")));  // as it was
    EXPECT_EQ(figures(office.totals("2023-03")), figures(march));

    // Both versions in one window: each figure of the first still counts, the new column of the second too.
    const auto done = xiangtan.hand_in("monthly", "2023-03", xiangtan.month({{"gas.experts", "3"}, {"buildings.people", "5"}, {"buildings.found", "2"}, {"buildings.fixed", "1"}}));
    ASSERT_EQ(done.status, 200) << done.text;
    ASSERT_EQ(office.accept("monthly", kXiangtan, "2023-03").status, 200);
    const auto both = office.totals("2023-03");
    const auto& sum = both.at("/official");
    const std::map<std::string, std::string> expected{{"gas.experts", "3"}, {"total.experts", "3"}, {"buildings.people", "55"}, {"total.people", "55"},
        {"works.found", "10"}, {"buildings.found_total", "40"}, {"total.found_total", "40"}, {"total.fixed_total", "30"}, {"total.fixed_rate", "75.0"},
        {"gas.fines_total", "12.50"}, {"total.fines_total", "12.50"}, {"total.units_total", "10"}};
    for (const auto& [cell, figure] : expected) {
        const auto* found = sum.as_object().if_contains(cell);
        EXPECT_EQ(found ? std::string(found->as_string()) : "", figure) << cell;
    }
    const auto opened = office.client.get(std::string(kCampaign) + "/totals/cell?duty=monthly&part=statistics&slot=2023-03&cell=total.found_total");
    EXPECT_EQ(opened.string("/official"), "40");
    std::map<std::string, std::string> shares;
    for (const auto& share : opened.at("/shares").as_array())
        if (share.at("counted").as_bool()) shares[text_of(share, "name")] = text_of(share, "value");
    EXPECT_EQ(shares, (std::map<std::string, std::string>{{kZhuzhou, "38"}, {kXiangtan, "2"}}));
}

// The texts of the first sheet, one in each line.
std::string texts_of_sheet(const std::string& bytes) {
    const auto reader = office::XlsxReader::open(bytes);
    EXPECT_TRUE(reader.ok());
    std::string texts = "\n";
    if (reader.ok())
        (void)reader->read(0, [&](office::Row& row) {
            for (const auto& cell : row.cells) texts += cell.text + '\n';
            return true;
        });
    return texts;
}

TEST_P(NotADemo, the_official_layout_in_excel_follows_the_changed_form_and_an_accepted_table_keeps_its_own) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    live_until_the_change(w, office);
    const OwnPack own;
    w.apply_pack(own.path());
    const auto paper = [](Desk& unit, const char* slot) { return unit.client.get("/api/v1/filings/" + unit.filing_id("monthly", slot) + "/parts/statistics/xlsx"); };
    Desk xiangtan(w, kXiangtan), zhuzhou(w, kZhuzhou);
    const auto fresh = paper(xiangtan, "2023-03");
    ASSERT_EQ(fresh.status, 200) << fresh.text;
    const auto asked = texts_of_sheet(fresh.text), before = texts_of_sheet(paper(zhuzhou, "2023-01-01..2023-02-28").text);
    EXPECT_NE(asked.find("\n聘请专家\n"), std::string::npos) << asked;
    EXPECT_NE(asked.find("\n出动检查人次数\n"), std::string::npos);
    EXPECT_EQ(asked.find("\n出动检查人员\n"), std::string::npos);
    EXPECT_EQ(before.find("\n聘请专家\n"), std::string::npos);
    EXPECT_NE(before.find("\n出动检查人员\n"), std::string::npos);
    const auto taken = xiangtan.client.send(http::Method::post, "/api/v1/filings/" + xiangtan.filing_id("monthly", "2023-03") + "/parts/statistics/xlsx?version=0",
                                            fresh.text, "application/octet-stream");
    EXPECT_EQ(taken.status, 200) << taken.text;
}

TEST_P(NotADemo, thirty_imported_accounts_sign_in_change_their_password_and_see_exactly_their_own_duties) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-20 09:00"));
    auto& clerk = w.as(kOffice, Role::office_clerk);
    const auto columns = template_columns(clerk);
    ASSERT_EQ(columns.size(), 5u);
    const auto units = thirty_units();
    ASSERT_EQ(units.size(), 30u);
    const auto sheet = accounts_sheet(columns, units);
    const auto upload = [&](Client& by) { return by.upload("/api/v1/accounts/import?dryRun=0", "accounts.xlsx", sheet); };

    expect_refused(upload(w.as(kZhuzhou, Role::liaison)), 403, "right.missing");
    const auto accounts = w.count("select count(*) from accounts");
    const auto early = upload(clerk);
    expect_refused(early, 422, "import.rows_wrong", "import.unknown_organization");  // the one that joins is not there yet
    EXPECT_EQ(early.at("/errors").as_array().size(), 1u);
    EXPECT_EQ(early.string("/errors/0/path"), "row 31");
    EXPECT_EQ(w.count("select count(*) from accounts"), accounts);

    const OwnPack own;
    w.apply_pack(own.path());
    const auto imported = upload(clerk);
    ASSERT_EQ(imported.status, 200) << imported.text;
    ASSERT_EQ(imported.at("/rows").as_array().size(), 30u);
    for (const auto& row : imported.at("/rows").as_array()) {
        const auto unit = text_of(row, "organization");
        Client fresh(w.app());
        fresh.sign_in(text_of(row, "login"), text_of(row, "password"));
        ASSERT_TRUE(fresh.get("/api/v1/session").at("/mustChangePassword").as_bool());
        expect_refused(fresh.get("/api/v1/my-work"), 403, "password.change_first");
        const auto changed = fresh.put("/api/v1/session/password", json::object{{"current", row.at("password")}, {"fresh", "Own-Secret-2023"}});
        ASSERT_EQ(changed.status, 200) << changed.text;
        Client again(w.app());
        again.sign_in(text_of(row, "login"), "Own-Secret-2023");
        const auto work = again.get("/api/v1/my-work");
        ASSERT_EQ(work.status, 200) << work.text;
        std::set<std::string> duties;
        for (const auto* group : {"/overdue", "/today", "/thisWeek", "/later", "/underReview", "/done"})
            for (const auto& line : work.at(group).as_array()) {
                EXPECT_EQ(text_of(line.at("filing"), "organization"), unit);
                duties.insert(text_of(line.at("filing"), "duty"));
            }
        EXPECT_EQ(duties, (std::set<std::string>{"articles", "final", "monthly", "weekly"})) << unit;
        if (unit == kJoins) EXPECT_TRUE(work.at("/overdue").as_array().empty());
        else EXPECT_EQ(work.at("/overdue").as_array().size(), 2u) << unit;  // January and February, and the first week
    }
}

TEST_P(NotADemo, the_same_pack_applied_again_changes_nothing_and_the_first_one_applied_again_brings_everything_back) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    live_until_the_change(w, office);
    const OwnPack own;
    w.apply_pack(own.path());
    const auto routes = w.count("select count(*) from filing_routes"), events = w.count("select count(*) from route_events"), lines = w.count("select count(*) from journal");
    w.apply_pack(own.path());
    EXPECT_EQ(w.count("select count(*) from filing_routes"), routes);
    EXPECT_EQ(w.count("select count(*) from route_events"), events);
    EXPECT_EQ(w.count("select count(*) from journal"), lines);

    const auto january = figures(office.totals("2023-01-01..2023-02-28"));
    w.apply_pack(kPack);
    EXPECT_EQ(text_of(office.window("weekly", "2023-W12"), "windowFrom"), "2023-03-17");
    EXPECT_EQ(text_of(office.cell("weekly", kLeaves, "2023-W12"), "reading"), "expected");
    EXPECT_EQ(text_of(office.window("weekly", "2023-W12"), "dueAt"), "2023-03-23T17:00:00.000+08:00");
    EXPECT_EQ(text_of(office.cell("weekly", kJoins, "2023-W12"), "reading"), "not_applicable");
    EXPECT_EQ(figures(office.totals("2023-01-01..2023-02-28")), january);
    for (const auto* duty : {"weekly", "monthly", "articles"}) expect_sums(office.matrix(duty));
}

}  // namespace
}  // namespace anban::test::life
