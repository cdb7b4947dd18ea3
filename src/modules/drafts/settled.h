// Whether it is settled which organization a unit of a draft is. Inside this module.
#pragma once

#include "modules/drafts/draft.h"
#include "platform/db/database.h"

namespace anban::drafts {

enum class Settled {
    known,    // an open organization bears the name
    closed,   // only one that is closed does
    new_one,  // none: publishing opens it, the divisions or a person gave the name
    left_out, // a person said that it is not asked
    open,     // the words name nobody
};
[[nodiscard]] Settled settled_as(db::Connection&, const AskedUnit&);

}  // namespace anban::drafts
