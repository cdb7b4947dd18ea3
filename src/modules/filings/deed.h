// What all deeds share: take the filing or the route in hand, then carry the deed out. Inside this module only.
#pragma once

#include <string_view>

#include "modules/filings/filings.h"
#include "modules/filings/store.h"

namespace anban::filings {

// On which side of the route the actor sits.
[[nodiscard]] Seat seat_of(const Actor&, const Route&);

// Whether the actor may know of this filing: the own scope, or a receiver of one of its routes.
[[nodiscard]] bool may_see(db::Connection&, const Actor&, const Filing&, std::string_view receiver_id);
[[nodiscard]] bool may_see(db::Connection&, const Actor&, const Route&);

[[nodiscard]] Refusal unknown_filing();
[[nodiscard]] Refusal changed_meanwhile(const Situation&, std::int64_t version);

// The route held for this transaction, after scope, seat and version were asked.
[[nodiscard]] Result<Route> take_route(Work&, std::string_view route_id, std::int64_t version, Deed);

// Likewise a filing, for the filer's deeds. Without a version: autosave, which has the draft's own.
[[nodiscard]] Result<Filing> take_filing(Work&, std::string_view filing_id, std::optional<std::int64_t> version, Deed);

// Moves the route where the table says, with its event. The caller has set what else the deed changes on the route.
[[nodiscard]] Verdict carry_out(Work&, Route&, Deed, const Said& = {}, State before_excuse = State::expected);

// What an excused or not applicable route was before.
[[nodiscard]] State state_before_release(db::Connection&, const Route&);

// The one journal line of a deed on one route.
void note(Work&, const Route&, State from, Deed, const Said&);
[[nodiscard]] std::string_view journal_word(Deed);

[[nodiscard]] RouteNow now_of(db::Connection&, const Route&);

}  // namespace anban::filings
