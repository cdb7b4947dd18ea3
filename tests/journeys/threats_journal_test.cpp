// Nothing changes without exactly one line in the journal, and nothing changes when that line cannot be written.
#include <set>

#include "tests/journeys/rights_requests.h"
#include "tests/support/campaign_world.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(EveryDeed);

json::value parsed(const std::string& text) { return json::parse(text).value(); }

class Prover {
public:
    explicit Prover(TwoTrees& trees) : trees_(trees), w_(trees.world) {}

    // Sends it first without a journal: broken, and nothing of it stays. Then with one: done, one line (publishing a notice touches
    // several things, and has a line of each).
    template <class Act>
    Answer deed(const std::string& line, const Act& act, std::int64_t things = 1) {
        proved_.insert(line);
        const auto before = fingerprint();
        const auto lines = w_.count("select count(*) from journal");
        rename("journal", "journal_gone");
        const auto refused = act();
        rename("journal_gone", "journal");
        EXPECT_EQ(refused.status, 500) << line << "\n" << refused.text;
        EXPECT_EQ(fingerprint(), before) << line << " left something behind although it could not be told";
        const auto done = act();
        EXPECT_EQ(done.status, 200) << line << "\n" << done.text;
        EXPECT_EQ(w_.count("select count(*) from journal"), lines + things) << line;
        return done;
    }
    void expect_all(const std::set<std::string>& others) const {
        for (const auto& endpoint : w_.app().api().endpoints())
            if (endpoint.changes()) {
                EXPECT_TRUE(proved_.contains(line_of(endpoint)) || others.contains(line_of(endpoint))) << "not proved: " << line_of(endpoint);
            }
    }

private:
    std::string fingerprint() {
        std::string all;
        for (const auto* table : {"posts", "attachments", "route_events", "submissions", "table_vectors", "organization_edges", "organization_names",
                                  "idempotency_keys", "known_devices"})
            all += std::to_string(w_.count(std::string("select count(*) from ") + table)) + ' ';
        for (const auto* table : {"organizations", "accounts", "filings", "filing_routes", "drafts", "items", "persons", "notices", "campaigns"})
            all += std::to_string(w_.count(std::string("select coalesce(sum(version), 0) from ") + table)) + ' ';
        all += std::to_string(w_.count("select count(*) from sessions where ended_at is null")) + ' ';
        return all + std::to_string(w_.count("select count(*) from posts where valid_to is null"));
    }
    void rename(const std::string& from, const std::string& to) {
        w_.app().database().reshape([&](db::Connection& db) {
            db.run_built("test.rename", "alter table " + from + " rename to " + to, {});
            return db::Outcome::keep;
        });
    }
    TwoTrees& trees_;
    World& w_;
    std::set<std::string> proved_;
};

struct Cast {
    TwoTrees& trees;
    Prover& prover;
    Client& liaison = trees.actor(Role::liaison);
    Client& office = trees.world.as(CampaignWorld::kOffice, Role::office_clerk);
    Client& leader = trees.world.as(CampaignWorld::kOffice, Role::office_leader);
    Client& admin = trees.world.as(CampaignWorld::kOffice, Role::system_admin);
    Client& security = trees.world.as(CampaignWorld::kOffice, Role::security_admin);

    // A deed on one thing: its version is read just before.
    Answer change(Client& by, const std::string& verb, const std::string& path, std::int64_t version, const std::string& rest = {}) {
        return prover.deed("POST " + verb, [&] { return by.post(path, parsed(R"({"version":)" + std::to_string(version) + rest + "}")); });
    }
};

void accounts(Cast& c) {
    const auto own = c.trees.id("organization", Relation::own), child = c.trees.id("organization", Relation::child);
    const std::string at = "/api/v1/accounts";
    const auto made = c.prover.deed("POST " + at, [&] {
        return c.admin.post(at, parsed(R"({"login":"newone","name":"某岗位","post":{"organizationId":")" + own + R"(","role":"liaison","title":""}})"));
    });
    const auto id = made.string("/account/id"), path = at + "/" + id;
    const auto version = [&](const std::string& one) { return c.admin.get(at + "/" + one).number("/version"); };
    const auto post = [&] { return c.admin.get(path).string("/posts/0/id"); };
    c.prover.deed("PUT " + at + "/{id}", [&] { return c.admin.put(path, json::object{{"version", version(id)}, {"name", "另一岗位"}}); });
    c.change(c.admin, at + "/{id}/posts", path + "/posts", version(id), R"(,"organizationId":")" + child + R"(","role":"liaison")");
    c.change(c.admin, at + "/{id}/posts/{post}/end", path + "/posts/" + post() + "/end", version(id));
    c.change(c.security, at + "/{id}/roles", path + "/roles", version(id), R"(,"organizationId":")" + own + R"(","role":"auditor")");
    c.change(c.security, at + "/{id}/roles/{post}/end", path + "/roles/" + post() + "/end", version(id));
    c.change(c.admin, at + "/{id}/disable", path + "/disable", version(id), R"(,"reason":"离任")");
    c.change(c.admin, at + "/{id}/enable", path + "/enable", version(id));
    c.change(c.admin, at + "/{id}/reset-password", path + "/reset-password", version(id));
}

