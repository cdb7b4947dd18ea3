// What the reader promises about wording. The gold notices of tests/notices are measured apart.
#include <gtest/gtest.h>

#include <random>

#include "core/utf8.h"
#include "modules/notices/notices.h"

namespace anban::notices {
namespace {

// The one duty of a notice that holds this sentence.
Duty only(const std::string& sentence) {
    const auto read = extract("关于报送材料的通知\n各县区、各有关单位:\n" + sentence + "\n某市安全生产委员会办公室\n2023年3月10日\n");
    EXPECT_EQ(read.duties.size(), 1U) << sentence;
    return read.duties.empty() ? Duty{} : read.duties.front();
}

struct Wording {
    const char* sentence;
    Recurrence recurrence;
    const char* due;
};

TEST(Notices, each_way_to_name_a_deadline_is_read_as_that_deadline) {
    const Wording all[] = {
        {"各县区于3月31日前将工作方案报市安委办。", Recurrence::once, "2023-03-31"},
        {"各县区于6月底前报送半年总结。", Recurrence::once, "2023-06-30"},
        {"各县区请于4月7日下午5点前将自查报告报送市安委办。", Recurrence::once, "2023-04-07T17:00"},
        {"各县区请于4月7日上午下班前将自查报告报送市安委办。", Recurrence::once, "2023-04-07T12:00"},
        {"各县区于次年1月10日前报送全年总结。", Recurrence::once, "2024-01-10"},
        {"各县区每周四16:00前报送本周工作情况。", Recurrence::weekly, "THU 16:00"},
        {"各县区每月25日前报送统计表。", Recurrence::monthly, "D25"},
        {"各县区每月5日、15日、25日前报送台账。", Recurrence::monthly, "D5,D15,D25"},
        {"各县区每月底前报送统计表。", Recurrence::monthly, "LAST"},
        {"各县区每季度末月20日前报送季度小结。", Recurrence::quarterly, "QM3-D20"},
        {"各县区于3月、6月、9月、12月的20日前报送季度小结。", Recurrence::quarterly, "QM3-D20"},
        {"各县区每季度结束后10日内报送分析报告。", Recurrence::quarterly, "D10 after quarter"},
        {"各县区每年12月20日前报送年度总结。", Recurrence::yearly, "12-20"},
        {"各县区每日8时、17时向市安委办报告排查情况。", Recurrence::daily, "08:00,17:00"},
        {"发生事故的,事发单位应在接报后1小时内书面报告市安委办。", Recurrence::immediate, "PT1H"},
        {"重大隐患自挂牌之日起3个工作日内,各县区将整改方案报送市安委办。", Recurrence::immediate, "P3WD"},
        {"活动举办5日前,各县区将方案报市安委办。", Recurrence::immediate, "-P5D"},
        {"有关企业应在期限届满20个工作日前向市安委办提出延期申请。", Recurrence::immediate, "-P20WD"},
        {"各县区在预案公布后20个工作日内到市安委办备案。", Recurrence::immediate, "P20WD"},
        {"停产企业应在停产当日报告。", Recurrence::immediate, "P1D"},
        {"各县区逢周五17:00前报送进度表。", Recurrence::weekly, "FRI 17:00"},
        {"各县区1月至2月每月25日前报送月报。", Recurrence::monthly, "D25"},
        {"各县区月底前将整改照片发市安委办邮箱。", Recurrence::once, "2023-03-31"},
    };
    for (const auto& [sentence, recurrence, due] : all) {
        const auto duty = only(sentence);
        EXPECT_EQ(duty.recurrence, recurrence) << sentence;
        EXPECT_EQ(duty.due.value_or("null"), due) << sentence;
    }
}

TEST(Notices, a_duty_is_found_by_whatever_verb_hands_it_over) {
    for (const char* sentence : {"各县区于3月31日前将自查报告交市安委办。", "各县区请于3月31日前把活动信息发给市安委办。", "各县区3月31日前提交回头看报告。", "各县区于3月31日前将台账寄送市安委办。", "各县区于3月31日前网传市安委办核查结果。",
                                 "各县区应于3月31日前将处理结果函告市安委办。", "各县区务必3月31日前在监管系统填报企业名录。", "各县区把名单于3月31日前转报市安委办。", "自查总结由各县区于3月31日前统一报市安委办。", "各县区不晚于3月31日(星期五)递交总结。"}) {
        const auto duty = only(sentence);
        EXPECT_EQ(duty.due.value_or("null"), "2023-03-31") << sentence;
        EXPECT_EQ(duty.reporters, "各县区") << sentence;
    }
}

TEST(Notices, two_tiers_of_one_clause_are_two_duties_with_their_own_days) {
    const auto read = extract("关于报送事故统计的通知\n各县区:\n当月事故统计表,县(市、区)于每月28日前、设区市于每月30日前报省安委办。\n省安委办\n2023年3月10日\n");
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[0].reporters + " " + read.duties[0].due.value_or(""), "县(市、区) D28");
    EXPECT_EQ(read.duties[1].reporters + " " + read.duties[1].due.value_or(""), "设区市 D30");
}

TEST(Notices, two_clocks_of_one_event_are_two_duties) {
    const auto read = extract("关于事故报告的通知\n各县区:\n发生险情的,各县区要在30分钟内电话报市防汛办、1小时内书面报告。\n市防汛办\n2023年3月10日\n");
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[0].due.value_or("") + " " + read.duties[1].due.value_or(""), "PT30M PT1H");
    EXPECT_EQ(read.duties[1].recipient, "市防汛办");
}

