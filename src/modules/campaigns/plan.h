// Public: who owes what, by when: the pure plan of a pack. One row for each duty x organization x slot; what publishing and the
// daily job turn into filings, and what `anban pack plan` prints.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "modules/campaigns/pack.h"

namespace anban::campaigns {

struct PlannedReceiver {
    std::string_view organization;
    std::optional<Due> due;
    bool outside = false;
};

// Views and pointers reach into the pack, which must outlive the plan.
struct PlannedFiling {
    const Duty* duty = nullptr;
    const PackOrganization* organization = nullptr;
    std::string slot;
    Window window;
    std::optional<Due> due;
    bool on_rest_day = false;
    std::vector<PlannedReceiver> receivers;
    std::vector<const Part*> parts;  // fewer than the duty's in an irregular first window
};

struct PlanQuestion {
    CivilDate from;
    CivilDate to;
    std::set<std::string> levels;  // also the duties collected from these levels: {"county"}
};

struct Plan {
    std::vector<PlannedFiling> filings;
    calendar::MissingYears missing;  // years that the calendar lacks and that some date rests on: warn
};

// Every filing whose due day, or without one the last day of its window, lies in from..to. Ordered by the due instant (none
// last, those by the window's end), duty id, organization name. Not in it: duties on event or without stated dates,
// slots superseded by another duty, organizations not open at the due instant.
[[nodiscard]] Plan plan(const Pack&, const calendar::Calendar&, const PlanQuestion&);

// Windows whose cut-off would lie after the campaign's end, so that nobody owes them: for the office to see.
struct Unowed {
    const Duty* duty = nullptr;
    Occurrence occurrence;
};
[[nodiscard]] std::vector<Unowed> unowed(const Pack&, const calendar::Calendar&);

// The rows as `anban pack plan --json` prints them.
[[nodiscard]] json::array to_json(const Plan&);

}  // namespace anban::campaigns
