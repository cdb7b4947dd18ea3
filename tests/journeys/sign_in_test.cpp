// Signing in, sessions and passwords, through the router, on both engines.
#include <gtest/gtest.h>

#include <thread>

#include "modules/people/rights.h"
#include "tests/support/people_house.h"

namespace anban::people::house {
namespace {

ANBAN_ON_BOTH_ENGINES(SignIn);

TEST_P(SignIn, a_person_signs_in_and_the_page_learns_post_rights_and_business_time) {
    House house(GetParam());
    Browser b{house};
    EXPECT_EQ(b.get("/api/v1/session").status, 401);
    const auto answer = b.sign_in("ZHUZHOU");
    ASSERT_EQ(answer.status, 200) << json::write(answer.body);
    EXPECT_EQ(answer.text("/post/title"), "株洲市住建局联络员");
    EXPECT_EQ(answer.text("/role"), "liaison");
    EXPECT_EQ(answer.at("/rights").as_array().size(), rights_of(Role::liaison).size());
    EXPECT_TRUE(answer.at("/businessTimeMoved").as_bool());
    EXPECT_EQ(answer.text("/businessTime").substr(0, 10), "2023-05-25");
    EXPECT_EQ(b.get("/api/v1/session").text("/person/account"), "zhuzhou");
}

TEST_P(SignIn, the_cookie_is_for_this_site_and_no_script_and_the_database_holds_only_its_hash) {  // threats C6, C7, E3
    House house(GetParam());
    Browser b{house};
    const auto answer = b.sign_in("zhuzhou");
    ASSERT_EQ(answer.cookies.size(), 2U);
    for (const auto* word : {"HttpOnly", "SameSite=Lax", "Secure"})
        for (const auto& cookie : answer.cookies) EXPECT_NE(cookie.find(word), std::string::npos) << cookie;
    EXPECT_GE(b.jar[kSessionCookie].size(), 43U);
    const auto everything = house.dump("sessions") + house.dump("accounts") + house.dump("journal");
    EXPECT_EQ(everything.find(b.jar[kSessionCookie]), std::string::npos);
    EXPECT_EQ(everything.find(b.jar[kDeviceCookie]), std::string::npos);
    EXPECT_EQ(everything.find(kPassword), std::string::npos);
    EXPECT_NE(everything.find("$argon2id$"), std::string::npos);
    EXPECT_EQ(house.dump("journal").find("argon2id"), std::string::npos);
}

TEST_P(SignIn, a_name_that_does_not_exist_is_answered_and_slowed_down_like_one_that_does) {  // threats C5
    House house(GetParam());
    for (int round = 1; round <= 6; ++round) {
        Browser known{house}, unknown{house};
        const auto a = known.sign_in("zhuzhou", "Wrong-password-1"), b = unknown.sign_in("nobody", "Wrong-password-1");
        EXPECT_EQ(a.status, round <= 5 ? 401 : 429);
        EXPECT_EQ(json::write(a.body), json::write(b.body));
        EXPECT_EQ(a.cookies, b.cookies);
    }
}

TEST_P(SignIn, after_ten_failures_even_the_right_password_waits_except_on_a_known_device) {  // threats C5
    House house(GetParam());
    Browser home{house};
    ASSERT_EQ(home.sign_in("zhuzhou").status, 200);
    home.del("/api/v1/session");
    Browser thief{house};
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(thief.sign_in("zhuzhou", "Guess-" + std::to_string(i)).status, 401) << i;
        if (i < 9) house.clock.real += 33'000;
    }
    const auto locked = thief.sign_in("zhuzhou");
    EXPECT_EQ(locked.status, 429);
    EXPECT_EQ(locked.text("/params/seconds"), "900");
    EXPECT_EQ(home.sign_in("zhuzhou").status, 200);
    EXPECT_EQ(thief.sign_in("zhuzhou").status, 429);
    house.clock.real += 15 * 60'000;
    EXPECT_EQ(thief.sign_in("zhuzhou").status, 200);
}

TEST_P(SignIn, guesses_side_by_side_are_all_counted) {  // threats C5
    House house(GetParam());
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&house, i] {
            Browser b{house};
            b.peer = "192.0.2." + std::to_string(i);
            b.sign_in("zhuzhou", "Guess-" + std::to_string(i));
        });
    for (auto& t : threads) t.join();
    EXPECT_EQ(house.count("select failures from accounts where login = 'zhuzhou'"), 8);
    EXPECT_EQ(house.count("select sum(failures) from sign_in_budgets where address like 'address:%'"), 8);
    EXPECT_EQ(Browser{house}.sign_in("zhuzhou").status, 429);
}

