// What issuing reads and writes in bulk. Inside this module only.
#pragma once

#include <map>

#include "modules/filings/store.h"

namespace anban::filings::store {

struct Life {
    std::string name;
    CivilDate opened_on;
    std::optional<CivilDate> closed_on;  // first day on which it is no longer open
};

struct Issued {
    std::string route_id;
    std::string filing_id;
    std::string duty;
    std::string organization_id;
    std::string receiver_id;
    std::string slot;
    CivilDate window_to;
    std::optional<Instant> due_at;
    State state = State::expected;
    bool received = false;  // ever
    std::string applies;    // of the filing: owed, not_applicable
    std::string duty_version_id;
    bool extended = false;  // the receiver moved the due: a pack does not move it back
};

[[nodiscard]] std::map<std::string, Life> lives_of(db::Connection&, std::string_view campaign_id);  // of its reporters
[[nodiscard]] std::vector<std::string> duties_with_filings(db::Connection&, std::string_view campaign_id);
[[nodiscard]] std::vector<Issued> issued(db::Connection&, std::string_view campaign_id, std::string_view duty);

// Both only while nothing was handed in; the number of rows changed.
[[nodiscard]] std::int64_t follow_version(db::Connection&, std::string_view filing_id, std::string_view duty_version_id,
                                          CivilDate window_from, CivilDate window_to);
[[nodiscard]] std::int64_t freeze_due(db::Connection&, std::string_view route_id, const std::optional<Instant>& due, bool has_hour);

// From when on a duty could be known: the day of the notice, or when it was first published, whichever came later.
[[nodiscard]] Instant known_from(db::Connection&, std::string_view campaign_id, std::string_view duty);

// The first day of its period.
[[nodiscard]] CivilDate campaign_begins(db::Connection&, std::string_view campaign_id);

// Filings on event that the organization began on that day. Others of it that begin one wait until this transaction ends.
[[nodiscard]] std::int64_t begun_on(db::Connection&, std::string_view campaign_id, std::string_view duty, std::string_view organization_id, CivilDate);

void set_applies(db::Connection&, std::string_view filing_id, std::string_view applies, std::string_view reason);

}  // namespace anban::filings::store
