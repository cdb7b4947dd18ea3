// The journal: who did what, when, from where, before and after. Written in the deed's own transaction, chained by SM3 for
// each writer; the heads are signed to a file outside the database once a second (decisions.md 16).
#pragma once

#include <string>
#include <string_view>

#include "core/codec.h"
#include "platform/api/work.h"

namespace anban::journal {

struct Object {
    std::string kind;             // "filing"
    std::string id;
    std::string organization_id;  // whose object it is: decides who may read the line; '' for none
};

// One line for a deed that was done. detail holds what changed, {"before": …, "after": …} or what is worth knowing; never
// passwords, tokens, or full numbers of people.
void record(Work&, std::string_view deed, const Object&, json::object detail = {});

// One line for a deed that was refused and is worth remembering (sign-ins, blocked uploads, rights).
void record_refused(Work&, std::string_view deed, const Object&, std::string_view key, json::object detail = {});

}  // namespace anban::journal
