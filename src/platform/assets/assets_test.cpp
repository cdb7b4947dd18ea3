#include "platform/assets/assets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "tests/support/tree.h"
namespace anban::assets {
namespace {

std::string file_in_tree(std::string_view path) {
    std::ifstream in(test::tree(std::string(path)), std::ios::binary);
    return (std::ostringstream() << in.rdbuf()).str();
}

TEST(Assets, the_program_carries_the_messages_as_they_stand_in_the_tree) {
    const Asset* messages = find("messages/zh.json");
    ASSERT_NE(messages, nullptr);
    EXPECT_EQ(messages->raw, file_in_tree("messages/zh.json"));
    EXPECT_EQ(messages->type, "application/json");
    EXPECT_EQ(messages->gzip.substr(0, 2), "\x1f\x8b");
}

TEST(Assets, what_is_not_carried_is_not_found) {
    EXPECT_EQ(find("messages/zh"), nullptr);
    EXPECT_EQ(find(""), nullptr);
    EXPECT_EQ(find("web/../messages/zh.json"), nullptr);
}

TEST(Assets, each_is_found_by_its_path_and_its_tag_tells_its_content) {
    for (const Asset& asset : all()) {
        EXPECT_EQ(find(asset.path), &asset) << asset.path;
        auto twins = std::count_if(all().begin(), all().end(),
                                   [&](const Asset& other) { return other.etag == asset.etag && other.raw != asset.raw; });
        EXPECT_EQ(twins, 0) << asset.path;
    }
}

}  // namespace
}  // namespace anban::assets
