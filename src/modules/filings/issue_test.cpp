#include "modules/filings/issue.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/offered.h"
#include "tests/support/filing_walk.h"

namespace anban::filings {
namespace {

using test::beijing;
using test::CampaignWorld;

ANBAN_ON_BOTH_ENGINES(Issuing);

TEST_P(Issuing, an_applied_pack_owes_every_window_that_begins_within_35_days) {
    CampaignWorld w(GetParam());
    const auto report = w.publish();
    EXPECT_EQ(report.pack.organizations_opened.size(), 6u);
    EXPECT_EQ(report.pack.reporters_added.size(), 5u);
    // Fridays 03-10 .. 04-14: six weeks; months March and April: two. Three bureaus, two counties.
    EXPECT_EQ(report.filings.issued, (3 + 2) * 6 + (3 + 2) * 2);
    const auto first = w.route("weekly", CampaignWorld::kZhuzhou, "2023-W11");
    EXPECT_EQ(first.due_at, beijing("2023-03-16 17:00"));
    EXPECT_EQ(first.first_due_at, first.due_at);
    EXPECT_TRUE(first.due_has_hour);
    EXPECT_EQ(format_date(first.window_from), "2023-03-10");
    EXPECT_EQ(first.receiver_id, w.organization(CampaignWorld::kOffice));
    EXPECT_EQ(w.route("monthly", CampaignWorld::kZhuzhou, "2023-03").due_at, beijing_day_end(*parse_date("2023-03-25")));
}

TEST_P(Issuing, a_county_files_to_its_city_two_working_days_earlier) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto county = w.route("weekly_county", CampaignWorld::kYouxian, "2023-W11");
    EXPECT_EQ(county.receiver_id, w.organization(CampaignWorld::kZhuzhou));
    EXPECT_EQ(county.due_at, beijing("2023-03-14 17:00"));
}

TEST_P(Issuing, applying_the_same_pack_again_and_the_daily_job_make_nothing_twice) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto filings = w.count("select count(*) from filings");
    const auto lines = w.journal_lines();
    const auto again = w.publish();
    EXPECT_TRUE(again.pack.unchanged);
    EXPECT_EQ(again.filings.issued, 0);
    EXPECT_EQ(w.count("select count(*) from filings"), filings);
    EXPECT_EQ(w.journal_lines(), lines);

    w.now = beijing("2023-03-17 00:05");
    const auto daily = w.deed<IssueReport>(w.clerk(), [&](Work& work) { return issue_due_filings(work, beijing_date(w.now)); });
    EXPECT_EQ(daily->issued, 5);  // the week that begins on 04-21
}

TEST_P(Issuing, a_dry_run_lists_what_would_change_and_changes_nothing) {
    CampaignWorld w(GetParam());
    const auto dry = w.publish_dry();
    EXPECT_EQ(w.count("select count(*) from filings"), 0);
    EXPECT_EQ(w.count("select count(*) from organizations"), 0);
    const auto real = w.publish();
    EXPECT_EQ(dry.filings.issued, real.filings.issued);
    EXPECT_EQ(dry.pack.reporters_added, real.pack.reporters_added);
}

TEST_P(Issuing, a_changed_deadline_moves_what_is_open_and_leaves_what_is_past) {
    CampaignWorld w(GetParam());
    w.publish();
    w.now = beijing("2023-03-17 09:00");
    w.pack.duties[0].timetable.due = campaigns::DueWeekday{Weekday::thursday, 12 * 60, true};
    const auto report = w.publish();
    EXPECT_EQ(report.pack.duties_changed, (std::vector<std::string>{"每周信息"}));
    EXPECT_GT(report.filings.dues_moved, 0);
    EXPECT_EQ(w.route("weekly", CampaignWorld::kZhuzhou, "2023-W11").due_at, beijing("2023-03-16 17:00"));
    const auto moved = w.route("weekly", CampaignWorld::kZhuzhou, "2023-W12");
    EXPECT_EQ(moved.due_at, beijing("2023-03-23 12:00"));
    EXPECT_EQ(moved.first_due_at, beijing("2023-03-23 17:00"));
    EXPECT_NE(w.filing("weekly", CampaignWorld::kZhuzhou, "2023-W11").duty_version_id, w.filing("weekly", CampaignWorld::kZhuzhou, "2023-W12").duty_version_id);
}

