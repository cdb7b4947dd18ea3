#include "platform/http/temporary_file.h"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <system_error>

namespace anban::http {

TemporaryFile::TemporaryFile(std::string_view suffix)
    : path_((std::filesystem::temp_directory_path() / "anban-XXXXXX").string() + std::string(suffix)) {
    const int fd = ::mkstemps(path_.data(), static_cast<int>(suffix.size()));
    if (fd < 0) throw std::system_error(errno, std::generic_category(), path_);
    ::close(fd);
}

TemporaryFile::~TemporaryFile() { ::unlink(path_.c_str()); }

}  // namespace anban::http