TEST_P(SignIn, an_address_that_tries_many_names_is_stopped_and_others_are_not) {  // threats C5
    House house(GetParam());
    house.db->write([&](db::Connection& c) {
        c.run({"test.budget", "insert into sign_in_budgets (address, window_start, failures) values ('address:192.0.2.66', $1, 99)"}, {house.clock.real});
        return db::Outcome::keep;
    });
    Browser bad{house};
    bad.peer = "192.0.2.66";
    EXPECT_EQ(bad.sign_in("somebody", "x").status, 401);
    EXPECT_EQ(bad.sign_in("zhuzhou").status, 429);
    EXPECT_EQ(Browser{house}.sign_in("zhuzhou").status, 200);
}

TEST_P(SignIn, a_session_ends_when_idle_and_goes_on_while_used) {  // threats C7
    House house(GetParam());
    Browser b{house};
    b.sign_in("zhuzhou");
    for (int i = 0; i < 20; ++i) {
        house.clock.real += 29 * 60'000;
        EXPECT_EQ(b.get("/api/v1/session").status, 200) << i;
    }
    house.clock.real += 30 * 60'000;
    EXPECT_EQ(b.get("/api/v1/session").code(), "session.expired");
    b.sign_in("zhuzhou");
    for (int i = 0; i < 25; ++i) {
        house.clock.real += 29 * 60'000;
        EXPECT_EQ(b.get("/api/v1/session").status, i < 24 ? 200 : 401) << i;
    }
}

TEST_P(SignIn, signing_out_ends_the_session_at_once_and_the_old_cookie_opens_nothing) {  // threats C7
    House house(GetParam());
    Browser b{house};
    b.sign_in("zhuzhou");
    const auto stolen = b.jar;
    EXPECT_EQ(b.del("/api/v1/session").status, 200);
    EXPECT_FALSE(b.jar.contains(kSessionCookie));
    b.jar = stolen;
    EXPECT_EQ(b.get("/api/v1/session").code(), "session.ended");
}

TEST_P(SignIn, a_planted_session_id_is_never_taken_over_at_sign_in) {  // threats C7
    House house(GetParam());
    Browser b{house};
    b.sign_in("zhuzhou");
    const auto before = b.jar[kSessionCookie];
    Browser victim{house};
    victim.jar[kSessionCookie] = "planted-by-somebody-else";
    const auto answer = victim.post("/api/v1/session", json::object{{"account", "clerk"}, {"password", kPassword}});
    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(victim.jar[kSessionCookie], "planted-by-somebody-else");
    EXPECT_NE(victim.jar[kSessionCookie], before);
}

TEST_P(SignIn, a_change_without_the_sessions_own_token_or_from_another_site_is_refused) {  // threats C8
    House house(GetParam());
    Browser b{house}, other{house};
    b.sign_in("sysadmin");
    other.sign_in("clerk");
    const auto own = b.token;
    const json::value body = json::object{{"version", b.version("zhuzhou")}, {"reason", "离岗"}};
    const auto path = "/api/v1/accounts/" + house.accounts["zhuzhou"] + "/disable";
    for (const auto& wrong : {std::string(), std::string("x"), other.token}) {
        b.token = wrong;
        EXPECT_EQ(b.post(path, body).code(), "session.forged");
    }
    b.token = own;
    b.extra["origin"] = "http://evil.example";
    EXPECT_EQ(b.post(path, body).code(), "session.forged");
    EXPECT_EQ(b.post("/api/v1/session", json::object{{"account", "clerk"}, {"password", kPassword}}).code(), "session.forged");
    b.extra["origin"] = "http://127.0.0.1:8080";
    EXPECT_EQ(b.post(path, body).status, 200);
}

TEST_P(SignIn, a_first_password_must_be_changed_before_anything_else) {  // threats C6
    House house(GetParam());
    house.add_account("fresh", "株洲市住建局", Role::liaison, true);
    Browser b{house}, elsewhere{house};
    EXPECT_TRUE(b.sign_in("fresh").at("/mustChangePassword").as_bool());
    elsewhere.sign_in("fresh");
    EXPECT_EQ(b.get("/api/v1/organizations").code(), "password.change_first");
    const auto change = [&](const char* current, const char* fresh) {
        return b.put("/api/v1/session/password", json::object{{"current", current}, {"fresh", fresh}});
    };
    EXPECT_EQ(change(kPassword, "Password2023!").code(), "password.common");
    EXPECT_EQ(change(kPassword, kPassword).code(), "password.same");
    EXPECT_EQ(change("Wrong-password-1", "Yue4!liang-wan-wan").code(), "password.current_wrong");
    EXPECT_EQ(change(kPassword, "Yue4!liang-wan-wan").status, 200);
    EXPECT_EQ(b.get("/api/v1/organizations").status, 200);
    EXPECT_EQ(elsewhere.get("/api/v1/session").status, 401);
    EXPECT_EQ(elsewhere.sign_in("fresh").status, 401);
    EXPECT_EQ(elsewhere.sign_in("fresh", "Yue4!liang-wan-wan").status, 200);
}

