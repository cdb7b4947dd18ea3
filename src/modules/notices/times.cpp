#include "modules/notices/times.h"

#include "modules/notices/time_reader.h"

namespace anban::notices {

std::optional<TimeWord> TimeReader::read() {
    for (const auto attempt : {&TimeReader::recurring, &TimeReader::months_of_year, &TimeReader::relative, &TimeReader::next_month, &TimeReader::this_week, &TimeReader::once, &TimeReader::day_alone, &TimeReader::soft}) {
        scan_.go(start_);
        word_ = {};
        word_.from = start_;
        if (!(this->*attempt)()) continue;
        word_.to = scan_.at();
        return word_;
    }
    return std::nullopt;
}

std::u32string_view TimeReader::before() const {
    const auto left = text_.substr(first_, start_ - first_);
    const auto mark = left.find_last_of(U"。;,:!?\n");
    return mark == left.npos ? left : left.substr(mark + 1);
}

std::u32string_view TimeReader::sentence() const {
    const auto left = text_.substr(first_, start_ - first_);
    const auto mark = left.find_last_of(U"。;\n");
    const auto from = mark == left.npos ? first_ : first_ + mark + 1;
    const auto to = text_.find_first_of(U"。;\n", start_);
    return text_.substr(from, (to == text_.npos ? text_.size() : to) - from);
}

void TimeReader::due(std::string text) { word_.dues.assign(1, std::move(text)); }

void TimeReader::finish(bool firm) {
    take_aside();
    const auto hours = hours_at(scan_);
    if (!hours.empty() && !word_.dues.empty()) word_.dues.back() += ' ' + hour_text(hours.front());
    take_part_of_day();
    const bool limited = take_limit(scan_);
    word_.firm = firm || limited || announced();
}

void TimeReader::take_aside() {
    const auto at = scan_.at();
    if (!scan_.take(U"(")) return;
    const auto close = text_.find(U')', scan_.at());
    const auto words = close == text_.npos || close > at + 12 ? std::u32string_view() : text_.substr(at + 1, close - at - 1);
    const bool same = (words.size() >= 2 || words == U"含") && contains_any(words, {U"含", U"周", U"星期", U"礼拜", U"农历", U"正月", U"初", U"腊月", U"除夕"}) && !words.starts_with(U"每");
    scan_.go(same ? close + 1 : at);
}

void TimeReader::take_part_of_day() { scan_.take_any({U"下午下班", U"下班", U"上午", U"下午", U"中午", U"晚上", U"当天", U"当日"}); }

bool TimeReader::announced() const {
    auto words = text_.substr(0, start_);
    while (ends_with_any(words, {U"于", U"在", U"为", U":", U"至", U"到", U"是"})) words.remove_suffix(1);
    return ends_with_any(words, {U"不晚", U"不晚于", U"最迟", U"至迟", U"最晚", U"不迟", U"不迟于", U"不得晚", U"不得迟", U"截止", U"截至", U"截止时间", U"截止日期", U"期限", U"时限", U"时间", U"限"});
}

std::vector<TimeWord> times_in(std::u32string_view text, std::size_t from, std::size_t to, const Around& around) {
    std::vector<TimeWord> out;
    const auto figure = [&](std::size_t at) { return text[at] >= U'0' && text[at] <= U'9'; };
    for (std::size_t at = from; at < to;) {
        if (at > from && figure(at) && figure(at - 1)) {  // none begins within a number
            ++at;
            continue;
        }
        if (auto word = TimeReader(text, from, at, to, around).read(); word && word->to > at) {
            at = word->to;
            out.push_back(std::move(*word));
        } else {
            ++at;
        }
    }
    return out;
}

}  // namespace anban::notices
