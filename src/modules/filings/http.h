// The routes of campaigns' filings. Declared once at wiring.
#pragma once

#include "platform/api/api.h"

namespace anban::filings {

void add_routes(api::Api&);

}  // namespace anban::filings
