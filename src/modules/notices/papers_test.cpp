// What the reader promises about several papers in one file.
#include <gtest/gtest.h>

#include "core/utf8.h"
#include "modules/notices/notices.h"

namespace anban::notices {
namespace {

const std::string kFirst = "关于召开调度会议的通知\n白河安办〔2022〕3号\n各街道:\n请各街道于1月20日前将参会回执报区安委办。\n白河区安全生产委员会办公室\n2022年1月12日\n";
const std::string kSecond = "关于报送冬季行车隐患的函\n各运输企业:\n请各运输企业于2月10日前将隐患清单报区交通局。\n白河区交通运输局\n2023年1月5日\n";

std::string words_at(const std::string& text, std::int64_t from, std::int64_t to) {
    return utf8::encode(utf8::decode(text).substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)));
}

TEST(Papers, a_single_notice_is_one_paper_from_its_first_character_to_its_last) {
    const auto read = extract(kFirst);
    ASSERT_EQ(read.papers.size(), 1U);
    EXPECT_EQ(words_at(kFirst, read.papers[0].from, read.papers[0].to), kFirst);
    EXPECT_EQ(read.papers[0].doc_number, read.doc_number);
}

TEST(Papers, two_notices_in_one_file_have_each_its_own_head_and_cover_the_text) {
    const auto text = kFirst + kSecond;
    const auto read = extract(text);
    ASSERT_EQ(read.papers.size(), 2U);
    EXPECT_EQ(read.title, "关于召开调度会议的通知");
    EXPECT_EQ(read.issue_date.value_or(""), "2022-01-12");
    EXPECT_EQ(read.papers[1].title, "关于报送冬季行车隐患的函");
    EXPECT_EQ(read.papers[1].issuer, "白河区交通运输局");
    EXPECT_EQ(read.papers[1].doc_number, "");
    EXPECT_EQ(read.papers[1].issue_date.value_or(""), "2023-01-05");
    EXPECT_EQ(words_at(text, read.papers[0].from, read.papers[1].from), kFirst);
    EXPECT_EQ(words_at(text, read.papers[1].from, read.papers[1].to), kSecond);
}

TEST(Papers, a_day_without_a_year_is_one_of_the_paper_that_it_stands_in) {
    const auto read = extract(kFirst + kSecond);
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[0].due.value_or(""), "2022-01-20");
    EXPECT_EQ(read.duties[1].due.value_or(""), "2023-02-10");
}

TEST(Papers, who_is_asked_and_who_receives_is_read_in_each_paper_by_itself) {
    const auto read = extract(kFirst + kSecond + "关于更换联系人的通知\n各社区:\n各社区3月1日前报送新联系人名单。\n白河区民政局\n2023年2月1日\n");
    ASSERT_EQ(read.papers.size(), 3U);
    ASSERT_EQ(read.duties.size(), 3U);
    EXPECT_EQ(read.duties[0].recipient, "区安委办");
    EXPECT_EQ(read.duties[1].recipient, "区交通局");
    EXPECT_EQ(read.duties[1].reporters, "各运输企业");
    EXPECT_EQ(read.duties[2].recipient, "");
}

TEST(Papers, a_plan_behind_its_cover_is_a_paper_and_goes_by_the_covers_day) {
    const std::string text = "关于印发《涉氨制冷整治方案》的通知\n峡安〔2019〕7号\n各镇、有关企业:\n现将《涉氨制冷整治方案》印发给你们,请认真执行。\n峡口县应急管理局\n2019年10月8日\n\n涉氨制冷整治方案\n"
                             "为消除隐患,制定本方案。\n一、报送要求\n各镇于次年1月15日前将整治总结报县应急管理局,有关企业11月5日前报送自查表。\n";
    const auto read = extract(text);
    ASSERT_EQ(read.papers.size(), 2U);
    EXPECT_EQ(read.title, "关于印发《涉氨制冷整治方案》的通知");
    EXPECT_EQ(read.papers[1].title, "涉氨制冷整治方案");
    EXPECT_FALSE(read.papers[1].issue_date);
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[0].due.value_or(""), "2020-01-15");
    EXPECT_EQ(read.duties[1].due.value_or(""), "2019-11-05");
    EXPECT_EQ(words_at(text, read.duties[1].from, read.duties[1].to), read.duties[1].quote);
}

TEST(Papers, a_later_paper_without_a_day_goes_by_the_first_ones) {
    const auto read = extract(kFirst + "关于补报材料的通知\n白河安办函〔2022〕9号\n各街道:\n各街道3月5日前报送补充材料,逾期不再受理,请务必安排专人办理。\n");
    ASSERT_EQ(read.papers.size(), 2U);
    EXPECT_FALSE(read.papers[1].issue_date);
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[1].due.value_or(""), "2022-03-05");
}

TEST(Papers, a_page_that_was_scraped_into_one_line_shows_its_cover_and_its_plan) {
    const auto read = extract("平川市人民政府关于印发平川市安全年方案的通知 平政办发[2010]9号 各县区人民政府: 《平川市安全年方案》已经市政府同意,现印发给你们,请结合实际认真贯彻执行,确保各项要求落到实处。 二○一○年三月四日 平川市安全年方案 "
                              "为加强安全工作,制定本方案。 一、总体要求 坚持预防为主,落实各级责任,全面提高各行业各领域安全管理水平,确保全市形势持续稳定。 二、报送 各县区于4月9日前将方案报市安委办。 三、其他 各县区要广泛宣传,营造氛围,动员社会各界支持和参与安全工作,务求取得实际效果。");
    EXPECT_EQ(read.issue_date.value_or(""), "2010-03-04");
    EXPECT_EQ(read.doc_number, "平政办发〔2010〕9号");
    ASSERT_EQ(read.papers.size(), 2U);
    EXPECT_EQ(read.papers[1].title, "平川市安全年方案");
}

TEST(Papers, annexes_that_are_tables_and_lists_of_further_reading_are_no_papers) {
    const auto read = extract(kFirst + "附件1\n隐患排查情况统计表\n序号\n单位\n隐患数\n相关阅读\n关于开展冬季检查的通知\n关于印发应急预案的通知\n上一篇 关于放假的通知\n");
    EXPECT_EQ(read.papers.size(), 1U);
}

TEST(Papers, any_number_of_papers_is_answered) {
    std::string text;
    while (text.size() < (1U << 20)) text += kFirst;
    const auto read = extract(text);
    EXPECT_LE(read.papers.size(), 60U);
    EXPECT_EQ(read.papers.back().to, static_cast<std::int64_t>(utf8::decode(text).size()));
}

}  // namespace
}  // namespace anban::notices
