#include "modules/drafts/timetable.h"

#include <algorithm>
#include <array>
#include <vector>

#include "core/json.h"
#include "core/time.h"
#include "modules/campaigns/pack.h"

namespace anban::drafts {
namespace {

using notices::Recurrence;

constexpr std::array<std::pair<const char*, const char*>, 7> kDays{{{"MON", "monday"}, {"TUE", "tuesday"}, {"WED", "wednesday"}, {"THU", "thursday"}, {"FRI", "friday"}, {"SAT", "saturday"}, {"SUN", "sunday"}}};

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> out{""};
    for (const char c : text) {
        if (c == by) out.emplace_back();
        else out.back() += c;
    }
    return out;
}

std::size_t weekday_at(const std::string& name) {
    return static_cast<std::size_t>(std::ranges::find(kDays, name, [](const auto& day) { return std::string(day.first); }) - kDays.begin());
}
std::string weekday(const std::string& name) { return kDays[weekday_at(name) % 7].second; }

std::string line(const std::string& key, const std::string& value) { return "    " + key + ": " + value + "\n"; }

// {weekday: thursday, time: "17:00"}
std::string due(const std::string& days, const std::string& hour, const std::string& more = {}) {
    return line("due", "{" + days + (hour.empty() ? "" : (days.empty() ? "time: \"" : ", time: \"") + hour + "\"") + more + "}");
}

std::string cut_offs(const std::string& days, const std::string& hour) { return line("schedule", "cut_offs") + due(days, hour); }

std::string weekly(const notices::Duty& duty, const std::string& when, const std::string& hour) {
    const auto days = split(when, ',');
    if (days.size() > 1) {
        std::string list;
        auto sorted = days;
        std::ranges::sort(sorted, {}, weekday_at);
        sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
        for (const auto& day : sorted) list += (list.empty() ? "" : ", ") + weekday(day);
        return cut_offs("weekdays: [" + list + "]", hour);
    }
    if (when.empty()) return line("schedule", "weekly") + line("window", "monday..sunday");
    // Where the notice names no window it is the seven days that end with the cut-off; "this week" is the week itself.
    const auto rule = duty.window_rule.value_or("");
    const auto dots = rule.find("..");
    const bool named = dots == 3 && rule.size() == 8;
    const bool week = rule == "week";
    if (weekday_at(when) == 7) return line("schedule", "weekly") + line("window", "monday..sunday");
    const auto last = named && weekday_at(rule.substr(5)) != 7 ? weekday_at(rule.substr(5)) : week || rule == "last-week" ? 6 : weekday_at(when);
    const std::string window = std::string(kDays[(last + 1) % 7].second) + ".." + kDays[last].second;
    return line("schedule", "weekly") + line("window", window) + due("weekday: " + weekday(when), hour, week && weekday_at(when) != 6 ? ", in_window: true" : "");
}

// D25, D5,D15,LAST
std::string day_number(const std::string& day) { return day == "LAST" ? "31" : day.substr(1); }

std::string monthly(const notices::Duty& duty, const std::string& when, const std::string& hour) {
    const auto days = split(when, ',');
    if (days.size() > 1) {
        std::vector<int> numbers;
        for (const auto& day : days) numbers.push_back(std::stoi(day_number(day)));
        std::ranges::sort(numbers);
        numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
        std::string list;
        for (const int day : numbers) list += (list.empty() ? "" : ", ") + std::to_string(day);
        return cut_offs("days: [" + list + "]", hour);
    }
    const auto head = line("schedule", "monthly") + line("window", "calendar_month");
    if (when.empty()) return head;
    return head + due("day: " + day_number(when), hour, duty.window_rule == "last-month" ? ", next_month: true" : "");
}

// QM3-D20, Q-END, H-END, D10 after quarter
std::string periodic(const char* schedule, const std::string& when, const std::string& hour) {
    const auto head = line("schedule", schedule);
    if (when.empty()) return head;
    if (when.ends_with("-END")) return head + due("day: 31", hour);
    if (when.starts_with("QM")) return head + due("month: " + when.substr(2, 1) + ", day: " + when.substr(5), hour);
    return head + due("day: " + when.substr(1, when.find(' ') - 1) + ", next_period: true", hour);
}

std::string yearly(const std::string& when, const std::string& hour) {
    const auto head = line("schedule", "yearly");
    const auto day = split(when, ',').front();
    if (day.size() != 5) return head;
    return head + due("month: " + std::to_string(std::stoi(day.substr(0, 2))) + ", day: " + std::to_string(std::stoi(day.substr(3))), hour);
}

std::string daily(const std::string& when) {
    std::vector<std::string> hours;
    for (const auto& hour : split(when, ','))
        if (hour.size() == 5) hours.push_back(hour == "24:00" ? "23:59" : hour);
    std::ranges::sort(hours);
    hours.erase(std::unique(hours.begin(), hours.end()), hours.end());
    std::string list;
    for (const auto& hour : hours) list += (list.empty() ? "\"" : ", \"") + hour + '"';
    return line("schedule", "cut_offs") + line("due", "{every: day" + (list.empty() ? "" : ", times: [" + list + "]") + "}");
}

// P1D is the day itself, and what the reader makes of 次日 too: the sentence tells which.
bool says_next_day(const notices::Duty& duty) {
    const auto holds = [&](const char* word) { return duty.quote.find(word) != std::string::npos; };
    return (holds("次日") || holds("第二天") || holds("翌日")) && !holds("当日") && !holds("当天") && !holds("当晚");
}

// PT1H, P3WD after, -P20WD before. What no pack can say stays a comment.
std::string on_event(const notices::Duty& duty) {
    auto out = line("schedule", "on_event");
    if (duty.event && !duty.event->empty()) out += line("event", json::write(json::value(*duty.event)));
    auto span = duty.due.value_or("");
    if (span.empty()) return out;
    const bool before = span.starts_with("-");
    if (before) span.erase(0, 1);
    if (span == "P1D" && !before && says_next_day(duty)) span = "next_day";
    if (!campaigns::clock_of(before ? campaigns::ClockSide::before : campaigns::ClockSide::after, span)) return out + "    # no clock of a pack: " + *duty.due + "\n";
    return out + line("due", std::string("{") + (before ? "before: " : "after: ") + span + "}");
}

std::string once(const notices::Duty& duty, const std::string& when) {
    auto out = line("schedule", "once");
    if (const auto rule = duty.window_rule.value_or(""); rule.size() == 22) out += line("window", "{from: " + rule.substr(0, 10) + ", to: " + rule.substr(12) + "}");
    if (when.size() < 10) return out;
    const auto hour = when.size() > 11 ? when.substr(11) : std::string();
    return out + due("date: " + when.substr(0, 10), hour == "24:00" ? std::string() : hour);
}

}  // namespace

