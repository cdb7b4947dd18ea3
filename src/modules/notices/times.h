// When something is owed, as a notice says it: one word of time with all that it means. The spelling of `due` is that of
// docs/notices.md ("2023-03-13", "THU 17:00", "D25", "QM3-D20", "PT1H" …).
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "modules/notices/dates.h"

namespace anban::notices {

BOOST_DEFINE_ENUM_CLASS(Recurrence, once, weekly, monthly, quarterly, halfyearly, yearly, daily, immediate)

struct TimeWord {
    std::size_t from = 0, to = 0;
    Recurrence recurrence = Recurrence::once;
    std::vector<std::string> dues;          // several of a list are several duties of a kind that is owed once; else they are joined by ','
    bool firm = false;                      // "before", "within", or a recurrence: it limits by itself
    bool soft = false;                      // 及时, 定期, 随时
    std::optional<std::string> event;       // what starts the clock, in the notice's words
    std::optional<Day> active_from, active_to;
    std::vector<std::string> repairs;       // "313日 → 3月13日", then the other readings
    // Beside each of the dues: what a damaged day may be where nothing tells which is meant; empty where something does.
    std::vector<std::vector<std::string>> readings;
    bool bare_month = false;                // a month without a day: a window rather than a limit
};

[[nodiscard]] std::vector<TimeWord> times_in(std::u32string_view text, std::size_t from, std::size_t to, const Around&);

}  // namespace anban::notices
