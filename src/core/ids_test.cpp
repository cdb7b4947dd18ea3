#include "core/ids.h"

#include <gtest/gtest.h>

#include <set>

namespace anban {
namespace {

TEST(Ids, rise_even_when_the_clock_stands_still_or_jumps_back) {
    std::string before;
    for (int i = 0; i < 20'000; ++i) {
        const auto id = new_id({1'700'000'000'000 - (i % 7) * 1000});
        ASSERT_TRUE(is_id(id)) << id;
        ASSERT_LT(before, id);
        before = id;
    }
}

TEST(Ids, anything_else_is_not_an_id) {
    for (const char* text : {"", "abc", "01234567890123456789012345678", "0123456789012345678901234u", "0123456789ABCDEFGHJKMNPQRS"})
        EXPECT_FALSE(is_id(text)) << text;
}

}  // namespace
}  // namespace anban
