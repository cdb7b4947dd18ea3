#include "modules/notices/frame.h"

#include <algorithm>

namespace anban::notices {
namespace {

constexpr std::size_t kMostVerbs = 24;  // of a sentence that somebody wrote

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

class Builder {
public:
    Builder(View text, Span sentence, const Around& around) : text_(text), sentence_(sentence), times_(times_in(text, sentence.from, sentence.to, around)) {
        std::erase_if(times_, [&](const TimeWord& t) { return tells_of_the_past(text_, t, sentence_); });
    }

    std::vector<Frame> build() {
        auto verbs = verbs_in(text_, sentence_.from, sentence_.to);
        if (verbs.size() > kMostVerbs) verbs.resize(kMostVerbs);
        std::vector<Frame> out;
        std::size_t from = sentence_.from;
        for (std::size_t i = 0; i < verbs.size(); ++i) {
            Frame frame;
            frame.verb = verbs[i];
            frame.sentence = sentence_;
            frame.left = {from, verbs[i].from};
            const auto open = open_bracket(text_, sentence_, verbs[i].from);
            if (open != View::npos) frame.left.from = from > verbs[i].from ? open + 1 : std::max(from, open + 1);
            const std::size_t next = i + 1 < verbs.size() ? verbs[i + 1].from : sentence_.to;
            frame.right = {verbs[i].to, right_end(verbs[i].to, open == View::npos ? sentence_.to : close_bracket(text_, open, sentence_.to), next)};
            read(frame);
            const auto closed = open == View::npos ? frame.right.to : close_bracket(text_, open, sentence_.to);
            from = next < closed ? frame.right.to : closed;
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
            if (at > from && at < next && starts_a_time(at, next)) break;
            if (c == U'《') at = std::min(text_.substr(0, end).find(U'》', at), end - 1);
            else if (c == U'(') at = close_bracket(text_, at, end);
            else if (c == U',' || c == U';' || c == U':' || c == U'。' || c == U'\n' || c == U')') break;
            else if (at >= next) break;
        }
        return std::min(at, end);
    }

    // 30分钟内电话报市防汛办、1小时内书面报告: a time behind one verb that belongs to the next.
    [[nodiscard]] bool starts_a_time(std::size_t at, std::size_t next) const {
        const auto ahead = text_[at] == U'、' || text_[at] == U'和' || text_[at] == U'于' ? at + 1 : at;
        return next < sentence_.to && std::ranges::any_of(times_, [&](const TimeWord& time) {
                   return time.from == ahead && time.to <= next && time.firm && std::none_of(text_.begin() + static_cast<std::ptrdiff_t>(time.to), text_.begin() + static_cast<std::ptrdiff_t>(next), is_break);
               });
    }

    void read(Frame& frame) const {
        const auto left = cut(text_, frame.left);
        frame.asked = contains_any(cut(text_, {sentence_.from, frame.verb.from}), {U"请", U"须", U"要", U"应", U"务必", U"需", U"必须", U"将", U"于", U"每"});
        frame.refers_back = contains_any(left, {U"上述", U"以上", U"前述"}) || contains_any(cut(text_, frame.right), {U"上述", U"以上材料", U"以上信息"});
        frame.along = goes_along(left);
        read_times(frame);
        read_subject(frame);
        read_right(frame);
        if (frame.recipient.empty()) read_toward(frame);
        if (frame.materials.empty()) read_left_materials(frame);
        std::erase_if(frame.materials, [&](const std::u32string& one) { return !frame.reporters.empty() && (one == frame.reporters || frame.reporters.ends_with(one)); });
        frame.papers_only = frame.times.empty() && !frame.materials.empty() && std::ranges::all_of(frame.materials, [](View m) {
            return m.size() <= 14 && ends_with_any(m, {U"电子版", U"纸质版", U"扫描件", U"扫描版", U"电子文档", U"纸质件", U"纸质材料", U"电子件", U"盖章扫描件", U"一份", U"Word版", U"PDF版", U"电子文本"});
        });
    }

    static View goes_along(View left) {
        for (const View word : {View(U"随"), View(U"与"), View(U"同")}) {
            const auto at = left.rfind(word);
            if (at == View::npos || left.size() - at > 14 || left.substr(at).find(U',') != View::npos || starts_with_any(left.substr(at), {U"随时", U"随即", U"同时", U"同步", U"同一", U"同级"})) continue;
            auto name = left.substr(at + 1);
            const bool together = ends_with_any(name, {U"一并", U"一同", U"一起", U"同时", U"一道"});
            if (together) name.remove_suffix(2);
            if (name.size() >= 2 && (together || (word == U"随" && ends_with_any(name, {U"报", U"表", U"总结", U"报告"})))) return name;
        }
        return {};
    }

