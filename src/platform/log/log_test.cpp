#include "platform/log/log.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>
#include <vector>

#include "core/json.h"

namespace anban::log {
namespace {

class Log : public ::testing::Test {
protected:
    void SetUp() override { set_sink([this](std::string_view line) { lines_.emplace_back(line); }); }
    void TearDown() override { set_sink(nullptr); set_level(Level::info); }

    json::object only_line() {
        EXPECT_EQ(lines_.size(), 1u);
        auto parsed = json::parse(lines_.at(0));
        EXPECT_TRUE(parsed.ok()) << lines_.at(0);
        return parsed.value().as_object();
    }

    std::vector<std::string> lines_;
};

TEST_F(Log, an_event_is_one_line_with_its_fields) {
    info("filing.handed_in", {{"request", "r-1"}, {"ms", 12}, {"late", false}, {"name", std::string("株洲市住建局联络员")}});
    const auto line = only_line();
    EXPECT_EQ(line.at("level"), "info");
    EXPECT_EQ(line.at("event"), "filing.handed_in");
    EXPECT_EQ(line.at("ms"), 12);
    EXPECT_EQ(line.at("late"), false);
    EXPECT_EQ(line.at("name"), "株洲市住建局联络员");
    EXPECT_EQ(lines_[0].back(), '\n');
}

TEST_F(Log, nobody_writes_a_line_of_his_own) {
    // threats D4
    const std::string hostile = "x\"}\r\n{\"event\":\"forged\"}\x1b[2J\x7f\xc2\x9b" "31m \xe2\x80\xae" "gpj.exe \\ \xff\xfe \xe2\x80\xa8 end";
    warning("sign_in.refused", {{"name", hostile}});
    const auto line = only_line();
    EXPECT_EQ(line.at("event"), "sign_in.refused");
    EXPECT_EQ(line.at("name"), "x\"}␍␊{\"event\":\"forged\"}␛[2J␡<U+009B>31m <U+202E>gpj.exe \\ �� <U+2028> end");
    for (const char c : lines_[0].substr(0, lines_[0].size() - 1)) ASSERT_GE(static_cast<unsigned char>(c), 0x20);
}

TEST_F(Log, names_stay_readable) {
    for (const std::string name : {"中文", "Ürümqi", "𠮷", "ئۈرۈمچى", "བོད་", "①②③ — “引号”"}) EXPECT_EQ(visible(name), name);
}

TEST_F(Log, a_very_long_value_is_cut_between_characters) {
    std::string longer = "x";
    for (int i = 0; i < 5000; ++i) longer += "安";
    info("upload", {{"name", longer}});
    const std::string kept(only_line().at("name").as_string());
    EXPECT_LT(kept.size(), 2100u);
    EXPECT_EQ(kept.substr(kept.size() - 6), "安…");
}

TEST_F(Log, what_is_below_the_level_is_not_written) {
    debug("detail");
    EXPECT_TRUE(lines_.empty());
    set_level(Level::debug);
    debug("detail");
    EXPECT_EQ(lines_.size(), 1u);
}

TEST_F(Log, lines_of_many_threads_do_not_mix) {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([t] { for (int i = 0; i < 100; ++i) info("tick", {{"thread", t}, {"i", i}}); });
    threads.clear();
    ASSERT_EQ(lines_.size(), 400u);
    for (const auto& line : lines_) ASSERT_TRUE(json::parse(line).ok()) << line;
}

TEST_F(Log, when_a_line_can_not_be_written_it_is_counted_and_work_goes_on) {
    // threats A5
    set_sink([](std::string_view) { throw std::runtime_error("disk full"); });
    const auto before = dropped();
    info("tick");
    EXPECT_EQ(dropped(), before + 1);
}

}  // namespace
}  // namespace anban::log
