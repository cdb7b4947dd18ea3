// What one tree may learn of the other: nothing, not even a count.
#include "core/codec.h"
#include "modules/attachments/attachments.h"
#include "tests/journeys/rights_requests.h"
#include "tests/support/campaign_world.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(RightsLeaks);

// threats C2, anchor-failures 16, 24
TEST_P(RightsLeaks, no_answer_to_somebody_of_the_first_tree_shows_a_word_of_the_second) {
    TwoTrees trees(GetParam());
    for (const auto role : every_role()) {
        const bool sees_all = role == Role::auditor || role == Role::system_admin || role == Role::security_admin || role == Role::security_auditor;
        if (sees_all) continue;
        auto& actor = trees.actor(role);
        for (const auto& endpoint : trees.world.app().api().endpoints()) {
            if (endpoint.changes()) continue;
            for (const auto relation : kRelations) {
                const auto asked = request_for(endpoint, trees, relation);
                if (relation != Relation::own && asked == request_for(endpoint, trees, Relation::own)) continue;
                const auto answer = send(actor, asked);
                EXPECT_EQ(answer.text.find(kMarker), std::string::npos)
                    << codec::enum_name(role) << " " << asked.target << "\n" << answer.text.substr(0, 2000);
                if (relation != Relation::stranger) continue;
                for (const auto* subject : {"filing", "route", "submission", "item", "attachment", "notice", "account"})
                    if (asked.target.find(trees.id(subject, relation)) == std::string::npos) {
                        EXPECT_EQ(answer.text.find(trees.id(subject, relation)), std::string::npos) << asked.target;
                    }
            }
        }
    }
}

// threats C1, C2; anchor-failures 16: reporting to somebody in one campaign opens nothing of any other.
TEST_P(RightsLeaks, an_office_reads_its_reporter_in_their_campaign_and_not_a_word_of_what_it_reports_elsewhere) {
    TwoTrees trees(GetParam());
    trees.let_the_bureau_report_to_the_strangers_office();
    const std::string office = std::string(kMarker) + CampaignWorld::kOffice;
    auto& clerk = trees.world.as(office, Role::office_clerk, "foreign");
    for (const std::string& path : {"/api/v1/filings/" + trees.id("filing", Relation::own), "/api/v1/items/" + trees.id("item", Relation::own),
                                   "/api/v1/attachments/" + trees.id("attachment", Relation::own), std::string("/api/v1/campaigns/small")})
        EXPECT_EQ(clerk.get(path).status, 404) << path;
    for (const auto* path : {"/api/v1/campaigns/small/items", "/api/v1/campaigns/small/matrix?duty=weekly", "/api/v1/journal?limit=200",
                             "/api/v1/campaigns/small/totals?duty=monthly&part=statistics&slot=2023-03"}) {
        const auto text = clerk.get(path).text;
        for (const auto* subject : {"filing", "route", "submission", "item", "attachment"})
            EXPECT_EQ(text.find(trees.id(subject, Relation::own)), std::string::npos) << path;
    }
    const auto theirs = trees.world.organization_id(CampaignWorld::kZhuzhou);
    const auto matrix = clerk.get("/api/v1/campaigns/crossing/matrix?duty=weekly");
    ASSERT_EQ(matrix.status, 200) << matrix.text;
    EXPECT_EQ(matrix.string("/rows/0/organizationId"), theirs);
    EXPECT_EQ(clerk.get("/api/v1/filings/" + matrix.string("/rows/0/cells/0/filingId")).status, 200);
    EXPECT_EQ(clerk.get("/api/v1/organizations/" + theirs).status, 200);  // whom it must be able to chase
    EXPECT_EQ(clerk.post("/api/v1/organizations/" + theirs + "/close", {{"dryRun", true}, {"version", 1}, {"on", "2023-06-01"}}).status, 404);
}

