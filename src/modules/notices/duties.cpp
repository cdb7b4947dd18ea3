#include "modules/notices/duties.h"

#include <algorithm>
#include <map>

#include "core/utf8.h"
#include "modules/notices/frame.h"

namespace anban::notices {
namespace {

std::string utf8_of(View words) { return utf8::encode(words); }

struct Quota {
    std::optional<int> min, max;
    std::string unit, per;
};

const std::initializer_list<View> kQuotaUnits = {U"篇", U"条", U"份", U"个", U"起", U"张", U"段", U"批次", U"件", U"次", U"部", U"项", U"名", U"例", U"幅", U"处", U"家"};

std::string quota_unit(Scan& scan) {
    for (const auto unit : kQuotaUnits)
        if (scan.take(unit)) return utf8_of(unit);
    return {};
}

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

class Collector {
public:
    Collector(const Text& text, const Structure& structure) : text_(text), plain_(text.plain()), structure_(structure) {
        if (structure.issued) around_ = {structure.issued->year, structure.issued->month, false};
        if (around_.year == 0) around_.year = year_named();
    }

    Duties collect() {
        for (const auto& sentence : structure_.sentences) {
            if (const auto top = sentence.section.substr(0, sentence.section.find('(')); top != top_) {
                top_ = top;
                reporters_.clear();
            }
            if (!sentence.heading && !read_row(sentence)) read(sentence);
        }
        return std::move(out_);
    }

private:
    [[nodiscard]] int year_named() const {
        std::map<int, int> votes;
        for (std::size_t at = 0; at + 5 < plain_.size(); ++at) {
            Scan scan(plain_, at);
            const auto n = scan.number();
            if (n && n->value >= 1990 && n->value <= 2100 && scan.sees(U"年")) ++votes[n->value];
        }
        const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
        return most == votes.end() ? 0 : most->first;
    }

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
        std::vector<Span> columns{{sentence.from, sentence.from}};
        for (auto at = sentence.from; at < sentence.to; ++at) {
            if (at > sentence.from && text_.raw_at(at) > text_.raw_at(at - 1) + 2) columns.push_back({at, at});
            columns.back().to = at + 1;
        }
        if (columns.size() < 3 || !verbs_in(plain_, sentence.from, sentence.to).empty()) return false;
        Duty duty;
        std::optional<TimeWord> time;
        for (const auto& column : columns) {
            const auto words = View(plain_).substr(column.from, column.to - column.from);
            const auto times = times_in(plain_, column.from, column.to, around_);
            if (!time && times.size() == 1 && times.front().from <= column.from + 2) time = times.front();
            else if (duty.reporters.empty() && names_reporters(words) && ends_as_office(words)) duty.reporters = utf8_of(words);
            else if (duty.materials.empty() && ends_as_material(words)) duty.materials.push_back(utf8_of(words));
        }
        if (!time || duty.materials.empty() || duty.reporters.empty()) return false;
        duty.from = static_cast<std::int64_t>(text_.raw_at(sentence.from));
        duty.to = static_cast<std::int64_t>(text_.raw_end(sentence.to));
        duty.section = sentence.section;
        duty.papers = papers_in(View(plain_).substr(sentence.from, sentence.to - sentence.from));
        duty.confidence = 0.8;
        add_time(*time, duty);
        add_each(duty, &*time, out_.owed);
        if (const auto quota = quota_in(View(plain_).substr(sentence.from, sentence.to - sentence.from))) add_quota(*quota, out_.owed.back());
        return true;
    }

    // --- one frame

