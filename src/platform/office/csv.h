// Writes csv that Excel and WPS open as UTF-8 and that runs nothing: text beginning with = + - @ tab CR (also full-width), or with
// an apostrophe, gets a leading apostrophe; unguard() takes exactly that one away again. threats D3.
#pragma once

#include <string>
#include <string_view>

namespace anban::office::csv {

inline constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";  // first bytes of the file: without it Excel reads GB18030

[[nodiscard]] std::string guard(std::string_view text);
[[nodiscard]] std::string unguard(std::string_view cell);

// One line, built cell by cell, ended with CR LF.
class Line {
public:
    Line& text(std::string_view);            // guarded and quoted
    Line& number(std::string_view decimal);  // ours, as it is: "-5" stays a number
    [[nodiscard]] std::string end();  // once

private:
    void cell(std::string_view);
    std::string line_;
    bool first_ = true;
};

}  // namespace anban::office::csv