// threats C2, E3: what a unit has written or uploaded and not handed in is nobody else's, in lists, by id and in the journal.
TEST_P(RightsLeaks, titles_of_drafts_and_of_files_not_handed_in_stay_with_the_unit) {
    TwoTrees trees(GetParam());
    auto& county = trees.world.as(CampaignWorld::kYouxian, Role::liaison, "writer");
    auto& bureau = trees.actor(Role::office_clerk);
    auto& auditor = trees.actor(Role::auditor);
    const auto uploaded = county.upload("/api/v1/attachments?paper=e_copy", "未交的底稿.txt", "一段文字");
    ASSERT_EQ(uploaded.status, 200) << uploaded.text;
    const auto id = uploaded.string("/attachment/id");
    auto& writer = trees.world.as(CampaignWorld::kZhuzhou, Role::liaison, "writer");
    const auto draft = writer.post("/api/v1/campaigns/small/items",
                                   json::parse(R"({"duty":"articles","part":"articles","category":"results","title":"未交的稿件","paragraphs":["文"],"happenedOn":"2023-03-09","pictures":[],"handIn":false})").value());
    ASSERT_EQ(draft.status, 200) << draft.text;
    EXPECT_EQ(county.get("/api/v1/attachments/" + id).status, 200);
    EXPECT_NE(county.get("/api/v1/journal").status, 200);
    auto& office = trees.world.as(CampaignWorld::kOffice, Role::office_clerk, "office");
    for (auto* above : {&bureau, &auditor, &office}) {
        EXPECT_EQ(above->get("/api/v1/attachments/" + id).status, 404);
        EXPECT_EQ(above->get("/api/v1/attachments/" + id + "/content").status, 404);
        EXPECT_EQ(above->get("/api/v1/journal?limit=200").text.find("未交的底稿"), std::string::npos);
        if (above == &office) { EXPECT_EQ(above->get("/api/v1/journal?limit=200").text.find("未交的稿件"), std::string::npos); }
    }
    EXPECT_NE(bureau.get("/api/v1/journal?limit=200").text.find("未交的稿件"), std::string::npos);  // the own unit's
    trees.world.app().database().write([&](db::Connection& db) {
        const Actor actor;
        Work work{db, actor, Instant{1}, Instant{1}, Instant{1}, "test"};
        attachments::hand_in(work, {"filing", trees.id("filing", Relation::child), "small", trees.id("organization", Relation::child),
                                    {*parse_date("2023-03-10"), *parse_date("2023-03-16")}}, {id});
        return db::Outcome::keep;
    });
    for (auto* above : {&bureau, &auditor, &office}) EXPECT_EQ(above->get("/api/v1/attachments/" + id).status, 200);
    EXPECT_NE(bureau.get("/api/v1/journal?limit=200").text.find("未交的底稿"), std::string::npos);
}

// threats E3: who knocks at a door that is not his is written down, once a minute at most.
TEST_P(RightsLeaks, a_refused_right_is_one_line_a_minute_which_both_auditors_read) {
    TwoTrees trees(GetParam());
    auto& liaison = trees.actor(Role::liaison);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(liaison.get("/api/v1/accounts").status, 403);
    EXPECT_EQ(liaison.get("/api/v1/journal").status, 403);
    EXPECT_EQ(trees.world.count("select count(*) from journal where deed = 'right.refused'"), 2);
    for (const auto role : {Role::auditor, Role::security_auditor}) {
        const auto lines = trees.actor(role).get("/api/v1/journal?deed=right.refused");
        EXPECT_EQ(lines.at("/lines").as_array().size(), 2U) << codec::enum_name(role);
        EXPECT_EQ(lines.string("/lines/1/objectId"), "get /api/v1/accounts");
        EXPECT_EQ(lines.string("/lines/1/outcome"), "refused");
        EXPECT_NE(trees.actor(role).get("/api/v1/journal?deed=session.sign_in&limit=200").text.find("\"done\""), std::string::npos);
    }
    EXPECT_NE(trees.actor(Role::auditor).get("/api/v1/journal?deed=campaign.filings_issued").text.find("filings_issued\""), std::string::npos);
}

