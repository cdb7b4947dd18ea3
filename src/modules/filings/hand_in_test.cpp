#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "modules/filings/filings.h"
#include "modules/forms/forms.h"
#include "platform/crypto/crypto.h"
#include "tests/support/filing_walk.h"

namespace anban::filings {
namespace {

using test::beijing;
using test::CampaignWorld;
using test::kMonth;
using test::kNews;
using test::kWeek;
using test::Walk;

ANBAN_ON_BOTH_ENGINES(Filings);

TEST_P(Filings, a_week_handed_in_is_under_review_with_a_receipt_over_exactly_the_stored_bytes) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    const auto lines = w.journal_lines();
    const auto receipt = walk.hand_in(kNews);
    ASSERT_TRUE(receipt.ok()) << receipt.refusal().key;
    EXPECT_EQ(w.journal_lines(), lines + 1);
    EXPECT_EQ(receipt->submission_number, 1);
    EXPECT_EQ(receipt->received_at, w.now);
    EXPECT_EQ(receipt->number.substr(0, 9), "20230310-");
    std::string content, digest;
    w.db->read([&](db::Connection& db) {
        const auto stored = store::find_submission(db, receipt->submission_id);
        content = stored->content;
        digest = stored->digest;
    });
    EXPECT_EQ(receipt->digest, crypto::hex(crypto::sm3(content)));
    EXPECT_EQ(digest, receipt->digest);
    EXPECT_EQ(json::write_canonical(json::parse(content).value()), content);
    EXPECT_EQ(walk.route().at.state, State::submitted);
    EXPECT_EQ(walk.timeliness().counted, Punctuality::on_time);
}

// threats A11, anchor-failures 2, 5
TEST_P(Filings, the_servers_receipt_decides_to_the_millisecond_whatever_anybody_says) {
    for (const auto& [offset, expected] : {std::pair{-1, Punctuality::on_time}, {0, Punctuality::on_time}, {1, Punctuality::late}}) {
        CampaignWorld w(GetParam());
        w.publish();
        Walk walk{w};
        const Instant received{walk.route().due_at->ms + offset};
        w.now = {received.ms + 40};
        const auto receipt = walk.hand_in(kNews, received);
        ASSERT_TRUE(receipt.ok());
        EXPECT_EQ(receipt->routes.at(0).timeliness.counted, expected) << offset;
        EXPECT_EQ(walk.timeliness().first_receipt, expected) << offset;
        ASSERT_TRUE(walk.accept().ok());
        EXPECT_EQ(walk.timeliness().accepted_version, expected) << offset;
    }
}

// anchor-failures 4
TEST_P(Filings, an_empty_report_in_time_withdrawn_and_filled_late_reads_late_with_an_empty_first_receipt) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    w.now = beijing("2023-03-16 16:00");
    const auto empty = walk.hand_in_empty();
    ASSERT_TRUE(empty.ok()) << empty.refusal().key;
    EXPECT_TRUE(empty->empty);
    ASSERT_TRUE(walk.withdraw().ok());
    w.now = beijing("2023-03-17 09:00");
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    const auto verdict = walk.timeliness();
    EXPECT_EQ(verdict.counted, Punctuality::late);
    EXPECT_TRUE(verdict.first_was_empty);
    EXPECT_EQ(verdict.first_receipt, Punctuality::on_time);
}

// anchor-failures 4
TEST_P(Filings, an_empty_report_in_time_returned_and_filled_late_reads_late) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    w.now = beijing("2023-03-16 16:00");
    ASSERT_TRUE(walk.hand_in_empty().ok());
    ASSERT_TRUE(walk.give_back("没有内容").ok());
    w.now = beijing("2023-03-17 09:00");
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    EXPECT_EQ(walk.timeliness().counted, Punctuality::late);
}

