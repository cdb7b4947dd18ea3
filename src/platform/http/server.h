// The transport: Boost.Beast lives in parser.cpp alone, Asio in session.cpp and server.cpp. One I/O thread, a bounded pool of
// workers for handlers, time-outs on every step, bodies spooled before the handler runs, graceful stop.
//
// Refused before any handler: broken or doubly readable requests (two lengths, length with chunked, two Host, NUL, bare LF,
// folded lines, dot segments, over-long headers or address: head.h), bodies over the route's limit, too many connections, a
// full queue (503 with Retry-After).
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"

namespace anban::http {

struct Options {
    std::string address = "127.0.0.1";
    unsigned short port = 8080;      // 0: any free one, see port()
    int workers = 48;                // threads that run handlers
    int queue = 512;                 // requests that may wait for a worker
    int max_connections = 12'000;    // one more is answered 503 and closed
    std::chrono::milliseconds header_time{10'000};  // from the first byte to the end of the headers
    std::chrono::milliseconds idle_time{30'000};    // between requests; and for each 4 KiB of a body or an answer
    std::chrono::milliseconds linger_time{2'000};   // how long a refused client may go on sending before it is cut off
    std::chrono::milliseconds heartbeat{15'000};    // a comment on every silent event stream
    std::chrono::milliseconds grace{10'000};        // for begun requests after stop()
    std::vector<std::string> gateways;              // whose X-Forwarded-For is believed (forwarded.h); others' is ignored
    std::string spool_folder = "/tmp";              // bodies over 64 KiB, in files without a name
};

class Server {
public:
    // Listens at once: throws when the address or port can not be had.
    Server(const Options&, std::shared_ptr<const Routes>);
    // After run() has returned. Waits for handlers that outlived the grace.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    [[nodiscard]] unsigned short port() const;
    void run();    // blocks until stop()
    // From any thread, not from a signal handler; returns at once. No new connections; begun requests are answered within
    // the grace, event streams end, then run() returns.
    void stop();

    // Sends an event to everybody who listens on the channel, from any thread. A listener who does not keep up is dropped (the
    // page connects again after 3 s). Line ends in event or data become spaces.
    void publish(std::string_view channel, std::string_view event, std::string_view data);
    // Ends every stream of the channel: its listeners' rights have changed.
    void close_channel(std::string_view channel);

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace anban::http
