// What the small parts of an xlsx say: sheets, shared texts, which styles are dates. Private to platform/office.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "platform/office/xlsx_reader.h"
#include "platform/office/xml.h"

namespace anban::office {

// All shared texts in one block: 100,000 short strings of their own would cost several times as much.
class SharedTexts {
public:
    void add(std::string_view text) { block_.append(text); ends_.push_back(block_.size()); }
    [[nodiscard]] std::size_t bytes() const { return block_.size(); }
    [[nodiscard]] std::size_t count() const { return ends_.size(); }
    [[nodiscard]] std::string_view at(std::size_t i) const {
        const std::size_t begin = i == 0 ? 0 : ends_[i - 1];
        return std::string_view(block_).substr(begin, ends_[i] - begin);
    }

private:
    std::string block_;
    std::vector<std::size_t> ends_;
};

struct BookFacts {
    std::vector<SheetName> sheets;
    std::vector<std::string> parts;      // of each sheet: "xl/worksheets/sheet1.xml"; empty for chart sheets
    bool epoch_1904 = false;
    SharedTexts texts;
    std::vector<bool> date_styles;       // by cellXfs index
};

[[nodiscard]] Result<BookFacts> read_book(const Archive&, const XlsxLimits&);

Verdict read_xml(const Archive&, const std::string& part, XmlHandler&, XmlReader*& reader);
[[nodiscard]] std::string unescape_text(std::string_view);  // "_x000D_" is how xlsx writes what XML cannot carry

}  // namespace anban::office
