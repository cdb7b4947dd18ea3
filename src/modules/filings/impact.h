// What hangs on organizations that are about to change: their open filings, by name.
#pragma once

#include "modules/organizations/organizations.h"

namespace anban::filings {

// `open_filings`: filings still to be handed in or under review whose due (or window's end) lies on or after the day.
class OpenFilings final : public organizations::Impact {
public:
    [[nodiscard]] std::vector<organizations::Touched> of(db::Connection&, const std::vector<std::string>& organization_ids,
                                                         CivilDate from) const override;
    // Issues what is owed from now on, and releases what is not.
    void follow(Work&) const override;
};

}  // namespace anban::filings
