// A filing that an event begins, and the clock that runs from it, on both engines.
#include <gtest/gtest.h>

#include "modules/filings/issue.h"
#include "modules/filings/reading.h"
#include "platform/messages/messages.h"
#include "tests/support/filing_walk.h"

namespace anban::filings {
namespace {

using campaigns::ClockSide;
using campaigns::EventClock;
using test::beijing;
using test::CampaignWorld;

ANBAN_ON_BOTH_ENGINES(Events);

// The small campaign with an accident to be told within an hour, and to a second receiver within three workdays; and a delay to be
// asked for twenty workdays before a term ends.
struct Office : CampaignWorld {
    explicit Office(db::Engine engine) : CampaignWorld(engine) {
        pack.groups.push_back({"one", "一家", {kZhuzhou}});
        add("accident", "事故快报", "接报", ClockSide::after, "PT1H");
        pack.duties.back().reporters = "one";
        pack.duties.back().receivers.push_back({kXiangtan, false, *campaigns::clock_of(ClockSide::after, "P3WD")});
        add("delay", "延期申请", "期限届满", ClockSide::before, "P20WD");
        now = beijing("2023-03-16 10:00");
        publish();
    }
    void add(const char* id, const char* title, const char* event, ClockSide side, const char* span) {
        auto duty = *pack.find_duty("cases");
        duty.id = id;
        duty.title = title;
        duty.event = event;
        duty.timetable.due = *campaigns::clock_of(side, span);
        pack.duties.push_back(duty);
    }
    Result<RouteNow> begin(const char* duty, std::optional<Instant> event, const std::string& name = {}) {
        return deed<RouteNow>(liaison(), [&](Work& work) { return begin_event(work, {"small", duty, event, name}, calendar::Calendar::built_in()); });
    }
    Result<EventDues> dues(const char* duty, std::optional<Instant> event) {
        return look<EventDues>(liaison(), [&](View& view) { return event_dues(view, {"small", duty, event, {}}, calendar::Calendar::built_in()); });
    }
    Route route_to(const RouteNow& begun, const char* receiver) {
        Route out;
        db->read([&](db::Connection& c) {
            for (const auto& one : store::routes_of(c, begun.filing_id))
                if (one.receiver_id == organization(receiver)) out = one;
        });
        return out;
    }
};

// A "no" by its key, with a sentence in both languages in which nothing is left open.
std::string said(const Refusal& no) {
    for (const auto language : {messages::Language::zh, messages::Language::en}) {
        EXPECT_TRUE(messages::has(language, no.key)) << no.key;
        EXPECT_EQ(messages::sentence(language, no.key, no.params).find('{'), std::string::npos) << no.key;
    }
    return no.key;
}

TEST_P(Events, from_the_event_runs_each_receivers_own_clock_and_both_are_told_before_anything_is_begun) {
    Office w(GetParam());
    const auto told = w.dues("accident", beijing("2023-03-16 09:20"));
    ASSERT_TRUE(told.ok()) << told.refusal().key;
    ASSERT_EQ(told->dues.size(), 2u);
    const auto begun = w.begin("accident", Instant{beijing("2023-03-16 09:20").ms + 59'999}, " 某工地\n坍塌 ");
    ASSERT_TRUE(begun.ok()) << begun.refusal().key;
    const auto office = w.route_to(*begun, CampaignWorld::kOffice), second = w.route_to(*begun, CampaignWorld::kXiangtan);
    EXPECT_EQ(office.due_at, beijing("2023-03-16 10:20"));
    EXPECT_TRUE(office.due_has_hour);
    EXPECT_EQ(office.first_due_at, office.due_at);
    EXPECT_EQ(second.due_at, beijing_day_end(*parse_date("2023-03-21")));
    EXPECT_FALSE(second.due_has_hour);
    for (const auto& one : told->dues) EXPECT_EQ(one.due_at, one.receiver_id == office.receiver_id ? office.due_at : second.due_at);
    const auto opened = w.look<OpenedFiling>(w.clerk(), [&](View& view) { return open(view, begun->filing_id); });
    ASSERT_TRUE(opened.ok());
    ASSERT_TRUE(opened->filing.event);
    EXPECT_EQ(opened->filing.event->at, beijing("2023-03-16 09:20"));
    EXPECT_EQ(opened->filing.event->name, "某工地 坍塌");
    EXPECT_EQ(opened->filing.event->starts, "接报");
    EXPECT_EQ(opened->filing.event->clock, (EventClock{ClockSide::after, campaigns::ClockUnit::minutes, 60, {}}));
    EXPECT_EQ(w.count("select count(*) from journal where deed = 'filing.begun' and detail like '%2023-03-16T09:20:00.000+08:00%'"), 1);
}

// anchor-failures 1: judged by the arrival at the server, whatever the reporter said of the event.
TEST_P(Events, a_report_handed_in_on_the_last_minute_is_on_time_and_a_millisecond_later_late) {
    for (const int beyond : {0, 1}) {
        Office w(GetParam());
        const auto begun = w.begin("accident", beijing("2023-03-16 09:20"));
        ASSERT_TRUE(begun.ok());
        w.now = beijing("2023-03-16 10:19");
        const auto receipt = w.deed<Receipt>(w.liaison(), [&](Work& work) {
            return hand_in(work, {begun->filing_id, begun->filing_version, 0, w.parts(R"({"case":{"paragraphs":["已到现场"]}})"), false, false, {}});
        }, Instant{beijing("2023-03-16 10:20").ms + beyond});
        ASSERT_TRUE(receipt.ok()) << receipt.refusal().key;
        for (const auto& one : receipt->routes)
            EXPECT_EQ(one.timeliness.counted, one.route.id == w.route_to(*begun, CampaignWorld::kOffice).id && beyond ? Punctuality::late : Punctuality::on_time);
    }
}

TEST_P(Events, work_to_do_stands_under_today_until_its_hour_and_is_overdue_after_it) {
    Office w(GetParam());
    const auto begun = w.begin("accident", beijing("2023-03-16 09:20"));
    ASSERT_TRUE(begun.ok());
    const auto mine = [&] { return w.look<MyWork>(w.liaison(), [](View& view) { return my_work(view); }); };
    const auto holds = [&](const std::vector<WorkLine>& lines) {
        return std::ranges::any_of(lines, [&](const WorkLine& line) { return line.filing.id == begun->filing_id; });
    };
    EXPECT_TRUE(holds(mine()->today));
    w.now = Instant{beijing("2023-03-16 10:20").ms + 1};
    EXPECT_TRUE(holds(mine()->overdue));
}

TEST_P(Events, an_instant_that_no_clock_can_run_from_is_refused_with_the_reason) {
    Office w(GetParam());
    EXPECT_EQ(said(w.begin("accident", {}).refusal()), "filing.event_instant_missing");
    EXPECT_EQ(said(w.begin("accident", Instant{w.now.ms + 10 * 60'000 + 1}).refusal()), "filing.event_ahead");
    EXPECT_TRUE(w.begin("accident", Instant{w.now.ms + 10 * 60'000}).ok()) << "clocks differ";
    const auto begins = beijing_instant(w.pack.period.from);
    EXPECT_EQ(said(w.begin("accident", Instant{begins.ms - 1}).refusal()), "filing.event_before_campaign");
    EXPECT_TRUE(w.begin("accident", begins).ok());
    EXPECT_EQ(said(w.begin("delay", beijing("2033-04-01 00:00")).refusal()), "filing.event_too_far");
    EXPECT_EQ(said(w.begin("delay", parse_instant("9999-12-31T23:59:59Z").value_or(beijing("2190-01-01 00:00"))).refusal()), "filing.event_too_far");
    std::string name;
    for (int i = 0; i < 61; ++i) name += "长";
    EXPECT_EQ(said(w.begin("accident", w.now, name).refusal()), "filing.event_name_too_long");
    EXPECT_EQ(said(w.begin("accident", w.now, "机密★1年").refusal()), "filing.marked_secret");
    EXPECT_EQ(w.dues("accident", {}).refusal().key, "filing.event_instant_missing");
    EXPECT_EQ(w.dues("weekly", w.now).refusal().key, "filing.duty_not_on_event");
    EXPECT_EQ(w.dues("nothing", w.now).refusal().code, Code::not_found);
}

TEST_P(Events, what_is_due_before_an_event_may_be_begun_for_one_that_is_still_to_come) {
    Office w(GetParam());
    const auto begun = w.begin("delay", beijing("2023-04-28 09:00"));
    ASSERT_TRUE(begun.ok()) << begun.refusal().key;
    EXPECT_EQ(w.route_to(*begun, CampaignWorld::kOffice).due_at, beijing_day_end(*parse_date("2023-03-31")));
    const auto late = w.begin("delay", beijing("2023-03-20 09:00"));
    ASSERT_TRUE(late.ok());
    EXPECT_LT(w.route_to(*late, CampaignWorld::kOffice).due_at, w.now) << "overdue from the first: the office sees it";
}

// However far the clock leads from the day on which it was begun.
TEST_P(Events, what_a_unit_began_while_it_was_open_stays_owed_when_its_due_lies_before_its_opening_or_after_its_close) {
    Office w(GetParam());
    const auto begun = w.begin("delay", beijing("2023-03-20 09:00"));  // due in February
    ASSERT_TRUE(begun.ok());
    w.db->write([&](db::Connection& db) {
        db.run({"test.open", "update organizations set opened_on = $2 where id = $1"}, {w.organization(CampaignWorld::kZhuzhou), "2023-03-01"});
        return db::Outcome::keep;
    });
    (void)w.deed<IssueReport>(w.clerk(), [&](Work& work) { return issue_due_filings(work, beijing_date(w.now)); });
    EXPECT_NE(w.route_to(*begun, CampaignWorld::kOffice).at.state, State::not_applicable);
}

TEST_P(Events, a_due_that_rests_on_a_year_without_a_calendar_says_so) {
    Office w(GetParam());
    const auto event = beijing("2031-03-03 09:00");
    EXPECT_EQ(w.dues("delay", event)->missing_years, std::vector<std::int64_t>{2031});
    const auto begun = w.begin("delay", event);
    ASSERT_TRUE(begun.ok());
    EXPECT_NE(w.route_to(*begun, CampaignWorld::kOffice).due_reason.find("2031"), std::string::npos);
    EXPECT_TRUE(w.dues("accident", w.now)->missing_years.empty());
}

TEST_P(Events, without_a_clock_an_event_needs_no_instant_and_has_no_due) {
    Office w(GetParam());
    const auto begun = w.begin("cases", {});
    ASSERT_TRUE(begun.ok());
    EXPECT_FALSE(w.route_to(*begun, CampaignWorld::kOffice).due_at);
    EXPECT_FALSE(w.look<OpenedFiling>(w.liaison(), [&](View& view) { return open(view, begun->filing_id); })->filing.event);
    EXPECT_FALSE(w.dues("cases", {})->dues.at(0).due_at);
}

TEST_P(Events, a_clock_that_a_later_pack_changes_leaves_what_has_begun_and_holds_for_what_comes) {
    Office w(GetParam());
    const auto before = w.begin("accident", beijing("2023-03-16 09:20"));
    ASSERT_TRUE(before.ok());
    w.pack.duties[5].timetable.due = *campaigns::clock_of(ClockSide::after, "PT2H");
    ASSERT_EQ(w.publish().pack.duties_changed, std::vector<std::string>{"事故快报"});
    EXPECT_EQ(w.route_to(*before, CampaignWorld::kOffice).due_at, beijing("2023-03-16 10:20"));
    EXPECT_EQ(w.route_to(*w.begin("accident", beijing("2023-03-16 09:20")), CampaignWorld::kOffice).due_at, beijing("2023-03-16 11:20"));
    EXPECT_TRUE(w.publish().pack.unchanged);
}

}  // namespace
}  // namespace anban::filings
