// What may happen to an item. Values in, verdict out.
#pragma once

#include "core/actor.h"
#include "modules/items/items.h"

namespace anban::items::rules {

BOOST_DEFINE_ENUM_CLASS(Deed, write, hand_in, withdraw, return_for_correction, undo_return)

// Where the deed leads; conflict "item.deed_not_now" where the diagram in items.h has no arrow.
[[nodiscard]] Result<State> next(State, Deed);

// What a form asks of one item.
struct Form {
    std::vector<std::string> categories;  // empty: none asked
    std::int64_t pictures_min = 0;
};

// Every place at once: title, text, category, pictures, markings (H7), a day that lies ahead. Handing in asks for all of it,
// a draft only for what can never be right.
[[nodiscard]] Verdict refuse_content(const Item&, const Form&, bool handing_in, CivilDate today);

}  // namespace anban::items::rules
