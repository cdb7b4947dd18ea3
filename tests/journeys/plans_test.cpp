// What `anban pack plan --json` prints of each pack, held against a table written by hand from its notice.
//
// A table reads so. `receiver:` receives where a row names nobody, with the row's due. `span:` is what the program is asked for. `= NAME`
// opens or goes on with a list of organizations, the rows below it are what each of them owes, and nobody else owes anything:
//   duty | window from | window to | due | parts | basis [| receivers]
// A due of - is none given. A part is id:kind:papers, e for the e-copy, s for e-copy and stamped scan, - where nothing is asked; id? is
// optional; a quota follows as :least-most unit/per. Receivers stand with their own due; `topic_leads` is one or more of them.
// ~ stands where the notice does not say and the pack marks its choice as ours: that is not compared.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "app/command.h"
#include "core/json.h"
#include "modules/campaigns/pack.h"
#include "tests/support/tree.h"

namespace anban {
namespace {

using campaigns::Ours;

struct Case {
    const char* pack;
    const char* table;
};

using Rows = std::multiset<std::string>;

struct Table {
    std::string receiver, from, to;
    std::map<std::string, Rows> owed;
};

std::string text(const json::value& value) { return value.is_null() ? "-" : std::string(value.as_string()); }

Table table_of(const std::string& file) {
    std::ifstream in(test::tree("tests/journeys/" + file));
    EXPECT_TRUE(in) << file;
    Table table;
    std::vector<std::string> organizations;
    bool rows = false;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        if (line.starts_with("receiver: ")) table.receiver = line.substr(10);
        else if (line.starts_with("span: ")) table.from = line.substr(6, 10), table.to = line.substr(18);
        else if (line.starts_with("= ")) {
            if (rows) organizations.clear();
            rows = false;
            organizations.push_back(line.substr(2));
        } else {
            rows = true;
            for (const auto& organization : organizations) table.owed[organization].insert(line);
        }
    }
    return table;
}

json::array plan_of(const std::string& pack, const Table& table) {
    std::ostringstream out, err;
    EXPECT_EQ(run_command(std::vector<std::string_view>{"pack", "plan", pack, "--from", table.from, "--to", table.to, "--json"}, out, err), 0) << err.str();
    return json::parse(out.str()).value().as_array();
}

bool is_ours(const campaigns::Duty& duty, Ours what) { return std::ranges::find(duty.ours, what) != duty.ours.end(); }

std::string number(const json::value& value) { return value.is_null() ? "" : std::to_string(value.as_int64()); }

std::string part_text(const json::value& part) {
    const auto papers = json::write(part.at("papers"));
    auto out = text(part.at("id")) + (part.at("optional").as_bool() ? "?:" : ":") + text(part.at("kind")) + ":" +
               (papers == R"(["e-copy","stamped-scan"])" ? "s" : papers == R"(["e-copy"])" ? "e" : papers == "[]" ? "-" : papers);
    if (const auto& quota = part.at("quota"); !quota.is_null())
        out += ":" + number(quota.at("min")) + "-" + number(quota.at("max")) + text(quota.at("unit")) + "/" + text(quota.at("per"));
    return out;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : between) + word;
    return out;
}

// Receivers found by their topics are told as that, once for each due.
std::string receivers_text(const campaigns::Duty& duty, const json::value& row, const Table& table) {
    if (is_ours(duty, Ours::receivers)) return " | ~";
    const bool by_topic = std::ranges::any_of(duty.receivers, [](const auto& one) { return one.rule == campaigns::ReceiverRule::topic_leads; });
    std::vector<std::string> out;
    for (const auto& receiver : row.at("receivers").as_array()) {
        const auto name = text(receiver.at("organization"));
        const bool named = std::ranges::find(duty.receivers, name, &campaigns::Receiver::organization) != duty.receivers.end();
        const auto word = (by_topic && !named ? "topic_leads" : name) + (receiver.at("outside").as_bool() ? " outside" : "") + " " + text(receiver.at("due"));
        if (std::ranges::find(out, word) == out.end()) out.push_back(word);
    }
    return out == std::vector{table.receiver + " " + text(row.at("due"))} ? "" : " | " + joined(out, ", ");
}

