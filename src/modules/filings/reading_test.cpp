#include "modules/filings/reading.h"

#include <gtest/gtest.h>

#include <random>

#include "modules/filings/differences.h"
#include "tests/support/filing_walk.h"

namespace anban::filings {
namespace {

using test::beijing;
using test::CampaignWorld;
using test::kMonth;
using test::kNews;
using test::Walk;

ANBAN_ON_BOTH_ENGINES(FilingPages);

MyWork work_of(CampaignWorld& w, const Actor& actor) {
    return *w.look<MyWork>(actor, [](View& view) { return my_work(view); });
}

OpenedFiling opened(CampaignWorld& w, const Actor& actor, const std::string& id) {
    return *w.look<OpenedFiling>(actor, [&](View& view) { return open(view, id); });
}

std::vector<std::string> slots(const std::vector<WorkLine>& lines) {
    std::vector<std::string> out;
    for (const auto& line : lines) out.push_back(line.filing.duty + " " + line.filing.slot);
    return out;
}

TEST_P(FilingPages, my_work_is_grouped_by_what_is_overdue_due_today_this_week_and_later) {
    CampaignWorld w(GetParam());
    w.publish();
    w.now = beijing("2023-03-23 09:00");
    Walk handed{w, "weekly", CampaignWorld::kZhuzhou, "2023-W13"};
    ASSERT_TRUE(handed.hand_in(kNews).ok());
    const auto mine = work_of(w, w.liaison());
    EXPECT_EQ(slots(mine.overdue), (std::vector<std::string>{"weekly 2023-W11"}));
    EXPECT_EQ(slots(mine.today), (std::vector<std::string>{"weekly 2023-W12"}));
    EXPECT_EQ(slots(mine.this_week), (std::vector<std::string>{"monthly 2023-03"}));  // Saturday the 25th
    EXPECT_EQ(slots(mine.under_review), (std::vector<std::string>{"weekly 2023-W13"}));
    EXPECT_EQ(slots(mine.later).front(), "weekly 2023-W14");
    EXPECT_EQ(mine.overdue.at(0).routes.at(0).timeliness.counted, Punctuality::overdue);
    EXPECT_EQ(work_of(w, w.clerk()).to_review, 1);
}

// anchor-failures 11
TEST_P(FilingPages, a_return_stands_in_the_filers_list_with_its_reason_its_place_and_the_running_clock) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.give_back("请补充检查单位", {{"news:p1", "哪个项目"}}).ok());
    const auto mine = work_of(w, w.liaison());
    EXPECT_EQ(mine.returned, 1);
    const auto& route = mine.to_mend.at(0).routes.at(0);
    ASSERT_TRUE(route.returned.has_value());
    EXPECT_EQ(route.returned->reason, "请补充检查单位");
    EXPECT_EQ(route.returned->anchors.at(0).path, "news:p1");
    EXPECT_EQ(route.due_at, beijing("2023-03-16 17:00"));
    EXPECT_NE(std::find(route.may.begin(), route.may.end(), Deed::hand_in), route.may.end());
    ASSERT_TRUE(walk.decide(undo_return, walk.receiver(), "").ok());
    EXPECT_EQ(work_of(w, w.liaison()).returned, 0);
}

TEST_P(FilingPages, what_was_in_time_and_returned_waits_to_be_mended_and_is_not_overdue_while_an_empty_report_is) {
    CampaignWorld w(GetParam());
    w.publish();
    w.now = beijing("2023-03-16 16:00");
    Walk whole{w}, empty{w, "weekly", CampaignWorld::kXiangtan};
    ASSERT_TRUE(whole.hand_in(kNews).ok());
    ASSERT_TRUE(empty.hand_in_empty().ok());
    ASSERT_TRUE(whole.give_back("请补充").ok());
    ASSERT_TRUE(empty.give_back("没有内容").ok());
    w.now = beijing("2023-03-20 09:00");
    const auto mine = work_of(w, w.liaison());
    ASSERT_EQ(slots(mine.to_mend), (std::vector<std::string>{"weekly 2023-W11"}));
    EXPECT_TRUE(mine.overdue.empty());
    EXPECT_EQ(mine.to_mend[0].routes.at(0).timeliness.counted, Punctuality::on_time);
    EXPECT_EQ(mine.returned, 1);
    const auto theirs = work_of(w, w.at(CampaignWorld::kXiangtan, Role::liaison, "other"));
    EXPECT_TRUE(theirs.to_mend.empty());
    EXPECT_EQ(slots(theirs.overdue), (std::vector<std::string>{"weekly 2023-W11"}));
}

