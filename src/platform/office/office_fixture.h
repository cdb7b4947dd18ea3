// For tests: packages built part by part with libzip, and their bytes bent afterwards.
#pragma once

#include <zip.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/temporary_folder.h"

namespace anban::office::fixture {

using Parts = std::vector<std::pair<std::string, std::string>>;

class Folder : public TemporaryFolder {
public:
    [[nodiscard]] std::string operator/(std::string_view name) const { return path() + "/" + std::string(name); }
};

inline std::string slurp(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string package(const Parts& parts) {
    const Folder folder;
    const auto path = folder / "package.zip";
    zip_t* archive = zip_open(path.c_str(), ZIP_CREATE, nullptr);
    for (const auto& [name, content] : parts)
        if (zip_file_add(archive, name.c_str(), zip_source_buffer(archive, content.data(), content.size(), 0), ZIP_FL_ENC_UTF_8) < 0)
            throw std::runtime_error("zip_file_add " + name);
    if (zip_close(archive) != 0) throw std::runtime_error("zip_close");
    return slurp(path);
}

inline std::string replace_all(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
    return text;
}

inline Parts workbook(const std::string& sheet_xml, const std::string& shared = "", const std::string& styles = "", const std::string& properties = "") {
    const std::string relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    return {{"xl/workbook.xml", "<workbook xmlns:r=\"x\">" + properties + "<sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" + relation + "worksheet\" Target=\"worksheets/sheet1.xml\"/>"
                "<Relationship Id=\"rId2\" Type=\"" + relation + "sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
                "<Relationship Id=\"rId3\" Type=\"" + relation + "styles\" Target=\"styles.xml\"/></Relationships>"},
            {"xl/sharedStrings.xml", shared.empty() ? "<sst/>" : shared},
            {"xl/styles.xml", styles.empty() ? "<styleSheet/>" : styles},
            {"xl/worksheets/sheet1.xml", sheet_xml}};
}

}  // namespace anban::office::fixture
