#include "platform/http/head.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "platform/http/names.h"
#include "platform/http/parser.h"

using namespace anban::http;

namespace {

std::string path_of(std::string_view target) {
    const auto read = read_target(target);
    return read ? read->path : "refused";
}

int status_of(const Pairs& fields, int version = 11) {
    const auto verdict = understand({"POST", "/x", version, fields});
    const int* status = std::get_if<int>(&verdict);
    return status ? *status : 0;
}

}  // namespace

TEST(HttpTarget, a_path_is_decoded_once_and_what_could_mean_another_path_is_refused) {
    EXPECT_EQ(path_of("/a/b.c"), "/a/b.c");
    EXPECT_EQ(path_of("/%E5%AE%89%20%25"), "/安 %");
    EXPECT_EQ(path_of("/%252e%252e/x"), "/%2e%2e/x");
    EXPECT_EQ(path_of("/a..b/...") , "/a..b/...");
    for (const char* bad : {"", "a", "*", "http://h/a", "//../a", "/.", "/..", "/a/../b", "/a/./b", "/a/%2e%2e/b", "/a/.%2E", "/a/..;x/b",
                            "/a%2fb", "/a%2Fb", "/a%5cb", "/a\\b", "/a%00b", "/a%0ab", "/a%7f", "/a%", "/a%4", "/a%zz", "/a#b",
                            "/%ff", "/%c0%ae", "/%ed%a0%80", "/%f4%90%80%80", "/\xE5\xAE\x89", "/a?b=%", "/a?b=1&b=2", "/a?=1", "/a?b=%ff", "/a?b=%00"})
        EXPECT_EQ(path_of(bad), "refused") << bad;
}

TEST(HttpHead, a_second_opinion_on_a_header_is_refused_and_lists_are_joined) {
    EXPECT_EQ(status_of({{"Host", "a"}}), 0);
    EXPECT_EQ(status_of({{"Host", "a"}, {"host", "a"}}), 400);
    EXPECT_EQ(status_of({}), 400);
    EXPECT_EQ(status_of({}, 10), 0);
    EXPECT_EQ(status_of({{"Host", ""}}), 400);
    EXPECT_EQ(status_of({{"Host", "a/b@c"}}), 400);
    EXPECT_EQ(status_of({{"Host", "a"}, {"Cookie", "s=1"}, {"Cookie", "s=2"}}), 400);
    EXPECT_EQ(status_of({{"Host", "a"}, {"Expect", "miracles"}}), 417);
    const auto both = understand({"GET", "/", 11, {{"Host", "a"}, {"Accept", "b"}, {"ACCEPT", "c"}}});
    EXPECT_EQ(std::get<Head>(both).fields, (Pairs{{"host", "a"}, {"accept", "b, c"}}));
}

TEST(HttpHead, a_body_has_one_length_or_chunks_and_never_both) {
    const auto with = [](std::string_view name, std::string_view value) { return status_of({{"Host", "a"}, {std::string(name), std::string(value)}}); };
    EXPECT_EQ(with("Content-Length", "0"), 0);
    EXPECT_EQ(with("Content-Length", "12"), 0);
    for (const char* bad : {"", "-1", "+1", "1,1", "1, 1", " 1", "0x10", "1e3", "1234567890123456789", "99999999999999999999"})
        EXPECT_EQ(with("Content-Length", bad), 400) << bad;
    EXPECT_EQ(with("Transfer-Encoding", "Chunked"), 0);
    for (const char* bad : {"", "identity", "gzip, chunked", "chunked, chunked", "xchunked", "chunked;q=1"})
        EXPECT_EQ(with("Transfer-Encoding", bad), 400) << bad;
    EXPECT_EQ(status_of({{"Host", "a"}, {"Content-Length", "1"}, {"Transfer-Encoding", "chunked"}}), 400);
    EXPECT_EQ(status_of({{"Transfer-Encoding", "chunked"}}, 10), 400);
}

TEST(HttpHead, the_scan_finds_the_end_however_the_bytes_come_and_refuses_as_early_as_it_can) {
    const std::string good = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
    HeadScan drip;
    for (std::size_t i = 1; i <= good.size(); ++i) {
        ASSERT_EQ(drip.feed(std::string_view(good).substr(0, i)), 0);
        ASSERT_EQ(drip.end(), i == good.size() ? i : 0);
    }
    const std::string nul("GET / HTTP/1.1\r\nA: \0", 20);
    for (const auto& bad : {std::string("GET / HTTP/1.1\n"), std::string("GET /\rx"), std::string("\r\n"), std::string(" GET"), nul,
                            std::string("GET / HTTP/1.1\r\nA: b\r\n "), std::string("\x16\x03\x01")})
        EXPECT_EQ(HeadScan().feed(bad), 400) << bad;
    EXPECT_EQ(HeadScan().feed("GET /" + std::string(9000, 'a')), 414);
    EXPECT_EQ(HeadScan().feed("GET / HTTP/1.1\r\nA: " + std::string(17000, 'a')), 431);
}

