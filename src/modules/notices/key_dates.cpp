// Days on which something happens that nobody reports: meetings, inspections, exhibitions, completions, the campaign itself.
#include <algorithm>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

class DateReader {
public:
    DateReader(const Page& page, const std::vector<Phase>& phases) : page_(page), plain_(page.plain()), calendar_(page.calendar()), phases_(phases) {}

    std::vector<KeyDate> read() {
        for (const auto& sentence : page_.head.sentences) {
            const Span span{sentence.from, sentence.to};
            const auto words = page_.words(span);
            if (words.size() < 7 || out_.size() >= kMostThings || starts_with_any(words, {U"抄送", U"联系", U"发布日期", U"更新日期"}) || words.ends_with(U"印发")) continue;
            calendar_.begin_anew();
            read(span);
        }
        return std::move(out_);
    }

private:
    void read(Span sentence) {
        int quoted = 0;
        for (auto at = sentence.from; at < sentence.to; ++at) {
            const char32_t c = plain_[at];
            quoted += c == U'《' ? 1 : c == U'》' && quoted > 0 ? -1 : 0;
            if (quoted > 0 || !may_begin_day(plain_, at)) continue;
            Scan scan(plain_.substr(0, sentence.to), at);
            const auto days = calendar_.take(scan);
            if (!days) continue;
            consider(sentence, {at, scan.at()}, *days);
            at = scan.at() - 1;
        }
    }
    void consider(Span sentence, Span day, const DateSpan& days) {
        const auto rest = plain_.substr(day.to, sentence.to - day.to);
        if (cites(rest) || in_phase(day) || is_past(days)) return;
        if (!days.exact && !days.spans && !opens_clause(sentence, day)) return;
        if (day.from > 0 && ends_with_any(plain_.substr(0, day.from), {U"第", U"截至", U"截止到"})) return;
        if (days.spans && (rest.starts_with(U"的") || rest.starts_with(U"统计"))) return;  // 1月1日至2月28日的台账
        const auto clause = clause_of(sentence, day);
        const auto words = page_.words(clause);
        if (words.ends_with(U"通过") || signs(day, days)) return;
        const bool event = is_event(words);
        if (!event && (!days.spans || in_duty(day))) return;
        if (in_duty(day) && (is_row(clause) || !verbs_in(plain_, clause.from, clause.to).empty())) return;
        KeyDate date{{}, 0, 0, utf8::encode(told(clause, day)), date_text(days.first), date_text(days.last), days.repairs};
        page_.place(date, clause);
        out_.push_back(std::move(date));
    }
    // 7月份,将组织督导; 将于9月: a month alone says when only where it stands in front.
    [[nodiscard]] bool opens_clause(Span sentence, Span day) const {
        if (day.from == sentence.from || is_break(plain_[day.from - 1])) return true;
        return ends_with_any(plain_.substr(0, day.from), {U"定于", U"将于", U"拟于", U"计划于", U"计划在", U"将在"});
    }
    // The day that the paper bears, on a page of one line.
    [[nodiscard]] bool signs(Span day, const DateSpan& days) const {
        return days.last && days.last == calendar_.issued() && page_.text.blank_before(day.from) && page_.text.blank_before(day.to);
    }
    [[nodiscard]] bool is_row(Span clause) const {
        for (auto at = clause.from + 1; at < clause.to; ++at)
            if (page_.text.tab_before(at) || plain_[at] == U'|' || page_.text.raw_at(at) > page_.text.raw_at(at - 1) + 3) return true;
        return false;
    }
    // The clause, and the next one where the day stands alone in its own.
    [[nodiscard]] Span clause_of(Span sentence, Span day) const {
        auto clause = clause_at(plain_, day.from, sentence);
        clause.to = std::max(clause.to, day.to);
        while (clause.to < sentence.to && !is_break(plain_[clause.to])) ++clause.to;
        const bool alone = clause.to - day.to < 3 || !is_event(page_.words(clause));
        if (alone && clause.to < sentence.to && plain_[clause.to] == U',') clause.to = clause_at(plain_, clause.to + 1, sentence).to;
        const auto out = without_article(plain_, bare(plain_, clause));
        return out.empty() ? day : out;
    }
    // What happens, without the day.
    [[nodiscard]] View told(Span clause, Span day) const {
        const auto behind = page_.words(bare(plain_, {day.to, clause.to})), before = page_.words(bare(plain_, {clause.from, day.from}));
        const auto words = behind.size() >= 3 || before.size() < 3 ? behind : before;
        return words.substr(0, 80);
    }
    [[nodiscard]] bool in_duty(Span day) const {
        const auto after = std::ranges::upper_bound(page_.duties, day.from, {}, &Span::from);
        for (auto one = after; one != page_.duties.begin() && after - one < 4;)
            if ((--one)->to > day.from) return true;
        return false;
    }
    [[nodiscard]] bool in_phase(Span day) const {
        const auto at = static_cast<std::int64_t>(page_.text.raw_at(day.from));
        const auto after = std::ranges::upper_bound(phases_, at, {}, &Phase::from);
        return after != phases_.begin() && std::prev(after)->to > at;
    }
    [[nodiscard]] bool is_past(const DateSpan& days) const {
        const auto last = days.last ? days.last : days.first;
        return page_.head.issued && calendar_.issued() && *last < *calendar_.issued();
    }

    const Page& page_;
    View plain_;
    CalendarReader calendar_;
    const std::vector<Phase>& phases_;
    std::vector<KeyDate> out_;
};

}  // namespace

std::vector<KeyDate> key_dates_of(const Page& page, const std::vector<Phase>& phases) { return DateReader(page, phases).read(); }

}  // namespace anban::notices
