#include "platform/http/server.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "platform/http/query.h"
#include "tests/support/http_server.h"
#include "tests/support/raw_client.h"

using namespace anban;
using namespace anban::test;
using namespace std::chrono_literals;

namespace {

std::string pattern(std::size_t size) {
    std::string out(size, '\0');
    for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>((i * 31 + i / 251) & 0xFF);
    return out;
}

std::string chunked(std::string_view bytes, std::size_t piece) {
    std::string out;
    char size[32];
    for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
        const auto part = bytes.substr(0, piece);
        std::snprintf(size, sizeof size, "%zx\r\n", part.size());
        out.append(size).append(part).append("\r\n");
    }
    return out + "0\r\n\r\n";
}

struct HttpTransport : ::testing::Test {
    HttpServer running;
    std::atomic<int> handled = 0;

    void echo(std::uint64_t limit) {
        running.routes->add("/echo", limit, [this](const http::Request& r) {
            ++handled;
            return http::Response{200, "application/octet-stream", {{"X-Spooled", r.body->memory() ? "no" : "yes"}}, r.body->read_all()};
        });
    }
    RawClient client() { return RawClient(running.port()); }
};

}  // namespace

TEST_F(HttpTransport, answers_a_request_with_an_id_and_without_naming_a_program) {
    running.start();
    auto c = client();
    c.send(request_text("GET", "/hello"));
    const auto answer = c.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "hello");
    EXPECT_EQ(answer->header("x-request-id").size(), 26u);
    EXPECT_EQ(answer->header("server"), "");
    EXPECT_NE(answer->header("date"), "");
}

TEST_F(HttpTransport, two_hundred_requests_sent_at_once_are_answered_in_order) {
    running.routes->add("/count", 0, [](const http::Request& r) { return http::Response{200, "text/plain", {}, r.query("n").value()}; });
    running.start();
    auto c = client();
    std::string all;
    for (int i = 0; i < 200; ++i) all += request_text("GET", "/count?n=" + std::to_string(i));
    ASSERT_TRUE(c.send(all));
    for (int i = 0; i < 200; ++i) {
        const auto answer = c.read_answer();
        ASSERT_TRUE(answer) << i;
        ASSERT_EQ(answer->body, std::to_string(i));
    }
}

TEST_F(HttpTransport, the_handler_sees_what_was_asked_decoded) {
    http::Request seen;
    running.routes->add("/台账 一", 100, [&](const http::Request& r) { seen = r; return http::Response{204, ""}; });
    running.start();
    const auto before = system_now();
    auto c = client();
    c.send(request_text("PUT", "/%E5%8F%B0%E8%B4%A6%20%E4%B8%80?q=%E5%AE%89+%E5%85%A8&n=1",
                        "Cookie: a=1; session=xyz\r\nX-Name: v\r\nAccept: a\r\nAccept: b\r\n", "body"));
    const auto answer = c.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 204);
    EXPECT_EQ(answer->header("content-length"), "");
    EXPECT_EQ(seen.method, http::Method::put);
    EXPECT_EQ(seen.path, "/台账 一");
    EXPECT_EQ(seen.query("q"), "安 全");
    EXPECT_EQ(seen.query("none"), std::nullopt);
    EXPECT_EQ(seen.cookie("session"), "xyz");
    EXPECT_EQ(seen.header("x-name"), "v");
    EXPECT_EQ(seen.header("accept"), "a, b");
    EXPECT_EQ(seen.peer, "127.0.0.1");
    EXPECT_EQ(seen.id, answer->header("x-request-id"));
    EXPECT_GE(seen.received, before);
    EXPECT_LE(seen.received, system_now());
}

TEST_F(HttpTransport, a_request_counts_as_received_when_its_last_byte_arrives) {
    Instant received;
    running.routes->add("/in", 100, [&](const http::Request& r) { received = r.received; return http::Response{204, ""}; });
    running.start();
    auto c = client();
    c.send("POST /in HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nabc");
    std::this_thread::sleep_for(120ms);
    const auto before_last = system_now();
    c.send("d");
    ASSERT_TRUE(c.read_answer());
    EXPECT_GE(received, before_last);
}

TEST_F(HttpTransport, head_is_answered_like_get_without_the_body) {
    running.start();
    auto c = client();
    c.send(request_text("HEAD", "/hello") + request_text("GET", "/hello"));
    const auto head = c.read_answer(true);
    ASSERT_TRUE(head);
    EXPECT_EQ(head->status, 200);
    EXPECT_EQ(head->header("content-length"), "5");
    const auto get = c.read_answer();
    ASSERT_TRUE(get);
    EXPECT_EQ(get->body, "hello");
}

