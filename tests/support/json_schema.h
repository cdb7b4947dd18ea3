// As much of JSON Schema as packs/schema/ uses: type, properties, required, additionalProperties false, items, enum, const,
// pattern, minLength, maxLength, minimum, maximum, anyOf, oneOf, $ref into the same document. A keyword outside this list throws,
// so that a schema can not promise what is not looked at.
#pragma once

#include <string>
#include <vector>

#include "core/json.h"

namespace anban::support {

// Every violation as "/path: what"; empty when the value fits. `schema` is a part of `document`, where $ref looks.
[[nodiscard]] std::vector<std::string> violations(const json::value& value, const json::value& schema, const json::value& document);

// YAML text as JSON: plain true, false and whole numbers are such, everything else is text.
[[nodiscard]] json::value json_from_yaml_file(const std::string& file);

}  // namespace anban::support
