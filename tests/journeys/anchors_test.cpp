// What went wrong elsewhere, asked of the whole server (the rows of anchor-failures that no module can answer alone).
#include <atomic>
#include <fstream>
#include <iterator>
#include <random>
#include <thread>

#include "modules/filings/issue.h"
#include "modules/organizations/organizations.h"
#include "modules/totals/matrix.h"
#include "tests/journeys/rights_two_trees.h"
#include "tests/support/filing_walk.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(Anchors);

constexpr const char* kMonthSlot = "2023-03";

json::value parsed(const std::string& text) { return json::parse(text).value(); }

// A request whose last byte arrived at exactly that business instant.
struct Sent { int status = 0; json::value body; std::string file; };
class TimedSender {
public:
    TimedSender(World& world, Client& client) : world_(world), client_(client) {}
    Sent send(http::Method method, const std::string& target, std::string bytes, const std::string& type, Instant arrived) {
        http::Request request;
        request.method = method;
        request.path = target.substr(0, target.find('?'));
        if (const auto mark = target.find('?'); mark != std::string::npos) request.raw_query = target.substr(mark + 1);
        request.peer = "127.0.0.1";
        request.id = "test-request";
        request.headers = {{"host", "127.0.0.1"}, {"content-type", type}, {"cookie", client_.cookies}, {"x-csrf-token", client_.csrf_token},
                           {"x-file-name", "paper.xlsx"}};
        request.body = std::make_shared<Bytes>(std::move(bytes));
        request.received = {arrived.ms - world_.app().clock().offset_ms()};
        const auto response = world_.app().handle(request);
        Sent out{response.status, nullptr, {}};
        if (auto read = json::parse(response.body)) out.body = *read;
        if (!response.file.empty()) {
            std::ifstream in(response.file, std::ios::binary);
            out.file.assign(std::istreambuf_iterator<char>(in), {});
        }
        return out;
    }

private:
    struct Bytes final : http::Body {
        explicit Bytes(std::string text) : text_(std::move(text)) {}
        std::uint64_t size() const override { return text_.size(); }
        const std::string* memory() const override { return &text_; }
        const std::string& file() const override { return none_; }
        std::string read_all() const override { return text_; }
        std::string text_, none_;
    };
    World& world_;
    Client& client_;
};

std::string month_filing(World& world, const std::string& organization) {
    std::string id;
    world.app().database().read([&](db::Connection& db) {
        db.each({"test.month", "select id from filings where organization_id = $1 and duty = 'monthly' and slot = '2023-03'"},
                {world.organization_id(organization)}, [&](const db::Row& row) { id = row.string(0); });
    });
    return id;
}

const std::string kProse = R"("progress":{"paragraphs":["本月开展了检查"]},"hazards":{"nil":true})";
const std::string kFigures = R"("statistics":{"cells":{"r1.found":"12","r1.fixed":"10"}})";

