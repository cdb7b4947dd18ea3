#include <algorithm>

#include "core/utf8.h"
#include "modules/notices/time_reader.h"
#include "modules/notices/words.h"

namespace anban::notices {

// 活动举办5日前, 期限届满20个工作日前
bool TimeReader::comes_before_an_event(std::string_view duration) {
    const auto at = scan_.at();
    if (!scan_.take_any({U"之前", U"以前", U"前"})) return false;
    const bool counted = duration.ends_with("WD") || duration.starts_with("PT");
    if (counted || ends_with_any(before(), {U"开工", U"举办", U"举行", U"开始", U"期满", U"届满", U"到期", U"实施", U"施工", U"作业", U"开学", U"召开", U"活动", U"使用", U"投产", U"运行", U"期限", U"之日", U"变更", U"开业", U"至少"})) return true;
    scan_.go(at);
    return false;
}

bool TimeReader::relative() {
    const bool ahead = scan_.take_any({U"提前", U"前"}) && (text_[start_] == U'提' || !before().empty());
    if (ahead && scan_.sees_any({U"一日", U"一天", U"一周", U"一月", U"一个", U"一年", U"一季"})) return false;  // 前一日: the day before
    const auto duration = duration_at();
    if (!duration) return first_day();
    const bool within = scan_.take_any({U"之内", U"以内", U"内"});
    if (!within && !ahead && comes_before_an_event(*duration)) {
        word_.recurrence = Recurrence::immediate;
        word_.firm = true;
        due("-" + *duration);
        word_.event = event_words(true);
        return true;
    }
    const bool at_most = ends_with_any(text_.substr(0, start_), {U"不超过", U"不能超过", U"不得超过", U"时限为", U"时限是"});
    if (!ahead && !within && !at_most) return false;
    word_.recurrence = Recurrence::immediate;
    word_.firm = true;
    due((ahead ? "-" : "") + *duration);
    word_.event = event_words(ahead);
    return true;
}

std::optional<std::string> TimeReader::duration_at() {
    if (scan_.take_any({U"半个小时", U"半小时"})) return "PT30M";
    if (scan_.take_any({U"半个月", U"半月"})) return "P15D";
    const auto n = scan_.number();
    if (!n || n->value > 999) return std::nullopt;
    const auto count = std::to_string(n->value);
    if (scan_.take_any({U"个工作日", U"工作日"})) return "P" + count + "WD";
    if (scan_.take_any({U"个小时", U"小时"})) return "PT" + count + "H";
    if (scan_.take_any({U"分钟", U"分"})) return "PT" + count + "M";
    if (scan_.take_any({U"日", U"天"})) return "P" + count + "D";
    if (scan_.take(U"个月")) return "P" + std::to_string(n->value * 30) + "D";
    if (scan_.take_any({U"周", U"个星期", U"星期", U"礼拜"})) return "P" + std::to_string(n->value * 7) + "D";
    return std::nullopt;
}

bool TimeReader::first_day() {
    scan_.go(start_);
    if (scan_.take_any({U"次日", U"第二天", U"翌日"})) {
        const auto at = scan_.at();
        if (hours_at(scan_).empty()) scan_.go(at);
        take_part_of_day();
        if (!take_limit(scan_) && !scan_.sees_any({U"提交", U"报", U"上报", U"交", U"书面"})) return false;
        word_.recurrence = Recurrence::immediate;
        word_.firm = true;
        due("P1D");
        return true;
    }
    if (scan_.take_any({U"第一天", U"首日", U"第一个工作日", U"第1天"})) {
        if (!ends_with_any(before(), {U"后", U"后的", U"之后"})) return false;
    } else if (!scan_.take_any({U"当日", U"当天", U"当晚"})) {
        return false;
    } else if (hour_of_each_day()) {
        return true;
    } else if (!scan_.sees_any({U"报", U"上报", U"书面", U"电话", U"内", U"以"}) && !contains_any(sentence(), {U"发生", U"发现", U"事故", U"接报", U"接到", U"完成", U"结束", U"举办", U"收到", U"扑灭", U"处置", U"批复", U"下达", U"出现", U"遇有", U"凡", U"变化", U"变动", U"伤亡"})) {
        return false;
    }
    take_limit(scan_);
    word_.recurrence = Recurrence::immediate;
    word_.firm = true;
    due("P1D");
    word_.event = event_words(false);
    return true;
}

bool TimeReader::hour_of_each_day() {
    const auto at = scan_.at();
    auto hours = hours_at(scan_);
    if (hours.size() != 1 || !take_limit(scan_)) return scan_.go(at), false;
    if (text_[start_ + 1] == U'晚' && hours.front() < 12 * 60) hours.front() += 12 * 60;
    word_.recurrence = Recurrence::daily;
    word_.firm = true;
    due(hour_text(hours.front()));
    return true;
}

std::string TimeReader::event_words(bool ahead) const {
    auto words = before();
    if (words.ends_with(U'、')) return {};  // 半小时内电话报告、2小时内书面报告: one event
    // 发生事故的,企业应在1小时内…: what stands between is who reports; the event is the clause before.
    auto who = words;
    while (ends_with_any(who, {U"应", U"应当", U"须", U"要", U"必须", U"务必", U"在", U"于", U"由", U"请"})) who.remove_suffix(1);
    if (const auto begin = static_cast<std::size_t>(words.data() - text_.data()); begin > first_ + 2 && text_[begin - 1] == U',' && (who.empty() || ends_as_office(who))) {
        auto clause = text_.substr(first_, begin - 1 - first_);
        if (const auto mark = clause.find_last_of(U"。;,:!?\n"); mark != clause.npos) clause.remove_prefix(mark + 1);
        while (starts_with_any(clause, {U"如", U"若", U"凡", U"一旦"}) && clause.size() > 3) clause.remove_prefix(clause.starts_with(U"一旦") ? 2 : 1);
        if (ends_with_any(clause, {U"的", U"后", U"时", U"完毕"}) || starts_with_any(clause, {U"发生", U"发现", U"出现", U"遇", U"接到", U"接报", U"收到"})) {
            words = clause;
            ahead = false;
        }
    }
    for (const std::u32string_view tail : {U"之日起", U"起", U"之后", U"后的", U"后", U"之日", U"的", U"时"})
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

bool TimeReader::soft() {
    if (scan_.sees(U"随") && scan_.next(2) == U'随' && scan_.next(3) == U'报') return scan_.go(start_ + 3), word_.recurrence = Recurrence::immediate, true;
    if (!scan_.take_any({U"即发即", U"一事一", U"即刻", U"当即", U"随即", U"即行", U"立刻", U"及时", U"定期", U"随时", U"适时", U"不定期", U"尽快", U"即时", U"实时", U"立即", U"第一时间", U"迅速", U"马上"})) return false;
    const auto word = text_.substr(start_, scan_.at() - start_);
    word_.recurrence = Recurrence::immediate;
    word_.soft = !starts_with_any(word, {U"立即", U"第一时间", U"马上", U"即时", U"迅速", U"即发即", U"一事一", U"即刻", U"当即", U"随即", U"即行", U"立刻"});
    return true;
}

}  // namespace anban::notices
