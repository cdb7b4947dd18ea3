// One clerk's table, from the list of what is owed to the office's acceptance, over the API of the whole server.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "modules/campaigns/pack.h"
#include "tests/support/world.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(FilingJourney);

constexpr const char* kOffice = "湖南省住房和城乡建设厅安全生产委员会办公室";
constexpr const char* kZhuzhou = "株洲市住房和城乡建设局";
constexpr const char* kXiangtan = "湘潭市住房和城乡建设局";
constexpr const char* kPack = ANBAN_SOURCE_DIR "/packs/hunan-2023";

json::value parsed(const std::string& text) { return json::parse(text).value(); }

// The id of the filing in one of the groups of my work.
std::string owed(const Answer& work, const std::string& duty, const std::string& slot) {
    for (const auto* group : {"overdue", "today", "thisWeek", "later"})
        for (const auto& line : work.at(std::string("/") + group).as_array())
            if (line.at("filing").at("duty").as_string() == duty && line.at("filing").at("slot").as_string() == slot)
                return std::string(line.at("filing").at("id").as_string());
    throw std::runtime_error(duty + " " + slot + " is not owed: " + work.text);
}

std::string scan(Client& client) {
    const auto answer = client.upload("/api/v1/attachments?paper=stamped_scan", "盖章.pdf", "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n");
    if (answer.status != 200) throw std::runtime_error(answer.text);
    return answer.string("/attachment/id");
}

json::value table(const std::string& scan_id, const std::string& found) {
    return parsed(R"({"statistics":{"cells":{"gas.found":")" + found + R"(","gas.fixed":"3"},"attachments":[")" + scan_id +
                  R"("]},"major_hazards":{"nil":true,"attachments":[]}})");
}

TEST_P(FilingJourney, the_table_is_filled_handed_in_returned_at_a_cell_mended_and_accepted) {
    World w(GetParam());
    w.apply_pack(kPack);
    auto& liaison = w.as(kZhuzhou, Role::liaison);
    auto& clerk = w.as(kOffice, Role::office_clerk);
    const auto id = owed(liaison.get("/api/v1/my-work"), "monthly", "2023-01-01..2023-02-28");
    const auto path = "/api/v1/filings/" + id;

    const auto page = liaison.get(path);
    ASSERT_EQ(page.status, 200) << page.text;
    EXPECT_EQ(page.at("/parts").as_array().size(), 2u);  // table and ledger, no narrative
    EXPECT_EQ(page.string("/routes/0/dueAt"), "2023-03-13T23:59:59.999+08:00");
    EXPECT_FALSE(page.at("/routes/0/dueHasHour").as_bool());

    const auto parts = table(scan(liaison), "5");
    const auto saved = liaison.put(path + "/draft", json::object{{"version", 0}, {"parts", parts}});
    ASSERT_EQ(saved.status, 200) << saved.text;
    const auto checked = liaison.post(path + "/check", json::object{{"parts", parts}});
    ASSERT_EQ(checked.status, 200) << checked.text;
    EXPECT_TRUE(checked.at("/ready").as_bool()) << checked.text;

    // threats A12: sent twice with the same key it is one deed
    const json::object body{{"version", saved.number("/filingVersion")}, {"draftVersion", 1}};
    const auto receipt = liaison.post(path + "/hand-in", body, "key-1");
    ASSERT_EQ(receipt.status, 200) << receipt.text;
    EXPECT_EQ(liaison.post(path + "/hand-in", body, "key-1").text, receipt.text);
    EXPECT_EQ(w.count("select count(*) from submissions"), 1);
    EXPECT_EQ(receipt.string("/routes/0/timeliness/counted"), "on_time");
    EXPECT_EQ(receipt.string("/digest").size(), 64u);

    const auto review = clerk.get("/api/v1/review");
    ASSERT_EQ(review.number("/total"), 1) << review.text;
    const auto route = "/api/v1/routes/" + review.string("/lines/0/route/id");
    const auto returned = clerk.post(route + "/return", parsed(R"({"version":)" + std::to_string(review.number("/lines/0/route/version")) +
        R"(,"reason":"燃气发现数与日常检查不符","anchors":[{"path":"statistics:gas.found","note":"请核对"}]})"));
    ASSERT_EQ(returned.status, 200) << returned.text;
    const auto mine = liaison.get("/api/v1/my-work");
    EXPECT_EQ(mine.number("/returned"), 1);

    const auto mended = liaison.post(path + "/hand-in", json::object{{"version", returned.number("/filingVersion")}, {"draftVersion", 1}, {"parts", table(scan(liaison), "6")}});
    ASSERT_EQ(mended.status, 200) << mended.text;
    EXPECT_EQ(mended.number("/submissionNumber"), 2);
    const auto changed = clerk.get(path + "/differences?from=1&to=2");
    ASSERT_EQ(changed.status, 200) << changed.text;
    EXPECT_NE(changed.text.find(R"({"cell":"gas.found","before":"5","after":"6"})"), std::string::npos) << changed.text;

    const auto accepted = clerk.post("/api/v1/review/accept", parsed(R"({"routes":[{"id":")" + review.string("/lines/0/route/id") + R"(","version":)" +
        std::to_string(mended.number("/routes/0/route/version")) + "}]}"));
    ASSERT_EQ(accepted.status, 200) << accepted.text;
    EXPECT_TRUE(accepted.at("/verdicts/0/done").as_bool()) << accepted.text;
    EXPECT_EQ(liaison.get(path).string("/routes/0/state"), "accepted");
    EXPECT_EQ(w.count("select count(*) from table_vectors where replaced_at is null"), 1);
    EXPECT_EQ(w.count("select count(*) from journal where object_kind = 'filing'"), 5);  // saved, handed in, returned, handed in, accepted
}

