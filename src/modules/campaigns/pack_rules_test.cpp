// Who reports and who receives, said by rules: each rule's sense, and its faults with their lines.
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "modules/campaigns/plan.h"

namespace anban::campaigns {
namespace {

namespace fs = std::filesystem;

const std::string kUnits = R"(organizations:
  - {name: 市安委办, short: 安委办, kind: office, level: city}
  - {name: 住建局, short: 住建, kind: department, level: city, parents: {committee: 市安委办}}
  - {name: 公安局, short: 公安, kind: department, level: city, parents: {committee: 市安委办}}
  - {name: 教育局, short: 教育, kind: department, level: city, parents: {committee: 市安委办}}
  - {name: 甲县住建局, short: 甲县, kind: bureau, level: county, parents: {sector: 住建局}}
  - {name: 乙县住建局, short: 乙县, kind: bureau, level: county, parents: {sector: 住建局}}
topics:
  - {id: gas, title: 燃气, leads: [住建局], others: [公安局, 教育局]}
  - {id: roads, title: 道路, leads: [公安局], others: [教育局]}
  - {id: buses, title: 校车, part_of: roads, others: [教育局]}
)";

class Rules : public testing::Test {
protected:
    fs::path directory = fs::temp_directory_path() / ("anban-rules-" + std::to_string(getpid())) / "spring";

    void SetUp() override {
        fs::create_directories(directory / "forms");
        write("campaign.yaml", "id: spring\ntitle: 春季行动\nnotice: {title: 通知, issuer: 市安委办, issued: 2023-02-23}\n"
                               "period: {from: 2023-03-01, to: 2023-03-31}\noffice: 市安委办\n");
    }
    void TearDown() override { fs::remove_all(directory.parent_path()); }

    void write(const std::string& name, const std::string& text) const { std::ofstream(directory / name, std::ios::binary) << text; }

    LoadedPack load(const std::string& group, const std::string& duty = "", const std::string& units = kUnits) const {
        write("organizations.yaml", units + "groups:\n  - {id: some, title: 报送单位, " + group + "}\n");
        write("duties.yaml", "duties:\n  - id: report\n    title: 总结\n    reporters: some\n    schedule: once\n    due: {date: 2023-03-20}\n"
                             "    parts: [{id: text, title: 总结, kind: narrative}]\n    basis: {section: 一, clause: 报总结}\n" + duty);
        return load_pack(directory);
    }

    std::vector<std::string> selected(const std::string& rule) const {
        const auto loaded = load("select: {" + rule + "}");
        EXPECT_EQ(told(loaded), std::vector<std::string>{}) << rule;
        return loaded.pack ? loaded.pack->find_group("some")->organizations : std::vector<std::string>{};
    }

