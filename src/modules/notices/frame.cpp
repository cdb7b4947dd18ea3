#include "modules/notices/frame.h"

#include <algorithm>

namespace anban::notices {
namespace {

View cut(View text, Span span) { return span.empty() ? View() : text.substr(span.from, span.to - span.from); }

bool is_break(char32_t c) { return c == U',' || c == U';' || c == U':' || c == U'。' || c == U'\n'; }

// Where the round bracket that is open at `at` began; npos: none is.
std::size_t open_bracket(View text, Span within, std::size_t at) {
    int depth = 0;
    for (std::size_t i = at; i > within.from; --i) {
        if (text[i - 1] == U')') ++depth;
        if (text[i - 1] == U'(' && depth-- == 0) return i - 1;
    }
    return View::npos;
}

std::size_t close_bracket(View text, std::size_t open, std::size_t end) {
    int depth = 0;
    for (std::size_t i = open; i < end; ++i) {
        if (text[i] == U'(') ++depth;
        if (text[i] == U')' && --depth == 0) return i;
    }
    return end;
}

// A day that only tells of a paper, a meeting, an act in the past.
bool tells_of_the_past(View text, const TimeWord& time, Span sentence) {
    const auto after = text.substr(time.to, std::min<std::size_t>(6, sentence.to - time.to));
    if (starts_with_any(after, {U"印发", U"下发", U"发布", U"召开", U"成立", U"施行", U"实施", U"发生", U"出台", U"以来", U"召集", U"开展", U"举行", U"举办", U"完成"})) return true;
    const auto open = text.substr(sentence.from, time.from - sentence.from).rfind(U'《');
    return open != View::npos && text.substr(sentence.from + open, time.from - sentence.from - open).find(U'》') == View::npos;
}

View trimmed(View words) {
    for (bool again = true; again;) {
        again = false;
        for (const View head : {View(U","), View(U"、"), View(U":"), View(U"并"), View(U"同时"), View(U"另外"), View(U"此外"), View(U"其中"), View(U"请"), View(U"由"), View(U"将"), View(U"把"), View(U"和"), View(U"及时"), View(U"相应"), View(U"均"), View(U"分别"), View(U"于"), View(U"在"), View(U"须"), View(U"要"), View(U"应"), View(U"需"), View(U"一并"), View(U"统一"), View(U"务必"), View(U"书面"), View(U"以"), View(U"一次")})
            if (words.starts_with(head) && words.size() > head.size() + 1) words.remove_prefix(head.size()), again = true;
        for (const View tail : {View(U","), View(U"、"), View(U":"), View(U"并"), View(U"于"), View(U"在"), View(U"均"), View(U"分别"), View(U"要"), View(U"应"), View(U"须"), View(U"需"), View(U"请"), View(U"及时"), View(U"一并"), View(U"统一"), View(U"等"), View(U"汇总后"), View(U"汇总"), View(U"务必"), View(U"进行"), View(U"按时"), View(U"书面"), View(U"及"), View(U"和"), View(U"应当"), View(U"必须"), View(U"通过"), View(U"报"), View(U"一式两份"), View(U"经审核后"), View(U"盖章后"), View(U"逐级"), View(U"按要求"), View(U"如实")})
            if (words.ends_with(tail) && words.size() > tail.size() + 1) words.remove_suffix(tail.size()), again = true;
    }
    return words;
}

class Builder {
public:
    Builder(View text, Span sentence, const Around& around) : text_(text), sentence_(sentence), times_(times_in(text, sentence.from, sentence.to, around)) {
        std::erase_if(times_, [&](const TimeWord& t) { return tells_of_the_past(text_, t, sentence_); });
    }