    void read_times(Frame& frame) const {
        for (const auto& time : times_) {
            const bool left = time.from >= frame.left.from && time.to <= frame.left.to;
            if (!left) continue;
            if (time.active_from && time.dues.empty() && !time.firm) frame.active = time;
            else if (time.recurrence == Recurrence::immediate && time.dues.empty()) frame.soft = time;
            else if (time.firm || (time.recurrence == Recurrence::once && !time.bare_month && close_to_verb(time, frame))) frame.times.push_back(time);
        }
        const auto aside = [&](const TimeWord& time) { return open_bracket(text_, frame.left, time.from) != View::npos; };  // 视频(3分钟以内)
        if (!std::ranges::all_of(frame.times, aside)) std::erase_if(frame.times, aside);
        if (frame.times.empty()) read_times_behind(frame);
        share_the_year(frame);
        if (!frame.soft && frame.times.empty() && ends_with_any(cut(text_, frame.left), {U"一个、", U"一起、", U"一处、", U"一家、", U"一例、", U"一件、"})) {  // 发现一处、上报一处
            frame.soft.emplace();
            frame.soft->from = frame.soft->to = frame.left.to;
            frame.soft->recurrence = Recurrence::immediate;
        }
    }
    // 每年6月20日前、12月5日前: the second day is each year's too.
    void share_the_year(Frame& frame) const {
        for (std::size_t i = 1; i < frame.times.size(); ++i) {
            const auto& before = frame.times[i - 1];
            auto& time = frame.times[i];
            const auto between = cut(text_, {before.to, time.from});
            if (before.recurrence != Recurrence::yearly || time.recurrence != Recurrence::once || time.dues.size() != 1 || between.size() > 1) continue;
            time.recurrence = Recurrence::yearly;
            time.dues = {time.dues.front().substr(5)};
        }
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
            const auto said = cut(text_, {time.from, time.to});
            if (inside || ends_with_any(said, {U"截止", U"截稿", U"为止"}) || contains_any(between, {U"时间", U"时限", U"期限", U"截止", U"不超过", U"最迟", U"至迟", U"不晚于", U"不迟于", U"最晚", U"不得超过"})) {
                frame.times.push_back(time);
                return;
            }
        }
    }

    void read_subject(Frame& frame) const {
        frame.reporters = subject_in(text_, frame.left, times_);
        const auto left = cut(text_, frame.left);
        const auto at = frame.reporters.empty() ? View::npos : left.find(frame.reporters);
        const auto rest = at == View::npos ? View() : left.substr(at + frame.reporters.size());
        const bool told = at != View::npos && at > 0 && (left[at - 1] == U'由' || left[at - 1] == U'请');
        frame.by_office = !told && rest.starts_with(U"将") && !rest.starts_with(U"将本") && !names_reporters(frame.reporters);
    }

