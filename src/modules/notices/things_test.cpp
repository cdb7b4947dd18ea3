// What the reader promises beside duties. The gold notices of tests/notices/things are measured apart.
#include <gtest/gtest.h>

#include <random>

#include "core/utf8.h"
#include "modules/notices/notices.h"

namespace anban::notices {
namespace {

Extract read(const std::string& body) { return extract("关于开展仓储安全整治的通知\n各乡镇、各有关单位:\n" + body + "\n柳溪县安全生产委员会办公室\n2021年4月12日\n"); }
using Dates = std::pair<std::string, std::string>;
std::string or_none(const std::optional<std::string>& date) { return date.value_or("-"); }

struct Step { const char* words; const char* title; const char* start; const char* end; };

TEST(Things, a_phase_is_read_with_its_first_and_last_day_however_it_is_written) {
    const Step all[] = {
        {"一、实施步骤\n(一)发动部署阶段(4月15日至4月30日)。各乡镇开会部署。", "发动部署阶段", "2021-04-15", "2021-04-30"},
        {"4月20日前为摸底阶段,各乡镇逐户登记。", "摸底阶段", "-", "2021-04-20"},
        {"一、工作步骤\n第一步:摸底登记(即日起至4月底)。", "摸底登记", "2021-04-12", "2021-04-30"},
        {"一、方法步骤\n(二)集中清理(5月-6月)。逐库清理。", "集中清理", "2021-05-01", "2021-06-30"},
        {"一、时间步骤\n1.验收提升阶段:11月中旬至次年1月10日。", "验收提升阶段", "2021-11-11", "2022-01-10"},
        {"一、排查步骤\n(一)企业自查。各企业于5月8日至5月20日对照检查。", "企业自查", "2021-05-08", "2021-05-20"},
        {"整治分三步:自查自改(4月16日~30日)、交叉检查(5月1日~31日)、总结通报(6月1日~10日)。", "自查自改", "2021-04-16", "2021-04-30"},
        {"415日至430日为宣传阶段。", "宣传阶段", "2021-04-15", "2021-04-30"},
    };
    for (const auto& [words, title, start, end] : all) {
        const auto phases = read(words).phases;
        ASSERT_FALSE(phases.empty()) << words;
        EXPECT_EQ(phases[0].title, title) << words;
        EXPECT_EQ(Dates(or_none(phases[0].start_date), or_none(phases[0].end_date)), Dates(start, end)) << words;
    }
    EXPECT_FALSE(read("415日至430日为宣传阶段。").phases[0].repairs.empty());
}

TEST(Things, a_phase_without_a_day_has_none_and_the_present_stage_is_no_phase) {
    const auto phases = read("一、实施步骤\n(一)动员发动阶段。层层发动。\n(二)总结阶段。认真总结。").phases;
    ASSERT_EQ(phases.size(), 2U);
    EXPECT_FALSE(phases[0].start_date);
    EXPECT_TRUE(read("现阶段仓储火灾易发,各乡镇要分阶段推进。").phases.empty());
}

TEST(Things, the_headings_under_main_tasks_are_work_lines_in_order) {
    const auto lines = read("一、主要任务\n(一)清理违规搭建。限期拆除。\n(二)规范用电,消除隐患。逐户检查。\n二、工作要求\n(一)加强领导。压实责任。").work_lines;
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_EQ(lines[0].title, "清理违规搭建");
    EXPECT_EQ(lines[0].under, "主要任务");
    EXPECT_EQ(lines[0].section, "一(一)");
    EXPECT_EQ(lines[1].title, "规范用电,消除隐患");
}

TEST(Things, a_list_that_counts_itself_is_work_lines_only_if_the_count_is_right) {
    const auto lines = read("全县组织开展查库房、查电路、查值守3项行动。").work_lines;
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[0].title, "查库房");
    EXPECT_TRUE(read("各乡镇要完成年度5项任务。").work_lines.empty());
    EXPECT_EQ(read("“2”是学习贯彻、责任落实等2个专题,“3”是危化品、矿山、消防等3个专项。").work_lines.size(), 5U);
}

TEST(Things, a_leading_group_is_posts_and_never_names) {
    const auto group = read("成立领导小组:\n组  长:赵某某  副县长\n副组长:钱  某  县应急管理局局长\n        孙某某  县消防救援大队大队长\n成  员:李某某(县供销社副主任)、周某某(县商务局副局长)\n领导小组办公室设在县应急管理局,钱某同志兼任办公室主任。").leading_group;
    ASSERT_GE(group.size(), 6U);
    EXPECT_EQ(group[0].role + group[0].post, "组长副县长");
    EXPECT_EQ(group[2].role + group[2].post, "副组长县消防救援大队大队长");
    EXPECT_EQ(group[3].post, "县供销社副主任");
    EXPECT_EQ(group[5].role + group[5].organization, "办公室县应急管理局");
    for (const auto& one : group) {
        EXPECT_EQ(one.quote.find("某"), std::string::npos) << one.quote;
        EXPECT_EQ(one.post.find("某"), std::string::npos) << one.post;
    }
}

TEST(Things, names_that_ran_into_their_posts_and_names_of_two_parts_are_left_out_too) {
    for (const char* lines : {"组长:王建国副县长\n成员:李明县应急管理局局长\n", "组长:木拉提·某某 副县长\n成员:欧阳某 县应急管理局局长\n", "组长:副县长 王某某\n成员:县应急管理局局长 李某\n", "组长:诸葛明副县长\n成员:翟小川县应急管理局局长\n"}) {
        const auto group = read(std::string("名单如下:\n") + lines).leading_group;
        ASSERT_EQ(group.size(), 2U) << lines;
        EXPECT_EQ(group[0].post, "副县长") << lines;
        EXPECT_EQ(group[1].post, "县应急管理局局长") << lines;
    }
}

TEST(Things, an_office_that_begins_like_a_surname_keeps_its_whole_name) {
    const auto group = read("名单如下:\n组长:林业局局长\n成员:石某某 林业局副局长\n成员:应急管理局副局长\n").leading_group;
    ASSERT_EQ(group.size(), 3U);
    EXPECT_EQ(group[0].post + group[1].post + group[2].post, "林业局局长林业局副局长应急管理局副局长");
}

TEST(Things, a_group_told_in_a_sentence_is_read_and_a_group_that_others_must_form_is_not) {
    const auto group = read("由分管副县长任组长,县政府办副主任任副组长,有关单位负责人为成员。").leading_group;
    ASSERT_EQ(group.size(), 3U);
    EXPECT_EQ(group[0].role + group[0].post, "组长分管副县长");
    EXPECT_EQ(group[2].role + group[2].post, "成员有关单位负责人");
    EXPECT_TRUE(read("各乡镇要成立由主要负责人任组长的工作专班。").leading_group.empty());
}

TEST(Things, a_sector_is_read_with_who_leads_who_helps_and_its_tasks) {
    for (const char* words : {"一、重点任务\n(一)冷库。整治液氨泄漏隐患。(牵头单位:县商务局;配合单位:县应急局、县市场监管局)\n(二)粮库。查仓房。", "冷库:县商务局牵头,县应急局、县市场监管局配合,整治液氨泄漏隐患。\n",
                              "序号\t行业领域\t牵头单位\t配合单位\t主要任务\n1\t冷库\t县商务局\t县应急局、县市场监管局\t整治液氨泄漏隐患\n"}) {
        const auto sectors = read(words).sectors;
        ASSERT_EQ(sectors.size(), 1U) << words;
        EXPECT_EQ(sectors[0].sector, "冷库");
        EXPECT_EQ(sectors[0].leads, std::vector<std::string>{"县商务局"}) << words;
        EXPECT_EQ(sectors[0].supports, (std::vector<std::string>{"县应急局", "县市场监管局"})) << words;
        EXPECT_FALSE(sectors[0].tasks.empty()) << words;
    }
}

TEST(Things, an_office_whose_name_has_and_in_it_is_one_office) {
    const auto sectors = read("一、重点任务\n(一)快递。查场所。(责任单位:县工业和信息化局、县邮政局和县公安局)\n(二)其他。查仓房。").sectors;
    ASSERT_EQ(sectors.size(), 1U);
    EXPECT_EQ(sectors[0].responsible, (std::vector<std::string>{"县工业和信息化局", "县邮政局", "县公安局"}));
}

TEST(Things, sectors_that_are_only_listed_have_no_lead) {
    const auto sectors = read("聚焦仓储物流、冷链食品、烟花爆竹等重点行业领域开展排查。").sectors;
    ASSERT_EQ(sectors.size(), 3U);
    EXPECT_EQ(sectors[1].sector, "冷链食品");
    EXPECT_TRUE(sectors[1].leads.empty());
}

TEST(Things, the_columns_of_a_form_are_read_beside_each_other_below_each_other_and_from_a_sentence) {
    const std::vector<std::string> columns{"序号", "库房名称", "隐患内容", "整改时限"};
    for (const char* words : {"附件\n隐患清零台账\n填报单位:\n序号\t库房名称\t隐患内容\t整改时限\n1\t\t\t\n", "附件\n隐患清零台账\n\n序号\n\n库房名称\n\n隐患内容\n\n整改时限\n\n1\n\n\n", "附件\n隐患清零台账\n序号 | 库房名称 | 隐患内容 | 整改时限\n"}) {
        const auto forms = read(words).ledger_columns;
        ASSERT_EQ(forms.size(), 1U) << words;
        EXPECT_EQ(forms[0].form, "隐患清零台账") << words;
        EXPECT_EQ(forms[0].columns, columns) << words;
    }
    const auto told = read("各乡镇要建立隐患清零台账,台账应当载明库房名称、隐患内容、整改时限等内容。").ledger_columns;
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told[0].columns.size(), 3U);
}

