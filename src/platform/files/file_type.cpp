#include "platform/files/file_type.h"

#include <fcntl.h>
#include <iconv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "core/utf8.h"
#include "platform/office/archive.h"

namespace anban::files {
namespace {

using namespace std::string_view_literals;

bool starts(std::string_view bytes, std::string_view with) { return bytes.substr(0, with.size()) == with; }

FileType sniff_package(std::string_view bytes) {
    const auto archive = office::Archive::open(bytes);
    if (!archive) return FileType::unknown;
    for (const auto& name : archive->names())
        if (name.find("vbaProject") != std::string::npos || name.find("activeX") != std::string::npos) return FileType::unknown;
    if (archive->has("word/document.xml")) return FileType::docx;
    return archive->has("xl/workbook.xml") ? FileType::xlsx : FileType::unknown;
}

FileType sniff_ole(std::string_view bytes) {
    const auto wide = [](std::string_view name) {
        std::string out;
        for (const char c : name) (out += c) += '\0';
        return out;
    };
    const auto has = [&](std::string_view name) { return bytes.find(wide(name)) != std::string_view::npos; };
    if (has("_VBA_PROJECT")) return FileType::unknown;
    if (has("WordDocument")) return FileType::word;
    return has("Workbook") || has("Book") ? FileType::excel : FileType::unknown;
}

bool is_mp4(std::string_view bytes) {
    static constexpr std::array brands{"isom"sv, "iso2"sv, "iso4"sv, "iso5"sv, "iso6"sv, "mp41"sv, "mp42"sv, "avc1"sv, "M4V "sv, "MSNV"sv, "dash"sv};
    return bytes.size() > 16 && bytes.substr(4, 4) == "ftyp" && std::find(brands.begin(), brands.end(), bytes.substr(8, 4)) != brands.end();
}

bool has_controls(std::string_view bytes) {
    return std::any_of(bytes.begin(), bytes.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f') || u == 0x7f;
    });
}

// Text that a browser could take for a page, however it is named.
bool is_markup(std::string_view text) {
    if (starts(text, "\xef\xbb\xbf")) text.remove_prefix(3);
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    if (starts(text, "#!")) return true;
    if (!starts(text, "<")) return false;
    std::string head(text.substr(0, 512));
    std::transform(head.begin(), head.end(), head.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return head.size() > 1 && (std::isalpha(static_cast<unsigned char>(head[1])) || head[1] == '!' || head[1] == '?');
}

std::string from_gb18030(std::string_view bytes, bool& whole) {
    const iconv_t convert = iconv_open("UTF-8", "GB18030");
    whole = convert != reinterpret_cast<iconv_t>(-1);
    if (!whole) return {};
    std::string out;
    std::array<char, 1 << 15> piece;
    char* in = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    while (left > 0) {
        char* to = piece.data();
        std::size_t room = piece.size();
        const auto result = iconv(convert, &in, &left, &to, &room);
        out.append(piece.data(), piece.size() - room);
        if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        whole = false;
        break;
    }
    iconv_close(convert);
    return out;
}

FileType sniff_text(std::string_view bytes) {
    if (bytes.empty() || has_controls(bytes) || is_markup(bytes)) return FileType::unknown;
    if (utf8::valid(bytes)) return FileType::text_utf8;
    bool whole = false;
    from_gb18030(bytes, whole);
    return whole ? FileType::text_gb18030 : FileType::unknown;
}

struct Known { FileType type; std::string_view name, media; std::vector<std::string_view> endings; };

const Known& known(FileType type) {
    static const std::vector<Known> all{
        {FileType::unknown, "unknown", "application/octet-stream", {}},
        {FileType::jpeg, "jpeg", "image/jpeg", {"jpg", "jpeg"}},
        {FileType::png, "png", "image/png", {"png"}},
        {FileType::pdf, "pdf", "application/pdf", {"pdf"}},
        {FileType::docx, "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", {"docx"}},
        {FileType::xlsx, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", {"xlsx"}},
        {FileType::word, "doc", "application/msword", {"doc", "wps"}},
        {FileType::excel, "xls", "application/vnd.ms-excel", {"xls", "et"}},
        {FileType::mp4, "mp4", "video/mp4", {"mp4", "m4v"}},
        {FileType::text_utf8, "txt", "text/plain; charset=utf-8", {"txt"}},
        {FileType::text_gb18030, "txt", "text/plain; charset=gb18030", {"txt"}}};
    return *std::find_if(all.begin(), all.end(), [&](const Known& k) { return k.type == type; });
}

std::string ending_of(std::string_view name) {
    const auto dot = name.rfind('.');
    std::string ending(dot == std::string_view::npos ? "" : name.substr(dot + 1));
    std::transform(ending.begin(), ending.end(), ending.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool is_bidi_control(char32_t c) { return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x61c; }

bool is_device(const std::u32string& name) {
    std::string stem = utf8::encode(name.substr(0, name.find(U'.')));
    std::transform(stem.begin(), stem.end(), stem.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    static constexpr std::array plain{"CON"sv, "PRN"sv, "AUX"sv, "NUL"sv};
    const bool numbered = stem.size() == 4 && (starts(stem, "COM") || starts(stem, "LPT")) && stem[3] >= '0' && stem[3] <= '9';
    return numbered || std::find(plain.begin(), plain.end(), stem) != plain.end();
}

}  // namespace

FileType sniff(std::string_view bytes) {
    if (starts(bytes, "\xff\xd8\xff")) return FileType::jpeg;
    if (starts(bytes, "\x89PNG\r\n\x1a\n")) return FileType::png;
    if (starts(bytes, "%PDF-")) return FileType::pdf;
    if (starts(bytes, "PK\x03\x04")) return sniff_package(bytes);
    if (starts(bytes, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")) return sniff_ole(bytes);
    return is_mp4(bytes) ? FileType::mp4 : sniff_text(bytes);
}

FileType sniff_file(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (file < 0 || fstat(file, &facts) != 0) throw std::system_error(errno, std::generic_category(), "open " + path);
    const auto size = static_cast<std::size_t>(facts.st_size);
    void* at = size > 0 ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0) : nullptr;
    ::close(file);
    if (at == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "map " + path);
    const auto type = sniff({static_cast<const char*>(at), size});
    if (at) munmap(at, size);
    return type;
}

std::string_view media_type(FileType type) { return known(type).media; }
std::string_view type_name(FileType type) { return known(type).name; }

Verdict refuse_type(std::string_view name, FileType type, const std::vector<FileType>& allowed) {
    if (type == FileType::unknown || std::find(allowed.begin(), allowed.end(), type) == allowed.end())
        return Refusal{Code::unsupported, "attachment.type_not_allowed", {{"name", std::string(name)}}, {}, std::string(type_name(type))};
    const auto& endings = known(type).endings;
    if (std::find(endings.begin(), endings.end(), ending_of(name)) == endings.end())
        return Refusal{Code::unsupported, "attachment.name_disagrees", {{"name", std::string(name)}, {"type", std::string(type_name(type))}}, {}, {}};
    return std::nullopt;
}

std::string clean_name(std::string_view raw) {
    raw.remove_prefix(raw.find_last_of("/\\") == std::string_view::npos ? 0 : raw.find_last_of("/\\") + 1);
    std::u32string name;
    for (const char32_t c : utf8::decode(raw)) {
        if (c < 0x20 || (c >= 0x7f && c < 0xa0) || is_bidi_control(c) || (utf8::is_blank(c) && c != ' ' && c != 0x3000)) continue;
        name += std::u32string_view(U"<>:\"|?*").find(c) != std::u32string_view::npos ? U'_' : c;
    }
    const auto edge = [](char32_t c) { return c == ' ' || c == 0x3000 || c == '.'; };
    while (!name.empty() && edge(name.front())) name.erase(0, 1);
    while (!name.empty() && edge(name.back())) name.pop_back();
    if (name.size() > 120) {
        const auto dot = name.rfind(U'.');
        const auto ending = dot != std::u32string::npos && name.size() - dot <= 12 ? name.substr(dot) : std::u32string();
        name = name.substr(0, 120 - ending.size()) + ending;
    }
    if (is_device(name)) name.insert(name.begin(), U'_');
    return name.empty() ? "附件" : utf8::encode(name);
}

std::string attachment_disposition(std::string_view name) {
    static constexpr char hex[] = "0123456789ABCDEF";
    std::string plain, coded;
    for (const char c : clean_name(name)) {
        const auto u = static_cast<unsigned char>(c);
        const bool safe = std::isalnum(u) || c == '.' || c == '-' || c == '_';
        if (u < 0x80) plain += safe || c == ' ' ? c : '_';
        else if ((u & 0xc0) != 0x80) plain += '_';
        if (safe) coded += c;
        else ((coded += '%') += hex[u >> 4]) += hex[u & 15];
    }
    return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + coded;
}

std::string to_utf8(std::string_view bytes, FileType type) {
    if (type == FileType::text_utf8) return std::string(starts(bytes, "\xef\xbb\xbf") ? bytes.substr(3) : bytes);
    bool whole = false;
    return type == FileType::text_gb18030 ? from_gb18030(bytes, whole) : std::string();
}

}  // namespace anban::files
