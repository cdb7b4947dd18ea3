// The ZIP under xlsx and docx, read with distrust: everything the directory says is checked before one byte is unpacked, and
// what unpacks is counted again. Nothing is ever written to disk; no entry inside an entry is opened.
//
// Refused (Code::unprocessable unless said): "office.not_a_package" (no whole directory at the end, encrypted, unknown
// method), "office.too_many_entries", "office.too_large_unpacked" (Code::too_large), "office.ratio_too_high",
// "office.entries_overlap", "office.sizes_lie", "office.name_not_allowed" (../, absolute, drive, backslash, NUL, twice the
// same, a link). threats B8.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

struct zip;

namespace anban::office {

struct ArchiveLimits {
    std::uint64_t total = 200'000'000;   // bytes unpacked, all entries
    std::uint64_t ratio = 100;           // unpacked / packed, asked only of entries beyond ratio_floor
    std::uint64_t ratio_floor = 4'000'000;
    std::size_t entries = 2'000;
};

class Archive {
public:
    // `bytes` must outlive the archive.
    static Result<Archive> open(std::string_view bytes, const ArchiveLimits& = {});
    // Maps the file read-only for the life of the archive. Throws std::system_error when it can not be opened.
    static Result<Archive> open_file(const std::string& path, const ArchiveLimits& = {});

    [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
    [[nodiscard]] bool has(std::string_view name) const;

    // Unpacks in pieces of at most 64 KB; the sink returns false to stop early (then the verdict is still nullopt).
    // "office.part_missing" when there is no such entry.
    Verdict read(const std::string& name, const std::function<bool(std::string_view)>& sink) const;

private:
    struct Mapping;
    Archive() = default;
    std::shared_ptr<const Mapping> mapping_;
    std::shared_ptr<zip> zip_;
    std::vector<std::string> names_;
};

}  // namespace anban::office
