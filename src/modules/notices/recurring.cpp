#include <algorithm>

#include "core/utf8.h"
#include "modules/notices/time_reader.h"

namespace anban::notices {

bool TimeReader::recurring() {
    const bool each = scan_.take_any({U"每个", U"每", U"逐", U"按", U"各", U"逢"});
    if (!each) return false;
    const bool marked = scan_.text()[start_] == U'每' || scan_.text()[start_] == U'逐' || scan_.text()[start_] == U'按' || scan_.text()[start_] == U'逢';
    scan_.take(U"逢");
    if (scan_.sees_any({U"季度", U"季"}) && !scan_.sees(U"季节")) return quarterly();
    if (!marked) return false;
    if (scan_.take_any({U"周", U"星期", U"礼拜"})) return weekly();
    if (scan_.take(U"半年")) return halfyearly();
    if (scan_.take(U"半个月") || scan_.take(U"半月")) return half_month();
    if (scan_.take_any({U"月", U"月份"})) return monthly();
    if (scan_.take_any({U"年度", U"年"})) return yearly();
    if (scan_.take_any({U"日", U"天", U"晚", U"早"})) return daily();
    return every_hours();
}

bool TimeReader::every_hours() {
    const auto n = scan_.number();
    if (n && scan_.take_any({U"日", U"天"})) return false;
    if (!scan_.take_any({U"个小时", U"小时"})) return false;
    word_.recurrence = Recurrence::daily;
    word_.firm = true;
    return true;
}

bool TimeReader::weekly() {
    word_.recurrence = Recurrence::weekly;
    std::string days;
    for (auto at = scan_.at();; at = scan_.at()) {
        if (!days.empty()) {
            if (!take_separator(scan_)) break;
            scan_.take_any({U"周", U"星期"});
        }
        const char* day = weekday_at(scan_);
        if (!day) {
            scan_.go(at);
            break;
        }
        days += (days.empty() ? "" : ",") + std::string(day);
    }
    if (!days.empty()) due(days);
    finish();
    return true;
}

bool TimeReader::half_month() {
    word_.recurrence = Recurrence::monthly;
    if (contains_any(sentence(), {U"最后一天", U"15日", U"月底", U"月末"})) due("D15,LAST");
    word_.firm = true;
    return true;
}

bool TimeReader::monthly() {
    word_.recurrence = Recurrence::monthly;
    scan_.take_any({U"份", U"的"});
    if (scan_.take_any({U"最后一个工作日", U"最后一天", U"最后一日", U"底", U"末", U"下旬"})) due("LAST");
    else if (scan_.take(U"上旬")) due("D10");
    else if (scan_.take(U"中旬")) due("D20");
    else if (const int n = after_end()) due("D" + std::to_string(n));
    else {
        scan_.take_any({U"次月", U"下月", U"下个月"});
        days_of_month();
    }
    finish();
    return true;
}

void TimeReader::days_of_month() {
    std::string days;
    for (auto at = scan_.at();; at = scan_.at()) {
        if (!days.empty() && !take_separator(scan_)) break;
        const auto n = scan_.number();
        const bool day = n && n->value >= 1 && n->value <= 31 && (scan_.take_any({U"日", U"号"}) || scan_.sees_any({U"、", U"前", U"和"}));
        if (!day) {
            scan_.go(at);
            break;
        }
        days += (days.empty() ? "D" : ",D") + std::to_string(n->value);
    }
    if (!days.empty()) due(days);
}

int TimeReader::after_end() {
    const auto at = scan_.at();
    if (scan_.take_any({U"结束后", U"终了后", U"末后", U"满后", U"度结束后"})) {
        scan_.take(U"的");
        if (const auto n = scan_.number(); n && n->value >= 1 && n->value <= 31 && scan_.take_any({U"个工作日", U"日", U"天"})) return n->value;
    }
    scan_.go(at);
    return 0;
}

bool TimeReader::quarterly() {
    word_.recurrence = Recurrence::quarterly;
    scan_.take_any({U"季度", U"季"});
    if (!scan_.sees(U"的话")) scan_.take(U"的");
    const int after = after_end();
    if (after) due("D" + std::to_string(after) + " after quarter");
    else quarter_day();
    finish();
    return true;
}

void TimeReader::quarter_day() {
    const auto at = scan_.at();
    int month = 0;
    if (scan_.take_any({U"末月", U"最后一个月", U"最后1个月", U"末个月", U"最后月份", U"末"})) month = 3;
    else if (scan_.take_any({U"第三个月", U"第3个月"})) month = 3;
    else if (scan_.take_any({U"首月", U"第一个月", U"第1个月", U"首个月", U"头一个月", U"头个月"})) month = 1;
    else if (scan_.take_any({U"第二个月", U"第2个月"})) month = 2;
    else if (scan_.take_any({U"次月", U"后首月", U"后次月"})) month = 4;
    else if (scan_.take(U"底")) return due("Q-END");
    scan_.take_any({U"的", U"份"});
    const bool previous = contains_any(sentence(), {U"上季度", U"上一季度", U"上个季度", U"前一季度"});
    if (const auto n = scan_.number(); n && n->value >= 1 && n->value <= 31 && (month != 0 || scan_.sees_any({U"日", U"号"})) && scan_.take_any({U"日", U"号"})) {
        const auto day = std::to_string(n->value);
        if (month == 4 || (month <= 1 && previous)) return due("D" + day + " after quarter");
        return due("QM" + std::to_string(month == 0 ? 3 : month) + "-D" + day);
    }
    if (month == 3) {
        scan_.take_any({U"底", U"末"});
        return due("Q-END");
    }
    scan_.go(at);
}

bool TimeReader::halfyearly() {
    word_.recurrence = Recurrence::halfyearly;
    if (const int after = after_end()) due("D" + std::to_string(after) + " after half");
    else if (scan_.take_any({U"末", U"底"})) due("H-END");
    finish();
    return true;
}

bool TimeReader::yearly() {
    word_.recurrence = Recurrence::yearly;
    if (scan_.take_any({U"年底", U"年末", U"底", U"末"})) due("12-31");
    std::string days;
    int month = 0;
    for (auto at = scan_.at(); word_.dues.empty(); at = scan_.at()) {
        if (!days.empty() && !take_separator(scan_)) break;
        Scan ahead = scan_;
        const auto day = day_at(ahead, {0, month, false});
        if (!day || day->day.month == 0) {
            scan_.go(at);
            break;
        }
        scan_ = ahead;
        month = day->day.month;
        const auto date = date_of({2023, day->day.month, day->day.day == 0 ? kLast : day->day.day});
        days += (days.empty() ? "" : ",") + format_date(*date).substr(5);
    }
    if (!days.empty()) due(days);
    finish();
    return true;
}

bool TimeReader::daily() {
    word_.recurrence = Recurrence::daily;
    const bool evening = text_[scan_.at() - 1] == U'晚';
    std::string hours;
    scan_.take_any({U"的", U"于"});
    for (int minute : hours_at(scan_)) {
        if (evening && minute < 12 * 60) minute += 12 * 60;
        hours += (hours.empty() ? "" : ",") + hour_text(minute);
    }
    if (!hours.empty()) due(hours);
    word_.firm = true;
    take_limit(scan_);
    return true;
}

bool TimeReader::next_month() {
    const bool certain = scan_.take_any({U"次月", U"翌月"});
    if (!certain && !scan_.take_any({U"下个月", U"下月"})) return false;
    if (!certain && !contains_any(sentence(), {U"每月", U"按月", U"逐月", U"月度", U"当月", U"上月", U"月报"})) return false;
    word_.recurrence = Recurrence::monthly;
    scan_.take(U"的");
    if (scan_.take_any({U"底", U"末"})) due("LAST");
    else days_of_month();
    if (word_.dues.empty()) return false;
    finish();
    return true;
}

bool TimeReader::months_of_year() {
    std::vector<int> months;
    for (auto at = scan_.at();; at = scan_.at()) {
        if (!months.empty() && !take_separator(scan_)) break;
        const auto n = scan_.number();
        if (!n || n->value < 1 || n->value > 12 || !scan_.take(U"月")) {
            scan_.go(at);
            break;
        }
        scan_.take(U"份");
        months.push_back(n->value);
    }
    if (months.size() < 2) return false;
    scan_.take_any({U"的", U"每月"});
    const bool end = scan_.take_any({U"底", U"末"});
    const auto n = end ? std::nullopt : scan_.number();
    if (!end && (!n || n->value < 1 || n->value > 31 || !scan_.take_any({U"日", U"号"}))) return false;
    const auto day = end ? std::string() : std::to_string(n->value);
    if (months == std::vector{3, 6, 9, 12}) quarter_rule(end ? "Q-END" : "QM3-D" + day);
    else if (months == std::vector{1, 4, 7, 10} || months == std::vector{4, 7, 10, 1}) quarter_rule("D" + day + " after quarter");
    else return false;
    finish();
    return true;
}

void TimeReader::quarter_rule(std::string text) {
    word_.recurrence = Recurrence::quarterly;
    due(std::move(text));
}

}  // namespace anban::notices