struct Judged { const char* words; Effect effect; const char* points; };

TEST(Things, each_way_to_judge_is_told_apart) {
    const Judged all[] = {
        {"每迟报一次扣0.5分。", Effect::deduct, "0.5"}, {"在国家级媒体刊发的加3分。", Effect::add, "3"}, {"考核满分100分。", Effect::full, "100"}, {"考核采用百分制。", Effect::full, "100"}, {"85分以上为良好等次。", Effect::grade, "85"},
        {"整治结果纳入年度安全生产考核。", Effect::counts, "-"}, {"县安委办按月通报各乡镇排名。", Effect::rank, "-"}, {"瞒报事故的实行一票否决。", Effect::veto, "-"}, {"漏报一次扣02分。", Effect::deduct, "0.2"}, {"未建台账的,扣二分。", Effect::deduct, "2"},
    };
    for (const auto& [words, effect, points] : all) {
        const auto found = read(words).evaluation;
        ASSERT_EQ(found.size(), 1U) << words;
        EXPECT_EQ(found[0].effect, effect) << words;
        EXPECT_EQ(or_none(found[0].points), points) << words;
    }
    for (const char* words : {"教训十分沉痛。", "逐一分解任务。", "下午3时30分开会。", "占三分之一。", "第5分公司负责。"}) EXPECT_TRUE(read(words).evaluation.empty()) << words;
}

