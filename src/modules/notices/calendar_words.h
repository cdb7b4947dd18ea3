// A day or a span of days as a notice writes it, put into the calendar: 3月1日至15日, 即日起至4月10日, 9月底前, 6月至12月, 10月中旬.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "modules/notices/parts.h"

namespace anban::notices {

struct DateSpan {
    std::size_t from = 0, to = 0;               // of the text that was scanned
    std::optional<CivilDate> first, last;       // one day: both the same; "before": no first; "from … on": no last
    bool spans = false;                         // from … to …
    bool exact = false;                         // a day was written, not only a month
    std::vector<std::string> repairs;           // "118日 → 11月8日"
};

// Puts days into years. A day without a year is of the year of the one before it, else of the paper's: the first one that is not
// long before the paper's own day.
class CalendarReader {
public:
    CalendarReader(int year, std::optional<CivilDate> issued);

    // Takes a day or a span and moves on; moves nothing otherwise.
    std::optional<DateSpan> take(Scan&);
    // Forgets the year that the days before were of: a new sentence.
    void begin_anew() { last_.reset(); }
    [[nodiscard]] std::optional<CivilDate> issued() const { return issued_; }

private:
    std::optional<Day> first_day(Scan&, DateSpan&);
    std::optional<Day> month_of_two(Scan&);
    [[nodiscard]] std::optional<Day> second_day(Scan&, const Day& first) const;
    bool take_span(Scan&, const Day& first, int begins, DateSpan&);
    // end: of the span that the day begins; the day itself.
    [[nodiscard]] std::optional<CivilDate> placed(const Day&, const Day& end) const;

    int year_;
    std::optional<CivilDate> issued_;
    std::optional<CivilDate> last_;  // of this sentence
};

}  // namespace anban::notices
