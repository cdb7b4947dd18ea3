// The table notices. Inside this module.
#pragma once

#include "modules/drafts/desk.h"

namespace anban::drafts::store {

// What is kept as JSON: what was read, or what became of it.
struct Content {
    notices::Extract extract;
    std::optional<std::string> issued, period_from, period_to;
    std::vector<NamedUnit> names;
};
BOOST_DESCRIBE_STRUCT(Content, (), (extract, issued, period_from, period_to, names))

struct Stored {
    std::string id, organization_id, name, text;
    Content content;
    NoticeState state = NoticeState::draft;
    std::optional<std::string> campaign_id;
    std::int64_t version = 0;
};

// Of the organization's own; nothing for another's.
[[nodiscard]] std::optional<Stored> find(db::Connection&, const std::string& organization_id, const std::string& id);
void add(Work&, const Stored&);
// Content, state and campaign; false when somebody was quicker. The version rises by one.
[[nodiscard]] bool change(Work&, const Stored&);
[[nodiscard]] bool remove(Work&, const Stored&);

}  // namespace anban::drafts::store
