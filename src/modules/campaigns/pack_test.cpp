// The loader: every fault at once, each with its line; and what a good pack means.
#include "modules/campaigns/pack.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "modules/campaigns/plan.h"
#include "platform/messages/messages.h"

namespace anban::campaigns {
namespace {

namespace fs = std::filesystem;

CivilDate day(std::string_view text) { return parse_date(text).value(); }

const std::string kCampaign = R"(id: spring
title: 春季行动
notice: {title: 通知, issuer: 市安委办, issued: 2023-02-23}
period: {from: 2023-03-01, to: 2023-05-31}
office: 市安委办
)";

const std::string kOrganizations = R"(organizations:
  - {name: 市安委办, short: 安委办, kind: office, level: city}
  - {name: 甲县住建局, short: 甲县, kind: bureau, level: county, parents: {committee: 市安委办}}
  - {name: 乙县住建局, short: 乙县, kind: bureau, level: county, since: 2023-04-01}
groups:
  - {id: counties, title: 各县, select: {level: county, kinds: [bureau]}}
)";

std::string duties(const std::string& keys) {
    return "duties:\n  - id: report\n    title: 月报\n    reporters: counties\n    basis: {section: 三, clause: 每月报}\n" + keys;
}

const std::string kMonthly = "    schedule: monthly\n    window: calendar_month\n    due: {day: 28}\n    parts: [{id: text, title: 小结, kind: narrative}]\n";

class Packs : public testing::Test {
protected:
    fs::path directory = fs::temp_directory_path() / ("anban-pack-" + std::to_string(getpid())) / "spring";

    void SetUp() override { fs::create_directories(directory / "forms"); }
    void TearDown() override { fs::remove_all(directory.parent_path()); }

    void write(const std::string& name, const std::string& text) const { std::ofstream(directory / name, std::ios::binary) << text; }

    LoadedPack load(const std::string& duties_text, const std::string& campaign = kCampaign, const std::string& organizations = kOrganizations) const {
        write("campaign.yaml", campaign);
        write("organizations.yaml", organizations);
        write("duties.yaml", duties_text);
        return load_pack(directory);
    }

    // "duties.yaml:7 pack.unknown_member", for each fault
    static std::vector<std::string> told(const LoadedPack& loaded) {
        std::vector<std::string> out;
        for (const auto& error : loaded.errors)
            out.push_back(fs::path(error.file).filename().string() + ":" + std::to_string(error.line) + " " + error.key);
        return out;
    }
};

using Told = std::vector<std::string>;

TEST_F(Packs, a_good_pack_becomes_a_value) {
    const auto loaded = load(duties(kMonthly));
    ASSERT_EQ(told(loaded), Told{});
    const auto& pack = *loaded.pack;
    EXPECT_EQ(pack.id, "spring");
    EXPECT_EQ(pack.find_group("counties")->organizations, (std::vector<std::string>{"甲县住建局", "乙县住建局"}));
    const auto& duty = *pack.find_duty("report");
    EXPECT_EQ(duty.receivers.at(0).organization, "市安委办");
    EXPECT_EQ(duty.timetable.ends, day("2023-05-31"));
}

TEST_F(Packs, all_faults_are_told_at_once_with_file_and_line) {
    const auto loaded = load("duties:\n"
                             "  - id: Report\n"                                  // 2: not an identifier
                             "    title: 月报\n"
                             "    reporters: nobody\n"                           // 2 (the duty): no such group
                             "    colour: red\n"                                 // 5: unknown
                             "    schedule: monthly\n"
                             "    window: friday..friday\n"                      // 7
                             "    due: {weekday: friday, time: \"25:00\"}\n"     // 8: weekday, no day, time
                             "    parts: [{id: t, title: 表, kind: table}]\n",   // 9: no form
                             kCampaign + "office: 又一个\n");                    // campaign 6: doubled
    EXPECT_EQ(told(loaded), (Told{"campaign.yaml:6 pack.doubled_member", "duties.yaml:2 pack.missing_member",  // basis
                                  "duties.yaml:2 pack.identifier_expected", "duties.yaml:2 pack.no_such_group", "duties.yaml:5 pack.unknown_member", "duties.yaml:7 pack.month_window_expected",
                                  "duties.yaml:8 pack.not_for_this_schedule", "duties.yaml:8 pack.missing_member",
                                  "duties.yaml:8 pack.time_expected", "duties.yaml:9 pack.part_without_form"}));
    EXPECT_FALSE(loaded.pack.has_value());
}

TEST_F(Packs, every_fault_has_a_sentence_in_both_languages) {
    for (const auto& error : load("duties: 7\n", "id: [1]\n").errors) {
        EXPECT_TRUE(messages::has(messages::Language::zh, error.key)) << error.key;
        EXPECT_TRUE(messages::has(messages::Language::en, error.key)) << error.key;
        EXPECT_EQ(messages::sentence(messages::Language::zh, error.key, error.params).find('{'), std::string::npos) << error.key;
    }
}

