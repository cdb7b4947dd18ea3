// Public: whose data an actor sees. The one place (anchor-failures 16, 24; threats C1, C2). Outside the scope is not_found, never
// forbidden, and counts, lists, exports and pickers use the same filter. Two questions are kept apart, for a unit that reports to
// an office in one campaign is not below it otherwise:
//
// Data of a campaign (filings, items, attachments, figures, journal lines about them): the own organization; all below it in a
//   place, sector or committee tree, as the trees stand today; and the reporters of that same campaign below it, however far down.
//   A present reporter is seen with everything of that campaign, so that a new receiver can read what came before. A past one is
//   seen with what falls into the days on which it reported, for good: filings stay where they were handed in, and figures still
//   open down to them. Nothing of any other campaign follows from either.
// Structure (organizations, accounts and their journal lines): the own organization, the trees, and the present reporters of
//   campaigns that are alive: not past their period by more than kSummingUpDays, when final reports are still chased.
// Changing the structure: the place and the committee tree only. The government of a place sets its bodies up, and a committee its
//   sub-committees; a sector edge is professional guidance across governments and groups figures (decisions.md 7), it does not
//   let a department of the province close or rename a city's. What crosses is system_admin's.
//
// enterprise: itself. auditor: everything. The three admins: every organization and person, no business content.
#pragma once

#include <string>
#include <string_view>

#include "core/actor.h"
#include "core/time.h"
#include "platform/db/database.h"

namespace anban::organizations {

inline constexpr int kSummingUpDays = 92;

// own: one organization. administered: place and committee trees. reporters: all three trees and who reports, in the campaign
// asked about or, for structure, in a living one.
enum class Reach { nothing, own, administered, reporters, everything };

struct Scope {
    Reach reach = Reach::nothing;
    std::string organization_id;
};

// --- data of campaigns ---------------------------------------------------------------------------------------------------

[[nodiscard]] Scope scope_of(const Actor&);

// The days that something speaks of, both included: a filing's window, the day of a news item.
struct Days {
    CivilDate first;
    CivilDate last;
};
inline constexpr Days kPresently{{2'932'895}, {2'932'895}};  // 9999-12-30: only who reports until further notice
inline constexpr Days kEver{{-719'162}, {2'932'895}};        // 0001-01-01 to then: past reporters too

[[nodiscard]] bool in_scope(db::Connection&, const Scope&, std::string_view organization_id, std::string_view campaign_id, const Days&);

// Where a statement finds them: columns, or places of values bound already ("$1"). They come from the code, never from a client.
// A statement about one campaign binds it and names the place: then only that campaign's reporters are read.
struct Data {
    std::string organization;  // "f.organization_id"
    std::string campaign;      // "$1", or "f.campaign_id"
    std::string first_day;     // "f.window_from"
    std::string last_day;      // "f.window_to"
};

// A condition for a statement. Appends what it binds to values and numbers it by their place there, so put it after the caller's
// own values. The subqueries do not depend on the row, except for what past reporters left behind.
[[nodiscard]] std::string data_filter(const Scope&, const Data&, db::Values& values);

// Likewise where the whole statement is about the same days.
[[nodiscard]] std::string data_filter(const Scope&, std::string_view organization, std::string_view campaign, const Days&, db::Values& values);

// The trees alone, for what belongs to no campaign in particular.
[[nodiscard]] std::string tree_filter(const Scope&, std::string_view column, db::Values& values);

// --- structure -------------------------------------------------------------------------------------------------------------

enum class Matter { structure, structure_change };

[[nodiscard]] Scope scope_of(const Actor&, Matter);
[[nodiscard]] bool in_structure_scope(db::Connection&, const Scope&, std::string_view organization_id, CivilDate today);
[[nodiscard]] std::string structure_filter(const Scope&, std::string_view column, CivilDate today, db::Values& values);

}  // namespace anban::organizations