TEST_P(Issuing, a_removed_reporter_owes_nothing_further_with_the_reason_and_owes_again_when_it_comes_back) {
    CampaignWorld w(GetParam());
    w.publish();
    w.now = beijing("2023-03-17 09:00");
    w.pack.groups[0].organizations.pop_back();
    const auto gone = w.publish();
    EXPECT_EQ(gone.pack.reporters_removed, (std::vector<std::string>{CampaignWorld::kHengyang}));
    EXPECT_EQ(w.route("weekly", CampaignWorld::kHengyang, "2023-W11").at.state, State::expected);
    EXPECT_EQ(w.route("weekly", CampaignWorld::kHengyang, "2023-W12").at.state, State::not_applicable);
    EXPECT_EQ(w.count("select count(*) from filings where applies = 'not_applicable' and applies_reason = ''"), 0);

    w.pack.groups[0].organizations.push_back(CampaignWorld::kHengyang);
    const auto back = w.publish();
    EXPECT_EQ(back.pack.reporters_added, (std::vector<std::string>{CampaignWorld::kHengyang}));
    EXPECT_EQ(w.route("weekly", CampaignWorld::kHengyang, "2023-W12").at.state, State::expected);
    EXPECT_GT(back.filings.reinstated, 0);
}

TEST_P(Issuing, a_duty_that_a_later_one_replaces_is_cut_from_that_day) {
    CampaignWorld w(GetParam());
    w.publish();
    w.pack.duties[2].superseded_from = *parse_date("2023-04-10");
    w.publish();
    EXPECT_EQ(w.route("monthly", CampaignWorld::kZhuzhou, "2023-03").at.state, State::expected);
    EXPECT_EQ(w.route("monthly", CampaignWorld::kZhuzhou, "2023-04").at.state, State::not_applicable);
}

// anchor-failures 6
TEST_P(Issuing, a_unit_that_closes_before_the_due_instant_does_not_owe) {
    CampaignWorld w(GetParam());
    w.publish();
    w.db->write([&](db::Connection& db) {
        db.run({"test.close", "update organizations set closed_on = $2 where id = $1"}, {w.organization(CampaignWorld::kXiangtan), "2023-03-23"});
        return db::Outcome::keep;
    });
    const auto report = w.deed<IssueReport>(w.clerk(), [&](Work& work) { return issue_due_filings(work, beijing_date(w.now)); });
    EXPECT_GT(report->released, 0);
    EXPECT_EQ(w.route("weekly", CampaignWorld::kXiangtan, "2023-W11").at.state, State::expected);
    EXPECT_EQ(w.route("weekly", CampaignWorld::kXiangtan, "2023-W12").at.state, State::not_applicable);
}

TEST_P(Issuing, a_case_on_event_is_begun_by_who_reports_it_and_by_nobody_else) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto begun = w.deed<RouteNow>(w.liaison(), [&](Work& work) { return begin_event(work, {"small", "cases", {}, {}}, calendar::Calendar::built_in()); });
    ASSERT_TRUE(begun.ok());
    const auto other = w.deed<RouteNow>(w.at(CampaignWorld::kYouxian, Role::liaison, "county"),
                                        [&](Work& work) { return begin_event(work, {"small", "cases", {}, {}}, calendar::Calendar::built_in()); });
    EXPECT_EQ(other.refusal().code, Code::not_found);
    const auto weekly = w.deed<RouteNow>(w.liaison(), [&](Work& work) { return begin_event(work, {"small", "weekly", {}, {}}, calendar::Calendar::built_in()); });
    EXPECT_EQ(weekly.refusal().key, "filing.duty_not_on_event");
    w.publish();
    EXPECT_EQ(w.count("select count(*) from filing_routes where duty = 'cases' and state = 'expected'"), 1);
}

TEST_P(Issuing, a_countys_filing_is_never_born_overdue_it_has_no_cut_off_or_where_it_feeds_nothing_any_more_is_not_issued) {
    CampaignWorld w(GetParam());
    w.now = beijing("2023-03-22 09:00");
    w.pack.notice.issued = *parse_date("2023-03-22");
    const auto report = w.publish();
    // Two workdays ahead of Thursday the 16th and of Thursday the 23rd: the 14th and the 21st, before the notice.
    const auto feeds = w.route("weekly_county", CampaignWorld::kYouxian, "2023-W12");
    EXPECT_EQ(feeds.at.state, State::expected);
    EXPECT_FALSE(feeds.due_at.has_value());
    EXPECT_FALSE(feeds.due_reason.empty());
    EXPECT_EQ(judge_route(feeds.due_at, receipts_of(feeds), beijing("2023-06-01 09:00")).counted, Punctuality::no_due);
    EXPECT_THROW((void)w.route("weekly_county", CampaignWorld::kYouxian, "2023-W11"), std::exception);
    EXPECT_TRUE(w.route("weekly_county", CampaignWorld::kYouxian, "2023-W13").due_at.has_value());
    EXPECT_TRUE(w.route("weekly", CampaignWorld::kZhuzhou, "2023-W11").due_at.has_value());  // the notice's own duties stay as they are
    EXPECT_EQ(report.filings.born_late, 2);
    ASSERT_EQ(report.filings.born_late_lines.size(), 2u);
    EXPECT_EQ(report.filings.born_late_lines[0].slot, "2023-W11");
    EXPECT_FALSE(report.filings.born_late_lines[0].before.empty());
    const auto lines = w.journal_lines();
    const auto again = w.deed<IssueReport>(w.clerk(), [&](Work& work) { return issue_due_filings(work, beijing_date(w.now)); });
    EXPECT_EQ(again->dues_moved + again->issued + again->released, 0);
    EXPECT_EQ(w.journal_lines(), lines);
}