std::string row_text(const campaigns::Duty& duty, const json::value& row, const Table& table) {
    const bool window = !is_ours(duty, Ours::window);
    std::vector<std::string> parts;
    for (const auto& part : row.at("parts").as_array()) parts.push_back(part_text(part));
    return duty.id + " | " + (window ? text(row.at("windowFrom")) : "~") + " | " + (window ? text(row.at("windowTo")) : "~") + " | " +
           (is_ours(duty, Ours::due) ? "~" : text(row.at("due"))) + " | " + joined(parts, " ") + " | " + text(row.at("basis")) + receivers_text(duty, row, table);
}

class Plans : public testing::TestWithParam<Case> {
protected:
    const std::string directory = test::tree(GetParam().pack);
    const campaigns::LoadedPack loaded = campaigns::load_pack(directory);
    const Table table = table_of(GetParam().table);
    const json::array rows = plan_of(directory, table);
};

TEST_P(Plans, every_organization_owes_exactly_what_the_notice_says_and_nobody_else_owes_anything) {
    ASSERT_TRUE(loaded.pack.has_value());
    std::map<std::string, Rows> owed;
    for (const auto& row : rows) {
        const auto& duty = *loaded.pack->find_duty(text(row.at("duty")));
        if (duty.assumed) continue;
        auto& own = owed[text(row.at("organization"))];
        const auto line = row_text(duty, row, table);
        if (!is_ours(duty, Ours::window) || !own.contains(line)) own.insert(line);  // how many windows is ours, where the windows are
    }
    std::set<std::string> told, expected;
    for (const auto& [name, lines] : owed) told.insert(name);
    for (const auto& [name, lines] : table.owed) expected.insert(name);
    EXPECT_EQ(told, expected);
    for (const auto& [name, lines] : table.owed) EXPECT_EQ(owed[name], lines) << name;
}

TEST_P(Plans, the_pack_has_no_faults) {
    std::ostringstream out, err;
    EXPECT_EQ(run_command(std::vector<std::string_view>{"pack", "check", directory}, out, err), 0) << out.str();
}

TEST_P(Plans, the_rows_stand_in_order_of_due_duty_and_organization_with_no_day_given_last) {
    std::string before;
    for (const auto& row : rows) {
        const auto due = text(row.at("due"));
        // A day without an hour ends after every hour of that day.
        const auto key = (due == "-" ? "9999" + text(row.at("windowTo")) : due.size() == 10 ? due + "T24:00" : due.substr(0, 16)) + " " +
                         text(row.at("duty")) + " " + text(row.at("organization"));
        EXPECT_LT(before, key);
        before = key;
    }
}

// Facts may come from a notice; what it does not give is marked, so that nobody takes it for the notice's.
TEST_P(Plans, a_window_that_the_pack_chose_belongs_to_a_duty_of_the_notice) {
    ASSERT_TRUE(loaded.pack.has_value());
    for (const auto& duty : loaded.pack->duties) EXPECT_TRUE(duty.ours.empty() || !duty.assumed) << duty.id;
}

std::string name_of(const testing::TestParamInfo<Case>& info) {
    std::string name = info.param.table;
    return name.substr(0, name.find("_plan"));
}

INSTANTIATE_TEST_SUITE_P(Notices, Plans,
                         testing::Values(Case{"packs/hunan-2023", "hunan_2023_plan.txt"}, Case{"packs/beipiao-2021", "beipiao_2021_plan.txt"},
                                         Case{"packs/shiyan-2023", "shiyan_2023_plan.txt"}, Case{"packs/leizhou-2022", "leizhou_2022_plan.txt"},
                                         Case{"packs/urumqi-2010", "urumqi_2010_plan.txt"}),
                         name_of);
INSTANTIATE_TEST_SUITE_P(Invented, Plans,
                         testing::Values(Case{"tests/fixtures/packs/flood-2025", "flood_2025_plan.txt"},
                                         Case{"tests/fixtures/packs/gas-hundred-days-2024", "gas_hundred_days_2024_plan.txt"}),
                         name_of);

