#include "platform/http/query.h"

#include <algorithm>
#include <cstdint>

namespace anban::http {

namespace {

constexpr std::size_t most_pairs = 200;

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// How many bytes the character takes that begins with this byte; 0: none begins so.
std::size_t utf8_length(unsigned char first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

// The second byte alone tells over-long forms, surrogates and what lies past U+10FFFF.
bool fits_second(unsigned char first, unsigned char second) {
    const unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return second >= low && second <= high;
}

std::optional<std::string> decode_form(std::string_view text) {
    std::string spaced(text);
    std::replace(spaced.begin(), spaced.end(), '+', ' ');
    auto out = percent_decode(spaced);
    if (!out || !is_utf8(*out) || out->find('\0') != std::string::npos) return std::nullopt;
    return out;
}

std::string_view take_until(std::string_view& rest, char separator) {
    const auto at = rest.find(separator);
    const auto part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return part;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

bool is_utf8(std::string_view text) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    for (std::size_t i = 0; i < text.size();) {
        const auto length = utf8_length(at(i));
        if (length == 0 || text.size() - i < length) return false;
        if (length > 1 && !fits_second(at(i), at(i + 1))) return false;
        for (std::size_t k = 2; k < length; ++k)
            if ((at(i + k) & 0xC0) != 0x80) return false;
        i += length;
    }
    return true;
}

std::optional<std::string> percent_decode(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') { out += text[i]; continue; }
        if (text.size() - i < 3) return std::nullopt;
        const int high = hex_value(text[i + 1]), low = hex_value(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

std::string percent_encode(std::string_view text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           c == '-' || c == '.' || c == '_' || c == '~';
        if (plain) { out += c; continue; }
        const auto byte = static_cast<unsigned char>(c);
        out += {'%', digits[byte >> 4], digits[byte & 15]};
    }
    return out;
}

std::optional<Pairs> parse_query(std::string_view raw) {
    Pairs pairs;
    while (!raw.empty()) {
        auto value = take_until(raw, '&');
        if (value.empty()) continue;
        auto name = decode_form(take_until(value, '='));
        auto decoded = decode_form(value);
        if (!name || name->empty() || !decoded || pairs.size() == most_pairs) return std::nullopt;
        for (const auto& pair : pairs)
            if (pair.first == *name) return std::nullopt;
        pairs.emplace_back(std::move(*name), std::move(*decoded));
    }
    return pairs;
}

std::optional<std::string> find_cookie(std::string_view header, std::string_view name) {
    std::optional<std::string> found;
    while (!header.empty()) {
        auto value = take_until(header, ';');
        if (trim(take_until(value, '=')) != name) continue;
        if (found) return std::nullopt;
        found = std::string(trim(value));
    }
    return found;
}

}  // namespace anban::http
