// Phases of a campaign: 动员部署阶段(3月1日至15日), 4月10日前为部署阶段, 第一步:自查自纠(9月5日-20日).
#include <algorithm>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

constexpr std::size_t kLongestName = 24;

class PhaseReader {
public:
    explicit PhaseReader(const Page& page) : page_(page), plain_(page.plain()), calendar_(page.calendar()) {
        for (const auto& heading : page_.outline)
            if (const auto title = page_.words(heading.title); announces_steps(title) && !announces_tasks(title) && !title.ends_with(U"阶段")) steps_.push_back({heading.title.to, heading.end});
    }

    std::vector<Phase> read() {
        const auto& sentences = page_.head.sentences;
        for (std::size_t i = 0; i < sentences.size() && out_.size() < kMostThings; ++i) {
            const Span sentence{sentences[i].from, sentences[i].to};
            const auto words = page_.words(sentence);
            const bool step = under_steps(sentence.from);
            listing_ = step || contains_any(words, {U"个阶段", U"个时段", U"个步骤", U"两步", U"三步", U"四步", U"分步", U"第一步", U"第二步", U"第三步", U"第四步", U"第一阶段", U"第二阶段", U"第三阶段", U"第四阶段"});
            if (!step && !listing_ && words.find(U"阶段") == View::npos && !(i > 0 && names_phase(i - 1))) continue;
            if (!step) calendar_.begin_anew();
            read(sentence, i > 0 && names_phase(i - 1) ? Span{sentences[i - 1].from, sentences[i - 1].to} : Span{});
        }
        add_steps();
        add_undated();
        std::ranges::stable_sort(out_, {}, &Phase::from);
        return std::move(out_);
    }

private:
    [[nodiscard]] bool under_steps(std::size_t at) {
        while (step_ < steps_.size() && steps_[step_].to <= at) ++step_;
        return step_ < steps_.size() && steps_[step_].from <= at;
    }
    // A short sentence that is nothing but the name: 自查自纠阶段。
    [[nodiscard]] bool names_phase(std::size_t i) const {
        const auto& one = page_.head.sentences[i];
        const auto words = page_.words({one.from, one.to});
        return words.size() >= 4 && words.size() <= kLongestName && words.ends_with(U"阶段");
    }

    void read(Span sentence, Span name_before) {
        for (auto at = sentence.from; at < sentence.to; ++at) {
            if (!may_begin_day(plain_, at)) continue;
            Scan scan(plain_.substr(0, sentence.to), at);
            const auto days = calendar_.take(scan);
            if (!days) continue;
            const Span place{at, scan.at()};
            const bool bracketed = place.from > sentence.from && plain_[place.from - 1] == U'(';
            auto name = bracketed ? Span{} : name_ahead({place.to, sentence.to});
            Span whole{place.from, name.to};
            if (name.empty()) name = name_behind({sentence.from, place.from}), whole = {name.from, place.to};
            if (name.empty() && at <= sentence.from + 2) name = name_before, whole = {name.from, place.to};
            if (!name.empty()) add(name, whole, *days);
            at = place.to - 1;
        }
    }
    // …为集中整治阶段; …,总结提升阶段
    [[nodiscard]] Span name_ahead(Span rest) const {
        auto from = rest.from;
        while (from < rest.to && View(U",:)为是属").find(plain_[from]) != View::npos) ++from;
        if (from == rest.from) return {};
        const auto words = plain_.substr(from, std::min(kLongestName, rest.to - from));
        const auto end = words.find(U"阶段");
        if (end == View::npos || end == 0 || words.substr(0, end).find_first_of(U",;:。()、0123456789个") != View::npos) return {};
        return {from, from + end + 2};
    }
    // 动员部署阶段(从…; 自查自纠:…; with a list's mark before it.
    [[nodiscard]] Span name_behind(Span left) const {
        auto to = left.to;
        bool set_off = false;
        for (; to > left.from && View(U"从自于在为(:,").find(plain_[to - 1]) != View::npos; --to) set_off = set_off || plain_[to - 1] == U'(' || plain_[to - 1] == U':';
        if (plain_.substr(0, to).ends_with(U"时间")) to -= 2;
        for (; to > left.from && View(U"(:,").find(plain_[to - 1]) != View::npos; --to) set_off = true;
        if (to == left.to && !page_.gap_before(to)) return {};
        auto from = to;
        while (from > left.from && to - from <= kLongestName && View(U",;:。、()").find(plain_[from - 1]) == View::npos && !(from < to && page_.gap_before(from))) --from;
        for (const View lead : {View(U"划分为"), View(U"分为"), View(U"主要为"), View(U"第一步"), View(U"第二步"), View(U"第三步"), View(U"第四步")})
            if (const auto at = plain_.substr(from, to - from).find(lead); at != View::npos && from + at + lead.size() < to) from += at + lead.size();
        const auto name = plain_.substr(from, to - from);
        const bool ends = name.ends_with(U"阶段");
        if (!ends && !set_off) return {};
        if (name.find_first_of(U"0123456789") != View::npos || name.starts_with(U'等') || name.size() < 2 || name.size() > kLongestName || announces_steps(name.substr(0, ends ? name.size() - 2 : name.size())) || is_numbered_only(name)) return {};
        return ends || listing_ ? Span{from, to} : Span{};
    }
    static bool is_numbered_only(View name) { return name.starts_with(U'第') && name.size() <= 4; }

