#include "modules/calendar/calendar.h"

#include <gtest/gtest.h>

#include <random>

namespace anban::calendar {
namespace {

CivilDate day(std::string_view text) { return parse_date(text).value(); }
const Calendar& ours() { return Calendar::built_in(); }

TEST(Calendar, workdays_are_counted_without_the_first_day) {
    EXPECT_EQ(ours().add_workdays(day("2023-09-25"), 10).date, day("2023-10-13"));
    EXPECT_EQ(ours().add_workdays(day("2022-09-30"), 5).date, day("2022-10-12"));
    EXPECT_EQ(ours().add_workdays(day("2023-10-13"), -20).date, day("2023-09-11"));
    EXPECT_EQ(ours().add_workdays(day("2023-10-01"), 0).date, day("2023-10-01"));
}

TEST(Calendar, a_sunday_worked_in_exchange_is_a_workday_and_a_wednesday_can_be_a_day_off) {
    EXPECT_TRUE(ours().is_workday(day("2023-06-25")).workday);
    EXPECT_FALSE(ours().is_workday(day("2023-04-05")).workday);
    EXPECT_FALSE(ours().is_workday(day("2023-03-25")).workday);
    EXPECT_EQ(ours().name_of(day("2023-10-01")), "国庆节");
}

TEST(Calendar, the_neighbouring_workday_of_a_workday_is_itself) {
    EXPECT_EQ(ours().next_workday(day("2023-03-24")).date, day("2023-03-24"));
    EXPECT_EQ(ours().next_workday(day("2023-06-22")).date, day("2023-06-25"));
    EXPECT_EQ(ours().prev_workday(day("2023-06-24")).date, day("2023-06-21"));
}

TEST(Calendar, a_year_it_does_not_hold_is_named_and_never_guessed_silently) {
    EXPECT_TRUE(ours().is_workday(day("2026-03-02")).missing.empty());
    EXPECT_EQ(ours().is_workday(day("2027-03-01")).missing, MissingYears{2027});
    EXPECT_EQ(ours().add_workdays(day("2026-12-31"), 3).missing, MissingYears{2027});
    EXPECT_EQ(ours().add_workdays(day("2004-01-01"), -3).missing, MissingYears{2003});
}

TEST(Calendar, an_office_edits_days_and_says_when_a_year_is_complete) {
    const auto edited = ours().with({{{day("2027-01-01"), DayKind::holiday, "元旦"}, {day("2023-04-05"), DayKind::ordinary, ""}}, {}});
    EXPECT_FALSE(edited.is_workday(day("2027-01-01")).workday);
    EXPECT_EQ(edited.is_workday(day("2027-01-01")).missing, MissingYears{2027});
    EXPECT_TRUE(edited.is_workday(day("2023-04-05")).workday);
    EXPECT_TRUE(edited.with({{}, {2027}}).is_workday(day("2027-01-01")).missing.empty());
    EXPECT_FALSE(ours().is_workday(day("2023-04-05")).workday);  // the built-in data stay as they are
}

TEST(Calendar, bad_rows_are_all_named) {
    const auto read = parse_days("date,kind,name\n2023-02-30,holiday,x\n2023-02-28,rest,y\n2023-03-01,workday,z\n");
    ASSERT_FALSE(read.ok());
    ASSERT_EQ(read.refusal().errors.size(), 2u);
    EXPECT_EQ(read.refusal().errors[0].path, "row 2");
    EXPECT_EQ(read.refusal().errors[1].path, "row 3");
}

// anchor-failures 3: against counting on fingers, over random calendars.
TEST(Calendar, counting_agrees_with_counting_day_by_day_on_random_calendars) {
    std::mt19937 random(20230310);
    for (int round = 0; round < 300; ++round) {
        std::vector<Day> days;
        const CivilDate start = day("2023-01-01");
        for (int i = -60; i < 120; ++i)
            if (random() % 5 == 0) days.push_back({start + i, random() % 2 ? DayKind::holiday : DayKind::workday, ""});
        const Calendar calendar(days, {2022, 2023});
        const int count = static_cast<int>(random() % 20) + 1;
        const auto end = calendar.add_workdays(start, count).date;
        int worked = 0;
        for (int i = 1; start + i <= end; ++i) worked += calendar.is_workday(start + i).workday ? 1 : 0;
        EXPECT_EQ(worked, count);
        EXPECT_TRUE(calendar.is_workday(end).workday);
        const auto back = calendar.add_workdays(end + 1, -count).date;
        EXPECT_EQ(calendar.add_workdays(back - 1, count).date, end);
    }
}

}  // namespace
}  // namespace anban::calendar