TEST(Notices, readings_that_a_converted_page_put_behind_its_characters_are_no_part_of_the_text) {
    const auto duty = only("農(nóng)機(jī)事故發(fā)生後1小時(shí)內(nèi)各縣(xiàn)區(qū)報(bào)市安委辦(bàn)。");
    EXPECT_EQ(duty.due.value_or(""), "PT1H");
}

TEST(Notices, what_goes_along_with_another_report_has_its_deadline) {
    const auto read = extract("关于报送情况的通知\n各镇:\n各镇每周五12:00前将周报表报镇安监办。有典型案例的单独成文,随周报一并报送。\n2023年3月10日\n");
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[1].due.value_or(""), "FRI 12:00");
}

TEST(Notices, a_row_of_a_table_is_a_duty) {
    const auto read = extract("关于报送要求的通知\n各单位:\n序号\t材料\t报送单位\t时限\n1\t隐患治理台账\t各直属企业\t季度终了后12日\n2\t周报表\t各直属企业\t周五15:00\n2023年3月10日\n");
    ASSERT_EQ(read.duties.size(), 2U);
    EXPECT_EQ(read.duties[0].due.value_or(""), "D12 after quarter");
    EXPECT_EQ(read.duties[1].due.value_or(""), "FRI 15:00");
    EXPECT_EQ(read.duties[1].recurrence, Recurrence::weekly);
}

TEST(Notices, rules_bind_whom_they_name_and_speeches_nobody) {
    const std::string rule = "一次死亡3至9人的,县级应急部门应在2小时内报至市应急局。";
    EXPECT_EQ(extract("事故信息快报办法(暂行)\n第五条 " + rule + "\n").duties.size(), 1U);
    EXPECT_TRUE(extract("在全市安全生产工作会议上的讲话\n同志们:\n去年以来,有的单位迟报信息,每月末才报一次。\n").duties.empty());
}

TEST(Notices, what_the_office_itself_will_report_upward_is_kept_apart) {
    const auto read = extract("关于报送情况的通知\n各乡镇:\n各乡镇每月25日前将情况报县安委办。县安委办将全县情况按季上报市安委办。\n县安委办\n2023年3月10日\n");
    EXPECT_EQ(read.duties.size(), 1U);
    EXPECT_EQ(read.office_will.size(), 1U);
}

TEST(Notices, figures_that_lost_their_marks_are_put_right_and_say_so) {
    const auto duty = only("各县区请于313日前将统计表报送市安委办。");
    EXPECT_EQ(duty.due.value_or(""), "2023-03-13");
    EXPECT_FALSE(duty.repairs.empty());
    EXPECT_EQ(only("各县区20231225日前报送工作总结。").due.value_or(""), "2023-12-25");
}

TEST(Notices, a_list_of_days_is_a_duty_for_each) {
    const auto read = extract("关于报送进度的通知\n各县区:\n各县区于3月13日、20日、27日前报送进度表。\n某市安委办\n2023年3月10日\n");
    ASSERT_EQ(read.duties.size(), 3U);
    EXPECT_EQ(read.duties[0].due.value_or(""), "2023-03-13");
    EXPECT_EQ(read.duties[2].due.value_or(""), "2023-03-27");
}

TEST(Notices, days_of_work_of_papers_and_of_meetings_are_no_duties) {
    for (const char* text : {"各县区于6月底前完成整改。", "根据2023年2月17日印发的《实施方案》要求,现将有关事项通知如下。", "各县区6月16日开展咨询日活动。", "4月1日前召开动员会。"})
        EXPECT_TRUE(extract(std::string("关于开展整治的通知\n各县区:\n") + text + "\n某市安委办\n2023年3月10日\n").duties.empty()) << text;
}

TEST(Notices, soft_wording_is_marked_and_gets_no_clock) {
    const auto duty = only("各县区要及时将典型案例报送市安委办。");
    EXPECT_TRUE(duty.soft);
    EXPECT_FALSE(duty.due);
}

