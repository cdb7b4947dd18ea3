// Nothing classified may enter (H7, decisions.md 22). Text that carries a marking as papers carry it is blocked; the mere words
// are a warning that the user reads and passes. What is blocked is deleted by the caller: name, size, sender and rule remain.
// Reads txt, docx and xlsx; pdf, pictures and old doc/xls can not be read: `unreadable`, and the page says so.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "platform/files/file_type.h"

namespace anban::files {

struct MarkingVerdict {
    enum class Level { none, warn, block };
    Level level = Level::none;
    std::string rule;        // "star" 机密★1年 · "alone" 绝密 alone on its line · "head" in a page head or foot · "word" the mere word
    std::string where;       // "line 3", "paragraph 3", "head", "Sheet1!E7"
    bool unreadable = false; // a file type whose text nobody looked at
    friend bool operator==(const MarkingVerdict&, const MarkingVerdict&) = default;
};

enum class Place { body, head };  // head: page head or foot

// Typed text: narrative, items, cells of a ledger. The worst of its lines.
[[nodiscard]] MarkingVerdict check_markings(std::string_view utf8_text);
// One line by itself.
[[nodiscard]] MarkingVerdict check_line(std::string_view utf8_line, Place);

// A whole file in memory, or on disk. A docx or xlsx that can not be read is the refusal of platform/office.
[[nodiscard]] Result<MarkingVerdict> check_markings_of(std::string_view bytes, FileType);
[[nodiscard]] Result<MarkingVerdict> check_markings_of_file(const std::string& path, FileType);

}  // namespace anban::files
