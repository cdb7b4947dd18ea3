// What every endpoint owes whatever it does: no foreign hand, no member that was not asked for, no inside shown.
#include <algorithm>

#include "app/migrations.h"
#include "tests/journeys/rights_requests.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(EveryEndpoint);

Role who_may(const api::Endpoint& endpoint) {
    switch (endpoint.right) {
        case Right::roles_grant: return Role::security_admin;
        case Right::people_change: case Right::organizations_change: case Right::settings_change: case Right::clock_move: return Role::system_admin;
        case Right::filings_amend_approve: return Role::office_leader;
        case Right::journal_read_admin: return Role::security_auditor;
        default: return Role::office_clerk;
    }
}

std::string header(const Answer& answer, const std::string& name) {
    for (const auto& [n, value] : answer.headers) if (n == name) return value;
    return {};
}

bool refused_as_forged(const Answer& answer) { return answer.status == 403 && answer.code() == "session.forged"; }

std::int64_t rows(World& world) {
    std::int64_t all = 0;
    for (const auto* table : {"organizations", "accounts", "posts", "sessions", "attachments", "filings", "filing_routes", "route_events", "drafts",
                              "submissions", "items", "campaigns", "settings", "idempotency_keys"})
        all += world.count(std::string("select count(*) from ") + table);
    return all + world.count("select count(*) from journal where deed <> 'right.refused'");  // who was turned away is written down
}

// Every column of every table, as it would be called in a body.
std::vector<std::string> column_names() {
    std::vector<std::string> names;
    for (const auto& migration : migrations()) {
        std::string_view rest = migration.text;
        while (!rest.empty()) {
            const auto end = std::min(rest.find('\n'), rest.size());
            auto line = rest.substr(0, end);
            rest.remove_prefix(std::min(end + 1, rest.size()));
            if (!line.starts_with("    ")) continue;
            line.remove_prefix(4);
            const auto name = line.substr(0, line.find(' '));
            if (name == "primary" || name == "unique" || name.empty()) continue;
            const auto camel = codec::camel(name);
            if (std::find(names.begin(), names.end(), camel) == names.end()) names.push_back(camel);
        }
    }
    return names;
}

// threats C8
TEST_P(EveryEndpoint, what_changes_something_wants_this_sessions_token_and_this_servers_origin) {
    TwoTrees trees(GetParam());
    const auto other = trees.world.as(TwoTrees::full_name(Relation::sibling), Role::office_clerk, "other").csrf_token;
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        if (!endpoint.changes()) continue;
        Client client(trees.actor(who_may(endpoint)));
        const auto asked = request_for(endpoint, trees, Relation::own);
        const auto before = rows(trees.world);
        const auto token = client.csrf_token;
        if (endpoint.right != Right::open_to_all) {
            for (const auto& wrong : {std::string(), std::string("0"), other, token + "0"}) {
                client.csrf_token = wrong;
                EXPECT_TRUE(refused_as_forged(send(client, asked))) << line_of(endpoint) << " with token '" << wrong << "'";
            }
            client.csrf_token = token;
        }
        for (const auto* origin : {"https://evil.example", "null", "http://127.0.0.1.evil.example"})
            EXPECT_TRUE(refused_as_forged(send(client, asked, {{"origin", origin}}))) << line_of(endpoint) << " from " << origin;
        EXPECT_TRUE(refused_as_forged(send(client, asked, {{"sec-fetch-site", "cross-site"}}))) << line_of(endpoint);
        EXPECT_EQ(rows(trees.world), before) << line_of(endpoint);
    }
}

// threats C8: a link in a mail can change nothing.
TEST_P(EveryEndpoint, looking_changes_nothing) {
    TwoTrees trees(GetParam());
    const auto roles = every_role();
    for (const auto role : roles) (void)trees.actor(role);
    const auto before = rows(trees.world);
    for (const auto& endpoint : trees.world.app().api().endpoints())
        if (!endpoint.changes())
            for (const auto role : roles) (void)send(trees.actor(role), request_for(endpoint, trees, Relation::own));
    EXPECT_EQ(rows(trees.world), before);
}

// threats C3: who adds a column's name to a body is refused, for every column that there is.
TEST_P(EveryEndpoint, no_body_takes_a_member_that_was_not_asked_for) {
    TwoTrees trees(GetParam());
    const auto columns = column_names();
    ASSERT_GT(columns.size(), 100U);
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        if (!endpoint.changes() || !endpoint.body_schema.is_object()) continue;
        auto& client = trees.actor(who_may(endpoint));
        const auto before = rows(trees.world);
        const auto& declared = endpoint.body_schema.at("properties").as_object();
        for (const auto& column : columns) {
            if (declared.if_contains(column)) continue;
            auto asked = request_for(endpoint, trees, Relation::own);
            asked.body.as_object()[column] = "accepted";
            const auto answer = send(client, asked);
            EXPECT_EQ(answer.status, 400) << line_of(endpoint) << " with " << column << "\n" << answer.text;
        }
        EXPECT_EQ(rows(trees.world), before) << line_of(endpoint);
    }
}