// anchor-failures 2
TEST_P(Anchors, the_page_and_the_spreadsheet_give_one_verdict_a_millisecond_before_at_and_after_the_due_instant) {
    const std::vector<std::string> bureaus{CampaignWorld::kZhuzhou, CampaignWorld::kXiangtan, CampaignWorld::kHengyang};
    for (const bool by_sheet : {false, true}) {
        TwoTrees trees(GetParam());
        auto& w = trees.world;
        w.set_time(beijing("2023-03-25 23:00"));
        for (int i = 0; i < 3; ++i) {
            auto& liaison = w.as(bureaus[i], Role::liaison, "filler");
            TimedSender sender(w, liaison);
            const auto path = "/api/v1/filings/" + month_filing(w, bureaus[i]);
            const auto due = parse_instant(liaison.get(path).string("/routes/0/dueAt")).value();
            const Instant arrived{due.ms - 1 + i};
            const auto before = Instant{due.ms - 60'000};
            std::string parts = "{" + kProse + "," + kFigures + "}";
            json::object hand_in{{"version", liaison.get(path).number("/filing/version")}, {"draftVersion", 0}, {"parts", parsed(parts)}};
            if (by_sheet) {
                ASSERT_EQ(sender.send(http::Method::put, path + "/draft", R"({"version":0,"parts":)" + parts + "}", "application/json", before).status, 200);
                const auto paper = sender.send(http::Method::get, path + "/parts/statistics/xlsx", "", "", before);
                ASSERT_FALSE(paper.file.empty());
                const auto taken = sender.send(http::Method::post, path + "/parts/statistics/xlsx?version=1", paper.file, "application/octet-stream", before);
                ASSERT_EQ(taken.status, 200) << json::write(taken.body);
                hand_in = {{"version", liaison.get(path).number("/filing/version")}, {"draftVersion", 2}};
            }
            const auto receipt = sender.send(http::Method::post, path + "/hand-in", json::write(hand_in), "application/json", arrived);
            ASSERT_EQ(receipt.status, 200) << json::write(receipt.body);
            const std::string expected = i < 2 ? "on_time" : "late";
            EXPECT_EQ(receipt.body.at_pointer("/routes/0/timeliness/counted").as_string(), expected) << by_sheet << " " << i;
            EXPECT_EQ(liaison.get(path).string("/routes/0/timeliness/counted"), expected);
            const auto matrix = w.as(CampaignWorld::kOffice, Role::office_clerk).get("/api/v1/campaigns/small/matrix?duty=monthly&from=2023-03-01&to=2023-03-31");
            for (const auto& row : matrix.at("/rows").as_array())
                if (row.at("name").as_string() == bureaus[i]) {
                    EXPECT_EQ(row.at_pointer("/cells/0/timeliness/counted").as_string(), expected);
                }
        }
    }
}

// anchor-failures 6
TEST_P(Anchors, no_rate_passes_a_hundred_and_no_unit_is_lost_whatever_opens_closes_moves_or_merges_within_a_window) {
    for (unsigned seed = 1; seed <= (GetParam() == Engine::sqlite ? 6U : 2U); ++seed) {
        CampaignWorld w(GetParam());
        w.publish();
        std::mt19937 random(seed);
        const std::vector<std::string> bureaus{CampaignWorld::kZhuzhou, CampaignWorld::kXiangtan, CampaignWorld::kHengyang};
        const auto operate = [&](const std::function<Result<organizations::ChangeReport>(Work&)>& deed) {
            auto actor = w.at(CampaignWorld::kOffice, Role::system_admin, "admin");
            (void)w.deed<organizations::ChangeReport>(actor, deed);
            (void)w.deed<Done>(actor, [&](Work& work) -> Result<Done> {
                (void)filings::issue_due_filings(work, beijing_date(work.now));
                return Done{};
            });
        };
        const auto current = [&](const std::string& name) {
            std::optional<organizations::Organization> found;
            w.db->read([&](db::Connection& db) { found = organizations::find_by_name(db, name); });
            return *found;
        };
        for (int step = 0; step < 12; ++step) {
            const auto& name = bureaus[random() % bureaus.size()];
            const auto one = current(name), other = current(bureaus[random() % bureaus.size()]);
            const auto day = beijing_date(w.now) + static_cast<int>(random() % 3);
            switch (random() % 5) {
                case 0: operate([&](Work& work) { return organizations::close(work, {}, {one.id, one.version, day}, false); }); break;
                case 1: operate([&](Work& work) { return organizations::merge(work, {}, {one.id, one.version, other.id, other.version, day}, false); }); break;
                case 2: operate([&](Work& work) {
                            return organizations::move(work, {}, {one.id, one.version, day, organizations::EdgeKind::place, {}, other.id}, false);
                        }); break;
                case 3: { Walk walk{w, "weekly", name, kWeek}; if (walk.hand_in(kNews).ok() && random() % 2) (void)walk.accept(); break; }
                default: { Walk walk{w, "weekly", name, kWeek}; (void)walk.decide(filings::mark_not_applicable, w.clerk(), "机构调整"); break; }
            }
            w.now.ms += static_cast<std::int64_t>(random() % 20) * 3'600'000;

            const auto matrix = w.look<totals::Matrix>(w.clerk(), [&](View& view) { return totals::read_matrix(view, "small", {.duty = "weekly"}); });
            ASSERT_TRUE(matrix.ok());
            for (const auto& window : matrix->windows) {
                const auto owed = window.accepted + window.submitted + window.returned + window.expected + window.overdue;
                ASSERT_EQ(window.owed, owed) << window.slot << " seed " << seed;
                ASSERT_EQ(w.count("select count(*) from filing_routes where duty = 'weekly' and slot = '" + window.slot + "'"),
                          owed + window.excused + window.not_applicable) << window.slot << " seed " << seed;
                ASSERT_LE(window.accepted + window.submitted, owed);
                if (window.rate != "—") {
                    ASSERT_LE(std::stod(window.rate), 100.0) << window.rate;
                } else {
                    ASSERT_EQ(owed, 0);
                }
            }
            for (const auto& missing : matrix->missing) {
                ASSERT_TRUE(missing.state == filings::State::expected || missing.state == filings::State::draft || missing.state == filings::State::withdrawn ||
                            missing.state == filings::State::returned) << missing.name;
            }
        }
    }
}

// anchor-failures 9; threats A12
TEST_P(Anchors, five_hundred_writers_at_once_neither_pass_a_quota_nor_lose_a_draft_unseen) {
    TwoTrees trees(GetParam());  // two articles a month at most; one is handed in
    auto& liaison = trees.actor(Role::liaison);
    const auto article = parsed(R"({"duty":"articles","part":"articles","category":"results","title":"检查","paragraphs":["经验"],
        "happenedOn":"2023-03-09","pictures":[],"handIn":true})");
    const auto filing = "/api/v1/filings/" + trees.id("table_filing", Relation::own);
    std::atomic<int> handed_in{0}, full{0}, saved{0}, told{0}, other{0};
    const auto write = [&](int from) {
        Client client(liaison);
        for (int i = from; i < 250; i += 16) {
            const auto a = client.post("/api/v1/campaigns/small/items", article);
            if (a.status == 200) ++handed_in;
            else if (a.status == 409 && a.code() == "item.quota_full") ++full;
            else ++other;
            const auto b = client.put(filing + "/draft", parsed(R"({"version":0,"parts":{"progress":{"paragraphs":["第)" + std::to_string(i) + R"(稿"]}}})"));
            if (b.status == 200) ++saved;
            else if (b.status == 409 && b.code() == "filing.draft_changed_meanwhile") ++told;
            else ++other;
        }
    };
    std::vector<std::thread> threads;
    for (int t = 0; t < 16; ++t) threads.emplace_back(write, t);
    for (auto& t : threads) t.join();
    EXPECT_EQ(handed_in, 1);
    EXPECT_EQ(full, 249);
    EXPECT_EQ(saved, 1);
    EXPECT_EQ(told, 249);
    EXPECT_EQ(other, 0);
    EXPECT_EQ(trees.world.count("select count(*) from items where state = 'handed_in' and organization_id = '" +
                                trees.id("organization", Relation::own) + "'"), 2);
    EXPECT_EQ(trees.world.count("select version from drafts where filing_id = '" + trees.id("table_filing", Relation::own) + "'"), 1);
}

