// File names that people gave, made fit for a header and for the disk of whoever downloads them.
#pragma once

#include <string>
#include <string_view>

namespace anban::http {

// The name as data that harms nobody: no control characters, bidi overrides, slashes or characters that Windows refuses, no leading dot,
// no reserved device name; valid UTF-8; at most 180 bytes, the extension kept. Never empty: "download".
[[nodiscard]] std::string clean_name(std::string_view name);

// The value of Content-Disposition (RFC 6266, 8187), always "attachment": an ASCII name for old clients, and the true one
// in UTF-8.  attachment; filename="____.xlsx"; filename*=UTF-8''%E6%9C%88%E6%8A%A5.xlsx
[[nodiscard]] std::string content_disposition(std::string_view name);

}  // namespace anban::http