TEST_P(Filings, what_its_filer_took_back_was_never_received_in_time) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    w.now = beijing("2023-03-16 16:59");
    ASSERT_TRUE(walk.hand_in(R"({"news":{"paragraphs":["。"]}})").ok());
    EXPECT_EQ(walk.timeliness().counted, Punctuality::on_time);
    ASSERT_TRUE(walk.withdraw().ok());
    EXPECT_EQ(walk.timeliness().counted, Punctuality::not_yet);
    w.now = beijing("2023-03-17 09:00");
    EXPECT_EQ(walk.timeliness().counted, Punctuality::overdue);
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    EXPECT_EQ(walk.timeliness().counted, Punctuality::late);
    EXPECT_EQ(walk.timeliness().first_receipt, Punctuality::on_time);  // that something came stays a fact
}

TEST_P(Filings, what_the_receiver_returned_was_received_in_time_also_when_its_mended_version_is_taken_back) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    w.now = beijing("2023-03-16 16:00");
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.give_back("缺单位名称").ok());
    w.now = beijing("2023-03-17 09:00");
    EXPECT_EQ(walk.timeliness().counted, Punctuality::on_time);
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.withdraw().ok());
    EXPECT_EQ(walk.timeliness().counted, Punctuality::on_time);
}

TEST_P(Filings, an_amended_version_taken_back_leaves_the_accepted_one_as_punctual_as_it_was) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    w.now = beijing("2023-03-16 16:00");
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.accept().ok());
    w.now = beijing("2023-03-20 09:00");
    ASSERT_TRUE(walk.decide(ask_amendment, walk.liaison(), "数字有误").ok());
    ASSERT_TRUE(walk.decide(grant_amendment, walk.receiver("leader"), "").ok());
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.withdraw().ok());
    EXPECT_EQ(walk.timeliness().counted, Punctuality::on_time);
}

TEST_P(Filings, a_filing_takes_five_hundred_versions_and_not_one_more) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.withdraw().ok());
    w.db->write([&](db::Connection& db) {
        db.run({"test.many", "update submissions set number = $1"}, {kMostVersions - 1});
        return db::Outcome::keep;
    });
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.withdraw().ok());
    const auto refused = walk.hand_in(kNews);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().key, "filing.too_many_versions");
    EXPECT_EQ(walk.route().at.state, State::withdrawn);
}

TEST_P(Filings, a_leader_hands_in_what_others_filled_and_fills_nothing_by_handing_in) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    const auto leader = w.at(walk.unit, Role::unit_leader, "head");
    const auto by_leader = [&](const HandingIn& asked) { return w.deed<Receipt>(leader, [&](Work& work) { return hand_in(work, asked); }); };
    const auto refused = by_leader(walk.asking(kNews));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().key, "right.missing");
    EXPECT_EQ(walk.draft_version(), 0);
    ASSERT_TRUE(w.deed<SavedDraft>(walk.liaison(), [&](Work& work) { return save_draft(work, {walk.filing().id, 0, w.parts(kNews)}); }).ok());
    EXPECT_TRUE(by_leader(walk.asking(nullptr)).ok());
}

// anchor-failures 19
TEST_P(Filings, nothing_to_report_not_reported_and_zero_are_three_things) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk nil{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    Walk zero{w, "monthly", CampaignWorld::kXiangtan, "2023-03"};
    Walk missing{w, "monthly", CampaignWorld::kHengyang, "2023-03"};
    auto asked = nil.asking(nullptr);
    asked.nil = true;
    EXPECT_EQ(nil.hand_in(asked).refusal().errors.at(0).key, "filing.nil_not_confirmed");
    asked.confirmed = true;
    ASSERT_TRUE(nil.hand_in(asked).ok());
    ASSERT_TRUE(zero.hand_in(R"({"progress":{"paragraphs":["无"]},"statistics":{"cells":{"r1.found":"0","r1.fixed":"0"}},"hazards":{"nil":true}})").ok());

    EXPECT_TRUE(nil.route().nil);
    EXPECT_EQ(nil.timeliness().counted, Punctuality::on_time);  // a nil report is a complete report
    EXPECT_FALSE(zero.route().nil);
    EXPECT_EQ(zero.route().at.state, State::submitted);
    EXPECT_EQ(missing.route().at.state, State::expected);
    EXPECT_FALSE(missing.route().nil);
    ASSERT_TRUE(zero.accept().ok());
    ASSERT_TRUE(nil.accept().ok());
    EXPECT_EQ(w.count("select count(*) from table_vectors"), 1);  // zero is a figure, nil is none
}

