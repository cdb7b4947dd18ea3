// Events across the modules: who is missing by name, the API, and a database from before there were any.
#include <filesystem>
#include <fstream>

#include "app/migrations.h"
#include "modules/filings/store.h"
#include "modules/totals/matrix.h"
#include "tests/journeys/life_steps.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(EventJourney);

json::value parsed(const std::string& text) { return json::parse(text).value(); }

campaigns::Duty accident(const CampaignWorld& w) {
    auto duty = *w.pack.find_duty("cases");
    duty.id = "accident";
    duty.title = "事故快报";
    duty.event = "接报";
    duty.timetable.due = *campaigns::clock_of(campaigns::ClockSide::after, "PT1H");
    return duty;
}

TEST_P(EventJourney, who_has_not_told_an_accident_in_its_hour_stands_by_name_among_the_missing) {
    CampaignWorld w(GetParam());
    w.pack.duties.push_back(accident(w));
    w.now = beijing("2023-03-16 09:30");
    w.publish();
    const auto begun = w.deed<filings::RouteNow>(w.liaison(), [&](Work& work) {
        return filings::begin_event(work, {"small", "accident", beijing("2023-03-16 09:20"), "某工地坍塌"}, calendar::Calendar::built_in());
    });
    ASSERT_TRUE(begun.ok());
    const auto matrix = [&] {
        return w.look<totals::Matrix>(w.clerk(), [](View& view) { return totals::read_matrix(view, "small", {"accident", {}, {}, {}, {}, {}, {}}); });
    };
    EXPECT_EQ(matrix()->windows.at(0).expected, 1);
    EXPECT_EQ(matrix()->windows.at(0).due_at, beijing("2023-03-16 10:20"));
    w.now = Instant{beijing("2023-03-16 10:20").ms + 1};
    const auto after = matrix();
    EXPECT_EQ(after->windows.at(0).overdue, 1);
    ASSERT_EQ(after->missing.size(), 1u);
    EXPECT_EQ(after->missing[0].name, CampaignWorld::kZhuzhou);
    EXPECT_EQ(after->missing[0].reading, totals::Reading::overdue);
}

constexpr const char* kClocked = R"(
  - id: accident
    title: 事故快报
    reporters: bureaus
    schedule: on_event
    event: 接报
    due: {after: PT1H}
    parts:
      - {id: text, title: 快报, kind: narrative}
    basis: {section: 三, clause: 接报后1小时内报}
)";

TEST_P(EventJourney, the_page_learns_the_due_of_an_event_before_it_is_begun_and_reads_it_on_the_filing) {
    TemporaryFolder folder;
    const auto pack = std::filesystem::path(folder.path()) / "hunan-2023";
    std::filesystem::copy(life::kPack, pack, std::filesystem::copy_options::recursive);
    std::ofstream(pack / "duties.yaml", std::ios::app) << kClocked;
    World w(GetParam());
    w.apply_pack(pack.string());
    w.set_time(beijing("2023-03-16 10:00"));
    auto& unit = w.as(life::kZhuzhou, Role::liaison);
    const auto whole = unit.get(life::kCampaign);
    bool found = false;
    for (const auto& line : whole.at("/duties").as_array())
        if (line.at("duty") == "accident") {
            EXPECT_EQ(json::write(line.at("definition").at("event")), R"({"starts":"接报","clock":{"side":"after","unit":"minutes","count":60,"minute":null},"byReceiver":{}})");
            found = true;
        }
    EXPECT_TRUE(found);
    const auto dues = unit.get("/api/v1/event-dues?campaign=hunan-2023&duty=accident&at=2023-03-16T09:20:00%2B08:00");
    ASSERT_EQ(dues.status, 200) << dues.text;
    EXPECT_EQ(dues.string("/dues/0/dueAt"), "2023-03-16T10:20:00.000+08:00");
    EXPECT_EQ(dues.string("/dues/0/receiver"), life::kOffice);
    life::expect_refused(unit.get("/api/v1/event-dues?campaign=hunan-2023&duty=accident&at=2023-03-16T12:20:00%2B08:00"), 422, "filing.event_ahead");
    const auto begun = unit.post("/api/v1/filings", parsed(R"({"campaign":"hunan-2023","duty":"accident","eventAt":"2023-03-16T09:20:00+08:00","name":"某工地坍塌"})"));
    ASSERT_EQ(begun.status, 200) << begun.text;
    const auto filing = unit.get("/api/v1/filings/" + begun.string("/filingId"));
    EXPECT_EQ(filing.string("/filing/event/at"), "2023-03-16T09:20:00.000+08:00");
    EXPECT_EQ(filing.string("/filing/event/name"), "某工地坍塌");
    EXPECT_EQ(filing.string("/routes/0/dueAt"), "2023-03-16T10:20:00.000+08:00");
    EXPECT_TRUE(filing.at("/routes/0/dueHasHour").as_bool());
}

TEST_P(EventJourney, a_database_from_before_events_keeps_its_filings) {
    const auto all = migrations();
    WorldDb db(GetParam(), all.first(5));
    db->write([](db::Connection& c) {
        c.run({"old.organization", R"sql(
            insert into organizations (id, name, short_name, kind, level, division_code, credit_code, sort_order, opened_on, version)
            values ('o1', '株洲市住建局', '', 'bureau', 'city', '', '', 1, '2000-01-01', 1)
        )sql"});
        c.run({"old.campaign", R"sql(
            insert into campaigns (id, title, office, period_from, period_to, pack_version, version) values ('small', '小行动', 'o1', '2023-01-01', '2023-12-31', 1, 1)
        )sql"});
        c.run({"old.duty", R"sql(
            insert into duty_versions (id, campaign_id, duty, number, definition, valid_from) values ('d1', 'small', 'cases', 1, $1, '2023-03-10')
        )sql"}, {R"({"duty":"cases","title":"典型案例","section":"","clause":"","group":"bureaus","level":"","collectedFor":"","collectedBy":[],"receivers":["o1"],
                     "outside":[],"parts":[],"firstParts":[],"nilAllowed":false,"lateness":"first","onEvent":true,"assumed":false,"occurrences":[]})"});
        c.run({"old.filing", R"sql(
            insert into filings (id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, applies, applies_reason, issued_at, version)
            values ('f1', 'small', 'cases', 'd1', 'o1', 'event:f1', '2023-03-20', '2023-03-20', 'owed', '', 7, 3)
        )sql"});
        return db::Outcome::keep;
    });
    db::migrate(*db, all);
    db::migrate(*db, all);
    db->read([](db::Connection& c) {
        const auto filing = filings::store::find(c, "f1");
        ASSERT_TRUE(filing);
        EXPECT_EQ(filing->version, 3);
        EXPECT_EQ(filing->issued_at, Instant{7});
        EXPECT_FALSE(filing->event_at);
        EXPECT_EQ(filing->event_name, "");
        const auto duty = campaigns::find_duty_version(c, "d1");
        ASSERT_TRUE(duty) << "a definition of before is read still";
        EXPECT_FALSE(duty->definition.event);
    });
}

}  // namespace
}  // namespace anban::test
