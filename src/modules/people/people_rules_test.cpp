#include <gtest/gtest.h>

#include <set>

#include "core/codec.h"
#include "modules/people/gate.h"
#include "modules/people/import.h"
#include "modules/people/lockout.h"
#include "modules/people/passwords.h"
#include "modules/people/rights.h"
#include "modules/people/role_words.h"
#include "modules/people/rules.h"

namespace anban::people {
namespace {

using Rights = std::set<Right>;

Rights held(Role role) {
    const auto rights = rights_of(role);
    return {rights.begin(), rights.end()};
}

TEST(RolesAndRights, The_three_admins_hold_no_right_over_business_content) {
    const Rights business{Right::campaigns_read, Right::campaigns_publish, Right::filings_read, Right::filings_fill, Right::filings_hand_in,
                          Right::filings_review, Right::filings_amend_approve, Right::items_read, Right::items_write, Right::totals_read,
                          Right::matrix_read};
    for (const auto role : {Role::system_admin, Role::security_admin, Role::security_auditor})
        for (const auto right : business) EXPECT_FALSE(holds(role, right)) << codec::enum_name(role) << ' ' << codec::enum_name(right);
}

TEST(RolesAndRights, The_auditor_reads_all_business_and_changes_nothing) {
    EXPECT_EQ(held(Role::auditor), (Rights{Right::open_to_all, Right::signed_in, Right::organizations_read, Right::people_read,
                                           Right::campaigns_read, Right::filings_read, Right::items_read, Right::totals_read,
                                           Right::matrix_read, Right::journal_read}));
}

TEST(RolesAndRights, Only_the_security_admin_grants_roles_and_nobody_else_does_both) {
    for (const auto role : {Role::liaison, Role::reviewer, Role::unit_leader, Role::office_clerk, Role::office_leader, Role::inspector,
                            Role::enterprise, Role::auditor, Role::system_admin, Role::security_auditor})
        EXPECT_FALSE(holds(role, Right::roles_grant));
    EXPECT_TRUE(holds(Role::security_admin, Right::roles_grant));
    EXPECT_FALSE(holds(Role::security_admin, Right::people_change));
    EXPECT_FALSE(holds(Role::security_admin, Right::journal_read_admin));
    EXPECT_TRUE(holds(Role::security_auditor, Right::journal_read_admin));
}

TEST(RolesAndRights, A_refusal_says_which_right_is_missing) {
    const auto no = refuse({"", "", "", Role::liaison, "", ""}, Right::filings_review);
    ASSERT_TRUE(no);
    EXPECT_EQ(no->code, Code::forbidden);
    EXPECT_EQ(no->params.front().second, "filings_review");
}

Actor acting(Role role) { return {"p", "a", "own", role, "", "127.0.0.1"}; }

TEST(AccountRules, An_office_clerk_manages_liaisons_below_and_nobody_else) {
    using rules::refuse_post;
    const auto clerk = acting(Role::office_clerk);
    EXPECT_FALSE(refuse_post(clerk, {Role::liaison, true, false}, false));
    EXPECT_EQ(refuse_post(clerk, {Role::liaison, true, true}, false)->key, "account.not_yours");
    EXPECT_EQ(refuse_post(clerk, {Role::reviewer, true, false}, false)->key, "account.not_yours");
    EXPECT_EQ(refuse_post(clerk, {Role::office_leader, true, false}, false)->key, "account.role_needs_grant");
    EXPECT_EQ(refuse_post(clerk, {Role::liaison, false, false}, false)->code, Code::not_found);
    EXPECT_EQ(rules::refuse_account(clerk, {{Role::liaison, true, false}, {Role::reviewer, true, false}})->code, Code::forbidden);
    EXPECT_EQ(rules::refuse_account(clerk, {{Role::liaison, false, false}})->code, Code::not_found);
}

TEST(AccountRules, No_administrator_takes_over_another_by_a_password) {
    const auto admin = acting(Role::system_admin);
    EXPECT_FALSE(rules::refuse_reset(admin, {{Role::liaison, true, false}}));
    for (const auto role : {Role::system_admin, Role::security_admin, Role::security_auditor})
        EXPECT_EQ(rules::refuse_reset(admin, {{role, true, false}})->key, "account.admin_password");
}

TEST(AccountRules, The_three_admins_are_three_people_who_do_nothing_else) {
    EXPECT_TRUE(rules::refuse_admins({Role::liaison, Role::system_admin}, Role::security_admin));
    EXPECT_TRUE(rules::refuse_admins({Role::security_auditor}, Role::system_admin));
    EXPECT_TRUE(rules::refuse_admins({Role::liaison}, Role::security_admin));
    EXPECT_TRUE(rules::refuse_admins({Role::system_admin}, Role::liaison));
    EXPECT_TRUE(rules::refuse_admins({Role::security_auditor}, Role::auditor));
    EXPECT_TRUE(rules::refuse_admins({Role::system_admin}, Role::system_admin));
    EXPECT_FALSE(rules::refuse_admins({}, Role::security_admin));
    EXPECT_FALSE(rules::refuse_admins({Role::liaison}, Role::office_clerk));
}

TEST(LockOut, Five_failures_begin_to_cost_time_and_ten_cost_a_quarter_of_an_hour) {  // threats C5
    Attempts a;
    Instant now{1'000'000};
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 12; ++i) {
        a = after_failure(a, now);
        waits.push_back(still_to_wait(a, now) / 1000);
        now.ms += still_to_wait(a, now);
        EXPECT_EQ(still_to_wait(a, now), 0);
        EXPECT_EQ(still_to_wait(a, {now.ms - 1}) > 0, waits.back() > 0);
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{0, 0, 0, 0, 2, 4, 8, 16, 32, 900, 900, 900}));
}

