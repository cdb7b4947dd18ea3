// The head of an answer as bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace anban::http {

struct AnswerFacts {
    std::string_view request_id;
    std::optional<std::uint64_t> length;  // nullopt: until the connection closes
    bool keep_alive = true;
    Instant now;
};

// Names no program and no version. Headers of the response that the transport owns, or whose name is no token, are left out;
// CR, LF and NUL in values become spaces (threats D4).
[[nodiscard]] std::string answer_head(const Response&, const AnswerFacts&);

// 1xx, 204 and 304 have no body.
[[nodiscard]] bool has_body(int status);

// "Thu, 16 Mar 2023 09:00:00 GMT"
[[nodiscard]] std::string http_date(Instant);

// One event of a stream, ready to send. Line ends become spaces: one publish() is one event.
[[nodiscard]] std::string event_text(std::string_view event, std::string_view data);

}  // namespace anban::http
