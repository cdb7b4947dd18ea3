// The deadline function: the only place that knows when something is owed. Entry, import, reminders, statistics, export
// and scoring all ask here. Pure: a timetable and a calendar in, windows and cut-offs out; Beijing time throughout.
//
// Window and cut-off are two things: a report due on the 25th may cover the calendar month, last 25th to this 24th, or the
// year to date. A cut-off is the last instant still on time: with an hour, that minute .000; with a day alone, the end of
// that day; a notice that gives no day gives no cut-off, and none is invented.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/time.h"
#include "modules/calendar/calendar.h"

namespace anban::campaigns {

// First and last day of the facts that are reported, both included.
struct Window {
    CivilDate from;
    CivilDate to;
    friend bool operator==(const Window&, const Window&) = default;
};

struct Due {
    CivilDate day;
    std::optional<int> minute;  // of the day; only where the notice names an hour
    friend bool operator==(const Due&, const Due&) = default;
};

[[nodiscard]] Instant due_at(const Due&);             // the last instant still on time, inclusive
[[nodiscard]] std::string format_due(const Due&);     // "2023-03-16T17:00+08:00", or "2023-03-13" without an hour

// --- what a duty says -----------------------------------------------------------------------------------------------

// Seven days beginning on any weekday: friday is last Friday to this Thursday.
struct Weekly { Weekday first_day = Weekday::monday; };

struct Monthly {
    enum class Span { calendar_month, from_day, year_to_date };
    Span span = Span::calendar_month;
    int from_day = 25;  // from_day: from this day of the month before to the day before it of this month (2..31, clamped)
};

struct Once { std::optional<Window> window; };  // without a window: the duty's whole time

// Quarters, halves or years of the calendar.
struct Periodic {
    int months = 3;             // 3, 6 or 12
    bool year_to_date = false;  // every window begins with the year
};

// The cut-offs themselves bound the windows: each runs from the day after the cut-off before to its own day. Days by a list, by
// weekdays, by days of the month, or each one; several hours of a day are as many windows of that day.
struct CutOffs {
    enum class Days { listed, weekdays, month_days, every_day, workdays };
    Days days = Days::listed;
    std::vector<CivilDate> listed;
    std::vector<Weekday> weekdays;
    std::vector<int> month_days;  // 1..31, clamped to the month's end
    std::vector<int> minutes;     // of the day; empty: its end
};

struct OnEvent {};    // begun when something happens: gives no rows ahead. Promptly, or by an EventClock
struct NotStated {};  // carried by name from an earlier paper whose dates are not known: gives no rows

using Schedule = std::variant<Weekly, Monthly, Periodic, CutOffs, Once, OnEvent, NotStated>;

// The first such weekday on or after the window's last day; in_window: the one among its seven days.
struct DueWeekday { Weekday weekday = Weekday::friday; std::optional<int> minute; bool in_window = false; };
// Day n, clamped to the month's end, of the month that holds the window's last day, or of the next one.
struct DueMonthDay { int day = 25; std::optional<int> minute; bool next_month = false; };
// Day n of the period's m-th month, or of the next period's.
struct DuePeriodDay { int months = 3; int month = 3; int day = 31; std::optional<int> minute; bool next_period = false; };
struct DueWindowEnd {};  // of CutOffs: the window's last day, at the hour of its slot
struct DueDate { CivilDate date; std::optional<int> minute; };
struct NoDue {};

// The clock that an event starts: within an hour of the call, three workdays after the listing, twenty workdays before a term ends.
// The notice says the number, the unit and the side. How it is counted is ours, by what offices are used to, and assumed:
//   - An event is known to its minute. Minutes (and hours, 60 of them) run through nights and rest: 09:20 and an hour is 10:20, inclusive.
//   - Days, workdays and months end with the last day, 24:00, or at `minute` of it where the notice names an hour.
//   - The event's own day is day 0 and is not counted, whatever its hour: two days after the 10th is the 12th. A notice's P1D, 当日, is day 0.
//   - Workdays are those of the working-day calendar: weekends worked in exchange count, holidays do not.
//   - A month after the 31st is the last day of a shorter month.
//   - Before: counted back in the same way; the last instant on time is the end of the day that is reached.
//   - An hour of the event's own day that had passed when the event happened gives way to the end of that day.
BOOST_DEFINE_ENUM_CLASS(ClockSide, after, before)
BOOST_DEFINE_ENUM_CLASS(ClockUnit, minutes, days, workdays, months)
struct EventClock {
    ClockSide side = ClockSide::after;
    ClockUnit unit = ClockUnit::minutes;
    int count = 0;
    std::optional<int> minute;  // of the last day; never of a clock in minutes
    friend bool operator==(const EventClock&, const EventClock&) = default;
};
BOOST_DESCRIBE_STRUCT(EventClock, (), (side, unit, count, minute))

// "PT30M", "PT1H", "P3D", "P3WD", "P2W", "P1M" with at most four digits; after an event also "P1D", its own day, and "next_day".
[[nodiscard]] std::optional<EventClock> clock_of(ClockSide, std::string_view span);

using DueRule = std::variant<NoDue, DueWeekday, DueMonthDay, DuePeriodDay, DueWindowEnd, DueDate, EventClock>;

// What happens to a cut-off that falls on a day of rest. No rule moves a cut-off that falls on a working day.
struct HolidayRule {
    enum class Kind { none, next_workday, prev_workday, nth_workday_after };
    Kind kind = Kind::none;
    int nth = 1;  // nth_workday_after: 2 is the second working day after the rest
};

// An irregular first window, January and February at once; the regular ones begin the day after it at the earliest.
struct FirstWindow { Window window; DueRule due; };

struct Timetable {
    Schedule schedule;
    DueRule due;
    HolidayRule holiday_rule;
    std::optional<FirstWindow> first;
    CivilDate starts;                   // the first regular window is cut to begin here
    CivilDate ends;                     // the campaign's end: the last window is cut to end here
    std::optional<CivilDate> last_due;  // nothing is owed whose cut-off, before any holiday rule, lies later; default `ends`
};

// --- what follows from it -------------------------------------------------------------------------------------------

struct Occurrence {
    std::string slot;          // "2023-W11", "2023-03", "2023-Q1", "2023-H1", "2023", "2023-03-15", "2023-03-15T08:00", "once", "2023-01-01..2023-02-28"
    Window window;             // as cut; printed on the form
    Window uncut;              // before the cut; the cut-off and the slot's name follow from it
    std::optional<Due> due;
    bool first = false;        // the irregular first window
    bool on_rest_day = false;  // the cut-off fell on a day of rest, before any holiday rule
    calendar::MissingYears missing;
};

struct Occurrences {
    std::vector<Occurrence> owed;       // in order of the windows
    std::vector<Occurrence> after_end;  // not owed, because the cut-off lies after last_due: for the office to see
};

[[nodiscard]] Occurrences occurrences(const Timetable&, const calendar::Calendar&);

struct DueAnswer {
    std::optional<Due> due;
    bool on_rest_day = false;
    calendar::MissingYears missing;  // years the calendar lacks and that the answer rests on
};

// The cut-off of one window (as it is before any cut) under a rule.
[[nodiscard]] DueAnswer due_of(const DueRule&, const HolidayRule&, const Window& uncut, const calendar::Calendar&);

// The cut-off that the clock gives for an event at that instant. It is the caller's to see that the event lies in years 1900..2200.
[[nodiscard]] DueAnswer due_of(const EventClock&, Instant event, const calendar::Calendar&);

// A lower level files this many working days earlier, at the same minute.
[[nodiscard]] DueAnswer due_ahead(const Due&, int lead_workdays, const calendar::Calendar&);

// A duty superseded from a date is not owed where the cut-off (no cut-off: the window's end) lies on or after that date.
[[nodiscard]] bool superseded(const std::optional<Due>&, const Window&, CivilDate from);

// The last instant at which the window still counts: the cut-off, or without one the end of the window.
[[nodiscard]] Instant judged_at(const std::optional<Due>&, const Window&);

// --- the clock at the door ------------------------------------------------------------------------------------------

struct Gate {
    std::optional<Instant> opens;   // first instant
    std::optional<Instant> due;     // last instant still on time
    std::optional<Instant> closes;  // last instant at all (扎口)
};

enum class Door { not_open, on_time, late, closed };

[[nodiscard]] Door door_at(const Gate&, Instant received);

}  // namespace anban::campaigns
