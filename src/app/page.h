// The page: built by Vite, embedded gzipped, or read from a folder in development. Every path that is no file and no API call
// gives index.html: the page's own router knows it.
#pragma once

#include <optional>
#include <string>

#include "platform/http/message.h"

namespace anban {

// folder: '' for the embedded page.
[[nodiscard]] std::optional<http::Response> serve_page(const http::Request&, const std::string& folder);

}  // namespace anban