TEST_P(SignIn, an_older_weaker_hash_is_made_anew_at_sign_in) {  // threats C6
    House house(GetParam());
    house.db->write([&](db::Connection& c) {
        c.run({"test.weak", "update accounts set password_hash = $1 where login = 'zhuzhou'"}, {crypto::hash_password(kPassword, {1, 1024})});
        return db::Outcome::keep;
    });
    EXPECT_EQ(Browser{house}.sign_in("zhuzhou").status, 200);
    EXPECT_NE(house.dump("accounts").find("m=19456,t=2"), std::string::npos);
    EXPECT_EQ(house.dump("accounts").find("m=1024"), std::string::npos);
    EXPECT_EQ(Browser{house}.sign_in("zhuzhou").status, 200);
}

TEST_P(SignIn, a_person_with_two_posts_changes_between_them_in_a_new_session) {  // threats C7
    House house(GetParam());
    Browser admin{house}, b{house};
    admin.sign_in("sysadmin");
    EXPECT_EQ(admin.post("/api/v1/accounts/" + house.accounts["zhuzhou"] + "/posts",
                         json::object{{"version", admin.version("zhuzhou")}, {"organizationId", house.organizations["外省住建局"]}, {"role", "reviewer"}}).status, 200);
    const auto first = b.sign_in("zhuzhou");
    ASSERT_EQ(first.at("/posts").as_array().size(), 2U);
    EXPECT_EQ(first.text("/role"), "liaison");
    const auto old = b.jar;
    std::string other;
    for (const auto& p : first.at("/posts").as_array())
        if (p.at("role").as_string() == "reviewer") other = std::string(p.at("id").as_string());
    const auto second = b.post("/api/v1/session/post", json::object{{"post", other}});
    EXPECT_EQ(second.text("/post/organization/name"), "外省住建局");
    EXPECT_NE(second.text("/csrfToken"), b.token);
    EXPECT_NE(b.jar.at(kSessionCookie), old.at(kSessionCookie));
    Browser stale{house, old};
    EXPECT_EQ(stale.get("/api/v1/session").status, 401);
    EXPECT_EQ(b.get("/api/v1/session").text("/role"), "reviewer");
    b.token = second.text("/csrfToken");
    EXPECT_EQ(b.post("/api/v1/session/post", json::object{{"post", "01somebodyelsespost0000000"}}).status, 404);
}

TEST_P(SignIn, switching_posts_outlives_neither_the_longest_time_of_a_session_nor_its_end) {  // threats C4, C7
    House house(GetParam());
    Browser admin{house}, b{house};
    admin.sign_in("sysadmin");
    const auto first = b.sign_in("zhuzhou");
    const auto post = first.text("/post/id");
    const auto expires = house.count("select expires_at from sessions where ended_at is null order by created_at desc, expires_at desc limit 1");
    house.clock.real += 20 * 60'000;
    const auto second = b.post("/api/v1/session/post", json::object{{"post", post}});
    ASSERT_EQ(second.status, 200);
    b.token = second.text("/csrfToken");
    EXPECT_EQ(house.count("select max(expires_at) from sessions"), expires);

    // The request was let in; before its deed began an admin reset the password.
    std::optional<StoredSession> let_in;
    house.db->read([&](db::Connection& c) {
        let_in = find_session(c, hash_of_token(b.jar.at(kSessionCookie)), house.clock.business(house.clock.real_now()));
    });
    ASSERT_TRUE(let_in);
    ASSERT_EQ(admin.post("/api/v1/accounts/" + house.accounts["zhuzhou"] + "/reset-password", json::object{{"version", admin.version("zhuzhou")}}).status, 200);
    api::Ground ground{*house.db, house.clock, *house.gate};
    http::Request request;
    request.received = house.clock.real_now();
    api::Call late(ground, request, {}, let_in->session);
    const auto switched = switch_post(late, post);
    ASSERT_FALSE(switched);
    EXPECT_EQ(switched.refusal().key, "session.ended");
}

TEST_P(SignIn, one_sees_ones_sessions_and_ends_the_others) {  // threats C7
    House house(GetParam());
    Browser here{house}, there{house}, stranger{house};
    here.sign_in("zhuzhou");
    there.sign_in("zhuzhou");
    stranger.sign_in("clerk");
    auto rows = here.get("/api/v1/sessions").at("/rows").as_array();
    ASSERT_EQ(rows.size(), 2U);
    const auto foreign = std::string(stranger.get("/api/v1/sessions").at("/rows/0/id").as_string());
    EXPECT_EQ(here.del("/api/v1/sessions/" + foreign).status, 404);
    EXPECT_EQ(here.del("/api/v1/sessions").at("/count").as_int64(), 1);
    EXPECT_EQ(there.get("/api/v1/session").status, 401);
    EXPECT_EQ(here.get("/api/v1/session").status, 200);
    EXPECT_EQ(stranger.get("/api/v1/session").status, 200);
}

}  // namespace
}  // namespace anban::people::house