std::string timetable(const notices::Duty& duty, const std::string& first_day) {
    auto when = duty.due.value_or("");
    std::string hour;
    // "D25 17:00", "D10 after quarter 17:00": the hour stands behind the last blank; 24:00 is the day's end, as no hour is.
    if (const auto at = when.rfind(' '); at != std::string::npos && at + 6 == when.size() && when[at + 3] == ':') hour = when.substr(at + 1), when.resize(at);
    if (hour == "24:00") hour.clear();
    const auto starts = duty.recurrence == Recurrence::once || duty.recurrence == Recurrence::immediate ? std::string()
                        // A week before the notice's own day is asked of nobody.
                        : line("starts", !duty.active_from ? first_day : duty.recurrence == Recurrence::weekly || duty.recurrence == Recurrence::daily ? std::max(*duty.active_from, first_day) : *duty.active_from);
    const auto ends = duty.active_to && !starts.empty() ? line("ends", *duty.active_to) : std::string();
    switch (duty.recurrence) {
        case Recurrence::weekly: return weekly(duty, when, hour) + starts + ends;
        case Recurrence::monthly: return monthly(duty, when, hour) + starts + ends;
        case Recurrence::quarterly: return periodic("quarterly", when, hour) + starts + ends;
        case Recurrence::halfyearly: return periodic("half_yearly", when, hour) + starts + ends;
        case Recurrence::yearly: return yearly(when, hour) + starts + ends;
        case Recurrence::daily: return daily(when) + starts + ends;
        case Recurrence::once: return once(duty, when);
        case Recurrence::immediate: break;
    }
    return on_event(duty);
}

Days days_of(const notices::Duty& duty) {
    Days out;
    const auto take = [&](const std::string& day) {
        if (day.size() != 10 || !parse_date(day)) return;
        if (out.first.empty() || day < out.first) out.first = day;
        if (out.last.empty() || day > out.last) out.last = day;
    };
    if (duty.active_from) take(*duty.active_from);
    if (duty.active_to) take(*duty.active_to);
    if (duty.recurrence == Recurrence::once) take(duty.due.value_or("").substr(0, 10));
    if (const auto rule = duty.window_rule.value_or(""); rule.size() == 22) take(rule.substr(0, 10)), take(rule.substr(12));
    return out;
}

}  // namespace anban::drafts
