// Reading every chain from its first line and comparing with the signed heads outside the database (threats E1).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "modules/journal/chain.h"
#include "platform/db/database.h"

namespace anban::journal {

struct Finding {
    std::string writer;
    std::int64_t number = 0;  // the first bad line of that chain
    std::string key;          // message key: journal.line_changed, journal.line_missing, journal.cut_off, journal.head_forged
};

struct Verified {
    std::int64_t lines = 0;
    std::vector<Finding> findings;  // empty: whole
};

// heads: what was signed last, by writer; empty where no signature was kept yet.
[[nodiscard]] Verified verify(db::Connection&, const std::map<std::string, Link>& heads);

// The heads as they stand now, for signing.
[[nodiscard]] std::map<std::string, Link> read_heads(db::Connection&);

// The file of signed heads: one line "writer number hash tag" each, HMAC-SM3 with a key that is kept apart. Written whole to a
// temporary name, synced, renamed. Reading gives a finding for a tag that does not fit.
void write_signed_heads(const std::string& file, const std::string& key, const std::map<std::string, Link>& heads);
struct SignedHeads {
    std::map<std::string, Link> heads;
    std::vector<Finding> findings;
};
[[nodiscard]] SignedHeads read_signed_heads(const std::string& file, const std::string& key);

}  // namespace anban::journal
