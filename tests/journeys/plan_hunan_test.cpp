// Hunan's 2023 notice (H1 to H6, H10, H11) through the command line as an office would ask: what the table of its rows
// (plans_test.cpp) can not say.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>

#include "app/command.h"
#include "core/json.h"
#include "modules/campaigns/pack.h"
#include "tests/support/tree.h"

namespace anban {
namespace {

const std::string kPack = test::tree("packs/hunan-2023");
const std::string kOffice = "湖南省住房和城乡建设厅安全生产委员会办公室";

struct Said {
    int code;
    std::string out, err;
};

Said run(std::vector<std::string_view> arguments) {
    std::ostringstream out, err;
    const int code = run_command(arguments, out, err);
    return {code, out.str(), err.str()};
}

const json::array& plan(std::vector<std::string_view> more = {}, std::string_view from = "2023-01-01", std::string_view to = "2023-12-31") {
    std::vector<std::string_view> arguments{"pack", "plan", kPack, "--from", from, "--to", to, "--json"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    static std::map<std::vector<std::string_view>, json::array> asked;  // the pack stays the same while the tests run
    if (const auto found = asked.find(arguments); found != asked.end()) return found->second;
    const auto said = run(arguments);
    EXPECT_EQ(said.code, 0) << said.err;
    return asked[arguments] = json::parse(said.out).value().as_array();
}

std::string text(const json::value& value) { return value.is_null() ? "-" : std::string(value.as_string()); }

TEST(HunanPlan, the_office_alone_receives_and_each_receivers_cut_off_is_the_filings) {
    for (const auto& row : plan()) {
        const auto& receivers = row.at("receivers").as_array();
        ASSERT_EQ(receivers.size(), 1u);
        EXPECT_EQ(text(receivers[0].at("organization")), kOffice);
        EXPECT_EQ(receivers[0].at("due"), row.at("due"));
        EXPECT_FALSE(receivers[0].at("outside").as_bool());
    }
}

TEST(HunanPlan, five_articles_a_month_are_asked_and_no_day_is_invented) {
    int seen = 0;
    for (const auto& row : plan()) {
        if (text(row.at("duty")) != "articles") {
            for (const auto& part : row.at("parts").as_array()) EXPECT_TRUE(part.at("quota").is_null());
            continue;
        }
        ++seen;
        EXPECT_TRUE(row.at("due").is_null());
        EXPECT_EQ(json::write(row.at("parts").at(0).at("quota")), R"({"min":5,"max":null,"unit":"篇","per":"month"})");
    }
    EXPECT_EQ(seen, 310);
}

TEST(HunanPlan, rows_have_the_published_fields_in_the_published_order) {
    for (const auto& row : plan({"--level", "county"})) {
        std::string names;
        for (const auto& member : row.as_object()) names += std::string(member.key()) + " ";
        ASSERT_EQ(names, "duty title organization windowFrom windowTo due receivers parts basis ");
        names.clear();
        for (const auto& member : row.at("parts").at(0).as_object()) names += std::string(member.key()) + " ";
        ASSERT_EQ(names, "id kind papers optional quota ");
    }
}

TEST(HunanPlan, what_happens_promptly_and_what_was_superseded_gives_no_rows) {
    std::set<std::string> duties;
    for (const auto& row : plan({"--level", "county"})) duties.insert(text(row.at("duty")));
    EXPECT_EQ(duties, (std::set<std::string>{"articles", "final", "monthly", "monthly_county", "weekly", "weekly_county"}));
}

TEST(HunanPlan, a_question_about_one_week_gets_the_rows_due_in_that_week) {
    std::set<std::string> dues;
    for (const auto& row : plan({}, "2023-03-13", "2023-03-19")) dues.insert(text(row.at("due")));
    EXPECT_EQ(dues, (std::set<std::string>{"2023-03-13", "2023-03-16T17:00+08:00"}));
    EXPECT_EQ(plan({}, "2023-03-13", "2023-03-19").size(), 62u);
    // Neighbouring spans share no row and lose none, also where no day is given.
    EXPECT_EQ(plan({}, "2023-01-01", "2023-05-15").size() + plan({}, "2023-05-16", "2023-12-31").size(), plan().size());
}

// H10, ours: the county files with its city's bureau of the same line, two workdays earlier.
TEST(HunanPlan, counties_file_with_their_citys_bureau_two_workdays_before_it) {
    std::map<std::string, std::string> dues;
    int rows = 0;
    for (const auto& row : plan({"--level", "county"})) {
        if (text(row.at("basis")) != "ours") continue;
        ++rows;
        if (text(row.at("organization")) != "攸县城市管理和综合执法局") continue;
        EXPECT_EQ(text(row.at("receivers").at(0).at("organization")), "株洲市城市管理和综合执法局");
        dues[text(row.at("duty")) + " " + text(row.at("windowTo"))] = text(row.at("due"));
    }
    EXPECT_EQ(dues["weekly_county 2023-03-16"], "2023-03-14T17:00+08:00");
    EXPECT_EQ(dues["weekly_county 2023-05-04"], "2023-04-27T17:00+08:00");  // April 29 to May 3 are days off
    EXPECT_EQ(dues["weekly_county 2023-06-22"], "2023-06-20T17:00+08:00");
    EXPECT_EQ(dues["monthly_county 2023-02-28"], "2023-03-09");
    EXPECT_EQ(dues["monthly_county 2023-06-30"], "2023-06-20");  // the 25th is worked, the 22nd to 24th are not
    EXPECT_EQ(rows, 40 * (42 + 11));  // two bureaus in each of 20 counties
}

TEST(HunanPlan, the_pack_has_no_faults_and_its_doubtful_days_are_pointed_out) {
    const auto said = run({"pack", "check", kPack});
    EXPECT_EQ(said.code, 0) << said.out;
    EXPECT_NE(said.out.find("2023-06-22"), std::string::npos);  // a Thursday off
    EXPECT_NE(said.out.find("2023-03-25"), std::string::npos);  // a Saturday
    EXPECT_NE(said.out.find("2024-01-04T17:00+08:00"), std::string::npos);
}

// decisions.md 24: the attachments are not in the notice's text, so their columns are ours and say so.
TEST(HunanPlan, its_two_attachments_have_the_shape_of_such_papers_and_are_marked_as_ours) {
    const auto loaded = campaigns::load_pack(kPack);
    ASSERT_TRUE(loaded.pack.has_value());
    const auto& statistics = *loaded.pack->find_form("statistics");
    const auto& hazards = *loaded.pack->find_form("major_hazards");
    EXPECT_EQ(statistics.head_rows, 3);
    EXPECT_GE(statistics.columns.size(), 24u);
    EXPECT_EQ(std::ranges::count_if(statistics.columns, &forms::Column::of_which), 2);
    EXPECT_TRUE(std::ranges::all_of(statistics.columns, &forms::Column::assumed));
    EXPECT_GE(hazards.fields.size(), 18u);
    EXPECT_TRUE(std::ranges::all_of(hazards.fields, &forms::Field::assumed));
    EXPECT_EQ(loaded.pack->find_form("weekly_items")->categories.size(), 4u);
}

TEST(HunanPlan, wrong_use_says_how_it_is_used) {
    EXPECT_EQ(run({"pack", "plan", kPack}).code, 2);
    EXPECT_EQ(run({"pack", "plan", kPack, "--from", "2023-02-30", "--to", "2023-03-01"}).code, 2);
    EXPECT_EQ(run({"pack", "plan", kPack, "--from", "2023-03-02", "--to", "2023-03-01"}).code, 2);
    EXPECT_EQ(run({"pack", "plan", kPack, "--from", "2023-03-01", "--to", "2023-03-02", "--level", "moon"}).code, 2);
    EXPECT_EQ(run({"pack", "check"}).code, 2);
    EXPECT_EQ(run({"pack"}).code, 2);
    EXPECT_EQ(run({"pakc"}).code, 2);
    EXPECT_EQ(run({"pack", "check", "/nowhere"}).code, 1);
    EXPECT_EQ(run({"pack", "plan", "/nowhere", "--from", "2023-03-01", "--to", "2023-03-02"}).code, 1);
}

}  // namespace
}  // namespace anban
