#include "core/utf8.h"

#include <gtest/gtest.h>

namespace anban::utf8 {
namespace {

TEST(Utf8, every_code_point_comes_back_as_it_went) {
    for (char32_t c = 0; c <= 0x10ffff; c += c < 0x3000 ? 1 : 251) {
        if (c >= 0xd800 && c <= 0xdfff) continue;
        std::string bytes;
        append(bytes, c);
        ASSERT_TRUE(valid(bytes)) << static_cast<unsigned>(c);
        ASSERT_EQ(decode(bytes), std::u32string(1, c));
    }
}

TEST(Utf8, overlong_surrogate_and_cut_sequences_are_not_valid) {
    for (const std::string bad : {"\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe5\xae", "\x80", "\xff"}) {
        EXPECT_FALSE(valid(bad));
        EXPECT_EQ(decode(bad)[0], U'\xfffd');
    }
    EXPECT_EQ(encode(decode("安\xff" "办")), "安\xef\xbf\xbd办");
}

TEST(Utf8, full_width_signs_have_their_narrow_twin) {
    EXPECT_EQ(half_width(U'１'), U'1');
    EXPECT_EQ(half_width(U'，'), U',');
    EXPECT_EQ(half_width(U'安'), U'安');
    EXPECT_TRUE(is_blank(0x3000));
    EXPECT_FALSE(is_blank(U'安'));
}

}  // namespace
}  // namespace anban::utf8
