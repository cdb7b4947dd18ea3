#include "platform/http/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace anban::http {

namespace {

constexpr std::uint64_t piece_size = 256 * 1024;

}  // namespace

FileSource::FileSource(const std::string& path, bool remove) {
    fd_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);  // a pipe must not hold us
    struct stat facts{};
    if (fd_ >= 0 && (::fstat(fd_, &facts) != 0 || !S_ISREG(facts.st_mode))) {
        ::close(fd_);
        fd_ = -1;
    }
    if (fd_ < 0) return;
    size_ = static_cast<std::uint64_t>(facts.st_size);
    if (remove) ::unlink(path.c_str());
}

FileSource::~FileSource() {
    if (fd_ >= 0) ::close(fd_);
}

std::string FileSource::read_piece() {
    std::string piece(std::min(piece_size, size_ - given_), '\0');
    ssize_t got = 0;
    do got = ::pread(fd_, piece.data(), piece.size(), static_cast<off_t>(given_));
    while (got < 0 && errno == EINTR);
    piece.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    given_ += piece.size();
    return piece;
}

}  // namespace anban::http
