// What the program serves as it stands: the built page, message files, the schema of packs, the API description. Made at build
// time by cmake/assets.cmake; the bytes live for the whole run. What C++ itself reads (holidays, divisions) is in embedded.h.
#pragma once

#include <span>
#include <string_view>

namespace anban::assets {

struct Asset {
    std::string_view
        path;  // "web/index.html", "messages/zh.json", "packs/schema/pack.schema.json", "docs/api/openapi.json"
    std::string_view type;  // media type, with the charset where it is text
    std::string_view raw;
    std::string_view gzip;  // the same bytes, for clients that accept them
    std::string_view etag;  // with its quotes, made from the content
};

// Null: no such asset. A tree whose page was not built has none under "web/".
[[nodiscard]] const Asset* find(std::string_view path);

// Everything, ordered by path.
[[nodiscard]] std::span<const Asset> all();

}  // namespace anban::assets
