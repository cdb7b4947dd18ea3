#include "modules/notices/times.h"

#include <algorithm>
#include <cstdio>

#include "core/utf8.h"

namespace anban::notices {
namespace {

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }
std::string hour_text(int minute) { return two(minute / 60) + ':' + two(minute % 60); }

bool take_limit(Scan& scan) {
    return scan.take_any({U"之前", U"以前", U"底前", U"前", U"为止", U"止", U"截止", U"之内", U"以内", U"内"});
}

bool take_separator(Scan& scan) { return scan.take_any({U"、", U",", U"和", U"及", U"与", U"以及"}); }

int in_the_day(int hour, std::u32string_view period) {
    const bool late = period == U"下午" || period == U"晚上" || period == U"晚" || period == U"傍晚" || (period == U"中午" && hour < 11);
    return late && hour < 12 ? hour + 12 : hour;
}

// 上午9时30分, 下午五点, 17:00, 上午下班. Minutes of the day.
std::optional<int> hour_at(Scan& scan) {
    const auto at = scan.at();
    std::u32string_view period;
    for (const std::u32string_view word : {U"上午", U"中午", U"下午", U"晚上", U"晚", U"早上", U"早", U"凌晨", U"傍晚"})
        if (period.empty() && scan.take(word)) period = word;
    if (scan.sees(U"下班") && period == U"上午") return scan.take(U"下班"), 12 * 60;
    const auto hour = scan.number();
    if (!hour || hour->value > 24) return scan.go(at), std::nullopt;
    int minute = 0;
    if (scan.take(U":")) {
        const auto m = scan.number();
        if (!m || m->digits != 2 || m->value > 59) return scan.go(at), std::nullopt;
        minute = m->value;
        if (scan.take(U":")) scan.number();
    } else if (scan.take_any({U"点钟", U"点", U"时整", U"时"})) {
        if (scan.take(U"半")) minute = 30;
        else if (const auto back = scan.at(); !scan.take(U"整")) {
            const auto m = scan.number();
            if (m && m->value < 60 && scan.take(U"分")) minute = m->value;
            else scan.go(back);
        }
    } else {
        return scan.go(at), std::nullopt;
    }
    return std::min(in_the_day(hour->value, period) * 60 + minute, 24 * 60);
}

std::vector<int> hours_at(Scan& scan) {
    std::vector<int> out;
    for (auto at = scan.at();; at = scan.at()) {
        if (!out.empty() && !take_separator(scan)) break;
        const auto hour = hour_at(scan);
        if (!hour) {
            scan.go(at);
            break;
        }
        out.push_back(*hour);
    }
    return out;
}

const char* weekday_at(Scan& scan) {
    static constexpr const char* names[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
    static constexpr std::u32string_view chinese = U"一二三四五六日";
    char32_t c = scan.next();
    if (c == U'天' || c == U'末') c = U'日';
    if (c >= U'1' && c <= U'6') c = chinese[static_cast<std::size_t>(c - U'1')];
    const auto at = chinese.find(c);
    if (at == chinese.npos) return nullptr;
    scan.go(scan.at() + 1);
    return names[at];
}

// What was read so far of one word of time.
class Reader {
public:
    Reader(std::u32string_view text, std::size_t from, std::size_t to, const Around& around)
        : text_(text.substr(0, to)), start_(from), scan_(text_, from), around_(around) {}

    std::optional<TimeWord> read() {
        for (const auto attempt : {&Reader::recurring, &Reader::months_of_year, &Reader::relative, &Reader::next_month, &Reader::this_week, &Reader::once, &Reader::day_alone, &Reader::soft}) {
            scan_.go(start_);
            word_ = {};
            word_.from = start_;
            if (!(this->*attempt)()) continue;
            word_.to = scan_.at();
            return word_;
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::u32string_view before() const {
        const auto begin = text_.find_last_of(U"。;,:!?\n", start_ == 0 ? 0 : start_ - 1);
        const auto from = begin == text_.npos || begin >= start_ ? 0 : begin + 1;
        return text_.substr(from, start_ - from);
    }
    [[nodiscard]] std::u32string_view sentence() const {
        auto from = text_.find_last_of(U"。;\n", start_);
        from = from == text_.npos ? 0 : from + 1;
        const auto to = text_.find_first_of(U"。;\n", start_);
        return text_.substr(from, (to == text_.npos ? text_.size() : to) - from);
    }
    void due(std::string text) { word_.dues.assign(1, std::move(text)); }
    void finish(bool firm = true) {
        const auto hours = hours_at(scan_);
        if (!hours.empty() && !word_.dues.empty()) word_.dues.back() += ' ' + hour_text(hours.front());
        scan_.take_any({U"下午下班", U"下班"});
        const bool limited = take_limit(scan_);
        word_.firm = firm || limited;
    }

    // --- every week, month, quarter, half, year, day
    bool recurring() {
        const bool each = scan_.take_any({U"每个", U"每", U"逐", U"按", U"各"});
        if (!each) return false;
        const bool marked = scan_.text()[start_] == U'每' || scan_.text()[start_] == U'逐' || scan_.text()[start_] == U'按';
        if (scan_.sees_any({U"季度", U"季"})) return quarterly();
        if (!marked) return false;
        if (scan_.take_any({U"周", U"星期", U"礼拜"})) return weekly();
        if (scan_.take(U"半年")) return halfyearly();
        if (scan_.take(U"半个月") || scan_.take(U"半月")) return half_month();
        if (scan_.take_any({U"月", U"月份"})) return monthly();
        if (scan_.take_any({U"年度", U"年"})) return yearly();
        if (scan_.take_any({U"日", U"天", U"晚", U"早"})) return daily();
        return false;
    }
    bool weekly() {
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
    bool half_month() {
        word_.recurrence = Recurrence::monthly;
        if (contains_any(sentence(), {U"最后一天", U"15日", U"月底", U"月末"})) due("D15,LAST");
        word_.firm = true;
        return true;
    }
    bool monthly() {
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
    // 5日、15日、25日
    void days_of_month() {
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
    // 结束后5日内 → 5
    int after_end() {
        const auto at = scan_.at();
        if (scan_.take_any({U"结束后", U"终了后", U"末后", U"满后", U"度结束后"})) {
            scan_.take(U"的");
            if (const auto n = scan_.number(); n && n->value <= 31 && scan_.take_any({U"个工作日", U"日", U"天"})) return n->value;
        }
        scan_.go(at);
        return 0;
    }
    bool quarterly() {
        word_.recurrence = Recurrence::quarterly;
        scan_.take_any({U"季度", U"季"});
        if (!scan_.sees(U"的话")) scan_.take(U"的");
        const int after = after_end();
        if (after) due("D" + std::to_string(after) + " after quarter");
        else quarter_day();
        finish();
        return true;
    }
    void quarter_day() {
        const auto at = scan_.at();
        int month = 0;
        if (scan_.take_any({U"末月", U"最后一个月", U"最后1个月", U"末个月", U"最后月份", U"末"})) month = 3;
        else if (scan_.take_any({U"第三个月", U"第3个月"})) month = 3;
        else if (scan_.take_any({U"首月", U"第一个月", U"第1个月", U"首个月"})) month = 1;
        else if (scan_.take_any({U"第二个月", U"第2个月"})) month = 2;
        else if (scan_.take_any({U"次月", U"后首月", U"后次月"})) month = 4;
        else if (scan_.take(U"底")) return due("Q-END");
        scan_.take_any({U"的", U"份"});
        const bool previous = contains_any(sentence(), {U"上季度", U"上一季度", U"上个季度", U"前一季度"});
        if (const auto n = scan_.number(); n && n->value <= 31 && (month != 0 || scan_.sees_any({U"日", U"号"})) && scan_.take_any({U"日", U"号"})) {
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
    bool halfyearly() {
        word_.recurrence = Recurrence::halfyearly;
        if (const int after = after_end()) due("D" + std::to_string(after) + " after half");
        else if (scan_.take_any({U"末", U"底"})) due("H-END");
        finish();
        return true;
    }
    bool yearly() {
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
    bool daily() {
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

    // --- within n of an event, or before it
    bool relative() {
        const bool ahead = scan_.take_any({U"提前", U"前"}) && (text_[start_] == U'提' || !before().empty());
        const auto duration = duration_at();
        if (!duration) return first_day();
        const bool within = scan_.take_any({U"之内", U"以内", U"内"});
        const bool at_most = ends_with_any(text_.substr(0, start_), {U"不超过", U"不能超过", U"不得超过", U"时限为", U"时限是"});
        if (!ahead && !within && !at_most) return false;
        word_.recurrence = Recurrence::immediate;
        word_.firm = true;
        due((ahead ? "-" : "") + *duration);
        word_.event = event_words(ahead);
        return true;
    }
    std::optional<std::string> duration_at() {
        const auto n = scan_.number();
        if (!n) return std::nullopt;
        const auto count = std::to_string(n->value);
        if (scan_.take_any({U"个工作日", U"工作日"})) return "P" + count + "WD";
        if (scan_.take_any({U"个小时", U"小时"})) return "PT" + count + "H";
        if (scan_.take(U"分钟")) return "PT" + count + "M";
        if (scan_.take_any({U"日", U"天"})) return "P" + count + "D";
        if (scan_.take(U"个月")) return "P" + count + "M";
        if (scan_.take(U"周")) return "P" + std::to_string(n->value * 7) + "D";
        return std::nullopt;
    }
    // 开学后第一天, 发生当日
    bool first_day() {
        scan_.go(start_);
        const auto left = before();
        const bool after = ends_with_any(left, {U"后", U"后的", U"之后"});
        const bool happened = contains_any(left, {U"发生", U"发现", U"事故", U"接报", U"接到", U"完成", U"结束", U"举办", U"收到", U"会议", U"扑灭", U"处置", U"批复", U"下达"});
        const bool first = scan_.take_any({U"第一天", U"首日", U"第一个工作日", U"第1天"}) && after;
        if (!first && !(scan_.take_any({U"当日", U"当天", U"当晚"}) && happened && !scan_.sees_any({U"18", U"17", U"16"}))) return false;
        take_limit(scan_);
        word_.recurrence = Recurrence::immediate;
        word_.firm = true;
        due("P1D");
        word_.event = event_words(false);
        return true;
    }
    [[nodiscard]] std::string event_words(bool ahead) const {
        auto words = before();
        for (const std::u32string_view tail : {U"之日起", U"起", U"之后", U"后的", U"后", U"之日", U"的"})
            if (!ahead && words.ends_with(tail)) words.remove_suffix(tail.size());
        for (const std::u32string_view head : {U"自", U"在", U"于", U"应当", U"应", U"要", U"须", U"从"}) {
            const auto at = words.rfind(head);
            if (at != words.npos && words.size() - at > head.size() + 1 && words.size() - at < 24) {
                words.remove_prefix(at + head.size());
                break;
            }
        }
        if (words.size() > 24) words.remove_prefix(words.size() - 24);
        return utf8::encode(words);
    }

    // 次月5日: the report of a month; 下月 only where the sentence speaks of months.
    bool next_month() {
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

    // 本周五: of the week of the notice.
    bool this_week() {
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

    // --- a day, or a list of days, once
    bool once() {
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
    // 17日 after 3月10日、
    std::optional<DayWord> next_day(const Around& around) {
        const auto at = scan_.at();
        if (auto day = day_at(scan_, around); day && day->day.month != 0) return day;
        scan_.go(at);
        const auto n = scan_.number();
        if (!n || n->value < 1 || n->value > 31 || !scan_.take_any({U"日", U"号"})) return std::nullopt;
        return DayWord{at, scan_.at(), {0, around.month, n->value}, {}, false};
    }
    bool range(const std::vector<DayWord>& days) {
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
                word_.active_from = with_year(days.front().day);
                word_.active_to = with_year(end->day);
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
    // 6月份每周四16:00前
    bool recurring_in_month(const std::vector<DayWord>& days) {
        if (days.size() != 1 || days.front().day.day != 0 || !scan_.sees_any({U"每", U"的每"})) return false;
        const auto day = with_year(days.front().day);
        word_.active_from = Day{day.year, day.month, 1};
        word_.active_to = Day{day.year, day.month, kLast};
        return then_recurring();
    }
    bool then_recurring() {
        scan_.take_any({U",", U"的", U"期间"});
        if (!scan_.sees(U"每")) return false;
        Reader then(text_, scan_.at(), text_.size(), around_);
        if (!then.recurring()) return false;
        scan_.go(then.scan_.at());
        word_.recurrence = then.word_.recurrence;
        word_.dues = then.word_.dues;
        word_.firm = true;
        return true;
    }
    bool limit_of_days(const std::vector<DayWord>& days) {
        const auto hours = hours_at(scan_);
        scan_.take_any({U"下午下班", U"下班"});
        word_.firm = take_limit(scan_);
        word_.bare_month = days.front().day.day == 0;
        word_.dues.clear();
        for (const auto& day : days) {
            auto known = with_year(day.day);
            if (known.day == 0 && word_.firm) known = before_month(known);
            const auto date = date_of(known);
            if (!date) continue;
            word_.dues.push_back(format_date(*date));
            if (hours.size() == 1) word_.dues.back() += 'T' + hour_text(hours.front());
        }
        return true;
    }
    static Day before_month(Day d) { return d.month == 1 ? Day{d.year - 1, 12, kLast} : Day{d.year, d.month - 1, kLast}; }
    void keep(const DayWord& day) {
        if (!day.damaged) return;
        const auto text = [](const Day& d) { return (d.year ? std::to_string(d.year) + "年" : "") + std::to_string(d.month) + "月" + (d.day ? std::to_string(d.day) + "日" : ""); };
        word_.repairs.push_back(utf8::encode(text_.substr(day.from, day.to - day.from)) + " → " + text(day.day));
        for (const auto& other : day.others) word_.repairs.push_back(text(other));
    }
    // A year that is not written: the notice's, or the next one where the day lies well before the notice.
    [[nodiscard]] Day with_year(Day d) const {
        if (d.year == 0 && around_.year != 0) d.year = around_.year + (around_.month != 0 && d.month + 1 < around_.month ? 1 : 0);
        return d;
    }

    // 25日前, of a month that is named elsewhere.
    // 3月、6月、9月、12月的20日前
    bool months_of_year() {
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
        if (!end && (!n || n->value > 31 || !scan_.take_any({U"日", U"号"}))) return false;
        const auto day = end ? std::string() : std::to_string(n->value);
        if (months == std::vector{3, 6, 9, 12}) quarter_rule(end ? "Q-END" : "QM3-D" + day);
        else if (months == std::vector{1, 4, 7, 10} || months == std::vector{4, 7, 10, 1}) quarter_rule("D" + day + " after quarter");
        else return false;
        finish();
        return true;
    }
    void quarter_rule(std::string text) {
        word_.recurrence = Recurrence::quarterly;
        due(std::move(text));
    }

    bool day_alone() {
        if (start_ > 0 && (text_[start_ - 1] == U'月' || (text_[start_ - 1] >= U'0' && text_[start_ - 1] <= U'9'))) return false;
        const auto n = scan_.number();
        if (!n || n->value < 1 || n->value > 31 || !scan_.take_any({U"日", U"号"})) return false;
        word_.recurrence = Recurrence::monthly;
        due("D" + std::to_string(n->value));
        finish(false);
        return word_.firm;
    }

    bool soft() {
        if (!scan_.take_any({U"及时", U"定期", U"随时", U"适时", U"不定期", U"尽快", U"即时", U"实时", U"立即", U"第一时间", U"迅速", U"马上"})) return false;
        const auto word = text_.substr(start_, scan_.at() - start_);
        word_.recurrence = Recurrence::immediate;
        word_.soft = !starts_with_any(word, {U"立即", U"第一时间", U"马上", U"即时", U"迅速"});
        return true;
    }

    std::u32string_view text_;
    std::size_t start_;
    Scan scan_;
    Around around_;
    TimeWord word_;
};

}  // namespace

std::vector<TimeWord> times_in(std::u32string_view text, std::size_t from, std::size_t to, const Around& around) {
    std::vector<TimeWord> out;
    for (std::size_t at = from; at < to;) {
        if (auto word = Reader(text, at, to, around).read(); word && word->to > at) {
            at = word->to;
            out.push_back(std::move(*word));
        } else {
            ++at;
        }
    }
    return out;
}

}  // namespace anban::notices
