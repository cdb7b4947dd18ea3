// What a word of time says of a duty: its rhythm, its cut-off, its days, and which of them are one day of the notice's own week or
// month. Private to the folder.
#pragma once

#include "modules/notices/notices.h"
#include "modules/notices/structure.h"
#include "modules/notices/times.h"

namespace anban::notices {

class DutyTimes {
public:
    DutyTimes(const std::u32string& plain, const Structure& structure) : plain_(plain), structure_(structure) {}  // both outlive it

    // with_due: the first of its cut-offs too.
    void add(const TimeWord&, Duty&, bool with_due = false) const;
    // The duty once for each cut-off; once without any.
    void add_each(Duty&, const TimeWord*, std::vector<Duty>& to) const;
    static void add_active(const TimeWord&, Duty&);

private:
    static void set_due(const TimeWord&, std::size_t i, Duty&);
    [[nodiscard]] bool says_monthly(const TimeWord&) const;
    void once_in_week(const TimeWord&, Duty&) const;
    void once_in_month(const TimeWord&, Duty&) const;
    // Told of another paper: it was due before this one was written.
    [[nodiscard]] bool is_past(const std::string& due) const;

    const std::u32string& plain_;
    const Structure& structure_;
};

}  // namespace anban::notices