    std::vector<Frame> build() {
        const auto verbs = verbs_in(text_, sentence_.from, sentence_.to);
        std::vector<Frame> out;
        std::size_t from = sentence_.from;
        for (std::size_t i = 0; i < verbs.size(); ++i) {
            Frame frame;
            frame.verb = verbs[i];
            frame.left = {from, verbs[i].from};
            const auto open = open_bracket(text_, sentence_, verbs[i].from);
            if (open != View::npos) frame.left.from = std::max(frame.left.from, open + 1);
            const std::size_t next = i + 1 < verbs.size() ? verbs[i + 1].from : sentence_.to;
            frame.right = {verbs[i].to, right_end(verbs[i].to, open == View::npos ? sentence_.to : close_bracket(text_, open, sentence_.to), next)};
            read(frame);
            from = open == View::npos ? frame.right.to : close_bracket(text_, open, sentence_.to);
            if (open == View::npos && out.size() > 0 && frame.left.empty()) frame.left.from = frame.verb.from;
            out.push_back(std::move(frame));
        }
        return out;
    }

private:
    // To the comma, past what stands in brackets; a verb inside those brackets is a frame of its own.
    [[nodiscard]] std::size_t right_end(std::size_t from, std::size_t end, std::size_t next) const {
        std::size_t at = from;
        for (; at < end; ++at) {
            const char32_t c = text_[at];
            if (c == U'《') at = std::min(text_.find(U'》', at), end - 1);
            else if (c == U'(') at = close_bracket(text_, at, end);
            else if (c == U',' || c == U';' || c == U':' || c == U'。' || c == U'\n' || c == U')') break;
            else if (at >= next) break;
        }
        return std::min(at, end);
    }

    void read(Frame& frame) const {
        const auto left = cut(text_, frame.left);
        frame.asked = contains_any(left, {U"请", U"须", U"要", U"应", U"务必", U"需", U"必须", U"将", U"于", U"每"});
        frame.refers_back = contains_any(left, {U"上述", U"以上", U"前述"}) || contains_any(cut(text_, frame.right), {U"上述", U"以上材料", U"以上信息"});
        read_times(frame);
        read_subject(frame);
        read_right(frame);
        if (frame.recipient.empty()) read_toward(frame);
        if (frame.materials.empty()) read_left_materials(frame);
        frame.papers_only = !frame.materials.empty() && std::ranges::all_of(frame.materials, [](View m) {
            return m.size() <= 14 && ends_with_any(m, {U"电子版", U"纸质版", U"扫描件", U"扫描版", U"电子文档", U"纸质件", U"纸质材料", U"电子件", U"盖章扫描件", U"一份", U"Word版", U"PDF版", U"电子文本"});
        });
    }

    void read_times(Frame& frame) const {
        for (const auto& time : times_) {
            const bool left = time.from >= frame.left.from && time.to <= frame.left.to;
            if (!left) continue;
            if (time.active_from && time.dues.empty() && !time.firm) frame.active = time;
            else if (time.recurrence == Recurrence::immediate && time.dues.empty()) frame.soft = time;
            else if (time.firm || (time.recurrence == Recurrence::once && !time.bare_month && close_to_verb(time, frame))) frame.times.push_back(time);
        }
        if (frame.times.empty()) read_times_behind(frame);
    }
    // 3月3日报送: a day right before the verb limits it too.
    [[nodiscard]] bool close_to_verb(const TimeWord& time, const Frame& frame) const {
        return !time.dues.empty() && cut(text_, {time.to, frame.verb.from}).size() <= 8 && cut(text_, {time.to, frame.verb.from}).find(U',') == View::npos;
    }
    // 报送市安委办(每月25日前); 报送时间为每周五
    void read_times_behind(Frame& frame) const {
        const auto end = std::min(sentence_.to, frame.right.to + 30);
        for (const auto& time : times_) {
            if (time.from < frame.verb.to || time.to > end || !time.firm || (time.recurrence == Recurrence::immediate && time.dues.empty())) continue;
            const auto between = cut(text_, {frame.verb.to, time.from});
            const bool inside = open_bracket(text_, sentence_, time.from) != View::npos && time.from <= frame.right.to;
            if (inside || contains_any(between, {U"时间", U"时限", U"期限", U"截止"})) {
                frame.times.push_back(time);
                return;
            }
        }
    }

