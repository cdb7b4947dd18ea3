#include "modules/notices/duties.h"

#include <algorithm>

#include "core/utf8.h"
#include "modules/notices/duty_times.h"
#include "modules/notices/frame.h"
#include "modules/notices/office.h"
#include "modules/notices/terms.h"

namespace anban::notices {
namespace {

std::string utf8_of(View words) { return utf8::encode(words); }

class Collector {
public:
    Collector(const Text& text, const Structure& structure) : text_(text), plain_(text.plain()), structure_(structure), times_(plain_, structure) {
        around_ = {structure.year, structure.issued ? structure.issued->month : 0, false, structure.issued ? structure.issued->day : 0};
    }

    Duties collect() {
        for (const auto& sentence : structure_.sentences) {
            if (const auto top = sentence.section.substr(0, sentence.section.find('(')); top != top_) {
                top_ = top;
                if (!reporters_.starts_with(U'各')) reporters_.clear();  // whom a whole class is told, the next section still tells
            }
            if (!sentence.heading && !read_row(sentence)) read(sentence);
        }
        part_the_offices_own(out_, structure_.issuer);
        name_receivers(out_);
        return std::move(out_);
    }

private:
    void read(const Sentence& sentence) {
        const auto frames = frames_of(plain_, {sentence.from, sentence.to}, around_);
        const auto first = out_.owed.size();
        for (const auto& frame : frames) {
            if (!frame.reporters.empty() && !frame.by_office) reporters_ = frame.reporters;
            take(frame, sentence, first);
        }
        finish(sentence, first, frames.size());
    }

    // --- a line of a table: what, who, when, set apart by blanks

    bool read_row(const Sentence& sentence) {
        const auto columns = columns_of(sentence);
        if (columns.size() < 3) return false;
        Duty duty;
        std::optional<TimeWord> time;
        View rhythm;
        for (const auto& column : columns) {
            const auto words = cut(plain_, column);
            const auto quotas = quota_in(words);
            if (words == U"周" || words == U"月" || words == U"季" || words == U"日") rhythm = words;
            else if (auto found = quotas ? std::nullopt : time_of(column); !time && found) time = std::move(found);
            else if (duty.reporters.empty() && ends_as_office(words) && (names_reporters(words) || !duty.materials.empty()) && !ends_as_place(words)) duty.reporters = utf8_of(words);
            else if (duty.materials.empty() && ends_as_material(words) && words.size() > 1) duty.materials = {utf8_of(words)};
            else if (!duty.reporters.empty() && duty.recipient.empty() && ends_as_office(words)) duty.recipient = utf8_of(words);
        }
        const auto quota = quota_in(cut(plain_, {sentence.from, sentence.to}));
        if (duty.materials.empty() || duty.reporters.empty() || (!time && !(quota && !quota->per.empty()))) return false;
        duty.from = static_cast<std::int64_t>(text_.raw_at(sentence.from));
        duty.to = static_cast<std::int64_t>(text_.raw_end(sentence.to));
        duty.section = sentence.section;
        duty.papers = papers_in(cut(plain_, {sentence.from, sentence.to}));
        duty.confidence = 0.8;
        if (!time) duty.recurrence = Recurrence::immediate;
        else times_.add(*time, duty);
        const bool weekday = time && !time->dues.empty() && time->dues.front()[0] >= 'A';
        if (weekday && rhythm == U"周" && duty.recurrence == Recurrence::once) duty.recurrence = Recurrence::weekly, duty.due = time->dues.front();
        times_.add_each(duty, time ? &*time : nullptr, out_.owed);
        if (quota) add_quota(*quota, out_.owed.back());
        return true;
    }
    [[nodiscard]] std::vector<Span> columns_of(const Sentence& sentence) const {
        std::vector<Span> columns{{sentence.from, sentence.from}};
        for (auto at = sentence.from; at < sentence.to; ++at) {
            const bool bar = plain_[at] == U'|';
            if (at > sentence.from && (bar || text_.raw_at(at) > text_.raw_at(at - 1) + 2 || text_.tab_before(at))) columns.push_back({at, at});
            if (bar) columns.back().from = at + 1;
            columns.back().to = at + 1;
        }
        std::erase_if(columns, [](const Span& column) { return column.empty(); });
        return columns;
    }
    // 每周四16:00前; also without its marks, as tables have it: 周五15:00, 季度终了后12日.
    [[nodiscard]] std::optional<TimeWord> time_of(Span column) const {
        const auto words = cut(plain_, column);
        if (words.size() < 2 || words.size() > 30) return std::nullopt;
        for (const View before : {View(), View(U"每")}) {
            const auto whole = std::u32string(before) + std::u32string(words) + (words.ends_with(U'前') || words.ends_with(U'内') ? U"" : U"前");
            const auto times = times_in(whole, 0, whole.size(), around_);
            if (times.empty() || times.front().from > 2 || !times.front().firm || (times.front().dues.empty() && times.front().recurrence == Recurrence::once)) continue;
            if (times.front().to + 1 < whole.size() && whole[times.front().to] != U'(') continue;  // 月报表 is no time
            auto time = times.front();
            time.from = column.from;
            time.to = column.to;
            return time;
        }
        const auto times = times_in(plain_, column.from, column.to, around_);
        if (times.size() == 1 && times.front().from <= column.from + 2) return times.front();
        return std::nullopt;
    }
    static bool ends_as_place(View words) { return ends_with_any(words, {U"平台", U"系统", U"群", U"邮箱", U"信箱", U"邮件"}); }

