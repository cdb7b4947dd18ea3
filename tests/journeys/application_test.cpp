// The server as a whole, without sockets.
#include <gtest/gtest.h>

#include <filesystem>

#include "platform/messages/messages.h"
#include "tests/support/tree.h"
#include "tests/support/world.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(WholeServer);

TEST_P(WholeServer, a_liaison_signs_in_and_reads_the_own_journal_but_not_the_accounts_of_the_admin) {
    World w(GetParam());
    w.apply_pack(tree("packs/hunan-2023"));
    auto& liaison = w.as("株洲市住房和城乡建设局", Role::liaison);
    EXPECT_EQ(liaison.get("/api/v1/session").string("/post/organization/name"), "株洲市住房和城乡建设局");
    EXPECT_EQ(liaison.post("/api/v1/organizations", json::object{}).status, 403);
    EXPECT_EQ(liaison.get("/api/v1/nothing").status, 404);
}

TEST_P(WholeServer, refused_sign_ins_are_read_by_the_security_auditor_and_by_nobody_of_the_business) {  // threats C5, E3
    World w(GetParam());
    w.apply_pack(tree("packs/hunan-2023"));
    auto& auditor = w.as("湖南省住房和城乡建设厅安全生产委员会办公室", Role::security_auditor);
    auto& office = w.as("湖南省住房和城乡建设厅安全生产委员会办公室", Role::office_leader);
    Client guesser(w.app());
    EXPECT_EQ(guesser.post("/api/v1/session", json::object{{"account", "nobody"}, {"password", "Guess-1-guess"}}).status, 401);
    const auto path = "/api/v1/journal?deed=session.sign_in&limit=1";
    EXPECT_EQ(auditor.get(path).string("/lines/0/outcome"), "refused");
    EXPECT_NE(office.get(path).string("/lines/0/outcome"), "refused");
}

// Also what the transport refuses before any endpoint: a full queue, a full disk, a request that is none. threats A24
TEST_P(WholeServer, whatever_the_transport_refuses_has_its_sentence_in_both_languages) {
    World w(GetParam());
    for (const int status : {400, 404, 405, 408, 413, 414, 417, 431, 500, 501, 503, 507}) {
        const auto body = json::parse(w.app().routes()->refuse(status, "an-id").body).value();
        const std::string key(body.at("code").as_string());
        EXPECT_EQ(body.at("requestId").as_string(), "an-id");
        for (const auto language : {messages::Language::zh, messages::Language::en})
            EXPECT_EQ(messages::sentence(language, key, {}).find(key), std::string::npos) << status;
    }
}

TEST_P(WholeServer, old_idempotency_keys_are_forgotten_with_the_new_day_and_fresh_ones_kept) {
    World w(GetParam());
    w.app().database().script(
        "insert into idempotency_keys (person_id, name, endpoint, digest, status, answer, at) values ('p', 'old', '', '', 200, '{}', 1)");
    w.app().database().script(
        "insert into idempotency_keys (person_id, name, endpoint, digest, status, answer, at) values ('p', 'fresh', '', '', 200, '{}', 9000000000000)");
    w.set_time(beijing_instant(to_date({2023, 3, 11}), 9 * 60));
    EXPECT_EQ(w.count("select count(*) from idempotency_keys where name = 'old'"), 0);
    EXPECT_EQ(w.count("select count(*) from idempotency_keys where name = 'fresh'"), 1);
}

TEST_P(WholeServer, the_exercise_clock_is_moved_by_the_system_admin_alone_and_by_a_year_at_most) {
    World w(GetParam());
    w.apply_pack(tree("packs/hunan-2023"));
    const std::string office = "湖南省住房和城乡建设厅安全生产委员会办公室";
    const auto to = [](const char* instant) { return json::object{{"businessTime", instant}}; };
    for (const auto role : {Role::office_clerk, Role::office_leader, Role::security_admin})
        EXPECT_EQ(w.as(office, role).post("/api/v1/clock", to("2023-03-11T09:00:00.000+08:00")).status, 403);
    auto& admin = w.as(office, Role::system_admin);
    EXPECT_EQ(admin.post("/api/v1/clock", to("2032-03-11T09:00:00.000+08:00")).code(), "clock.too_far");
    EXPECT_EQ(admin.post("/api/v1/clock", to("2022-03-11T09:00:00.000+08:00")).code(), "clock.only_forwards");
    EXPECT_EQ(admin.post("/api/v1/clock", to("2023-03-11T09:00:00.000+08:00")).status, 200);
}

TEST_P(WholeServer, readiness_names_neither_an_engine_nor_a_version) {
    World w(GetParam());
    EXPECT_EQ(Client(w.app()).get("/readyz").text, "ready\n");
}

TEST_P(WholeServer, an_upload_sent_twice_under_one_key_is_one_attachment) {  // threats A12
    World w(GetParam());
    w.apply_pack(tree("packs/hunan-2023"));
    auto& liaison = w.as("株洲市住房和城乡建设局", Role::liaison);
    const auto send = [&](const std::string& path, const std::string& bytes) {
        return liaison.send(http::Method::post, path, bytes, "application/octet-stream", {{"x-file-name", "a.txt"}, {"idempotency-key", "once"}});
    };
    const auto first = send("/api/v1/attachments?paper=e_copy", "一段文字"), again = send("/api/v1/attachments?paper=e_copy", "一段文字");
    ASSERT_EQ(first.status, 200) << first.text;
    EXPECT_EQ(first.text, again.text);
    EXPECT_EQ(w.count("select count(*) from attachments"), 1);
    EXPECT_EQ(w.count("select count(*) from journal where deed = 'attachment.uploaded'"), 1);
    EXPECT_EQ(send("/api/v1/attachments?paper=e_copy", "另一段").code(), "idempotency.key_used_otherwise");
    EXPECT_EQ(liaison.get("/api/v1/attachments/" + first.string("/attachment/id") + "/content").text, "一段文字");
    const auto path = w.app().blobs().path_of(first.string("/attachment/sha256"));
    std::filesystem::resize_file(path, 3);  // a disk that lost the end of it
    EXPECT_EQ(liaison.get("/api/v1/attachments/" + first.string("/attachment/id") + "/content").code(), "attachment.damaged");
}

TEST_P(WholeServer, hunans_filings_of_the_first_month_are_owed_by_31_units_from_the_day_of_the_notice) {
    World w(GetParam());
    w.apply_pack(tree("packs/hunan-2023"));
    auto& office = w.as("湖南省住房和城乡建设厅安全生产委员会办公室", Role::office_clerk);
    const auto matrix = office.get("/api/v1/campaigns/hunan-2023/matrix?duty=weekly&limit=100");
    ASSERT_EQ(matrix.status, 200) << matrix.text;
    EXPECT_EQ(matrix.number("/rowCount"), 31);
    EXPECT_EQ(matrix.number("/windows/0/owed"), 31);
    EXPECT_EQ(matrix.string("/windows/0/dueAt"), "2023-03-16T17:00:00.000+08:00");
    EXPECT_EQ(matrix.at("/missing").as_array().size(), 31u);
}

}  // namespace
}  // namespace anban::test
