#include "platform/db/file_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "platform/db/database.h"

namespace anban::db {
namespace {

std::string holder(int fd) {
    std::array<char, 32> text{};
    const auto size = ::pread(fd, text.data(), text.size() - 1, 0);
    const std::string pid(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    return pid.empty() ? "another process" : "process " + pid.substr(0, pid.find('\n'));
}

}  // namespace

FileLock::FileLock(std::string path) : path_(std::move(path)), fd_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)) {
    if (fd_ < 0) throw Failure("can not open " + path_ + ": " + std::strerror(errno));
    if (::flock(fd_, LOCK_EX | LOCK_NB) != 0) {
        const std::string who = holder(fd_);
        ::close(fd_);
        throw Failure("the database is in use by " + who + " (" + path_ + " is locked); stop it first, or go through it");
    }
    // For the one who is refused. Not needed for the lock, so a full disk does not matter.
    const std::string pid = std::to_string(::getpid()) + '\n';
    if (::ftruncate(fd_, 0) == 0 && ::pwrite(fd_, pid.data(), pid.size(), 0) < 0) errno = 0;
}

FileLock::~FileLock() { ::close(fd_); }  // the file stays: to unlink it would let two in

}  // namespace anban::db
