// What a password must be, and how one is checked without letting anybody wait for the writer.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "platform/crypto/crypto.h"

namespace anban::people {

// At least 10 and at most 128 characters, three of: lower case, upper case, digit, other; not a common one, not a run like
// "Qwer1234...", not made of the login or the words of this house. "password.too_short", ".too_long", ".too_plain", ".common".
[[nodiscard]] Verdict refuse_password(std::string_view password, std::string_view login);

// 16 characters without those that look alike, in groups of four: "Kp7m-x2Rt-...". Passes refuse_password for every login.
[[nodiscard]] std::string initial_password();

// Whether a stored hash was made with less than today's cost: it is made anew at the next sign-in.
[[nodiscard]] bool needs_raising(const std::string& stored, const crypto::PasswordCost& = {});

// A hash that no password matches by knowledge, with today's cost: what an unknown name is checked against.
[[nodiscard]] const std::string& dummy_hash();

// Runs what hashes, at most as many at once as there are cores; unavailable "sign_in.busy" when more than six wait
// already, or after five seconds. Never call it inside a write: memory-hard work would hold all others up.
[[nodiscard]] Verdict while_hashing(const std::function<void()>& work);

}  // namespace anban::people