// threats C2: the three admins keep accounts and the structure of the whole; what units report is not theirs to read.
TEST_P(RightsLeaks, admins_read_no_word_of_what_any_unit_reported) {
    TwoTrees trees(GetParam());
    for (const auto role : {Role::system_admin, Role::security_admin, Role::security_auditor}) {
        auto& actor = trees.actor(role);
        for (const auto& endpoint : trees.world.app().api().endpoints()) {
            if (endpoint.changes()) continue;
            for (const auto relation : kRelations) {
                const auto answer = send(actor, request_for(endpoint, trees, relation));
                for (const auto* content : {"的一周", "的稿件", "的附件"})
                    EXPECT_EQ(answer.text.find(content), std::string::npos) << codec::enum_name(role) << " " << endpoint.path;
            }
        }
    }
}

// anchor-failures 24: the picker shows exactly the scope, never nothing to somebody who has one.
TEST_P(RightsLeaks, the_picker_of_organizations_holds_exactly_the_scope_of_every_role) {
    TwoTrees trees(GetParam());
    const auto all = trees.world.count("select count(*) from organizations");
    for (const auto role : every_role()) {
        const auto page = trees.actor(role).get("/api/v1/organizations?limit=200");
        ASSERT_EQ(page.status, 200) << codec::enum_name(role);
        const bool everything = role == Role::auditor || role == Role::system_admin || role == Role::security_admin || role == Role::security_auditor;
        const std::int64_t expected = everything ? all : role == Role::enterprise ? 1 : 3;  // the bureau and its two counties
        EXPECT_EQ(page.number("/total"), expected) << codec::enum_name(role);
        EXPECT_EQ(static_cast<std::int64_t>(page.at("/rows").as_array().size()), expected) << codec::enum_name(role);
        EXPECT_FALSE(trees.actor(role).get("/api/v1/organizations/tree?kind=sector").at("/nodes").as_array().empty()) << codec::enum_name(role);
    }
}

// threats D1, anchor-failures 17: hostile words in every slot of every query are values or refused, never part of a statement.
TEST_P(RightsLeaks, hostile_words_in_any_slot_of_a_query_are_data) {
    TwoTrees trees(GetParam());
    std::vector<std::string> payloads{"'", "%27%20or%20%271%27=%271", "1;drop%20table%20journal", "%25", "_", "a%27)%20union%20select%20password_hash%20from%20accounts--",
                                            "$1", "%24%7Bx%7D", "%5C", "name%20desc", "%00", "%F0%9F%92%A3", "-1", "99999999999999999999", "id,(select%201)"};
    if (GetParam() == Engine::postgresql) payloads.resize(3);  // the slots are the same code; the statements are what differs
    auto& auditor = trees.actor(Role::auditor);
    auto& clerk = trees.actor(Role::office_clerk);
    const auto accounts = trees.world.count("select count(*) from accounts");
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        if (endpoint.changes()) continue;
        const auto asked = request_for(endpoint, trees, Relation::own);
        const auto path = asked.target.substr(0, asked.target.find('?'));
        std::vector<std::string> names{"sort", "order", "filter"};
        if (endpoint.query_schema.is_object())
            for (const auto& member : endpoint.query_schema.at("properties").as_object()) names.emplace_back(member.key());
        for (const auto& name : names)
            for (const auto& payload : payloads)
                for (auto* client : {&auditor, &clerk}) {
                    const auto answer = client->get(asked.target + (asked.target == path ? "?" : "&") + name + "=" + payload);
                    EXPECT_LT(answer.status, 500) << endpoint.path << " " << name << "=" << payload << "\n" << answer.text;
                    EXPECT_EQ(answer.text.find("scrypt"), std::string::npos) << endpoint.path;
                    if (client == &clerk) {
                        EXPECT_EQ(answer.text.find(kMarker), std::string::npos) << endpoint.path << " " << name << "=" << payload;
                    }
                }
    }
    EXPECT_EQ(trees.world.count("select count(*) from accounts"), accounts);
    EXPECT_GT(trees.world.count("select count(*) from journal"), 0);
}

}  // namespace
}  // namespace anban::test
