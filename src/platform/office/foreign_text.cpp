#include "platform/office/foreign_text.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <system_error>
#include <vector>

#include "core/temporary_folder.h"

namespace anban::office {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto kPatience = std::chrono::seconds(8);
const std::string kNowhere = "/dev/null";  // no folder can be made below it, not even by root

[[noreturn]] void fail(const char* what) { throw std::system_error(errno, std::generic_category(), what); }

class Descriptor {
public:
    explicit Descriptor(int fd) : fd_(fd) {}
    ~Descriptor() { close(); }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const { return fd_; }
    void close() {
        if (fd_ >= 0) ::close(fd_);
        fd_ = -1;
    }

private:
    int fd_;
};

std::vector<const char*> command_for(Foreign kind) {
    // w3m alone keeps what it reads in a file of its own while it runs, in a folder that goes with it.
    std::vector<const char*> out{"/usr/bin/prlimit", "--cpu=5", "--as=1073741824", kind == Foreign::html ? "--fsize=33554432" : "--fsize=0", "--core=0", "--nofile=64", "--"};
    switch (kind) {
        case Foreign::pdf: out.insert(out.end(), {"/usr/bin/pdftotext", "-q", "-enc", "UTF-8", "-nopgbrk", "-", "-"}); break;
        case Foreign::word: out.insert(out.end(), {"/usr/bin/catdoc", "-w", "-d", "utf-8"}); break;
        case Foreign::html: out.insert(out.end(), {"/usr/bin/w3m", "-dump", "-T", "text/html", "-O", "UTF-8", "-cols", "10000", "-o", "display_image=false"}); break;
    }
    return out;
}

const char* program_of(Foreign kind) { return kind == Foreign::pdf ? "/usr/bin/pdftotext" : kind == Foreign::word ? "/usr/bin/catdoc" : "/usr/bin/w3m"; }

// The bytes as a file that has no name.
int in_memory(std::string_view bytes) {
    const int fd = ::memfd_create("paper", MFD_CLOEXEC);
    if (fd < 0) fail("memfd_create");
    for (auto left = bytes; !left.empty();) {
        const auto wrote = ::write(fd, left.data(), left.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote < 0) { ::close(fd); fail("write"); }
        left.remove_prefix(static_cast<std::size_t>(wrote));
    }
    ::lseek(fd, 0, SEEK_SET);
    return fd;
}

pid_t start(const std::vector<const char*>& command, const std::string& home, int in, int out) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in, 0);
    ::posix_spawn_file_actions_adddup2(&actions, out, 1);
    ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    std::vector<char*> words;
    for (const auto* word : command) words.push_back(const_cast<char*>(word));
    words.push_back(nullptr);
    // Nothing of the server's environment: no proxy, no locale, no keys.
    auto own = "HOME=" + home, passing = "TMPDIR=" + home;
    std::array<char*, 5> environment{const_cast<char*>("PATH=/usr/bin:/bin"), const_cast<char*>("LC_ALL=C.UTF-8"), own.data(), passing.data(), nullptr};
    pid_t child = -1;
    const int failed = ::posix_spawn(&child, words.front(), &actions, nullptr, words.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (failed != 0) throw std::system_error(failed, std::generic_category(), "posix_spawn");
    return child;
}

struct Said {
    std::string text;
    bool whole = false;
};

// Until the program has said all, has said too much, or took too long.
Said listen(int from, std::size_t most) {
    Said out;
    const auto end = Clock::now() + kPatience;
    std::array<char, 1 << 16> buffer;
    while (out.text.size() <= most) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
        pollfd waiting{from, POLLIN, 0};
        const int ready = left <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left));
        if (ready < 0 && errno == EINTR) continue;
        if (ready <= 0) return out;
        const auto got = ::read(from, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return out.whole = got == 0, out;
        out.text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return out;
}

int end_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {}
    return status;
}

}  // namespace

Result<std::string> foreign_text(std::string_view bytes, Foreign kind, std::size_t most) {
    if (::access(program_of(kind), X_OK) != 0 || ::access("/usr/bin/prlimit", X_OK) != 0)
        return Refusal{Code::unavailable, "office.no_program", {{"program", program_of(kind)}}, {}, {}};
    const Descriptor paper(in_memory(bytes));
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe2");
    const Descriptor from(ends[0]);
    Descriptor into(ends[1]);
    std::optional<TemporaryFolder> home;
    if (kind == Foreign::html) home.emplace();
    const auto child = start(command_for(kind), home ? home->path() : kNowhere, paper.get(), into.get());
    into.close();
    auto said = listen(from.get(), most);
    if (!said.whole) ::kill(child, SIGKILL);
    const int status = end_of(child);
    if (said.text.size() > most) return Refusal{Code::too_large, "office.text_too_long", {}, {}, {}};
    const bool well = said.whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!well || said.text.find_first_not_of(" \t\r\n\f") == std::string::npos) return Refusal{Code::unprocessable, "office.not_readable", {}, {}, {}};
    return std::move(said.text);
}

}  // namespace anban::office
