// Signing in, changing post and password: what makes and ends sessions by one's own hand (threats C5-C7).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "modules/people/sessions.h"
#include "platform/api/call.h"

namespace anban::people {

inline constexpr std::int64_t kOneTimeMs = 24LL * 60 * 60'000;     // how long a password that was reset by somebody else can be used
inline constexpr std::int64_t kTellResetMs = 30 * kOneTimeMs;      // how long after its first use the owner is told of it

struct SignedIn {
    NewSession session;
    std::string device;  // a new device token to keep in the browser; '' : the old one stays
};

// Refused: unauthenticated "sign_in.wrong" alike for a name that does not exist and a password that does not fit, after the
// same work; too_many "sign_in.wait" {seconds}; only after the right password: forbidden "account.disabled" or
// "account.no_post", "account.organization_closed" {name} when every post is at an organization that is closed, or
// "sign_in.one_time_expired" when the password was set by somebody else kOneTimeMs ago and never used. From a known device the name's waiting time does not hold (the device has its own). Every try is a line in
// the journal. Hashing happens before the write.
struct Credentials { std::string login; std::string password; std::string device; };
[[nodiscard]] Result<SignedIn> sign_in(api::Call&, const Credentials&);

// Refused: "password.current_wrong" (counts as a failed try), what refuse_password says, the same password again. Ends all
// other sessions; the present one goes on.
struct PasswordChange { std::string current; std::string fresh; };
[[nodiscard]] Result<Done> change_own_password(api::Call&, const PasswordChange&);

// Goes on under another current post of the same person, in a new session; the old one ends.
[[nodiscard]] Result<NewSession> switch_post(api::Call&, std::string_view post_id);

[[nodiscard]] Result<Done> sign_out(api::Call&);

}  // namespace anban::people
