#include "modules/campaigns/schedule.h"

#include <algorithm>
#include <cstdio>

namespace anban::campaigns {
namespace {

using calendar::Calendar;

template <class... F> struct Overloaded : F... { using F::operator()...; };
template <class... F> Overloaded(F...) -> Overloaded<F...>;

int days_from(Weekday first, Weekday then) { return (static_cast<int>(then) - static_cast<int>(first) + 7) % 7; }

CivilDate day_of_month(CivilDate first_of_month, int day) {
    const auto ymd = to_ymd(first_of_month);
    return to_date({ymd.year, ymd.month, day});
}

// --- nominal cut-offs

Due due_on(const DueWeekday& rule, const Window& uncut) {
    const CivilDate base = rule.in_window ? uncut.from : uncut.to;
    return {base + days_from(weekday_of(base), rule.weekday), rule.minute};
}

Due due_on(const DueMonthDay& rule, const Window& uncut) {
    const CivilDate month = add_months(month_first(uncut.to), rule.next_month ? 1 : 0);
    return {day_of_month(month, rule.day), rule.minute};
}

// The first month of the quarter, half or year that holds the day.
CivilDate period_first(CivilDate day, int months) {
    const auto ymd = to_ymd(day);
    return to_date({ymd.year, (ymd.month - 1) / months * months + 1, 1});
}

Due due_on(const DuePeriodDay& rule, const Window& uncut) {
    const CivilDate first = period_first(uncut.to, rule.months);
    return {day_of_month(add_months(first, rule.month - 1 + (rule.next_period ? rule.months : 0)), rule.day), rule.minute};
}

Due due_on(const DueWindowEnd&, const Window& uncut) { return {uncut.to, std::nullopt}; }

Due due_on(const DueDate& rule, const Window&) { return {rule.date, rule.minute}; }

std::optional<Due> due_on(const EventClock&, const Window&) { return std::nullopt; }  // nothing has happened yet

std::optional<Due> nominal_due(const DueRule& rule, const Window& uncut) {
    return std::visit(Overloaded{[](const NoDue&) -> std::optional<Due> { return std::nullopt; },
                                 [&](const auto& given) -> std::optional<Due> { return due_on(given, uncut); }},
                      rule);
}

calendar::DateAnswer moved(CivilDate rest_day, const HolidayRule& rule, const Calendar& calendar) {
    switch (rule.kind) {
        case HolidayRule::Kind::none: return {rest_day, {}};
        case HolidayRule::Kind::next_workday: return calendar.next_workday(rest_day);
        case HolidayRule::Kind::prev_workday: return calendar.prev_workday(rest_day);
        case HolidayRule::Kind::nth_workday_after: return calendar.add_workdays(rest_day, rule.nth);
    }
    return {rest_day, {}};
}

// --- windows, uncut, that touch the time from `starts` to `ends`

std::string week_slot(CivilDate last_day) {
    const auto week = iso_week_of(last_day);
    char out[16];
    std::snprintf(out, sizeof out, "%04d-W%02d", week.year, week.week);
    return out;
}

std::string window_slot(const Window& window) { return format_date(window.from) + ".." + format_date(window.to); }

struct Span {
    std::string slot;
    Window own;     // the part of time that belongs to this slot alone
    Window window;  // what is reported; longer than `own` for the year to date
    std::optional<int> minute = std::nullopt;   // at which the slot is cut off, where the schedule says it
    calendar::MissingYears missing = {};        // that the window's days rest on
};

std::vector<Span> weeks(const Weekly& weekly, const Window& life) {
    std::vector<Span> out;
    for (CivilDate from = life.from - days_from(weekly.first_day, weekday_of(life.from)); from <= life.to; from = from + 7) {
        const Window window{from, from + 6};
        out.push_back({week_slot(window.to), window, window});
    }
    return out;
}

Span month_span(const Monthly& monthly, CivilDate month) {
    const auto slot = format_date(month).substr(0, 7);
    const Window whole{month, month_last(month)};
    switch (monthly.span) {
        case Monthly::Span::calendar_month: return {slot, whole, whole};
        case Monthly::Span::year_to_date: return {slot, whole, {to_date({to_ymd(month).year, 1, 1}), whole.to}};
        case Monthly::Span::from_day: break;
    }
    const Window shifted{day_of_month(add_months(month, -1), monthly.from_day), day_of_month(month, monthly.from_day) - 1};
    return {slot, shifted, shifted};
}

std::vector<Span> months(const Monthly& monthly, const Window& life) {
    std::vector<Span> out;
    const CivilDate last = add_months(month_first(life.to), 1);  // last 25th to this 24th reaches into the month before
    for (CivilDate month = month_first(life.from); month <= last; month = add_months(month, 1)) {
        auto span = month_span(monthly, month);
        if (span.own.to >= life.from && span.own.from <= life.to) out.push_back(std::move(span));
    }
    return out;
}

std::string period_slot(int months, CivilDate first) {
    const auto ymd = to_ymd(first);
    const auto year = std::to_string(ymd.year);
    if (months == 12) return year;
    return year + (months == 3 ? "-Q" : "-H") + std::to_string((ymd.month - 1) / months + 1);
}

std::vector<Span> periods(const Periodic& periodic, const Window& life) {
    std::vector<Span> out;
    for (CivilDate first = period_first(life.from, periodic.months); first <= life.to; first = add_months(first, periodic.months)) {
        const Window own{first, month_last(add_months(first, periodic.months - 1))};
        const CivilDate from = periodic.year_to_date ? to_date({to_ymd(first).year, 1, 1}) : first;
        out.push_back({period_slot(periodic.months, first), own, {from, own.to}});
    }
    return out;
}

bool is_cut_off(const CutOffs& rule, CivilDate day, const Calendar& calendar, calendar::MissingYears& missing) {
    switch (rule.days) {
        case CutOffs::Days::listed: return true;
        case CutOffs::Days::weekdays: return std::ranges::find(rule.weekdays, weekday_of(day)) != rule.weekdays.end();
        case CutOffs::Days::month_days:
            return std::ranges::any_of(rule.month_days, [&](int n) { return day == day_of_month(month_first(day), n); });
        case CutOffs::Days::every_day: return true;
        case CutOffs::Days::workdays: break;
    }
    auto answer = calendar.is_workday(day);
    missing.merge(answer.missing);
    return answer.workday;
}

std::string hour_slot(CivilDate day, int minute) { return format_due({day, minute}).substr(0, 16); }

std::vector<Span> between_cut_offs(const CutOffs& rule, const Window& life, const Calendar& calendar) {
    constexpr int kLongest = 62;  // no two cut-offs of a rule lie further apart, those of a list apart
    const bool listed = rule.days == CutOffs::Days::listed;
    std::vector<Span> out;
    CivilDate from = listed ? life.from : life.from - kLongest;
    calendar::MissingYears missing;
    std::vector<CivilDate> days = rule.listed;
    if (!listed) {
        days.clear();
        for (CivilDate day = from; day <= life.to + kLongest; day = day + 1)
            if (is_cut_off(rule, day, calendar, missing)) days.push_back(day);
    }
    for (const CivilDate day : days) {
        if (!listed && from > life.to) break;  // a list says itself where it ends
        const Window window{from, day};
        from = day + 1;
        if (day < life.from) continue;
        if (rule.minutes.empty()) out.push_back({format_date(day), window, window, std::nullopt, missing});
        for (const int minute : rule.minutes) out.push_back({hour_slot(day, minute), window, window, minute, missing});
    }
    return out;
}

std::vector<Span> spans(const Schedule& schedule, const Window& life, const Calendar& calendar) {
    using Spans = std::vector<Span>;
    return std::visit(Overloaded{[&](const Weekly& weekly) { return weeks(weekly, life); },
                                 [&](const Monthly& monthly) { return months(monthly, life); },
                                 [&](const Periodic& periodic) { return periods(periodic, life); },
                                 [&](const CutOffs& rule) { return between_cut_offs(rule, life, calendar); },
                                 [&](const Once& once) {
                                     const auto window = once.window.value_or(life);
                                     return Spans{{once.window ? window_slot(window) : "once", window, window}};
                                 },
                                 [](const OnEvent&) { return Spans{}; },
                                 [](const NotStated&) { return Spans{}; }},
                      schedule);
}

Window cut(const Span& span, const Window& life) {
    const bool cumulative = span.window.from < span.own.from;  // the year to date begins with the year, not with the duty
    return {cumulative ? span.window.from : std::max(span.window.from, life.from), std::min(span.window.to, life.to)};
}

Occurrence occurrence(std::string slot, const Window& window, const Window& uncut, const DueRule& rule,
                      const HolidayRule& holiday_rule, const Calendar& calendar) {
    auto answer = due_of(rule, holiday_rule, uncut, calendar);
    return {std::move(slot), window, uncut, answer.due, false, answer.on_rest_day, std::move(answer.missing)};
}

void add_first(const Timetable& table, const Calendar& calendar, Occurrences& out) {
    const auto& first = *table.first;
    out.owed.push_back(occurrence(window_slot(first.window), first.window, first.window, first.due, table.holiday_rule, calendar));
    out.owed.back().first = true;
}

void add_regular(const Timetable& table, const Window& life, const Calendar& calendar, Occurrences& out) {
    const bool once = std::holds_alternative<Once>(table.schedule);
    for (auto& span : spans(table.schedule, life, calendar)) {
        const bool beyond = span.window.from > life.to;  // a listed day after the end that last_due still lets in
        const Window window = once || beyond ? span.window : cut(span, life);
        const auto nominal = nominal_due(table.due, span.window);
        if (!once && nominal && nominal->day < std::max(life.from, span.own.from)) continue;  // due before it began
        const bool after = !once && nominal && nominal->day > table.last_due.value_or(table.ends);
        auto at = occurrence(std::move(span.slot), window, span.window, table.due, table.holiday_rule, calendar);
        if (at.due && span.minute) at.due->minute = span.minute;
        at.missing.merge(span.missing);
        (after ? out.after_end : out.owed).push_back(std::move(at));
    }
}

}  // namespace

std::optional<EventClock> clock_of(ClockSide side, std::string_view span) {
    if (span == "next_day") return side == ClockSide::after ? std::optional(EventClock{side, ClockUnit::days, 1, {}}) : std::nullopt;
    const bool time = span.starts_with("PT");
    if (!span.starts_with("P")) return std::nullopt;
    span.remove_prefix(time ? 2 : 1);
    int count = 0;
    std::size_t digits = 0;
    for (; digits < span.size() && digits < 4 && span[digits] >= '0' && span[digits] <= '9'; ++digits) count = count * 10 + (span[digits] - '0');
    if (digits == 0 || span[0] == '0') return std::nullopt;
    const auto unit = span.substr(digits);
    if (time && unit == "M") return EventClock{side, ClockUnit::minutes, count, {}};
    if (time && unit == "H") return EventClock{side, ClockUnit::minutes, count * 60, {}};
    if (time) return std::nullopt;
    if (unit == "D") return EventClock{side, ClockUnit::days, side == ClockSide::after && count == 1 ? 0 : count, {}};
    if (unit == "WD") return EventClock{side, ClockUnit::workdays, count, {}};
    if (unit == "W") return EventClock{side, ClockUnit::days, count * 7, {}};
    if (unit == "M") return EventClock{side, ClockUnit::months, count, {}};
    return std::nullopt;
}

Instant due_at(const Due& due) { return due.minute ? beijing_instant(due.day, *due.minute) : beijing_day_end(due.day); }

std::string format_due(const Due& due) {
    if (!due.minute) return format_date(due.day);
    char time[24];
    std::snprintf(time, sizeof time, "T%02d:%02d+08:00", *due.minute / 60, *due.minute % 60);
    return format_date(due.day) + time;
}

Occurrences occurrences(const Timetable& table, const Calendar& calendar) {
    Occurrences out;
    Window life{table.starts, table.ends};
    if (table.first) {
        add_first(table, calendar, out);
        life.from = std::max(life.from, table.first->window.to + 1);
    }
    if (life.from <= life.to) add_regular(table, life, calendar, out);
    return out;
}

DueAnswer due_of(const DueRule& rule, const HolidayRule& holiday_rule, const Window& uncut, const Calendar& calendar) {
    DueAnswer answer{nominal_due(rule, uncut), false, {}};
    if (!answer.due) return answer;
    const auto day = calendar.is_workday(answer.due->day);
    answer.on_rest_day = !day.workday;
    if (holiday_rule.kind == HolidayRule::Kind::none) return answer;  // the calendar decides nothing here
    answer.missing = day.missing;
    if (day.workday) return answer;
    auto to = moved(answer.due->day, holiday_rule, calendar);
    answer.due->day = to.date;
    answer.missing.merge(to.missing);
    return answer;
}

DueAnswer due_of(const EventClock& clock, Instant event, const Calendar& calendar) {
    const int steps = clock.side == ClockSide::after ? clock.count : -clock.count;
    const CivilDate day = beijing_date(event);
    const auto on = [&](calendar::DateAnswer last) {
        DueAnswer answer{Due{last.date, clock.minute}, !calendar.is_workday(last.date).workday, std::move(last.missing)};
        if (clock.side == ClockSide::after && due_at(*answer.due) < event) answer.due->minute.reset();
        return answer;
    };
    switch (clock.unit) {
        case ClockUnit::minutes: break;
        case ClockUnit::days: return on({day + steps, {}});
        case ClockUnit::workdays: return on(calendar.add_workdays(day, steps));
        case ClockUnit::months: return on({day_of_month(add_months(month_first(day), steps), to_ymd(day).day), {}});
    }
    const Instant at{beijing_instant(day, beijing_minute_of_day(event)).ms + std::int64_t{steps} * 60'000};
    const CivilDate last = beijing_date(at);
    return {Due{last, beijing_minute_of_day(at)}, !calendar.is_workday(last).workday, {}};
}

DueAnswer due_ahead(const Due& due, int lead_workdays, const Calendar& calendar) {
    auto ahead = calendar.add_workdays(due.day, -lead_workdays);
    return {Due{ahead.date, due.minute}, !calendar.is_workday(ahead.date).workday, std::move(ahead.missing)};
}

bool superseded(const std::optional<Due>& due, const Window& window, CivilDate from) {
    return (due ? due->day : window.to) >= from;
}

Instant judged_at(const std::optional<Due>& due, const Window& window) {
    return due ? due_at(*due) : beijing_day_end(window.to);
}

Door door_at(const Gate& gate, Instant received) {
    if (gate.opens && received < *gate.opens) return Door::not_open;
    if (gate.closes && received > *gate.closes) return Door::closed;
    return gate.due && received > *gate.due ? Door::late : Door::on_time;
}

}  // namespace anban::campaigns
