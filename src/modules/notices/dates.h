// A day as notices write it, also where the scraping lost its marks: "3月13日", "二〇二三年三月十三日", "2023.3.13", "月底",
// "313日", "20231225日". Damaged ones come with every reading, the likeliest first.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "modules/notices/scan.h"

namespace anban::notices {

struct Day {
    int year = 0;    // 0: not written
    int month = 0;   // 0: not written
    int day = 0;     // 0: a whole month; kLast: its end
    friend bool operator==(const Day&, const Day&) = default;
};
inline constexpr int kLast = 99;

struct DayWord {
    std::size_t from = 0, to = 0;
    Day day;
    std::vector<Day> others;     // other readings of a damaged one
    bool damaged = false;        // marks were missing and are put back
};

// What is known around a day without a year or a month.
struct Around {
    int year = 0;                // of the notice; 0: unknown
    int month = 0;
    bool damaged = false;        // other days of this text lost their marks
    int day = 0;                 // of the notice
};

[[nodiscard]] std::optional<DayWord> day_at(Scan&, const Around&);  // moves past it
[[nodiscard]] bool real(const Day&);
// The date; nullopt while its year or month is unknown.
[[nodiscard]] std::optional<CivilDate> date_of(const Day&);

}  // namespace anban::notices
