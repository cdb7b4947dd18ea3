// Where cells come from that nobody needs to type again: the last window of the same duty, and the level below.
#pragma once

#include "modules/filings/content.h"

namespace anban::filings {

// The window before, as it was accepted, else as it was handed in last; empty when there is none.
[[nodiscard]] forms::Cells last_window(db::Connection&, const Filing&, const std::string& part, const forms::Form&);

// Sum of the accepted tables of the units that file the collected duty to this organization in the same slot; empty: none.
[[nodiscard]] forms::Cells lower_level(db::Connection&, const Filing&, const std::string& part, const forms::Form&);

// The units below whose filing of this slot is not accepted yet: named gaps, a fact of the submission. They never block.
struct BelowLine {
    std::string organization_id;
    std::string organization;
    State state = State::expected;
};
BOOST_DESCRIBE_STRUCT(BelowLine, (), (organization_id, organization, state))
[[nodiscard]] std::vector<BelowLine> not_accepted_below(db::Connection&, const Filing&);

// Values by cell name, as a submission stores them, in the order of a form: names that the form does not know are left out.
[[nodiscard]] forms::Cells cells_of(const forms::Form&, const json::object& values);

}  // namespace anban::filings