// anchor-failures 19
TEST_P(Anchors, nothing_to_report_not_reported_and_zero_are_three_things_in_matrix_totals_and_cell) {
    TwoTrees trees(GetParam());
    auto& w = trees.world;
    auto& office = w.as(CampaignWorld::kOffice, Role::office_clerk);
    const auto hand_in = [&](const std::string& bureau, const std::string& rest) {
        auto& liaison = w.as(bureau, Role::liaison, "filler");
        const auto answer = liaison.post("/api/v1/filings/" + month_filing(w, bureau) + "/hand-in", parsed(R"({"version":1,"draftVersion":0,)" + rest + "}"));
        ASSERT_EQ(answer.status, 200) << answer.text;
        const auto accepted = office.post("/api/v1/routes/" + answer.string("/routes/0/route/id") + "/accept",
                                          json::object{{"version", answer.number("/routes/0/route/version")}});
        ASSERT_EQ(accepted.status, 200) << accepted.text;
    };
    hand_in(CampaignWorld::kZhuzhou, R"("nil":true,"confirmed":true)");
    hand_in(CampaignWorld::kXiangtan, R"("parts":{)" + kProse + R"(,"statistics":{"cells":{"r1.found":"0","r1.fixed":"0"}}})");

    const auto cell = office.get("/api/v1/campaigns/small/totals/cell?duty=monthly&part=statistics&slot=2023-03&cell=r1.found");
    ASSERT_EQ(cell.status, 200) << cell.text;
    std::map<std::string, std::string> shares, readings;
    std::map<std::string, bool> nil;
    for (const auto& share : cell.at("/shares").as_array()) shares[std::string(share.at("name").as_string())] = share.at("value").as_string();
    EXPECT_EQ(shares[CampaignWorld::kXiangtan], "0");
    EXPECT_EQ(shares[CampaignWorld::kZhuzhou], "nil");
    EXPECT_EQ(shares[CampaignWorld::kHengyang], "");
    EXPECT_EQ(cell.string("/official"), "0");
    const auto matrix = office.get("/api/v1/campaigns/small/matrix?duty=monthly&from=2023-03-01&to=2023-03-31&slot=2023-03");
    for (const auto& row : matrix.at("/rows").as_array()) {
        readings[std::string(row.at("name").as_string())] = row.at_pointer("/cells/0/reading").as_string();
        nil[std::string(row.at("name").as_string())] = row.at_pointer("/cells/0/nil").as_bool();
    }
    EXPECT_EQ(readings[CampaignWorld::kZhuzhou], "accepted");
    EXPECT_TRUE(nil[CampaignWorld::kZhuzhou]);
    EXPECT_EQ(readings[CampaignWorld::kXiangtan], "accepted");
    EXPECT_FALSE(nil[CampaignWorld::kXiangtan]);
    EXPECT_EQ(readings[CampaignWorld::kHengyang], "expected");
    ASSERT_EQ(matrix.at("/missing").as_array().size(), 1U);  // anchor-failures 20: by name, and no county: it owes another duty
    EXPECT_EQ(matrix.string("/missing/0/name"), CampaignWorld::kHengyang);
}

