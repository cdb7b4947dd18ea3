#include "core/time.h"

#include <chrono>

namespace anban {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kBeijingMs = 8 * 3'600'000;

std::chrono::sys_days to_sys(CivilDate date) { return std::chrono::sys_days{std::chrono::days{date.days}}; }
CivilDate from_sys(std::chrono::sys_days day) { return {static_cast<std::int32_t>(day.time_since_epoch().count())}; }

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b != 0 && (a % b < 0) != (b < 0)); }

bool read_digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
    if (at + count > text.size()) return false;
    out = 0;
    for (std::size_t i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        out = out * 10 + (text[i] - '0');
    }
    return true;
}

// At least so many digits. A page of the matrix holds thousands of instants: printf took a tenth of its time.
void append_number(std::string& out, std::int64_t number, std::size_t width) {
    const auto digits = std::to_string(number < 0 ? -number : number);
    if (number < 0) out += '-';
    if (digits.size() < width) out.append(width - digits.size(), '0');
    out += digits;
}

void append_date(std::string& out, CivilDate date) {
    const auto ymd = to_ymd(date);
    append_number(out, ymd.year, 4);
    append_number(out += '-', ymd.month, 2);
    append_number(out += '-', ymd.day, 2);
}

}  // namespace

CivilDate to_date(YearMonthDay ymd) {
    using namespace std::chrono;
    const year_month month = year{ymd.year} / std::chrono::month{static_cast<unsigned>(ymd.month)};
    const auto last = static_cast<int>(static_cast<unsigned>((month / std::chrono::last).day()));
    return from_sys(sys_days{month / day{static_cast<unsigned>(ymd.day > last ? last : ymd.day)}});
}

YearMonthDay to_ymd(CivilDate date) {
    const std::chrono::year_month_day ymd{to_sys(date)};
    return {static_cast<int>(ymd.year()), static_cast<int>(static_cast<unsigned>(ymd.month())),
            static_cast<int>(static_cast<unsigned>(ymd.day()))};
}

Weekday weekday_of(CivilDate date) {
    return static_cast<Weekday>(std::chrono::weekday{to_sys(date)}.iso_encoding());
}

CivilDate month_first(CivilDate date) {
    const auto ymd = to_ymd(date);
    return to_date({ymd.year, ymd.month, 1});
}

CivilDate month_last(CivilDate date) {
    const auto ymd = to_ymd(date);
    return to_date({ymd.year, ymd.month, 31});
}

CivilDate add_months(CivilDate first_of_month, int months) {
    const auto ymd = to_ymd(first_of_month);
    const int index = ymd.year * 12 + (ymd.month - 1) + months;
    return to_date({index / 12, index % 12 + 1, ymd.day});
}

IsoWeek iso_week_of(CivilDate date) {
    const CivilDate thursday = date + (4 - static_cast<int>(weekday_of(date)));
    const int year = to_ymd(thursday).year;
    return {year, (thursday - to_date({year, 1, 1})) / 7 + 1};
}

std::optional<CivilDate> parse_date(std::string_view text) {
    int year = 0, month = 0, day = 0;
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    if (!read_digits(text, 0, 4, year) || !read_digits(text, 5, 2, month) || !read_digits(text, 8, 2, day)) return std::nullopt;
    const std::chrono::year_month_day ymd{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
    if (!ymd.ok() || year < 1900 || year > 2200) return std::nullopt;
    return from_sys(std::chrono::sys_days{ymd});
}

std::string format_date(CivilDate date) {
    std::string out;
    append_date(out, date);
    return out;
}

CivilDate beijing_date(Instant at) { return {static_cast<std::int32_t>(floor_div(at.ms + kBeijingMs, kDayMs))}; }

int beijing_minute_of_day(Instant at) {
    return static_cast<int>((at.ms + kBeijingMs - beijing_date(at).days * kDayMs) / 60'000);
}

Instant beijing_instant(CivilDate date, int minute_of_day) {
    return {date.days * kDayMs - kBeijingMs + minute_of_day * std::int64_t{60'000}};
}

Instant beijing_day_end(CivilDate date) { return {beijing_instant(date + 1).ms - 1}; }

std::string format_instant(Instant at) {
    const auto rest = at.ms + kBeijingMs - beijing_date(at).days * kDayMs;
    std::string out;
    out.reserve(29);
    append_date(out, beijing_date(at));
    append_number(out += 'T', rest / 3'600'000, 2);
    append_number(out += ':', rest / 60'000 % 60, 2);
    append_number(out += ':', rest / 1000 % 60, 2);
    append_number(out += '.', rest % 1000, 3);
    return out += "+08:00";
}

std::optional<Instant> parse_instant(std::string_view text) {
    if (text.size() < 17 || (text[10] != 'T' && text[10] != ' ')) return std::nullopt;
    const auto date = parse_date(text.substr(0, 10));
    int hour = 0, minute = 0, second = 0, milli = 0;
    if (!date || !read_digits(text, 11, 2, hour) || text[13] != ':' || !read_digits(text, 14, 2, minute)) return std::nullopt;
    std::size_t at = 16;
    if (at < text.size() && text[at] == ':') {
        if (!read_digits(text, at + 1, 2, second)) return std::nullopt;
        at += 3;
        if (at < text.size() && text[at] == '.') {
            int scale = 100;
            for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, scale /= 10) milli += (text[at] - '0') * scale;
        }
    }
    if (hour > 23 || minute > 59 || second > 59 || at >= text.size()) return std::nullopt;
    std::int64_t offset = 0;
    if (text[at] == 'Z') {
        if (at + 1 != text.size()) return std::nullopt;
    } else {
        int offset_hour = 0, offset_minute = 0;
        if ((text[at] != '+' && text[at] != '-') || text.size() != at + 6 || text[at + 3] != ':') return std::nullopt;
        if (!read_digits(text, at + 1, 2, offset_hour) || !read_digits(text, at + 4, 2, offset_minute)) return std::nullopt;
        if (offset_hour > 14 || offset_minute > 59) return std::nullopt;
        offset = (offset_hour * 60 + offset_minute) * std::int64_t{60'000} * (text[at] == '-' ? -1 : 1);
    }
    return Instant{date->days * kDayMs + hour * std::int64_t{3'600'000} + minute * 60'000 + second * 1000 + milli - offset};
}

Instant system_now() {
    return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

}  // namespace anban
