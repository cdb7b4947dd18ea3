#include "core/json.h"

#include <gtest/gtest.h>

namespace anban::json {
namespace {

std::string why(std::string_view text) {
    const auto read = parse(text);
    return read.ok() ? "accepted" : read.refusal().key;
}

// threats-and-faults.md B6
TEST(Json, what_two_readers_could_understand_differently_is_refused) {
    EXPECT_EQ(why(R"({"a":1,"a":2})"), "json.duplicate_key");
    EXPECT_EQ(why(R"({"a":{"b":1,"b":1}})"), "json.duplicate_key");
    EXPECT_EQ(why(R"({"\u0061":1,"a":2})"), "json.duplicate_key");
    EXPECT_EQ(why("1e999"), "json.number_out_of_range");
    EXPECT_EQ(why("-1e999"), "json.number_out_of_range");
    EXPECT_EQ(why("\"\xff\""), "json.malformed");
    EXPECT_EQ(why("\"\xed\xa0\x80\""), "json.malformed");
    EXPECT_EQ(why(R"("\ud800")"), "json.malformed");
    EXPECT_EQ(why("{} {}"), "json.trailing_bytes");
    EXPECT_EQ(why("NaN"), "json.malformed");
    EXPECT_EQ(why(""), "json.malformed");
    EXPECT_EQ(why("{\"a\":1"), "json.malformed");
    EXPECT_EQ(why(std::string(100'000, '[')), "json.too_deep");
    EXPECT_EQ(why("[" + std::string(2'000'001, '0').replace(0, 0, "") + "]"), "json.malformed");
}

TEST(Json, a_million_members_are_read_or_refused_without_a_pause) {
    std::string many = "[";
    for (int i = 0; i < 2'000'001; ++i) many += "0,";
    many.back() = ']';
    EXPECT_EQ(why(many), "json.too_many_values");
}

TEST(Json, ordinary_documents_are_written_back_as_they_were) {
    for (const char* text : {R"({"a":[1,2.5,-3,"四",true,null],"b":{}})", R"("中文\n")", "0", "[]"})
        EXPECT_EQ(write(*parse(text)), text);
    EXPECT_EQ(write_canonical(*parse(R"({"b":1,"a":{"d":2,"c":3}})")), R"({"a":{"c":3,"d":2},"b":1})");
}

}  // namespace
}  // namespace anban::json
