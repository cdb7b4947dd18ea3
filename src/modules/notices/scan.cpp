#include "modules/notices/scan.h"

namespace anban::notices {
namespace {

int digit_of(char32_t c) {
    constexpr std::u32string_view digits = U"〇一二三四五六七八九";
    if (c == U'零' || c == U'○' || c == U'Ｏ') return 0;
    if (c == U'两') return 2;
    const auto at = digits.find(c);
    return at == digits.npos ? -1 : static_cast<int>(at);
}

int tens_of(char32_t c) { return c == U'十' ? 10 : c == U'廿' ? 20 : c == U'卅' ? 30 : c == U'百' ? 100 : 0; }

// By places (一百二十三, 二十五) where a ten or a hundred is written, else figure by figure.
std::optional<int> chinese(std::u32string_view text) {
    int value = 0, last = -1;
    const bool places = std::any_of(text.begin(), text.end(), [](char32_t c) { return tens_of(c) > 0; });
    for (const char32_t c : text) {
        const int digit = digit_of(c), tens = tens_of(c);
        if (digit >= 0) {
            value = places ? value : value * 10 + digit;
            last = digit;
        } else {
            value += tens * (tens == 20 || tens == 30 ? 1 : last > 0 ? last : 1);
            last = -1;
        }
    }
    if (places && last > 0) value += last;
    return text.size() > 1 && !places && text.size() != 4 ? std::nullopt : std::optional(value);  // 三四 is no number
}

bool is_figure(char32_t c) { return c >= U'0' && c <= U'9'; }

}  // namespace

bool Scan::sees_any(Words words) const {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return sees(word); });
}

bool Scan::take(std::u32string_view word) {
    if (!sees(word)) return false;
    at_ += word.size();
    return true;
}

bool Scan::take_any(Words words) {
    std::size_t longest = 0;
    for (const auto word : words)
        if (word.size() > longest && sees(word)) longest = word.size();
    at_ += longest;
    return longest > 0;
}

std::u32string_view Scan::figures() {
    constexpr std::size_t kMost = 16;  // more are no day, hour or number of anything
    std::size_t n = 0;
    while (n < kMost && is_figure(next(n))) ++n;
    const auto out = text_.substr(std::min(at_, text_.size()), n);
    at_ += n;
    return out;
}

// 25, 二十五, 廿五, 一百二十, 二〇二三.
std::optional<Number> Scan::number() {
    if (is_figure(next())) {
        const auto written = figures();
        if (written.size() > 9) return at_ -= written.size(), std::nullopt;
        int value = 0;
        for (const char32_t c : written) value = value * 10 + static_cast<int>(c - U'0');
        return Number{value, written.size()};
    }
    std::size_t n = 0;
    while (n < 9 && (digit_of(next(n)) >= 0 || tens_of(next(n)) > 0)) ++n;
    const auto written = text_.substr(std::min(at_, text_.size()), n);
    const auto value = n == 0 ? std::nullopt : chinese(written);
    if (!value) return std::nullopt;
    at_ += n;
    return Number{*value, 0};
}

Lexicon::Lexicon(Words words) {
    for (const auto word : words) {
        by_first_[word.front() & 255].push_back(word);
        by_last_[word.back() & 255].push_back(word);
    }
}

std::u32string_view Lexicon::longest_at(std::u32string_view text, std::size_t at) const {
    std::u32string_view longest;
    if (at >= text.size()) return longest;
    for (const auto word : by_first_[text[at] & 255])
        if (word.size() > longest.size() && text.substr(at, word.size()) == word) longest = word;
    return longest;
}

bool Lexicon::ends(std::u32string_view text) const {
    return !text.empty() && std::ranges::any_of(by_last_[text.back() & 255], [&](auto word) { return text.ends_with(word); });
}

bool ends_with_any(std::u32string_view text, Words words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.ends_with(word); });
}

bool starts_with_any(std::u32string_view text, Words words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.starts_with(word); });
}

bool contains_any(std::u32string_view text, Words words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return text.find(word) != text.npos; });
}

}  // namespace anban::notices