    // "duties.yaml:7 pack.unknown_member", for each fault
    static std::vector<std::string> told(const LoadedPack& loaded) {
        std::vector<std::string> out;
        for (const auto& error : loaded.errors)
            out.push_back(fs::path(error.file).filename().string() + ":" + std::to_string(error.line) + " " + error.key);
        return out;
    }
};

using Names = std::vector<std::string>;
using Told = std::vector<std::string>;

TEST_F(Rules, a_group_is_everybody_who_fits_all_of_its_conditions) {
    EXPECT_EQ(selected("level: county"), (Names{"甲县住建局", "乙县住建局"}));
    EXPECT_EQ(selected("kinds: [department]"), (Names{"住建局", "公安局", "教育局"}));
    EXPECT_EQ(selected("under: [市安委办], except: [教育局]"), (Names{"住建局", "公安局"}));
    EXPECT_EQ(selected("level: county, under: [住建局], except: [甲县住建局]"), (Names{"乙县住建局"}));
}

TEST_F(Rules, who_leads_a_topic_is_a_lead_whatever_else_it_takes_part_in) {
    EXPECT_EQ(selected("role: lead"), (Names{"住建局", "公安局"}));
    EXPECT_EQ(selected("role: other"), (Names{"教育局"}));
    EXPECT_EQ(selected("role: lead, topics: [roads]"), (Names{"公安局"}));
    EXPECT_EQ(selected("role: other, topics: [gas]"), (Names{"公安局", "教育局"}));
}

// L2: one package to the leads of its topics and to the office, each with a cut-off of its own.
TEST_F(Rules, the_leads_of_ones_topics_receive_and_each_receiver_keeps_its_cut_off) {
    const auto loaded = load("role_free: 1");
    EXPECT_EQ(told(loaded).at(0), "organizations.yaml:13 pack.unknown_member");
    const auto good = load("select: {role: other}", "    receivers: [{rule: topic_leads, due: {date: 2023-03-15}}, {organization: 公安局}, {organization: 市安委办}]\n");
    ASSERT_EQ(told(good), Told{});
    const auto planned = plan(*good.pack, calendar::Calendar::built_in(), {*parse_date("2023-03-01"), *parse_date("2023-03-31"), {}});
    ASSERT_EQ(planned.filings.size(), 1u);
    std::string receivers;
    for (const auto& one : planned.filings[0].receivers) receivers += std::string(one.organization) + " " + format_due(*one.due) + ", ";
    // 公安局 is meant twice and receives once, by what is said first.
    EXPECT_EQ(receivers, "住建局 2023-03-15, 公安局 2023-03-15, 市安委办 2023-03-20, ");
}

TEST_F(Rules, a_reporter_hands_in_to_its_parent_of_the_kind_that_the_duty_says) {
    const auto loaded = load("select: {level: county}", "    receivers: [{rule: sector_parent}]\n");
    ASSERT_EQ(told(loaded), Told{});
    const auto planned = plan(*loaded.pack, calendar::Calendar::built_in(), {*parse_date("2023-03-01"), *parse_date("2023-03-31"), {}});
    ASSERT_EQ(planned.filings.size(), 2u);
    EXPECT_EQ(planned.filings[0].receivers.at(0).organization, "住建局");
}

TEST_F(Rules, a_rule_that_finds_nobody_is_a_fault_that_names_the_reporter) {
    const auto loaded = load("select: {level: county}", "    receivers: [{rule: committee_parent}]\n");
    EXPECT_EQ(told(loaded), (Told{"duties.yaml:2 pack.nobody_receives_from", "duties.yaml:2 pack.nobody_receives_from"}));
    EXPECT_EQ(loaded.errors.at(0).params.at(0).second, "甲县住建局");
    EXPECT_EQ(told(load("organizations: [甲县住建局]", "    receivers: [{rule: topic_leads}]\n")), (Told{"duties.yaml:2 pack.nobody_receives_from"}));
}

// Who reports to whom is kept for a group: 甲县 would else owe the ruled duty to everybody whom the other duty names.
TEST_F(Rules, a_receiver_that_another_duty_of_the_group_names_may_not_be_only_somes_by_rule) {
    const std::string another = "  - id: other\n    title: 月报\n    reporters: some\n    schedule: once\n    due: {date: 2023-03-21}\n"
                                "    parts: [{id: text, title: 月报, kind: narrative}]\n    basis: {section: 二, clause: 报月报}\n";
    const std::string ruled = "    receivers: [{rule: topic_leads}]\n", group = "select: {role: other, topics: [gas]}";
    EXPECT_EQ(told(load(group, ruled + another)), Told{});  // to the office, which nobody has by rule
    EXPECT_EQ(told(load(group, ruled + another + "    receivers: [{organization: 公安局}]\n")), (Told{"duties.yaml:2 pack.receiver_of_another_duty"}));
}

TEST_F(Rules, wrong_rules_and_topics_are_told_with_their_lines) {
    EXPECT_EQ(told(load("select: {except: [甲县住建局]}")), (Told{"organizations.yaml:13 pack.select_without_condition"}));
    EXPECT_EQ(told(load("select: {level: county, topics: [gas]}")), (Told{"organizations.yaml:13 pack.topics_without_role"}));
    EXPECT_EQ(told(load("select: {role: other, topics: [gas, water]}")), (Told{"organizations.yaml:13 pack.no_such_topic"}));
    EXPECT_EQ(told(load("select: {level: county, except: [丙县]}")), (Told{"organizations.yaml:13 pack.no_such_organization"}));
    EXPECT_EQ(told(load("organizations: [甲县住建局]", "    receivers: [{}]\n")), (Told{"duties.yaml:9 pack.receiver_by_name_or_by_rule"}));
    EXPECT_EQ(told(load("organizations: [甲县住建局]", "    receivers: [{rule: sector_parent, outside: true}]\n")), (Told{"duties.yaml:9 pack.receiver_outside_by_rule"}));
    const std::string topics = "  - {id: gas, title: 又一个, leads: [丙局], others: [住建局, 住建局], part_of: water}\n";
    EXPECT_EQ(told(load("select: {level: county}", "", kUnits + topics)),
              (Told{"organizations.yaml:12 pack.named_twice", "organizations.yaml:12 pack.no_such_topic", "organizations.yaml:12 pack.no_such_organization",
                    "organizations.yaml:12 pack.named_twice"}));
}

TEST_F(Rules, what_is_ours_of_a_duty_is_named_or_the_whole_of_it) {
    EXPECT_EQ(load("organizations: [甲县住建局]", "    assumed: [window, receivers]\n").pack->duties.at(0).ours, (std::vector{Ours::window, Ours::receivers}));
    EXPECT_FALSE(load("organizations: [甲县住建局]", "    assumed: [window]\n").pack->duties.at(0).assumed);
    EXPECT_TRUE(load("organizations: [甲县住建局]", "    assumed: true\n").pack->duties.at(0).assumed);
    EXPECT_TRUE(load("organizations: [甲县住建局], assumed: true").pack->find_group("some")->assumed);
    EXPECT_EQ(told(load("organizations: [甲县住建局]", "    assumed: [weather]\n")).size(), 1u);
}

}  // namespace
}  // namespace anban::campaigns