// anchor-failures 23; threats D2, D4
TEST_P(Anchors, hostile_text_comes_back_from_every_field_as_the_text_it_was) {
    TwoTrees trees(GetParam());
    auto& w = trees.world;
    auto& liaison = w.as(CampaignWorld::kHengyang, Role::liaison, "filler");
    auto& office = w.as(CampaignWorld::kOffice, Role::office_clerk);
    auto& admin = w.as(CampaignWorld::kOffice, Role::system_admin);
    const std::vector<std::string> hostile{"</script><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' or '1'='1", "{{7*7}} ${7*7} <%= 7 %>",
                                           "=cmd|' /C calc'!A0", "\xE2\x80\xAE" "gnp.exe", "<svg/onload=alert(1)>", "%3Cscript%3E", "javascript:alert(1)"};
    const auto path = "/api/v1/filings/" + month_filing(w, CampaignWorld::kHengyang);
    const auto data = [](const Answer& answer) {
        std::string type = "application/json", sniff;
        for (const auto& [name, value] : answer.headers) {
            if (name == "Content-Type") type = value;
            if (name == "X-Content-Type-Options") sniff = value;
        }
        return answer.status == 200 && type.starts_with("application/json") && sniff == "nosniff";
    };
    std::int64_t version = 0;
    for (const auto& text : hostile) {
        const json::object parts{{"progress", json::object{{"paragraphs", json::array{text}}}},
                                 {"hazards", json::object{{"rows", json::array{json::object{{"unit", text}}}}}}};
        const auto saved = liaison.put(path + "/draft", json::object{{"version", version++}, {"parts", parts}});
        ASSERT_EQ(saved.status, 200) << saved.text;
        const auto page = liaison.get(path);
        EXPECT_TRUE(data(page));
        EXPECT_EQ(page.string("/draft/parts/progress/paragraphs/0"), text);
        EXPECT_EQ(page.string("/draft/parts/hazards/rows/0/unit"), text);

        const auto article = liaison.post("/api/v1/campaigns/small/items", json::object{{"duty", "articles"}, {"part", "articles"}, {"category", "results"},
            {"title", text}, {"paragraphs", json::array{text}}, {"happenedOn", "2023-03-09"}, {"pictures", json::array{}}, {"handIn", false}});
        ASSERT_EQ(article.status, 200) << article.text;
        const auto shown = liaison.get("/api/v1/items/" + article.string("/id"));
        EXPECT_TRUE(data(shown));
        EXPECT_EQ(shown.string("/title"), text);
        EXPECT_EQ(shown.string("/paragraphs/0"), text);

        const auto route = "/api/v1/routes/" + page.string("/routes/0/id");
        const auto excused = office.post(route + "/excuse", json::object{{"version", liaison.get(path).number("/routes/0/version")}, {"reason", text}});
        ASSERT_EQ(excused.status, 200) << excused.text;
        const auto events = liaison.get(path);
        bool found = false;
        for (const auto& event : events.at("/events").as_array()) found = found || event.at("reason").as_string() == text;
        EXPECT_TRUE(found) << text;
        ASSERT_EQ(office.post(route + "/reinstate", json::object{{"version", excused.number("/version")}, {"reason", text}}).status, 200);
        EXPECT_TRUE(data(office.get("/api/v1/journal")));

        const auto account = admin.post("/api/v1/accounts", json::object{{"login", "hostile" + std::to_string(version)}, {"name", text}});
        ASSERT_EQ(account.status, 200) << account.text;
        const auto listed = admin.get("/api/v1/accounts/" + account.string("/account/id"));
        EXPECT_TRUE(data(listed));
        EXPECT_EQ(listed.string("/name"), text);
    }
}

}  // namespace
}  // namespace anban::test
