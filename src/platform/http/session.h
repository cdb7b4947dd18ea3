// One connection and what all connections share. Private to this folder: the one header with Asio in it.
//
// All of a session runs on the I/O thread, as callbacks: an idle connection costs no stack, and the sanitizers understand it.
// Only handlers (workers) and disk access (disk) run elsewhere, and come back with asio::post.
#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "platform/http/file_source.h"
#include "platform/http/head.h"
#include "platform/http/message.h"
#include "platform/http/parser.h"
#include "platform/http/server.h"
#include "platform/http/spool.h"
#include "platform/http/workers.h"

namespace anban::http {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using SteadyTime = std::chrono::steady_clock::time_point;

class Session;
using SessionSet = std::set<std::shared_ptr<Session>>;

struct Hub {
    Hub(const Options& o, std::shared_ptr<const Routes> r) : options(o), routes(std::move(r)), workers(o.workers, o.queue) {}

    Options options;
    std::shared_ptr<const Routes> routes;
    asio::io_context io{1};
    SessionSet sessions;
    std::map<std::string, SessionSet, std::less<>> channels;
    std::array<char, 64 * 1024> scratch;  // one read at a time, on one thread
    bool stopping = false;
    asio::thread_pool disk{2};
    Workers workers;
};

class Session : public std::enable_shared_from_this<Session> {
public:
    Session(Hub& hub, tcp::socket socket);

    void start();             // the first request is awaited
    void turn_away();         // too many connections: 503, then close
    void tick(SteadyTime now);  // looks whether the time of the current step is over
    void prepare_stop();      // the server stops: ends at once unless a request has begun
    void send_event(std::shared_ptr<const std::string>);
    void close();

private:
    enum class Phase { idle, head, body, handling, writing, events, linger, closed };
    using Clock = std::chrono::steady_clock;
    static constexpr SteadyTime never = SteadyTime::max();

    // A step that throws (no memory, a broken look-up) costs this connection and no other.
    template <class Step>
    void safely(Step&& step) {
        try {
            if (phase_ != Phase::closed) step();
        } catch (...) {
            abort();
        }
    }

    // Runs work on a disk thread, then what follows from its result on the I/O thread.
    template <class Work, class Then>
    void on_disk(Work work, Then then) {
        deadline_ = never;
        asio::post(hub_.disk, [self = shared_from_this(), work, then] {
            std::optional<decltype(work(*self))> result;
            try {
                result = work(*self);
            } catch (...) {
                result.reset();
            }
            asio::post(self->hub_.io, [self, then, result = std::move(result)]() mutable {
                self->safely([&] { result ? then(*self, std::move(*result)) : self->abort(); });
            });
        });
    }

    // session.cpp: reading
    void await_bytes();
    void on_readable(error_code);
    void next_request();
    void read_head();
    void begin_request(std::string_view head);
    [[nodiscard]] int accept_head(Head&&);
    void begin_body(const Head&);
    void read_body();
    void flush_body();
    void on_flushed(bool flushed);
    void body_progress();
    void dispatch();
    void refuse(int status, bool keep = false);
    [[nodiscard]] Response refusal(int status) const;

    // session_answer.cpp: writing
    void answer(Response);
    void answer_file();
    void on_file(std::unique_ptr<FileSource>);
    void start_writing(std::optional<std::uint64_t> length, std::string_view body);
    void write_interim();
    void write_more();
    void on_written(error_code, std::size_t);
    void next_piece();
    void on_piece(std::string piece);
    void finish_answer();
    void start_events();
    void write_events();
    void on_events_written(error_code);
    void check_time(SteadyTime now);
    void linger();
    void abort();

    Hub& hub_;
    tcp::socket socket_;
    Phase phase_ = Phase::idle;
    SteadyTime deadline_ = never;
    bool waiting_ = false;         // a wait for bytes is under way

    std::string in_;               // bytes read and not yet used
    Instant arrived_;              // when the last of them came
    HeadScan scan_;
    std::optional<Parser> parser_;
    std::string peer_;  // who holds the other end of the socket: a gateway, perhaps
    Request request_;
    std::shared_ptr<const Route> route_;
    std::shared_ptr<Spool> spool_;
    bool head_only_ = false;       // HEAD: answered as GET without body
    bool keep_ = true;
    std::uint64_t progress_mark_ = 0;

    Response response_;
    std::string out_;              // head of the answer, or the current piece of a file
    std::string_view rest_;        // of out_
    std::string_view body_;        // of response_, behind out_
    std::unique_ptr<FileSource> file_;
    std::uint64_t written_ = 0;

    std::deque<std::shared_ptr<const std::string>> events_;
    bool sending_events_ = false;
    SteadyTime next_beat_ = never;
};

}  // namespace anban::http
