// A body as it arrives: the first 64 KiB in memory, more in a file without a name, which is gone with its last reference
// and after a crash.
#pragma once

#include "platform/http/message.h"

namespace anban::http {

class Spool final : public Body {
public:
    explicit Spool(std::string folder) : folder_(std::move(folder)) {}
    ~Spool() override;
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    void append(std::string_view bytes);
    // More than memory may hold waits: flush() before the next append. flush() blocks on the disk; false: no room.
    [[nodiscard]] bool wants_flush() const;
    [[nodiscard]] bool flush();

    [[nodiscard]] std::uint64_t size() const override { return size_; }
    [[nodiscard]] const std::string* memory() const override { return fd_ < 0 ? &held_ : nullptr; }
    [[nodiscard]] const std::string& file() const override { return path_; }
    [[nodiscard]] std::string read_all() const override;

private:
    [[nodiscard]] bool open_file();

    std::string folder_;
    std::string held_;   // all of it while small, then what is not yet in the file
    std::string path_;
    std::uint64_t size_ = 0;
    int fd_ = -1;
};

}  // namespace anban::http
