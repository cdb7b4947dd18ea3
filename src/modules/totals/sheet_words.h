// What both spreadsheets say in the same way. Inside this module.
#pragma once

#include <string>

#include "core/codec.h"
#include "modules/totals/matrix.h"
#include "platform/messages/messages.h"
#include "platform/office/xlsx_writer.h"

namespace anban::totals::sheets {

using office::Style;
using office::XlsxWriter;
using Align = Style::Align;

inline std::string say(const std::string& key, const Params& params = {}) { return messages::sentence(messages::Language::zh, key, params); }
inline std::string say(Reading reading) { return say("reading." + std::string(codec::enum_name(reading))); }

// 2023-03-16 17:00
inline std::string minute(Instant at) {
    auto text = format_instant(at).substr(0, 16);
    text[10] = ' ';
    return text;
}

inline Style head() { return {.bold = true, .wrap = true, .align = Align::center, .fill = 0xEFEFEF}; }
inline Style plain(Align align = Align::left) { return {.wrap = align == Align::left, .align = align}; }
inline Style loose(Align align = Align::left) { return {.border = false, .align = align}; }
inline Style figure(int decimals = 0) { return {.align = Align::right, .decimals = decimals}; }

inline void title(XlsxWriter& writer, int last_column, const std::string& text) {
    writer.merge(0, 0, 0, last_column, text, {.bold = true, .border = false, .align = Align::center, .size = 16});
    writer.height(0, 30);
}

struct Foot {
    std::string person;  // as shown: the post
    Instant now;
    std::optional<Instant> as_of;
};
inline void foot(XlsxWriter& writer, int row, const Foot& told) {
    writer.text(row, 0, say("sheet.written", {{"person", told.person}, {"at", minute(told.now)}}), loose());
    if (told.as_of) writer.text(row + 1, 0, say("sheet.as_of", {{"at", minute(*told.as_of)}}), loose());
}

// "12", "12.50" as a number; "—", "nil" as words; nothing stays nothing.
inline void value(XlsxWriter& writer, int row, int column, const std::string& text, int decimals) {
    if (text.empty()) return writer.blank(row, column, figure(decimals));
    if (text == "nil") return writer.text(row, column, say("sheet.nil"), figure(decimals));
    if (text == "—") return writer.text(row, column, text, figure(decimals));
    writer.number(row, column, text, figure(decimals));
}

}  // namespace anban::totals::sheets
