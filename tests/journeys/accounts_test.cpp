// Accounts, posts and their import, through the router, on both engines.
#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <thread>

#include <filesystem>
#include <fstream>
#include <thread>

#include "platform/office/xlsx_writer.h"
#include "tests/support/people_house.h"

namespace anban::people::house {
namespace {

ANBAN_ON_BOTH_ENGINES(Accounts);

TEST_P(Accounts, disabling_ending_a_post_and_resetting_count_at_the_next_request) {  // threats C4
    House house(GetParam());
    Browser admin{house}, b{house};
    admin.sign_in("sysadmin");
    const auto path = "/api/v1/accounts/" + house.accounts["zhuzhou"];
    const auto version = [&] { return admin.version("zhuzhou"); };
    b.sign_in("zhuzhou");
    EXPECT_EQ(admin.post(path + "/disable", json::object{{"version", version()}, {"reason", "离岗"}}).status, 200);
    EXPECT_EQ(b.get("/api/v1/session").status, 401);
    EXPECT_EQ(b.sign_in("zhuzhou").code(), "account.disabled");
    EXPECT_EQ(b.sign_in("zhuzhou", "Wrong-password-1").code(), "sign_in.wrong");
    EXPECT_EQ(admin.post(path + "/enable", json::object{{"version", version()}}).status, 200);
    ASSERT_EQ(b.sign_in("zhuzhou").status, 200);
    const auto reset = admin.post(path + "/reset-password", json::object{{"version", version()}});
    EXPECT_EQ(reset.status, 200);
    EXPECT_EQ(b.get("/api/v1/session").status, 401);
    EXPECT_EQ(b.sign_in("zhuzhou").status, 401);
    ASSERT_EQ(b.sign_in("zhuzhou", reset.text("/password")).status, 200);
    const auto post = admin.get(path).text("/posts/0/id");
    EXPECT_EQ(admin.post(path + "/posts/" + post + "/end", json::object{{"version", version()}}).status, 200);
    EXPECT_EQ(b.get("/api/v1/session").status, 401);
    EXPECT_EQ(b.sign_in("zhuzhou", reset.text("/password")).code(), "account.no_post");
}

TEST_P(Accounts, a_clerk_manages_liaisons_below_and_cannot_tell_outside_accounts_from_none) {  // anchor-failures 16, threats C1
    House house(GetParam());
    Browser b{house};
    b.sign_in("clerk");
    const auto body = [&](const char* login, const char* organization, const char* role) {
        return json::object{{"login", login}, {"name", "新联络员"},
                            {"post", json::object{{"organizationId", house.organizations[organization]}, {"role", role}, {"title", ""}}}};
    };
    EXPECT_EQ(b.post("/api/v1/accounts", body("new01", "株洲市住建局", "liaison")).status, 200);
    EXPECT_EQ(b.post("/api/v1/accounts", body("new02", "外省住建局", "liaison")).status, 404);
    EXPECT_EQ(b.post("/api/v1/accounts", body("new03", "株洲市住建局", "office_leader")).code(), "account.role_needs_grant");
    EXPECT_EQ(b.post("/api/v1/accounts", body("new04", "省厅安委办", "liaison")).code(), "account.not_yours");
    const auto outside = b.get("/api/v1/accounts/" + house.accounts["foreign"]), absent = b.get("/api/v1/accounts/01aaaaaaaaaaaaaaaaaaaaaaaa");
    EXPECT_EQ(outside.status, 404);
    EXPECT_EQ(json::write(outside.body), json::write(absent.body));
    const auto all = b.get("/api/v1/accounts");
    EXPECT_EQ(all.at("/total").as_int64(), 5);  // foreign is not among them
    EXPECT_EQ(json::write(all.body).find("13800001234"), std::string::npos);
    EXPECT_NE(json::write(all.body).find("138****1234"), std::string::npos);
}

TEST_P(Accounts, a_change_names_its_version_and_a_stale_one_changes_nothing) {  // threats A12
    House house(GetParam());
    Browser b{house};
    b.sign_in("sysadmin");
    const auto path = "/api/v1/accounts/" + house.accounts["zhuzhou"];
    EXPECT_EQ(b.put(path, json::object{{"name", "新名字"}}).status, 400);
    EXPECT_EQ(b.put(path, json::object{{"version", 7}, {"name", "新名字"}}).status, 409);
    EXPECT_EQ(b.put(path, json::object{{"version", 1}, {"name", "新名字"}}).text("/name"), "新名字");
    EXPECT_EQ(b.put(path, json::object{{"version", 1}, {"name", "旧名字"}}).status, 409);
    EXPECT_EQ(b.put(path, json::object{{"version", 2}, {"name", "新名字"}, {"role", "office_leader"}}).status, 400);  // threats C3
}

TEST_P(Accounts, one_request_sent_by_many_at_once_is_one_deed_and_all_get_its_answer) {  // threats A12
    House house(GetParam());
    Browser b{house};
    b.sign_in("sysadmin");
    const auto path = "/api/v1/accounts/" + house.accounts["zhuzhou"];
    for (std::int64_t round = 1; round <= 5; ++round) {
        std::vector<Answer> answers(6);
        std::vector<std::thread> all;
        for (auto& answer : answers)
            all.emplace_back([&, round] {
                Browser twin = b;
                twin.extra["idempotency-key"] = "round-" + std::to_string(round);
                answer = twin.put(path, json::object{{"version", round}, {"name", "新名字"}});
            });
        for (auto& one : all) one.join();
        for (const auto& answer : answers) {
            ASSERT_EQ(answer.status, 200) << json::write(answer.body);
            EXPECT_EQ(answer.at("/version").as_int64(), round + 1);
        }
    }
    EXPECT_EQ(house.count("select count(*) from journal where deed = 'account.changed'"), 5);
}

TEST_P(Accounts, an_admin_gives_no_post_and_no_role_to_oneself) {  // threats C10
    House house(GetParam());
    Browser sys{house}, sec{house};
    sys.sign_in("sysadmin");
    sec.sign_in("secadmin");
    const auto give = [&](Browser& b, const char* door, const char* login, const char* role) {
        return b.post("/api/v1/accounts/" + house.accounts[login] + door,
                      json::object{{"version", b.version(login)}, {"organizationId", house.organizations["株洲市住建局"]}, {"role", role}});
    };
    EXPECT_EQ(give(sys, "/posts", "sysadmin", "unit_leader").code(), "account.own");
    EXPECT_EQ(give(sec, "/roles", "secadmin", "office_leader").code(), "account.own");
    const auto zhuzhou = "/api/v1/accounts/" + house.accounts["zhuzhou"];
    const auto post = sys.get(zhuzhou).text("/posts/0/id");
    EXPECT_EQ(sys.post(zhuzhou + "/posts/" + post + "/hand-over", json::object{{"version", sys.version("zhuzhou")},
                       {"toAccountId", house.accounts["sysadmin"]}, {"toVersion", sys.version("sysadmin")}}).code(), "account.own");
    EXPECT_EQ(sys.get("/api/v1/accounts/" + house.accounts["sysadmin"]).at("/posts").as_array().size(), 1U);
}

TEST_P(Accounts, a_handover_moves_the_post_and_keeps_the_old_holder_in_history) {
    House house(GetParam());
    house.add_account("successor", "外省住建局", Role::liaison);
    Browser b{house}, old{house};
    b.sign_in("sysadmin");
    old.sign_in("zhuzhou");
    const auto path = "/api/v1/accounts/" + house.accounts["zhuzhou"];
    const auto post = b.get(path).text("/posts/0/id");
    house.clock.real += 60'000;
    const auto done = b.post(path + "/posts/" + post + "/hand-over", json::object{{"version", b.version("zhuzhou")},
                             {"toAccountId", house.accounts["successor"]}, {"toVersion", b.version("successor")}});
    ASSERT_EQ(done.status, 200) << json::write(done.body);
    EXPECT_EQ(done.text("/posts/0/title"), "株洲市住建局联络员");
    const auto before = b.get(path);
    ASSERT_EQ(before.at("/posts").as_array().size(), 1U);
    EXPECT_EQ(before.text("/posts/0/to"), done.text("/posts/0/from"));
    EXPECT_EQ(old.get("/api/v1/session").status, 401);
}

TEST_P(Accounts, roles_beyond_a_unit_are_granted_by_the_security_admin_only_and_admins_exclude_each_other) {
    House house(GetParam());
    Browser sys{house}, sec{house};
    sys.sign_in("sysadmin");
    sec.sign_in("secadmin");
    const auto give = [&](Browser& b, const char* door, const char* login, const char* role) {
        return b.post("/api/v1/accounts/" + house.accounts[login] + door,
                      json::object{{"version", sec.version(login)}, {"organizationId", house.organizations["省厅安委办"]}, {"role", role}});
    };
    EXPECT_EQ(give(sys, "/posts", "clerk", "office_leader").code(), "account.role_needs_grant");
    EXPECT_EQ(give(sys, "/roles", "clerk", "office_leader").code(), "right.missing");
    EXPECT_EQ(give(sec, "/posts", "clerk", "liaison").code(), "right.missing");
    EXPECT_EQ(give(sec, "/roles", "clerk", "office_leader").status, 200);
    EXPECT_EQ(give(sec, "/roles", "sysadmin", "security_auditor").code(), "account.admins_exclude");
    EXPECT_EQ(give(sec, "/roles", "clerk", "security_auditor").code(), "account.admins_exclude");  // a business post beside an admin's
    EXPECT_EQ(give(sec, "/roles", "sysadmin", "auditor").code(), "account.admins_exclude");
    EXPECT_EQ(give(sys, "/posts", "secadmin", "liaison").code(), "account.admins_exclude");
    EXPECT_EQ(sys.post("/api/v1/accounts/" + house.accounts["secadmin"] + "/reset-password", json::object{{"version", sys.version("secadmin")}}).code(),
              "account.admin_password");
}

TEST_P(Accounts, a_post_handed_over_to_an_admin_is_refused_as_well) {
    House house(GetParam());
    Browser b{house};
    b.sign_in("sysadmin");
    const auto path = "/api/v1/accounts/" + house.accounts["zhuzhou"];
    const auto post = b.get(path).text("/posts/0/id");
    EXPECT_EQ(b.post(path + "/posts/" + post + "/hand-over", json::object{{"version", b.version("zhuzhou")},
                     {"toAccountId", house.accounts["secadmin"]}, {"toVersion", b.version("secadmin")}}).code(), "account.admins_exclude");
}

TEST_P(Accounts, who_reset_a_password_and_when_is_told_to_its_owner_and_the_new_one_ends_after_a_day) {
    House house(GetParam());
    Browser clerk{house}, owner{house};
    clerk.sign_in("clerk");
    const auto reset = [&] {
        const auto done = clerk.post("/api/v1/accounts/" + house.accounts["zhuzhou"] + "/reset-password", json::object{{"version", clerk.version("zhuzhou")}});
        EXPECT_EQ(done.status, 200) << json::write(done.body);
        return done.text("/password");
    };
    EXPECT_TRUE(owner.sign_in("zhuzhou").at("/passwordReset").is_null());
    const auto late = reset();
    house.clock.real += 24 * 60 * 60'000 + 1;
    EXPECT_EQ(owner.sign_in("zhuzhou", late).code(), "sign_in.one_time_expired");
    clerk.sign_in("clerk");
    const auto once = reset();
    house.clock.real += 60'000;
    const auto told = owner.sign_in("zhuzhou", once);
    ASSERT_EQ(told.status, 200) << json::write(told.body);
    EXPECT_EQ(told.text("/passwordReset/by"), "省厅安委办安委办经办人");
    EXPECT_EQ(owner.put("/api/v1/session/password", json::object{{"current", once}, {"fresh", "Xin-mi-ma-2023-chang"}}).status, 200);
    house.clock.real += 29LL * 24 * 60 * 60'000;
    EXPECT_FALSE(owner.sign_in("zhuzhou", "Xin-mi-ma-2023-chang").at("/passwordReset").is_null());
    house.clock.real += 2LL * 24 * 60 * 60'000;
    EXPECT_TRUE(owner.sign_in("zhuzhou", "Xin-mi-ma-2023-chang").at("/passwordReset").is_null());
}

TEST_P(Accounts, two_who_take_the_same_name_at_once_are_told_so) {
    House house(GetParam());
    Browser b{house};
    b.sign_in("clerk");
    std::promise<void> inserted;
    std::thread other([&] {
        house.db->write([&](db::Connection& c) {
            const Actor actor{"operator", "", "", Role::system_admin, "operator", "operator"};
            const auto now = house.clock.business(house.clock.real_now());
            Work work{c, actor, now, now, house.clock.real_now(), "other"};
            EXPECT_TRUE(create(work, {"twice", "另一人", "", "", "x", true, NewPost{house.organizations["株洲市住建局"], Role::liaison, ""}}));
            inserted.set_value();
            std::this_thread::sleep_for(std::chrono::milliseconds(300));  // the name is there, and nobody sees it yet
            return db::Outcome::keep;
        });
    });
    inserted.get_future().wait();
    const auto mine = b.post("/api/v1/accounts", json::object{{"login", "twice"}, {"name", "联络员"},
                             {"post", {{"organizationId", house.organizations["株洲市住建局"]}, {"role", "liaison"}, {"title", ""}}}});
    other.join();
    EXPECT_EQ(mine.status, 409) << json::write(mine.body);
    EXPECT_EQ(mine.code(), "account.login_taken");
}

TEST_P(Accounts, a_post_at_an_organization_that_closed_acts_no_more_and_sign_in_tells_why) {
    House house(GetParam());
    Browser liaison{house}, sys{house};
    ASSERT_EQ(liaison.sign_in("zhuzhou").status, 200);
    sys.sign_in("sysadmin");
    const auto closed = sys.post("/api/v1/organizations/" + house.organizations["株洲市住建局"] + "/close",
                                 json::object{{"dryRun", false}, {"version", 1}, {"on", "2023-05-25"}});
    ASSERT_EQ(closed.status, 200) << json::write(closed.body);
    EXPECT_EQ(liaison.get("/api/v1/session").status, 401);
    EXPECT_EQ(liaison.sign_in("zhuzhou").code(), "account.organization_closed");
}

TEST_P(Accounts, thirty_accounts_come_in_from_a_sheet_and_each_can_sign_in) {
    House house(GetParam());
    Browser b{house};
    b.sign_in("clerk");
    const auto sheet = [&](bool with_fault) {
        const TemporaryFolder folder;
        const auto path = folder.path() + "/accounts.xlsx";
        office::XlsxWriter writer(path);
        writer.add_sheet("账号");
        int column = 0;
        for (const auto* head : {"单位全称*", "登录名", "姓名或岗位", "角色", "备注"}) writer.text(0, column++, head);
        for (int i = 1; i <= 30; ++i) {
            writer.text(i, 0, with_fault && i == 17 ? "外省住建局" : "株洲市住建局");
            writer.text(i, 1, "liaison" + std::to_string(i));
            writer.text(i, 2, "=联络员" + std::to_string(i));
            writer.text(i, 3, "联络员");
        }
        writer.close();
        std::ifstream in(path, std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(in), {});
    };
    const auto upload = [&](const std::string& bytes, const char* query) {
        return b.send(http::Method::post, std::string("/api/v1/accounts/import") + query, bytes, "application/octet-stream");
    };
    const auto bad = upload(sheet(true), "?dryRun=0");
    EXPECT_EQ(bad.status, 422);
    EXPECT_EQ(bad.text("/errors/0/path"), "row 18");
    EXPECT_EQ(bad.text("/errors/0/code"), "import.unknown_organization");
    const auto before = house.count("select count(*) from accounts"), lines = house.count("select count(*) from journal");
    const auto dry = upload(sheet(false), "");
    EXPECT_EQ(dry.at("/rows").as_array().size(), 30U);
    EXPECT_EQ(dry.text("/rows/0/password"), "");
    EXPECT_EQ(house.count("select count(*) from accounts"), before);
    const auto done = upload(sheet(false), "?dryRun=0");
    ASSERT_EQ(done.status, 200) << json::write(done.body);
    EXPECT_EQ(house.count("select count(*) from accounts"), before + 30);
    EXPECT_EQ(house.count("select count(*) from journal"), lines + 1);
    Browser fresh{house};
    EXPECT_TRUE(fresh.sign_in("liaison30", done.text("/rows/29/password")).at("/mustChangePassword").as_bool());
    EXPECT_EQ(upload("not a spreadsheet", "?dryRun=0").status, 422);
}

TEST_P(Accounts, the_template_uploaded_as_it_came_holds_no_rows) {
    House house(GetParam());
    Browser b{house};
    b.sign_in("clerk");
    for (const auto* path : {"/api/v1/accounts/import", "/api/v1/organizations/import"}) {
        http::Request asked;
        asked.path = std::string(path) + "/template";
        asked.headers = {{"cookie", std::string(kSessionCookie) + "=" + b.jar.at(kSessionCookie)}};
        const auto sheet = house.router->handle(asked);
        ASSERT_EQ(sheet.status, 200);
        std::ifstream in(sheet.file, std::ios::binary);
        const auto back = b.send(http::Method::post, path, std::string(std::istreambuf_iterator<char>(in), {}), "application/octet-stream");
        EXPECT_EQ(back.code(), "import.empty") << path;
        std::filesystem::remove(sheet.file);
    }
}

TEST_P(Accounts, every_try_and_every_change_of_an_account_is_one_line_in_the_journal) {  // threats E2, E3
    House house(GetParam());
    const auto lines = [&] { return house.count("select count(*) from journal"); };
    Browser b{house}, admin{house};
    auto before = lines();
    b.sign_in("zhuzhou", "Wrong-password-1");
    EXPECT_EQ(lines(), ++before);
    b.sign_in("zhuzhou");
    EXPECT_EQ(lines(), ++before);
    b.del("/api/v1/session");
    EXPECT_EQ(lines(), ++before);
    admin.sign_in("sysadmin");
    EXPECT_EQ(lines(), ++before);
    admin.put("/api/v1/accounts/" + house.accounts["zhuzhou"], json::object{{"version", 1}, {"name", "新名字"}});
    EXPECT_EQ(lines(), ++before);
    admin.put("/api/v1/accounts/" + house.accounts["zhuzhou"], json::object{{"version", 1}, {"name", "新名字"}});
    EXPECT_EQ(lines(), before);
    EXPECT_EQ(house.count("select count(*) from journal where outcome = 'refused' and deed = 'session.sign_in'"), 1);
}

TEST_P(Accounts, closing_a_unit_lists_the_posts_that_people_hold_there) {  // anchor-failures 18
    House house(GetParam());
    Browser b{house};
    b.sign_in("sysadmin");
    const auto path = "/api/v1/organizations/" + house.organizations["株洲市住建局"];
    const auto shown = b.post(path + "/close", json::object{{"dryRun", true}, {"version", 1}, {"on", "2023-06-01"}});
    ASSERT_EQ(shown.status, 200) << json::write(shown.body);
    EXPECT_EQ(shown.text("/touched/1/what"), "posts_held");
    EXPECT_EQ(shown.text("/touched/1/names/0"), "株洲市住建局联络员");
    EXPECT_TRUE(b.get(path).at("/organization/closedOn").is_null());
    EXPECT_EQ(b.post(path + "/close", json::object{{"dryRun", false}, {"on", "2023-06-01"}}).status, 400);
}

}  // namespace
}  // namespace anban::people::house
