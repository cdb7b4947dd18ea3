// Every statement on items and item_pictures.
#pragma once

#include "modules/items/items.h"

namespace anban::items::store {

[[nodiscard]] std::optional<Item> find(db::Connection&, std::string_view id);
void hold(db::Connection&, std::string_view id);
[[nodiscard]] std::string handed_in_by(db::Connection&, std::string_view id);  // the person, '' when nobody did
void add(Work&, const Item&);
// False when somebody was quicker than `item.version - 1`.
[[nodiscard]] bool change(Work&, const Item&);
void set_pictures(Work&, const Item&);

// "2023-03" as the first and last instant of that month in Beijing; nullopt when it is no month.
struct Span { Instant from; Instant to; };
[[nodiscard]] std::optional<Span> month_span(std::string_view month);
[[nodiscard]] std::string month_of(Instant);

// Holds one unit's quota still until the transaction ends, so that two at once never both take the last place.
void lock_quota(Work&, const std::string& campaign_id, const std::string& duty, const std::string& organization_id, std::string_view month);

}  // namespace anban::items::store
