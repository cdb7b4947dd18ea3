// Digests and keyed digests, by OpenSSL.
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

#include "platform/crypto/crypto.h"

namespace anban::crypto {
namespace {

constexpr std::size_t kSize = 32;  // both digests

// Fetched once: looking an algorithm up costs more than hashing a journal row.
const EVP_MD* algorithm(Digest which) {
    static const EVP_MD* sm3 = EVP_MD_fetch(nullptr, "SM3", nullptr);
    static const EVP_MD* sha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    const EVP_MD* found = which == Digest::sm3 ? sm3 : sha256;
    if (found == nullptr) throw std::runtime_error("the digest is not offered by libcrypto");
    return found;
}

void must(bool fine, const char* what) {
    if (!fine) throw std::runtime_error(std::string("libcrypto failed: ") + what);
}

unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* raw(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string digest(Digest which, std::string_view bytes) {
    std::string out(kSize, '\0');
    must(EVP_Digest(bytes.data(), bytes.size(), raw(out), nullptr, algorithm(which), nullptr) == 1, "digest");
    return out;
}

std::string hmac(Digest which, std::string_view key, std::string_view message) {
    std::string out(kSize, '\0');
    unsigned size = 0;
    const char* held = key.empty() ? "" : key.data();  // a null key would mean "the one before" to the library
    must(HMAC(algorithm(which), held, static_cast<int>(key.size()), raw(message), message.size(), raw(out), &size) != nullptr, "hmac");
    return out;
}

}  // namespace

std::string sm3(std::string_view bytes) { return digest(Digest::sm3, bytes); }
std::string sha256(std::string_view bytes) { return digest(Digest::sha256, bytes); }
std::string hmac_sm3(std::string_view key, std::string_view message) { return hmac(Digest::sm3, key, message); }
std::string hmac_sha256(std::string_view key, std::string_view message) { return hmac(Digest::sha256, key, message); }

struct Hasher::State {
    struct Free { void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); } };
    std::unique_ptr<EVP_MD_CTX, Free> context{EVP_MD_CTX_new()};
};

Hasher::Hasher(Digest which) : state_(std::make_unique<State>()) {
    must(state_->context && EVP_DigestInit_ex(state_->context.get(), algorithm(which), nullptr) == 1, "digest init");
}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::add(std::string_view bytes) {
    must(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()) == 1, "digest update");
}

std::string Hasher::finish() {
    std::string out(kSize, '\0');
    must(EVP_DigestFinal_ex(state_->context.get(), raw(out), nullptr) == 1, "digest final");
    return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace anban::crypto