    void take(const Frame& frame, const Sentence& sentence, std::size_t first) {
        if (frame.papers_only) return add_papers(frame, first);
        if (!frame.times.empty() && frame.materials.empty() && frame.recipient.empty() && out_.owed.size() > first && !out_.owed.back().due &&
            frame.times.front().recurrence == Recurrence::once) return add_time(frame.times.front(), out_.owed.back(), true);
        if (frame.times.empty() && only_tells_where(frame)) return add_recipient(frame, first);
        if (!is_duty(frame)) return;
        auto& to = frame.by_office ? out_.office : out_.owed;
        const auto groups = split_by_time(frame);
        for (const auto& group : groups) {
            Duty duty = begin(frame, sentence);
            if (group.time) add_time(*group.time, duty);
            if (!group.reporters.empty()) duty.reporters = utf8_of(group.reporters);
            if (!group.materials.empty()) duty.materials = group.materials;
            add_each(duty, group.time, to);
        }
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

    [[nodiscard]] bool is_duty(const Frame& frame) const {
        const auto verb = View(plain_).substr(frame.verb.from, frame.verb.to - frame.verb.from);
        const bool weak = frame.verb.plain || starts_with_any(verb, {U"报告", U"汇报", U"反馈", U"提交", U"上传", U"录入", U"申报", U"送", U"填报", U"反映", U"直报"});
        const bool what = !frame.materials.empty() || frame.refers_back, whom = !frame.recipient.empty();
        const bool timed = std::ranges::any_of(frame.times, [](const TimeWord& t) { return !t.dues.empty() || t.recurrence != Recurrence::once; });
        if (!structure_.orders) return timed && what && whom && !weak;
        if (verb == U"提出") return what && whom && ends_with_any(frame.materials.front(), {U"申请", U"申请书", U"报告"});
        const bool told = starts_with_any(verb, {U"电话报告", U"口头报告", U"书面报告", U"文字报告", U"续报", U"补报", U"函告", U"报备", U"函复", U"告知"});
        if (timed) return what || whom || told || !frame.reporters.empty();
        const auto left = View(plain_).substr(frame.left.from, frame.left.to - frame.left.from);
        const bool happens = contains_any(left, {U"凡", U"如遇", U"遇有", U"遇到", U"发生", U"发现", U"出现", U"后", U"的,"});
        if (frame.soft && happens && (whom || what || verb == U"报告" || verb == U"上报")) return true;
        if (frame.soft) return what && (whom || (!weak && frame.asked));
        return what && whom && frame.asked && (!frame.verb.plain || !frame.reporters.empty());
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
            if (const auto at = words.find_last_of(U",、;"); at != View::npos && out.empty()) words.remove_prefix(at + 1);
            while (!words.empty() && View(U"、,;和及于在").find(words.front()) != View::npos) words.remove_prefix(1);
            while (!words.empty() && View(U"于在应要须需请").find(words.back()) != View::npos) words.remove_suffix(1);
            Group group{&time, {}, {}};
            if (frame.times.size() > 1 && words.size() > 1 && words.size() < 40) {
                if (names_reporters(words) && ends_as_office(words)) group.reporters = words;
                else if (ends_as_material(words)) group.materials.push_back(utf8_of(words));
            }
            if (out.empty() || !group.reporters.empty() || !group.materials.empty()) out.push_back(std::move(group));
            else out.back().time = &time;
            from = time.to;
        }
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
        if (frame.active) add_active(*frame.active, duty);
        const auto words = View(plain_).substr(frame.left.from, frame.right.to - frame.left.from);
        duty.papers = papers_in(words);
        duty.window_rule = window_in(words);
        duty.why.push_back(utf8_of(View(plain_).substr(frame.verb.from, frame.verb.to - frame.verb.from)));
        duty.optional = frame.times.empty() && !frame.soft;
        duty.confidence = 0.4 + (frame.times.empty() ? 0 : 0.2) + (frame.recipient.empty() ? 0 : 0.15) + (frame.materials.empty() ? 0 : 0.15) + (frame.asked ? 0.05 : 0);
        return duty;
    }
    static void add_active(const TimeWord& time, Duty& duty) {
        if (time.active_from)
            if (const auto date = date_of({time.active_from->year, time.active_from->month, time.active_from->day == 0 ? 1 : time.active_from->day})) duty.active_from = format_date(*date);
        if (time.active_to)
            if (const auto date = date_of(*time.active_to)) duty.active_to = format_date(*date);
    }
    void add_time(const TimeWord& time, Duty& duty, bool with_due = false) const {
        duty.recurrence = time.recurrence;
        if (with_due && !time.dues.empty()) duty.due = time.dues.front(), duty.optional = false;
        duty.soft = time.soft;
        duty.event = time.event;
        duty.repairs = time.repairs;
        if (!time.repairs.empty()) duty.confidence -= time.repairs.size() > 1 ? 0.2 : 0.1;
        duty.why.push_back(utf8_of(View(plain_).substr(time.from, time.to - time.from)));
        add_active(time, duty);
        // "本周五前": once, in the week of the notice; "25日前" alone: once, in its month.
        if (time.recurrence == Recurrence::weekly && time.bare_month) once_in_week(time, duty);
        if (time.recurrence == Recurrence::monthly && plain_[time.from] != U'每' && !says_monthly(time)) once_in_month(time, duty);
    }
    [[nodiscard]] bool says_monthly(const TimeWord& time) const {
        auto from = View(plain_).find_last_of(U"。\n", time.from);
        from = from == View::npos ? 0 : from + 1;
        return contains_any(View(plain_).substr(from, time.from - from + 30), {U"每月", U"逐月", U"按月", U"月报", U"次月", U"月度", U"当月", U"上月"});
    }
    void once_in_week(const TimeWord& time, Duty& duty) const {
        duty.recurrence = Recurrence::once;
        duty.due.reset();
        static const std::vector<std::string> names{"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
        const auto issued = structure_.issued ? date_of(*structure_.issued) : std::nullopt;
        const auto at = time.dues.empty() ? names.end() : std::ranges::find(names, time.dues.front().substr(0, 3));
        if (!issued || at == names.end()) return;
        const auto monday = *issued - (static_cast<int>(weekday_of(*issued)) - 1);
        once_due_ = format_date(monday + static_cast<int>(at - names.begin())) + (time.dues.front().size() > 4 ? "T" + time.dues.front().substr(4) : "");
        duty.due = once_due_;
    }
    void once_in_month(const TimeWord& time, Duty& duty) const {
        duty.recurrence = Recurrence::once;
        duty.due.reset();
        if (time.dues.empty() || !structure_.issued) return;
        int day = 0;
        std::size_t used = 1;
        while (used < time.dues.front().size() && time.dues.front()[used] >= '0' && time.dues.front()[used] <= '9') day = day * 10 + (time.dues.front()[used++] - '0');
        if (day == 0) return;
        Day when{structure_.issued->year, structure_.issued->month, day};
        if (day < structure_.issued->day) when = when.month == 12 ? Day{when.year + 1, 1, day} : Day{when.year, when.month + 1, day};
        const auto date = date_of(when);
        if (!date) return;
        duty.due = format_date(*date) + (used < time.dues.front().size() ? "T" + time.dues.front().substr(used + 1) : "");
    }
    void add_each(Duty& duty, const TimeWord* time, std::vector<Duty>& to) const {
        if (!time || time->dues.empty() || duty.due || duty.recurrence != time->recurrence) {
            to.push_back(duty);
            return;
        }
        for (const auto& due : time->dues) {
            duty.due = due;
            duty.optional = duty.recurrence == Recurrence::once && structure_.issued && is_past(due);
            to.push_back(duty);
        }
    }

    // Told of another paper: it was due before this one was written.
    [[nodiscard]] bool is_past(const std::string& due) const {
        const auto issued = date_of(*structure_.issued);
        const auto day = parse_date(due.substr(0, 10));
        return issued && structure_.issued->day != 0 && day && *day < *issued;
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
        if (out_.owed.size() == first + 1 && frames <= 2) {
            out_.owed[first].from = static_cast<std::int64_t>(text_.raw_at(sentence.from));
            out_.owed[first].to = static_cast<std::int64_t>(text_.raw_end(sentence.to));
            const auto papers = papers_in(words);
            if (out_.owed[first].papers.empty()) out_.owed[first].papers = papers;
        }
    }
    static void add_quota(const Quota& quota, Duty& duty) {
        duty.quota_min = quota.min;
        duty.quota_max = quota.max;
        duty.quota_unit = quota.unit;
        if (!quota.per.empty()) duty.quota_per = quota.per;
        if (duty.due || duty.recurrence != Recurrence::immediate || quota.per.empty() || duty.event) return;
        duty.soft = false;
        duty.recurrence = quota.per == "month" ? Recurrence::monthly : quota.per == "week" ? Recurrence::weekly : quota.per == "quarter" ? Recurrence::quarterly : quota.per == "year" ? Recurrence::yearly : Recurrence::daily;
    }

    const Text& text_;
    const std::u32string& plain_;
    const Structure& structure_;
    Around around_;
    std::string top_;  // the section of the first level
    std::u32string reporters_;
    std::vector<std::string> last_materials_;
    mutable std::string once_due_;
    Duties out_;
};

}  // namespace

Duties duties_of(const Text& text, const Structure& structure) { return Collector(text, structure).collect(); }

}  // namespace anban::notices
