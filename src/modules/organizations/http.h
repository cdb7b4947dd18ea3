// The routes of organizations and divisions.
#pragma once

#include "modules/organizations/organizations.h"
#include "platform/api/api.h"

namespace anban::organizations {

void add_routes(api::Api&, const Impacts&);

}  // namespace anban::organizations