    // --- one frame

    void take(const Frame& frame, const Sentence& sentence, std::size_t first) {
        if (frame.papers_only && sends_elsewhere(frame, first)) return copy_to(frame);
        if (frame.papers_only) return add_papers(frame, first);
        if (!frame.times.empty() && frame.materials.empty() && frame.recipient.empty() && out_.owed.size() > first && !out_.owed.back().due &&
            frame.times.front().recurrence == Recurrence::once) return times_.add(frame.times.front(), out_.owed.back(), true);
        if (gives_the_day(frame, first)) return add_day(frame);
        if (frame.times.empty() && only_tells_where(frame)) return add_recipient(frame, first);
        if (!frame.along.empty() && frame.times.empty() && !out_.owed.empty()) return take_along(frame, sentence, first);
        const auto shared = shared_day(frame, sentence);
        if (!is_duty(frame, shared.has_value())) return;
        auto& to = frame.by_office ? out_.office : out_.owed;
        const auto groups = split_by_time(frame);
        for (auto group : groups) {
            Duty duty = begin(frame, sentence);
            if (!group.time && shared) group.time = &*shared, duty.optional = false;
            if (group.time) times_.add(*group.time, duty);
            if (duty.event && duty.event->empty()) duty.event = out_.owed.size() > first ? out_.owed.back().event : std::nullopt;
            if (!group.reporters.empty()) duty.reporters = utf8_of(group.reporters);
            if (!group.materials.empty()) duty.materials = group.materials;
            if (duty.recipient.empty() && !frame.by_office && out_.owed.size() > first) duty.recipient = out_.owed.back().recipient;
            // The next tier of a sentence hands on what the one before handed in.
            if (duty.materials.empty() && group.time && group.time->recurrence != Recurrence::immediate && out_.owed.size() > first) duty.materials = out_.owed.back().materials;
            times_.add_each(duty, group.time, to);
        }
    }
    // 按月更新数据,每月10日报联席办: the clause before said what, this one by when and to whom.
    [[nodiscard]] bool gives_the_day(const Frame& frame, std::size_t first) const {
        return frame.times.size() == 1 && frame.materials.empty() && !frame.recipient.empty() && frame.reporters.empty() && out_.owed.size() > first && !out_.owed.back().due &&
               out_.owed.back().recipient.empty() && frame.times.front().recurrence == out_.owed.back().recurrence && !frame.times.front().dues.empty();
    }
    void add_day(const Frame& frame) {
        auto& duty = out_.owed.back();
        times_.add(frame.times.front(), duty, true);
        duty.recipient = utf8_of(frame.recipient);
        duty.to = static_cast<std::int64_t>(text_.raw_end(frame.right.to));
    }
    // 电子版报市局,盖章件同时送县局: the same once more, on other paper, to another office.
    [[nodiscard]] bool sends_elsewhere(const Frame& frame, std::size_t first) const {
        return out_.owed.size() > first && !frame.recipient.empty() && !ends_as_place(frame.recipient) && ends_as_office(frame.recipient) &&
               !out_.owed.back().recipient.empty() && !ends_as_place(utf8::decode(out_.owed.back().recipient)) && out_.owed.back().recipient.find(utf8_of(frame.recipient)) == std::string::npos;
    }
    void copy_to(const Frame& frame) {
        auto duty = out_.owed.back();
        std::u32string words;
        for (const auto& material : frame.materials) words += material;
        duty.papers = papers_in(words);
        duty.recipient = utf8_of(frame.recipient);
        duty.from = static_cast<std::int64_t>(text_.raw_at(frame.left.from));
        duty.to = static_cast<std::int64_t>(text_.raw_end(frame.right.to));
        out_.owed.push_back(std::move(duty));
    }
    // 随月报一并报送: by the deadline of the monthly report.
    void take_along(const Frame& frame, const Sentence& sentence, std::size_t first) {
        const auto name = utf8_of(frame.along);
        const auto is_named = [&](const Duty& duty) {
            const bool by_rhythm = (frame.along.ends_with(U"月报") && duty.recurrence == Recurrence::monthly) || (frame.along.ends_with(U"周报") && duty.recurrence == Recurrence::weekly) || (frame.along.ends_with(U"日报") && duty.recurrence == Recurrence::daily) ||
                                   (frame.along.ends_with(U"季报") && duty.recurrence == Recurrence::quarterly);
            return by_rhythm || std::ranges::any_of(duty.materials, [&](const std::string& one) { return one.find(name) != std::string::npos || (one.size() > 3 && name.find(one) != std::string::npos); });
        };
        auto found = std::ranges::find_if(out_.owed.rbegin(), out_.owed.rend(), is_named);
        if (found == out_.owed.rend()) found = out_.owed.rbegin();
        const auto named = *found;
        if (out_.owed.size() > first && !out_.owed.back().due && &*found != &out_.owed.back()) {  // 每月另报案例1个,随月报一并报送
            out_.owed.back().recurrence = named.recurrence;
            out_.owed.back().due = named.due;
            return;
        }
        Duty duty = begin(frame, sentence);
        if (frame.reporters.empty() && reporters_.empty()) duty.reporters = named.reporters;
        if (duty.recipient.empty()) duty.recipient = named.recipient;
        duty.recurrence = named.recurrence;
        duty.due = named.due;
        duty.event = named.event;
        duty.optional = false;
        if (duty.materials.empty()) {
            const auto before = cut(plain_, {sentence.from, frame.left.to});
            for (const View verb : {View(U"上报"), View(U"推荐"), View(U"报送"), View(U"提供"), View(U"报"), View(U"附")})
                if (const auto at = before.find(verb); at != View::npos && duty.materials.empty()) {
                    const auto from = at + verb.size();
                    for (const auto& one : materials_in(before.substr(from, std::min(before.find(U',', from), before.size()) - from))) duty.materials.push_back(utf8_of(one));
                }
        }
        out_.owed.push_back(std::move(duty));
    }
    [[nodiscard]] bool only_tells_where(const Frame& frame) const {
        return !frame.recipient.empty() && (frame.materials.empty() || frame.refers_back) && !out_.owed.empty() && (!frame.soft || frame.refers_back);
    }
    void add_papers(const Frame& frame, std::size_t first) {
        std::u32string words;
        for (const auto& material : frame.materials) words += material;
        const auto papers = papers_in(words);
        const bool all = plain_.substr(frame.left.from, frame.left.to - frame.left.from).find(U'均') != View::npos;
        for (auto i = all || out_.owed.size() == first ? std::min(first, out_.owed.size()) : out_.owed.size() - 1; i < out_.owed.size(); ++i) out_.owed[i].papers = papers;
        if (out_.owed.size() == first && !out_.owed.empty()) out_.owed.back().papers = papers;
    }
    // "…并报送市安委办": the same once more to another; "上述材料报送至…": all that has nowhere to go yet.
    void add_recipient(const Frame& frame, std::size_t first) {
        const auto recipient = utf8_of(frame.recipient);
        const auto joined = [&](Duty& duty) {
            if (duty.recipient.empty()) duty.recipient = recipient;
            else if (duty.recipient.find(recipient) == std::string::npos) duty.recipient += "、" + recipient;
        };
        if (out_.owed.size() > first) {
            joined(out_.owed.back());
            out_.owed.back().to = static_cast<std::int64_t>(text_.raw_end(frame.right.to));
            return;
        }
        for (auto& duty : out_.owed)
            if (duty.recipient.empty()) duty.recipient = recipient;
    }

