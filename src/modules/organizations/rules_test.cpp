#include "modules/organizations/rules.h"

#include <gtest/gtest.h>

#include "modules/organizations/divisions.h"
#include "modules/organizations/import.h"
#include "platform/embedded/embedded.h"

namespace anban::organizations {
namespace {

CivilDate day(const char* text) { return parse_date(text).value(); }

Organization named(std::string id, std::string name) {
    Organization o;
    o.id = std::move(id);
    o.name = std::move(name);
    o.opened_on = day("2020-01-01");
    o.version = 3;
    return o;
}

const CivilDate kToday = day("2023-05-25");

TEST(OrganizationRules, A_stale_version_is_refused) {
    const auto plan = rules::plan_close({"a", 2, kToday}, {named("a", "甲局"), {}, kToday});
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.refusal().key, "organization.changed_meanwhile");
}

TEST(OrganizationRules, An_organization_with_open_children_is_not_closed_and_every_child_is_named) {
    const auto plan = rules::plan_close({"a", 3, kToday}, {named("a", "甲局"), {named("b", "乙所"), named("c", "丙所")}, kToday});
    ASSERT_FALSE(plan);
    ASSERT_EQ(plan.refusal().errors.size(), 2U);
    EXPECT_EQ(plan.refusal().errors[1].params.front().second, "丙所");
}

TEST(OrganizationRules, A_change_is_entered_between_the_opening_and_a_year_ahead) {
    const auto o = named("a", "甲局");
    EXPECT_TRUE(rules::refuse_day(o, day("2019-12-31"), kToday));
    EXPECT_FALSE(rules::refuse_day(o, day("2020-01-01"), kToday));
    EXPECT_FALSE(rules::refuse_day(o, kToday + 366, kToday));
    EXPECT_TRUE(rules::refuse_day(o, kToday + 367, kToday));
}

TEST(OrganizationRules, A_move_by_place_ends_the_one_edge_and_begins_another_on_the_same_day) {
    rules::MoveFacts facts{named("a", "甲局"), named("n", "新区"), {{"e1", EdgeKind::place, "a", "old", day("2020-01-01"), {}}}, false, kToday};
    const auto plan = rules::plan_move({"a", 3, kToday, EdgeKind::place, {}, "n"}, facts);
    ASSERT_TRUE(plan);
    ASSERT_EQ(plan->ends.size(), 1U);
    EXPECT_EQ(plan->ends[0].on, kToday);
    ASSERT_EQ(plan->begins.size(), 1U);
    EXPECT_EQ(plan->begins[0].parent, "n");
    EXPECT_EQ(plan->begins[0].from, kToday);
}

TEST(OrganizationRules, A_move_below_itself_is_refused_as_a_cycle) {
    rules::MoveFacts facts{named("a", "甲局"), named("n", "新区"), {}, true, kToday};
    const auto plan = rules::plan_move({"a", 3, kToday, EdgeKind::place, {}, "n"}, facts);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.refusal().key, "organization.cycle");
}

TEST(OrganizationRules, Joining_a_second_committee_leaves_the_first_alone) {
    rules::MoveFacts facts{named("a", "甲局"), named("n", "消防专委会"), {{"e1", EdgeKind::committee, "a", "c1", day("2020-01-01"), {}}}, false, kToday};
    const auto plan = rules::plan_move({"a", 3, kToday, EdgeKind::committee, {}, "n"}, facts);
    ASSERT_TRUE(plan);
    EXPECT_TRUE(plan->ends.empty());
    EXPECT_EQ(plan->begins.size(), 1U);
}

TEST(OrganizationRules, A_change_before_one_that_is_entered_already_is_refused) {
    rules::MoveFacts facts{named("a", "甲局"), named("n", "新区"), {{"e1", EdgeKind::place, "a", "old", kToday + 7, {}}}, false, kToday};
    const auto plan = rules::plan_move({"a", 3, kToday, EdgeKind::place, {}, "n"}, facts);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.refusal().key, "organization.later_change");
}