TEST_P(Filings, a_nil_report_over_a_filled_draft_is_refused_until_the_draft_is_emptied) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(w.deed<SavedDraft>(walk.liaison(), [&](Work& work) { return save_draft(work, {walk.filing().id, 0, w.parts(kNews)}); }).ok());
    auto asked = walk.asking(nullptr);
    asked.nil = asked.confirmed = true;
    EXPECT_EQ(walk.hand_in(asked).refusal().errors.at(0).key, "filing.nil_has_content");
    asked.parts = w.parts(R"({"news":null})");
    EXPECT_TRUE(walk.hand_in(asked).ok());
}

TEST_P(Filings, what_is_missing_must_be_named_with_a_reason_and_then_the_report_is_partial) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    auto asked = walk.asking(R"({"progress":{"paragraphs":["本月开展了检查"]},"hazards":{"nil":true}})");
    const auto refused = walk.hand_in(asked);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().key, "filing.not_ready");
    EXPECT_EQ(refused.refusal().errors.at(0).key, "filing.part_missing");
    asked.gaps = {{"statistics", " "}};
    EXPECT_FALSE(walk.hand_in(asked).ok());
    asked.gaps = {{"statistics", "县里数据未到"}, {"progress", "无"}};
    EXPECT_EQ(walk.hand_in(asked).refusal().errors.at(0).key, "filing.gap_not_missing");
    asked.gaps.pop_back();
    const auto receipt = walk.hand_in(asked);
    ASSERT_TRUE(receipt.ok());
    EXPECT_TRUE(receipt->partial);
    EXPECT_TRUE(walk.route().partial);
    EXPECT_EQ(walk.timeliness().first_receipt, Punctuality::on_time);
    EXPECT_EQ(walk.timeliness().counted, Punctuality::not_yet);
}

TEST_P(Filings, figures_that_contradict_each_other_are_named_and_unusual_ones_want_an_explanation) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    const auto wrong = walk.hand_in(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.found":"5","r1.fixed":"7"}},"hazards":{"nil":true}})");
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.refusal().errors.at(0).path, "statistics:r1.found");
    const auto much = walk.hand_in(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.found":"500","r1.fixed":"7"}},"hazards":{"nil":true}})");
    ASSERT_FALSE(much.ok());
    const auto explained = walk.hand_in(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.found":"500","r1.fixed":"7"},
        "explanations":{"much:r1":"集中排查","much:all":"集中排查"}},"hazards":{"nil":true}})");
    EXPECT_TRUE(explained.ok()) << (explained.ok() ? "" : explained.refusal().errors.at(0).path + explained.refusal().errors.at(0).params.back().second);
}

TEST_P(Filings, an_accepted_table_becomes_one_vector_that_a_later_version_replaces) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    ASSERT_TRUE(walk.hand_in(kMonth).ok());
    ASSERT_TRUE(walk.accept().ok());
    std::string blob;
    w.db->read([&](db::Connection& db) {
        db.each({"test.vector", "select cells from table_vectors where replaced_at is null"}, {}, [&](const db::Row& row) { blob = row.bytes(0); });
    });
    ASSERT_EQ(blob.size(), 8u * 3 * 5);
    EXPECT_EQ(static_cast<unsigned char>(blob[0]), 12);            // r1.found
    EXPECT_EQ(static_cast<unsigned char>(blob[8 * 2 * 5]), 15);    // all.found

    ASSERT_TRUE(walk.decide(ask_amendment, walk.liaison(), "燃气少报一项").ok());
    ASSERT_TRUE(walk.decide(grant_amendment, walk.receiver("leader"), "").ok());
    ASSERT_TRUE(walk.hand_in(R"({"statistics":{"cells":{"r1.found":"12","r1.fixed":"10","r2.found":"4","r2.fixed":"3"}}})").ok());
    EXPECT_EQ(w.count("select count(*) from table_vectors where replaced_at is null"), 1);  // the accepted one still stands
    w.now = {w.now.ms + 1000};
    ASSERT_TRUE(walk.accept().ok());
    EXPECT_EQ(w.count("select count(*) from table_vectors"), 2);
    EXPECT_EQ(w.count("select count(*) from table_vectors where replaced_at is null"), 1);
    EXPECT_TRUE(walk.route().restated);
}