TEST(Notices, nothing_to_report_must_be_said_where_the_notice_says_so) {
    for (const char* sentence : {"各县区每月25日前报送月报,实行零报告制度。", "各县区每月25日前报送月报,无情况也要报送。"}) EXPECT_TRUE(only(sentence).nil) << sentence;
    EXPECT_FALSE(only("各县区每月25日前报送月报。").nil);
}

TEST(Notices, a_quota_comes_with_its_unit_and_its_month) {
    const auto duty = only("各县区每月25日前报送宣传信息,每月不少于5篇。");
    EXPECT_EQ(duty.quota_min.value_or(0), 5);
    EXPECT_EQ(duty.quota_unit.value_or(""), "篇");
    EXPECT_EQ(duty.quota_per.value_or(""), "month");
}

TEST(Notices, a_quote_is_exactly_what_stands_at_its_place_also_between_blanks_and_in_traditional_forms) {
    for (const std::string text : {"關於報送材料的通知\n各縣區:\n請各縣區於 3 月 3 1 日 前 將 工 作 總 結 報 送 市 安 委 辦。\n2023年3月10日",
                                   "关于报送材料的通知\r\n　　各县区：\r\n　　请各县区、各有关单位按照职责分工抓好落实,并于３月３１日前将工作\n总结报送市安委办。"}) {
        const auto read = extract(text);
        ASSERT_EQ(read.duties.size(), 1U) << text;
        const auto& duty = read.duties.front();
        const auto whole = utf8::decode(text);
        EXPECT_EQ(utf8::encode(whole.substr(static_cast<std::size_t>(duty.from), static_cast<std::size_t>(duty.to - duty.from))), duty.quote);
        EXPECT_EQ(duty.materials, std::vector<std::string>{"工作总结"});
    }
}

TEST(Notices, any_bytes_are_answered) {
    std::mt19937 random(7);
    const std::string pieces[] = {"于", "3月", "13日前", "每周四", "报送", "《", "》", "(", ")", "\n", "市安委办", "各县区", "313日", "20231225", "一、", "(一)", "。", "、", "\xff", "内", "结束后", "每季度", "不少于", "5篇"};
    for (int round = 0; round < 3'000; ++round) {
        std::string text;
        for (int n = static_cast<int>(random() % 60); n > 0; --n) text += random() % 9 == 0 ? std::string(1, static_cast<char>(random())) : pieces[random() % std::size(pieces)];
        const auto read = extract(text);
        const auto size = static_cast<std::int64_t>(text.size());
        for (const auto& duty : read.duties) EXPECT_TRUE(duty.from >= 0 && duty.from <= duty.to && duty.to <= size) << text;
    }
}

