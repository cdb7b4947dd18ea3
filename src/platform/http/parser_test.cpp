// A chunked body reads alike however the network cuts it. threats B3
#include "platform/http/parser.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <vector>

namespace anban::http {
namespace {

struct Reading {
    std::string body;
    bool broken = false;
    bool done = false;
    friend bool operator==(const Reading&, const Reading&) = default;
};

// As a connection does: what was not used comes again with what is new.
Reading read(const std::string& body, const std::vector<std::size_t>& cuts) {
    Parser parser;
    EXPECT_TRUE(parser.read_head("POST /x HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"));
    Reading out;
    std::string in;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= cuts.size(); ++i) {
        const auto to = i < cuts.size() ? cuts[i] : body.size();
        in += body.substr(from, to - from);
        from = to;
        if (in.empty() || out.broken || parser.done()) continue;
        const auto step = parser.read_body(in, [&](std::string_view piece) { out.body += piece; });
        in.erase(0, step.used);
        out.broken = step.broken;
    }
    out.done = parser.done();
    return out;
}

void expect_one_reading(const std::string& body) {
    const auto whole = read(body, {});
    std::vector<std::size_t> bytewise;
    for (std::size_t at = 1; at < body.size(); ++at) {
        EXPECT_EQ(read(body, {at}), whole) << ::testing::PrintToString(body) << " cut at " << at;
        bytewise.push_back(at);
    }
    EXPECT_EQ(read(body, bytewise), whole) << ::testing::PrintToString(body) << " byte by byte";
}

TEST(ChunkedBodies, however_it_is_cut_it_is_read_alike_to_its_end) {
    for (const std::string body : {"0\r\n\r\n", "3\r\nabc\r\n0\r\n\r\n", "1\r\na\r\n2;x=y\r\nbc\r\n00\r\nt: v\r\n\r\n"}) {
        EXPECT_TRUE(read(body, {}).done);
        expect_one_reading(body);
    }
}

TEST(ChunkedBodies, however_it_is_cut_what_is_no_body_is_refused_alike) {
    for (const char* body : {"1\r\n10\r\n0", "2;a=b\r\nht\r\n\r\n", "0\r\nx", "0x\r\n", "\r\n", "1\r\nab\r\n"}) expect_one_reading(body);
    const std::array<const char*, 11> parts{"0", "1", "3", "a", "\r\n", "\r", "\n", ";", "x", "abc", ":"};
    for (std::size_t n = 0; n < 1'771'561; n += 83) {  // some twenty thousand of all six in a row
        std::string body;
        for (std::size_t rest = n, i = 0; i < 6; ++i, rest /= parts.size()) body += parts[rest % parts.size()];
        expect_one_reading(body);
        if (HasFailure()) return;
    }
}

}  // namespace
}  // namespace anban::http
