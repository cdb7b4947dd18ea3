#include "tests/support/tree.h"

namespace anban::test {

std::string tree(const std::string& path) { return path.empty() ? std::string(ANBAN_SOURCE_DIR) : std::string(ANBAN_SOURCE_DIR "/") + path; }

}  // namespace anban::test
