// Passwords, by libargon2. Parameters travel inside the stored text, so they can be raised without touching old rows.
#include <argon2.h>

#include <stdexcept>

#include "core/ids.h"
#include "platform/crypto/crypto.h"

namespace anban::crypto {
namespace {

constexpr std::uint32_t kLanes = 1;
constexpr std::size_t kSaltSize = 16;
constexpr std::size_t kTagSize = 32;

}  // namespace

std::string hash_password(std::string_view password, const PasswordCost& cost) {
    const std::string salt = random_bytes(kSaltSize);
    std::string out(argon2_encodedlen(cost.passes, cost.kibibytes, kLanes, kSaltSize, kTagSize, Argon2_id), '\0');
    const int rc = argon2id_hash_encoded(cost.passes, cost.kibibytes, kLanes, password.data(), password.size(), salt.data(),
                                         salt.size(), kTagSize, out.data(), out.size());
    if (rc != ARGON2_OK) throw std::runtime_error(std::string("argon2id failed: ") + argon2_error_message(rc));
    out.resize(out.find('\0'));
    return out;
}

bool password_matches(std::string_view password, const std::string& stored) {
    const int rc = argon2id_verify(stored.c_str(), password.data(), password.size());
    if (rc == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::runtime_error("argon2id failed: no memory");
    return rc == ARGON2_OK;
}

}  // namespace anban::crypto