    [[nodiscard]] bool is_duty(const Frame& frame, bool shares_a_day) const {
        const auto verb = View(plain_).substr(frame.verb.from, frame.verb.to - frame.verb.from);
        const bool weak = frame.verb.plain || frame.verb.loose || starts_with_any(verb, {U"汇报", U"反馈", U"提交", U"上传", U"录入", U"申报", U"送", U"填报", U"反映", U"直报", U"推送", U"发", U"传", U"交", U"寄", U"移", U"转", U"返", U"回", U"复", U"告"});
        const bool what = !frame.materials.empty() || frame.refers_back, whom = !frame.recipient.empty();
        const bool timed = shares_a_day || std::ranges::any_of(frame.times, [](const TimeWord& t) { return t.firm || !t.dues.empty() || t.recurrence != Recurrence::once; });
        const bool must = contains_any(cut(plain_, {frame.sentence.from, frame.verb.from}), {U"应", U"须", U"请", U"必须", U"务必", U"要"});
        if (!structure_.orders) return timed && what && whom && !weak && must;
        if (!structure_.addressed && !(must && (what || whom))) return timed && what && (whom || !frame.reporters.empty() || structure_.rules);
        if (verb == U"提出") return what && (whom || timed) && ends_with_any(frame.materials.front(), {U"申请", U"申请书", U"报告"});
        const bool told = starts_with_any(verb, {U"电话报告", U"口头报告", U"书面报告", U"文字报告", U"续报", U"补报", U"函告", U"报备", U"函复", U"告知"});
        if (contains_any(verb, {U"说明", U"通知", U"申请", U"登记", U"作出", U"写出", U"出具", U"打电话"}) && !whom) return false;
        if (timed && quota_in(cut(plain_, {frame.verb.from, frame.right.to})) && verb != U"更新") return true;
        if (timed && frame.verb.loose && verb != U"报告") return whom || (what && (frame.asked || !frame.reporters.empty()));
        const bool reports = verb.find(U'报') != View::npos && verb != U"报备";
        if (timed) return what || whom || told || reports || !frame.reporters.empty();
        const auto left = View(plain_).substr(frame.left.from, frame.left.to - frame.left.from);
        const bool happens = contains_any(left, {U"凡", U"如遇", U"遇有", U"遇到", U"发生", U"发现", U"出现", U"后", U"的,"});
        if (told && whom) return true;
        if (what && whom && ends_with_any(cut(plain_, frame.right), {U"备案"})) return true;
        if (frame.soft && !frame.soft->soft && reports && ends_with_any(verb, {U"报告", U"上报"})) return true;  // 立即报告
        if (frame.soft && reports && structure_.addressed && (what || whom || !frame.reporters.empty() || ends_with_any(verb, {U"报告", U"续报", U"补报"}))) return true;
        if (frame.soft && happens && (told || whom || what || verb == U"报告" || verb == U"上报")) return true;
        if (frame.soft) return what && (whom || (!weak && frame.asked));
        return what && whom && frame.asked && (!frame.verb.plain || !frame.reporters.empty());
    }