    // The last chunk that names who must report, up to its modal word.
    void read_subject(Frame& frame) const {
        for (std::size_t from = frame.left.from; from < frame.left.to;) {
            std::size_t to = from;
            for (int depth = 0; to < frame.left.to && (depth > 0 || !is_break(text_[to])); ++to) depth += text_[to] == U'(' ? 1 : text_[to] == U')' && depth > 0 ? -1 : 0;
            read_subject_in(cut(text_, {from, to}), frame);
            from = to + 1;
        }
    }
    void read_subject_in(View chunk, Frame& frame) const {
        for (const View head : {View(U"请"), View(U"由"), View(U"并"), View(U"同时"), View(U"其中"), View(U"凡"), View(U"另")})
            if (chunk.starts_with(head)) chunk.remove_prefix(head.size());
        std::size_t end = chunk.size();
        for (const View modal : {View(U"要"), View(U"应"), View(U"须"), View(U"需"), View(U"必须"), View(U"务必"), View(U"请"), View(U"于"), View(U"将"), View(U"在"), View(U"每"), View(U"按"), View(U"均"), View(U"负责"), View(U"一律"), View(U"分别"), View(U"及时"), View(U"向"), View(U"统一"), View(U"定期"), View(U"自"), View(U"从"), View(U"也"), View(U"立即"), View(U"报"), View(U"把"), View(U"对"), View(U"结合"), View(U"根据"), View(U"汇总"), View(U"指定"), View(U"明确"), View(U"接"), View(U"收到"), View(U"发现"), View(U"发生"), View(U"逐"), View(U"通过"), View(U"可"), View(U"继续"), View(U"务"), View(U"审核"), View(U"核实"), View(U"成立"), View(U"提交"), View(U"组织"), View(U"编制"), View(U"建立"), View(U"制定"), View(U"实行"), View(U"确定"), View(U"就"), View(U"配合"), View(U"上报"), View(U"接报"), View(U"推荐"), View(U"提供"), View(U"以"), View(U"应当"), View(U"开展"), View(U"填写"), View(U"安排"), View(U"复工"), View(U"负责人")})
            if (const auto at = chunk.find(modal); at != View::npos && at > 1) end = std::min(end, at);
        for (std::size_t i = 0; i < end; ++i)
            if (chunk[i] >= U'0' && chunk[i] <= U'9') end = i;
        const auto words = trimmed(chunk.substr(0, end));
        const auto rest = chunk.substr(std::min(end, chunk.size()));
        if (words.size() < 2 || !ends_as_office(words)) return;
        if (!names_reporters(words) && rest.starts_with(U"将") && !rest.starts_with(U"将本")) {
            frame.by_office = true;
            frame.reporters = words;
        } else if (names_reporters(words) && (end < chunk.size() || chunk.size() > words.size())) {
            frame.by_office = false;
            frame.reporters = words;
        } else if (names_reporters(words) || (words.size() <= 16 && starts_with_any(rest, {U"应", U"须", U"必须", U"要", U"务", U"审核", U"核实", U"接", U"于", U"每", U"提交", U"在", U"将", U"负责", U"实行", U"组织"}))) {
            frame.reporters = words;
        }
    }

