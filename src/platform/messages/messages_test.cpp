#include "platform/messages/messages.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "platform/embedded/embedded.h"

namespace anban {
namespace {

TEST(Messages, every_sentence_exists_in_chinese_and_in_english) {
    const auto zh = json::parse(embedded::messages_zh());
    const auto en = json::parse(embedded::messages_en());
    ASSERT_TRUE(zh.ok() && en.ok());
    for (const auto& member : zh->as_object()) EXPECT_TRUE(en->as_object().contains(member.key())) << member.key();
    for (const auto& member : en->as_object()) EXPECT_TRUE(zh->as_object().contains(member.key())) << member.key();
}

TEST(Messages, a_value_that_looks_like_a_parameter_is_printed_as_it_is) {
    const auto text = messages::sentence(messages::Language::en, "calendar.year_missing", {{"year", "{year}"}});
    EXPECT_NE(text.find("{year}"), std::string::npos);
}

TEST(Messages, a_key_without_a_sentence_still_says_which_key) {
    EXPECT_EQ(messages::sentence(messages::Language::zh, "no.such_key", {{"row", "7"}}), "no.such_key row=7");
}

}  // namespace
}  // namespace anban
