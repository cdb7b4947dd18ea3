// Instants and civil dates. Beijing time is UTC+8 without daylight saving for every year that the product knows.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anban {

// A point in time, milliseconds since 1970 UTC. Never taken from the system inside a use case: it comes with Work.
struct Instant {
    std::int64_t ms = 0;
    friend auto operator<=>(const Instant&, const Instant&) = default;
};

// A day of the calendar, counted from 1970-01-01. Arithmetic is plain: date + 1 is tomorrow.
struct CivilDate {
    std::int32_t days = 0;
    friend auto operator<=>(const CivilDate&, const CivilDate&) = default;
    friend CivilDate operator+(CivilDate date, int days) { return {date.days + days}; }
    friend CivilDate operator-(CivilDate date, int days) { return {date.days - days}; }
    friend int operator-(CivilDate a, CivilDate b) { return a.days - b.days; }
};

struct YearMonthDay {
    int year = 1970;
    int month = 1;
    int day = 1;
};

enum class Weekday { monday = 1, tuesday, wednesday, thursday, friday, saturday, sunday };

[[nodiscard]] CivilDate to_date(YearMonthDay);          // day may lie past the month's end: it is clamped to the last day
[[nodiscard]] YearMonthDay to_ymd(CivilDate);
[[nodiscard]] Weekday weekday_of(CivilDate);
[[nodiscard]] CivilDate month_first(CivilDate);
[[nodiscard]] CivilDate month_last(CivilDate);
[[nodiscard]] CivilDate add_months(CivilDate first_of_month, int months);

struct IsoWeek {
    int year = 1970;
    int week = 1;
};
[[nodiscard]] IsoWeek iso_week_of(CivilDate);

// "2023-03-16"; nullopt for anything that is not a real date in years 1900..2200 (2026-02-30 is refused).
[[nodiscard]] std::optional<CivilDate> parse_date(std::string_view);
[[nodiscard]] std::string format_date(CivilDate);  // 2023-03-16

[[nodiscard]] CivilDate beijing_date(Instant);
[[nodiscard]] int beijing_minute_of_day(Instant);
[[nodiscard]] Instant beijing_instant(CivilDate, int minute_of_day = 0);  // that minute, .000
[[nodiscard]] Instant beijing_day_end(CivilDate);                         // 23:59:59.999

// RFC 3339 with +08:00: "2023-03-16T17:00:00.000+08:00". Reading takes any offset or Z, seconds and fraction optional.
[[nodiscard]] std::string format_instant(Instant);
[[nodiscard]] std::optional<Instant> parse_instant(std::string_view);

// The machine's clock. Only src/app and platform read it; everybody else is handed an Instant.
[[nodiscard]] Instant system_now();

}  // namespace anban