    void read_right(Frame& frame) const {
        const auto words = without_brackets(cut(text_, frame.right));
        View view = words;
        for (const View tail : {View(U"备案"), View(U"汇总"), View(U"审核"), View(U"备查"), View(U"存档"), View(U"审定"), View(U"审批"), View(U"研究"), View(U"处"), View(U"统一汇总")})
            if (view.ends_with(tail) && view.size() > tail.size() + 1 && ends_as_office(view.substr(0, view.size() - tail.size()))) view.remove_suffix(tail.size());
        if (view.empty()) return;
        if (const auto to = split_toward(view); to != View::npos) {
            frame.recipient = trimmed(view.substr(to));
            view = view.substr(0, to - 1);
            add_materials(frame, view);
            return;
        }
        const bool toward = ends_with_any(cut(text_, {frame.verb.from, frame.verb.to}), {U"至", U"到", U"给"});
        if (toward || (ends_as_office(view) && !looks_material(view))) frame.recipient = trimmed(view);
        else add_materials(frame, view);
    }
    static bool looks_material(View view) { return ends_with_any(view, {U"企业", U"单位", U"人员", U"联络员", U"信息", U"情况"}) && !starts_with_any(view, {U"市", U"省", U"县", U"区", U"局", U"厅"}); }
    // 报总结至市安委办: where the office begins.
    static std::size_t split_toward(View view) {
        for (const View word : {View(U"报送至"), View(U"发送至"), View(U"至"), View(U"到"), View(U"给")}) {
            const auto at = view.rfind(word);
            if (at != View::npos && at > 0 && ends_as_office(view) && at + word.size() < view.size()) return at + word.size();
        }
        return View::npos;
    }
    // 向省厅报送
    void read_toward(Frame& frame) const {
        const auto left = cut(text_, frame.left);
        for (const View word : {View(U"向"), View(U"给"), View(U"至")}) {
            const auto at = left.rfind(word);
            if (at == View::npos || left.size() - at > 40) continue;
            const auto words = trimmed(left.substr(at + word.size()));
            if (words.size() >= 2 && ends_as_office(words) && words.find(U',') == View::npos) {
                frame.recipient = words;
                return;
            }
        }
    }
    // 将总结于3月1日前报送; 总结于3月1日前报送
    void read_left_materials(Frame& frame) const {
        std::size_t end = frame.left.to;
        for (const auto& time : frame.times)
            if (time.from >= frame.left.from && time.to <= frame.left.to) end = std::min(end, time.from);
        if (frame.soft && frame.soft->from >= frame.left.from && end == frame.left.to) end = frame.soft->from;
        const auto whole = cut(text_, frame.left);
        for (const View word : {View(U"将"), View(U"把")}) {
            const auto at = whole.rfind(word);
            if (at == View::npos || at + 2 >= whole.size()) continue;
            auto stop = frame.left.to;
            const auto start = frame.left.from + at + 1;
            for (const auto& time : times_)
                if (time.from > start && time.from < stop) stop = time.from;
            if (frame.soft && frame.soft->from > start) stop = std::min(stop, frame.soft->from);
            add_materials(frame, cut(text_, {start, stop}));
            if (!frame.materials.empty()) return;
        }
        auto from = end;
        while (from > frame.left.from && text_[from - 1] != U',' && text_[from - 1] != U';' && text_[from - 1] != U':') --from;
        auto words = cut(text_, {from, end});
        if (!frame.reporters.empty() && words.starts_with(frame.reporters)) words.remove_prefix(frame.reporters.size());
        if (ends_as_material(trimmed(words)) && words.size() > 1) add_materials(frame, words);
    }
    void add_materials(Frame& frame, View words) const {
        const auto plain = without_brackets(words);
        for (auto one : listed(plain)) {
            one = trimmed(one);
            for (const View head : {View(U"本单位的"), View(U"本辖区的"), View(U"本部门的"), View(U"本地区的"), View(U"本单位"), View(U"本辖区"), View(U"本地区"), View(U"本部门"), View(U"本辖区本专委会"), View(U"各自"), View(U"有关"), View(U"相关")})
                if (one.starts_with(head) && one.size() > head.size() + 1) one.remove_prefix(head.size());
            if (one.size() < 2 && one != View(U"表")) continue;
            if (frame.materials.size() < 12) frame.materials.emplace_back(one);
        }
        const auto verb = cut(text_, {frame.verb.from, frame.verb.to});
        const bool strong = starts_with_any(verb, {U"报送", U"上报", U"呈报", U"填报"});
        if (!strong && !std::ranges::any_of(frame.materials, [](View m) { return ends_as_material(m); })) frame.materials.clear();
    }

    View text_;
    Span sentence_;
    std::vector<TimeWord> times_;
};

}  // namespace

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

std::vector<Frame> frames_of(View text, Span sentence, const Around& around) { return Builder(text, sentence, around).build(); }

}  // namespace anban::notices