TEST(HttpParser, chunks_are_read_at_every_cut) {
    const std::string body = "5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nTrailer: t\r\n\r\nGET";
    for (std::size_t cut = 1; cut < body.size(); ++cut) {
        Parser parser;
        ASSERT_TRUE(parser.read_head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
        std::string got, in;
        for (const auto& part : {body.substr(0, cut), body.substr(cut)}) {
            in += part;
            const auto step = parser.read_body(in, [&](std::string_view piece) { got += piece; });
            ASSERT_FALSE(step.broken) << cut;
            in.erase(0, step.used);
        }
        EXPECT_TRUE(parser.done()) << cut;
        EXPECT_EQ(got, "hello world") << cut;
        EXPECT_EQ(in, "GET") << cut;
    }
}

TEST(HttpParser, broken_chunks_are_refused) {
    for (const char* bad : {"x\r\n", "-1\r\n", "5\r\nhelloXX\r\n", "11111111111111111\r\n", "5\nhello\r\n0\r\n\r\n", "5 \r\nhello\r\n", "0x5\r\nhello\r\n\r\n"}) {
        Parser parser;
        ASSERT_TRUE(parser.read_head("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
        std::string in = bad;
        bool broken = false;
        for (int i = 0; i < 4 && !broken; ++i) {
            const auto step = parser.read_body(in, [](std::string_view) {});
            in.erase(0, step.used);
            broken = step.broken;
        }
        EXPECT_TRUE(broken) << bad;
    }
}

TEST(HttpCookie, a_cookie_that_comes_twice_is_none) {
    EXPECT_EQ(find_cookie("a=1; session=x ;b=2", "session"), "x");
    EXPECT_EQ(find_cookie("session=", "session"), "");
    EXPECT_EQ(find_cookie("xsession=1; sessionx=2", "session"), std::nullopt);
    EXPECT_EQ(find_cookie("session=1; session=1", "session"), std::nullopt);
}

// threats D5
TEST(DownloadName, hostile_names_stay_readable_and_harm_nobody) {
    EXPECT_EQ(clean_name("株洲市月报表.xlsx"), "株洲市月报表.xlsx");
    EXPECT_EQ(clean_name("../../etc/passwd"), "_.._etc_passwd");
    EXPECT_EQ(clean_name("a\\b:c*d?e\"f<g>h|i"), "a_b_c_d_e_f_g_h_i");
    EXPECT_EQ(clean_name("a\r\nX-Evil: 1"), "a__X-Evil_ 1");
    EXPECT_EQ(clean_name(std::string_view("a\0b", 3)), "a_b");
    EXPECT_EQ(clean_name("invoice\u202Excod.exe"), "invoice_xcod.exe");
    EXPECT_EQ(clean_name("\xFF\xC3"), "__");
    EXPECT_EQ(clean_name("..."), "download");
    EXPECT_EQ(clean_name(""), "download");
    EXPECT_EQ(clean_name("CON.txt"), "_CON.txt");
    EXPECT_EQ(clean_name("com1"), "_com1");
    std::string long_name;
    for (int i = 0; i < 1000; ++i) long_name += "安";
    const auto cut = clean_name(long_name + ".xlsx");
    EXPECT_LE(cut.size(), 180u);
    EXPECT_TRUE(cut.ends_with("安.xlsx"));
    EXPECT_TRUE(is_utf8(cut));
}

// threats D5 (RFC 6266, 8187)
TEST(DownloadName, the_header_tells_old_and_new_clients_and_can_not_be_broken_out_of) {
    EXPECT_EQ(content_disposition("月报 1.xlsx"),
              "attachment; filename=\"__ 1.xlsx\"; filename*=UTF-8''%E6%9C%88%E6%8A%A5%201.xlsx");
    const auto hostile = content_disposition("a\"; filename=evil.html\r\nSet-Cookie: x=1; %41.txt");
    EXPECT_EQ(hostile.find_first_of("\r\n"), std::string::npos);
    EXPECT_EQ(std::count(hostile.begin(), hostile.end(), '"'), 2);
}
