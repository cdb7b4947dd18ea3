#include "platform/assets/assets.h"

#include <algorithm>

namespace anban::assets {

const Asset* find(std::string_view path) {
    auto assets = all();
    auto at = std::lower_bound(assets.begin(), assets.end(), path,
                               [](const Asset& asset, std::string_view wanted) { return asset.path < wanted; });
    return at != assets.end() && at->path == path ? &*at : nullptr;
}

}  // namespace anban::assets