// anchor-failures 12
TEST_P(Filings, every_version_stays_readable_and_exactly_one_is_authoritative) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    const auto first = walk.hand_in(kNews);
    ASSERT_TRUE(walk.give_back("题目太长", {{"news:p1", "请改短"}}).ok());
    const auto second = walk.hand_in(R"({"news":{"paragraphs":["市长带队检查"]}})");
    ASSERT_TRUE(second.ok());
    ASSERT_TRUE(walk.accept().ok());
    EXPECT_EQ(second->submission_number, 2);
    std::vector<SubmissionHead> all;
    std::vector<std::string> contents;
    w.db->read([&](db::Connection& db) {
        all = store::submissions_of(db, walk.filing().id);
        for (const auto& one : all) contents.push_back(store::find_submission(db, walk.filing().id, one.number)->content);
    });
    ASSERT_EQ(all.size(), 2u);
    EXPECT_EQ(all[0].digest, first->digest);
    EXPECT_NE(contents[0], contents[1]);
    EXPECT_EQ(walk.route().accepted_submission_id, all[1].id);
    EXPECT_EQ(w.count("select count(*) from filing_routes where accepted_submission_id is not null"), 1);
}

// anchor-failures 13
TEST_P(Filings, an_accepted_report_is_unlocked_only_with_a_reason_by_another_person_and_reads_restated) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.accept().ok());
    EXPECT_EQ(walk.hand_in(kNews).refusal().key, "filing.deed_not_now");
    EXPECT_EQ(walk.decide(ask_amendment, walk.liaison(), "  ").refusal().key, "filing.reason_missing");
    ASSERT_TRUE(walk.decide(ask_amendment, walk.liaison(), "数字有误").ok());
    EXPECT_EQ(walk.decide(grant_amendment, walk.receiver("liaison"), "").refusal().key, "filing.own_work");
    EXPECT_EQ(walk.decide(grant_amendment, walk.liaison(), "").refusal().key, "filing.not_your_side");
    ASSERT_TRUE(walk.decide(grant_amendment, walk.receiver("leader"), "").ok());
    const auto amended = walk.hand_in(R"({"news":{"paragraphs":["更正"]}})");
    ASSERT_TRUE(amended.ok());
    EXPECT_TRUE(walk.route().accepted_submission_id.has_value());
    std::optional<Submission> stored;
    w.db->read([&](db::Connection& db) { stored = store::find_submission(db, amended->submission_id); });
    EXPECT_EQ(stored->amends, walk.route().accepted_submission_id);
    EXPECT_EQ(stored->amend_reason, "数字有误");
    EXPECT_EQ(stored->amend_approved_by, "leader");
    ASSERT_TRUE(walk.withdraw().ok());
    EXPECT_EQ(walk.route().at, (Situation{State::accepted, Amendment::granted}));
    ASSERT_TRUE(walk.hand_in(R"({"news":{"paragraphs":["再更正"]}})").ok());
    ASSERT_TRUE(walk.accept().ok());
    EXPECT_TRUE(walk.route().restated);
}

TEST_P(Filings, a_return_needs_a_reason_points_at_real_places_and_can_be_undone) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    EXPECT_EQ(walk.give_back("").refusal().key, "filing.reason_missing");
    EXPECT_EQ(walk.give_back("有误", {{"nowhere:r1", ""}}).refusal().key, "filing.anchor_unknown");
    ASSERT_TRUE(walk.give_back("有误", {{"news:p1", "请补单位"}}).ok());
    EXPECT_EQ(walk.route().at.state, State::returned);
    ASSERT_TRUE(walk.decide(undo_return, walk.receiver(), "").ok());
    EXPECT_EQ(walk.route().at.state, State::submitted);
    std::vector<Event> events;
    w.db->read([&](db::Connection& db) { events = store::events_of(db, walk.route().id); });
    ASSERT_EQ(events.size(), 3u);
    EXPECT_EQ(events[1].reason, "有误");
    EXPECT_NE(events[1].anchors.find("请补单位"), std::string::npos);
}

