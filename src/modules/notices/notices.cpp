#include "modules/notices/notices.h"

#include <algorithm>

#include "core/utf8.h"
#include "modules/notices/duties.h"

namespace anban::notices {

std::string text_as_read(std::string_view bytes) {
    auto raw = Text::read(bytes).raw();
    std::ranges::replace(raw, U'\0', U'\uFFFD');  // no database keeps it
    return utf8::encode(raw);
}

Extract extract(std::string_view bytes, const std::optional<std::string>& issued) {
    const auto text = Text::read(bytes);
    auto structure = structure_of(text);
    if (const auto day = issued ? parse_date(*issued) : std::nullopt; day && !structure.issued) {
        const auto ymd = to_ymd(*day);
        structure.issued = Day{ymd.year, ymd.month, ymd.day};
        structure.year = ymd.year;
    }
    auto duties = duties_of(text, structure);
    Extract out;
    out.title = utf8::encode(structure.title);
    out.doc_number = utf8::encode(structure.number);
    out.issuer = utf8::encode(structure.issuer);
    out.addressees = utf8::encode(structure.addressees);
    if (structure.issued)
        if (const auto date = date_of(*structure.issued)) out.issue_date = format_date(*date);
    for (auto* list : {&duties.owed, &duties.office})
        for (auto& duty : *list) duty.quote = utf8::encode(std::u32string_view(text.raw()).substr(static_cast<std::size_t>(duty.from), static_cast<std::size_t>(duty.to - duty.from)));
    out.duties = std::move(duties.owed);
    out.office_will = std::move(duties.office);
    return out;
}

}  // namespace anban::notices
