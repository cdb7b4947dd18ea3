#include "platform/crypto/crypto.h"

#include <gtest/gtest.h>

#include "core/ids.h"

namespace anban::crypto {
namespace {

TEST(Crypto, digests_are_those_of_the_published_examples) {
    // GB/T 32905-2016 annex A; FIPS 180-4 examples.
    EXPECT_EQ(hex(sm3("abc")), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    std::string sixteen_times;
    for (int i = 0; i < 16; ++i) sixteen_times += "abcd";
    EXPECT_EQ(hex(sm3(sixteen_times)), "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    EXPECT_EQ(hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(hex(sha256("")), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Crypto, content_in_pieces_gives_the_digest_of_the_whole) {
    const std::string content = random_bytes(100'000);
    for (const std::size_t piece : {1u, 63u, 64u, 65u, 4096u}) {
        Hasher hasher(Digest::sm3);
        for (std::size_t at = 0; at < content.size(); at += piece) hasher.add(std::string_view(content).substr(at, piece));
        ASSERT_EQ(hasher.finish(), sm3(content)) << piece;
    }
}

TEST(Crypto, keyed_digests_are_those_of_the_published_examples) {
    // RFC 4231 test case 2; an empty key is a key too (RFC 2104 pads it).
    EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    EXPECT_EQ(hex(hmac_sha256("", "")), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    // HMAC by its definition, with the plain digest.
    const std::string key = "journal head key";
    std::string inner(64, '\x36'), outer(64, '\x5c');
    for (std::size_t i = 0; i < key.size(); ++i) inner[i] ^= key[i], outer[i] ^= key[i];
    EXPECT_EQ(hmac_sm3(key, "head 42"), sm3(outer + sm3(inner + "head 42")));
}

TEST(Crypto, a_password_opens_its_own_hash_and_no_other) {
    const PasswordCost cheap{1, 64};
    const std::string stored = hash_password("安委办-2023", cheap);
    EXPECT_EQ(stored.substr(0, 10), "$argon2id$");
    EXPECT_TRUE(password_matches("安委办-2023", stored));
    EXPECT_FALSE(password_matches("安委办-2024", stored));
    EXPECT_FALSE(password_matches("", stored));
    EXPECT_FALSE(password_matches("安委办-2023", "安委办-2023"));
    EXPECT_FALSE(password_matches("", ""));
    EXPECT_NE(stored, hash_password("安委办-2023", cheap)) << "every hash has a salt of its own";
}

TEST(Crypto, the_default_cost_is_written_into_the_hash) {
    EXPECT_NE(hash_password("x").find("m=19456,t=2,p=1"), std::string::npos);
}

TEST(Crypto, equal_means_the_same_bytes_and_the_same_length) {
    EXPECT_TRUE(equal_in_constant_time("", ""));
    EXPECT_TRUE(equal_in_constant_time(std::string("a\0b", 3), std::string("a\0b", 3)));
    EXPECT_FALSE(equal_in_constant_time(std::string("a\0b", 3), std::string("a\0c", 3)));
    EXPECT_FALSE(equal_in_constant_time("abc", "abcd"));
}

TEST(Crypto, bytes_of_every_length_come_back_from_their_text) {
    for (std::size_t size = 0; size < 70; ++size) {
        const std::string bytes = random_bytes(size);
        ASSERT_EQ(from_hex(hex(bytes)), bytes);
        ASSERT_EQ(from_base64url(base64url(bytes)), bytes);
    }
    EXPECT_EQ(base64url("foobar"), "Zm9vYmFy");
    EXPECT_EQ(base64url("\xff\xfe"), "__4");
}

TEST(Crypto, a_text_with_a_second_spelling_is_refused) {
    for (const char* text : {"Z", "Zg==", "Zh", "Zm9=", "Zm+v", "Zm9v\n", "Zm 9"}) EXPECT_FALSE(from_base64url(text)) << text;
    for (const char* text : {"f", "fg", "0x", " 0", "0g"}) EXPECT_FALSE(from_hex(text)) << text;
    EXPECT_EQ(from_hex("FFfe"), "\xff\xfe");
}

}  // namespace
}  // namespace anban::crypto
