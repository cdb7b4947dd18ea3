// The central directory of a ZIP, read by hand: libzip does not tell where entries lie, and only that shows overlaps.
// Private to platform/office.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "platform/office/archive.h"

namespace anban::office {

struct ZipEntry {
    std::string name;
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    std::uint64_t begin = 0;  // of its local header, in the file
    std::uint64_t end = 0;    // behind its packed bytes
    bool encrypted = false;
    bool link = false;
    int method = 0;           // 0 stored, 8 deflated; nothing else is read
};

struct ZipDirectory {
    std::uint64_t declared_entries = 0;
    std::uint64_t begin = 0;           // where the directory itself starts
    std::vector<ZipEntry> entries;     // stops at 100,000: far beyond every limit
};

[[nodiscard]] Result<ZipDirectory> read_zip_directory(std::string_view bytes);
[[nodiscard]] Verdict refuse_zip_directory(const ZipDirectory&, const ArchiveLimits&);

}  // namespace anban::office
