// plugmix LIVE SHADOW IMAGE SEED [posix|ext4]: makes the folder that a disk would hold after a power cut (mix.h).
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string_view>

#include "tests/faults/mix.h"

int main(int count, char** words) try {
    using anban::faults::Names;
    if (count < 5) return std::fputs("plugmix LIVE SHADOW IMAGE SEED [posix|ext4]\n", stderr), 2;
    const Names names = count > 5 && std::string_view(words[5]) == "ext4" ? Names::ext4 : Names::posix;
    const auto mixed = anban::faults::mix(words[1], words[2], words[3], std::strtoull(words[4], nullptr, 10), names);
    std::puts(mixed.describe().c_str());
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "plugmix: %s\n", error.what());
    return 1;
}