    // 9月18日报送小结,统计表同日送…; 3月25日前完成自查,自查报告同时报…: the day of the clause before.
    [[nodiscard]] std::optional<TimeWord> shared_day(const Frame& frame, const Sentence& sentence) const {
        if (!frame.times.empty() || frame.soft || frame.materials.empty() || frame.by_office) return std::nullopt;
        const auto left = cut(plain_, {frame.left.from, frame.verb.from});
        auto at = View::npos;
        for (const View word : {View(U"同日"), View(U"同时"), View(U"同步"), View(U"同期")}) at = std::min(at, left.rfind(word));
        if (at == View::npos) return std::nullopt;
        const auto times = times_in(plain_, sentence.from, frame.left.from + at, around_);
        if (times.empty() || times.back().recurrence == Recurrence::immediate || times.back().dues.size() != 1) return std::nullopt;  // one day, not several
        return times.back();
    }

    // Behind the last mark of a list that stands in no bracket.
    static View last_of_list(View words) {
        int depth = 0;
        for (auto at = words.size(); at > 0; --at) {
            if (words[at - 1] == U')') ++depth;
            if (words[at - 1] == U'(' && depth > 0) --depth;
            if (depth == 0 && View(U",、;").find(words[at - 1]) != View::npos) return words.substr(at);
        }
        return words;
    }
    struct Group {
        const TimeWord* time = nullptr;
        std::u32string reporters;
        std::vector<std::string> materials;
    };
    // 县区于10日前、市直部门于15日前…; A于3月1日前、B于4月1日前…
    [[nodiscard]] std::vector<Group> split_by_time(const Frame& frame) const {
        std::vector<Group> out;
        auto from = frame.left.from;
        for (const auto& time : frame.times) {
            if (time.from < from) {
                out.push_back({&time, {}, {}});
                continue;
            }
            auto words = View(plain_).substr(from, time.from - from);
            if (out.empty()) words = last_of_list(words);
            while (!words.empty() && View(U"、,;和及于在").find(words.front()) != View::npos) words.remove_prefix(1);
            while (!words.empty() && View(U"于在应要须需请").find(words.back()) != View::npos) words.remove_suffix(1);
            Group group{&time, {}, {}};
            if (frame.times.size() > 1 && words.size() > 1 && words.size() < 40) {
                if (ends_as_office(words) && !ends_as_material(words)) group.reporters = words;
                else if (ends_as_material(words)) group.materials.push_back(utf8_of(words));
            }
            const bool listed = words.empty() || words == U"各" || (!out.empty() && out.back().time && time.recurrence == Recurrence::immediate && out.back().time->recurrence == Recurrence::immediate && out.back().time->dues != time.dues);
            if (out.empty() || !group.reporters.empty() || !group.materials.empty() || listed) out.push_back(std::move(group));
            else out.back().time = &time;
            from = time.to;
        }
        if (out.size() > 1 && out.size() == frame.materials.size() && cut(plain_, frame.left).find(U"分别") != View::npos)  // 6月、12月分别报送小结和总结
            for (std::size_t i = 0; i < out.size(); ++i)
                if (out[i].materials.empty()) out[i].materials = {utf8_of(frame.materials[i])};
        if (out.empty()) out.push_back({frame.soft ? &*frame.soft : nullptr, {}, {}});
        return out;
    }

