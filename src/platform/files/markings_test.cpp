#include "platform/files/markings.h"

#include <gtest/gtest.h>

#include "platform/office/office_fixture.h"

namespace anban::files {
namespace {

using Level = MarkingVerdict::Level;
using office::fixture::package;
using office::fixture::workbook;

struct Row { const char* line; Level level; const char* rule; };

TEST(Markings, a_line_is_judged_as_a_reader_of_papers_would) {
    const Row table[] = {
        {"机密★1年", Level::block, "star"},
        {"机密★", Level::block, "star"},
        {"秘密★10年", Level::block, "star"},
        {"绝密★长期", Level::block, "star"},
        {"绝密★启用前", Level::block, "star"},
        {"  机　密 ★ 1年  ", Level::block, "star"},
        {"机\xe2\x80\x8b密★一年", Level::block, "star"},
        {"000012\t机密★3年", Level::block, "star"},
        {"机密★1年　　　特急", Level::block, "star"},
        {"【秘密★5年】", Level::block, "star"},
        {"密级：机密★1年", Level::block, "star"},
        {"份号000001 机密★1年", Level::block, "star"},
        {"按机密★1年的要求清退", Level::warn, "word"},
        {"機密★2年", Level::block, "star"},
        {"机密☆1年", Level::block, "star"},
        {"绝密", Level::block, "alone"},
        {"　　秘　密　　", Level::block, "alone"},
        {"密级：机密", Level::block, "alone"},
        {"密级: 秘密", Level::block, "alone"},
        {"（机密）", Level::block, "alone"},
        {"【绝密】", Level::block, "alone"},
        {"注意保护商业秘密", Level::warn, "word"},
        {"商业秘密", Level::warn, "word"},
        {"商业机密★", Level::warn, "word"},
        {"检查组现场查看了企业的机密室", Level::warn, "word"},
        {"这不是什么秘密。", Level::warn, "word"},
        {"标有“机密★1年”字样的文件应当清退", Level::warn, "word"},
        {"涉密及敏感信息请以保密渠道报送", Level::warn, "word"},
        {"秘密书写台", Level::warn, "word"},
        {"保密工作会议", Level::none, ""},
        {"揭秘施工现场", Level::none, ""},
        {"加密传输、秘书处、密切配合", Level::none, ""},
        {"司机密切注意", Level::warn, "word"},   // 司机+密切: the word check cannot cut words; a warning only
        {"★重大隐患", Level::none, ""},
        {"", Level::none, ""},
    };
    for (const auto& row : table) {
        const auto verdict = check_line(row.line, Place::body);
        EXPECT_EQ(verdict.level, row.level) << row.line;
        EXPECT_EQ(verdict.rule, row.rule) << row.line;
    }
}

TEST(Markings, in_a_page_head_the_word_by_itself_is_a_marking) {
    EXPECT_EQ(check_line("内部资料 机密", Place::head).rule, "head");
    EXPECT_EQ(check_line("机密 第1页", Place::head).level, Level::block);
    EXPECT_EQ(check_line("商业秘密保护办公室", Place::head).level, Level::warn);
    EXPECT_EQ(check_line("内部资料 机密", Place::body).level, Level::warn);
}

TEST(Markings, the_worst_line_of_a_text_decides_and_is_named) {
    const auto verdict = check_markings("本月工作\r\n注意商业秘密\r\n\r\n机密★1年\r\n其他");
    EXPECT_EQ(verdict.level, Level::block);
    EXPECT_EQ(verdict.where, "line 4");
    EXPECT_EQ(check_markings("一切正常\n商业秘密").where, "line 2");
    EXPECT_EQ(check_markings(""), MarkingVerdict{});
}

std::string word_file(const std::string& body, const std::string& head = "") {
    const auto paragraph = [](const std::string& runs) { return "<w:p xmlns:w=\"w\">" + runs + "</w:p>"; };
    return package({{"word/document.xml", "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>标题</w:t></w:r></w:p>" + paragraph(body) + "</w:body></w:document>"},
                    {"word/header1.xml", "<w:hdr xmlns:w=\"w\">" + paragraph(head) + "</w:hdr>"}});
}

TEST(Markings, a_word_file_is_read_across_its_runs_and_in_its_heads) {
    const auto split = check_markings_of(word_file("<w:r><w:t>机</w:t></w:r><w:r><w:t>密★1年</w:t></w:r>"), FileType::docx);
    ASSERT_TRUE(split);
    EXPECT_EQ(split->rule, "star");
    EXPECT_EQ(split->where, "paragraph 2");
    EXPECT_EQ(check_markings_of(word_file("<w:r><w:t>正常</w:t></w:r>", "<w:r><w:t>存档 秘密</w:t></w:r>"), FileType::docx)->rule, "head");
    EXPECT_EQ(check_markings_of(word_file("<w:r><w:t>保密工作</w:t></w:r>"), FileType::docx)->level, Level::none);
    const auto box = check_markings_of(word_file("<w:r><w:t>前文</w:t></w:r><w:p><w:r><w:t>绝密</w:t></w:r></w:p><w:r><w:t>后文</w:t></w:r>"), FileType::docx);
    EXPECT_EQ(box->rule, "alone");
}

TEST(Markings, a_spreadsheet_is_read_in_its_cells_and_in_its_heads) {
    const auto cell = workbook("<worksheet><sheetData><row r=\"3\"><c r=\"E3\" t=\"inlineStr\"><is><t>说明\n秘密★5年</t></is></c></row></sheetData></worksheet>");
    const auto verdict = check_markings_of(package(cell), FileType::xlsx);
    ASSERT_TRUE(verdict);
    EXPECT_EQ(verdict->level, Level::block);
    EXPECT_EQ(verdict->where, "表!E3");
    const auto head = workbook("<worksheet><sheetData/><headerFooter><oddHeader>&amp;L&amp;\"宋体,常规\"机密&amp;C第&amp;P页</oddHeader></headerFooter></worksheet>");
    EXPECT_EQ(check_markings_of(package(head), FileType::xlsx)->rule, "head");
}

TEST(Markings, a_text_file_in_the_old_encoding_is_read_and_a_scan_is_called_unreadable) {
    EXPECT_EQ(check_markings_of("\xbb\xfa\xc3\xdc\xa1\xef\x31\xc4\xea\n", FileType::text_gb18030)->rule, "star");
    EXPECT_TRUE(check_markings_of("%PDF-1.4", FileType::pdf)->unreadable);
    EXPECT_FALSE(check_markings_of("not a package", FileType::docx).ok());
}

}  // namespace
}  // namespace anban::files