    void add(Span name, Span whole, const DateSpan& days) {
        if (whole.to < plain_.size() && plain_[whole.to] == U')') ++whole.to;
        auto title = page_.words(name);
        if (title.starts_with(U'第'))
            if (const auto mark = title.find_first_of(U"、,:"); mark != View::npos) title.remove_prefix(mark + 1);
        if (is_numbered_only(title) && name.to < plain_.size()) title = behind_bracket(whole.to, title);
        Phase phase{{}, 0, 0, utf8::encode(title), date_text(days.first), date_text(days.last), days.repairs};
        page_.place(phase, whole);
        taken_.push_back(whole);
        out_.push_back(std::move(phase));
    }
    // 第一阶段(3月1日至15日):宣传发动。
    [[nodiscard]] View behind_bracket(std::size_t at, View otherwise) const {
        if (at >= plain_.size() || View(U":,、").find(plain_[at]) == View::npos) return otherwise;
        const auto rest = plain_.substr(at + 1, kLongestName);
        const auto end = rest.find_first_of(U"。,;:\n(");
        return end == View::npos || end < 2 ? otherwise : rest.substr(0, end);
    }
    [[nodiscard]] bool is_taken(Span place) const {
        return std::ranges::any_of(out_, [&](const Phase& one) {
            return one.from < static_cast<std::int64_t>(page_.text.raw_at(place.to)) && one.to > static_cast<std::int64_t>(page_.text.raw_at(place.from));
        });
    }
    // Headings right under 实施步骤, whose day stands somewhere in their text: (一)企业自查。…于5月25日前完成自查。
    void add_steps() {
        for (std::size_t i = 0; i < page_.outline.size(); ++i) {
            const auto& heading = page_.outline[i];
            if (heading.parent < 0 || heading.title.empty() || heading.title.to - heading.title.from > 16 || steps_under_ >= 60) continue;
            const auto above = page_.words(page_.outline[static_cast<std::size_t>(heading.parent)].title);
            if (!contains_any(above, {U"步骤", U"阶段安排", U"阶段划分", U"进度安排"}) || announces_tasks(above) || is_taken({heading.from, std::min(heading.end, heading.title.to + 80)})) continue;
            ++steps_under_;
            DateSpan days;
            calendar_.begin_anew();
            const auto line = plain_.find(U'\n', std::min(heading.title.to + 2, plain_.size()));
            for (auto at = heading.title.to; at < std::min({heading.end, heading.title.to + 150, line}) && !days.last; ++at) {
                if (!may_begin_day(plain_, at)) continue;
                Scan scan(plain_.substr(0, heading.end), at);
                if (const auto found = calendar_.take(scan)) days = *found;
            }
            Phase phase{{}, 0, 0, utf8::encode(page_.words(heading.title)), date_text(days.first), date_text(days.last), days.repairs};
            page_.place(phase, heading.title);
            taken_.push_back(heading.title);
            out_.push_back(std::move(phase));
        }
    }
    // A heading that names a phase, where no day stands beside it.
    void add_undated() {
        std::ranges::sort(taken_, {}, &Span::from);
        for (const auto& heading : page_.outline) {
            const auto title = page_.words(heading.title);
            if (title.size() < 4 || title.size() > kLongestName || !title.ends_with(U"阶段") || out_.size() >= kMostThings) continue;
            const auto after = std::ranges::lower_bound(taken_, heading.title.to, {}, &Span::from);
            if (after != taken_.begin() && std::prev(after)->to > heading.title.from) continue;
            Phase phase{{}, 0, 0, utf8::encode(title), {}, {}, {}};
            page_.place(phase, heading.title);
            out_.push_back(std::move(phase));
        }
    }

    const Page& page_;
    View plain_;
    CalendarReader calendar_;
    std::vector<Span> steps_, taken_;
    std::size_t step_ = 0, steps_under_ = 0;
    bool listing_ = false;
    std::vector<Phase> out_;
};

}  // namespace

std::vector<Phase> phases_of(const Page& page) { return PhaseReader(page).read(); }

}  // namespace anban::notices