TEST_F(Packs, names_that_nothing_carries_are_faults) {
    const auto loaded = load(duties(kMonthly + "    supersedes: {duty: old, from: 2023-04-01}\n    receivers: [{organization: 省厅}]\n") +
                                 "  - {id: report, title: 又一份, reporters: counties, schedule: on_event, basis: {section: 四, clause: 及时报},"
                                 " parts: [{id: f, title: 表, kind: form, form: lost}]}\n",
                             kCampaign, kOrganizations + "  - {id: empty, title: 空, select: {level: town, kinds: [bureau]}}\n");
    EXPECT_EQ(told(loaded), (Told{"organizations.yaml:7 pack.group_empty", "duties.yaml:2 pack.no_such_organization",
                                  "duties.yaml:2 pack.no_such_duty", "duties.yaml:12 pack.named_twice", "duties.yaml:12 pack.no_such_form"}));
}

TEST_F(Packs, a_file_that_is_not_yaml_or_not_there_is_told_and_the_others_are_still_read) {
    write("campaign.yaml", "id: [unclosed\n");
    write("duties.yaml", "duties: []\nmore: 1\n");
    EXPECT_EQ(told(load_pack(directory)), (Told{"campaign.yaml:2 pack.not_yaml", "organizations.yaml:0 pack.file_missing", "duties.yaml:2 pack.unknown_member"}));
}

