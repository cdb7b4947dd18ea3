#include "modules/notices/duty_times.h"

#include <algorithm>

#include "core/utf8.h"
#include "modules/notices/words.h"

namespace anban::notices {

using View = std::u32string_view;

void DutyTimes::add_active(const TimeWord& time, Duty& duty) {
    if (time.active_from)
        if (const auto date = date_of({time.active_from->year, time.active_from->month, time.active_from->day == 0 ? 1 : time.active_from->day})) duty.active_from = format_date(*date);
    if (time.active_to)
        if (const auto date = date_of(*time.active_to)) duty.active_to = format_date(*date);
}

void DutyTimes::add(const TimeWord& time, Duty& duty, bool with_due) const {
    duty.recurrence = time.recurrence;
    if (time.recurrence == Recurrence::monthly && !duty.window_rule && contains_any(cut(plain_, {time.from, time.to}), {U"次月", U"翌月", U"下月", U"下个月", U"结束后", U"终了后"})) duty.window_rule = "last-month";
    if (with_due && !time.dues.empty()) set_due(time, 0, duty), duty.optional = false;
    duty.soft = time.soft;
    duty.event = time.event;
    duty.repairs = time.repairs;
    if (!time.repairs.empty()) duty.confidence -= time.repairs.size() > 1 ? 0.2 : 0.1;
    duty.why.push_back(utf8::encode(View(plain_).substr(time.from, time.to - time.from)));
    add_active(time, duty);
    // "本周五前": once, in the week of the notice; "25日前" alone: once, in its month.
    if (time.recurrence == Recurrence::weekly && time.bare_month) once_in_week(time, duty);
    if (time.recurrence == Recurrence::monthly && plain_[time.from] != U'每' && !says_monthly(time)) once_in_month(time, duty);
}

bool DutyTimes::says_monthly(const TimeWord& time) const {
    auto from = View(plain_).find_last_of(U"。\n", time.from);
    from = from == View::npos ? 0 : from + 1;
    return contains_any(View(plain_).substr(from, time.from - from + 30), {U"每月", U"逐月", U"按月", U"月报", U"次月", U"月度", U"当月", U"上月"});
}

void DutyTimes::once_in_week(const TimeWord& time, Duty& duty) const {
    duty.recurrence = Recurrence::once;
    duty.due.reset();
    static const std::vector<std::string> names{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
    const auto issued = structure_.issued ? date_of(*structure_.issued) : std::nullopt;
    const auto at = time.dues.empty() ? names.end() : std::ranges::find(names, time.dues.front().substr(0, 3));
    if (!issued || at == names.end()) return;
    const auto monday = *issued - (static_cast<int>(weekday_of(*issued)) - 1);
    duty.due = format_date(monday + static_cast<int>(at - names.begin())) + (time.dues.front().size() > 4 ? "T" + time.dues.front().substr(4) : "");
}

void DutyTimes::once_in_month(const TimeWord& time, Duty& duty) const {
    duty.recurrence = Recurrence::once;
    duty.due.reset();
    if (time.dues.empty() || !structure_.issued) return;
    const auto& said = time.dues.front();  // D25, LAST, D25 17:00
    std::size_t used = said.starts_with("LAST") ? 4 : 1;
    int day = used == 4 ? kLast : 0;
    while (used < said.size() && said[used] >= '0' && said[used] <= '9') day = day * 10 + (said[used++] - '0');
    if (day == 0) return;
    Day when{structure_.issued->year, structure_.issued->month, day};
    if (day < structure_.issued->day) when = when.month == 12 ? Day{when.year + 1, 1, day} : Day{when.year, when.month + 1, day};
    const auto date = date_of(when);
    if (!date) return;
    duty.due = format_date(*date) + (used < said.size() ? "T" + said.substr(used + 1) : "");
}

void DutyTimes::set_due(const TimeWord& time, std::size_t i, Duty& duty) {
    duty.due = time.dues[i];
    const bool asked = i < time.readings.size() && !time.readings[i].empty();
    duty.due_readings = asked ? std::optional(time.readings[i]) : std::nullopt;
}

void DutyTimes::add_each(Duty& duty, const TimeWord* time, std::vector<Duty>& to) const {
    if (!time || time->dues.empty() || duty.due || duty.recurrence != time->recurrence) {
        to.push_back(duty);
        return;
    }
    for (std::size_t i = 0; i < time->dues.size(); ++i) {
        set_due(*time, i, duty);
        duty.optional = duty.recurrence == Recurrence::once && structure_.issued && is_past(*duty.due);
        to.push_back(duty);
    }
}

bool DutyTimes::is_past(const std::string& due) const {
    const auto issued = date_of(*structure_.issued);
    const auto day = parse_date(due.substr(0, 10));
    return issued && structure_.issued->day != 0 && day && *day < *issued;
}

}  // namespace anban::notices
