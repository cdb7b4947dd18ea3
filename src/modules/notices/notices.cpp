#include "modules/notices/notices.h"

#include <algorithm>

#include "core/utf8.h"
#include "modules/notices/duties.h"
#include "modules/notices/page.h"
#include "modules/notices/papers.h"

namespace anban::notices {
namespace {

std::optional<std::string> day_text(const std::optional<Day>& day) {
    const auto date = day ? date_of(*day) : std::nullopt;
    return date ? std::optional(format_date(*date)) : std::nullopt;
}

Paper paper_of(const Text& text, const PaperSpan& paper, const Structure& head) {
    Paper out{utf8::encode(paper.attached && !paper.title.empty() ? paper.title : View(head.title)), {}, {}, {}, static_cast<std::int64_t>(text.raw_at(paper.span.from)),
              static_cast<std::int64_t>(text.raw_at(paper.span.to))};
    if (paper.attached) return out;
    out.doc_number = utf8::encode(head.number);
    out.issuer = utf8::encode(head.issuer);
    out.issue_date = day_text(head.issued);
    return out;
}

// What a paper's day says of others that show none.
void take_day(Structure& head, const std::optional<Day>& day) {
    if (!day || head.issued) return;
    head.issued = day;
    head.year = day->year;
}

// Reads paper after paper. What is attached to a paper is read with it: whom its duties ask and who receives is said in the cover.
class Reader {
public:
    Reader(const Text& text, const std::optional<Day>& issued) : text_(text), issued_(issued) {}

    Extract read() {
        const auto papers = papers_of(text_);
        for (std::size_t first = 0; first < papers.size();) {
            auto next = first + 1;
            while (next < papers.size() && papers[next].attached) ++next;
            read_group({papers.begin() + static_cast<std::ptrdiff_t>(first), papers.begin() + static_cast<std::ptrdiff_t>(next)});
            first = next;
        }
        for (auto* list : {&out_.duties, &out_.office_will})
            for (auto& duty : *list)
                duty.quote = utf8::encode(View(text_.raw()).substr(static_cast<std::size_t>(duty.from), static_cast<std::size_t>(duty.to - duty.from)));
        return std::move(out_);
    }

private:
    void read_group(const std::vector<PaperSpan>& papers) {
        const Span whole{papers.front().span.from, papers.back().span.to};
        auto head = structure_of(text_, whole, papers.front().title);
        for (const auto& paper : papers) out_.papers.push_back(paper_of(text_, paper, papers.size() == 1 ? head : structure_of(text_, paper.span, paper.title)));
        const bool first = whole.from == 0;
        take_day(head, first ? issued_ : day_);
        if (first) take_head(head);
        auto duties = duties_of(text_, head);
        if (head.orders) read_things({text_, head, whole, outline_of(text_, whole), places_of(duties), !spaced_out(text_, whole)});
        std::ranges::move(duties.owed, std::back_inserter(out_.duties));
        std::ranges::move(duties.office, std::back_inserter(out_.office_will));
    }
    // What stands beside the duties. A speech or a piece of news has none of it.
    void read_things(const Page& page) {
        const auto add = [](auto& to, auto more) { std::ranges::move(more, std::back_inserter(to)); };
        auto phases = phases_of(page);
        add(out_.key_dates, key_dates_of(page, phases));
        add(out_.phases, std::move(phases));
        add(out_.work_lines, work_lines_of(page));
        add(out_.leading_group, leading_group_of(page));
        add(out_.sectors, sectors_of(page));
        add(out_.ledger_columns, forms_of(page));
        add(out_.evaluation, evaluation_of(page));
        add(out_.replaces, replaced_of(page));
    }
    // In the plain text, by their beginning.
    [[nodiscard]] std::vector<Span> places_of(const Duties& duties) const {
        std::vector<Span> out;
        for (const auto* list : {&duties.owed, &duties.office})
            for (const auto& duty : *list) out.push_back({text_.plain_at(static_cast<std::size_t>(duty.from)), text_.plain_at(static_cast<std::size_t>(duty.to))});
        std::ranges::sort(out, {}, &Span::from);
        return out;
    }
    void take_head(const Structure& head) {
        day_ = head.issued;
        out_.title = utf8::encode(head.title);
        out_.doc_number = utf8::encode(head.number);
        out_.issuer = utf8::encode(head.issuer);
        out_.addressees = utf8::encode(head.addressees);
        out_.issue_date = day_text(head.issued);
    }

    const Text& text_;
    std::optional<Day> issued_, day_;  // said by a person; of the first paper
    Extract out_;
};

}  // namespace

std::string text_as_read(std::string_view bytes) {
    auto raw = Text::read(bytes).raw();
    std::ranges::replace(raw, U'\0', U'\uFFFD');  // no database keeps it
    return utf8::encode(raw);
}

Extract extract(std::string_view bytes, const std::optional<std::string>& issued) {
    std::optional<Day> said;
    if (const auto day = issued ? parse_date(*issued) : std::nullopt) {
        const auto ymd = to_ymd(*day);
        said = Day{ymd.year, ymd.month, ymd.day};
    }
    const auto text = Text::read(bytes);
    return Reader(text, said).read();
}

}  // namespace anban::notices
