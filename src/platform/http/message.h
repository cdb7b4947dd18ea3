// A request and its answer as plain values: handlers never touch sockets.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/time.h"
#include "platform/http/temporary_file.h"

namespace anban::http {

enum class Method { get, post, put, patch, del };

// A body that has arrived whole: in memory while small, in a spooled file beyond. Removed with the last reference to it.
// The file has no name that others could open: file() gives a path that only this process can open, and only to read it.
class Body {
public:
    virtual ~Body() = default;
    [[nodiscard]] virtual std::uint64_t size() const = 0;
    [[nodiscard]] virtual const std::string* memory() const = 0;    // null when spooled to a file
    [[nodiscard]] virtual const std::string& file() const = 0;      // empty when in memory
    [[nodiscard]] virtual std::string read_all() const = 0;         // for callers whose route's limit is small
};

struct Request {
    Method method = Method::get;
    std::string path;        // percent-decoded, begins with '/', no dot segments (they were refused)
    std::string raw_query;   // without '?'; well formed, no name twice (refused before)
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, each once: lists are joined by ", ", other doubles were refused
    std::shared_ptr<const Body> body;
    std::string peer;        // address of the client
    std::string id;          // request id, in every answer as X-Request-Id and in every log line
    Instant received;        // the machine's clock at the arrival of the last byte of the request

    [[nodiscard]] std::string_view header(std::string_view lower_name) const;    // empty when absent
    [[nodiscard]] std::optional<std::string> query(std::string_view name) const; // decoded, '+' is a space
    [[nodiscard]] std::optional<std::string> cookie(std::string_view name) const; // none when the name comes twice: which one is true?
};

// The transport adds Date, Content-Length, Connection and X-Request-Id and ignores them here. CR, LF and NUL in a header's
// value become spaces.
struct Response {
    int status = 200;
    std::string type = "application/json";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string_view stat;   // bytes that live for the whole run (embedded assets), instead of body
    std::string file;        // path of a file to stream, instead of body
    std::shared_ptr<const TemporaryFile> temporary;  // what `file` names, when it is to be gone afterwards (exports)
    std::string event_channel; // not empty: keep open as text/event-stream and relay publish() of this channel; holds no thread
};

// What the transport asks before it reads the body: how much may come, and who answers.
struct Route {
    std::uint64_t body_limit = 0;
    std::function<Response(const Request&)> handle;   // plain and synchronous, run on the worker pool
};

class Routes {
public:
    virtual ~Routes() = default;
    // Null: no such path; the transport then asks refuse(404). Called on the I/O thread: only a look-up.
    [[nodiscard]] virtual std::shared_ptr<const Route> find(Method, std::string_view path) const = 0;
    // The answer for what never reaches a handler: 400, 404, 405, 408, 413, 414, 417, 431, 500 (the handler threw), 503,
    // 507 (no room for the body). Same shape as every refusal. Called on the I/O thread or a worker.
    [[nodiscard]] virtual Response refuse(int status, std::string_view request_id) const = 0;
};

}  // namespace anban::http
