// Every mapping of the pack language with its keys. The loader refuses what is not here, the JSON Schema in packs/schema/
// is compared with it by a test, so that neither can know a word that the other does not.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace anban::campaigns {

struct Key {
    std::string_view name;
    bool required = false;
};

struct Shape {
    std::string_view name;  // the same in packs/schema/pack.json under $defs
    std::vector<Key> keys;
};

[[nodiscard]] std::span<const Shape> shapes();
[[nodiscard]] const Shape& shape(std::string_view name);  // throws for a name that is not in the table

}  // namespace anban::campaigns
