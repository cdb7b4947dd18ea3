// Whose matrix is looked at, and which part of it the actor may see. Inside this module.
#pragma once

#include <string>
#include <vector>

#include "modules/filings/route_counts.h"
#include "modules/organizations/scope.h"
#include "modules/totals/matrix.h"

namespace anban::totals {

// One receiver's side of one duty, as far as the actor may see it.
struct Side {
    std::string campaign_id;
    std::string duty;
    std::string receiver_id;
    bool whole = false;              // the receiver is in scope until further notice, so everything it receives is
    bool once = false;               // it was in scope: so is what it received then
    filings::Counts counts = filings::Counts::first_complete;  // which receipt this duty's lateness counts
    organizations::Scope scope;
    std::vector<std::string> units;  // who has a row, in official order, as far as the actor sees any of it

    [[nodiscard]] bool sees_presently(db::Connection&, const std::string& organization_id) const;
    // "and (…)" on what `r` stands for where only a part may be seen: what units in scope handed in, and what a receiver in scope was
    // handed. The statement's $1 is the campaign.
    [[nodiscard]] std::string narrowed(db::Values&) const;
    // The same on routes. Whoever sees a few units is not made to wait until those of all others were looked at: with a day to begin at,
    // SQLite takes the index by units too.
    [[nodiscard]] std::string narrowed_routes(db::Values&) const;
};

// Refused: totals.nothing_here, also for what the actor may not see.
[[nodiscard]] Result<Side> side_of(View&, const std::string& campaign_id, const MatrixQuery&);

// "$4, $5": the places of the ids that it adds to the values.
[[nodiscard]] std::string listed(const std::vector<std::string>& ids, db::Values&);
// The first row's first column; '' without a row.
[[nodiscard]] std::string first_text(db::Connection&, const db::Sql&, const db::Values&);

}  // namespace anban::totals
