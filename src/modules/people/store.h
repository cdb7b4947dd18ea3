// Every statement on persons, accounts and posts. Sessions and sign-in have their own: session_store.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/people/people.h"

namespace anban::people::store {

// phone comes as stored, not masked: whoever answers masks it.
[[nodiscard]] std::optional<Account> find(db::Connection&, std::string_view account_id);  // with all posts, newest first
[[nodiscard]] bool login_exists(db::Connection&, std::string_view login);
[[nodiscard]] std::vector<Post> posts_of(db::Connection&, std::string_view person_id);

// A post acts while it is held and its organization is open.
[[nodiscard]] bool may_act(db::Connection&, const Post&, Instant now);

void insert(db::Connection&, const Account&, std::string_view password_hash, Instant created_at);
void insert_post(db::Connection&, std::string_view person_id, const Post&);
void end_post(db::Connection&, std::string_view post_id, Instant at);
void set_contact(db::Connection&, std::string_view person_id, std::string_view name, std::string_view phone, std::string_view email);
void set_disabled(db::Connection&, std::string_view account_id, std::optional<Instant> at);
void set_password(db::Connection&, std::string_view account_id, std::string_view hash, bool must_change);

// The last reset of an account's password by somebody else.
struct Reset {
    std::string by_name;
    Instant at;                      // business clock
    Instant real_at;                 // machine's clock
    std::optional<Instant> used_at;  // machine's clock: the first session after it
};
void remember_reset(db::Connection&, std::string_view account_id, std::string_view by_person_id, const Reset&);
[[nodiscard]] std::optional<Reset> last_reset(db::Connection&, std::string_view account_id);
void mark_reset_used(db::Connection&, std::string_view account_id, Instant real_now);

void forget_failures(db::Connection&, std::string_view account_id);
[[nodiscard]] bool raise_version(db::Connection&, std::string_view account_id, std::int64_t from);  // false: somebody was quicker

void end_sessions_of_account(db::Connection&, std::string_view account_id, Instant real_now, std::string_view but_token_hash = {});
void end_sessions_of_post(db::Connection&, std::string_view post_id, Instant real_now);

}  // namespace anban::people::store
