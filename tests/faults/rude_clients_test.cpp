// Clients that are slow, greedy, broken or many, and one polite client among them that must not feel it.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <fstream>
#include <mutex>
#include <vector>

#include "tests/support/http_server.h"
#include "tests/support/raw_client.h"

using namespace anban;
using namespace anban::test;
using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;

namespace {

// A polite client that had to wait for a rude one would wait for its time-out or longer; a busy machine alone stays below.
constexpr auto polite_bound = 2s;

// Holds handlers until it is opened.
class Gate {
public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++inside_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    bool wait_inside(int count) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, 5s, [&] { return inside_ >= count; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int inside_ = 0;
    bool open_ = false;
};

struct RudeClients : ::testing::Test {
    HttpServer running;
    Gate gate;
    ~RudeClients() override { gate.open(); }

    void add_gate() {
        running.routes->add("/gate", 0, [this](const http::Request&) {
            gate.pass();
            return http::Response{200, "text/plain", {}, "passed"};
        });
    }
    RawClient client() { return RawClient(running.port()); }
    // How long a polite client waits for its answer; a minute when there was none.
    std::chrono::milliseconds polite_wait() {
        const auto begin = Clock::now();
        RawClient polite(running.port());
        polite.send(request_text("GET", "/hello"));
        const auto answer = polite.read_answer();
        if (!answer || answer->status != 200) return 60s;
        return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begin);
    }
};

std::string with(std::string_view lines, std::string_view rest = {}) {
    return "POST /hello HTTP/1.1\r\nHost: h\r\n" + std::string(lines) + "\r\n" + std::string(rest);
}

long resident_kb() {
    std::ifstream file("/proc/self/statm");
    long total = 0, resident = 0;
    file >> total >> resident;
    return resident * (::sysconf(_SC_PAGESIZE) / 1024);
}

}  // namespace