void structure(Cast& c) {
    const std::string at = "/api/v1/organizations";
    const auto open = [&](const std::string& name) {
        return c.prover.deed("POST " + at, [&] {
            return c.admin.post(at, parsed(R"({"dryRun":false,"name":")" + name + R"(","kind":"bureau","level":"county","from":"2023-03-10","parents":[]})"));
        }).string("/organization/id");
    };
    const auto a = open("甲县住建局"), b = open("乙县住建局"), d = open("丙县住建局");
    const auto version = [&](const std::string& id) { return c.admin.get(at + "/" + id).number("/organization/version"); };
    const std::string from = R"(,"dryRun":false,"from":"2023-03-11")";
    c.change(c.admin, at + "/{id}/rename", at + "/" + a + "/rename", version(a), from + R"(,"name":"甲市住建局")");
    c.change(c.admin, at + "/{id}/move", at + "/" + b + "/move", version(b), from + R"(,"kind":"place","to":")" + a + "\"");
    c.change(c.admin, at + "/{id}/close", at + "/" + d + "/close", version(d), R"(,"dryRun":false,"on":"2023-03-11")");
    const auto e = open("丁县住建局");
    c.change(c.admin, at + "/{id}/merge", at + "/" + e + "/merge", version(e), from + R"(,"into":")" + a + R"(","intoVersion":)" + std::to_string(version(a)));
}

void items(Cast& c) {
    c.prover.deed("POST /api/v1/attachments", [&] { return c.liaison.upload("/api/v1/attachments?paper=e_copy", "a.txt", "本月经验若干条"); });
    const auto made = c.prover.deed("POST /api/v1/campaigns/{id}/items", [&] {
        return c.liaison.post("/api/v1/campaigns/small/items", parsed(R"({"duty":"articles","part":"articles","category":"results","title":"经验",
            "paragraphs":["经验"],"happenedOn":"2023-03-09","pictures":[],"handIn":false})"));
    });
    const std::string at = "/api/v1/items/{id}", path = "/api/v1/items/" + made.string("/id");
    const auto version = [&] { return c.liaison.get(path).number("/version"); };
    c.change(c.liaison, at + "/hand-in", path + "/hand-in", version());
    c.change(c.office, at + "/return", path + "/return", version(), R"(,"reason":"请补充")");
    c.change(c.office, at + "/undo-return", path + "/undo-return", version());
    c.change(c.liaison, at + "/withdraw", path + "/withdraw", version());
}

void filings(Cast& c) {
    const auto begun = c.prover.deed("POST /api/v1/filings", [&] { return c.liaison.post("/api/v1/filings", parsed(R"({"campaign":"small","duty":"cases"})")); });
    const std::string at = "/api/v1/filings/{id}", path = "/api/v1/filings/" + begun.string("/filingId");
    const std::string route_at = "/api/v1/routes/{id}", route = "/api/v1/routes/" + begun.string("/id");
    const auto filing_version = [&] { return c.liaison.get(path).number("/filing/version"); };
    const auto version = [&] { return c.liaison.get(path).number("/routes/0/version"); };
    const auto decide = [&](Client& by, const std::string& verb) { c.change(by, route_at + verb, route + verb, version(), R"(,"reason":"自拟理由")"); };
    const auto bulk = [&](const std::string& verb, const std::string& rest) {
        c.prover.deed("POST /api/v1/review" + verb, [&] {
            return c.office.post("/api/v1/review" + verb, parsed(R"({"routes":[{"id":")" + begun.string("/id") + R"(","version":)" + std::to_string(version()) + "}]" + rest + "}"));
        });
    };
    const auto hand_in = [&] { c.change(c.liaison, at + "/hand-in", path + "/hand-in", filing_version(), R"(,"draftVersion":1,"nil":false)"); };
    c.prover.deed("PUT " + at + "/draft", [&] { return c.liaison.put(path + "/draft", parsed(R"({"version":0,"parts":{"case":{"paragraphs":["案例"]}}})")); });
    hand_in();
    c.change(c.liaison, at + "/withdraw", path + "/withdraw", filing_version());
    hand_in();
    decide(c.office, "/return");
    decide(c.office, "/undo-return");
    bulk("/return", R"(,"reason":"请补充")");
    hand_in();
    bulk("/accept", "");
    decide(c.liaison, "/amendment");
    decide(c.leader, "/amendment/refuse");
    decide(c.liaison, "/amendment");
    decide(c.leader, "/amendment/grant");
    hand_in();
    c.change(c.office, route_at + "/accept", route + "/accept", version());
}

