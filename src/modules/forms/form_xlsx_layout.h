// Where things stand on the paper of a form; shared by writing and reading. Private to modules/forms.
#pragma once

#include <string>
#include <string_view>

#include "modules/forms/form_xlsx.h"

namespace anban::forms {

inline constexpr std::string_view stamp_sheet = "_anban";
inline constexpr std::string_view units_title = "计量单位";
inline constexpr std::string_view numbers_title = "栏次";

// Rows and columns from 0, as they are written.
struct TableLayout {
    int first_column = 0;   // of the figures: 1 where rows have titles
    int subtitle = -1, lines = 0, head = 0, units = 0, numbers = 0, first_row = 0, foot = 0, last_column = 0;
    explicit TableLayout(const Form& form) {
        first_column = form.shows_row_titles() ? 1 : 0;
        last_column = first_column + static_cast<int>(form.columns.size()) - 1;
        int row = 1;
        if (!form.subtitle.empty()) subtitle = row++;
        lines = row++;
        head = row;
        units = head + form.head_rows;
        numbers = units + 1;
        first_row = numbers + 1;
        foot = first_row + static_cast<int>(form.rows.size());
    }
};

// Titles are compared without blanks, in narrow signs: "检查 单位（家）" is "检查单位(家)".
[[nodiscard]] std::string plain_title(std::string_view);

}  // namespace anban::forms
