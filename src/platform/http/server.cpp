#include "platform/http/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "platform/http/answer.h"
#include "platform/http/session.h"

namespace anban::http {

using namespace std::chrono_literals;

namespace {

constexpr std::size_t turned_away_limit = 200;  // beyond, the door is shut without a word
constexpr auto accept_pause = 50ms;             // out of descriptors: some may come back

tcp::acceptor listen(asio::io_context& io, const Options& options) {
    tcp::acceptor acceptor(io);
    const tcp::endpoint where(asio::ip::make_address(options.address), options.port);
    acceptor.open(where.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(where);
    acceptor.listen(4096);
    acceptor.non_blocking(true);
    return acceptor;
}

// A socket is a file: the usual 1,024 would end long before max_connections.
void allow_descriptors(int connections) {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    const auto wanted = std::min<rlim_t>(static_cast<rlim_t>(connections) + 1000, limit.rlim_max);
    if (wanted <= limit.rlim_cur) return;
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::chrono::milliseconds tick_time(const Options& o) {
    return std::clamp(std::min({o.header_time, o.idle_time, o.linger_time, o.heartbeat, o.grace}) / 8, 5ms, 1000ms);
}

}  // namespace

struct Server::State : Hub {
    State(const Options& o, std::shared_ptr<const Routes> r) : Hub(o, std::move(r)), acceptor(listen(io, o)) {}
    ~State();

    void accept_next();
    void admit(tcp::socket);
    void pause_accepting();
    void tick();
    void begin_stop();
    [[nodiscard]] bool finished() const;

    tcp::acceptor acceptor;
    unsigned short port = acceptor.local_endpoint().port();
    asio::steady_timer ticker{io};
    asio::steady_timer pause{io};
    SteadyTime stop_deadline = SteadyTime::max();
};

// Threads first: what they post needs the rest to be there.
Server::State::~State() {
    workers.stop();
    disk.join();
    channels.clear();
    sessions.clear();
}

void Server::State::accept_next() {
    acceptor.async_accept([this](error_code ec, tcp::socket socket) {
        if (stopping || ec == asio::error::operation_aborted) return;
        if (ec == asio::error::no_descriptors || ec == asio::error::no_memory || ec == asio::error::no_buffer_space)
            return pause_accepting();
        try {
            if (!ec) admit(std::move(socket));
        } catch (const std::bad_alloc&) {
            return pause_accepting();
        }
        accept_next();
    });
}

void Server::State::pause_accepting() {
    pause.expires_after(accept_pause);
    pause.async_wait([this](error_code ec) {
        if (!ec && !stopping) accept_next();
    });
}

void Server::State::admit(tcp::socket socket) {
    const auto most = static_cast<std::size_t>(options.max_connections);
    if (sessions.size() >= most + turned_away_limit) return;
    const bool full = sessions.size() >= most;
    const auto session = std::make_shared<Session>(*this, std::move(socket));
    sessions.insert(session);
    full ? session->turn_away() : session->start();
}

// One timer for all: a timer per connection would be set and cancelled with every step.
void Server::State::tick() {
    const auto now = std::chrono::steady_clock::now();
    for (auto next = sessions.begin(); next != sessions.end();) {
        const auto session = *next++;  // a session may leave the set, itself only
        session->tick(now);
    }
    if (finished() || now >= stop_deadline) return io.stop();
    ticker.expires_after(stopping ? std::min(tick_time(options), 20ms) : tick_time(options));
    ticker.async_wait([this](error_code ec) {
        if (!ec) tick();
    });
}

// Connections that wait in the kernel's queue would be reset with the listening socket: they are taken in first.
void Server::State::begin_stop() {
    if (stopping) return;
    error_code ec;
    for (;;) {
        tcp::socket socket(io);
        acceptor.accept(socket, ec);
        if (ec) break;
        admit(std::move(socket));
    }
    stopping = true;
    acceptor.close(ec);
    pause.cancel();
    stop_deadline = std::chrono::steady_clock::now() + options.grace;
    for (auto next = sessions.begin(); next != sessions.end();) {
        const auto session = *next++;
        session->prepare_stop();
    }
    ticker.cancel();
    tick();
}

bool Server::State::finished() const { return stopping && sessions.empty(); }

Server::Server(const Options& options, std::shared_ptr<const Routes> routes)
    : state_(std::make_shared<State>(options, std::move(routes))) {
    allow_descriptors(options.max_connections);
}

Server::~Server() = default;

unsigned short Server::port() const { return state_->port; }

void Server::run() {
    state_->accept_next();
    state_->tick();
    state_->io.run();
}

void Server::stop() {
    asio::post(state_->io, [state = state_.get()] { state->begin_stop(); });
}

void Server::publish(std::string_view channel, std::string_view event, std::string_view data) {
    auto text = std::make_shared<const std::string>(event_text(event, data));
    asio::post(state_->io, [state = state_.get(), name = std::string(channel), text = std::move(text)] {
        const auto found = state->channels.find(name);
        if (found == state->channels.end()) return;
        const auto listeners = found->second;  // a listener that is dropped leaves the set
        for (const auto& listener : listeners) listener->send_event(text);
    });
}

void Server::close_channel(std::string_view channel) {
    asio::post(state_->io, [state = state_.get(), name = std::string(channel)] {
        const auto found = state->channels.find(name);
        if (found == state->channels.end()) return;
        const auto listeners = found->second;
        for (const auto& listener : listeners) listener->close();
    });
}

}  // namespace anban::http
