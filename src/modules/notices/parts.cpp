#include "modules/notices/parts.h"

#include <algorithm>

namespace anban::notices {
namespace {

// What a subject is followed by.
const Lexicon kStarters{
    U"部署", U"安排", U"要", U"应", U"须", U"需", U"必须", U"务必", U"请", U"于", U"将", U"在", U"每", U"按", U"均", U"负责", U"一律", U"分别", U"分头", U"及时", U"向", U"统一", U"定期", U"自", U"从", U"也", U"立即", U"报", U"把", U"对", U"结合",
    U"根据", U"汇总", U"指定", U"明确", U"接报", U"接到", U"接", U"收到", U"发现", U"发生", U"逐", U"通过", U"可", U"继续", U"审核", U"核实", U"成立", U"提交", U"组织", U"编制", U"建立", U"制定", U"实行", U"确定", U"就", U"配合", U"上报", U"推荐",
    U"提供", U"以", U"开展", U"填写", U"如实", U"安排", U"复工", U"另", U"再", U"还", U"先", U"至少", U"随", U"凭", U"不", U"没有", U"未", U"派", U"完成", U"形成", U"填报", U"录入", U"上传", U"写", U"撰写", U"同时", U"同步", U"一并", U"自行", U"认真",
    U"全面", U"严格", U"如", U"若", U"遇", U"凡", U"除", U"经", U"会同", U"共同", U"单独", U"当", U"给", U"为", U"至迟", U"最迟", U"限", U"有", U"实施", U"合并", U"受", U"因", U"出现", U"迟", U"必", U"无论", U"拟", U"迅", U"马上", U"第一时间", U"各写", U"查处", U"办结", U"更新", U"交", U"送", U"发", U"传", U"寄", U"转",
};
// … and words that only begin like one.
const Lexicon kNoStarters{
    U"应急", U"有关", U"有限", U"在建", U"在校", U"自然", U"自治", U"自建", U"经信", U"经济", U"经开", U"经营", U"组织部", U"就业", U"以及", U"以上", U"以下", U"对外", U"负责人", U"发展", U"发改", U"交通", U"交警", U"传媒", U"转运", U"报社", U"接待", U"当地", U"不动产", U"安排部", U"可能", U"为主", U"送变", U"发电", U"先进",
    U"给水", U"给排", U"寄宿", U"交投", U"交建", U"公共", U"有色", U"需求", U"要素", U"随州", U"因公", U"交易", U"如皋", U"从业", U"应对", U"如东", U"向阳", U"在册", U"受灾", U"拟上",
};

bool starts_predicate(View rest) { return kStarters.begins(rest) && !kNoStarters.begins(rest); }

constexpr std::initializer_list<View> kRequests = {U"请", U"由", U"并", U"同时", U"其中", U"凡", U"另", U"且", U"再", U"望", U"此外", U"要求", U"特别是", U"遇有", U",", U"即"};

View without_request(View words) {
    for (bool again = true; again;) {
        again = false;
        for (const View head : kRequests)
            if (words.starts_with(head) && words.size() > head.size() + 1) words.remove_prefix(head.size()), again = true;
    }
    return words;
}

// 第十一条 before a rule's text.
View without_number(View words) {
    if (!words.starts_with(U'第')) return words;
    const auto at = words.find_first_of(U"条款项");
    return at == View::npos || at > 6 ? words : words.substr(at + 1);
}

// The shortest beginning that is an office and goes on with what an office does.
View subject_at(View words, std::size_t limit) {
    words = without_number(words);
    words = without_request(words);
    int depth = 0;
    const auto end = std::min({words.size(), limit, std::size_t{60}});
    for (std::size_t i = 0; i < end; ++i) {
        if (words[i] == U'(') ++depth;
        if (words[i] == U')' && depth > 0) --depth;
        const auto n = i + 1;
        if (depth > 0 || n < 2 || (n < words.size() && words[n] == U'(')) continue;
        const auto name = words.substr(0, n), rest = words.substr(n);
        if (name.ends_with(U"所") && rest.starts_with(U"在")) continue;  // 所在乡镇
        if (ends_as_office(name) && ((n == limit && (n < words.size() || names_reporters(name))) || starts_predicate(rest))) return name;
    }
    if (!starts_with_any(words, {U"各", U"每", U"全体", U"所有", U"市直各", U"县直各", U"区直各"})) return {};
    const auto head = words.substr(0, std::min<std::size_t>(end, 16));
    for (auto n = head.size(); n >= 2; --n)
        if (ends_as_office(head.substr(0, n)) && !ends_with_any(head.substr(0, n), {U"以上", U"项目"})) return head.substr(0, n);
    return {};
}

bool is_name(View words) {
    if (words == U"发现单位" || words.starts_with(U"有关")) return words.size() > 3;
    return words.size() >= 2 && words.find_first_of(U"0123456789《。") == View::npos && !starts_with_any(words, {U"按", U"对", U"在", U"以", U"将", U"为", U"根据", U"未", U"不", U"发生", U"发现", U"涉及", U"经", U"向", U"通过", U"到", U"组", U"确保", U"检查后", U"有", U"给", U"登录", U"白天", U"季度", U"任何", U"原", U"其", U"该", U"此", U"听", U"信息未", U"查办", U"掌握", U"针对", U"离开", U"领导干部离"});
}

constexpr std::initializer_list<View> kMakes = {U"填写", U"编制", U"制定", U"形成", U"撰写", U"写出", U"建立", U"填报", U"梳理", U"提出", U"完成", U"编写", U"起草", U"拟定", U"汇总", U"更新", U"拍摄", U"报名", U"推荐", U"录制", U"做好", U"准备", U"完善", U"出具", U"填好", U"汇编", U"签订", U"另写", U"拿出", U"列出", U"整理", U"收齐"};

std::vector<std::u32string> titled(View words) {
    std::vector<std::u32string> out;
    for (auto open = words.find(U'《'); open != View::npos && out.size() < 12;) {
        const auto close = words.find(U'》', open);
        if (close == View::npos) break;
        out.emplace_back(words.substr(open, close + 1 - open));
        open = words.find(U'《', close);
    }
    return out;
}

bool is_form(View name) {
    return ends_with_any(name, {U"形式", U"格式", U"方式", U"版本"}) || (name.size() <= 8 && ends_with_any(name, {U"电子版", U"纸质版", U"纸质", U"扫描件", U"扫描版", U"电子文档", U"可编辑版", U"电子件", U"纸质件"}));
}

}  // namespace

View cut(View text, Span span) { return span.empty() ? View() : text.substr(span.from, span.to - span.from); }
bool is_break(char32_t c) { return c == U',' || c == U';' || c == U':' || c == U'。' || c == U'\n'; }

std::u32string without_brackets(View words) {
    std::u32string out;
    int depth = 0;
    for (const char32_t c : words) {
        if (c == U'(') ++depth;
        if (depth == 0) out += c;
        if (c == U')' && depth > 0) --depth;
    }
    return out;
}

View trimmed(View words) {
    static constexpr std::initializer_list<View> heads = {U",", U"、", U":", U"并", U"同时", U"另外", U"此外", U"其中", U"请", U"由", U"将", U"把", U"和", U"及时", U"相应", U"均", U"分别", U"于", U"在", U"须", U"要", U"应", U"需", U"一并", U"统一", U"务必", U"书面", U"以", U"一次", U"各自", U"连同", U"须将", U"再"};
    static constexpr std::initializer_list<View> tails = {U",", U"、", U":", U"并", U"于", U"在", U"均", U"分别", U"要", U"应", U"须", U"需", U"请", U"及时", U"一并", U"统一", U"等", U"汇总后", U"汇总", U"务必", U"进行", U"按时", U"书面", U"及", U"和", U"应当", U"必须", U"通过", U"报", U"一式两份", U"一式三份", U"经审核后",
                                                          U"盖章后", U"逐级", U"按要求", U"如实", U"须同时", U"同时", U"也", U"还", U"一同", U"即", U"另", U"再", U"立即", U"每月", U"每周", U"要同时", U"直接"};
    for (bool again = true; again;) {
        again = false;
        for (const View head : heads)
            if (words.starts_with(head) && words.size() > head.size() + 1 && !words.starts_with(U"应急")) words.remove_prefix(head.size()), again = true;
        for (const View tail : tails)
            if (words.ends_with(tail) && words.size() > tail.size() + 1 && !ends_with_any(words, {U"申请", U"情况汇总", U"数据汇总", U"快报", U"月报", U"周报", U"日报", U"季报", U"年报", U"简报", U"专报", U"通报", U"情报", U"预报"})) words.remove_suffix(tail.size()), again = true;
    }
    return words;
}

std::u32string subject_in(View text, Span left, const std::vector<TimeWord>& times) {
    std::u32string found;
    const auto try_at = [&](std::size_t from, std::size_t to) {
        if (from >= to) return;
        auto limit = to;
        for (const auto& time : times)
            if (time.from > from && time.from < limit) limit = time.from;
        const auto words = cut(text, {from, to});
        const auto stripped = without_request(without_number(words));
        const auto lost = words.size() - stripped.size();
        const auto name = subject_at(stripped, limit - from > lost ? limit - from - lost : 0);
        const auto who = trimmed(name);
        if (is_name(name) && is_name(who) && !contains_any(who, {U"本单位", U"本行业", U"本区", U"本辖区", U"本部门", U"本地区", U"本系统"})) found = who;
    };
    for (auto from = left.from; from < left.to;) {
        auto to = from;
        for (int depth = 0; to < left.to && (depth > 0 || !is_break(text[to])); ++to) depth += text[to] == U'(' ? 1 : text[to] == U')' && depth > 0 ? -1 : 0;
        try_at(from, to);
        for (const auto& time : times)
            if (time.from >= from && time.to < to) try_at(time.to, to);
        for (auto at = from + 1; at + 2 < to; ++at)
            if ((text[at] == U'由' && View(U"理缘来自于").find(text[at - 1]) == View::npos) || (text[at] == U'请' && text[at - 1] != U'申' && text[at + 1] != U'示')) try_at(at + 1, to);
        from = to + 1;
    }
    return found;
}

// One word of the list is itself a material: 做法、成效; not 火灾、爆炸 of 火灾、爆炸等事故.
bool starts_a_list(View words) {
    const auto first = words.substr(0, words.find(U'、'));
    return ends_as_material(first);
}

// 典型案例2个, 一次工作情况, 3-5条建议
View without_count(View words) {
    for (const View head : {View(U"一次"), View(U"1次"), View(U"一期"), View(U"一份"), View(U"一篇")})
        if (words.starts_with(head) && words.size() > head.size() + 1) words.remove_prefix(head.size());
    constexpr View units = U"篇条份个起张段件次部项名例幅处家期则套";
    if (words.size() > 3 && units.find(words.back()) != View::npos) {
        auto end = words.size() - 1;
        while (end > 0 && View(U"0123456789一二三四五六七八九十两-至").find(words[end - 1]) != View::npos) --end;
        if (end >= 2 && end + 1 < words.size()) return words.substr(0, end);
    }
    return words;
}

// 查处或曝光的典型案例: a list within the modifier names no materials.
View without_modifier(View words) {
    const auto of = words.rfind(U'的');
    if (of == View::npos || of + 2 >= words.size() || words.find(U'《') != View::npos) return words;
    const auto head = words.substr(of + 1), modifier = words.substr(0, of);
    return ends_as_material(head) && !starts_a_list(modifier) && modifier.find_first_of(U"或和及与、") != View::npos && head.find_first_of(U"、和及与") == View::npos ? head : words;
}

std::vector<std::u32string> materials_in(View phrase) {
    static constexpr std::initializer_list<View> owners = {U"本单位的", U"本辖区的", U"本部门的", U"本地区的", U"本单位", U"本辖区", U"本地区", U"本部门", U"各自的", U"各自", U"有关", U"相关", U"加盖公章的", U"盖章后的", U"盖章的"};
    auto plain = without_brackets(phrase);
    for (const View count : {View(U"不少于"), View(U"不得少于"), View(U"不超过"), View(U"不多于"), View(U"至少"), View(U"不低于")})
        if (const auto at = plain.find(count); at != plain.npos && at > 1) plain.resize(at);
    for (const View shape : {View(U"以书面"), View(U"以电子"), View(U"以纸质"), View(U"并附"), View(U",以"), View(U"以正式")})
        if (const auto at = plain.find(shape); at != plain.npos && at > 0) plain.resize(at);
    // 做法、成效、问题等信息: the word behind 等 names them all.
    if (const auto etc = plain.rfind(U'等'); etc != plain.npos && plain.find(U'、') < etc && etc + 2 < plain.size() && ends_as_material(View(plain).substr(etc + 1)) && plain.find(U'》') == plain.npos && plain.find_first_of(U"、,和及", etc) == plain.npos && starts_a_list(View(plain).substr(0, etc)))
        plain.erase(0, etc + 1);
    std::vector<std::u32string> out;
    for (auto one : listed(without_modifier(plain))) {
        one = trimmed(one);
        for (const View head : owners)
            if (one.starts_with(head) && one.size() > head.size() + 1) one.remove_prefix(head.size());
        one = without_count(one);
        if ((one.size() < 2 && one != View(U"表")) || out.size() >= 12) continue;
        out.emplace_back(one);
    }
    if (std::ranges::any_of(out, [](const auto& one) { return !is_form(one); })) std::erase_if(out, [](const auto& one) { return is_form(one); });
    return out;
}

std::vector<std::u32string> materials_before(View text, Span left) {
    const auto words = cut(text, left);
    if (auto names = titled(words); !names.empty()) return names;
    for (auto to = words.size(); to > 0;) {
        auto from = to;
        while (from > 0 && !is_break(words[from - 1])) --from;
        auto clause = words.substr(from, to - from);
        to = from == 0 ? 0 : from - 1;
        for (const View make : kMakes)
            if (const auto at = clause.rfind(make); at != View::npos && at + make.size() < clause.size()) {
                const auto object = trimmed(clause.substr(at + make.size()));
                if (ends_as_material(without_brackets(object)) && object.size() <= 40) return materials_in(object);
            }
        for (const View by : {View(U"经"), View(U"须由"), View(U"应由"), View(U"由")})  // 自评材料经法定代表人签字后
            if (const auto at = clause.find(by); at != View::npos && at >= 2 && at <= 24 && ends_as_material(clause.substr(0, at)) && !contains_any(clause.substr(0, at), {U"要", U"应", U"发生", U"发现"})) return materials_in(clause.substr(0, at));
        const auto topic = without_brackets(trimmed(clause));
        if (from == 0 && to == 0 && topic.size() >= 2 && topic.size() <= 40 && ends_as_material(topic) && !contains_any(topic, {U"按照", U"根据", U"发生", U"发现", U"要", U"应", U"须", U"开展", U"加强"})) return materials_in(clause);
    }
    return {};
}

std::vector<std::u32string> what_happened(View text, Span left) {
    const auto words = cut(text, left);
    for (const View word : {View(U"发现"), View(U"出现"), View(U"遇有"), View(U"碰到"), View(U"发生"), View(U"如遇"), View(U"遇到")}) {
        auto at = words.rfind(word);
        if (at == View::npos) continue;
        at += word.size();
        auto to = at;
        while (to < words.size() && !is_break(words[to]) && !starts_with_any(words.substr(to), {U"的,", U"后", U"时", U"应", U"要", U"须", U"立即", U"第一时间", U"的第一"})) ++to;
        auto name = words.substr(at, to - at);
        if (name.ends_with(U'的')) name.remove_suffix(1);
        if (name.starts_with(U"单位")) continue;
        if (name.size() >= 2 && name.size() <= 30) return {std::u32string(name)};
    }
    return {};
}

std::u32string receiver_in(View phrase) {
    if (phrase.ends_with(U')')) {
        const auto open = phrase.rfind(U'(');
        const auto inside = open == View::npos ? View() : phrase.substr(open + 1, phrase.size() - open - 2);
        if (open != View::npos && open > 1 && (inside.size() > 6 || inside.find_first_of(U"0123456789:@") != View::npos || !ends_as_office(inside))) phrase = phrase.substr(0, open);
    }
    for (const View tail : {View(U"并附"), View(U"并说明"), View(U"并抄"), View(U",")})
        if (const auto at = phrase.find(tail); at != View::npos && at > 1) phrase = phrase.substr(0, at);
    for (const View tail : {View(U"备案"), View(U"汇总"), View(U"审核"), View(U"备查"), View(U"存档"), View(U"审定"), View(U"审批"), View(U"研究"), View(U"销案"), View(U"销号"), View(U"统一汇总"), View(U"处"), View(U"抽阅"), View(U"审查")})
        if (phrase.ends_with(tail) && phrase.size() > tail.size() && ends_as_office(phrase.substr(0, phrase.size() - tail.size()))) {
            phrase.remove_suffix(tail.size());
            break;
        }
    return std::u32string(trimmed(phrase));
}

}  // namespace anban::notices