// --- what a table of rows can not say

campaigns::Pack pack(const char* directory) { return *campaigns::load_pack(test::tree(directory)).pack; }

TEST(LeizhouPlan, each_other_department_hands_in_to_leads_that_the_notice_names_and_to_the_office) {
    const auto leizhou = pack("packs/leizhou-2022");
    const auto& leads = leizhou.find_group("leads")->organizations;
    const auto& duty = *leizhou.find_duty("department_evaluation");
    for (const auto& name : leizhou.find_group("departments")->organizations) {
        const auto meant = campaigns::meant_by(leizhou, duty.receivers.at(0), *leizhou.find_organization(name));
        EXPECT_FALSE(meant.empty()) << name;
        for (const auto lead : meant) EXPECT_NE(std::ranges::find(leads, lead), leads.end()) << lead;
    }
    // Three topics, two of them led by the same bureau: it receives once.
    const auto urban = campaigns::meant_by(leizhou, duty.receivers.at(0), *leizhou.find_organization("雷州市城市管理和综合执法局"));
    EXPECT_EQ(urban, (std::vector<std::string_view>{"雷州市住房和城乡建设局"}));
    for (const auto& topic : leizhou.topics) EXPECT_EQ(topic.assumed, !topic.leads.empty()) << topic.id;
}

TEST(ShiyanPlan, the_key_hazard_ledger_has_the_columns_of_the_attachment_and_a_row_each_week_without_a_cut_off) {
    const auto shiyan = pack("packs/shiyan-2023");
    std::string titles;
    for (const auto& field : shiyan.find_form("key_hazards")->fields) titles += field.title + " ";
    EXPECT_EQ(titles, "序号 重点隐患 隐患内容 检查日期 整改措施 责任单位 督办（县市区） 市级专委会督办销号 整改时限 备注 ");
    const auto& duty = *shiyan.find_duty("key_hazards");
    EXPECT_EQ(duty.ours, std::vector{Ours::window});
    EXPECT_TRUE(std::holds_alternative<campaigns::NoDue>(duty.timetable.due));
    EXPECT_EQ(shiyan.find_group("counties")->organizations.size(), 8u);
}

TEST(UrumqiPlan, fourteen_sectors_have_lead_departments_road_traffic_four_and_five_have_none) {
    const auto urumqi = pack("packs/urumqi-2010");
    const auto led = std::ranges::count_if(urumqi.topics, [](const auto& topic) { return !topic.leads.empty(); });
    EXPECT_EQ(led, 14);
    EXPECT_EQ(urumqi.topics.size() - static_cast<std::size_t>(led), 5u);
    EXPECT_EQ(urumqi.find_topic("roads")->leads.size(), 4u);
    EXPECT_EQ(std::ranges::count(urumqi.leading_group, "成员", &campaigns::GroupMember::role), 18);  // and the one who heads its office
}

TEST(BeipiaoPlan, two_activities_have_five_lines_of_work_each) {
    const auto beipiao = pack("packs/beipiao-2021");
    std::map<std::string, int> lines;
    for (const auto& topic : beipiao.topics) ++lines[topic.part_of.value_or("-")];
    EXPECT_EQ(lines, (std::map<std::string, int>{{"-", 2}, {"month", 5}, {"tour", 5}}));
    EXPECT_EQ(beipiao.leading_group.size(), 10u);
}

TEST(FloodPlan, nothing_to_report_is_a_report_and_an_event_has_a_clock_for_each_receiver) {
    const auto flood = pack("tests/fixtures/packs/flood-2025");
    EXPECT_TRUE(flood.find_duty("daily")->parts.at(0).nil_allowed);
    const auto& event = *flood.find_duty("event");
    const auto& office = std::get<campaigns::EventClock>(event.timetable.due);
    const auto& bureau = std::get<campaigns::EventClock>(*event.receivers.at(1).due);
    EXPECT_EQ(office.count, 60);
    EXPECT_EQ(bureau.count, 120);
}

}  // namespace
}  // namespace anban
