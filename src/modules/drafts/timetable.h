// `due` of an extract (docs/notices.md) in the words of a pack. Inside this module.
#pragma once

#include <string>

#include "modules/notices/notices.h"

namespace anban::drafts {

// The lines schedule, window, starts, event and due of a duty, each with four blanks before it. first_day: where the duty names none.
[[nodiscard]] std::string timetable(const notices::Duty&, const std::string& first_day);

// First and last day that the duty speaks of; empty: none.
struct Days { std::string first, last; };
[[nodiscard]] Days days_of(const notices::Duty&);

}  // namespace anban::drafts