void notices(Cast& c) {
    const std::string at = "/api/v1/notices";
    const json::object pasted{{"name", ""}, {"text", "关于报送情况的通知\n\n各县区住房和城乡建设局:\n\n每月25日前,各县区住房和城乡建设局向省厅报送《隐患排查情况表》。\n\n2023年3月10日\n"}, {"issued", nullptr}};
    const auto made = c.prover.deed("POST " + at, [&] { return c.office.post(at, pasted); });
    const auto other = c.prover.deed("POST " + at + "/file", [&] { return c.office.upload(at + "/file", "通知.txt", std::string(pasted.at("text").as_string())); });
    const auto path = at + "/" + made.string("/id");
    json::object body;
    for (const char* member : {"version", "title", "docNumber", "issuer", "addressees", "issued", "periodFrom", "periodTo", "duties", "names"}) body[member] = made.at(std::string("/") + member);
    body["issuer"] = "株洲市安全生产委员会办公室";
    c.prover.deed("PUT " + at + "/{id}", [&] { return c.office.put(path, body); });
    c.prover.deed("DELETE " + at + "/{id}", [&] { return c.office.del(at + "/" + other.string("/id"), json::object{{"version", 1}}); });
    // The campaign, the organizations that it opens, its filings, the notice.
    c.prover.deed("POST " + at + "/{id}/publish", [&] { return c.office.post(path + "/publish", json::object{{"version", 2}, {"campaignId", "from-a-notice"}, {"dryRun", false}}); }, 4);
}

void decisions(Cast& c) {
    const auto path = "/api/v1/filings/" + c.trees.id("table_filing", Relation::own);
    const auto route = "/api/v1/routes/" + c.liaison.get(path).string("/routes/0/id"), at = std::string("/api/v1/routes/{id}");
    const auto decide = [&](const std::string& verb, const std::string& rest = {}) {
        c.change(c.office, at + verb, route + verb, c.liaison.get(path).number("/routes/0/version"), R"(,"reason":"自拟理由")" + rest);
    };
    decide("/extend", R"(,"due":"2023-04-01T17:00:00.000+08:00")");
    decide("/excuse");
    decide("/reinstate");
    decide("/not-applicable");
}

void sessions(Cast& c) {
    auto& w = c.trees.world;
    auto& person = w.as(CampaignWorld::kHengyang, Role::liaison, "signer");
    const auto login = person.get("/api/v1/session").string("/person/account");
    const auto body = json::object{{"account", login}, {"password", "Correct-Horse-9"}};
    Client browser(w.app());
    c.prover.deed("POST /api/v1/session", [&] { return Client(w.app()).post("/api/v1/session", body); });
    c.prover.deed("PUT /api/v1/session/password", [&] {
        return person.put("/api/v1/session/password", parsed(R"({"current":"Correct-Horse-9","fresh":"Xin-mi-ma-2023-chang"})"));
    });
    browser.sign_in(login, "Xin-mi-ma-2023-chang");
    c.prover.deed("DELETE /api/v1/sessions", [&] { return person.del("/api/v1/sessions"); });
    browser.sign_in(login, "Xin-mi-ma-2023-chang");
    std::string other;
    const auto listed = person.get("/api/v1/sessions");
    for (const auto& row : listed.at("/rows").as_array())
        if (!row.at("current").as_bool()) other = row.at("id").as_string();
    c.prover.deed("DELETE /api/v1/sessions/{id}", [&] { return person.del("/api/v1/sessions/" + other); });
    c.prover.deed("DELETE /api/v1/session", [&] { return person.del("/api/v1/session"); });
    auto& keeper = w.as(CampaignWorld::kOffice, Role::system_admin, "keeper");
    c.prover.deed("POST /api/v1/clock", [&] { return keeper.post("/api/v1/clock", parsed(R"({"businessTime":"2023-03-12T09:00:00.000+08:00"})")); });
}

// threats E2
TEST_P(EveryDeed, leaves_exactly_one_line_in_the_journal_and_without_the_journal_it_is_not_done) {
    TwoTrees trees(GetParam());
    Prover prover(trees);
    Cast cast{trees, prover};
    accounts(cast);
    structure(cast);
    items(cast);
    notices(cast);
    filings(cast);
    decisions(cast);
    sessions(cast);
    prover.expect_all({
        "POST /api/v1/organizations/import", "POST /api/v1/accounts/import",  // one line for the whole sheet: organizations_test, accounts_test
        "POST /api/v1/accounts/{id}/posts/{post}/hand-over",                  // accounts_test
        "POST /api/v1/session/post",                                          // sign_in_test
        "POST /api/v1/filings/{id}/check",                                    // looks only
        "POST /api/v1/filings/{id}/parts/{part}/xlsx",                        // saves a draft: filing_test
    });
}

}  // namespace
}  // namespace anban::test