TEST_P(Filings, the_person_who_handed_in_can_neither_accept_nor_return_it_from_another_post) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    EXPECT_EQ(walk.accept("liaison").refusal().key, "filing.own_work");
    EXPECT_EQ(walk.route().at.state, State::submitted);
    ASSERT_TRUE(walk.give_back("有误").ok());
    EXPECT_EQ(walk.decide(undo_return, walk.receiver("liaison"), "").refusal().key, "filing.own_work");
    EXPECT_EQ(walk.route().at.state, State::returned);
}

TEST_P(Filings, a_reason_without_end_is_refused_before_it_is_kept_with_every_route) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    EXPECT_EQ(walk.give_back(std::string(6'001, 'x')).refusal().key, "filing.reason_too_long");
    EXPECT_EQ(walk.route().at.state, State::submitted);
    EXPECT_TRUE(walk.give_back(std::string(6'000, 'x')).ok());
}

TEST_P(Filings, a_nul_inside_of_a_list_is_refused_and_not_a_broken_server) {  // threats B6
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    const auto refused = walk.hand_in(R"({"news":{"paragraphs":["有"],"attachments":["\u0000"]}})");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().key, "filing.not_ready");
}

TEST_P(Filings, a_stranger_finds_nothing_and_a_bystander_may_do_nothing) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    const Accepting asked{walk.route().id, walk.route().version};
    const auto by = [&](const Actor& actor) { return w.deed<RouteNow>(actor, [&](Work& work) { return accept(work, asked); }); };
    EXPECT_EQ(by(w.at(CampaignWorld::kXiangtan, Role::office_clerk, "other")).refusal().code, Code::not_found);
    EXPECT_EQ(by(w.at(CampaignWorld::kYouxian, Role::liaison, "county")).refusal().code, Code::not_found);
    EXPECT_EQ(by(walk.liaison()).refusal().code, Code::forbidden);
    const auto lines = w.journal_lines();
    EXPECT_EQ(w.count("select count(*) from journal"), lines);
    const auto theirs = walk.asking(kNews);
    EXPECT_EQ(w.deed<Receipt>(w.clerk(), [&](Work& work) { return hand_in(work, theirs); }).refusal().code, Code::forbidden);
}

// anchor-failures 10
TEST_P(Filings, many_accepted_at_once_pass_the_same_gate_as_one) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk good{w}, own{w, "weekly", CampaignWorld::kXiangtan, kWeek, "clerk"}, open{w, "weekly", CampaignWorld::kHengyang};
    ASSERT_TRUE(good.hand_in(kNews).ok());
    ASSERT_TRUE(own.hand_in(kNews).ok());
    const std::vector<Accepting> all{{good.route().id, good.route().version}, {own.route().id, own.route().version},
                                     {open.route().id, open.route().version}, {good.route().id, good.route().version}, {"nowhere", 1}};
    const auto verdicts = w.deed<Verdicts>(w.clerk(), [&](Work& work) { return accept_all(work, all); });
    ASSERT_TRUE(verdicts.ok());
    std::vector<std::string> keys;
    for (const auto& one : verdicts->verdicts) keys.push_back(one.refusal);
    EXPECT_EQ(keys, (std::vector<std::string>{"", "filing.own_work", "filing.deed_not_now", "filing.changed_meanwhile", "filing.unknown"}));
    EXPECT_EQ(good.route().at.state, State::accepted);
    EXPECT_EQ(own.route().at.state, State::submitted);
    EXPECT_EQ(open.route().version, 1);
}

TEST_P(Filings, a_parent_is_never_blocked_by_a_missing_child_and_the_gap_is_named_in_what_it_hands_in) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk county{w, "monthly_county", CampaignWorld::kYouxian, "2023-03", "county"};
    ASSERT_TRUE(county.hand_in(R"({"statistics":{"cells":{"r1.found":"9","r1.fixed":"4"}}})").ok());
    ASSERT_TRUE(county.accept("city").ok());

    Walk city{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    const auto receipt = city.hand_in(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.fixed":"4"}},"hazards":{"nil":true}})");
    ASSERT_TRUE(receipt.ok()) << receipt.refusal().errors.at(0).key;
    std::string content;
    w.db->read([&](db::Connection& db) { content = store::find_submission(db, receipt->submission_id)->content; });
    const auto stored = json::parse(content).value().as_object();
    EXPECT_EQ(stored.at("parts").at("statistics").at("values").at("r1.found").as_string(), "9");  // from the county, not typed
    ASSERT_EQ(stored.at("missingBelow").as_array().size(), 1u);
    EXPECT_EQ(stored.at("missingBelow").at(0).at("organization").as_string(), CampaignWorld::kChaling);
}

TEST_P(Filings, a_figure_that_differs_from_the_counties_sum_wants_a_reason) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk county{w, "monthly_county", CampaignWorld::kYouxian, "2023-03", "county"};
    ASSERT_TRUE(county.hand_in(R"({"statistics":{"cells":{"r1.found":"9","r1.fixed":"4"}}})").ok());
    ASSERT_TRUE(county.accept("city").ok());
    Walk city{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    const auto refused = city.hand_in(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.found":"11","r1.fixed":"4"}},"hazards":{"nil":true}})");
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.refusal().errors.at(0).key, "filing.override_reason_missing");
    EXPECT_TRUE(city.hand_in(R"({"progress":{"paragraphs":["查"]},"statistics":{"cells":{"r1.found":"11","r1.fixed":"4"},
        "reasons":{"r1.found":"市本级另查2项"}},"hazards":{"nil":true}})").ok());
}

