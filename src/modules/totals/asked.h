// What a question about totals is about: whose reporters, of which duty, in which form. Inside this module.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/campaigns/campaign_forms.h"
#include "platform/api/work.h"

namespace anban::totals {

using FormPtr = std::shared_ptr<const forms::Form>;

struct Asked {
    std::string campaign_id, duty, part, slot, node;
    std::optional<Instant> as_of;

    [[nodiscard]] std::int64_t until() const { return as_of.value_or(Instant{INT64_MAX}).ms; }
};

// Which duty's filings lead to the node: the duty itself, or the collected one where the node receives that.
struct Level {
    campaigns::DutyVersion version;
    FormPtr form;
    std::vector<std::string> retired_columns, retired_rows;  // of the form, only in older versions
    std::optional<campaigns::DutyVersion> below;             // collected by the node's reporters
};

// The own organization where it receives, else the campaign's office.
[[nodiscard]] std::string default_node(View&, const std::string& campaign_id);

// Puts the duty that leads to the node into the question. Refused: totals.nothing_here, also outside the scope.
[[nodiscard]] Result<Level> level_of(View&, Asked&);

// Accepted tables that lead to a receiver, as they stand (or stood), each by who reports it; with an empty receiver all of the duty's,
// each by who receives it. Tens of thousands of rows: not a byte is read that is not used.
using TakeVector = std::function<void(std::string_view organization_id, std::string_view digest, std::string_view cells)>;
void each_vector(db::Connection&, const Asked&, const std::string& duty, const std::string& receiver, const TakeVector&);

}  // namespace anban::totals