TEST_P(Issuing, one_organization_begins_fifty_events_of_a_duty_in_a_day_and_the_next_ones_tomorrow) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto begin = [&] { return w.deed<RouteNow>(w.liaison(), [&](Work& work) { return begin_event(work, {"small", "cases", {}, {}}, calendar::Calendar::built_in()); }); };
    for (std::int64_t i = 0; i < kMostEventsADay; ++i) ASSERT_TRUE(begin().ok()) << i;
    EXPECT_EQ(begin().refusal().key, "filing.too_many_events");
    EXPECT_TRUE(w.deed<RouteNow>(w.at(CampaignWorld::kXiangtan, Role::liaison, "other"), [&](Work& work) { return begin_event(work, {"small", "cases", {}, {}}, calendar::Calendar::built_in()); }).ok());
    w.now = {w.now.ms + 86'400'000};
    EXPECT_TRUE(begin().ok());
}

TEST_P(Issuing, a_new_version_of_a_duty_never_slips_under_a_report_that_is_being_handed_in) {
    CampaignWorld w(GetParam());
    w.publish();
    test::Walk walk{w};
    const auto before = walk.filing().duty_version_id;
    const auto asked = walk.asking(test::kNews);
    const auto liaison = walk.liaison(), clerk = w.clerk();
    std::promise<void> written;
    auto handing_in = std::async(std::launch::async, [&] {
        return w.deed<Receipt>(liaison, [&](Work& work) {
            auto receipt = hand_in(work, asked);
            written.set_value();
            std::this_thread::sleep_for(std::chrono::milliseconds(400));
            return receipt;
        });
    });
    written.get_future().wait();
    w.pack.duties[0].title = "每周信息（新）";
    w.pack.duties[0].timetable.due = campaigns::DueWeekday{Weekday::friday, 12 * 60, true};
    w.publish();
    const auto receipt = handing_in.get();
    ASSERT_TRUE(receipt.ok());
    EXPECT_EQ(walk.filing().duty_version_id, before);  // the one that the stored bytes name
    EXPECT_EQ(walk.route().due_at, beijing("2023-03-16 17:00"));
    EXPECT_NE(w.filing("weekly", CampaignWorld::kXiangtan, "2023-W11").duty_version_id, before);
}

TEST_P(Issuing, last_window_is_read_from_the_accepted_version_whichever_receiver_has_it) {
    CampaignWorld w(GetParam());
    w.publish();
    test::Walk march{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"}, april{w, "monthly", CampaignWorld::kZhuzhou, "2023-04"};
    ASSERT_TRUE(march.hand_in(test::kMonth).ok());
    ASSERT_TRUE(march.accept().ok());
    const auto accepted = march.route();
    w.db->write([&](db::Connection& db) {
        auto other = accepted;  // a second receiver, where a newer version is still under review
        other.id = "0";
        other.receiver_id = w.organization(CampaignWorld::kHengyang);
        store::add_route(db, other);
        db.run({"test.newer", "update filing_routes set state = 'submitted', submission_id = 'newer' where id = '0'"}, {});
        return db::Outcome::keep;
    });
    const auto filing = april.filing();
    w.db->read([&](db::Connection& db) {
        const auto duty = campaigns::load_duty_version(db, filing.duty_version_id);
        for (const auto& part : duty->definition.parts)
            if (part.id == "statistics")
            {
                EXPECT_FALSE(last_window(db, filing, part.id, *campaigns::load_form_version(db, part.form_digest)).empty());
            }
    });
}

TEST_P(Issuing, a_campaign_is_seen_by_its_office_and_by_who_reports_and_by_nobody_else) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto seen = [&](const Actor& actor) {
        return w.look<campaigns::CampaignWhole>(actor, [&](View& view) { return campaigns::load(view, "small"); });
    };
    const auto office = seen(w.clerk());
    ASSERT_TRUE(office.ok());
    EXPECT_EQ(office->reporters.size(), 5u);
    EXPECT_EQ(office->duties.size(), 5u);
    EXPECT_EQ(office->duties[0].definition.section, "一(一)");
    EXPECT_EQ(seen(w.liaison())->reporters.size(), 3u);  // itself and its two counties
    EXPECT_EQ(seen(w.at(CampaignWorld::kYouxian, Role::liaison, "county"))->reporters.size(), 1u);
    auto stranger = w.liaison();
    stranger.organization_id = "nobody";
    EXPECT_EQ(seen(stranger).refusal().code, Code::not_found);
    EXPECT_EQ(seen(w.at(CampaignWorld::kOffice, Role::system_admin, "admin")).refusal().code, Code::not_found);
}

}  // namespace
}  // namespace anban::filings
