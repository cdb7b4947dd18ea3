#include "platform/office/archive.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <algorithm>
#include <array>
#include <system_error>

#include "platform/office/zip_directory.h"

namespace anban::office {
namespace {

Refusal not_a_package(std::string why) { return {Code::unprocessable, "office.not_a_package", {}, {}, std::move(why)}; }

std::shared_ptr<zip> open_zip(std::string_view bytes) {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (!source) return nullptr;
    zip_t* opened = zip_open_from_source(source, ZIP_RDONLY, &error);
    if (!opened) zip_source_free(source);
    zip_error_fini(&error);
    return {opened, [](zip* z) { if (z) zip_discard(z); }};
}

}  // namespace

struct Archive::Mapping {
    void* at = nullptr;
    std::size_t size = 0;
    Mapping() = default;
    Mapping(const Mapping&) = delete;
    Mapping& operator=(const Mapping&) = delete;
    ~Mapping() { if (at) munmap(at, size); }
};

Result<Archive> Archive::open(std::string_view bytes, const ArchiveLimits& limits) {
    auto directory = read_zip_directory(bytes);
    if (!directory) return directory.refusal();
    if (auto refusal = refuse_zip_directory(*directory, limits)) return *refusal;
    Archive archive;
    archive.zip_ = open_zip(bytes);
    // Two readers that see two different lists are how a check is walked around.
    if (!archive.zip_ || zip_get_num_entries(archive.zip_.get(), 0) != static_cast<zip_int64_t>(directory->entries.size()))
        return not_a_package("libzip reads it otherwise");
    for (auto& entry : directory->entries) archive.names_.push_back(std::move(entry.name));
    return archive;
}

Result<Archive> Archive::open_file(const std::string& path, const ArchiveLimits& limits) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat facts {};
    if (file < 0 || fstat(file, &facts) != 0) throw std::system_error(errno, std::generic_category(), "open " + path);
    auto mapping = std::make_shared<Mapping>();
    mapping->size = static_cast<std::size_t>(facts.st_size);
    if (mapping->size > 0) mapping->at = mmap(nullptr, mapping->size, PROT_READ, MAP_PRIVATE, file, 0);
    ::close(file);
    if (mapping->at == MAP_FAILED) {
        mapping->at = nullptr;
        throw std::system_error(errno, std::generic_category(), "map " + path);
    }
    auto archive = open({static_cast<const char*>(mapping->at), mapping->size}, limits);
    if (archive) archive->mapping_ = std::move(mapping);
    return archive;
}

bool Archive::has(std::string_view name) const { return std::find(names_.begin(), names_.end(), name) != names_.end(); }

Verdict Archive::read(const std::string& name, const std::function<bool(std::string_view)>& sink) const {
    const Refusal lies{Code::unprocessable, "office.sizes_lie", {{"part", name}}, {}, {}};
    zip_stat_t stat;
    if (zip_stat(zip_.get(), name.c_str(), 0, &stat) != 0 || !(stat.valid & ZIP_STAT_SIZE))
        return Refusal{Code::unprocessable, "office.part_missing", {{"part", name}}, {}, {}};
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(zip_fopen_index(zip_.get(), stat.index, 0), zip_fclose);
    if (!file) return not_a_package("cannot open " + name);
    std::array<char, 65536> piece;
    for (std::uint64_t unpacked = 0;;) {
        const auto got = zip_fread(file.get(), piece.data(), piece.size());
        if (got < 0) return lies;
        if (got == 0) return unpacked == stat.size ? Verdict{} : lies;
        unpacked += static_cast<std::uint64_t>(got);
        if (unpacked > stat.size) return lies;
        if (!sink({piece.data(), static_cast<std::size_t>(got)})) return std::nullopt;
    }
}

}  // namespace anban::office
