#include <gtest/gtest.h>

#include "platform/office/docx_text.h"
#include "platform/office/office_fixture.h"

namespace anban::office {
namespace {

std::string document(const std::string& body) {
    return fixture::package({{"[Content_Types].xml", "<Types/>"},
                             {"word/document.xml", R"(<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>)" + body + "</w:body></w:document>"}});
}

std::string paragraph(const std::string& text) { return "<w:p><w:r><w:t>" + text + "</w:t></w:r></w:p>"; }

TEST(Docx, paragraphs_are_lines_and_the_runs_of_one_stand_together) {
    EXPECT_EQ(docx_text(document(paragraph("关于报送情况的通知") + "<w:p><w:r><w:t>每月</w:t></w:r><w:r><w:t>25日前</w:t><w:br/><w:t>报送</w:t></w:r></w:p>"), 1'000).value(), "关于报送情况的通知\n每月25日前\n报送\n");
}

TEST(Docx, a_row_of_a_table_is_a_line_with_tabs_between_its_cells) {
    const auto cell = [](const std::string& text) { return "<w:tc>" + paragraph(text) + "</w:tc>"; };
    EXPECT_EQ(docx_text(document("<w:tbl><w:tr>" + cell("月报表") + "<w:tc>" + paragraph("各县") + paragraph("各区") + "</w:tc>" + cell("每月5日前") + "</w:tr></w:tbl>"), 1'000).value(), "月报表\t各县 各区\t每月5日前\t\n");
}

TEST(Docx, what_was_deleted_and_the_code_of_a_field_are_no_text) {
    EXPECT_EQ(docx_text(document("<w:p><w:del><w:r><w:delText>20日</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:t>25日</w:t></w:r></w:p>"), 1'000).value(), "25日\n");
}

TEST(Docx, what_is_no_document_too_long_or_hostile_is_refused) {
    EXPECT_EQ(docx_text("PK\x03\x04 nothing", 1'000).refusal().key, "office.not_a_package");
    EXPECT_EQ(docx_text(fixture::package({{"xl/workbook.xml", "<workbook/>"}}), 1'000).refusal().key, "office.not_a_document");
    EXPECT_EQ(docx_text(document(paragraph(std::string(2'000, 'x'))), 1'000).refusal().key, "office.text_too_long");
    EXPECT_EQ(docx_text(fixture::package({{"word/document.xml", "<!DOCTYPE d [<!ENTITY e \"x\">]><d>&e;</d>"}}), 1'000).refusal().key, "office.xml_dtd");
    EXPECT_FALSE(docx_text(document("<w:p><w:r>"), 1'000).ok());
}

}  // namespace
}  // namespace anban::office
