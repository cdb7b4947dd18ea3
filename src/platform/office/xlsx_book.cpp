#include "platform/office/xlsx_book.h"

#include <charconv>
#include <set>

namespace anban::office {
namespace {

int to_int(std::string_view text, int otherwise = 0) {
    int value = otherwise;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool is_on(std::string_view text) { return text == "1" || text == "true" || text == "on"; }

// "/xl/worksheets/sheet1.xml" and "worksheets/sheet1.xml" seen from xl/workbook.xml are the same part.
std::string resolve(const std::string& base_part, std::string_view target) {
    if (!target.empty() && target.front() == '/') return std::string(target.substr(1));
    std::string folder = base_part.substr(0, base_part.rfind('/') + 1);
    while (target.substr(0, 3) == "../") {
        target.remove_prefix(3);
        folder = folder.size() < 2 ? "" : folder.substr(0, folder.rfind('/', folder.size() - 2) + 1);
    }
    if (target.substr(0, 2) == "./") target.remove_prefix(2);
    return folder + std::string(target);
}

struct Relation { std::string type, target; };

struct Relations : XmlHandler {
    std::map<std::string, Relation, std::less<>> by_id;
    void open(std::string_view name, const Attributes& a) override {
        if (name != "Relationship" || a.get("TargetMode") == "External") return;
        const auto type = a.get("Type");
        by_id[std::string(a.get("Id"))] = {std::string(type.substr(type.rfind('/') + 1)), std::string(a.get("Target"))};
    }
    void close(std::string_view) override {}
    [[nodiscard]] std::string target_of(std::string_view type) const {
        for (const auto& [id, relation] : by_id)
            if (relation.type == type) return relation.target;
        return {};
    }
};

struct WorkbookPart : XmlHandler {
    struct Entry { std::string name, relation; bool hidden; };
    std::vector<Entry> sheets;
    bool epoch_1904 = false;
    void open(std::string_view name, const Attributes& a) override {
        if (name == "workbookPr") epoch_1904 = is_on(a.get("date1904"));
        if (name != "sheet" || sheets.size() >= 1000) return;
        const auto state = a.get("state");
        sheets.push_back({std::string(a.get("name")), std::string(a.get("id")), state == "hidden" || state == "veryHidden"});
    }
    void close(std::string_view) override {}
};

struct SharedPart : XmlHandler {
    SharedTexts& texts;
    std::size_t limit;
    XmlReader* reader = nullptr;
    std::string current;
    int phonetic = 0;
    bool in_text = false;
    SharedPart(SharedTexts& t, std::size_t l) : texts(t), limit(l) {}
    void open(std::string_view name, const Attributes&) override {
        if (name == "rPh") ++phonetic;
        if (name == "t") in_text = phonetic == 0;
    }
    void close(std::string_view name) override {
        if (name == "rPh") --phonetic;
        if (name == "t") in_text = false;
        if (name != "si") return;
        texts.add(unescape_text(current));
        current.clear();
        check(texts.count() > 5'000'000);
    }
    void text(std::string_view piece) override {
        if (!in_text) return;
        current += piece;
        check(texts.bytes() + current.size() > limit);
    }
    void check(bool too_much) {
        if (too_much) reader->stop({Code::too_large, "xlsx.too_much_text", {{"limit", std::to_string(limit / 1'000'000)}}, {}, {}});
    }
};

struct StylesPart : XmlHandler {
    std::map<int, bool> custom;
    std::vector<bool> dates;
    bool in_cell_formats = false;
    void open(std::string_view name, const Attributes& a) override {
        if (name == "numFmt") custom[to_int(a.get("numFmtId"))] = is_date_format(a.get("formatCode"));
        if (name == "cellXfs") in_cell_formats = true;
        if (name == "xf" && in_cell_formats && dates.size() < 100'000) dates.push_back(is_date(to_int(a.get("numFmtId"))));
    }
    void close(std::string_view name) override {
        if (name == "cellXfs") in_cell_formats = false;
    }
    [[nodiscard]] bool is_date(int id) const {
        if (const auto own = custom.find(id); own != custom.end()) return own->second;
        return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    }
};

std::string relations_of(const std::string& part) {
    const auto slash = part.rfind('/') + 1;
    return part.substr(0, slash) + "_rels/" + part.substr(slash) + ".rels";
}

Verdict read_small(const Archive& archive, const std::string& part, XmlHandler& handler) {
    XmlReader* unused = nullptr;
    return read_xml(archive, part, handler, unused);
}

std::string workbook_part(const Archive& archive) {
    Relations root;
    if (archive.has("_rels/.rels") && !read_small(archive, "_rels/.rels", root))
        if (const auto target = root.target_of("officeDocument"); !target.empty()) return resolve("", target);
    return "xl/workbook.xml";
}

}  // namespace

Verdict read_xml(const Archive& archive, const std::string& part, XmlHandler& handler, XmlReader*& reader) {
    XmlReader xml(handler);
    reader = &xml;
    Verdict refused;
    auto broken = archive.read(part, [&](std::string_view piece) { return !(refused = xml.feed(piece)); });
    if (!broken && !refused) refused = xml.finish();
    reader = nullptr;
    return broken ? broken : refused;
}

std::string unescape_text(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned code = 0;
        if (text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_' &&
            std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr == text.data() + i + 6 && code < 0x80 && code > 0) {
            out += static_cast<char>(code);
            i += 6;
        } else {
            out += text[i];
        }
    }
    return out;
}

Result<BookFacts> read_book(const Archive& archive, const XlsxLimits& limits) {
    const auto part = workbook_part(archive);
    if (!archive.has(part)) return Refusal{Code::unprocessable, "xlsx.no_workbook", {}, {}, {}};
    WorkbookPart workbook;
    Relations relations;
    if (auto refusal = read_small(archive, part, workbook)) return *refusal;
    if (archive.has(relations_of(part)))
        if (auto refusal = read_small(archive, relations_of(part), relations)) return *refusal;
    BookFacts book;
    book.epoch_1904 = workbook.epoch_1904;
    for (auto& sheet : workbook.sheets) {
        const auto relation = relations.by_id.find(sheet.relation);
        const bool is_sheet = relation != relations.by_id.end() && relation->second.type == "worksheet";
        book.sheets.push_back({std::move(sheet.name), sheet.hidden});
        book.parts.push_back(is_sheet ? resolve(part, relation->second.target) : std::string());
    }
    if (const auto target = relations.target_of("sharedStrings"); !target.empty() && archive.has(resolve(part, target))) {
        SharedPart shared(book.texts, limits.shared_text);
        if (auto refusal = read_xml(archive, resolve(part, target), shared, shared.reader)) return *refusal;
    }
    if (const auto target = relations.target_of("styles"); !target.empty() && archive.has(resolve(part, target))) {
        StylesPart styles;
        if (auto refusal = read_small(archive, resolve(part, target), styles)) return *refusal;
        book.date_styles = std::move(styles.dates);
    }
    return book;
}

bool is_date_format(std::string_view format) {
    bool quoted = false;
    for (std::size_t i = 0; i < format.size(); ++i) {
        const char c = format[i];
        if (c == '"') { quoted = !quoted; continue; }
        if (quoted) continue;
        if (c == ';') return false;  // only the first section tells what a positive number is
        if (c == '\\' || c == '_' || c == '*') { ++i; continue; }
        if (c == '[') {
            const auto end = format.find(']', i);
            const auto inside = format.substr(i + 1, end == std::string_view::npos ? end : end - i - 1);
            if (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos) return true;  // elapsed time
            if (end == std::string_view::npos) return false;
            i = end;
            continue;
        }
        if (format.substr(i, 7) == "General" || format.substr(i, 7) == "GENERAL") { i += 6; continue; }
        if (std::string_view("yYmMdDhHsS").find(c) != std::string_view::npos) return true;
    }
    return false;
}

}  // namespace anban::office
