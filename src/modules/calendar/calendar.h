// The working-day calendar of mainland China: days off, and weekend days worked in exchange (调休). A Saturday can be a
// working day, a Wednesday a holiday. A year that the calendar does not hold is answered by the ordinary week *and named*
// in the answer: whoever uses it must show the warning "calendar.year_missing", never a silent guess.
// Beijing dates throughout. A Calendar is a value; reading it from several threads is safe.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"

namespace anban::calendar {

enum class DayKind {
    holiday,   // a day off whatever the weekday
    workday,   // worked whatever the weekday
    ordinary,  // as the week says: takes an entry of the built-in data back
};

struct Day {
    CivilDate date;
    DayKind kind = DayKind::holiday;
    std::string name;  // 国庆节
};

// What an office enters over the built-in data. A single day does not make its year known; `complete_years` does.
struct Overrides {
    std::vector<Day> days;
    std::vector<int> complete_years;
};

// Years that were needed and are not in the calendar; empty is the good case.
using MissingYears = std::set<int>;

struct DayAnswer {
    bool workday = false;
    MissingYears missing;
};

struct DateAnswer {
    CivilDate date;
    MissingYears missing;
};

class Calendar {
public:
    Calendar() = default;
    Calendar(const std::vector<Day>& days, std::set<int> years);

    // The data of the tree, 2004 to 2026. Built once.
    [[nodiscard]] static const Calendar& built_in();

    [[nodiscard]] Calendar with(const Overrides&) const;

    [[nodiscard]] bool knows(int year) const { return years_.contains(year); }
    [[nodiscard]] DayAnswer is_workday(CivilDate) const;
    [[nodiscard]] DateAnswer next_workday(CivilDate) const;  // the day itself, when it is one
    [[nodiscard]] DateAnswer prev_workday(CivilDate) const;

    // The close of the n-th working day after (n < 0: before) the day; the day itself is never counted. 0: the day itself.
    [[nodiscard]] DateAnswer add_workdays(CivilDate, int count) const;

    [[nodiscard]] std::string_view name_of(CivilDate) const;  // 国庆节; empty for a day like any other

private:
    std::map<CivilDate, Day> days_;
    std::set<int> years_;
};

// Rows of date,kind,name under that head. Refuses "calendar.bad_row" with every line at fault.
[[nodiscard]] Result<std::vector<Day>> parse_days(std::string_view csv);

}  // namespace anban::calendar