// threats B3
TEST_F(RudeClients, a_request_that_is_broken_or_has_two_readings_is_refused_and_the_connection_ends) {
    std::atomic<int> handled = 0;
    running.routes->add("/admin", 100, [&](const http::Request&) { ++handled; return http::Response{200, "", {}, "stolen"}; });
    running.start();
    std::string many_fields, long_fields;
    for (int i = 0; i < 20'000; ++i) many_fields += "X-" + std::to_string(i) + ": 1\r\n";
    for (int i = 0; i < 98; ++i) long_fields += "X-" + std::to_string(i) + ": " + std::string(300, 'x') + "\r\n";
    const std::string smuggled = "GET /admin HTTP/1.1\r\nHost: h\r\n\r\n";
    struct Case { const char* name; int status; std::string text; };
    const std::vector<Case> cases = {
        {"two lengths", 400, with("Content-Length: 0\r\nContent-Length: 5\r\n", smuggled)},
        {"two equal lengths", 400, with("Content-Length: 0\r\nContent-Length: 0\r\n", smuggled)},
        {"a list of lengths", 400, with("Content-Length: 0, 0\r\n", smuggled)},
        {"a negative length", 400, with("Content-Length: -1\r\n", smuggled)},
        {"a signed length", 400, with("Content-Length: +0\r\n", smuggled)},
        {"a huge length", 400, with("Content-Length: 99999999999999999999\r\n", smuggled)},
        {"length and chunked", 400, with("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled)},
        {"chunked and length", 400, with("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n" + smuggled)},
        {"chunked twice", 400, with("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n" + smuggled)},
        {"an unknown coding", 400, with("Transfer-Encoding: xchunked\r\n", "0\r\n\r\n" + smuggled)},
        {"a coding with a tab", 400, with("Transfer-Encoding:\x0b" "chunked\r\n", "0\r\n\r\n" + smuggled)},
        {"chunked in 1.0", 400, "POST /hello HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + smuggled},
        {"a broken chunk", 400, with("Transfer-Encoding: chunked\r\n", "zz\r\n" + smuggled)},
        {"a chunk without its end", 400, with("Transfer-Encoding: chunked\r\n", "1\r\naXX0\r\n\r\n" + smuggled)},
        {"two hosts", 400, "GET /hello HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + smuggled},
        {"no host", 400, "GET /hello HTTP/1.1\r\n\r\n" + smuggled},
        {"NUL in a value", 400, with(std::string_view("A: b\0c\r\n", 8), smuggled)},
        {"NUL in the target", 400, std::string("GET /a\0b HTTP/1.1\r\nHost: h\r\n\r\n", 31) + smuggled},
        {"bare LF", 400, "GET /hello HTTP/1.1\nHost: h\n\n"},
        {"bare LF in one line", 400, with("A: b\nC: d\r\n", smuggled)},
        {"bare CR", 400, with("A: b\rC: d\r\n", smuggled)},
        {"a folded line", 400, with("A: b\r\n c\r\n", smuggled)},
        {"space before the colon", 400, with("Content-Length : 0\r\n", smuggled)},
        {"a line without colon", 400, with("nonsense\r\n", smuggled)},
        {"an empty name", 400, with(": v\r\n", smuggled)},
        {"no version", 400, "GET /hello\r\nHost: h\r\n\r\n"},
        {"version 0.9", 400, "GET /hello HTTP/0.9\r\nHost: h\r\n\r\n"},
        {"version 2", 400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        {"two spaces", 400, "GET  /hello HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"a leading empty line", 400, "\r\nGET /hello HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"another scheme's bytes", 400, "\x16\x03\x01\x02"},
        {"absolute form", 400, "GET http://other/hello HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"dot segments", 400, "GET /a/../hello HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"encoded dot segments", 400, "GET /a/%2e%2E/hello HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"encoded slash", 400, "GET /a%2fhello HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"bad percent", 400, "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"invalid UTF-8", 400, "GET /%ff HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"a parameter twice", 400, "GET /hello?a=1&a=2 HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"20,000 headers", 431, with(many_fields)},
        {"101 headers", 431, with(many_fields.substr(0, many_fields.find("X-100:")))},
        {"a long header", 431, with(long_fields)},
        {"a 100 KB address", 414, "GET /" + std::string(100'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"},
        {"an address just too long", 414, "GET /" + std::string(8192, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n"},
    };
    for (const auto& bad : cases) {
        auto c = client();
        c.send(bad.text);
        const auto answer = c.read_answer();
        ASSERT_TRUE(answer) << bad.name;
        EXPECT_EQ(answer->status, bad.status) << bad.name;
        EXPECT_EQ(answer->header("connection"), "close") << bad.name;
        EXPECT_NE(answer->header("x-request-id"), "") << bad.name;
        EXPECT_TRUE(c.sees_end()) << bad.name;
        EXPECT_EQ(c.drained(), 0u) << bad.name << ": a second answer";
    }
    EXPECT_EQ(handled, 0);
}

// threats B2
TEST_F(RudeClients, slow_heads_and_slow_bodies_are_cut_off_while_a_polite_client_is_served) {
    running.options.header_time = 200ms;
    running.options.idle_time = 300ms;
    running.start();
    std::vector<RawClient> slow_heads, slow_bodies;
    for (int i = 0; i < 100; ++i) {
        slow_heads.push_back(client());
        slow_heads.back().send("GET /hello HTTP/1.1\r\nHo");
        slow_bodies.push_back(client());
        slow_bodies.back().send(with("Content-Length: 1000\r\n", "a"));
    }
    const auto begin = Clock::now();
    while (Clock::now() - begin < 600ms) {  // a byte now and then is no progress
        for (auto* slow : {&slow_heads, &slow_bodies})
            for (auto& c : *slow) (void)c.send("a");
        EXPECT_LT(polite_wait(), polite_bound);
        std::this_thread::sleep_for(20ms);
    }
    for (auto* slow : {&slow_heads, &slow_bodies})
        for (auto& c : *slow) EXPECT_TRUE(c.sees_end(2s));
}

TEST_F(RudeClients, a_slow_head_and_a_slow_body_are_told_why) {
    running.options.header_time = 100ms;
    running.options.idle_time = 100ms;
    running.start();
    for (const auto& text : {std::string("GET /hello HTTP/1.1\r\nHo"), with("Content-Length: 10\r\n", "a")}) {
        auto c = client();
        c.send(text);
        const auto answer = c.read_answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->status, 408);
    }
    auto silent = client();
    EXPECT_TRUE(silent.sees_end());
    EXPECT_EQ(silent.drained(), 0u);
}

// threats B2
TEST_F(RudeClients, a_reader_that_does_not_read_is_cut_off_while_a_polite_client_is_served) {
    static const std::string large(32 << 20, 'x');
    running.options.idle_time = 200ms;
    running.routes->add("/large", 0, [](const http::Request&) {
        http::Response answer{200, "text/plain"};
        answer.stat = large;
        return answer;
    });
    running.start();
    std::vector<RawClient> slow;
    for (int i = 0; i < 20; ++i) {
        slow.emplace_back(running.port(), 4096);
        slow.back().send(request_text("GET", "/large"));
    }
    const auto all_cut = [&] { return std::all_of(slow.begin(), slow.end(), [](auto& c) { return c.is_cut_off(); }); };
    const auto begin = Clock::now();
    do {
        EXPECT_LT(polite_wait(), polite_bound);
        std::this_thread::sleep_for(20ms);
    } while (!all_cut() && Clock::now() - begin < 5s);
    EXPECT_TRUE(all_cut());
}

// threats B1
TEST_F(RudeClients, two_thousand_idle_connections_cost_little_and_a_polite_client_is_answered) {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 8192);
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    ASSERT_GE(limit.rlim_cur, 4200u) << "the machine allows too few open files";
    running.start();
    EXPECT_LT(polite_wait(), polite_bound);
    const auto before = resident_kb();
    std::vector<RawClient> idle;
    for (int i = 0; i < 2000; ++i) {
        idle.push_back(client());
        ASSERT_TRUE(idle.back().connected()) << i;
    }
    for (int i = 0; i < 10; ++i) EXPECT_LT(polite_wait(), polite_bound);
    EXPECT_LT(resident_kb() - before, 40'000);  // 10,000 may cost 200 MB
}

// threats A24
TEST_F(RudeClients, a_full_queue_is_a_quick_503_that_says_when_to_come_back) {
    add_gate();
    running.options.workers = 2;
    running.options.queue = 3;
    running.start();
    std::vector<RawClient> waiting;
    for (int i = 0; i < 5; ++i) {
        waiting.push_back(client());
        waiting.back().send(request_text("GET", "/gate"));
        if (i != 1) continue;
        ASSERT_TRUE(gate.wait_inside(2));
    }
    std::this_thread::sleep_for(100ms);
    auto surplus = client();
    surplus.send(request_text("GET", "/hello"));
    const auto answer = surplus.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_NE(answer->header("retry-after"), "");
    gate.open();
    for (auto& c : waiting) EXPECT_EQ(c.read_answer()->body, "passed");
    surplus.send(request_text("GET", "/hello"));
    EXPECT_EQ(surplus.read_answer()->status, 200);
}

TEST_F(RudeClients, one_connection_too_many_is_told_so_and_room_comes_back) {
    running.options.max_connections = 3;
    running.start();
    std::vector<RawClient> holding;
    for (int i = 0; i < 3; ++i) {
        holding.push_back(client());
        holding.back().send(request_text("GET", "/hello"));
        ASSERT_TRUE(holding.back().read_answer());
    }
    auto surplus = client();
    surplus.send(request_text("GET", "/hello"));
    const auto answer = surplus.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_NE(answer->header("retry-after"), "");
    EXPECT_TRUE(surplus.sees_end());
    holding.clear();
    std::this_thread::sleep_for(50ms);
    EXPECT_LT(polite_wait(), polite_bound);
}

// threats A17
TEST_F(RudeClients, a_stop_resets_no_request_that_has_begun) {
    add_gate();
    running.options.workers = 4;
    running.start();
    std::vector<RawClient> begun;
    for (int i = 0; i < 8; ++i) {  // four run, four wait
        begun.push_back(client());
        begun.back().send(request_text("GET", "/gate"));
    }
    auto half = client();
    half.send("GET /hello HTTP/1.1\r\nHo");
    ASSERT_TRUE(gate.wait_inside(4));
    std::this_thread::sleep_for(50ms);
    std::thread stopping([&] { running.stop_and_wait(); });
    std::this_thread::sleep_for(100ms);
    EXPECT_FALSE(RawClient(running.port()).connected());
    half.send("st: h\r\n\r\n");
    gate.open();
    begun.push_back(std::move(half));
    for (auto& c : begun) {
        const auto answer = c.read_answer();
        EXPECT_TRUE(answer && answer->status == 200);
        EXPECT_EQ(answer ? answer->header("connection") : "", "close");
        EXPECT_TRUE(c.sees_end());
        EXPECT_FALSE(c.was_reset());
    }
    stopping.join();
}

TEST_F(RudeClients, a_stop_does_not_wait_for_idle_clients_or_longer_than_the_grace) {
    add_gate();
    running.options.grace = 300ms;
    running.options.idle_time = 30s;
    running.start();
    auto idle = client();
    auto stuck = client();
    stuck.send(request_text("GET", "/gate"));
    ASSERT_TRUE(gate.wait_inside(1));
    const auto begin = Clock::now();
    running.stop_and_wait();
    EXPECT_LT(Clock::now() - begin, 3s);
}

TEST_F(RudeClients, many_listeners_hear_every_event_and_hold_no_worker) {
    running.options.workers = 1;
    running.options.heartbeat = 100ms;
    running.routes->add("/events", 0, [](const http::Request&) {
        http::Response answer;
        answer.event_channel = "person-1";
        return answer;
    });
    running.start();
    std::vector<RawClient> listeners;
    for (int i = 0; i < 50; ++i) {
        listeners.push_back(client());
        listeners.back().send(request_text("GET", "/events"));
        ASSERT_TRUE(listeners.back().read_until("text/event-stream"));
        ASSERT_TRUE(listeners.back().read_until("retry: 3000\n\n"));
    }
    EXPECT_LT(polite_wait(), polite_bound);
    running.server().publish("person-2", "private", "for somebody else");
    running.server().publish("person-1", "filing", "{\"id\":\"f1\"}");
    for (auto& c : listeners) {
        EXPECT_TRUE(c.read_until("event: filing\ndata: {\"id\":\"f1\"}\n\n"));
        EXPECT_EQ(c.held().find("private"), std::string::npos);
        EXPECT_TRUE(c.read_until(": alive\n\n"));
    }
    running.server().close_channel("person-1");
    for (auto& c : listeners) EXPECT_TRUE(c.sees_end());
}

TEST_F(RudeClients, a_listener_that_does_not_keep_up_is_dropped_and_the_others_are_not) {
    running.routes->add("/events", 0, [](const http::Request&) {
        http::Response answer;
        answer.event_channel = "all";
        return answer;
    });
    running.start();
    RawClient slow(running.port(), 4096);
    auto quick = client();
    for (auto* c : {&slow, &quick}) {
        c->send(request_text("GET", "/events"));
        ASSERT_TRUE(c->read_until("retry: 3000\n\n"));
    }
    const std::string data(64 * 1024, 'x');
    for (int i = 0; i < 600; ++i) {
        running.server().publish("all", "n" + std::to_string(i), data);
        ASSERT_TRUE(quick.read_until("event: n" + std::to_string(i) + "\n")) << i;
    }
    EXPECT_TRUE(slow.sees_end(2s));
    running.server().publish("all", "last", "1");
    EXPECT_TRUE(quick.read_until("event: last\n"));
}
