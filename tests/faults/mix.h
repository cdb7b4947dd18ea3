// What lies on the disk after the plug was pulled: made from a live folder and the shadow that plugpull.c kept beside it.
//
// Kept for certain: bytes that a sync call promised, and names whose folder was synced. Of the rest a seed decides: each
// 512-byte sector alone, names of a folder up to some point in their order. Everything that a disk may lose is lost in some
// seed, and nothing that was promised is lost in any.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace anban::faults {

enum class Names {
    posix,  // a name is durable when its own folder was synced, and only then: the harder rule, and the default
    ext4,   // any sync makes all earlier names durable, as a journal that commits in order does
};

struct Mixed {
    int files = 0;
    std::uint64_t sectors_kept = 0, sectors_lost = 0;
    int names_kept = 0, names_lost = 0;
    [[nodiscard]] std::string describe() const;
};

// Writes the image folder (which must not exist yet). Throws std::runtime_error when the shadow is not one of plugpull's.
Mixed mix(const std::filesystem::path& live, const std::filesystem::path& shadow, const std::filesystem::path& image, std::uint64_t seed,
          Names names = Names::posix);

}  // namespace anban::faults
