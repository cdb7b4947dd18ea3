// Where the source tree lies, for tests that read packs and fixtures from it.
#pragma once

#include <string>

namespace anban::test {

[[nodiscard]] std::string tree(const std::string& path = {});  // "packs/hunan-2023" -> its full path

}  // namespace anban::test