TEST(Things, what_is_deducted_for_stands_with_the_points) {
    const auto found = read("未按时报送月报的,每次扣1分。").evaluation;
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].what, "未按时报送月报的,每次扣1分");
}

TEST(Things, days_on_which_something_happens_are_key_dates_and_deadlines_of_reports_are_not) {
    const auto dates = read("4月26日上午在县会议中心召开动员会。各乡镇于4月30日前将方案报县安委办。县安委办将于6月上旬组织抽查。年底前完成全部整改。").key_dates;
    ASSERT_EQ(dates.size(), 3U);
    EXPECT_EQ(or_none(dates[0].start_date), "2021-04-26");
    EXPECT_EQ(Dates(or_none(dates[1].start_date), or_none(dates[1].end_date)), Dates("2021-06-01", "2021-06-10"));
    EXPECT_EQ(Dates(or_none(dates[2].start_date), or_none(dates[2].end_date)), Dates("-", "2021-12-31"));
}

TEST(Things, days_of_other_papers_of_the_past_and_of_figures_are_no_key_dates) {
    for (const char* words : {"根据2021年3月2日印发的方案要求开展检查。", "去年2020年6月1日开展了检查。", "报送1月1日至6月30日的排查台账。", "依据《关于2021年9月1日开展演练的通知》。", "按照县安办〔2021〕7号文件开展检查。"})
        EXPECT_TRUE(read(words).key_dates.empty()) << words;
}

struct Ended { const char* words; const char* title; const char* number; const char* day; const char* scope; };

