// Public: whose data an actor sees. The one place (anchor-failures 16, 24; threats C1, C2). Outside the scope is not_found, never
// forbidden, and counts, lists, exports and pickers use the same filter.
//
// liaison, reviewer, unit_leader, office_clerk, office_leader, inspector: the own organization and all below it in a place,
// sector or committee tree, and in every campaign the reporters below it, however far down (campaign_reporters).
// enterprise: itself. auditor: everything. The three admins: every organization and person, no business content.
#pragma once

#include <string>
#include <string_view>

#include "core/actor.h"
#include "platform/db/database.h"

namespace anban::organizations {

// filings, items, totals … | looking at organizations and people, accounts of reporters | changing organizations: never those
// that merely report in a campaign
enum class Matter { business, structure, structure_change };

enum class Reach { nothing, own, below, tree, everything };  // tree: below without the campaigns' reporters

struct Scope {
    Reach reach = Reach::nothing;
    std::string organization_id;
};

[[nodiscard]] Scope scope_of(const Actor&, Matter = Matter::business);

[[nodiscard]] bool in_scope(db::Connection&, const Scope&, std::string_view organization_id);

// A condition on a column that holds an organization's id, "o.id". Appends what it binds to values and numbers it by their
// place there, so put it after the caller's own values. The column comes from the code, never from a client.
[[nodiscard]] std::string scope_filter(const Scope&, std::string_view column, db::Values& values);

// Likewise for one campaign's reporters below `receiver` (itself included): what a receiver's matrix and totals reach.
[[nodiscard]] std::string reporters_filter(std::string_view campaign_id, std::string_view receiver_id, std::string_view column,
                                           db::Values& values);

}  // namespace anban::organizations