TEST_F(HttpTransport, a_small_body_stays_in_memory_and_a_large_one_is_spooled_byte_for_byte) {
    echo(8 << 20);
    running.start();
    auto c = client();
    const std::pair<std::size_t, const char*> cases[] = {{1, "no"}, {64 * 1024, "no"}, {64 * 1024 + 1, "yes"}, {3'000'001, "yes"}};
    for (const auto& [size, spooled] : cases) {
        const auto body = pattern(size);
        c.send(request_text("POST", "/echo", {}, body));
        auto answer = c.read_answer();
        ASSERT_TRUE(answer) << size;
        EXPECT_EQ(answer->header("x-spooled"), spooled) << size;
        EXPECT_TRUE(answer->body == body) << size;
        c.send(request_text("POST", "/echo", "Transfer-Encoding: chunked\r\n") + chunked(body, 7'777));
        answer = c.read_answer();
        ASSERT_TRUE(answer) << size;
        EXPECT_TRUE(answer->body == body) << size << " in chunks";
    }
}

TEST_F(HttpTransport, the_spooled_file_can_be_read_while_the_request_lives_and_is_gone_with_it) {
    const auto folder = std::filesystem::path(::testing::TempDir()) / ("spool-" + std::to_string(::getpid()));
    std::filesystem::create_directory(folder);
    std::string path;
    bool readable = false;
    running.options.spool_folder = folder;
    running.routes->add("/up", 1 << 20, [&](const http::Request& r) {
        path = r.body->file();
        std::ifstream in(path, std::ios::binary);
        const std::string bytes{std::istreambuf_iterator<char>(in), {}};
        readable = bytes == pattern(200'000);
        return http::Response{204, ""};
    });
    running.start();
    auto c = client();
    c.send(request_text("PUT", "/up", {}, pattern(200'000)));
    ASSERT_TRUE(c.read_answer());
    EXPECT_TRUE(readable);
    EXPECT_NE(path, "");
    EXPECT_TRUE(std::filesystem::is_empty(folder));
    std::filesystem::remove_all(folder);
}

TEST_F(HttpTransport, no_room_for_a_large_body_is_said_and_the_next_request_is_served) {
    echo(1 << 20);
    running.options.spool_folder = "/dev/null/spool";  // where no program can have made a folder
    running.start();
    auto c = client();
    c.send(request_text("POST", "/echo", {}, pattern(200'000)));
    const auto answer = c.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 507);
    EXPECT_EQ(handled, 0);
    auto other = client();
    other.send(request_text("POST", "/echo", {}, "small"));
    EXPECT_EQ(other.read_answer()->body, "small");
}

// threats B3
TEST_F(HttpTransport, a_chunked_body_whose_end_comes_byte_by_byte_is_read_to_its_end) {
    echo(1000);
    running.start();
    for (const std::string body : {"", "abc"}) {
        auto c = client();
        c.send(request_text("POST", "/echo", "Transfer-Encoding: chunked\r\n") + (body.empty() ? "" : "3\r\nabc\r\n"));
        for (const char* piece : {"0\r", "\n", "\r", "\n"}) {
            std::this_thread::sleep_for(30ms);
            c.send(piece);
        }
        const auto answer = c.read_answer();
        ASSERT_TRUE(answer);
        EXPECT_EQ(answer->body, body);
    }
}

// threats B4
TEST_F(HttpTransport, a_body_over_the_limit_of_its_route_is_refused_before_it_is_stored) {
    echo(100'000);
    running.start();
    auto declared = client();
    declared.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 100001\r\n\r\n");  // and not one byte of it
    auto answer = declared.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
    EXPECT_EQ(answer->header("connection"), "close");
    EXPECT_TRUE(declared.sees_end());

    auto sent = client();
    sent.send(request_text("POST", "/echo", "Transfer-Encoding: chunked\r\n") + chunked(pattern(100'001), 10'000));
    answer = sent.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 413);
    EXPECT_TRUE(sent.sees_end());
    EXPECT_EQ(handled, 0);
}

TEST_F(HttpTransport, a_client_that_asks_first_is_told_to_go_on_or_not) {
    echo(1000);
    running.start();
    auto c = client();
    c.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    ASSERT_TRUE(c.read_until("HTTP/1.1 100 Continue\r\n\r\n"));
    c.send("body");
    EXPECT_EQ(c.read_answer()->body, "body");
    c.send("POST /echo HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 4000\r\n\r\n");
    EXPECT_EQ(c.read_answer()->status, 413);
}

TEST_F(HttpTransport, an_unknown_path_is_refused_and_the_connection_stays) {
    running.start();
    auto c = client();
    c.send(request_text("GET", "/nowhere") + request_text("BREW", "/hello") + request_text("GET", "/hello"));
    EXPECT_EQ(c.read_answer()->status, 404);
    EXPECT_EQ(c.read_answer()->status, 405);
    EXPECT_EQ(c.read_answer()->status, 200);
}

TEST_F(HttpTransport, a_handler_that_breaks_is_a_500_and_nothing_of_it_is_told) {
    running.routes->add("/broken", 0, [](const http::Request&) -> http::Response { throw std::runtime_error("secret"); });
    running.start();
    auto c = client();
    c.send(request_text("GET", "/broken") + request_text("GET", "/hello"));
    const auto answer = c.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 500);
    EXPECT_EQ(answer->body.find("secret"), std::string::npos);
    EXPECT_EQ(c.read_answer()->status, 200);
}

// threats D4
TEST_F(HttpTransport, line_ends_in_a_header_value_do_not_become_headers) {
    running.routes->add("/inject", 0, [](const http::Request&) {
        return http::Response{200, "text/plain", {{"X-Note", "a\r\nX-Evil: 1"}, {"Bad Name", "x"}, {"Server", "Anban/1.2"}}, "ok"};
    });
    running.start();
    auto c = client();
    c.send(request_text("GET", "/inject"));
    const auto answer = c.read_answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->header("x-note"), "a  X-Evil: 1");
    EXPECT_EQ(answer->header("x-evil"), "");
    EXPECT_EQ(answer->header("bad name"), "");
    EXPECT_EQ(answer->header("server"), "");
}

TEST_F(HttpTransport, files_and_embedded_bytes_are_sent_whole_and_an_export_is_gone_afterwards_sent_or_not) {
    std::string made;
    const auto path = ::testing::TempDir() + "export-" + std::to_string(::getpid());
    static const auto bytes = pattern(1'234'567);
    std::ofstream(path, std::ios::binary) << bytes;
    running.routes->add("/file", 0, [&](const http::Request& r) {
        http::Response answer{200, "application/octet-stream"};
        answer.file = path;
        if (r.query("remove")) {
            answer.temporary = std::make_shared<http::TemporaryFile>(".bin");
            answer.file = made = answer.temporary->path();
            EXPECT_EQ(std::filesystem::status(made).permissions(), std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
            std::filesystem::copy_file(path, made, std::filesystem::copy_options::overwrite_existing);
        }
        return answer;
    });
    running.routes->add("/asset", 0, [](const http::Request&) {
        http::Response answer{200, "text/css"};
        answer.stat = bytes;
        return answer;
    });
    running.start();
    auto c = client();
    c.send(request_text("GET", "/asset") + request_text("HEAD", "/file") + request_text("GET", "/file?remove"));
    EXPECT_TRUE(c.read_answer()->body == bytes);
    EXPECT_EQ(c.read_answer(true)->header("content-length"), "1234567");
    EXPECT_TRUE(c.read_answer()->body == bytes);
    EXPECT_FALSE(std::filesystem::exists(made));
    c.send(request_text("HEAD", "/file?remove") + request_text("GET", "/file"));
    EXPECT_EQ(c.read_answer(true)->header("content-length"), "1234567");
    EXPECT_TRUE(c.read_answer()->body == bytes);
    EXPECT_FALSE(std::filesystem::exists(made));
    std::filesystem::remove(path);
    c.send(request_text("GET", "/file"));
    EXPECT_EQ(c.read_answer()->status, 500);
}

TEST(TemporaryFiles, go_with_the_answer_that_nobody_sent) {
    std::string path;
    {
        const http::Response answer{.temporary = std::make_shared<http::TemporaryFile>(".xlsx")};
        path = answer.temporary->path();
        EXPECT_TRUE(std::filesystem::exists(path));
        EXPECT_TRUE(path.ends_with(".xlsx"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(HttpTransport, an_old_client_and_one_that_says_close_are_answered_and_closed) {
    running.start();
    auto old = client();
    old.send("GET /hello HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.read_answer()->body, "hello");
    EXPECT_TRUE(old.sees_end());
    auto closing = client();
    closing.send(request_text("GET", "/hello", "Connection: close\r\n"));
    EXPECT_EQ(closing.read_answer()->header("connection"), "close");
    EXPECT_TRUE(closing.sees_end());
}
