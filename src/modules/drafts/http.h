// Public: the endpoints of the desk (desk.h).
#pragma once

#include "platform/api/api.h"

namespace anban::drafts {

void add_routes(api::Api&);

}  // namespace anban::drafts
