#include "platform/http/spool.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>

namespace anban::http {

namespace {

constexpr std::size_t memory_limit = 64 * 1024;

bool write_whole(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto wrote = ::write(fd, bytes.data(), bytes.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

// Not every file system knows files without a name.
int open_unlinked(const std::string& folder) {
    std::string name = folder + "/body-XXXXXX";
    const int fd = ::mkostemp(name.data(), O_CLOEXEC);
    if (fd >= 0) ::unlink(name.c_str());
    return fd;
}

}  // namespace

Spool::~Spool() {
    if (fd_ >= 0) ::close(fd_);
}

void Spool::append(std::string_view bytes) {
    held_ += bytes;
    size_ += bytes.size();
}

// Once there is a file, all goes there: the handler finds the body in one place.
bool Spool::wants_flush() const { return held_.size() > memory_limit || (fd_ >= 0 && !held_.empty()); }

bool Spool::open_file() {
    fd_ = ::open(folder_.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd_ < 0) fd_ = open_unlinked(folder_);
    if (fd_ >= 0) path_ = "/proc/self/fd/" + std::to_string(fd_);
    return fd_ >= 0;
}

bool Spool::flush() {
    if (fd_ < 0 && !open_file()) return false;
    const bool whole = write_whole(fd_, held_);
    held_.clear();
    return whole;
}

std::string Spool::read_all() const {
    if (fd_ < 0) return held_;
    std::string out(size_, '\0');
    std::size_t done = 0;
    while (done < out.size()) {
        const auto got = ::pread(fd_, out.data() + done, out.size() - done, static_cast<off_t>(done));
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) throw std::runtime_error("spooled body could not be read");
        done += static_cast<std::size_t>(got);
    }
    return out;
}

}  // namespace anban::http
