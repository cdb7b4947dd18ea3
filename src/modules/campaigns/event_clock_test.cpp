// Clocks that an event starts, against an oracle that walks single days and milliseconds.
#include <gtest/gtest.h>

#include <map>
#include <random>

#include "modules/campaigns/schedule.h"

namespace anban::campaigns {
namespace {

using calendar::Calendar;
using calendar::DayKind;

CivilDate day(std::string_view text) { return parse_date(text).value(); }
Instant at(const std::string& text) { return parse_instant(text.substr(0, 10) + "T" + text.substr(11) + "+08:00").value(); }

std::string due(ClockSide side, const char* span, const std::string& event, std::optional<int> minute = {}) {
    auto clock = clock_of(side, span).value();
    clock.minute = minute;
    return format_due(*due_of(clock, at(event), Calendar::built_in()).due);
}
std::string after(const char* span, const std::string& event, std::optional<int> minute = {}) { return due(ClockSide::after, span, event, minute); }
std::string before(const char* span, const std::string& event) { return due(ClockSide::before, span, event); }

TEST(EventClock, an_hour_after_the_call_runs_through_midnight_and_through_rest) {
    EXPECT_EQ(after("PT1H", "2023-03-16 09:20:00"), "2023-03-16T10:20+08:00");
    EXPECT_EQ(after("PT1H", "2023-03-16 09:20:59.999"), "2023-03-16T10:20+08:00") << "an event is known to its minute";
    EXPECT_EQ(after("PT30M", "2023-12-31 23:45:00"), "2024-01-01T00:15+08:00");
    EXPECT_EQ(after("PT24H", "2023-09-30 10:00:00"), "2023-10-01T10:00+08:00");
    EXPECT_EQ(before("PT24H", "2023-03-01 08:00:00"), "2023-02-28T08:00+08:00");
}

TEST(EventClock, the_day_itself_ends_at_midnight_and_later_days_are_counted_from_the_next) {
    EXPECT_EQ(after("P1D", "2023-03-16 00:00:00"), "2023-03-16");
    EXPECT_EQ(after("P1D", "2023-03-16 23:59:59.999"), "2023-03-16");
    EXPECT_EQ(after("next_day", "2023-03-16 23:59:59.999"), "2023-03-17");
    EXPECT_EQ(after("P2D", "2023-03-16 00:00:00"), "2023-03-18");
    EXPECT_EQ(after("P2W", "2023-03-16 08:00:00"), "2023-03-30");
    EXPECT_EQ(after("P1M", "2024-01-31 08:00:00"), "2024-02-29");
    EXPECT_EQ(before("P1D", "2023-03-01 00:00:00"), "2023-02-28");
    EXPECT_EQ(before("P1M", "2023-03-31 00:00:00"), "2023-02-28");
}

TEST(EventClock, workdays_are_counted_by_the_calendar_from_the_one_after_the_event) {
    EXPECT_EQ(after("P3WD", "2023-03-16 23:59:00"), "2023-03-21");
    EXPECT_EQ(after("P1WD", "2023-03-18 10:00:00"), "2023-03-20") << "a Saturday";
    EXPECT_EQ(after("P1WD", "2023-06-21 10:00:00"), "2023-06-25") << "three days of Duanwu, and the Sunday is worked";
    EXPECT_EQ(after("P3WD", "2023-09-28 10:00:00"), "2023-10-09") << "eight days of rest; the 7th and 8th of October are worked";
    EXPECT_EQ(before("P20WD", "2023-04-28 09:00:00"), "2023-03-31") << "Qingming rests, the Sunday of the 23rd is worked";
}

TEST(EventClock, an_hour_of_the_last_day_is_the_last_minute_and_one_that_had_passed_gives_way_to_the_days_end) {
    EXPECT_EQ(after("P3WD", "2023-03-16 23:59:00", 17 * 60), "2023-03-21T17:00+08:00");
    EXPECT_EQ(after("P1D", "2023-03-16 17:00:00", 17 * 60), "2023-03-16T17:00+08:00");
    EXPECT_EQ(after("P1D", "2023-03-16 17:00:00.001", 17 * 60), "2023-03-16");
    EXPECT_EQ(after("next_day", "2023-03-16 18:00:00", 9 * 60), "2023-03-17T09:00+08:00");
}

TEST(EventClock, what_is_no_span_is_no_clock) {
    for (const char* span : {"", "P", "PT", "P1", "PT1D", "P0D", "PT0H", "P01D", "P-1D", "-P1D", "1D", "P12345D", "P1WDX", "p1d", "PT1HM", "P1Y", "next_days"})
        EXPECT_FALSE(clock_of(ClockSide::after, span)) << span;
    EXPECT_FALSE(clock_of(ClockSide::before, "next_day"));
    EXPECT_EQ(clock_of(ClockSide::after, "PT9999H")->count, 9999 * 60);
}

TEST(EventClock, a_year_that_the_calendar_lacks_is_told_where_workdays_rest_on_it) {
    EXPECT_EQ(due_of(*clock_of(ClockSide::after, "P3WD"), at("2030-03-14 09:00:00"), Calendar::built_in()).missing, calendar::MissingYears{2030});
    EXPECT_TRUE(due_of(*clock_of(ClockSide::after, "PT1H"), at("2030-03-14 09:00:00"), Calendar::built_in()).missing.empty());
}

// --- the oracle: a day at a time, by a table of its own

struct Oracle {
    std::map<CivilDate, DayKind> said;