TEST_P(FilingPages, a_filing_opens_with_its_form_its_filled_cells_and_who_below_is_missing_by_name) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk county{w, "monthly_county", CampaignWorld::kYouxian, "2023-03", "county"};
    ASSERT_TRUE(county.hand_in(R"({"statistics":{"cells":{"r1.found":"9","r1.fixed":"4"}}})").ok());
    ASSERT_TRUE(county.accept("city").ok());
    const auto page = opened(w, w.liaison(), w.filing("monthly", CampaignWorld::kZhuzhou, "2023-03").id);
    ASSERT_EQ(page.report.size(), 4u);
    EXPECT_EQ(page.report[2].values.at("r1.found"), "9");
    EXPECT_EQ(page.report[2].sources.at("r1.found"), forms::CellSource::lower_level);
    ASSERT_EQ(page.below.size(), 1u);
    EXPECT_EQ(page.below[0].organization, CampaignWorld::kChaling);
    EXPECT_EQ(page.filing.section, "一(一)");
    EXPECT_EQ(page.forms.size(), 2u);
    EXPECT_FALSE(page.forms.begin()->second.as_object().contains("source"));
}

TEST_P(FilingPages, a_draft_is_seen_by_its_own_unit_alone) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(w.deed<SavedDraft>(w.liaison(), [&](Work& work) { return save_draft(work, {walk.filing().id, 0, w.parts(kNews)}); }).ok());
    const auto id = walk.filing().id;
    EXPECT_EQ(opened(w, w.liaison(), id).draft.version, 1);
    const auto above = opened(w, w.clerk(), id);
    EXPECT_EQ(above.draft.version, 0);
    EXPECT_TRUE(above.draft.parts.empty());
    EXPECT_TRUE(above.report.empty());
    const auto stranger = w.at(CampaignWorld::kXiangtan, Role::liaison, "other");
    EXPECT_EQ(w.look<OpenedFiling>(stranger, [&](View& view) { return open(view, id); }).refusal().code, Code::not_found);
    EXPECT_EQ(w.look<Checked>(w.clerk(), [&](View& view) { return check(view, id, {}); }).refusal().code, Code::forbidden);
}

TEST_P(FilingPages, a_check_says_what_handing_in_would_say_and_keeps_nothing) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto id = w.filing("monthly", CampaignWorld::kZhuzhou, "2023-03").id;
    const auto checked = [&](const char* parts) { return *w.look<Checked>(w.liaison(), [&](View& view) { return check(view, id, w.parts(parts)); }); };
    EXPECT_TRUE(checked(kMonth).ready);
    const auto wrong = checked(R"({"statistics":{"cells":{"r1.found":"1","r1.fixed":"2","r2.found":"x"}}})");
    EXPECT_FALSE(wrong.ready);
    EXPECT_EQ(wrong.missing, (std::vector<std::string>{"progress", "hazards"}));
    EXPECT_EQ(wrong.parts[2].errors.at(0).path, "statistics:r2.found");
    ASSERT_FALSE(wrong.parts[2].findings.empty());
    EXPECT_EQ(wrong.parts[2].findings[0].cells, (std::vector<std::string>{"statistics:r1.found", "statistics:r1.fixed"}));
    EXPECT_EQ(w.count("select count(*) from drafts"), 0);
}

// anchor-failures 12
TEST_P(FilingPages, two_versions_are_compared_cell_by_cell_row_by_row_and_paragraph_by_paragraph) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    ASSERT_TRUE(walk.hand_in(R"({"progress":{"paragraphs":["一","二"]},"statistics":{"cells":{"r1.found":"12","r1.fixed":"10"}},
        "hazards":{"rows":[{"unit":"甲","found":"2023-03-01"},{"unit":"乙","found":"2023-03-02"}]}})").ok());
    ASSERT_TRUE(walk.give_back("有误").ok());
    ASSERT_TRUE(walk.hand_in(R"({"progress":{"paragraphs":["一","三","二"]},"statistics":{"cells":{"r1.found":"13","r1.fixed":"10"}},
        "hazards":{"rows":[{"unit":"甲","found":"2023-03-01"},{"unit":"乙","found":"2023-03-05"},{"unit":"丙","found":"2023-03-06"}]}})").ok());
    const auto found = w.look<Differences>(w.clerk(), [&](View& view) { return differences(view, walk.filing().id, {1, 2}); });
    ASSERT_TRUE(found.ok());
    ASSERT_EQ(found->parts.size(), 3u);  // hazards, progress, statistics
    const auto& rows = found->parts[0].rows;
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].change, Change::changed);
    EXPECT_EQ(rows[0].fields.at(0).before, "2023-03-02");
    EXPECT_EQ(rows[1].change, Change::added);
    EXPECT_EQ(rows[1].after_row, 3);
    ASSERT_EQ(found->parts[1].paragraphs.size(), 3u);
    EXPECT_EQ(found->parts[1].paragraphs[1].change, Change::added);
    EXPECT_EQ(found->parts[1].paragraphs[1].text, "三");
    std::vector<std::string> cells;
    for (const auto& cell : found->parts[2].cells) cells.push_back(cell.cell + " " + cell.before + " " + cell.after);
    EXPECT_EQ(cells, (std::vector<std::string>{"all.found 12 13", "all.found_total 12 13", "all.rate 83.3 76.9", "r1.found 12 13",
                                               "r1.found_total 12 13", "r1.rate 83.3 76.9"}));
}

