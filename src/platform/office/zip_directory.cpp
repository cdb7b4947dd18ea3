#include "platform/office/zip_directory.h"

#include <algorithm>
#include <optional>
#include <set>

namespace anban::office {
namespace {

using Bytes = std::string_view;

Refusal not_a_package(std::string why) { return {Code::unprocessable, "office.not_a_package", {}, {}, std::move(why)}; }
Refusal refused(const char* key, const std::string& name) { return {Code::unprocessable, key, {{"part", name}}, {}, {}}; }

std::uint64_t number(Bytes b, std::uint64_t at, int width) {  // caller has checked at + width <= size
    std::uint64_t value = 0;
    for (int i = width - 1; i >= 0; --i) value = value << 8 | static_cast<unsigned char>(b[at + static_cast<unsigned>(i)]);
    return value;
}

bool fits(Bytes b, std::uint64_t at, std::uint64_t count) { return at <= b.size() && count <= b.size() - at; }

struct End {
    std::uint64_t at = 0;       // where the directory must end
    std::uint64_t entries = 0;
    std::uint64_t size = 0;
    std::uint64_t begin = 0;
};

// The end record must close the file exactly: a second one, or anything behind it, is what a polyglot needs.
std::optional<std::uint64_t> find_end_record(Bytes b) {
    if (b.size() < 22) return std::nullopt;
    const std::uint64_t lowest = b.size() > 22 + 65535 ? b.size() - 22 - 65535 : 0;
    for (std::uint64_t at = b.size() - 22 + 1; at-- > lowest;)
        if (number(b, at, 4) == 0x06054b50 && at + 22 + number(b, at + 20, 2) == b.size()) return at;
    return std::nullopt;
}

std::optional<End> read_end(Bytes b) {
    const auto at = find_end_record(b);
    if (!at) return std::nullopt;
    End end{*at, number(b, *at + 10, 2), number(b, *at + 12, 4), number(b, *at + 16, 4)};
    if (*at < 20 || number(b, *at - 20, 4) != 0x07064b50) return end;
    const auto large = number(b, *at - 12, 8);  // some Java writers always write the 64-bit record
    if (!fits(b, large, 56) || number(b, large, 4) != 0x06064b50) return std::nullopt;
    return End{large, number(b, large + 32, 8), number(b, large + 40, 8), number(b, large + 48, 8)};
}

// The 64-bit values of extra field 1, in the order of the fields that hold all ones.
bool widen(Bytes extra, std::uint64_t& unpacked, std::uint64_t& packed, std::uint64_t& begin) {
    for (std::uint64_t at = 0; fits(extra, at, 4);) {
        const auto id = number(extra, at, 2), size = number(extra, at + 2, 2);
        if (!fits(extra, at + 4, size)) return false;
        if (id == 1) {
            Bytes field = extra.substr(at + 4, size);
            for (auto* value : {&unpacked, &packed, &begin}) {
                if (*value != 0xffffffff) continue;
                if (field.size() < 8) return false;
                *value = number(field, 0, 8);
                field.remove_prefix(8);
            }
            return true;
        }
        at += 4 + size;
    }
    return unpacked != 0xffffffff && packed != 0xffffffff && begin != 0xffffffff;
}

bool place(Bytes b, ZipEntry& entry) {
    if (!fits(b, entry.begin, 30) || number(b, entry.begin, 4) != 0x04034b50) return false;
    const auto name = number(b, entry.begin + 26, 2), extra = number(b, entry.begin + 28, 2);
    const auto data = entry.begin + 30 + name + extra;
    if (!fits(b, data, entry.packed) || b.substr(entry.begin + 30, name) != entry.name) return false;
    entry.end = data + entry.packed;
    return true;
}

}  // namespace

Result<ZipDirectory> read_zip_directory(Bytes b) {
    const auto end = read_end(b);
    if (!end) return not_a_package("no end record");
    if (!fits(b, end->begin, end->size) || end->begin + end->size != end->at) return not_a_package("directory misplaced");
    ZipDirectory directory{end->entries, end->begin, {}};
    for (std::uint64_t at = end->begin; at < end->at && directory.entries.size() < 100'000;) {
        if (!fits(b, at, 46) || number(b, at, 4) != 0x02014b50) return not_a_package("directory damaged");
        const auto name = number(b, at + 28, 2), extra = number(b, at + 30, 2), comment = number(b, at + 32, 2);
        if (!fits(b, at + 46, name + extra + comment)) return not_a_package("directory cut");
        ZipEntry entry{std::string(b.substr(at + 46, name)), number(b, at + 20, 4), number(b, at + 24, 4), number(b, at + 42, 4)};
        entry.encrypted = number(b, at + 8, 2) & 1;
        entry.method = static_cast<int>(number(b, at + 10, 2));
        entry.link = number(b, at + 5, 1) == 3 && (number(b, at + 38, 4) >> 16 & 0170000) == 0120000;
        if (!widen(b.substr(at + 46 + name, extra), entry.unpacked, entry.packed, entry.begin) || !place(b, entry))
            return refused("office.sizes_lie", entry.name);
        directory.entries.push_back(std::move(entry));
        at += 46 + name + extra + comment;
    }
    return directory;
}

namespace {

bool allowed(const std::string& name) {
    if (name.empty() || name.size() > 512 || name.front() == '/' || name.find_first_of(std::string("\\:\0", 3)) != std::string::npos)
        return false;
    return ("/" + name + "/").find("/../") == std::string::npos;
}

Verdict refuse_entry(const ZipEntry& entry, const ArchiveLimits& limits) {
    if (!allowed(entry.name) || entry.link) return refused("office.name_not_allowed", entry.name.substr(0, 64));
    if (entry.encrypted || (entry.method != 0 && entry.method != 8)) return not_a_package("encrypted or unknown method: " + entry.name);
    if (entry.method == 0 && entry.packed != entry.unpacked) return refused("office.sizes_lie", entry.name);
    if (entry.unpacked > limits.ratio_floor && entry.unpacked / limits.ratio >= std::max<std::uint64_t>(entry.packed, 1))
        return refused("office.ratio_too_high", entry.name);
    return std::nullopt;
}

Verdict refuse_overlap(const ZipDirectory& directory) {
    std::vector<const ZipEntry*> by_place;
    for (const auto& entry : directory.entries) by_place.push_back(&entry);
    std::sort(by_place.begin(), by_place.end(), [](auto* a, auto* b) { return a->begin < b->begin; });
    for (std::size_t i = 0; i < by_place.size(); ++i) {
        const auto next = i + 1 < by_place.size() ? by_place[i + 1]->begin : directory.begin;
        if (by_place[i]->end > next) return refused("office.entries_overlap", by_place[i]->name);
    }
    return std::nullopt;
}

}  // namespace

Verdict refuse_zip_directory(const ZipDirectory& directory, const ArchiveLimits& limits) {
    const auto count = directory.entries.size();
    if (count > limits.entries || directory.declared_entries > limits.entries)
        return Refusal{Code::unprocessable, "office.too_many_entries", {{"limit", std::to_string(limits.entries)}}, {}, {}};
    if (count != directory.declared_entries) return not_a_package("entry count lies");
    std::set<std::string> names;
    std::uint64_t total = 0;
    for (const auto& entry : directory.entries) {
        if (entry.unpacked > limits.total || (total += entry.unpacked) > limits.total)
            return Refusal{Code::too_large, "office.too_large_unpacked", {{"limit", std::to_string(limits.total / 1'000'000)}}, {}, {}};
        if (auto refusal = refuse_entry(entry, limits)) return refusal;
        if (!names.insert(entry.name).second) return refused("office.name_not_allowed", entry.name.substr(0, 64));
    }
    return refuse_overlap(directory);
}

}  // namespace anban::office
