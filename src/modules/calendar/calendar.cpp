#include "modules/calendar/calendar.h"

#include <stdexcept>

#include "platform/embedded/embedded.h"

namespace anban::calendar {
namespace {

std::string_view take_line(std::string_view& text) {
    const auto end = text.find('\n');
    auto line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

std::optional<Day> parse_day(std::string_view line) {
    const auto first = line.find(',');
    const auto second = first == line.npos ? line.npos : line.find(',', first + 1);
    if (second == line.npos) return std::nullopt;
    const auto date = parse_date(line.substr(0, first));
    const auto kind = line.substr(first + 1, second - first - 1);
    if (!date || (kind != "holiday" && kind != "workday" && kind != "ordinary")) return std::nullopt;
    return Day{*date,
               kind == "holiday"   ? DayKind::holiday
               : kind == "workday" ? DayKind::workday
                                   : DayKind::ordinary,
               std::string(line.substr(second + 1))};
}

std::vector<Day> load(std::string_view csv) {
    auto days = parse_days(csv);
    if (!days) throw std::logic_error("calendar: the built-in data do not read");
    return std::move(days).value();
}

Calendar load_built_in() {
    auto days = load(embedded::holidays_2004_2019());
    for (auto& day : load(embedded::holidays())) days.push_back(std::move(day));
    std::set<int> years;
    for (const auto& day : days) years.insert(to_ymd(day.date).year);
    return {days, std::move(years)};
}

bool ordinary_workday(CivilDate date) { return weekday_of(date) <= Weekday::friday; }

}  // namespace

Calendar::Calendar(const std::vector<Day>& days, std::set<int> years) : years_(std::move(years)) {
    for (const auto& day : days) days_[day.date] = day;
}

const Calendar& Calendar::built_in() {
    static const Calendar calendar = load_built_in();
    return calendar;
}

Calendar Calendar::with(const Overrides& overrides) const {
    Calendar out = *this;
    for (const auto& day : overrides.days) out.days_[day.date] = day;
    out.years_.insert(overrides.complete_years.begin(), overrides.complete_years.end());
    return out;
}

DayAnswer Calendar::is_workday(CivilDate date) const {
    DayAnswer answer{ordinary_workday(date), {}};
    if (const int year = to_ymd(date).year; !knows(year)) answer.missing.insert(year);
    const auto found = days_.find(date);
    if (found != days_.end() && found->second.kind != DayKind::ordinary)
        answer.workday = found->second.kind == DayKind::workday;
    return answer;
}

DateAnswer Calendar::next_workday(CivilDate date) const {
    const auto today = is_workday(date);
    if (today.workday) return {date, today.missing};
    return add_workdays(date, 1);
}

DateAnswer Calendar::prev_workday(CivilDate date) const {
    const auto today = is_workday(date);
    if (today.workday) return {date, today.missing};
    return add_workdays(date, -1);
}

DateAnswer Calendar::add_workdays(CivilDate date, int count) const {
    DateAnswer answer{date, {}};
    const int step = count < 0 ? -1 : 1;
    while (count != 0) {
        answer.date = answer.date + step;
        auto day = is_workday(answer.date);
        answer.missing.merge(day.missing);
        if (day.workday) count -= step;
    }
    return answer;
}

std::string_view Calendar::name_of(CivilDate date) const {
    const auto found = days_.find(date);
    return found == days_.end() ? std::string_view{} : std::string_view(found->second.name);
}

Result<std::vector<Day>> parse_days(std::string_view csv) {
    std::vector<Day> days;
    Refusal refusal{Code::invalid, "calendar.bad_row", {}, {}, {}};
    take_line(csv);  // the head
    for (int row = 2; !csv.empty(); ++row) {
        const auto line = take_line(csv);
        if (line.empty()) continue;
        if (auto day = parse_day(line)) days.push_back(std::move(*day));
        else refusal.errors.push_back({"row " + std::to_string(row), "calendar.bad_row", {{"text", std::string(line)}}});
    }
    if (!refusal.errors.empty()) return refusal;
    return days;
}

}  // namespace anban::calendar
