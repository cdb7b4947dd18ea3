// A file of this process alone (mode 600, a name that nobody can foresee) that goes with the last who holds it, whether it was sent or not.
#pragma once

#include <string>
#include <string_view>

namespace anban::http {

class TemporaryFile {
public:
    explicit TemporaryFile(std::string_view suffix);  // empty, in the system's folder for such; throws when none can be made
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace anban::http