    void read_right(Frame& frame) const {
        auto words = cut(text_, frame.right);
        if (words.empty()) return;
        if (const auto to = split_toward(words); to != View::npos) {
            frame.recipient = receiver_in(words.substr(to));
            add_materials(frame, words.substr(0, to - 1), false);
            return;
        }
        const bool toward = ends_with_any(cut(text_, {frame.verb.from, frame.verb.to}), {U"至", U"到", U"给"});
        const auto receiver = receiver_in(words);
        if (toward || ((ends_as_office(receiver) || receiver == U"部" || receiver == U"局") && !looks_material(receiver))) frame.recipient = receiver;
        else add_materials(frame, words, true);
    }
    static bool looks_material(View view) { return ends_with_any(view, {U"企业", U"单位", U"人员", U"联络员", U"信息", U"情况", U"项目"}) && !starts_with_any(view, {U"市", U"省", U"县", U"区", U"局", U"厅", U"所在", U"主管", U"上级"}); }
    // 报总结至市安委办: where the office begins.
    static std::size_t split_toward(View view) {
        for (const View word : {View(U"报送至"), View(U"发送至"), View(U"至"), View(U"到"), View(U"给")}) {
            const auto at = view.rfind(word);
            if (at != View::npos && at > 0 && ends_as_office(receiver_in(view.substr(at + word.size()))) && at + word.size() < view.size()) return at + word.size();
        }
        return View::npos;
    }
    // 向省厅报送, 在…系统填报
    void read_toward(Frame& frame) const {
        const auto left = cut(text_, frame.left);
        for (const View word : {View(U"向"), View(U"给"), View(U"至"), View(U"到"), View(U"在"), View(U"通过"), View(U"于")}) {
            const auto at = left.rfind(word);
            if (at == View::npos || left.size() - at > 40) continue;
            const auto words = trimmed(left.substr(at + word.size()));
            const bool where = word == U"在" || word == U"通过" || word == U"于";
            if (words.size() < 2 || words.find(U',') != View::npos || !ends_as_office(words)) continue;
            if (where && !ends_with_any(words, {U"系统", U"平台", U"群", U"系统”", U"平台”", U"群”", U"网站", U"小程序"})) continue;
            frame.recipient = words;
            return;
        }
    }
    // 将总结于3月1日前报送; 总结于3月1日前报送; 编制方案,3月1日前报…; 发现隐患的,立即报告
    void read_left_materials(Frame& frame) const {
        const auto whole = cut(text_, frame.left);
        for (const View word : {View(U"将"), View(U"把"), View(U"连同")}) {
            const auto at = whole.rfind(word);
            if (at == View::npos || at + 2 >= whole.size()) continue;
            const auto start = frame.left.from + at + word.size();
            auto stop = frame.left.to;
            for (const auto& time : times_)
                if (time.from > start && time.from < stop && time.firm) stop = time.from;
            if (frame.soft && frame.soft->from > start) stop = std::min(stop, frame.soft->from);
            auto words = cut(text_, {start, stop});
            if (const auto to = words.find(U'向'); to != View::npos && to > 1) words = words.substr(0, to);
            if (const auto comma = words.find(U','); comma != View::npos && comma > 1) words = words.substr(0, comma);
            frame.materials = materials_in(words);
            if (!frame.materials.empty()) return;
        }
        auto end = frame.left.to;
        for (const auto& time : frame.times)
            if (time.from >= frame.left.from && time.to <= frame.left.to) end = std::min(end, time.from);
        if (frame.soft && frame.soft->from >= frame.left.from && end == frame.left.to) end = frame.soft->from;
        auto from = end;
        while (from > frame.left.from && !is_break(text_[from - 1])) --from;
        auto words = cut(text_, {from, end});
        if (!frame.reporters.empty())
            if (const auto at = words.find(frame.reporters); at == 0 || (at != View::npos && at == words.size() - frame.reporters.size())) words = at == 0 ? words.substr(frame.reporters.size()) : words.substr(0, at);
        for (const View by : {View(U"由"), View(U"请"), View(U"务必")})
            if (const auto at = words.find(by); at != View::npos && at > 1) words = words.substr(0, at);
        words = without_event(words);
        const auto plain = without_brackets(trimmed(words));
        if (ends_as_material(plain) && plain.size() > 1) add_materials(frame, words, false);
        if (frame.materials.empty()) frame.materials = materials_before(text_, frame.left);
        if (frame.materials.empty()) frame.materials = what_happened(text_, frame.left);
        const auto verb = cut(text_, {frame.verb.from, frame.verb.to});
        if (frame.materials.empty() && verb == U"供稿") frame.materials.emplace_back(U"稿件");
        if (frame.materials.empty() && ends_with_any(verb, {U"书面报告", U"电话报告", U"口头报告", U"文字报告"})) frame.materials.emplace_back(verb);
    }
    // 总体预案自印发之日起: the clock's event is no part of the name.
    static View without_event(View words) {
        if (!ends_with_any(words, {U"起", U"后", U"之日", U"后的"})) return words;
        for (const View word : {View(U"自"), View(U"于"), View(U"在"), View(U"从")})
            if (const auto at = words.rfind(word); at != View::npos && at > 1) return words.substr(0, at);
        return words;
    }
    void add_materials(Frame& frame, View words, bool object) const {
        frame.materials = materials_in(words);
        const auto verb = cut(text_, {frame.verb.from, frame.verb.to});
        const bool strong = starts_with_any(verb, {U"报送", U"上报", U"呈报", U"填报", U"报"}) || (object && starts_with_any(verb, {U"报告", U"续报", U"补报", U"汇报", U"书面报告", U"电话报告", U"上传", U"提交"}));
        if (!strong && !std::ranges::any_of(frame.materials, [](View m) { return ends_as_material(m); })) frame.materials.clear();
        if (words == U"一次" || words == U"1次") frame.materials.clear();
    }

    View text_;
    Span sentence_;
    std::vector<TimeWord> times_;
};

}  // namespace

std::vector<Frame> frames_of(View text, Span sentence, const Around& around) { return Builder(text, sentence, around).build(); }

}  // namespace anban::notices
