// One fault of a pack, with the place to mend it. Every YAML loader collects all of them, in reading order, never only the
// first; the sentence stands in messages/*.json under the key.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace anban {

struct PackError {
    std::string file;  // as it was opened: "packs/hunan-2023/forms/statistics.yaml"
    int line = 0;      // counted from 1; 0 when the file as a whole is meant
    std::string key;   // "pack.unknown_member", "form.formula_unknown_cell"
    Params params;
    friend bool operator==(const PackError&, const PackError&) = default;
};

using PackErrors = std::vector<PackError>;

}  // namespace anban