TEST_P(Filings, last_months_running_total_is_carried_on_and_a_new_year_begins_anew) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk march{w, "monthly", CampaignWorld::kZhuzhou, "2023-03"};
    ASSERT_TRUE(march.hand_in(kMonth).ok());
    ASSERT_TRUE(march.accept().ok());
    Walk april{w, "monthly", CampaignWorld::kZhuzhou, "2023-04"};
    const auto receipt = april.hand_in(kMonth);
    ASSERT_TRUE(receipt.ok());
    std::string content;
    w.db->read([&](db::Connection& db) { content = store::find_submission(db, receipt->submission_id)->content; });
    EXPECT_EQ(json::parse(content).value().at("parts").at("statistics").at("values").at("all.found_total").as_string(), "30");
}

TEST_P(Filings, a_draft_saved_from_an_older_version_is_refused_and_nothing_is_overwritten) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    const auto save = [&](std::int64_t version, const char* parts) {
        return w.deed<SavedDraft>(walk.liaison(), [&](Work& work) { return save_draft(work, {walk.filing().id, version, w.parts(parts)}); });
    };
    const auto lines = w.journal_lines();
    ASSERT_TRUE(save(0, kNews).ok());
    EXPECT_EQ(w.journal_lines(), lines + 1);
    EXPECT_EQ(walk.route().at.state, State::draft);
    ASSERT_EQ(save(1, R"({"news":{"paragraphs":["第二稿"]}})")->version, 2);
    EXPECT_EQ(save(1, R"({"news":{"paragraphs":["旧稿"]}})").refusal().key, "filing.draft_changed_meanwhile");
    EXPECT_EQ(save(2, R"({"nothing":{}})").refusal().key, "filing.part_unknown");
    EXPECT_EQ(save(2, R"({"news":{"paragraphs":["机密★"]}})").refusal().key, "filing.marked_secret");
    auto asked = walk.asking(nullptr);
    asked.draft_version = 1;
    EXPECT_EQ(walk.hand_in(asked).refusal().key, "filing.draft_changed_meanwhile");
    asked.draft_version = 2;
    ASSERT_TRUE(walk.hand_in(asked).ok());
    EXPECT_EQ(save(2, kNews).refusal().key, "filing.deed_not_now");
    std::string content;
    w.db->read([&](db::Connection& db) { content = store::find_submission(db, walk.filing().id, 1)->content; });
    EXPECT_NE(content.find("第二稿"), std::string::npos);
}

