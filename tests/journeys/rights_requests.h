// Requests made from an endpoint's declaration: whatever it asks for, filled with the ids of one relation. They are as
// declared, and stale (version 999999) or dry wherever that can be said, so that asking does not change the world asked about.
#pragma once

#include <optional>
#include <string>

#include "platform/api/api.h"
#include "tests/journeys/rights_two_trees.h"

namespace anban::test {

struct Asked {
    http::Method method = http::Method::get;
    std::string target;  // path and query
    json::value body;    // null: none, or a file
    std::string file;
    friend bool operator==(const Asked&, const Asked&) = default;
};

// "POST /api/v1/filings/{id}/hand-in"
[[nodiscard]] std::string line_of(const api::Endpoint&);

[[nodiscard]] Asked request_for(const api::Endpoint&, const TwoTrees&, Relation);
[[nodiscard]] Answer send(Client&, const Asked&, const std::vector<std::pair<std::string, std::string>>& headers = {});

}  // namespace anban::test
