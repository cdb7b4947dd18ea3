#include "modules/notices/terms.h"

#include "core/utf8.h"

namespace anban::notices {
namespace {

const std::initializer_list<View> kQuotaUnits = {U"篇", U"条", U"份", U"个", U"起", U"张", U"段", U"批次", U"件", U"次", U"部", U"项", U"名", U"例", U"幅", U"处", U"家"};

std::string quota_unit(Scan& scan) {
    for (const auto unit : kQuotaUnits)
        if (scan.take(unit)) return utf8::encode(unit);
    return {};
}

}  // namespace

// 不少于5篇, 至少2条, 3-5条, 5篇以上, 不超过10条
std::optional<Quota> quota_in(View words) {
    for (std::size_t at = 0; at < words.size(); ++at) {
        Scan scan(words, at);
        Quota out;
        const bool least = scan.take_any({U"不得少于", U"不少于", U"至少", U"不低于", U"最少"});
        const bool most = !least && scan.take_any({U"不超过", U"不得超过", U"至多", U"不多于", U"最多"});
        scan.take_any({U"报送", U"上报", U"报", U"提供", U"推荐"});
        const auto n = scan.number();
        if (!n) continue;
        const bool range = scan.take_any({U"-", U"至", U"到"});
        const auto to = range ? scan.number() : std::nullopt;
        out.unit = quota_unit(scan);
        if (out.unit.empty()) continue;
        if (least || range) out.min = n->value;
        if (most) out.max = n->value;
        if (to) out.max = to->value;
        if (!least && !most && !range) {
            if (!scan.take_any({U"以上", U"及以上"})) continue;
            out.min = n->value;
        }
        const auto left = words.substr(at < 24 ? 0 : at - 24, std::min<std::size_t>(at, 24));
        const auto per = [&](Words hints) { return contains_any(left, hints); };
        out.per = per({U"每月", U"月"}) ? "month" : per({U"每周"}) ? "week" : per({U"每季"}) ? "quarter" : per({U"每年", U"全年"}) ? "year" : per({U"每天", U"每日"}) ? "day" : "";
        return out;
    }
    return std::nullopt;
}

std::vector<std::string> papers_in(View words) {
    std::vector<std::string> out;
    const auto add = [&](Words hints, const char* paper) { if (contains_any(words, hints)) out.emplace_back(paper); };
    add({U"电子版", U"电子文档", U"电子件", U"电子文本", U"电子稿", U"Word", U"word"}, "e-copy");
    add({U"扫描件", U"扫描版", U"盖章PDF", U"盖章电子版", U"PDF扫描"}, "stamped-scan");
    add({U"纸质", U"书面材料加盖", U"盖章件", U"一式"}, "paper");
    add({U"视频", U"影像", U"录像"}, "video");
    add({U"图片", U"照片", U"图文"}, "photo");
    return out;
}

bool asks_nil(View words) {
    return contains_any(words, {U"零报告", U"零报送", U"零上报", U"无情况也", U"没有情况也", U"无相关情况的也", U"无也要", U"没有也", U"没有的也", U"无的也", U"无情况的也", U"无数据也", U"无信息也", U"无内容也", U"无进展也"}) ||
           (words.find(U"“零") != View::npos && words.find(U"报告") != View::npos);
}

std::optional<std::string> window_in(View words) {
    static const std::initializer_list<std::pair<View, const char*>> rules = {
        {U"上周五至", "FRI..THU"}, {U"上周", "last-week"}, {U"本周", "week"}, {U"当周", "week"}, {U"上月", "last-month"}, {U"上个月", "last-month"}, {U"当月", "month"},
        {U"本月", "month"}, {U"上季度", "last-quarter"}, {U"本季度", "quarter"}, {U"上半年", "half"}, {U"全年", "year"}, {U"年度", "year"}};
    for (const auto& [word, rule] : rules)
        if (words.find(word) != View::npos) return rule;
    return std::nullopt;
}

void add_quota(const Quota& quota, Duty& duty) {
    duty.quota_min = quota.min;
    duty.quota_max = quota.max;
    duty.quota_unit = quota.unit;
    if (!quota.per.empty()) duty.quota_per = quota.per;
    if (duty.due || duty.recurrence != Recurrence::immediate || quota.per.empty() || duty.event) return;
    duty.soft = false;
    duty.recurrence = quota.per == "month" ? Recurrence::monthly : quota.per == "week" ? Recurrence::weekly : quota.per == "quarter" ? Recurrence::quarterly : quota.per == "year" ? Recurrence::yearly : Recurrence::daily;
}

}  // namespace anban::notices