TEST(Things, what_the_notice_replaces_is_named_with_its_number_its_day_and_what_of_it) {
    const Ended all[] = {
        {"《仓库消防登记办法》(柳消〔2016〕2号)同时废止。", "仓库消防登记办法", "柳消〔2016〕2号", "-", ""},
        {"本通知自印发之日起施行,《仓库消防登记办法》(柳消〔2016〕2号,2016年5月6日印发)停止执行。", "仓库消防登记办法", "柳消〔2016〕2号", "2016-05-06", ""},
        {"县安委办2月3日印发的《仓储整治方案》(柳安办〔2021〕3号)中关于按周报送情况等要求,调整为按本通知执行。", "仓储整治方案", "柳安办〔2021〕3号", "2021-02-03", "按周报送情况"},
        {"将《仓储整治方案》中的月报时间由每月28日前改为每月20日前。", "仓储整治方案", "", "-", "月报时间"},
        {"原柳安办〔2019〕15号文件不再执行。", "", "柳安办〔2019〕15号", "-", ""},
        {"以往要求与本通知不一致的,以本通知为准。", "", "", "-", "以往要求与本通知不一致的"},
    };
    for (const auto& [words, title, number, day, scope] : all) {
        const auto found = read(words).replaces;
        ASSERT_EQ(found.size(), 1U) << words;
        EXPECT_EQ(found[0].title, title) << words;
        EXPECT_EQ(found[0].doc_number, number) << words;
        EXPECT_EQ(or_none(found[0].issue_date), day) << words;
        EXPECT_EQ(found[0].scope, scope) << words;
    }
}

TEST(Things, papers_that_the_notice_obeys_and_things_that_are_abolished_by_themselves_are_not_replaced) {
    for (const char* words : {"根据《安全生产法》和《仓库防火规则》,开展整治。", "清理已废止的许可证。", "对不符合条件的依法予以取缔。", "各乡镇要严格按照本通知要求抓好落实。"}) EXPECT_TRUE(read(words).replaces.empty()) << words;
}

TEST(Things, a_speech_holds_none_of_it) {
    const auto read = extract("在全县安全生产会议上的讲话\n同志们:\n一、主要任务\n(一)查库房。去年查了。\n(二)查电路。去年也查了。\n4月26日召开会议,考核满分100分。\n");
    EXPECT_TRUE(read.work_lines.empty() && read.key_dates.empty() && read.evaluation.empty());
}

TEST(Things, a_quote_is_exactly_what_stands_at_its_place) {
    const std::string text = "關於開展倉庫整治的通知\r\n各鄉鎮：\r\n　　一、實施步驟\r\n　　（一）動員階段（４月１５日 至 ４月３０日）。層層發動。\r\n　　組  長：某某某  副縣長\r\n　　考核滿分１００分，《舊辦法甲乙》同時廢止。5月6日召開會議。\r\n2021年4月12日";
    const auto read = extract(text);
    const auto whole = utf8::decode(text);
    const auto check = [&](const auto& things, std::size_t least) {
        EXPECT_GE(things.size(), least);
        for (const auto& one : things) EXPECT_EQ(utf8::encode(whole.substr(static_cast<std::size_t>(one.from), static_cast<std::size_t>(one.to - one.from))), one.quote);
    };
    check(read.phases, 1);
    check(read.leading_group, 1);
    check(read.evaluation, 1);
    check(read.replaces, 1);
    check(read.key_dates, 1);
    EXPECT_EQ(read.phases.empty() ? "" : read.phases[0].title, "动员阶段");
}

TEST(Things, any_bytes_are_answered) {
    std::mt19937 random(11);
    const std::string pieces[] = {"组长:", "任组长", "3月1日", "至", "阶段", "(", ")", "《", "》", "废止", "牵头", "单位:", "、", "等行业领域", "一、重点任务\n", "(一)", "。", "\n", "5分", "扣", "考核", "序号\t", "表", "办公室设在", "3个行动", "第一步", "\xff", "附件\n", "为", "原通知"};
    for (int round = 0; round < 3'000; ++round) {
        std::string text = "关于检查的通知\n各县:\n";
        for (int n = static_cast<int>(random() % 50); n > 0; --n) text += random() % 9 == 0 ? std::string(1, static_cast<char>(random())) : pieces[random() % std::size(pieces)];
        EXPECT_FALSE(extract(text).papers.empty());
    }
}

// Each is the shape that one of the readers walks furthest for.
TEST(Things, a_megabyte_of_anything_is_answered) {
    for (const char* piece : {"组长:", "任组长,", "市局牵头", "甲、乙、丙等行业领域", "甲、乙、丙3个行动,", "序号\t名称\t单位\n", "考核5分,", "《甲乙丙丁》废止,", "3月1日至5日为动员阶段,", "一、实施步骤\n(一)甲。3月1日\n", "张某某 局长\n", "表载明甲乙、", "————\n"}) {
        std::string text = "关于检查的通知\n各县:\n";
        while (text.size() < (1U << 20)) text += piece;
        EXPECT_LE(extract(text).evaluation.size(), text.size()) << piece;
    }
}

}  // namespace
}  // namespace anban::notices