// threats C3
TEST_P(FilingJourney, what_a_client_says_about_state_time_or_version_is_refused_and_never_stored) {
    World w(GetParam());
    w.apply_pack(kPack);
    auto& liaison = w.as(kZhuzhou, Role::liaison);
    const auto path = "/api/v1/filings/" + owed(liaison.get("/api/v1/my-work"), "weekly", "2023-W11");
    const auto sent = [&](const char* body) { return liaison.post(path + "/hand-in", parsed(body)).status; };
    EXPECT_EQ(sent(R"({"draftVersion":0,"nil":true,"confirmed":true})"), 400);
    EXPECT_EQ(sent(R"({"version":1,"nil":true,"confirmed":true})"), 400);
    EXPECT_EQ(sent(R"({"version":1,"draftVersion":3,"nil":true,"confirmed":true})"), 409);
    EXPECT_EQ(sent(R"({"version":1,"draftVersion":0,"nil":true,"confirmed":true,"receivedAt":"2023-03-10T09:00:00.000+08:00"})"), 400);
    EXPECT_EQ(sent(R"({"version":1,"draftVersion":0,"nil":true,"confirmed":true,"state":"accepted"})"), 400);
    EXPECT_EQ(sent(R"({"version":7,"draftVersion":0,"nil":true,"confirmed":true})"), 409);
    EXPECT_EQ(sent(R"({"version":1,"draftVersion":0,"nil":true})"), 422);
    EXPECT_EQ(sent(R"({"version":1,"draftVersion":0,"nil":true,"confirmed":true})"), 200);
}

// threats A11, anchor-failures 2
TEST_P(FilingJourney, the_arrival_of_the_last_byte_decides_also_when_the_request_is_answered_after_the_due) {
    World w(GetParam());
    w.apply_pack(kPack);
    const auto path_of = [&](const char* unit) {
        return "/api/v1/filings/" + owed(w.as(unit, Role::liaison).get("/api/v1/my-work"), "weekly", "2023-W11");
    };
    const std::map<std::string, std::string> paths{{kZhuzhou, path_of(kZhuzhou)}, {kXiangtan, path_of(kXiangtan)}};
    w.set_time(beijing_instant(to_date({2023, 3, 16}), 17 * 60));
    for (const auto& [unit, offset, counted] : {std::tuple{kZhuzhou, -60'000, "on_time"}, {kXiangtan, 60'000, "late"}}) {
        auto& liaison = w.as(unit, Role::liaison);
        const auto path = paths.at(unit);
        liaison.received_offset_ms = offset;
        const auto receipt = liaison.post(path + "/hand-in", parsed(R"({"version":1,"draftVersion":0,"nil":true,"confirmed":true})"));
        ASSERT_EQ(receipt.status, 200) << receipt.text;
        EXPECT_EQ(receipt.string("/routes/0/timeliness/counted"), counted);
    }
}

// anchor-failures 10, 16
TEST_P(FilingJourney, another_units_filing_is_not_there_and_a_spreadsheet_passes_the_same_gate_as_the_page) {
    World w(GetParam());
    w.apply_pack(kPack);
    auto& liaison = w.as(kZhuzhou, Role::liaison);
    auto& other = w.as(kXiangtan, Role::liaison);
    const auto id = owed(liaison.get("/api/v1/my-work"), "monthly", "2023-01-01..2023-02-28");
    const auto path = "/api/v1/filings/" + id;
    EXPECT_EQ(other.get(path).status, 404);
    EXPECT_EQ(other.post(path + "/hand-in", json::object{{"version", 1}, {"draftVersion", 0}}).status, 404);
    EXPECT_EQ(other.get(path + "/parts/statistics/xlsx").status, 404);

    const auto pack = campaigns::load_pack(kPack).pack.value();
    const auto& form = *pack.find_form("statistics");
    const auto typed = forms::cells_from(form, parsed(R"({"gas.found":"2","gas.fixed":"9"})").as_object());
    const TemporaryFolder folder;
    forms::write_table(form, {id, "statistics", "填报单位", "统计时间", 2023}, forms::evaluate(form, {typed, {}, {}}), {}, folder.path() + "/t.xlsx");
    std::ifstream file(folder.path() + "/t.xlsx", std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    const auto upload = path + "/parts/statistics/xlsx?version=";
    EXPECT_EQ(other.upload(upload + "0", "t.xlsx", bytes).status, 404);
    const auto taken = liaison.upload(upload + "0", "t.xlsx", bytes);
    ASSERT_EQ(taken.status, 200) << taken.text;
    EXPECT_EQ(liaison.upload(upload + "0", "t.xlsx", bytes).status, 409);
    EXPECT_EQ(liaison.get(path).string("/draft/parts/statistics/cells/gas.found"), "2");
    const auto refused = liaison.post(path + "/hand-in", json::object{{"version", taken.number("/draft/filingVersion")}, {"draftVersion", 1}});
    EXPECT_EQ(refused.status, 422);
    EXPECT_NE(refused.text.find("gas.found_total"), std::string::npos) << refused.text;  // more fixed than found

    auto& xiangtan = w.as(kXiangtan, Role::liaison);
    const auto theirs = "/api/v1/filings/" + owed(xiangtan.get("/api/v1/my-work"), "monthly", "2023-01-01..2023-02-28");
    EXPECT_EQ(xiangtan.upload(theirs + "/parts/statistics/xlsx?version=0", "t.xlsx", bytes).code(), "filing.paper_of_another");
}

}  // namespace
}  // namespace anban::test
