#include "platform/http/names.h"

#include <algorithm>
#include <array>

#include "platform/http/query.h"

namespace anban::http {

namespace {

constexpr std::size_t name_limit = 180;
constexpr std::size_t extension_limit = 12;

std::size_t character_size(char first) {
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

// Marks that turn or hide the text around them: "cod.exe" shown as "exe.doc".
bool is_deceptive(std::string_view character) {
    constexpr std::array<std::string_view, 14> marks = {
        "\u200B", "\u200E", "\u200F", "\u202A", "\u202B", "\u202C", "\u202D", "\u202E", "\u2028", "\u2029", "\u2066", "\u2067", "\u2068", "\u2069"};
    return std::find(marks.begin(), marks.end(), character) != marks.end() || character == "\uFEFF" ||
           (character.size() == 2 && character[0] == '\xC2' && static_cast<unsigned char>(character[1]) < 0xA0);  // C1 controls
}

bool is_safe(std::string_view character) {
    if (character.size() > 1) return !is_deceptive(character);
    const char c = character[0];
    return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && std::string_view("/\\:*?\"<>|").find(c) == std::string_view::npos;
}

std::string replace_unsafe(std::string_view name) {
    std::string out;
    while (!name.empty()) {
        const auto size = std::min(character_size(name.front()), name.size());
        const auto character = name.substr(0, size);
        const bool whole = is_utf8(character);
        if (whole && is_safe(character)) out += character;
        else out += '_';
        name.remove_prefix(whole ? size : 1);
    }
    return out;
}

std::string trim_ends(std::string name) {
    const auto first = name.find_first_not_of(". ");
    if (first == std::string::npos) return {};
    return name.substr(first, name.find_last_not_of(". ") - first + 1);
}

std::string shorten(const std::string& name) {
    if (name.size() <= name_limit) return name;
    const auto dot = name.rfind('.');
    const bool has_extension = dot != std::string::npos && name.size() - dot <= extension_limit;
    const auto extension = has_extension ? name.substr(dot) : std::string();
    auto stem = name.substr(0, name_limit - extension.size());
    while (!is_utf8(stem)) stem.pop_back();
    return stem + extension;
}

bool is_device(std::string_view name) {
    std::string stem(name.substr(0, name.find('.')));
    for (char& c : stem)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (stem.size() == 4 && (stem.starts_with("COM") || stem.starts_with("LPT"))) return stem[3] >= '0' && stem[3] <= '9';
    return stem == "CON" || stem == "PRN" || stem == "AUX" || stem == "NUL";
}

std::string ascii_form(std::string_view name) {
    std::string out;
    while (!name.empty()) {
        const auto size = std::min(character_size(name.front()), name.size());
        // '%' is decoded by some readers of the plain form
        if (size == 1 && name.front() != '%') out += name.front();
        else out += '_';
        name.remove_prefix(size);
    }
    return out;
}

}  // namespace

std::string clean_name(std::string_view name) {
    auto out = shorten(trim_ends(replace_unsafe(name)));
    if (out.empty()) return "download";
    if (is_device(out)) return '_' + out;
    return out;
}

std::string content_disposition(std::string_view name) {
    const auto clean = clean_name(name);
    return "attachment; filename=\"" + ascii_form(clean) + "\"; filename*=UTF-8''" + percent_encode(clean);
}

}  // namespace anban::http
