#include <algorithm>
#include <array>
#include <tuple>

#include "core/utf8.h"
#include "modules/notices/time_reader.h"

namespace anban::notices {

using View = std::u32string_view;

namespace {

// (星期一)
std::optional<Weekday> weekday_in(View aside) {
    static constexpr std::array<std::string_view, 7> names{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
    const auto mark = aside.find_first_of(U"周期拜");
    if (mark == View::npos) return std::nullopt;
    Scan scan(aside, mark + 1);
    const char* said = weekday_at(scan);
    return said ? std::optional(static_cast<Weekday>(std::ranges::find(names, said) - names.begin() + 1)) : std::nullopt;
}

}  // namespace

bool TimeReader::this_week() {
    const bool this_one = scan_.take_any({U"本周", U"这周", U"本星期"});
    if (!this_one && !scan_.take_any({U"周", U"星期"})) return false;
    if (!this_one && start_ > 0 && std::u32string_view(U"每上下本两一二三四五六七八九十几0123456789逐按当").find(text_[start_ - 1]) != std::u32string_view::npos) return false;
    const char* day = weekday_at(scan_);
    if (!day) return false;
    word_.recurrence = Recurrence::weekly;
    due(day);
    finish(false);
    word_.bare_month = this_one;  // read by who knows the date of the notice
    return word_.firm;
}

// 202311-228日: January 1 to February 28, with all marks lost.
bool TimeReader::range_together() {
    const auto from = scan_.figures();
    if (from.size() < 6 || from.size() > 8 || !from.starts_with(U"20") || !scan_.take_any({U"-", U"至", U"~"})) return false;
    const auto to = scan_.figures();
    if (to.size() < 2 || to.size() > 4 || !scan_.take(U"日")) return false;
    const auto day_of = [&](std::u32string_view figures) {
        const std::u32string marked = std::u32string(figures) + U"日";
        Scan scan(marked, 0);
        return day_at(scan, around_);
    };
    const auto first = day_of(from), last = day_of(std::u32string(from.substr(0, 4)) + std::u32string(to));
    if (!first || !last || first->day.month == 0 || last->day.month < first->day.month) return false;
    word_.active_from = first->day;
    word_.active_to = last->day;
    word_.repairs.push_back(utf8::encode(text_.substr(start_, scan_.at() - start_)) + " → " + format_date(*date_of(first->day)) + ".." + format_date(*date_of(last->day)));
    return true;
}

bool TimeReader::once() {
    if (range_together()) return true;
    scan_.go(start_);
    std::vector<DayWord> days;
    auto around = around_;
    for (auto at = scan_.at();; at = scan_.at()) {
        if (!days.empty() && !take_separator(scan_)) break;
        auto day = days.empty() ? day_at(scan_, around) : next_day(around);
        if (!day) {
            scan_.go(at);
            break;
        }
        around.month = day->day.month;
        days.push_back(*day);
    }
    if (days.empty()) return false;
    if (range(days)) return true;
    for (auto& day : days) keep(day);
    return recurring_in_month(days) || limit_of_days(days);
}

std::optional<DayWord> TimeReader::next_day(const Around& around) {
    const auto at = scan_.at();
    if (auto day = day_at(scan_, around); day && day->day.month != 0) return day;
    scan_.go(at);
    const auto n = scan_.number();
    if (!n || n->value < 1 || n->value > 31 || !scan_.take_any({U"日", U"号"})) return std::nullopt;
    return DayWord{at, scan_.at(), {0, around.month, n->value}, {}, false};
}

bool TimeReader::range(const std::vector<DayWord>& days) {
    const auto at = scan_.at();
    if (scan_.take_any({U"起至", U"至", U"-", U"到"})) {
        auto around = around_;
        around.month = days.front().day.month;
        auto end = day_at(scan_, around);
        if (!end) {
            const auto n = scan_.number();
            if (n && n->value <= 31 && (scan_.take_any({U"日", U"号"}))) end = DayWord{at, scan_.at(), {days.front().day.year, around.month, n->value}, {}, false};
        }
        if (end) {
            word_.active_to = with_year(end->day);  // the end says which year; the begin is not after it
            word_.active_from = days.front().day;
            if (word_.active_from->year == 0) word_.active_from->year = word_.active_to->year - (word_.active_from->month > word_.active_to->month ? 1 : 0);
            scan_.take_any({U"期间", U"止", U"份"});
            return then_recurring() || true;
        }
        scan_.go(at);
    }
    if (days.size() == 1 && scan_.take_any({U"份起", U"起", U"开始"})) {
        word_.active_from = with_year(days.front().day);
        scan_.take(U",");
        return then_recurring() || true;
    }
    return false;
}

bool TimeReader::recurring_in_month(const std::vector<DayWord>& days) {
    if (days.size() != 1 || days.front().day.day != 0 || !scan_.sees_any({U"每", U"的每"})) return false;
    const auto day = with_year(days.front().day);
    word_.active_from = Day{day.year, day.month, 1};
    word_.active_to = Day{day.year, day.month, kLast};
    return then_recurring();
}

bool TimeReader::then_recurring() {
    scan_.take_any({U",", U"的", U"期间"});
    if (!scan_.sees(U"每")) return false;
    TimeReader then(text_, first_, scan_.at(), text_.size(), around_);
    if (!then.recurring()) return false;
    scan_.go(then.scan_.at());
    word_.recurrence = then.word_.recurrence;
    word_.dues = then.word_.dues;
    word_.firm = true;
    return true;
}

bool TimeReader::limit_of_days(const std::vector<DayWord>& days) {
    const auto behind = scan_.at();
    take_aside();
    const auto aside = text_.substr(behind, scan_.at() - behind);
    const auto hours = hours_at(scan_);
    take_part_of_day();
    word_.firm = take_limit(scan_) || announced();
    word_.bare_month = days.front().day.day == 0;
    word_.dues.clear();
    word_.repairs.clear();
    const auto hour = hours.size() == 1 ? 'T' + hour_text(hours.front()) : std::string();
    for (const auto& day : days) {
        std::vector<std::string> dues;
        for (auto known : settled(day, aside)) {
            if (known.day == 0 && word_.firm) known = before_month(known);
            if (const auto date = date_of(known)) dues.push_back(format_date(*date) + hour);
        }
        if (dues.empty()) continue;
        word_.dues.push_back(dues.front());
        word_.readings.push_back(dues.size() > 1 ? std::move(dues) : std::vector<std::string>());
    }
    return true;
}

// What a day may be, the likeliest first. Against a reading of a damaged one speak the weekday beside it, that it lies before the notice,
// and then that it lies in another year.
std::vector<Day> TimeReader::settled(DayWord day, std::u32string_view aside) {
    std::vector<Day> all{with_year(day.day)};
    for (const auto& other : day.others) all.push_back(with_year({other.year == 0 ? day.day.year : other.year, other.month, other.day}));
    auto left = all;
    const auto keep_where = [&](const auto& may_be) {
        if (std::ranges::any_of(left, may_be)) std::erase_if(left, [&](const Day& one) { return !may_be(one); });
    };
    if (const auto said = weekday_in(aside); said && left.size() > 1) keep_where([&](const Day& one) { const auto date = date_of(one); return date && weekday_of(*date) == *said; });
    const Day notice{around_.year, around_.month, around_.day};
    if (left.size() > 1 && around_.month != 0) {
        keep_where([&](const Day& one) { return std::tuple(one.year, one.month, one.day) >= std::tuple(notice.year, notice.month, notice.day); });
        keep_where([&](const Day& one) { return one.year == notice.year; });
    }
    if (day.damaged) {
        if (!day.others.empty()) day.day = left.front();
        std::erase(all, left.front());
        if (!day.others.empty()) day.others = all;
        keep(day);
    }
    return left;
}

Day TimeReader::before_month(Day d) { return d.month == 1 ? Day{d.year - 1, 12, kLast} : Day{d.year, d.month - 1, kLast}; }

void TimeReader::keep(const DayWord& day) {
    if (!day.damaged) return;
    const auto text = [](const Day& d) { return (d.year ? std::to_string(d.year) + "年" : "") + std::to_string(d.month) + "月" + (d.day ? std::to_string(d.day) + "日" : ""); };
    word_.repairs.push_back(utf8::encode(text_.substr(day.from, day.to - day.from)) + " → " + text(day.day));
    for (const auto& other : day.others) word_.repairs.push_back(text(other));
}

Day TimeReader::with_year(Day d) const {
    if (d.year == 0 && around_.year != 0) d.year = around_.year + (around_.month != 0 && d.month + 1 < around_.month ? 1 : 0);
    return d;
}

bool TimeReader::day_alone() {
    if (start_ > 0 && (text_[start_ - 1] == U'月' || (text_[start_ - 1] >= U'0' && text_[start_ - 1] <= U'9'))) return false;
    if (scan_.take_any({U"月底", U"月末"})) {  // 月底前, of the month
        if (start_ > 0 && View(U"每逐按半季上下本当次").find(text_[start_ - 1]) != View::npos) return false;
        word_.recurrence = Recurrence::monthly;
        due("LAST");
        finish(false);
        return word_.firm;
    }
    const auto n = scan_.number();
    if (!n || n->value < 1 || n->value > 31 || !scan_.take_any({U"日", U"号"})) return false;
    word_.recurrence = Recurrence::monthly;
    due("D" + std::to_string(n->value));
    finish(false);
    return word_.firm;
}

}  // namespace anban::notices
