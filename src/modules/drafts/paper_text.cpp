#include "modules/drafts/paper_text.h"

#include <algorithm>
#include <cctype>

#include "platform/files/file_type.h"
#include "platform/office/docx_text.h"
#include "platform/office/foreign_text.h"
#include "platform/office/xlsx_reader.h"

namespace anban::drafts {
namespace {

constexpr std::size_t kLargest = 1024 * 1024;

Refusal too_large(const std::string& name) { return {Code::too_large, "notice.too_large", {{"file", name}}, {}, {}}; }

// A page of the web, or a part of one: pasted texts do not begin with a tag.
bool is_html(std::string_view bytes) {
    const auto at = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (at == std::string_view::npos || bytes[at] != '<') return false;
    std::string head(bytes.substr(at, 4096));
    std::ranges::transform(head, head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return std::ranges::any_of(std::initializer_list<std::string_view>{"<!doctype html", "<html", "<head", "<body", "<div", "<p>", "<p ", "<table"},
                               [&](std::string_view tag) { return head.find(tag) != std::string::npos; });
}

Result<std::string> lines_of(const std::string& name, std::string_view bytes) {
    const auto book = office::XlsxReader::open(bytes);
    if (!book) return book.refusal();
    std::string out;
    for (std::size_t sheet = 0; sheet < book->sheets().size() && out.size() <= kLargest; ++sheet) {
        const auto read = book->read(sheet, [&](const office::Row& row) {
            std::string line;
            for (const auto& cell : row.cells)
                if (!cell.text.empty()) line += (line.empty() ? "" : "\t") + cell.text;
            if (!line.empty()) out += line + '\n';
            return out.size() <= kLargest;
        });
        if (!read) return read.refusal();
    }
    if (out.size() > kLargest) return too_large(name);
    return out;
}

}  // namespace

Result<std::string> text_of_paper(const std::string& name, std::string_view bytes) {
    if (bytes.empty()) return Refusal{Code::invalid, "notice.empty", {}, {}, {}};
    const auto type = files::sniff(bytes);
    if (type == files::FileType::xlsx) return lines_of(name, bytes);
    if (office::is_zip(bytes)) return office::docx_text(bytes, kLargest);
    if (type == files::FileType::pdf) return office::foreign_text(bytes, office::Foreign::pdf, kLargest);
    if (type == files::FileType::word) return office::foreign_text(bytes, office::Foreign::word, kLargest);
    if (is_html(bytes)) return office::foreign_text(bytes, office::Foreign::html, kLargest);
    if (bytes.starts_with("{\\rtf")) return Refusal{Code::unsupported, "notice.no_text", {{"name", name}}, {}, {}};  // no program of Debian's reads Chinese in it
    const bool readable = type == files::FileType::unknown || type == files::FileType::text_utf8 || type == files::FileType::text_gb18030;
    if (!readable) return Refusal{Code::unsupported, "notice.no_text", {{"name", name}}, {}, {}};
    if (bytes.size() > kLargest) return too_large(name);
    return std::string(bytes);
}

}  // namespace anban::drafts
