// The routes of campaigns. Declared once at wiring.
#pragma once

#include "platform/api/api.h"

namespace anban::campaigns {

void add_routes(api::Api&);

}  // namespace anban::campaigns