TEST(LockOut, A_day_without_a_failure_is_forgiven) {
    const Attempts nine{9, Instant{0}};
    EXPECT_EQ(after_failure(nine, {24LL * 3'600'000 - 1}).failures, 10);
    EXPECT_EQ(after_failure(nine, {24LL * 3'600'000}).failures, 1);
}

TEST(LockOut, A_clock_that_jumps_neither_frees_nor_locks_for_good) {  // threats A10
    const Attempts locked{10, Instant{10'000'000}};
    EXPECT_EQ(still_to_wait(locked, {0}), 15 * 60'000);
    EXPECT_EQ(still_to_wait(locked, {10'000'000 + 10LL * 365 * 86'400'000}), 0);
}

TEST(LockOut, One_address_has_a_hundred_failures_in_a_quarter_of_an_hour) {
    AddressBudget b;
    const Instant start{5'000'000};
    for (int i = 0; i < 99; ++i) b = after_failure(b, start);
    EXPECT_EQ(still_to_wait(b, start), 0);
    b = after_failure(b, start);
    EXPECT_EQ(still_to_wait(b, {start.ms + 60'000}), 14 * 60'000);
    EXPECT_EQ(still_to_wait(b, {start.ms + 15 * 60'000}), 0);
    EXPECT_EQ(after_failure(b, {start.ms + 15 * 60'000}).failures, 1);
}

TEST(SessionTime, Idle_thirty_minutes_or_twelve_hours_in_all_end_a_session) {  // threats C7
    const SessionTimes t{Instant{0}, Instant{0}, Instant{kAbsoluteMs}, std::nullopt};
    EXPECT_FALSE(refuse_session(t, {kIdleMs - 1}));
    EXPECT_TRUE(refuse_session(t, {kIdleMs}));
    SessionTimes busy = t;
    busy.seen = Instant{kAbsoluteMs - 1};
    EXPECT_FALSE(refuse_session(busy, {kAbsoluteMs - 1}));
    EXPECT_TRUE(refuse_session(busy, {kAbsoluteMs}));
    busy.ended = Instant{5};
    EXPECT_EQ(refuse_session(busy, {6})->key, "session.ended");
}

TEST(SessionTime, A_clock_set_back_makes_no_session_eternal) {  // threats A10
    const SessionTimes t{Instant{100'000'000}, Instant{100'000'000}, Instant{100'000'000 + kAbsoluteMs}, std::nullopt};
    EXPECT_FALSE(refuse_session(t, {100'000'000 - kClockSlackMs}));
    EXPECT_TRUE(refuse_session(t, {100'000'000 - kClockSlackMs - 1}));
}

TEST(Passwords, Short_plain_common_and_login_like_ones_are_refused) {  // threats C6
    EXPECT_EQ(refuse_password("Ab1!efgh9", "x")->key, "password.too_short");
    EXPECT_EQ(refuse_password("onlylowercaseletters", "x")->key, "password.too_plain");
    EXPECT_EQ(refuse_password(std::string(129, 'a') + "B1", "x")->key, "password.too_long");
    for (const auto* common : {"Password2023!", "P@ssw0rd2023", "Admin@123456", "Qwer1234!@#$", "1qaz@WSX3edc", "Abc123456789", "Anban2023!!",
                               "Zhuzhou@2023", "2023.12.31-A", "Aa1111111111", "Changsha#123", "Huawei@1234"})
        EXPECT_EQ(refuse_password(common, "x")->key, "password.common") << common;
    EXPECT_EQ(refuse_password("7!zz-lianluo01-Kq", "lianluo01")->key, "password.like_login");
    EXPECT_FALSE(refuse_password("Tuo3!meng-huayuan", "lianluo01"));
    EXPECT_FALSE(refuse_password("湘江北去橘子洲头A1", "lianluo01"));
}

TEST(Passwords, An_initial_password_is_new_each_time_and_would_be_accepted) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const auto password = initial_password();
        EXPECT_TRUE(seen.insert(password).second);
        EXPECT_FALSE(refuse_password(password, "liaison"));
        EXPECT_EQ(password.size(), 19U);
    }
}

TEST(Passwords, A_hash_made_with_less_is_raised_and_one_with_todays_cost_is_left) {
    EXPECT_TRUE(needs_raising(crypto::hash_password("x", {1, 1024})));
    EXPECT_TRUE(needs_raising("nonsense"));
    EXPECT_FALSE(needs_raising(dummy_hash()));
}

TEST(ForgeryGuard, Only_our_own_origin_fits) {  // threats C8
    EXPECT_TRUE(origin_fits("", "127.0.0.1:8080", ""));
    EXPECT_TRUE(origin_fits("http://127.0.0.1:8080", "127.0.0.1:8080", ""));
    EXPECT_FALSE(origin_fits("http://evil.example", "127.0.0.1:8080", ""));
    EXPECT_FALSE(origin_fits("null", "127.0.0.1:8080", ""));
    EXPECT_FALSE(origin_fits("http://127.0.0.1:8080.evil.example", "127.0.0.1:8080", ""));
    EXPECT_TRUE(origin_fits("https://anban.example", "127.0.0.1:8080", "https://anban.example"));
    EXPECT_FALSE(origin_fits("http://127.0.0.1:8080", "127.0.0.1:8080", "https://anban.example"));
}

TEST(Phones, Are_shown_by_their_ends_only) {
    EXPECT_EQ(masked_phone("13800001234"), "138****1234");
    EXPECT_EQ(masked_phone("2288888"), "22****88");
    EXPECT_EQ(masked_phone(""), "");
}

TEST(AccountImport, Every_fault_of_every_row_is_listed_with_row_and_column) {
    organizations::Organization bureau;
    bureau.id = "zz";
    bureau.opened_on = parse_date("2020-01-01").value();
    auto closed = bureau;
    closed.closed_on = parse_date("2022-01-01");
    const ImportFacts facts{acting(Role::office_clerk), parse_date("2023-05-25").value(), {{"株洲市住建局", bureau}, {"旧局", closed}}, {"taken01"}};
    const auto good = check_import({{2, {"ZhuZhou01", "株洲市住建局联络员", "株洲市住建局", "联络员", ""}}}, facts);
    ASSERT_TRUE(good);
    EXPECT_EQ((*good)[0].login, "zhuzhou01");
    EXPECT_EQ((*good)[0].post->organization_id, "zz");
    const auto bad = check_import({{2, {"zhuzhou01", "株洲联络员", "株洲市住建局", "联络员", ""}},
                                   {3, {"zhuzhou01", "甲", "无此局", "联络", "call me"}},
                                   {9, {"taken01", "旧局联络员", "旧局", "审核人", ""}}}, facts);
    ASSERT_FALSE(bad);
    std::vector<std::string> seen;
    for (const auto& e : bad.refusal().errors) seen.push_back(e.path + " " + e.key);
    EXPECT_EQ(seen, (std::vector<std::string>{"row 3 import.login_twice", "row 3 import.bad_person", "row 3 import.bad_phone",
                                              "row 3 import.unknown_organization", "row 3 import.not_one_of", "row 9 import.login_taken",
                                              "row 9 import.organization_closed", "row 9 import.role_not_yours"}));
}

}  // namespace
}  // namespace anban::people