    [[nodiscard]] Duty begin(const Frame& frame, const Sentence& sentence) {
        Duty duty;
        auto from = frame.left.from;
        while (from < frame.verb.from && View(U",;:、 )。").find(plain_[from]) != View::npos) ++from;
        duty.from = static_cast<std::int64_t>(text_.raw_at(from));
        duty.to = static_cast<std::int64_t>(text_.raw_end(frame.right.to));
        duty.section = sentence.section;
        duty.reporters = utf8_of(frame.reporters.empty() ? reporters_ : frame.reporters);
        if (duty.reporters.empty()) duty.reporters = utf8_of(structure_.addressees);
        duty.recipient = utf8_of(frame.recipient);
        if (frame.refers_back && frame.materials.empty()) duty.materials = last_materials_;
        else for (const auto& material : frame.materials) duty.materials.push_back(utf8_of(material));
        if (!duty.materials.empty()) last_materials_ = duty.materials;
        const bool covers = frame.active && frame.active->active_to && plain_.substr(frame.active->to, 1) == U"的";  // 1月1日至2月28日的统计表
        if (frame.active && !covers) DutyTimes::add_active(*frame.active, duty);
        const auto words = View(plain_).substr(frame.left.from, frame.right.to - frame.left.from);
        duty.papers = papers_in(words);
        duty.window_rule = covers ? span_of(*frame.active) : window_in(words);
        duty.why.push_back(utf8_of(View(plain_).substr(frame.verb.from, frame.verb.to - frame.verb.from)));
        duty.optional = frame.times.empty() && !frame.soft;
        duty.confidence = 0.4 + (frame.times.empty() ? 0 : 0.2) + (frame.recipient.empty() ? 0 : 0.15) + (frame.materials.empty() ? 0 : 0.15) + (frame.asked ? 0.05 : 0);
        return duty;
    }
    static std::optional<std::string> span_of(const TimeWord& time) {
        const auto from = date_of(*time.active_from), to = date_of(*time.active_to);
        return from && to ? std::optional(format_date(*from) + ".." + format_date(*to)) : std::nullopt;
    }
    // --- what the sentence says of all its duties