    bool works(CivilDate date) const {
        const auto found = said.find(date);
        if (found != said.end() && found->second != DayKind::ordinary) return found->second == DayKind::workday;
        return (date.days % 7 + 7 + 3) % 7 < 5;  // 1970-01-01 was a Thursday
    }
    // The last millisecond in time.
    std::int64_t last(const EventClock& clock, std::int64_t event) const {
        const std::int64_t beijing = 8 * 3'600'000, day_long = 86'400'000, step = clock.side == ClockSide::after ? 1 : -1;
        if (clock.unit == ClockUnit::minutes) return event - event % 60'000 + step * clock.count * 60'000;
        CivilDate date{static_cast<int>((event + beijing) / day_long)};
        if (clock.unit == ClockUnit::months) {
            const auto from = to_ymd(date);
            int month = from.year * 12 + from.month - 1 + static_cast<int>(step) * clock.count, wanted = from.day;
            while (!parse_date(text(month / 12, month % 12 + 1, wanted))) --wanted;
            date = *parse_date(text(month / 12, month % 12 + 1, wanted));
        }
        for (int left = clock.unit == ClockUnit::months ? 0 : clock.count; left > 0;) {
            date = date + static_cast<int>(step);
            if (clock.unit == ClockUnit::days || works(date)) --left;
        }
        const std::int64_t midnight = std::int64_t{date.days} * day_long - beijing;
        const auto hour = clock.minute ? midnight + *clock.minute * 60'000 : midnight + day_long - 1;
        return clock.side == ClockSide::after && hour < event ? midnight + day_long - 1 : hour;
    }
    static std::string text(int year, int month, int date) {
        char out[40];
        std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, date);
        return out;
    }
};

// anchor-failures 1, 3
TEST(EventClock, at_any_instant_under_any_calendar_the_cut_off_is_the_one_found_by_walking) {
    std::mt19937 random(20230316);
    const auto below = [&](unsigned bound) { return static_cast<int>(random() % bound); };
    for (int round = 0; round < 200; ++round) {
        Oracle oracle;
        std::vector<calendar::Day> days;
        for (int i = 0; i < 150; ++i) {
            const auto date = day("2022-06-01") + below(900);
            if (oracle.said.contains(date)) continue;
            oracle.said[date] = below(2) ? DayKind::holiday : DayKind::workday;
            days.push_back({date, oracle.said[date], ""});
        }
        const Calendar calendar(days, {2021, 2022, 2023, 2024, 2025});
        for (int i = 0; i < 60; ++i) {
            const auto unit = static_cast<ClockUnit>(below(4));
            const bool edge = below(3) == 0;  // the first and the last millisecond of a day
            const auto midnight = beijing_instant(day("2023-01-01") + below(500)).ms;
            const Instant event{midnight + (edge ? (below(2) ? 86'399'999 : 0) : below(86'400'000))};
            EventClock clock{below(2) ? ClockSide::after : ClockSide::before, unit, below(unit == ClockUnit::minutes ? 5'000 : unit == ClockUnit::months ? 5 : 40), {}};
            if (unit == ClockUnit::workdays) ++clock.count;
            if (unit != ClockUnit::minutes && below(2)) clock.minute = below(24 * 60);
            const auto answer = due_of(clock, event, calendar);
            ASSERT_EQ(due_at(*answer.due).ms, oracle.last(clock, event.ms))
                << format_instant(event) << ' ' << static_cast<int>(clock.side) << ' ' << static_cast<int>(unit) << ' ' << clock.count << ' ' << clock.minute.value_or(-1);
            ASSERT_EQ(answer.on_rest_day, !oracle.works(answer.due->day));
        }
    }
}

}  // namespace
}  // namespace anban::campaigns
