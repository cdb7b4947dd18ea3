// What the head of a request must be beyond the grammar, so that nobody in front of us or behind us can read it in another
// way. Values only; the grammar itself is the library's (parser.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "platform/http/query.h"

namespace anban::http {

constexpr std::size_t head_limit = 16 * 1024;   // request line and headers together
constexpr std::size_t target_limit = 8 * 1024;
constexpr std::size_t field_limit = 100;

// The head as the library read it.
struct RawHead {
    std::string method;
    std::string target;
    int version = 11;   // 10 or 11
    Pairs fields;       // names as they came
};

// Looks for the empty line, byte by byte as they come, and refuses early: a client that ends its lines with a bare LF would
// otherwise wait for its time-out.
class HeadScan {
public:
    // The buffer from its first byte on; call again with the longer buffer when more came.
    // 0: go on reading; otherwise the status to refuse with. Done when end() is not 0.
    [[nodiscard]] int feed(std::string_view buffer);
    [[nodiscard]] std::size_t end() const { return end_; }  // behind the empty line

private:
    [[nodiscard]] int on_line_end(std::size_t line_feed);

    std::size_t at_ = 0;
    std::size_t line_ = 0;    // where the current line begins
    std::size_t lines_ = 0;
    std::size_t end_ = 0;
};

// The head, understood: how the body comes and what is asked.
struct Head {
    std::string method;
    std::string path;          // decoded
    std::string raw_query;
    Pairs fields;              // lower case, each name once
    std::uint64_t length = 0;  // declared; 0 when chunked
    bool chunked = false;
    bool keep_alive = true;
    bool expects_continue = false;

    [[nodiscard]] bool has_body() const { return chunked || length > 0; }
};

// The head, or the status to refuse with: 400 for everything that is broken or has two readings, 414 for a long target,
// 417 for an expectation that is not 100-continue.
[[nodiscard]] std::variant<Head, int> understand(const RawHead&);

// Path and query of a target in origin form ("/a/b?c=d"), decoded; nullopt: another form, bad percent-encoding, invalid UTF-8,
// control characters, '\', an encoded '/', dot segments however written, a query that parse_query refuses.
struct Target {
    std::string path;
    std::string raw_query;
};
[[nodiscard]] std::optional<Target> read_target(std::string_view);

}  // namespace anban::http
