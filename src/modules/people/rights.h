// Public: which role may do what. The one decision (anchor-failures 16). Whose data it is said about is the scope's matter
// (organizations/scope.h); what the row's state allows is the use case's.
#pragma once

#include <string>
#include <vector>

#include "core/actor.h"
#include "core/result.h"

namespace anban::people {

[[nodiscard]] bool holds(Role, Right);
[[nodiscard]] std::vector<Right> rights_of(Role);

// forbidden "right.missing" when the actor's role does not hold it.
[[nodiscard]] Verdict refuse(const Actor&, Right);

// system_admin, security_admin, security_auditor: never two of them for one person (domain.md section 8).
[[nodiscard]] bool is_admin(Role);

// Given with people_change; every other role only with roles_grant.
[[nodiscard]] bool is_ordinary(Role);

}  // namespace anban::people
