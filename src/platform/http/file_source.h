// A file that is sent as an answer, read piece by piece. Its calls block on the disk.
#pragma once

#include <cstdint>
#include <string>

namespace anban::http {

class FileSource {
public:
    // Not open() when it is missing, no regular file, or may not be read. With remove its name is gone at once; the bytes live
    // until this object goes.
    FileSource(const std::string& path, bool remove);
    ~FileSource();
    FileSource(const FileSource&) = delete;
    FileSource& operator=(const FileSource&) = delete;

    [[nodiscard]] bool open() const { return fd_ >= 0; }
    [[nodiscard]] std::uint64_t size() const { return size_; }
    [[nodiscard]] bool given_all() const { return given_ == size_; }
    // The next bytes, empty when size() bytes were given or the file turned out shorter.
    [[nodiscard]] std::string read_piece();

private:
    int fd_ = -1;
    std::uint64_t size_ = 0;
    std::uint64_t given_ = 0;
};

}  // namespace anban::http
