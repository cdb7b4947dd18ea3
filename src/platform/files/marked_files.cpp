// The texts of docx and xlsx, line by line, for the marking check.
#include <map>

#include "platform/files/markings.h"
#include "platform/office/archive.h"
#include "platform/office/xlsx_reader.h"
#include "platform/office/xml.h"

namespace anban::files {
namespace {

using Level = MarkingVerdict::Level;

struct Worst {
    MarkingVerdict verdict;
    void see(std::string_view line, Place place, const std::string& where) {
        auto found = check_line(line, place);
        if (found.level <= verdict.level) return;
        found.where = where;
        verdict = std::move(found);
    }
};

bool is_head_part(std::string_view name) { return name.substr(0, 11) == "word/header" || name.substr(0, 11) == "word/footer"; }

bool is_text_part(std::string_view name) {
    return name == "word/document.xml" || name == "word/footnotes.xml" || name == "word/endnotes.xml" || name == "word/comments.xml";
}

// Paragraphs of a WordprocessingML part. A text box is a paragraph inside a paragraph: each opening ends the line before.
struct Paragraphs : office::XmlHandler {
    Worst& worst;
    Place place;
    std::string line;
    int number = 0;
    bool in_text = false;
    Paragraphs(Worst& w, Place p) : worst(w), place(p) {}
    void open(std::string_view name, const office::Attributes&) override {
        if (name == "t" || name == "delText") in_text = true;
        else if (name == "tab") line += '\t';
        else if (name == "p" || name == "br" || name == "cr") end_line(name == "p");
    }
    void close(std::string_view name) override {
        if (name == "t" || name == "delText") in_text = false;
        else if (name == "p") end_line(false);
    }
    void text(std::string_view piece) override { if (in_text && line.size() < 1'000'000) line += piece; }
    void end_line(bool next) {
        worst.see(line, place, place == Place::head ? "head" : "paragraph " + std::to_string(number));
        line.clear();
        number += next;
    }
};

// Page heads and feet of a sheet: &L&"宋体"机密&C第 &P 页. The codes are dropped, their places become gaps.
struct SheetHeads : office::XmlHandler {
    Worst& worst;
    std::string head;
    bool inside = false;
    explicit SheetHeads(Worst& w) : worst(w) {}
    static bool is_head(std::string_view name) { return name.size() > 5 && (name.substr(name.size() - 6) == "Header" || name.substr(name.size() - 6) == "Footer"); }
    void open(std::string_view name, const office::Attributes&) override { inside = inside || is_head(name); }
    void close(std::string_view name) override {
        if (!is_head(name)) return;
        worst.see(plain(), Place::head, "head");
        head.clear();
        inside = false;
    }
    void text(std::string_view piece) override { if (inside && head.size() < 10'000) head += piece; }
    [[nodiscard]] std::string plain() const {
        std::string out;
        for (std::size_t i = 0; i < head.size(); ++i) {
            if (head[i] != '&') { out += head[i]; continue; }
            out += ' ';
            if (++i < head.size() && head[i] == '"') i = std::min(head.find('"', i + 1), head.size());
        }
        return out;
    }
};

Verdict read_part(const office::Archive& archive, const std::string& part, office::XmlHandler& handler) {
    office::XmlReader xml(handler);
    Verdict refused;
    auto broken = archive.read(part, [&](std::string_view piece) { return !(refused = xml.feed(piece)); });
    if (broken) return broken;
    return refused ? refused : xml.finish();
}

Verdict check_word(const office::Archive& archive, Worst& worst) {
    for (const auto& name : archive.names()) {
        if (!is_head_part(name) && !is_text_part(name)) continue;
        Paragraphs paragraphs(worst, is_head_part(name) ? Place::head : Place::body);
        if (auto refusal = read_part(archive, name, paragraphs)) return refusal;
    }
    return std::nullopt;
}

Verdict check_heads(const office::Archive& archive, Worst& worst) {
    for (const auto& name : archive.names()) {
        if (name.substr(0, 14) != "xl/worksheets/" || name.size() < 4 || name.substr(name.size() - 4) != ".xml") continue;
        SheetHeads heads(worst);
        if (auto refusal = read_part(archive, name, heads)) return refusal;
    }
    return std::nullopt;
}

void see_cell(const office::Cell& cell, int row, const std::string& sheet, Worst& worst) {
    std::string_view rest = cell.text;
    while (!rest.empty()) {
        const auto end = rest.find('\n');
        worst.see(rest.substr(0, end), Place::body, sheet + '!' + office::cell_name(row, cell.column));
        if (end == std::string_view::npos) return;
        rest.remove_prefix(end + 1);
    }
}

Verdict check_cells(const office::XlsxReader& reader, Worst& worst) {
    for (std::size_t i = 0; i < reader.sheets().size(); ++i) {
        const auto& sheet = reader.sheets()[i].name;
        const auto facts = reader.read(i, [&](office::Row& row) {
            for (const auto& cell : row.cells)
                if (cell.kind == office::Cell::Kind::text) see_cell(cell, row.number, sheet, worst);
            return worst.verdict.level != Level::block;
        });
        if (!facts && facts.refusal().key != "xlsx.no_sheet") return facts.refusal();  // a chart sheet has no cells
    }
    return std::nullopt;
}

Result<MarkingVerdict> finish(const Verdict& refusal, Worst& worst) {
    if (refusal) return *refusal;
    return std::move(worst.verdict);
}

Result<MarkingVerdict> check_packages(Result<office::Archive> archive, const std::function<Result<office::XlsxReader>()>& open_sheets, FileType type) {
    if (!archive) return archive.refusal();
    Worst worst;
    if (type == FileType::docx) return finish(check_word(*archive, worst), worst);
    if (auto refusal = check_heads(*archive, worst)) return *refusal;
    const auto reader = open_sheets();
    if (!reader) return reader.refusal();
    return finish(check_cells(*reader, worst), worst);
}

MarkingVerdict unread() {
    MarkingVerdict verdict;
    verdict.unreadable = true;
    return verdict;
}

bool is_package(FileType type) { return type == FileType::docx || type == FileType::xlsx; }
bool is_text(FileType type) { return type == FileType::text_utf8 || type == FileType::text_gb18030; }

std::string read_whole(const std::string& path) {
    std::string bytes;
    if (std::FILE* file = std::fopen(path.c_str(), "rb")) {
        char piece[65536];
        for (std::size_t got; (got = std::fread(piece, 1, sizeof piece, file)) > 0;) bytes.append(piece, got);
        std::fclose(file);
    }
    return bytes;
}

}  // namespace

Result<MarkingVerdict> check_markings_of(std::string_view bytes, FileType type) {
    if (is_text(type)) return check_markings(to_utf8(bytes, type));
    if (!is_package(type)) return unread();
    return check_packages(office::Archive::open(bytes), [&] { return office::XlsxReader::open(bytes); }, type);
}

Result<MarkingVerdict> check_markings_of_file(const std::string& path, FileType type) {
    if (is_text(type)) return check_markings(to_utf8(read_whole(path), type));
    if (!is_package(type)) return unread();
    return check_packages(office::Archive::open_file(path), [&] { return office::XlsxReader::open_file(path); }, type);
}

}  // namespace anban::files
