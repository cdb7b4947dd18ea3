// What the readers of things share: the paper that they read, its outline, its calendar. Private to the folder.
#pragma once

#include "core/utf8.h"
#include "modules/notices/calendar_words.h"
#include "modules/notices/outline.h"
#include "modules/notices/structure.h"
#include "modules/notices/things.h"

namespace anban::notices {

inline constexpr std::size_t kMostThings = 2'000;  // of a class: no notice has more, and a megabyte of one word may not

struct Page {
    const Text& text;
    const Structure& head;
    Span span;                        // of the plain text
    std::vector<Heading> outline;
    std::vector<Span> duties;         // where duties stand, by their beginning
    bool gaps = true;                 // blanks of the original set words apart

    [[nodiscard]] View plain() const { return text.plain(); }
    [[nodiscard]] View words(Span s) const { return cut(text.plain(), s); }
    [[nodiscard]] bool gap_before(std::size_t at) const { return gaps && text.blank_before(at); }
    [[nodiscard]] CalendarReader calendar() const { return {head.year, head.issued && head.issued->day != 0 ? date_of(*head.issued) : std::nullopt}; }

    // Where a thing stands, and its words.
    template <class Thing>
    void place(Thing& thing, Span s) const {
        thing.from = static_cast<std::int64_t>(text.raw_at(s.from));
        thing.to = static_cast<std::int64_t>(text.raw_end(s.to));
        thing.quote = utf8::encode(View(text.raw()).substr(static_cast<std::size_t>(thing.from), static_cast<std::size_t>(thing.to - thing.from)));
    }
};

[[nodiscard]] inline std::optional<std::string> date_text(const std::optional<CivilDate>& date) { return date ? std::optional(format_date(*date)) : std::nullopt; }

// Where a day may begin: no figure before it, no quotation around it.
[[nodiscard]] bool may_begin_day(View text, std::size_t at);
// The stretch without the marks and blanks at its ends.
[[nodiscard]] Span bare(View text, Span);
// Without 第三条 at its beginning.
[[nodiscard]] Span without_article(View text, Span);
// The clause that holds a place, within bounds: between , ; : 。 and the ends of lines.
[[nodiscard]] Span clause_at(View text, std::size_t at, Span within);

// The cells of a table's row: set apart by tabs, bars, or three blanks of the original; empty ones are kept.
[[nodiscard]] std::vector<Span> cells_of(const Text&, Span line);

[[nodiscard]] std::vector<Phase> phases_of(const Page&);
[[nodiscard]] std::vector<WorkLine> work_lines_of(const Page&);
[[nodiscard]] std::vector<GroupRole> leading_group_of(const Page&);
[[nodiscard]] std::vector<Sector> sectors_of(const Page&);
[[nodiscard]] std::vector<LedgerForm> forms_of(const Page&);
[[nodiscard]] std::vector<EvaluationPoint> evaluation_of(const Page&);
[[nodiscard]] std::vector<KeyDate> key_dates_of(const Page&, const std::vector<Phase>&);
[[nodiscard]] std::vector<Replaced> replaced_of(const Page&);

}  // namespace anban::notices
