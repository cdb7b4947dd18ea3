// Public: the routes of matrix and totals.
#pragma once

#include "platform/api/api.h"

namespace anban::totals {

void add_routes(api::Api&);

}  // namespace anban::totals
