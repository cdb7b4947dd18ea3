#include "core/utf8.h"

#include <cstdint>

namespace anban::utf8 {
namespace {

// Length of the valid sequence at the front, 0 when there is none.
std::size_t front(std::string_view text, char32_t& code) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned lead = byte(0);
    if (lead < 0x80) return code = lead, 1;
    const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || text.size() < length) return 0;
    code = lead & (0x7f >> length);
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(i) & 0xc0) != 0x80) return 0;
        code = code << 6 | (byte(i) & 0x3f);
    }
    constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
    const bool surrogate = code >= 0xd800 && code <= 0xdfff;
    return code < smallest[length] || code > 0x10ffff || surrogate ? 0 : length;
}

}  // namespace

bool valid(std::string_view text) {
    char32_t code = 0;
    while (!text.empty()) {
        const auto length = front(text, code);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::u32string decode(std::string_view text) {
    std::u32string out;
    out.reserve(text.size());
    char32_t code = 0;
    while (!text.empty()) {
        const auto length = front(text, code);
        out += length == 0 ? U'\xfffd' : code;
        text.remove_prefix(length == 0 ? 1 : length);
    }
    return out;
}

void append(std::string& out, char32_t code) {
    const auto tail = [&](int shift) { out += static_cast<char>(0x80 | (code >> shift & 0x3f)); };
    if (code < 0x80) { out += static_cast<char>(code); return; }
    if (code < 0x800) { out += static_cast<char>(0xc0 | code >> 6); tail(0); return; }
    if (code < 0x10000) { out += static_cast<char>(0xe0 | code >> 12); tail(6); tail(0); return; }
    out += static_cast<char>(0xf0 | code >> 18);
    tail(12);
    tail(6);
    tail(0);
}

std::string encode(std::u32string_view codes) {
    std::string out;
    out.reserve(codes.size() * 3);
    for (const auto code : codes) append(out, code);
    return out;
}

bool is_blank(char32_t c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0xa0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200f) || c == 0x202f || c == 0x205f ||
           c == 0x2060 || c == 0xfeff || c == 0xad || (c >= 0xfe00 && c <= 0xfe0f);
}

char32_t half_width(char32_t c) {
    if (c == 0x3000) return ' ';
    return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c;
}

}  // namespace anban::utf8
