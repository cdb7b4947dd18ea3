// Digests, keyed digests, passwords, and the text forms of bytes. OpenSSL and libargon2 behind plain functions; safe from any
// thread. A digest is 32 raw bytes in a std::string; use hex() or base64url() where text is needed.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace anban::crypto {

enum class Digest { sm3, sha256 };  // SM3: receipts and the journal (GB/T 32905). SHA-256: names of stored blobs.

[[nodiscard]] std::string sm3(std::string_view bytes);
[[nodiscard]] std::string sha256(std::string_view bytes);

// The same for content that comes in pieces. One thread at a time; finish() once, last.
class Hasher {
public:
    explicit Hasher(Digest);
    ~Hasher();
    Hasher(Hasher&&) noexcept;
    Hasher& operator=(Hasher&&) noexcept;
    void add(std::string_view bytes);
    [[nodiscard]] std::string finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

[[nodiscard]] std::string hmac_sm3(std::string_view key, std::string_view message);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);

// Whether both hold the same bytes, in a time that depends on the length alone. For tokens, codes, tags.
[[nodiscard]] bool equal_in_constant_time(std::string_view, std::string_view);

// What a password costs to try. The default is about 25 ms and 19 MiB on one core: call it outside of any write deed.
struct PasswordCost {
    std::uint32_t passes = 2;
    std::uint32_t kibibytes = 19 * 1024;
};

// "$argon2id$v=19$m=19456,t=2,p=1$salt$tag" with a fresh salt. Throws std::runtime_error when memory is short.
[[nodiscard]] std::string hash_password(std::string_view password, const PasswordCost& = {});

// False for a wrong password and for a stored text that is no argon2id hash. Takes as long as making it did.
[[nodiscard]] bool password_matches(std::string_view password, const std::string& stored);

[[nodiscard]] std::string hex(std::string_view bytes);                              // lower case
[[nodiscard]] std::optional<std::string> from_hex(std::string_view);                // either case, even length
[[nodiscard]] std::string base64url(std::string_view bytes);                        // RFC 4648 section 5, no padding
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view);          // one spelling only: no padding, no stray bits

}  // namespace anban::crypto
