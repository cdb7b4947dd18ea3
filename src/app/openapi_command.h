// anban openapi: the interface as its declarations give it; docs/api/openapi.json is this very text, and a test compares.
#pragma once

#include <string>

#include "app/command.h"

namespace anban {

[[nodiscard]] std::string openapi_text();

int run_openapi(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
