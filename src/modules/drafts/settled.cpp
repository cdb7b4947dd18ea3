#include "modules/drafts/settled.h"

#include "modules/drafts/units.h"
#include "modules/organizations/organizations.h"

namespace anban::drafts {

Settled settled_as(db::Connection& db, const AskedUnit& unit) {
    if (unit.name.empty()) return Settled::left_out;
    const bool named = unit.name != unit.said;
    if (Units::says_nobody(unit.name) || unit.name == kNobodySaid) return Settled::open;
    const auto found = organizations::find_by_name(db, unit.name);
    if (found) return found->closed_on ? Settled::closed : Settled::known;
    return unit.resolved || named ? Settled::new_one : Settled::open;
}

}  // namespace anban::drafts
