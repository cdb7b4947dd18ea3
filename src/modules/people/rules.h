// Who may change which account, as values: no clock, no database.
#pragma once

#include <vector>

#include "modules/people/people.h"

namespace anban::people::rules {

// What is known of a post when a rule is asked: is its organization in the actor's scope, and is it the actor's own?
struct SeenPost { Role role = Role::liaison; bool in_scope = false; bool own_organization = false; };

[[nodiscard]] Verdict refuse_login(std::string_view login);
[[nodiscard]] Verdict refuse_contact(std::string_view name, std::string_view phone, std::string_view email);

// Create, change, disable, enable an account with these current posts.
[[nodiscard]] Verdict refuse_account(const Actor&, const std::vector<SeenPost>& current);
// Whether the actor may know of such an account at all.
[[nodiscard]] Verdict refuse_unseen(const Actor&, const std::vector<SeenPost>& current);
// Who takes a post over: an account without any post may; one that acts elsewhere must be the actor's to change.
[[nodiscard]] Verdict refuse_taker(const Actor&, const std::vector<SeenPost>& current);
// Set its password.
[[nodiscard]] Verdict refuse_reset(const Actor&, const std::vector<SeenPost>& current);
// Give or end one post.
[[nodiscard]] Verdict refuse_post(const Actor&, const SeenPost&, bool granting);
// One of the three admins beside any other post, business or admin (三员分立).
[[nodiscard]] Verdict refuse_admins(const std::vector<Role>& current, Role added);

}  // namespace anban::people::rules