    void finish(const Sentence& sentence, std::size_t first, std::size_t frames) {
        const auto words = View(plain_).substr(sentence.from, sentence.to - sentence.from);
        const bool nil = asks_nil(words);
        if (nil && first == out_.owed.size())
            for (auto i = first > 3 ? first - 3 : 0; i < first; ++i) out_.owed[i].nil = out_.owed[i].nil || out_.owed[i].section == sentence.section || i + 1 == first;
        const auto quota = quota_in(words);
        if (quota && first == out_.owed.size() && first > 0 && out_.owed.back().section == sentence.section && !out_.owed.back().quota_min) add_quota(*quota, out_.owed.back());
        for (auto i = first; i < out_.owed.size(); ++i) {
            auto& duty = out_.owed[i];
            duty.nil = duty.nil || nil;
            if (quota && (i + 1 == out_.owed.size() || out_.owed.size() == first + 1)) add_quota(*quota, duty);
        }
        for (auto i = first + 1; i < out_.owed.size(); ++i) sum_up(first, out_.owed[i]);
        if (out_.owed.size() == first + 1 && frames <= 2) {
            out_.owed[first].from = static_cast<std::int64_t>(text_.raw_at(sentence.from));
            out_.owed[first].to = static_cast<std::int64_t>(text_.raw_end(sentence.to));
            const auto papers = papers_in(words);
            if (out_.owed[first].papers.empty()) out_.owed[first].papers = papers;
        }
    }
    // 6月份每周四报…,6月23日前报总结: the summary is of those weeks.
    void sum_up(std::size_t first, Duty& duty) const {
        if (duty.recurrence != Recurrence::once || !duty.due || duty.window_rule) return;
        const auto sums = [](const std::string& name) { return ends_with_any(utf8::decode(name), {U"总结", U"小结", U"总结报告", U"统计表", U"汇总表"}); };
        if (std::ranges::none_of(duty.materials, sums)) return;
        for (auto i = first; i < out_.owed.size() && &out_.owed[i] != &duty; ++i) {
            const auto& weeks = out_.owed[i];
            if (weeks.recurrence == Recurrence::once || weeks.recurrence == Recurrence::immediate || !weeks.active_from || !weeks.active_to) continue;
            const auto day = duty.due->substr(0, 10);
            if (day >= *weeks.active_from && day.substr(0, 7) <= weeks.active_to->substr(0, 7)) duty.window_rule = *weeks.active_from + ".." + *weeks.active_to;
        }
    }

    const Text& text_;
    const std::u32string& plain_;
    const Structure& structure_;
    Around around_;
    std::string top_;  // the section of the first level
    std::u32string reporters_;
    std::vector<std::string> last_materials_;
    DutyTimes times_;
    Duties out_;
};

}  // namespace

Duties duties_of(const Text& text, const Structure& structure) { return Collector(text, structure).collect(); }

}  // namespace anban::notices
