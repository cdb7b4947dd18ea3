// What belongs to no module: is the server alive, its API file, its clock, its events, the journal's reading.
#pragma once

#include <functional>

#include "app/clock.h"
#include "platform/api/api.h"

namespace anban {

struct SystemDoors {
    MovableClock& clock;
    bool clock_moves = false;              // --business-time was given: training or replay
    std::function<void()> storage;         // throws when the database does not answer; what it is, is nobody's business
    std::function<void()> after_move;      // what the daily job would have done meanwhile
};

// GET /healthz, /readyz (neither names an engine nor a version), /api/v1/openapi.json; POST /api/v1/clock only when clock_moves, forwards only, at most 366 days
// at once (Right::clock_move: system_admin).
void add_system_routes(api::Api&, SystemDoors);

// GET /api/v1/journal: newest first, keyset pages, behind Right::journal_read. Lines about things of a campaign are seen by who sees
// the thing; others by whose structure scope holds the organization. auditor: all. security_auditor: the admins' and the operator's
// deeds, and accounts, sessions and refused rights of everybody; no business. Nobody reads of another organization's drafts and of
// attachments that it has not handed in.
void add_journal_routes(api::Api&);

}  // namespace anban