// threats B6, through the whole API
TEST_P(EveryEndpoint, json_that_means_two_things_is_refused_at_every_door) {
    TwoTrees trees(GetParam());
    const std::vector<std::string> hostile{std::string(100'000, '['), R"({"version":1,"version":2})", R"({"version":1e999})", "{\"version\":\"\xff\"}",
                                           R"({"version":"\ud800"})", "", "nul", R"({"version":1}{"version":2})", "{\"a\":NaN}"};
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        if (!endpoint.changes() || !endpoint.body_schema.is_object()) continue;
        auto& client = trees.actor(who_may(endpoint));
        const auto target = request_for(endpoint, trees, Relation::own).target;
        for (const auto& body : hostile)
            EXPECT_EQ(client.send(endpoint.method, target, body, "application/json").status, 400) << line_of(endpoint) << " " << body.substr(0, 40);
        EXPECT_EQ(client.send(endpoint.method, target, "<a/>", "text/xml").status, 415) << line_of(endpoint);
    }
}

// threats D10; anchor-failures 23: what is data is never taken for a page.
TEST_P(EveryEndpoint, every_answer_forbids_sniffing_framing_and_keeping) {
    TwoTrees trees(GetParam());
    for (const auto& endpoint : trees.world.app().api().endpoints())
        for (const auto role : {Role::office_clerk, Role::inspector}) {
            if (endpoint.path.starts_with("/api/v1/session") && endpoint.changes()) continue;
            const auto answer = send(trees.actor(role), request_for(endpoint, trees, Relation::own));
            EXPECT_EQ(header(answer, "X-Content-Type-Options"), "nosniff") << line_of(endpoint);
            const auto policy = header(answer, "Content-Security-Policy");
            EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos) << line_of(endpoint) << " " << policy;
            EXPECT_EQ(policy.find("unsafe-inline"), std::string::npos) << line_of(endpoint);
            EXPECT_NE(header(answer, "Cache-Control").find("no-store"), std::string::npos) << line_of(endpoint) << " " << header(answer, "Cache-Control");
        }
}

// threats E5, anchor-failures 23
TEST_P(EveryEndpoint, a_refusal_shows_no_statement_no_path_no_type_of_ours) {
    TwoTrees trees(GetParam());
    const std::vector<std::string> insides{"select ", "insert into", "sqlite", "SQLSTATE", "postgres", "/work", "/usr/", "std::", ".cpp", "terminate", "boost", "exception", "constraint"};
    const auto shows_nothing = [&](const Answer& answer, const std::string& asked) {
        if (answer.status < 400) return;
        for (const auto& inside : insides) EXPECT_EQ(answer.text.find(inside), std::string::npos) << asked << "\n" << answer.text;
    };
    const auto provoke = [&] {
        for (const auto& endpoint : trees.world.app().api().endpoints()) {
            if (endpoint.path.starts_with("/api/v1/session") && endpoint.changes()) continue;
            auto& client = trees.actor(who_may(endpoint));
            const auto asked = request_for(endpoint, trees, Relation::own);
            shows_nothing(send(client, asked), line_of(endpoint));
            shows_nothing(client.send(asked.method, asked.target, R"({"x":{"y":[1,"select "]}})", "application/json"), line_of(endpoint));
            shows_nothing(client.get(asked.target + "/../../etc/passwd"), line_of(endpoint));
        }
    };
    provoke();
    for (const auto role : every_role()) (void)trees.actor(role);
    // Broken machinery: the tables that most endpoints need are gone.
    trees.world.app().database().reshape([](db::Connection& db) {
        for (const auto* table : {"item_pictures", "drafts", "table_vectors", "campaign_reporters", "idempotency_keys", "known_devices", "journal"})
            db.run_built("test.break", std::string("alter table ") + table + " rename to gone_" + table, {});
        return db::Outcome::keep;
    });
    int broken = 0;
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        if (endpoint.path.starts_with("/api/v1/session") && endpoint.changes()) continue;
        const auto answer = send(trees.actor(who_may(endpoint)), request_for(endpoint, trees, Relation::own));
        if (answer.status < 500) continue;
        ++broken;
        shows_nothing(answer, line_of(endpoint));
        EXPECT_EQ(answer.code(), "server.failed") << line_of(endpoint);
        EXPECT_EQ(answer.string("/requestId"), "test-request") << line_of(endpoint);
    }
    EXPECT_GT(broken, 5);
}

}  // namespace
}  // namespace anban::test
