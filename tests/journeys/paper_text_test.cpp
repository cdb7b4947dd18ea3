// A notice comes as whatever the office upstairs sent: the same duty is read out of each kind of paper.
#include <gtest/gtest.h>

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <optional>

#include "app/demo_paper.h"
#include "modules/drafts/paper_text.h"
#include "modules/notices/notices.h"
#include "platform/office/xlsx_writer.h"
#include "tests/support/world_db.h"

namespace anban::test {
namespace {

const std::vector<std::string> kLines{"关于报送情况的通知", "各县区:", "每月25日前,各县区住建局向市安委办报送《隐患排查情况表》。", "2023年3月10日"};

std::string joined(const std::string& before, const std::string& after) {
    std::string out;
    for (const auto& line : kLines) out += before + line + after;
    return out;
}

std::string file(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void expect_the_duty(const std::string& name, const std::string& bytes) {
    const auto text = drafts::text_of_paper(name, bytes);
    ASSERT_TRUE(text.ok()) << name << ": " << text.refusal().key;
    const auto read = notices::extract(*text);
    EXPECT_EQ(read.title, "关于报送情况的通知") << name << "\n" << *text;
    ASSERT_EQ(read.duties.size(), 1u) << name << "\n" << *text;
    EXPECT_EQ(read.duties[0].due, "D25") << name;
    EXPECT_EQ(read.duties[0].materials, (std::vector<std::string>{"《隐患排查情况表》"})) << name;
}

TEST(PaperText, the_same_duty_is_read_from_text_pdf_old_word_and_a_page_of_the_web) {
    expect_the_duty("通知.txt", joined("", "\n"));
    expect_the_duty("通知.pdf", demo::pdf(kLines, ""));
    expect_the_duty("通知.doc", file(std::string(ANBAN_SOURCE_DIR) + "/tests/papers/notice.doc"));
    expect_the_duty("通知.html", "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><title>网站</title><script>var x = '每月3日前报送';</script></head><body>" +
                                     joined("<p>", "</p>\n") + "</body></html>");
}

TEST(PaperText, an_annex_in_sheets_becomes_lines_with_its_cells_set_apart) {
    TemporaryFolder folder;
    const auto path = folder.path() + "/annex.xlsx";
    {
        office::XlsxWriter book(path);
        book.add_sheet("附件1");
        book.text(0, 0, "序号");
        book.text(0, 1, "隐患单位");
        book.text(1, 1, "某燃气站");
        book.close();
    }
    const auto text = drafts::text_of_paper("附件.xlsx", file(path));
    ASSERT_TRUE(text.ok()) << text.refusal().key;
    EXPECT_EQ(*text, "序号\t隐患单位\n某燃气站\n");
}

TEST(PaperText, reading_a_page_of_the_web_leaves_nothing_behind_on_the_machine) {
    const TemporaryFolder place;
    const auto* const given = std::getenv("TMPDIR");
    const std::optional<std::string> before = given ? std::optional<std::string>(given) : std::nullopt;
    const bool was_there = std::filesystem::exists("/nonexistent");
    ::setenv("TMPDIR", place.path().c_str(), 1);
    expect_the_duty("通知.html", "<html><body>" + joined("<p>", "</p>\n") + "</body></html>");
    before ? ::setenv("TMPDIR", before->c_str(), 1) : ::unsetenv("TMPDIR");
    EXPECT_TRUE(std::filesystem::is_empty(place.path()));
    EXPECT_EQ(std::filesystem::exists("/nonexistent"), was_there);
}

// threats B10, D5: a paper that is broken, or a trap, is refused in words and costs seconds at most.
TEST(PaperText, papers_that_can_not_be_read_are_refused_in_words) {
    const auto why = [](const std::string& bytes) { return drafts::text_of_paper("通知", bytes).refusal().key; };
    EXPECT_EQ(why(""), "notice.empty");
    const auto whole = demo::pdf(kLines, "");
    EXPECT_EQ(why(whole.substr(0, 200)), "office.not_readable");
    EXPECT_EQ(why("%PDF-1.7\n" + std::string(100'000, 'x')), "office.not_readable");
    EXPECT_EQ(why("{\\rtf1 x}"), "notice.no_text");
    EXPECT_EQ(why(demo::png(1)), "notice.no_text");
    const auto doc = file(std::string(ANBAN_SOURCE_DIR) + "/tests/papers/notice.doc");
    const auto cut = drafts::text_of_paper("通知.doc", doc.substr(0, 1'024));
    EXPECT_TRUE(cut.ok() || cut.refusal().key.starts_with("office.") || cut.refusal().key == "notice.no_text");
    std::string nested = "<html>";
    for (int i = 0; i < 200'000; ++i) nested += "<div>";
    const auto deep = drafts::text_of_paper("深.html", nested);
    EXPECT_TRUE(deep.ok() || deep.refusal().key == "office.not_readable");
}

}  // namespace
}  // namespace anban::test
