#include "modules/notices/calendar_words.h"

#include "core/utf8.h"
#include "modules/notices/clock.h"

namespace anban::notices {
namespace {

constexpr int kLongBefore = 120;  // days: what lies further back is of the year to come

bool take_to(Scan& scan) {
    if (scan.take_any({U"起至", U"至", U"到", U"起到", U"起,至", U"起,到", U"开始至", U"开始,至", U"开始,到", U"开始到"})) return true;
    if (!scan.take(U"-")) return false;
    while (scan.take(U"-")) {}
    return true;
}

void skip_hour(Scan& scan) {
    if (scan.take(U"(")) {
        const auto at = scan.at();
        if ((scan.take(U"星期") || scan.take(U"周")) && (scan.go(scan.at() + 1), scan.take(U")"))) {}
        else scan.go(at - 1);
    }
    scan.take(U"当天");
    (void)hour_at(scan);
}

// 上旬 begins on the 1st and ends on the 10th; a month alone begins on its 1st.
int first_day_of(const Day& day, View words) {
    if (words.find(U"上旬") != View::npos) return 1;
    if (words.find(U"中旬") != View::npos) return 11;
    if (words.find(U"下旬") != View::npos) return 21;
    return day.day == 0 ? 1 : day.day;
}

std::string spelled(View words, const Day& day) {
    return utf8::encode(words) + " → " + (day.year == 0 ? "" : std::to_string(day.year) + "年") + std::to_string(day.month) + "月" + std::to_string(day.day) + "日";
}

}  // namespace

CalendarReader::CalendarReader(int year, std::optional<CivilDate> issued) : year_(year), issued_(issued) {}

std::optional<CivilDate> CalendarReader::placed(const Day& day, const Day& end) const {
    if (day.year != 0) return date_of(day);
    const int year = last_ ? to_ymd(*last_).year : year_;
    const auto date = date_of({year, day.month, day.day}), ends = date_of({end.year != 0 ? end.year : year, end.month, end.day});
    if (!date || !ends) return date;
    const bool early = last_ ? *ends < *last_ && !(issued_ && *ends >= *issued_) : issued_ && *issued_ - *ends > kLongBefore;
    return early ? date_of({year + 1, day.month, day.day}) : date;
}

// 9至10月, 9-10月: the 9 is a month too.
std::optional<Day> CalendarReader::month_of_two(Scan& scan) {
    const auto at = scan.at();
    const auto number = scan.number();
    const auto behind_number = scan.at();
    const bool month = number && number->value >= 1 && number->value <= 12 && take_to(scan);
    const auto second = month ? scan.number() : std::nullopt;
    const bool both = second && second->value >= number->value && second->value <= 12 && scan.take(U"月") && !scan.number();
    scan.go(both ? behind_number : at);
    return both ? std::optional(Day{0, number->value, 0}) : std::nullopt;
}

std::optional<Day> CalendarReader::first_day(Scan& scan, DateSpan& out) {
    const auto at = scan.at();
    if (scan.take_any({U"即日起", U"即日", U"印发之日起", U"发文之日起", U"发布之日起"})) {
        auto ahead = scan;
        if (!issued_ || !take_to(ahead)) return std::nullopt;
        const auto ymd = to_ymd(*issued_);
        out.exact = true;
        return Day{ymd.year, ymd.month, ymd.day};
    }
    if (const auto month = month_of_two(scan)) return month;
    const int month = last_ ? to_ymd(*last_).month : issued_ ? to_ymd(*issued_).month : 0;
    const auto word = day_at(scan, {year_, month, false});
    if (!word || word->day.month == 0 || (word->day.year == 0 && year_ == 0)) return std::nullopt;
    const auto words = scan.text().substr(at, scan.at() - at);
    if (word->damaged) out.repairs.push_back(spelled(words, word->day));
    for (const auto& other : word->others) out.repairs.push_back(spelled(words, other));
    out.exact = word->day.day != 0;
    return word->day;
}

// The end of a span: 15日, 月底, or a day like any.
std::optional<Day> CalendarReader::second_day(Scan& scan, const Day& first) const {
    const auto at = scan.at();
    if (scan.take_any({U"月底", U"月末"})) return Day{first.year, first.month, kLast};
    if (auto day = day_at(scan, {year_, first.month, false}); day && day->day.month != 0) {
        if (first.year != 0 && day->day.year == 0) day->day.year = day->day.month < first.month ? first.year + 1 : first.year;
        return day->day;
    }
    scan.go(at);
    if (const auto n = scan.number(); n && n->value >= 1 && n->value <= 31 && scan.take_any({U"日", U"号"})) return Day{first.year, first.month, n->value};
    scan.go(at);
    return std::nullopt;
}

bool CalendarReader::take_span(Scan& scan, const Day& first, int begins, DateSpan& out) {
    const auto at = scan.at();
    const auto before = last_;
    const auto second = take_to(scan) ? second_day(scan, first) : std::nullopt;
    if (second) {
        const bool turns = second->month < first.month;  // 11月至次年3月
        out.first = placed({first.year, first.month, begins}, turns ? Day{0, 12, 31} : *second);
        out.last = second->year != 0 || !out.first ? placed(*second, *second) : date_of({to_ymd(*out.first).year + (turns ? 1 : 0), second->month, second->day});
    }
    if (!out.first || !out.last || *out.last < *out.first) {
        out.first = out.last = std::nullopt;
        last_ = before;
        scan.go(at);
        return false;
    }
    last_ = out.last;
    out.spans = true;
    scan.take_any({U"止", U"底"});
    take_limit(scan);
    return true;
}

std::optional<DateSpan> CalendarReader::take(Scan& scan) {
    const auto at = scan.at();
    DateSpan out;
    out.from = at;
    const auto first = first_day(scan, out);
    if (!first) return scan.go(at), std::nullopt;
    const int begins = first_day_of(*first, scan.text().substr(at, scan.at() - at));
    skip_hour(scan);
    if (!take_span(scan, *first, begins, out)) {
        const auto day = placed(*first, *first);
        if (!day) return scan.go(at), std::nullopt;
        if (!take_limit(scan)) out.first = placed({first->year, first->month, begins}, *first);
        out.last = last_ = day;
        if (out.first && scan.take_any({U"起", U"以后", U"之后"})) out.last.reset();
    }
    out.to = scan.at();
    return out;
}

}  // namespace anban::notices
