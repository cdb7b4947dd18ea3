// A place in a plain text and what can be taken there. Taking moves on; a failed taking moves nothing.
#pragma once

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <vector>

namespace anban::notices {

using Words = std::initializer_list<std::u32string_view>;

struct Number {
    int value = 0;
    std::size_t digits = 0;  // ASCII figures written; 0 for Chinese numerals
};

class Scan {
public:
    Scan(std::u32string_view text, std::size_t at) : text_(text), at_(at) {}
    [[nodiscard]] std::size_t at() const { return at_; }
    void go(std::size_t at) { at_ = at; }
    [[nodiscard]] bool done() const { return at_ >= text_.size(); }
    [[nodiscard]] char32_t next(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : U'\0'; }
    [[nodiscard]] bool sees(std::u32string_view word) const { return text_.substr(std::min(at_, text_.size()), word.size()) == word; }
    [[nodiscard]] bool sees_any(Words words) const;
    bool take(std::u32string_view word);
    bool take_any(Words words);  // the longest
    std::optional<Number> number();  // 25, 二十五, 廿五, 两
    std::u32string_view figures();   // the ASCII figures here, maybe none
    [[nodiscard]] std::u32string_view text() const { return text_; }

private:
    std::u32string_view text_;
    std::size_t at_;
};

// A closed class of words, found by their first or last character.
class Lexicon {
public:
    Lexicon(Words words);
    [[nodiscard]] std::u32string_view longest_at(std::u32string_view text, std::size_t at) const;  // empty: none of them
    [[nodiscard]] bool begins(std::u32string_view text) const { return !longest_at(text, 0).empty(); }
    [[nodiscard]] bool ends(std::u32string_view text) const;

private:
    using Shelf = std::array<std::vector<std::u32string_view>, 256>;
    Shelf by_first_, by_last_;
};

[[nodiscard]] bool ends_with_any(std::u32string_view text, Words words);
[[nodiscard]] bool starts_with_any(std::u32string_view text, Words words);
[[nodiscard]] bool contains_any(std::u32string_view text, Words words);

}  // namespace anban::notices
