// People, their accounts and their posts. A person acts on one post at a time: role + organization + title, valid from-to in
// business time. Duties belong to organizations, so a handover moves nothing but the post; the old holder stays in history.
//
// Who may (rights.h for the gate, the rest here):
//   system_admin   every account; gives ordinary roles (liaison, reviewer, unit_leader, inspector, enterprise). Never touches
//                  the password of an account that holds an admin role: that is the operator's, at the command line.
//   office_clerk   accounts whose every current post is a liaison's strictly below the own organization; gives that role there.
//   security_admin gives and ends every role (roles_grant); no accounts, no passwords.
// Who holds one of the three admin roles holds no other post at all (三员分立). Outside the actor's scope is not_found.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/actor.h"
#include "core/result.h"
#include "modules/organizations/organizations.h"
#include "platform/api/work.h"

namespace anban::people {

struct Post {
    std::string id;
    std::string organization_id;
    std::string organization;  // full official name as of today
    Role role = Role::liaison;
    std::string title;  // as shown: 株洲市住建局联络员
    Instant from;
    std::optional<Instant> to;
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, organization_id, organization, role, title, from, to))

[[nodiscard]] inline bool valid_at(const Post& p, Instant now) { return p.from <= now && (!p.to || now < *p.to); }

struct Account {
    std::string id;
    std::string person_id;
    std::string login;  // lower case
    std::string name;
    std::string phone;  // masked in every answer: 138****1234
    std::string email;
    std::vector<Post> posts;  // newest first; history stays
    bool must_change_password = false;
    std::optional<Instant> disabled_at;
    std::optional<Instant> locked_until;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Account, (), (id, person_id, login, name, phone, email, posts, must_change_password, disabled_at, locked_until,
                                    version))

struct NewPost {
    std::string organization_id;
    Role role = Role::liaison;
    std::string title;  // '' : organization's name and the role's word
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (organization_id, role, title))

struct NewAccount {
    std::string login;  // 3..40 of a-z 0-9 . _ -
    std::string name;
    std::string phone;  // '' or 11 digits, or a landline
    std::string email;
    std::string password_hash;  // made outside of the deed
    bool must_change_password = true;
    std::optional<NewPost> post;
};

// Deeds. Each journals one line; a version that is not the account's is a conflict.
[[nodiscard]] Result<Account> create(Work&, const NewAccount&);
// All or none, one journal line for all (import, demo).
[[nodiscard]] Result<std::vector<Account>> create_all(Work&, const std::vector<NewAccount>&);
[[nodiscard]] Result<Account> change(Work&, std::string_view account_id, std::int64_t version, std::string_view name,
                                     const std::optional<std::string>& phone, const std::optional<std::string>& email);
// Ends every session at once; the account can not sign in until enabled. Never one's own.
[[nodiscard]] Result<Account> disable(Work&, std::string_view account_id, std::int64_t version, std::string_view reason);
[[nodiscard]] Result<Account> enable(Work&, std::string_view account_id, std::int64_t version);
// Also unlocks. Ends every session; the new password must be changed at the first sign-in.
[[nodiscard]] Result<Account> reset_password(Work&, std::string_view account_id, std::int64_t version, std::string_view password_hash);

// granting: through roles_grant (every role); else ordinary roles only. Nobody gives, or hands over to, oneself.
[[nodiscard]] Result<Account> give_post(Work&, std::string_view account_id, std::int64_t version, const NewPost&, bool granting);
[[nodiscard]] Result<Account> end_post(Work&, std::string_view account_id, std::int64_t version, std::string_view post_id, bool granting);
// The post goes over to another account at this instant: same organization, role and title. The open work stays with the
// organization; sessions of the old holder on this post end.
struct Handover {
    std::string account_id;
    std::int64_t version = 0;
    std::string post_id;
    std::string to_account_id;
    std::int64_t to_version = 0;
};
[[nodiscard]] Result<Account> hand_over(Work&, const Handover&);  // the new holder's account

// Reading, in scope: an account is seen where one of its posts (of any time) is.
struct AccountsAsked {
    std::optional<std::string> search;        // part of login, name, title
    std::optional<std::string> organization;  // a current post there
    std::optional<Role> role;                 // a current post with it
    std::optional<bool> disabled;             // true: only disabled ones; false: only the others
    std::optional<std::string> after;
    std::optional<std::int64_t> limit;        // 1..200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(AccountsAsked, (), (search, organization, role, disabled, after, limit))
struct AccountPage {
    std::vector<Account> rows;  // by login; posts: the current ones
    std::optional<std::string> next;
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(AccountPage, (), (rows, next, total))
[[nodiscard]] Result<AccountPage> list(View&, const AccountsAsked&);
[[nodiscard]] Result<Account> load(View&, std::string_view account_id);

// The posts that people hold at an organization and below it, counted when the organization changes ("posts_held").
[[nodiscard]] std::shared_ptr<const organizations::Impact> posts_impact();

// Forgets what time has made useless: sessions ended or expired for 30 days, budgets of yesterday. Once a day; the machine's clock.
void sweep(db::Connection&, Instant real_now);

// "13812341234" -> "138****1234"; a landline keeps its first and last digits likewise.
[[nodiscard]] std::string masked_phone(std::string_view);

}  // namespace anban::people
