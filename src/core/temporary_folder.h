// A folder of this process alone (mode 700, a name that nobody can foresee), gone with its owner and all that was put into it.
#pragma once

#include <string>

namespace anban {

class TemporaryFolder {
public:
    TemporaryFolder();  // in the system's folder for such; throws std::system_error when none can be made
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

}  // namespace anban
