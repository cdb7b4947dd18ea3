// Holds a file for this process alone, as long as it lives. The kernel lets go when the process ends, however it ends.
#pragma once

#include <string>

namespace anban::db {

class FileLock {
public:
    explicit FileLock(std::string path);  // throws Failure that names the holder
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    std::string path_;
    int fd_;
};

}  // namespace anban::db