TEST_P(FilingPages, what_waits_for_review_is_listed_oldest_first_page_by_page_and_only_to_its_receiver) {
    CampaignWorld w(GetParam());
    w.publish();
    std::vector<std::string> order;
    for (const auto* unit : {CampaignWorld::kHengyang, CampaignWorld::kZhuzhou, CampaignWorld::kXiangtan}) {
        Walk walk{w, "weekly", unit};
        w.now = {w.now.ms + 1000};
        ASSERT_TRUE(walk.hand_in(kNews).ok());
        order.push_back(unit);
    }
    const auto list = [&](const Actor& actor, const ReviewQuery& query) {
        return *w.look<ReviewPage>(actor, [&](View& view) { return list_to_review(view, query); });
    };
    std::vector<std::string> seen;
    ReviewQuery query;
    query.limit = 2;
    for (int pages = 0; pages < 3; ++pages) {
        const auto page = list(w.clerk(), query);
        EXPECT_EQ(page.total, 3);
        for (const auto& line : page.lines) seen.push_back(line.filing.organization);
        if (!page.next) break;
        query.after = page.next;
    }
    EXPECT_EQ(seen, order);
    EXPECT_EQ(list(w.liaison(), {}).total, 0);
    EXPECT_EQ(list(w.at(CampaignWorld::kOffice, Role::security_auditor, "admin"), {}).total, 0);
}

TEST_P(FilingPages, a_changed_column_reaches_what_is_open_with_its_draft_and_what_was_handed_in_keeps_its_own) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk march{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"}, april{w, "monthly", CampaignWorld::kZhuzhou, "2023-04"};
    ASSERT_TRUE(march.hand_in(kMonth).ok());
    ASSERT_TRUE(w.deed<SavedDraft>(w.liaison(), [&](Work& work) {
        return save_draft(work, {april.filing().id, 0, w.parts(R"({"statistics":{"cells":{"r1.found":"7","r1.major":"1","r1.fixed":"5"}}})")});
    }).ok());
    auto form = json::parse(w.forms[1].definition).value().as_object();
    std::string yaml(form.at("source").as_string());
    const std::string column = "  - {id: major, title: 其中重大, unit: 项, of_which: true}\n";
    yaml.replace(yaml.find(column), column.size(), "  - {id: trips, title: 检查次数, unit: 次}\n");
    w.forms[1] = test::form_of(yaml);
    const auto report = w.publish();
    EXPECT_EQ(report.pack.forms_changed, (std::vector<std::string>{"statistics"}));
    EXPECT_GT(report.filings.versions_followed, 0);

    const auto now = opened(w, w.liaison(), april.filing().id);
    EXPECT_TRUE(now.forms.contains(w.forms[1].digest));
    EXPECT_TRUE(now.report[2].errors.empty());
    EXPECT_EQ(now.report[2].values.at("r1.found"), "7");
    EXPECT_EQ(now.draft.version, 2);
    EXPECT_FALSE(opened(w, w.liaison(), march.filing().id).forms.contains(w.forms[1].digest));
    ASSERT_TRUE(march.accept().ok());
    EXPECT_EQ(w.count("select count(*) from table_vectors v join form_versions f on f.digest = v.form_digest"), 1);
    // The running total goes on over the change of the form.
    const auto receipt = april.hand_in(R"({"progress":{"paragraphs":["查"]},"hazards":{"nil":true}})");
    ASSERT_TRUE(receipt.ok()) << receipt.refusal().errors.at(0).key;
    const auto stored = w.look<SubmissionWhole>(w.clerk(), [&](View& view) { return load_submission(view, april.filing().id, 1); });
    EXPECT_EQ(stored->content.at("parts").at("statistics").at("values").at("r1.found_total").as_string(), "19");
}

TEST(Differences, the_steps_from_one_list_to_the_other_always_lead_there) {
    std::mt19937 chance(11);
    for (int round = 0; round < 500; ++round) {
        const auto some = [&] {
            std::vector<std::string> list(chance() % 9);
            for (auto& one : list) one = std::string(1, static_cast<char>('a' + chance() % 4));
            return list;
        };
        const auto before = some(), after = some();
        std::vector<std::string> from, to;
        for (const auto& step : steps(before, after)) {
            if (step.change != Change::added) from.push_back(before.at(step.before));
            if (step.change != Change::removed) to.push_back(after.at(step.after));
            if (step.change == Change::same) { EXPECT_EQ(before.at(step.before), after.at(step.after)); }
        }
        EXPECT_EQ(from, before);
        EXPECT_EQ(to, after);
    }
}

}  // namespace
}  // namespace anban::filings
