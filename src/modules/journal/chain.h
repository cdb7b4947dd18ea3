// The chain itself: what a line's hash covers, and the check of a whole chain. Pure; the same for writing and verifying.
#pragma once

#include <cstdint>
#include <string>

#include "core/codec.h"
#include "core/time.h"

namespace anban::journal {

struct Line {
    std::string writer;
    std::int64_t number = 0;
    Instant at;
    Instant real_at;
    std::string person_id;
    std::string actor_name;
    std::string organization_id;
    std::string role;
    std::string address;
    std::string request_id;
    std::string deed;
    std::string object_kind;
    std::string object_id;
    std::string object_organization_id;
    std::string outcome;
    std::string detail;  // canonical JSON
    std::string hash;    // 64 hexadecimal digits
};

struct Link {
    std::int64_t number = 0;
    std::string hash;    // '' before the first line
};

// SM3 over the previous hash and every field of the line but its own hash, each with its length before it, so that no two
// different lines give the same bytes.
[[nodiscard]] std::string hash_of(const std::string& previous, const Line&);

}  // namespace anban::journal