TEST_F(Packs, a_bottomless_file_is_a_fault_like_any_other) {
    const auto loaded = load("duties: " + std::string(200'000, '['));
    ASSERT_FALSE(loaded.errors.empty());
    EXPECT_EQ(loaded.errors.front().key, "pack.not_yaml");
}

TEST_F(Packs, an_organization_owes_from_the_day_it_is_open) {
    const auto loaded = load(duties(kMonthly));
    const auto planned = plan(*loaded.pack, calendar::Calendar::built_in(), {day("2023-01-01"), day("2023-12-31"), {}});
    std::string rows;
    for (const auto& filing : planned.filings) rows += filing.organization->short_name + filing.slot + " ";
    EXPECT_EQ(rows, "甲县2023-03 乙县2023-04 甲县2023-04 乙县2023-05 甲县2023-05 ");
}

TEST_F(Packs, each_receiver_may_have_a_cut_off_of_its_own_and_may_stand_outside) {
    const auto loaded = load(duties(kMonthly + "    receivers:\n      - {organization: 市安委办}\n      - {organization: 省厅, outside: true, due: {day: 20, time: \"09:30\"}}\n"));
    ASSERT_EQ(told(loaded), Told{});
    const auto planned = plan(*loaded.pack, calendar::Calendar::built_in(), {day("2023-03-01"), day("2023-03-31"), {}});
    ASSERT_EQ(planned.filings.size(), 1u);
    const auto& receivers = planned.filings[0].receivers;
    EXPECT_EQ(format_due(*receivers.at(0).due), "2023-03-28");
    EXPECT_EQ(format_due(*receivers.at(1).due), "2023-03-20T09:30+08:00");
    EXPECT_TRUE(receivers.at(1).outside);
}

// What one county owes under a schedule, as "slot due".
std::string owed_by_a_county(const Pack& pack) {
    std::string rows;
    for (const auto& filing : plan(pack, calendar::Calendar::built_in(), {day("2023-01-01"), day("2023-12-31"), {}}).filings)
        if (filing.organization->short_name == "甲县") rows += filing.slot + " " + format_due(*filing.due) + "; ";
    return rows;
}

TEST_F(Packs, quarters_halves_years_lists_of_days_and_several_hours_are_words_of_the_language) {
    const std::string parts = "    parts: [{id: text, title: 小结, kind: narrative}]\n";
    const std::pair<const char*, const char*> all[] = {
        {"    schedule: quarterly\n    due: {day: 20}\n", ""},  // March 20 lies in time, but the quarter's window began before: owed
        {"    schedule: quarterly\n    due: {day: 10, next_period: true}\n    last_due: 2023-07-31\n", "2023-Q1 2023-04-10; 2023-Q2 2023-07-10; "},
        {"    schedule: half_yearly\n    due: {month: 5}\n", "2023-H1 2023-05-31; "},
        {"    schedule: yearly\n    due: {month: 4, day: 20, time: \"12:00\"}\n", "2023 2023-04-20T12:00+08:00; "},
        {"    schedule: cut_offs\n    due: {dates: [2023-03-03, 2023-03-10, 2023-04-17]}\n", "2023-03-03 2023-03-03; 2023-03-10 2023-03-10; 2023-04-17 2023-04-17; "},
        {"    schedule: cut_offs\n    starts: 2023-05-01\n    due: {days: [5, 15, 31]}\n", "2023-05-05 2023-05-05; 2023-05-15 2023-05-15; 2023-05-31 2023-05-31; "},
        {"    schedule: cut_offs\n    starts: 2023-05-22\n    due: {weekdays: [monday, friday], time: \"10:00\"}\n",
         "2023-05-22T10:00 2023-05-22T10:00+08:00; 2023-05-26T10:00 2023-05-26T10:00+08:00; 2023-05-29T10:00 2023-05-29T10:00+08:00; "},
        {"    schedule: cut_offs\n    starts: 2023-05-31\n    due: {every: day, times: [\"08:00\", \"17:00\"]}\n", "2023-05-31T08:00 2023-05-31T08:00+08:00; 2023-05-31T17:00 2023-05-31T17:00+08:00; "},
    };
    for (const auto& [schedule, expected] : all) {
        const auto loaded = load(duties(schedule + parts));
        ASSERT_EQ(told(loaded), Told{}) << schedule;
        if (*expected) { EXPECT_EQ(owed_by_a_county(*loaded.pack), expected) << schedule; }
    }
}

TEST_F(Packs, cut_offs_that_say_two_things_or_go_backwards_are_faults) {
    const std::string parts = "    parts: [{id: text, title: 小结, kind: narrative}]\n";
    EXPECT_EQ(told(load(duties("    schedule: cut_offs\n" + parts))), Told{"duties.yaml:2 pack.missing_member"});
    EXPECT_EQ(told(load(duties("    schedule: cut_offs\n    due: {days: [5], every: day}\n" + parts))), Told{"duties.yaml:7 pack.cut_offs_expected"});
    EXPECT_EQ(told(load(duties("    schedule: cut_offs\n    due: {days: [15, 5]}\n" + parts))), Told{"duties.yaml:7 pack.list_out_of_order"});
    EXPECT_EQ(told(load(duties("    schedule: cut_offs\n    due: {weekdays: [doomsday]}\n" + parts))), Told{"duties.yaml:7 pack.weekday_expected"});
    EXPECT_EQ(told(load(duties("    schedule: quarterly\n    window: 25th_to_24th\n    due: {month: 4}\n" + parts))), (Told{"duties.yaml:7 pack.period_window_expected", "duties.yaml:8 pack.number_expected"}));
    EXPECT_EQ(told(load(duties("    schedule: monthly\n    window: calendar_month\n    due: {days: [5, 15]}\n" + parts))), (Told{"duties.yaml:8 pack.not_for_this_schedule", "duties.yaml:8 pack.missing_member"}));
}

TEST_F(Packs, an_event_may_start_a_clock_for_the_office_and_another_for_a_second_receiver) {
    const std::string parts = "    parts: [{id: text, title: 快报, kind: narrative}]\n";
    const auto loaded = load(duties("    schedule: on_event\n    event: 接报\n    due: {after: PT1H}\n"
                                    "    receivers:\n      - {organization: 市安委办}\n      - {organization: 省厅, outside: true, due: {before: P20WD, time: \"17:00\"}}\n" + parts));
    ASSERT_EQ(told(loaded), Told{});
    const auto& duty = loaded.pack->duties[0];
    EXPECT_EQ(duty.event, "接报");
    EXPECT_EQ(std::get<EventClock>(duty.timetable.due), (EventClock{ClockSide::after, ClockUnit::minutes, 60, {}}));
    EXPECT_EQ(std::get<EventClock>(*duty.receivers.at(1).due), (EventClock{ClockSide::before, ClockUnit::workdays, 20, 17 * 60}));
    EXPECT_TRUE(plan(*loaded.pack, calendar::Calendar::built_in(), {day("2023-01-01"), day("2023-12-31"), {}}).filings.empty()) << "nothing has happened yet";
    ASSERT_EQ(told(load(duties("    schedule: on_event\n" + parts))), Told{}) << "promptly, without a clock";
}

TEST_F(Packs, a_clock_that_says_nothing_two_things_or_a_date_is_a_fault) {
    const std::string parts = "    parts: [{id: text, title: 快报, kind: narrative}]\n", event = "    schedule: on_event\n";
    EXPECT_EQ(told(load(duties(event + "    due: {time: \"17:00\"}\n" + parts))), Told{"duties.yaml:7 pack.clock_expected"});
    EXPECT_EQ(told(load(duties(event + "    due: {after: PT1H, before: P1D}\n" + parts))), Told{"duties.yaml:7 pack.clock_expected"});
    EXPECT_EQ(told(load(duties(event + "    due: {after: 1小时}\n" + parts))), Told{"duties.yaml:7 pack.span_expected"});
    EXPECT_EQ(told(load(duties(event + "    due: {before: next_day}\n" + parts))), Told{"duties.yaml:7 pack.span_expected"});
    EXPECT_EQ(told(load(duties(event + "    due: {after: PT1H, time: \"17:00\"}\n" + parts))), Told{"duties.yaml:7 pack.time_with_hours"});
    EXPECT_EQ(told(load(duties(event + "    due: {after: P1D, date: 2023-04-01}\n" + parts))), Told{"duties.yaml:7 pack.not_for_this_schedule"});
    EXPECT_EQ(told(load(duties(event + "    due: {after: P1D}\n    holiday_rule: next_workday\n" + parts))), Told{"duties.yaml:8 pack.not_for_this_schedule"});
    EXPECT_EQ(told(load(duties("    schedule: monthly\n    window: calendar_month\n    event: 接报\n    due: {day: 5, after: PT1H}\n" + parts))),
              (Told{"duties.yaml:8 pack.not_for_this_schedule", "duties.yaml:9 pack.not_for_this_schedule"}));
    EXPECT_EQ(told(load(duties("    schedule: not_stated\n    due: {after: PT1H}\n"))), Told{"duties.yaml:7 pack.not_for_this_schedule"});
}

// H11 with invented dates: the old duty's filings end where the new one begins.
TEST_F(Packs, a_duty_superseded_from_a_date_gives_no_rows_from_then_on) {
    const auto loaded = load(duties(kMonthly) +
                             "  - {id: newer, title: 新月报, reporters: counties, schedule: monthly, window: 25th_to_24th, starts: 2023-04-25, due: {day: 25},"
                             " basis: {section: 一, clause: 新要求}, parts: [{id: text, title: 小结, kind: narrative}],"
                             " supersedes: {duty: report, from: 2023-04-28}}\n");
    ASSERT_EQ(told(loaded), Told{});
    const auto planned = plan(*loaded.pack, calendar::Calendar::built_in(), {day("2023-01-01"), day("2023-12-31"), {}});
    std::string rows;
    for (const auto& filing : planned.filings)
        if (filing.organization->short_name == "甲县") rows += filing.duty->id + " " + format_due(*filing.due) + "; ";
    EXPECT_EQ(rows, "report 2023-03-28; newer 2023-05-25; ");  // April 28 itself already belongs to the new duty
}

TEST_F(Packs, a_year_that_the_calendar_lacks_is_a_warning_of_the_plan) {
    const auto far = "id: spring\ntitle: 春季行动\nnotice: {title: 通知, issuer: 市安委办, issued: 2027-02-23}\n"
                     "period: {from: 2027-03-01, to: 2027-05-31}\noffice: 市安委办\n";
    const auto quiet = load(duties(kMonthly), far);
    const calendar::Calendar& calendar = calendar::Calendar::built_in();
    const PlanQuestion question{day("2027-01-01"), day("2027-12-31"), {}};
    EXPECT_TRUE(plan(*quiet.pack, calendar, question).missing.empty());
    const auto shifting = load(duties(kMonthly + "    holiday_rule: {nth_workday_after: 2}\n"), far);
    EXPECT_EQ(plan(*shifting.pack, calendar, question).missing, calendar::MissingYears{2027});
}

// Random damage to any of the three files: faults or a pack, never an exception, and never both.
TEST_F(Packs, a_damaged_pack_is_told_and_never_breaks_the_loader) {
    std::mt19937 random(20230310);
    const std::string good = duties(kMonthly + "    first: {window: {from: 2023-03-01, to: 2023-03-20}, due: {date: 2023-03-21}, parts: [text]}\n"
                                               "    receivers: [{organization: 市安委办, due: {day: 3}}]\n    holiday_rule: {nth_workday_after: 2}\n");
    ASSERT_EQ(told(load(good)), Told{});
    const std::string noise = ":{}[]-,'\"# \n&*!|>%@`~0a\t";
    const auto damaged = [&](std::string text) {
        for (int times = 1 + static_cast<int>(random() % 4); times > 0; --times) {
            const auto at = random() % text.size();
            switch (random() % 3) {
                case 0: text[at] = noise[random() % noise.size()]; break;
                case 1: text.erase(at, 1 + random() % 12); break;
                default: text.insert(at, 1, noise[random() % noise.size()]);
            }
        }
        return text;
    };
    for (int round = 0; round < 150; ++round) {
        const int file = static_cast<int>(random() % 3);
        const auto loaded = load(file == 0 ? damaged(good) : good, file == 1 ? damaged(kCampaign) : kCampaign, file == 2 ? damaged(kOrganizations) : kOrganizations);
        ASSERT_NE(loaded.pack.has_value(), !loaded.errors.empty()) << round;
        if (loaded.pack) (void)plan(*loaded.pack, calendar::Calendar::built_in(), {day("2023-01-01"), day("2023-12-31"), {}});
    }
}

}  // namespace
}  // namespace anban::campaigns