TEST(OrganizationRules, A_merge_takes_every_child_along_and_goes_below_its_successor) {
    rules::MergeFacts facts{named("a", "甲局"), named("b", "乙局"), {{"e0", EdgeKind::place, "a", "city", day("2020-01-01"), {}}},
                            {{"e1", EdgeKind::place, "x", "a", day("2020-01-01"), {}}, {"e2", EdgeKind::sector, "y", "a", day("2021-01-01"), {}}},
                            {{"e3", EdgeKind::sector, "y", "b", day("2020-01-01"), {}}}, false, kToday};
    const auto plan = rules::plan_merge({"a", 3, "b", 3, kToday}, facts);
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->ends.size(), 3U);
    ASSERT_EQ(plan->begins.size(), 2U);  // a below b, x below b; y is below b already
    EXPECT_EQ(plan->begins[0].child, "a");
    EXPECT_EQ(plan->begins[1].child, "x");
    EXPECT_EQ(plan->close->merged_into, "b");
}

TEST(OrganizationRules, A_credit_code_is_judged_by_its_check_digit) {
    EXPECT_TRUE(rules::credit_code_holds("91350100M000100Y43"));  // the worked example of GB 32100-2015
    EXPECT_FALSE(rules::credit_code_holds("91350100M000100Y44"));
    EXPECT_FALSE(rules::credit_code_holds("91350100M000100Y4"));
    EXPECT_FALSE(rules::credit_code_holds("91350100I000100Y43"));
}

TEST(Divisions, The_files_in_the_tree_are_read_without_a_fault) {
    const auto all = parse_divisions(embedded::divisions(), embedded::division_towns());
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), 3367U + 41352U);
    EXPECT_EQ((*all)[0].name, "北京市");
}

TEST(Divisions, Every_bad_row_is_named_at_once) {
    const auto all = parse_divisions("code,name,level,parent\n430000,湖南省,province,\n430100,长沙市,town_hall,430000\n430000,甲,city,\n"
                                     "430200,株洲市,city,990000\n430300\n", "code,name,level,parent\n");
    ASSERT_FALSE(all);
    ASSERT_EQ(all.refusal().errors.size(), 4U);
    EXPECT_EQ(all.refusal().errors[0].path, "divisions.csv row 3");
    EXPECT_EQ(all.refusal().errors[3].key, "division.bad_row");
}

// 单位全称 简称 类别 层级 上级单位 行业主管部门 所属安委会 行政区划代码 统一社会信用代码 启用日期
office::SheetRow row(int number, std::vector<std::string> cells) {
    cells.resize(import_columns().size());
    return {number, std::move(cells)};
}

TEST(OrganizationImport, Parents_may_stand_in_the_same_sheet_below_their_children) {
    ImportFacts facts{{{"湖南省住建厅", named("p", "湖南省住建厅")}}, {}, {"430200"}, kToday, false};
    const auto all = check_import({row(3, {"株洲市住建局质安站", "", "科室", "市级", "株洲市住建局"}),
                                   row(4, {"株洲市住建局", "株洲住建", "局", "市级", "湖南省住建厅", "", "", "430200"})}, facts, Instant{1});
    ASSERT_TRUE(all);
    EXPECT_EQ((*all)[0].parents[0].parent, (*all)[1].id);
    EXPECT_EQ((*all)[1].parents[0].parent, "p");
    EXPECT_EQ((*all)[1].from, kToday);
}

TEST(OrganizationImport, Every_fault_of_every_row_is_listed_with_row_and_column) {
    ImportFacts facts{{}, {"旧局"}, {}, kToday, false};
    const auto all = check_import({row(2, {"旧局", "", "局", "市级", "无此单位"}),
                                   row(5, {"新", "", "局局", "市级", "旧局", "", "", "99", "1", "2023-02-30"}),
                                   row(6, {"循环甲", "", "局", "市级", "循环乙"}), row(7, {"循环乙", "", "局", "市级", "循环甲"})}, facts, Instant{1});
    ASSERT_FALSE(all);
    std::vector<std::string> seen;
    for (const auto& e : all.refusal().errors) seen.push_back(e.path + " " + e.key + " " + e.params[1].second);
    EXPECT_EQ(seen, (std::vector<std::string>{
        "row 2 import.name_taken 单位全称", "row 2 import.unknown_parent 上级单位", "row 5 import.bad_name 单位全称",
        "row 5 import.not_one_of 类别", "row 5 import.unknown_division 行政区划代码",
        "row 5 import.bad_credit_code 统一社会信用代码", "row 5 import.bad_day 启用日期",
        "row 7 import.cycle 上级单位"}));
}

}  // namespace
}  // namespace anban::organizations
