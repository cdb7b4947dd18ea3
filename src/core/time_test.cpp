#include "core/time.h"

#include <gtest/gtest.h>

namespace anban {
namespace {

TEST(Time, every_day_of_three_centuries_reads_back_as_written) {
    for (CivilDate day = to_date({1901, 1, 1}); day < to_date({2199, 1, 1}); day = day + 1)
        ASSERT_EQ(parse_date(format_date(day))->days, day.days);
}

TEST(Time, a_day_that_does_not_exist_is_refused) {
    for (const char* text : {"2026-02-30", "2023-02-29", "2023-13-01", "2023-00-10", "2023-1-05", "20230105", "", "2023-01-05 "})
        EXPECT_FALSE(parse_date(text)) << text;
}

TEST(Time, the_weeks_of_the_year_follow_the_standard_at_the_turn_of_the_year) {
    // Known from the standard's own examples: 2005-01-01 is 2004-W53, 2008-12-29 is 2009-W01, 2010-01-03 is 2009-W53.
    EXPECT_EQ(iso_week_of(*parse_date("2005-01-01")).week, 53);
    EXPECT_EQ(iso_week_of(*parse_date("2008-12-29")).year, 2009);
    EXPECT_EQ(iso_week_of(*parse_date("2010-01-03")).week, 53);
    EXPECT_EQ(iso_week_of(*parse_date("2023-03-16")).week, 11);
}

TEST(Time, a_beijing_afternoon_is_nine_in_the_morning_in_utc) {
    EXPECT_EQ(format_instant(beijing_instant(*parse_date("2023-03-16"), 17 * 60)), "2023-03-16T17:00:00.000+08:00");
    EXPECT_EQ(parse_instant("2023-03-16T09:00:00Z")->ms, beijing_instant(*parse_date("2023-03-16"), 17 * 60).ms);
    EXPECT_EQ(format_instant(beijing_day_end(*parse_date("2023-03-13"))), "2023-03-13T23:59:59.999+08:00");
}

TEST(Time, months_end_where_the_calendar_says) {
    EXPECT_EQ(format_date(to_date({2024, 2, 31})), "2024-02-29");
    EXPECT_EQ(format_date(add_months(*parse_date("2022-11-01"), 3)), "2023-02-01");
}

}  // namespace
}  // namespace anban
