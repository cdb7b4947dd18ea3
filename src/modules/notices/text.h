// A notice's text as it was read, and the same text made plain for reading: what layout added (blanks inside words, broken lines,
// page numbers, full-width figures, traditional forms) is gone, and each plain character knows its place in the original.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace anban::notices {

class Text {
public:
    // Any bytes: UTF-8, or GB18030 where they are no UTF-8. Never fails; what can not be read becomes U+FFFD.
    [[nodiscard]] static Text read(std::string_view bytes);

    [[nodiscard]] const std::u32string& raw() const { return raw_; }
    // ASCII figures, brackets and marks; one '\n' between paragraphs and none inside.
    [[nodiscard]] const std::u32string& plain() const { return plain_; }
    [[nodiscard]] std::size_t raw_at(std::size_t plain) const { return plain < at_.size() ? at_[plain] : raw_.size(); }
    // The original's code points that plain [from, to) stands for: no blanks at either end.
    [[nodiscard]] std::size_t raw_end(std::size_t to) const { return to == 0 ? 0 : raw_at(to - 1) + 1; }
    // The first plain character at or behind a place of the original.
    [[nodiscard]] std::size_t plain_at(std::size_t raw) const { return static_cast<std::size_t>(std::ranges::lower_bound(at_, raw) - at_.begin()); }
    // The original has white space here that the plain text left out.
    [[nodiscard]] bool blank_before(std::size_t plain) const { return plain > 0 && plain < at_.size() && at_[plain] > at_[plain - 1] + 1; }
    // A tab stood between this character and the one before.
    [[nodiscard]] bool tab_before(std::size_t plain) const {
        for (auto at = plain == 0 || plain >= at_.size() ? 0 : at_[plain - 1] + 1; at < raw_.size() && plain != 0 && at < at_[plain]; ++at)
            if (raw_[at] == U'\t') return true;
        return false;
    }
    [[nodiscard]] std::string words(std::size_t from, std::size_t to) const;  // of the plain text, UTF-8

private:
    void add_line(std::u32string_view written, std::size_t from, std::size_t& gap);
    std::u32string raw_, plain_;
    std::vector<std::size_t> at_;
    bool row_before_ = false;  // while reading: the line before was a row of a table
};

}  // namespace anban::notices
