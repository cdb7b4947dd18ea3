// The parts with figures and rows: read, derived and checked by modules/forms. Inside this module only.
#pragma once

#include "modules/filings/content.h"

namespace anban::filings {

void examine_table(db::Connection&, const Filing&, const campaigns::PartDefinition&, const json::object& given, PartReport&, json::object& kept);
void examine_ledger(db::Connection&, const Filing&, const campaigns::PartDefinition&, const json::object& given, PartReport&, json::object& kept);

// Contradictions inside the tables, with last window, and with the ledgers of the same filing: after all parts are read.
void cross_check(db::Connection&, const Filing&, const std::vector<campaigns::PartDefinition>&, const json::object& parts, Examination&);

}  // namespace anban::filings