TEST_P(Filings, an_extension_moves_the_clock_with_a_reason_and_the_first_due_stays_visible) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    const auto first_due = walk.route().due_at;
    const auto longer = [&](const std::string& reason, Instant due) {
        const Extending asked{walk.route().id, walk.route().version, reason, due};
        return w.deed<RouteNow>(walk.receiver(), [&](Work& work) { return extend(work, asked); });
    };
    EXPECT_FALSE(longer("", beijing("2023-03-18 17:00")).ok());
    EXPECT_EQ(longer("停电", beijing("2023-03-15 17:00")).refusal().key, "filing.extension_not_later");
    ASSERT_TRUE(longer("停电", beijing("2023-03-18 17:00")).ok());
    EXPECT_EQ(walk.route().due_at, beijing("2023-03-18 17:00"));
    EXPECT_EQ(walk.route().first_due_at, first_due);
    w.pack.duties[0].timetable.due = campaigns::DueWeekday{Weekday::thursday, 12 * 60, true};
    w.publish();
    EXPECT_EQ(walk.route().due_at, beijing("2023-03-18 17:00"));
}

TEST_P(Filings, an_excused_filing_comes_back_as_it_was) {
    CampaignWorld w(GetParam());
    w.publish();
    Walk walk{w};
    ASSERT_TRUE(walk.hand_in(kNews).ok());
    ASSERT_TRUE(walk.give_back("有误").ok());
    ASSERT_TRUE(walk.decide(excuse, walk.receiver(), "抗洪").ok());
    EXPECT_EQ(walk.hand_in(kNews).refusal().key, "filing.deed_not_now");
    ASSERT_TRUE(walk.decide(reinstate, walk.receiver(), "恢复").ok());
    EXPECT_EQ(walk.route().at.state, State::returned);
}

// threats A13
TEST_P(Filings, of_thirty_two_deeds_on_one_route_at_once_exactly_one_wins_and_the_others_are_told_the_state) {
    CampaignWorld w(GetParam());
    w.publish();
    const std::vector<std::pair<const char*, std::pair<Deed, Deed>>> races{{"2023-W11", {Deed::accept, Deed::return_for_correction}},
                                                                           {"2023-W12", {Deed::accept, Deed::withdraw}},
                                                                           {"2023-W13", {Deed::return_for_correction, Deed::withdraw}}};
    for (const auto& [week, deeds] : races) {
        Walk walk{w, "weekly", CampaignWorld::kZhuzhou, week};
        ASSERT_TRUE(walk.hand_in(kNews).ok());
        const auto route = walk.route();
        const auto filing = walk.filing();
        const auto clerk = w.clerk();
        const auto liaison = walk.liaison();
        const auto run = [&](Deed deed) -> std::string {
            if (deed == Deed::withdraw) {
                const auto r = w.deed<std::vector<RouteNow>>(liaison, [&](Work& work) { return withdraw(work, {filing.id, filing.version, {}}); });
                return r ? "" : r.refusal().key;
            }
            const auto r = w.deed<RouteNow>(clerk, [&](Work& work) {
                return deed == Deed::accept ? accept(work, {route.id, route.version}) : return_for_correction(work, {route.id, route.version, "有误", {}});
            });
            return r ? "" : r.refusal().key;
        };
        std::atomic<int> won{0}, told{0};
        std::vector<std::thread> threads;
        for (int i = 0; i < 32; ++i)
            threads.emplace_back([&, deed = i % 2 == 0 ? deeds.first : deeds.second] {
                const auto key = run(deed);
                if (key.empty()) ++won;
                if (key == "filing.changed_meanwhile") ++told;
            });
        for (auto& thread : threads) thread.join();
        EXPECT_EQ(won, 1) << week;
        EXPECT_EQ(told, 31) << week;
        EXPECT_EQ(walk.route().version, route.version + 1);
    }
    EXPECT_EQ(w.count("select count(*) from route_events where deed <> 'hand_in'"), 3);
}

}  // namespace
}  // namespace anban::filings
