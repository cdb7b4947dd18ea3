// Turns what steers a reader's terminal or eye into something that can be seen.
#include <array>
#include <cstdio>

#include "platform/log/log.h"

namespace anban::log {
namespace {

struct Decoded {
    char32_t point;
    std::size_t size;  // 0: not UTF-8
};

// Shortest form only, no surrogates, nothing past U+10FFFF.
Decoded decode(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80) return {lead, 1};
    const std::size_t size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < size) return {0, 0};
    char32_t point = lead & (0xffu >> (size + 1));
    for (std::size_t i = 1; i < size; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return {0, 0};
        point = (point << 6) | (byte(i) & 0x3fu);
    }
    constexpr std::array<char32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (point < least[size] || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) return {0, 0};
    return {point, size};
}

// Invisible marks that change order, break lines, or hide: Unicode's Bidi_Control, line separators, zero widths, tags.
bool steers(char32_t p) {
    return (p >= 0x80 && p < 0xa0) || p == 0xad || p == 0x61c || p == 0x180e || (p >= 0x200b && p <= 0x200f) ||
           (p >= 0x2028 && p <= 0x202e) || (p >= 0x2060 && p <= 0x206f) || p == 0xfeff || (p >= 0xfff9 && p <= 0xfffb) ||
           (p >= 0xe0000 && p <= 0xe007f);
}

void append_picture(std::string& out, char32_t control) {  // U+2400 block: ␀ … ␟, ␡
    const char32_t picture = control == 0x7f ? 0x2421 : 0x2400 + control;
    out += static_cast<char>(0xe2);
    out += static_cast<char>(0x80 | ((picture >> 6) & 0x3f));
    out += static_cast<char>(0x80 | (picture & 0x3f));
}

void append_named(std::string& out, char32_t point) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "<U+%04X>", static_cast<unsigned>(point));
    out += name.data();
}

}  // namespace

std::string visible(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto [point, size] = decode(text);
        if (size == 0) out += "\xef\xbf\xbd";
        else if (point < 0x20 || point == 0x7f) append_picture(out, point);
        else if (steers(point)) append_named(out, point);
        else out += text.substr(0, size);
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

}  // namespace anban::log
