#include "modules/notices/dates.h"

#include <algorithm>

namespace anban::notices {
namespace {

bool is_year(int n) { return n >= 1990 && n <= 2100; }
bool is_month(int n) { return n >= 1 && n <= 12; }
bool is_day(int n) { return n >= 1 && n <= 31; }

int value(std::u32string_view figures) {
    int n = 0;
    for (const char32_t c : figures) n = n * 10 + static_cast<int>(c - U'0');
    return figures.empty() || figures.front() == U'0' ? 0 : n;
}

// 底, 末, 上旬 … after a month.
int day_word(Scan& scan) {
    if (scan.take_any({U"最后一天", U"最后一日", U"月底", U"底", U"末", U"下旬"})) return kLast;
    if (scan.take(U"上旬")) return 10;
    if (scan.take(U"中旬")) return 20;
    return 0;
}

bool take_day_mark(Scan& scan) { return scan.take_any({U"日", U"号"}); }

// "13日" after a month that is written; leaves the scan where it was when there is none.
int day_after_month(Scan& scan) {
    if (const int word = day_word(scan)) return word;
    const auto at = scan.at();
    if (const auto n = scan.number(); n && is_day(n->value) && (take_day_mark(scan) || scan.sees_any({U"前", U"之前", U"以前", U"至", U"-", U"、", U"上午", U"下午", U"中午", U"晚"}))) {
        if (scan.sees_any({U"个", U"项", U"家"})) return scan.go(at), 0;
        return n->value;
    }
    scan.go(at);
    return 0;
}

int relative_year(Scan& scan, const Around& around) {
    const auto at = scan.at();
    if (around.year == 0) return 0;
    if (scan.take_any({U"今年", U"本年度", U"本年", U"当年", U"年内"})) return around.year;
    if (scan.take_any({U"明年", U"次年", U"翌年", U"下一年度", U"下一年"})) return around.year + 1;
    scan.go(at);
    return 0;
}

int written_year(Scan& scan, const Around& around) {
    const auto at = scan.at();
    if (const int relative = relative_year(scan, around)) return relative;
    const auto n = scan.number();
    if (n && is_year(n->value) && scan.take_any({U"年度", U"年"})) return n->value;
    scan.go(at);
    return 0;
}

// 2023-03-13, 2023.3.13, 2023/3/13
std::optional<Day> with_marks(Scan& scan) {
    const auto at = scan.at();
    for (const auto mark : {U"-", U".", U"/"}) {
        scan.go(at);
        const auto year = scan.number();
        if (!year || year->digits != 4 || !is_year(year->value) || !scan.take(mark)) continue;
        const auto month = scan.number();
        if (!month || !is_month(month->value) || !scan.take(mark)) continue;
        const auto day = scan.number();
        if (!day || !is_day(day->value)) continue;
        take_day_mark(scan);
        return Day{year->value, month->value, day->value};
    }
    scan.go(at);
    return std::nullopt;
}

// Figures that ran together, all ways to cut them into year, month, day; `marked`: 日 or 月 stands behind.
std::vector<Day> cuts(std::u32string_view figures, const Around& around) {
    std::vector<Day> out;
    const auto month_day = [&](int year, std::u32string_view rest) {
        for (const std::size_t m : {std::size_t{1}, std::size_t{2}}) {
            if (rest.size() <= m || rest.size() - m > 2) continue;
            const Day day{year, value(rest.substr(0, m)), value(rest.substr(m))};
            if (real(day)) out.push_back(day);
        }
    };
    if (figures.size() >= 6 && is_year(value(figures.substr(0, 4)))) month_day(value(figures.substr(0, 4)), figures.substr(4));
    if (figures.size() <= 4) month_day(0, figures);
    std::ranges::stable_sort(out, {}, [&](const Day& d) { return around.month == 0 || d.month >= around.month ? 0 : 1; });
    return out;
}

// 313日, 20231225日: more figures than a day has.
std::optional<DayWord> run_together(Scan& scan, const Around& around) {
    const auto at = scan.at();
    const auto figures = scan.figures();
    const bool day = take_day_mark(scan);
    const bool too_long = figures.size() >= 3 || value(figures) > 31;
    if (!day || !too_long || figures.size() > 8 || figures.size() < 2) return scan.go(at), std::nullopt;
    auto all = cuts(figures, around);
    if (all.empty()) return scan.go(at), std::nullopt;
    DayWord out{at, scan.at(), all.front(), {all.begin() + 1, all.end()}, true};
    return out;
}

// 20233月(份), where 年 was lost.
std::optional<DayWord> year_month_together(Scan& scan) {
    const auto at = scan.at();
    const auto figures = scan.figures();
    if (figures.size() >= 5 && figures.size() <= 6 && is_year(value(figures.substr(0, 4))) && is_month(value(figures.substr(4))) && scan.take(U"月")) {
        scan.take(U"份");
        const int day = day_after_month(scan);
        return DayWord{at, scan.at(), {value(figures.substr(0, 4)), value(figures.substr(4)), day}, {}, true};
    }
    scan.go(at);
    return std::nullopt;
}

std::optional<Day> month_and_day(Scan& scan, const Around& around) {
    const auto at = scan.at();
    int month = 0;
    if (scan.take_any({U"本月", U"当月"})) month = around.month;
    else if (scan.take_any({U"下月", U"下个月", U"次月"})) month = around.month == 0 ? 0 : around.month % 12 + 1;
    else if (const auto n = scan.number(); n && is_month(n->value) && scan.take(U"月") && !scan.sees(U"度")) month = n->value;
    if (month == 0) return scan.go(at), std::nullopt;
    scan.take(U"份");
    scan.take(U"的");
    return Day{0, month, day_after_month(scan)};
}

}  // namespace

bool real(const Day& d) {
    static constexpr int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return is_month(d.month) && is_day(d.day) && d.day <= longest[d.month - 1] && (d.year == 0 || is_year(d.year));
}

std::optional<CivilDate> date_of(const Day& d) {
    if (d.year == 0 || !is_month(d.month)) return std::nullopt;
    const auto first = to_date({d.year, d.month, 1});
    return d.day == kLast || d.day == 0 ? month_last(first) : to_date({d.year, d.month, d.day});
}

std::optional<DayWord> day_at(Scan& scan, const Around& around) {
    const auto at = scan.at();
    if (auto day = with_marks(scan)) return DayWord{at, scan.at(), *day, {}, false};
    if (auto word = year_month_together(scan)) return word;
    if (auto word = run_together(scan, around)) return word;
    const int year = written_year(scan, around);
    if (year != 0) {
        if (scan.take_any({U"底前", U"底", U"末"})) {
            scan.go(scan.at() - (scan.text()[scan.at() - 1] == U'前' ? 1 : 0));
            return DayWord{at, scan.at(), {year, 12, 31}, {}, false};
        }
        if (auto word = run_together(scan, around); word && word->day.year == 0) {  // 2023年313日
            word->from = at;
            word->day.year = year;
            return word;
        }
    }
    if (auto day = month_and_day(scan, around)) {
        day->year = year;
        return DayWord{at, scan.at(), *day, {}, false};
    }
    if (year == 0 && scan.take_any({U"年底", U"年末", U"岁末"})) return DayWord{at, scan.at(), {around.year, 12, 31}, {}, false};
    scan.go(at);
    return std::nullopt;
}

}  // namespace anban::notices