// Counted in steps that hang: each of these took minutes once. Time itself is measured by bench/notices.
TEST(Notices, a_megabyte_of_anything_is_answered) {
    for (const char* piece : {"每", "报", "(", "1", "由", "3月3日前", "各县区于每月25日前将《表》报市安委办,", "报送;", "\xff", "[2023", "报告《\n", "备案", "报(", "(报", "县安委办3月1日前向省厅报送总结。\n", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二\n"}) {
        std::string text;
        while (text.size() < (1U << 20)) text += piece;
        EXPECT_LT(extract(text).duties.size(), text.size()) << piece;
    }
}

std::string damaged(const std::string& day, const std::string& issued) {
    return "关于报送情况的通知\n各县区:\n请各县区住建局于" + day + "前将《隐患排查情况表》报送市安委办。\n" + issued + "\n";
}

TEST(DamagedDays, a_day_that_may_be_two_is_asked_and_never_settled_in_silence) {
    const auto asked = extract(damaged("123日", "2023年1月3日"));
    ASSERT_EQ(asked.duties.size(), 1u);
    EXPECT_EQ(asked.duties[0].due_readings, (std::vector<std::string>{"2023-01-23", "2023-12-03"}));
    EXPECT_EQ(asked.duties[0].repairs, (std::vector<std::string>{"123日 → 2023年1月23日", "2023年12月3日"}));
    const auto with_hour = extract(damaged("123日17时", "2023年1月3日"));
    ASSERT_EQ(with_hour.duties.size(), 1u);
    EXPECT_EQ(with_hour.duties[0].due_readings, (std::vector<std::string>{"2023-01-23T17:00", "2023-12-03T17:00"}));
}

TEST(DamagedDays, each_day_of_a_list_is_asked_by_itself) {
    const auto list = extract(damaged("3月1日、123日", "2023年1月3日"));
    ASSERT_EQ(list.duties.size(), 2u);
    EXPECT_EQ(list.duties[0].due, "2023-03-01");
    EXPECT_EQ(list.duties[0].due_readings, std::nullopt);
    ASSERT_TRUE(list.duties[1].due_readings.has_value());
    EXPECT_EQ(list.duties[1].due_readings->size(), 2u);
}

TEST(DamagedDays, the_weekday_beside_it_or_the_day_of_the_notice_tells_which_is_meant) {
    const auto by_weekday = extract(damaged("123日(星期日)", "2023年1月3日"));
    ASSERT_EQ(by_weekday.duties.size(), 1u);
    EXPECT_EQ(by_weekday.duties[0].due, "2023-12-03");
    EXPECT_EQ(by_weekday.duties[0].due_readings, std::nullopt);
    EXPECT_EQ(by_weekday.duties[0].repairs.front(), "123日 → 2023年12月3日");
    const auto by_notice = extract(damaged("123日", "2023年10月8日"));
    ASSERT_EQ(by_notice.duties.size(), 1u);
    EXPECT_EQ(by_notice.duties[0].due, "2023-12-03");
    EXPECT_EQ(by_notice.duties[0].due_readings, std::nullopt);
    EXPECT_EQ(extract(damaged("313日", "2023年1月3日")).duties.at(0).due_readings, std::nullopt);
    const auto next_year = extract(damaged("122日", "2023年12月15日"));  // the 2nd of December is past
    ASSERT_EQ(next_year.duties.size(), 1u);
    EXPECT_EQ(next_year.duties[0].due, "2024-01-22");
    EXPECT_FALSE(next_year.duties[0].optional);
}

Duty duty_of(const std::string& sentence, std::size_t index = 0, std::size_t count = 1) {
    const auto read = extract("关于报送材料的通知\n各县区、各有关单位:\n" + sentence + "\n某市安全生产委员会办公室\n2023年3月10日\n");
    EXPECT_EQ(read.duties.size(), count) << sentence;
    return index < read.duties.size() ? read.duties[index] : Duty{};
}

TEST(SharedDays, what_is_handed_in_on_the_same_day_or_with_a_deed_has_that_day) {
    const auto table = duty_of("各学校9月18日报送排查小结,《隐患统计表》同日送区安委办。", 1, 2);
    EXPECT_EQ(table.due, "2023-09-18");
    EXPECT_EQ(table.recipient, "区安委办");
    EXPECT_EQ(duty_of("请各单位于3月25日前完成自查,自查报告同时报区安委办。").due, "2023-03-25");
    const auto monthly = duty_of("各县(区)自本月起按月更新劝导站数据,每月10日报联席办。");
    EXPECT_EQ(monthly.due, "D10");
    EXPECT_EQ(monthly.recipient, "联席办");
    EXPECT_EQ(duty_of("市交警支队11月20日前拿出高风险企业名单,报市应急局。").materials, std::vector<std::string>{"高风险企业名单"});
}

TEST(SharedDays, a_summary_beside_the_weeks_of_a_month_is_of_that_month) {
    const auto summary = duty_of("6月份每周四16:00前报送本周工作情况,6月23日前报送活动总结和统计表。", 1, 2);
    EXPECT_EQ(summary.due, "2023-06-23");
    EXPECT_EQ(summary.window_rule, "2023-06-01..2023-06-30");
}

TEST(Events, the_clock_starts_with_what_happened_and_not_with_who_reports) {
    EXPECT_EQ(duty_of("发生困人事故的,使用单位10分钟内电话报告镇应急站。").event, "发生困人事故");
    EXPECT_EQ(duty_of("接到事故报告后,县应急局应在30分钟内电话报告市应急局。").event, "接到事故报告");
    EXPECT_EQ(duty_of("发生较大以上事故,半小时内电话报告市政府总值班室。").event, "发生较大以上事故");
    EXPECT_EQ(duty_of("隐患整改完毕,由企业在2个工作日内将整改情况报告街道应急办。").due, "P2WD");
    EXPECT_EQ(duty_of("发生较大以上事故,半小时内电话报告、2小时内书面报告市政府总值班室。", 1, 2).event, "发生较大以上事故");
    EXPECT_EQ(duty_of("发生险情后1小时内向县防办报送险情快报。").materials, std::vector<std::string>{"险情快报"});
    EXPECT_EQ(duty_of("每日17时前报送险情报告单。").materials, std::vector<std::string>{"险情报告单"});
    const auto flood = duty_of("一旦发现险情,乡镇10分钟内报告县防指。");
    EXPECT_EQ(flood.recipient, "县防指");
    EXPECT_EQ(flood.reporters, "乡镇");
    EXPECT_EQ(duty_of("网点撤销的,企业应在变动前20日书面向邮政管理局备案。").event, "变动");
}

}  // namespace
}  // namespace anban::notices
