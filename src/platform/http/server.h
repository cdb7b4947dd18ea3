// The transport: Boost.Beast lives in server.cpp alone. One I/O thread, a bounded pool of workers for handlers, time-outs on
// every step, bodies spooled before the handler runs, graceful stop.
//
// Refused before any handler: broken or doubly readable requests (two lengths, length with chunked, two Host, NUL, bare LF,
// dot segments, over-long headers or address), bodies over the route's limit, too many connections, a full queue (503 with
// Retry-After). SIGTERM: no new connections, begun requests finish within the grace, exit.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "platform/http/message.h"

namespace anban::http {

struct Options {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;      // 0: any free one, see port()
    int workers = 16;
    int queue = 512;                 // requests that may wait for a worker
    int max_connections = 12'000;
    int header_seconds = 10;         // from the first byte to the end of the headers
    int idle_seconds = 30;           // between requests, and without progress in body or answer
    int grace_seconds = 10;
    std::string spool_folder = "/tmp"; // bodies over 64 KiB
};

class Server {
public:
    Server(const Options&, std::shared_ptr<const Routes>);
    ~Server();
    [[nodiscard]] unsigned short port() const;
    void run();    // blocks until stop()
    void stop();   // from any thread or a signal watcher; returns at once
    // Sends an event to everybody who listens on the channel; data must hold no newline.
    void publish(std::string_view channel, std::string_view event, std::string_view data);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace anban::http
