#include "platform/http/message.h"

#include "platform/http/query.h"

namespace anban::http {

std::string_view Request::header(std::string_view lower_name) const {
    for (const auto& [name, value] : headers)
        if (name == lower_name) return value;
    return {};
}

std::optional<std::string> Request::query(std::string_view name) const {
    const auto pairs = parse_query(raw_query);
    if (!pairs) return std::nullopt;
    for (const auto& pair : *pairs)
        if (pair.first == name) return pair.second;
    return std::nullopt;
}

std::optional<std::string> Request::cookie(std::string_view name) const { return find_cookie(header("cookie"), name); }

}  // namespace anban::http
