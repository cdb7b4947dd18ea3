// The deadline function against small independent oracles, over random calendars and schedules. anchor-failures 1 and 3.
#include "modules/campaigns/schedule.h"

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <random>
#include <set>

namespace anban::campaigns {
namespace {

using calendar::Calendar;
using calendar::DayKind;

CivilDate day(std::string_view text) { return parse_date(text).value(); }
const Calendar& ours() { return Calendar::built_in(); }

Timetable year_2023(Schedule schedule, DueRule due, HolidayRule rule = {}) {
    return {schedule, due, rule, std::nullopt, day("2023-01-01"), day("2023-12-31"), std::nullopt};
}

struct Chance {
    std::mt19937 engine{20230310};
    int below(int bound) { return static_cast<int>(engine() % static_cast<unsigned>(bound)); }
    bool coin() { return below(2) == 0; }
    CivilDate date() { return day("2022-01-01") + below(1200); }
    Weekday weekday() { return static_cast<Weekday>(1 + below(7)); }
    Calendar calendar() {
        std::vector<calendar::Day> days;
        for (int i = 0; i < 200; ++i) days.push_back({date(), coin() ? DayKind::holiday : DayKind::workday, ""});
        return Calendar(days, {2021, 2022, 2023, 2024, 2025, 2026});
    }
};

TEST(Deadline, a_named_hour_ends_at_that_minute_and_a_bare_day_at_its_last_millisecond) {
    EXPECT_EQ(format_instant(due_at({day("2023-03-16"), 17 * 60})), "2023-03-16T17:00:00.000+08:00");
    EXPECT_EQ(format_instant(due_at({day("2023-03-13"), {}})), "2023-03-13T23:59:59.999+08:00");
    EXPECT_EQ(format_due({day("2023-03-16"), 17 * 60}), "2023-03-16T17:00+08:00");
    EXPECT_EQ(format_due({day("2023-03-13"), {}}), "2023-03-13");
}

// anchor-failures 1
TEST(Deadline, the_door_is_open_exactly_from_the_opening_to_the_closing_instant) {
    Chance chance;
    for (int round = 0; round < 20'000; ++round) {
        const auto instant = [&]() -> std::optional<Instant> { return chance.below(4) ? std::optional(Instant{chance.below(12)}) : std::nullopt; };
        const Gate gate{instant(), instant(), instant()};
        const Instant now{chance.below(12)};
        // the oracle
        const bool early = gate.opens.has_value() && now.ms < gate.opens->ms;
        const bool shut = gate.closes.has_value() && now.ms >= gate.closes->ms + 1;
        const bool behind = gate.due.has_value() && now.ms - gate.due->ms > 0;
        const Door expected = early ? Door::not_open : shut ? Door::closed : behind ? Door::late : Door::on_time;
        ASSERT_EQ(door_at(gate, now), expected) << round;
    }
}

// anchor-failures 2, 3: one millisecond decides, and the last day counts to its end.
TEST(Deadline, one_millisecond_after_the_cut_off_is_late_and_the_cut_off_itself_is_on_time) {
    for (const Due due : {Due{day("2023-03-16"), 17 * 60}, Due{day("2023-02-28"), {}}}) {
        const Gate gate{{}, due_at(due), {}};
        EXPECT_EQ(door_at(gate, {due_at(due).ms - 1}), Door::on_time);
        EXPECT_EQ(door_at(gate, due_at(due)), Door::on_time);
        EXPECT_EQ(door_at(gate, {due_at(due).ms + 1}), Door::late);
    }
}

// anchor-failures 3: months of 28, 29, 30 and 31 days x every day of the month.
TEST(Deadline, by_day_n_falls_on_that_day_or_on_the_last_day_of_a_shorter_month) {
    for (int n = 1; n <= 31; ++n) {
        auto table = year_2023(Monthly{}, DueMonthDay{n});
        table.starts = day("2023-01-01");
        table.ends = day("2024-12-31");
        std::vector<CivilDate> expected;  // the oracle walks the days
        for (CivilDate d = table.starts; d <= table.ends; d = d + 1) {
            const int today = to_ymd(d).day;
            if (today == n || (today < n && to_ymd(d + 1).day == 1)) expected.push_back(d);
        }
        const auto found = occurrences(table, ours()).owed;
        ASSERT_EQ(found.size(), expected.size()) << n;
        for (std::size_t i = 0; i < found.size(); ++i) EXPECT_EQ(found[i].due->day, expected[i]) << n;
    }
}

TEST(Deadline, the_month_from_the_25th_ends_on_the_24th_whatever_the_length_of_the_month) {
    const auto found = occurrences(year_2023(Monthly{Monthly::Span::from_day, 25}, DueMonthDay{25}), ours()).owed;
    ASSERT_EQ(found.size(), 12u);
    EXPECT_EQ(found[0].window, (Window{day("2023-01-01"), day("2023-01-24")}));  // cut to the campaign's begin
    EXPECT_EQ(found[2].window, (Window{day("2023-02-25"), day("2023-03-24")}));
    EXPECT_EQ(found[2].slot, "2023-03");
    EXPECT_EQ(found[2].due->day, day("2023-03-25"));
}

TEST(Deadline, a_window_without_a_day_is_cut_by_the_campaigns_end) {
    auto table = year_2023(Monthly{}, NoDue{});
    table.ends = day("2023-11-20");
    const auto found = occurrences(table, ours()).owed;
    ASSERT_EQ(found.size(), 11u);
    EXPECT_EQ(found.back().window, (Window{day("2023-11-01"), day("2023-11-20")}));
    EXPECT_FALSE(found.back().due.has_value());
    EXPECT_EQ(found.back().uncut.to, day("2023-11-30"));
}

TEST(Deadline, the_year_to_date_begins_with_the_year_and_ends_with_the_month) {
    auto table = year_2023(Monthly{Monthly::Span::year_to_date}, DueMonthDay{5, {}, true});
    table.starts = day("2023-03-10");
    table.last_due = day("2024-01-05");
    const auto found = occurrences(table, ours());
    ASSERT_EQ(found.owed.size(), 10u);
    EXPECT_EQ(found.owed[0].window, (Window{day("2023-01-01"), day("2023-03-31")}));
    EXPECT_EQ(found.owed[0].due->day, day("2023-04-05"));
    EXPECT_EQ(found.owed.back().due->day, day("2024-01-05"));
    EXPECT_TRUE(found.after_end.empty());
}

TEST(Deadline, a_weekly_window_may_run_friday_to_thursday_and_is_named_by_the_week_of_its_last_day) {
    auto table = year_2023(Weekly{Weekday::friday}, DueWeekday{Weekday::thursday, 17 * 60});
    table.starts = day("2023-03-10");
    const auto found = occurrences(table, ours());
    ASSERT_EQ(found.owed.size(), 42u);
    EXPECT_EQ(found.owed[0].window, (Window{day("2023-03-10"), day("2023-03-16")}));
    EXPECT_EQ(found.owed[0].slot, "2023-W11");
    EXPECT_EQ(format_due(*found.owed.back().due), "2023-12-28T17:00+08:00");
    ASSERT_EQ(found.after_end.size(), 1u);  // Dec 29 to 31 would be due on January 4: shown, not owed
    EXPECT_EQ(found.after_end[0].window, (Window{day("2023-12-29"), day("2023-12-31")}));
    EXPECT_EQ(found.after_end[0].slot, "2024-W01");
}

TEST(Deadline, this_weeks_thursday_may_lie_inside_the_week_that_it_closes) {
    const auto found = occurrences(year_2023(Weekly{Weekday::monday}, DueWeekday{Weekday::thursday, {}, true}), ours()).owed;
    EXPECT_EQ(found[0].window, (Window{day("2023-01-02"), day("2023-01-08")}));  // January 1, a Sunday, closes a week due before
    EXPECT_EQ(found[0].due->day, day("2023-01-05"));
}

TEST(Deadline, two_months_at_once_come_first_and_the_regular_months_follow_without_a_gap) {
    auto table = year_2023(Monthly{}, DueMonthDay{25});
    table.first = FirstWindow{{day("2023-01-01"), day("2023-02-28")}, DueDate{day("2023-03-13"), {}}};
    const auto found = occurrences(table, ours()).owed;
    ASSERT_EQ(found.size(), 11u);
    EXPECT_EQ(found[0].slot, "2023-01-01..2023-02-28");
    EXPECT_TRUE(found[0].first);
    EXPECT_EQ(found[0].due->day, day("2023-03-13"));
    EXPECT_EQ(found[1].window.from, day("2023-03-01"));
    EXPECT_FALSE(found[1].first);
}

TEST(Deadline, a_single_report_may_be_due_after_the_campaign_has_ended) {
    const auto found = occurrences(year_2023(Once{}, DueDate{day("2024-01-10"), {}}), ours()).owed;
    ASSERT_EQ(found.size(), 1u);
    EXPECT_EQ(found[0].slot, "once");
    EXPECT_EQ(found[0].window, (Window{day("2023-01-01"), day("2023-12-31")}));
}

TEST(Deadline, events_and_duties_without_known_dates_give_no_rows) {
    EXPECT_TRUE(occurrences(year_2023(OnEvent{}, NoDue{}), ours()).owed.empty());
    EXPECT_TRUE(occurrences(year_2023(NotStated{}, NoDue{}), ours()).owed.empty());
}

TEST(Deadline, the_second_workday_after_the_dragon_boat_rest_is_the_monday) {
    const Window week{day("2023-06-16"), day("2023-06-22")};
    const DueRule thursday = DueWeekday{Weekday::thursday, 17 * 60};
    const auto with = [&](HolidayRule rule) { return format_due(*due_of(thursday, rule, week, ours()).due); };
    EXPECT_EQ(with({}), "2023-06-22T17:00+08:00");
    EXPECT_EQ(with({HolidayRule::Kind::next_workday}), "2023-06-25T17:00+08:00");  // a Sunday, worked in exchange
    EXPECT_EQ(with({HolidayRule::Kind::prev_workday}), "2023-06-21T17:00+08:00");
    EXPECT_EQ(with({HolidayRule::Kind::nth_workday_after, 2}), "2023-06-26T17:00+08:00");
    EXPECT_TRUE(due_of(thursday, {}, week, ours()).on_rest_day);
}

TEST(Deadline, a_year_missing_from_the_calendar_is_told_only_where_the_answer_rests_on_it) {
    const Window window{day("2027-03-01"), day("2027-03-31")};
    EXPECT_TRUE(due_of(DueMonthDay{25}, {}, window, ours()).missing.empty());
    EXPECT_EQ(due_of(DueMonthDay{25}, {HolidayRule::Kind::next_workday}, window, ours()).missing, calendar::MissingYears{2027});
    EXPECT_TRUE(due_ahead({day("2027-01-01"), {}}, 2, ours()).missing.empty());  // counted in 2026 alone
    EXPECT_EQ(due_ahead({day("2027-01-04"), {}}, 2, ours()).missing, calendar::MissingYears{2027});
}

// anchor-failures 3: weekday x holiday x make-up day, on random calendars, against walking the days one by one.
TEST(Deadline, the_four_holiday_rules_agree_with_walking_the_days) {
    Chance chance;
    for (int round = 0; round < 400; ++round) {
        const auto calendar = chance.calendar();
        const auto works = [&](CivilDate d) { return calendar.is_workday(d).workday; };
        const CivilDate nominal = chance.date();
        const int nth = 1 + chance.below(4);
        CivilDate next = nominal, prev = nominal, later = nominal;
        while (!works(next)) next = next + 1;
        while (!works(prev)) prev = prev - 1;
        for (int left = works(nominal) ? 0 : nth; left > 0;) left -= works(later = later + 1) ? 1 : 0;
        const auto got = [&](HolidayRule rule) { return due_of(DueDate{nominal, {}}, rule, {}, calendar).due->day; };
        ASSERT_EQ(got({HolidayRule::Kind::none}), nominal);
        ASSERT_EQ(got({HolidayRule::Kind::next_workday}), next);
        ASSERT_EQ(got({HolidayRule::Kind::prev_workday}), prev);
        ASSERT_EQ(got({HolidayRule::Kind::nth_workday_after, nth}), later);
    }
}

// Every day of the duty's time lies in exactly one window, for any weekday and any day of the month.
TEST(Deadline, windows_leave_no_day_out_and_count_none_twice) {
    Chance chance;
    for (int round = 0; round < 300; ++round) {
        Timetable table{Weekly{chance.weekday()}, NoDue{}, {}, {}, chance.date(), {}, {}};
        if (chance.coin()) table.schedule = Monthly{chance.coin() ? Monthly::Span::calendar_month : Monthly::Span::from_day, 2 + chance.below(30)};
        table.ends = table.starts + chance.below(500);
        if (chance.coin()) table.first = FirstWindow{{table.starts, table.starts + chance.below(60)}, NoDue{}};
        std::map<CivilDate, int> counted;
        std::set<std::string> slots;
        for (const auto& found : occurrences(table, ours()).owed) {
            EXPECT_TRUE(slots.insert(found.slot).second) << found.slot;
            for (CivilDate d = found.window.from; d <= found.window.to; d = d + 1) ++counted[d];
        }
        const CivilDate last = table.first ? std::max(table.ends, table.first->window.to) : table.ends;
        for (CivilDate d = table.starts; d <= last; d = d + 1) ASSERT_EQ(counted[d], 1) << round << ' ' << format_date(d);
        ASSERT_EQ(counted.size(), static_cast<std::size_t>(last - table.starts + 1));
    }
}

// Weekly cut-offs are exactly the days with that weekday that lie in the duty's time and close a window that has begun.
TEST(Deadline, weekly_cut_offs_are_the_days_with_that_weekday) {
    Chance chance;
    for (int round = 0; round < 300; ++round) {
        const auto weekday = chance.weekday();
        const auto first_day = chance.weekday();
        Timetable table{Weekly{first_day}, DueWeekday{weekday, {}}, {}, {}, chance.date(), {}, {}};
        table.ends = table.starts + chance.below(300);
        std::vector<CivilDate> expected;
        for (CivilDate d = table.starts; d <= table.ends; d = d + 1) {
            if (weekday_of(d) != weekday) continue;
            CivilDate window_end = d;  // the last day before `d`, or `d`, on which a window ends
            while (weekday_of(window_end + 1) != first_day) window_end = window_end - 1;
            if (window_end >= table.starts) expected.push_back(d);
        }
        std::vector<CivilDate> got;
        for (const auto& found : occurrences(table, ours()).owed) got.push_back(found.due->day);
        ASSERT_EQ(got, expected) << round;
    }
}

// Quarters, halves and years, counted by hand from the month of January: any month and day, also of the next period.
TEST(Deadline, quarters_halves_and_years_are_due_on_the_day_of_the_month_that_is_named) {
    const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Chance chance;
    for (int round = 0; round < 500; ++round) {
        const int months = std::array{3, 6, 12}[static_cast<std::size_t>(chance.below(3))];
        const DuePeriodDay rule{months, 1 + chance.below(months), 1 + chance.below(31), {}, chance.coin()};
        auto table = year_2023(Periodic{months, chance.coin()}, rule);
        table.last_due = day("2024-12-31");
        const auto found = occurrences(table, ours()).owed;
        ASSERT_EQ(found.size(), static_cast<std::size_t>(12 / months));
        for (int p = 0; p < 12 / months; ++p) {
            const auto& one = found[static_cast<std::size_t>(p)];
            const int month = p * months + rule.month + (rule.next_period ? months : 0);  // 13 is January of 2024
            const int in_year = (month - 1) % 12 + 1;
            const int length = month > 12 && in_year == 2 ? 29 : lengths[in_year - 1];
            ASSERT_EQ(one.due->day, to_date({month > 12 ? 2024 : 2023, in_year, std::min(rule.day, length)})) << round;
            ASSERT_EQ(one.window.to, to_date({2023, (p + 1) * months, lengths[(p + 1) * months - 1]}));
            ASSERT_EQ(one.window.from, std::get<Periodic>(table.schedule).year_to_date ? day("2023-01-01") : to_date({2023, p * months + 1, 1}));
        }
    }
}

TEST(Deadline, a_quarter_a_half_and_a_year_are_named_so) {
    const auto slots = [](int months) {
        std::vector<std::string> out;
        for (const auto& one : occurrences(year_2023(Periodic{months}, NoDue{}), ours()).owed) out.push_back(one.slot);
        return out;
    };
    EXPECT_EQ(slots(3), (std::vector<std::string>{"2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4"}));
    EXPECT_EQ(slots(6), (std::vector<std::string>{"2023-H1", "2023-H2"}));
    EXPECT_EQ(slots(12), std::vector<std::string>{"2023"});
}

CutOffs random_cut_offs(Chance& chance, CivilDate from) {
    CutOffs rule;
    rule.days = static_cast<CutOffs::Days>(chance.below(5));
    CivilDate listed = from;
    for (int n = 1 + chance.below(8); n > 0; --n) rule.listed.push_back(listed = listed + 1 + chance.below(40));
    for (const auto weekday : {Weekday::monday, Weekday::wednesday, Weekday::friday, Weekday::sunday})
        if (chance.coin() || rule.weekdays.empty()) rule.weekdays.push_back(weekday);
    for (const int n : {5, 15, 25, 30, 31})
        if (chance.coin() || rule.month_days.empty()) rule.month_days.push_back(n);
    return rule;
}

// The oracle of a cut-off walks the days of its month.
bool cuts_off(const CutOffs& rule, CivilDate d, const Calendar& calendar) {
    if (rule.days == CutOffs::Days::every_day) return true;
    if (rule.days == CutOffs::Days::workdays) return calendar.is_workday(d).workday;
    if (rule.days == CutOffs::Days::weekdays) return std::count(rule.weekdays.begin(), rule.weekdays.end(), weekday_of(d)) > 0;
    if (rule.days == CutOffs::Days::listed) return std::count(rule.listed.begin(), rule.listed.end(), d) > 0;
    const int today = to_ymd(d).day;
    const bool last = to_ymd(d + 1).day == 1;
    for (const int n : rule.month_days)
        if (n == today || (last && n > today)) return true;
    return false;
}

// anchor-failures 3
TEST(Deadline, each_window_between_cut_offs_ends_on_one_and_begins_the_day_after_another) {
    Chance chance;
    for (int round = 0; round < 400; ++round) {
        const auto calendar = chance.calendar();
        const auto starts = chance.date();
        const auto rule = random_cut_offs(chance, starts);
        Timetable table{rule, DueWindowEnd{}, {}, {}, starts, starts + chance.below(300), {}};
        std::vector<Window> expected;
        CivilDate from = starts;
        for (CivilDate d = starts; d <= table.ends; d = d + 1)
            if (cuts_off(rule, d, calendar)) expected.push_back({from, d}), from = d + 1;
        std::vector<Window> got;
        for (const auto& one : occurrences(table, calendar).owed) {
            EXPECT_EQ(one.due->day, one.window.to);
            EXPECT_EQ(one.slot, format_date(one.window.to));
            got.push_back(one.window);
        }
        ASSERT_EQ(got, expected) << round;
    }
}

TEST(Deadline, several_hours_of_a_day_are_as_many_filings_of_that_day) {
    CutOffs rule;
    rule.days = CutOffs::Days::every_day;
    rule.minutes = {8 * 60, 17 * 60};
    auto table = year_2023(rule, DueWindowEnd{});
    table.starts = day("2023-06-01");
    table.ends = day("2023-06-02");
    std::vector<std::string> got;
    for (const auto& one : occurrences(table, ours()).owed) got.push_back(one.slot + " " + format_due(*one.due));
    EXPECT_EQ(got, (std::vector<std::string>{"2023-06-01T08:00 2023-06-01T08:00+08:00", "2023-06-01T17:00 2023-06-01T17:00+08:00", "2023-06-02T08:00 2023-06-02T08:00+08:00",
                                             "2023-06-02T17:00 2023-06-02T17:00+08:00"}));
}

TEST(Deadline, a_listed_day_after_the_end_is_owed_where_the_last_due_lets_it_in_and_shown_where_not) {
    CutOffs rule;
    rule.listed = {day("2023-12-20"), day("2023-12-31"), day("2024-01-10")};
    auto table = year_2023(rule, DueWindowEnd{});
    EXPECT_EQ(occurrences(table, ours()).owed.size(), 2u);
    ASSERT_EQ(occurrences(table, ours()).after_end.size(), 1u);
    table.last_due = day("2024-01-31");
    ASSERT_EQ(occurrences(table, ours()).owed.size(), 3u);
    EXPECT_EQ(occurrences(table, ours()).owed[2].window, (Window{day("2024-01-01"), day("2024-01-10")}));
}

TEST(Deadline, workdays_of_a_year_that_the_calendar_lacks_are_told) {
    CutOffs rule;
    rule.days = CutOffs::Days::workdays;
    Timetable table{rule, DueWindowEnd{}, {}, {}, day("2027-01-04"), day("2027-01-08"), {}};
    EXPECT_EQ(occurrences(table, ours()).owed.front().missing, calendar::MissingYears{2027});
}

TEST(Deadline, a_lower_level_files_two_workdays_earlier_at_the_same_hour) {
    EXPECT_EQ(format_due(*due_ahead({day("2023-03-16"), 17 * 60}, 2, ours()).due), "2023-03-14T17:00+08:00");
    EXPECT_EQ(format_due(*due_ahead({day("2023-10-09"), {}}, 2, ours()).due), "2023-10-07");  // a Saturday worked in exchange
    EXPECT_EQ(format_due(*due_ahead({day("2023-03-25"), {}}, 2, ours()).due), "2023-03-23");
}

// H11 with invented dates: the earlier monthly duty ends where the new one begins; the boundary day already belongs to the new.
TEST(Deadline, a_superseded_duty_is_owed_only_for_cut_offs_before_the_date) {
    const auto old = occurrences(year_2023(Monthly{}, DueMonthDay{10}), ours()).owed;
    std::vector<std::string> left;
    for (const auto& found : old)
        if (!superseded(found.due, found.window, day("2023-03-10"))) left.push_back(found.slot);
    EXPECT_EQ(left, (std::vector<std::string>{"2023-01", "2023-02"}));
    EXPECT_FALSE(superseded({}, {day("2023-02-01"), day("2023-02-28")}, day("2023-03-01")));
    EXPECT_TRUE(superseded({}, {day("2023-03-01"), day("2023-03-31")}, day("2023-03-31")));
}

// anchor-failures 3 (a due day rolled, its dependants did not): the lower level's cut-off follows the moved day.
TEST(Deadline, moving_one_date_moves_what_hangs_on_it) {
    const Window week{day("2023-06-16"), day("2023-06-22")};
    const auto city = due_of(DueWeekday{Weekday::thursday, {}}, {HolidayRule::Kind::nth_workday_after, 2}, week, ours());
    EXPECT_EQ(city.due->day, day("2023-06-26"));
    EXPECT_EQ(due_ahead(*city.due, 2, ours()).due->day, day("2023-06-21"));
}

}  // namespace
}  // namespace anban::campaigns
