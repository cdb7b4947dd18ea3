#include "platform/files/blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <system_error>

#include "core/ids.h"
#include "platform/crypto/crypto.h"

namespace anban::files {
namespace fs = std::filesystem;
namespace {

[[noreturn]] void fail(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

class Descriptor {
public:
    Descriptor(const std::string& path, int flags, mode_t mode = 0) : fd_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
        if (fd_ < 0) fail("open " + path);
    }
    ~Descriptor() { ::close(fd_); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }

private:
    int fd_;
};

void sync_folder(const std::string& path) {
    const Descriptor folder(path, O_RDONLY | O_DIRECTORY);
    if (::fsync(folder.get()) != 0) fail("fsync " + path);
}

// Calls with each piece; false from the callback stops.
template <class Piece>
void read_pieces(int fd, const std::string& path, Piece piece) {
    std::array<char, 1 << 16> buffer;
    for (;;) {
        const auto got = ::read(fd, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read " + path);
        if (got == 0 || !piece(std::string_view(buffer.data(), static_cast<std::size_t>(got)))) return;
    }
}

bool is_digest(std::string_view text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

struct BlobStore::Incoming {
    explicit Incoming(const std::string& folder)
        : path(folder + "/incoming/" + crypto::hex(random_bytes(16))), file(path, O_WRONLY | O_CREAT | O_EXCL, 0600) {}
    ~Incoming() { if (!kept) ::unlink(path.c_str()); }
    Incoming(const Incoming&) = delete;
    Incoming& operator=(const Incoming&) = delete;

    void add(std::string_view bytes) {
        hasher.add(bytes);
        size += bytes.size();
        while (!bytes.empty()) {
            const auto wrote = ::write(file.get(), bytes.data(), bytes.size());
            if (wrote < 0 && errno == EINTR) continue;
            if (wrote < 0) fail("write " + path);
            bytes.remove_prefix(static_cast<std::size_t>(wrote));
        }
    }

    std::string path;
    Descriptor file;
    crypto::Hasher hasher{crypto::Digest::sha256};
    std::uint64_t size = 0;
    bool kept = false;
};

BlobStore::BlobStore(std::string folder, bool durable) : folder_(std::move(folder)), durable_(durable) {
    fs::create_directories(folder_ + "/incoming");
    static constexpr char hex[] = "0123456789abcdef";
    for (const char a : std::string_view(hex))
        for (const char b : std::string_view(hex)) fs::create_directory(folder_ + '/' + a + b);  // all now: put() need not sync the parent
    sync_folder(folder_);
    sync_folder(fs::path(folder_).parent_path().empty() ? "." : fs::path(folder_).parent_path().string());
    for (const auto& left : fs::directory_iterator(folder_ + "/incoming")) {
        std::error_code gone;
        const auto age = fs::file_time_type::clock::now() - fs::last_write_time(left, gone);
        if (!gone && age > std::chrono::hours(24)) fs::remove(left, gone);
    }
}

Stored BlobStore::put(std::string_view bytes) {
    Incoming incoming(folder_);
    incoming.add(bytes);
    return keep(incoming);
}

Stored BlobStore::put_file(const std::string& path) {
    const Descriptor source(path, O_RDONLY);
    Incoming incoming(folder_);
    read_pieces(source.get(), path, [&](std::string_view piece) { return incoming.add(piece), true; });
    return keep(incoming);
}

// The order is the promise: bytes on disk, then the name, then the folder that holds the name.
Stored BlobStore::keep(Incoming& incoming) {
    if (durable_ && ::fsync(incoming.file.get()) != 0) fail("fsync " + incoming.path);
    const auto name = crypto::hex(incoming.hasher.finish());
    const auto home = folder_ + '/' + name.substr(0, 2);
    if (::rename(incoming.path.c_str(), (home + '/' + name).c_str()) != 0) fail("rename to " + name);
    incoming.kept = true;
    if (durable_) sync_folder(home);
    return {name, incoming.size};
}

std::string BlobStore::path_of(std::string_view sha256) const {
    if (!is_digest(sha256)) return {};
    auto path = folder_ + '/' + std::string(sha256.substr(0, 2)) + '/' + std::string(sha256);
    return ::access(path.c_str(), F_OK) == 0 ? path : std::string();
}

std::optional<std::string> BlobStore::read(std::string_view sha256, std::uint64_t limit) const {
    const auto path = path_of(sha256);
    if (path.empty()) return std::nullopt;
    std::string bytes;
    const Descriptor file(path, O_RDONLY);
    read_pieces(file.get(), path, [&](std::string_view piece) { return bytes.append(piece).size() <= limit; });
    if (bytes.size() > limit || crypto::hex(crypto::sha256(bytes)) != sha256) return std::nullopt;
    return bytes;
}

BlobStore::State BlobStore::verify(std::string_view sha256) const {
    const auto path = path_of(sha256);
    if (path.empty()) return State::missing;
    crypto::Hasher hasher(crypto::Digest::sha256);
    const Descriptor file(path, O_RDONLY);
    read_pieces(file.get(), path, [&](std::string_view piece) { return hasher.add(piece), true; });
    return crypto::hex(hasher.finish()) == sha256 ? State::sound : State::damaged;
}

bool BlobStore::remove(std::string_view sha256) {
    const auto path = path_of(sha256);
    return !path.empty() && ::unlink(path.c_str()) == 0;
}

std::vector<Stored> BlobStore::list() const {
    std::vector<Stored> all;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
        const auto name = entry.path().filename().string();
        if (entry.is_regular_file() && is_digest(name)) all.push_back({name, entry.file_size()});
    }
    return all;
}

}  // namespace anban::files
