// A refusal as it leaves the house: application/problem+json {status, code, params, errors, requestId}. The sentence is made
// by whoever shows it, from messages/*.json.
#pragma once

#include <string_view>

#include "core/result.h"
#include "platform/http/message.h"

namespace anban::api {

[[nodiscard]] int status_of(Code);
[[nodiscard]] http::Response problem(const Refusal&, std::string_view request_id);
[[nodiscard]] http::Response problem(int status, std::string_view key, std::string_view request_id);

// Set on every answer, in one place: what a browser may do with it, and that nobody keeps it.
void add_security_headers(http::Response&);

}  // namespace anban::api
