// A client that may be as rude as it likes: bytes in, bytes out, over loopback.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anban::test {

struct RawAnswer {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
    std::string body;
    [[nodiscard]] std::string header(std::string_view lower_name) const;
};

class RawClient {
public:
    // Connects to 127.0.0.1; a small receive buffer makes a slow reader felt early.
    explicit RawClient(unsigned short port, int receive_buffer = 0);
    ~RawClient();
    RawClient(RawClient&&) noexcept;
    RawClient& operator=(RawClient&&) = delete;

    [[nodiscard]] bool connected() const { return fd_ >= 0; }
    bool send(std::string_view bytes);  // false: the other side is gone
    // The next answer, nullopt when it does not come whole in time. HEAD has no body.
    std::optional<RawAnswer> read_answer(bool head = false, std::chrono::milliseconds limit = std::chrono::seconds(5));
    // Waits for the text within what comes (event streams); false when it does not come in time.
    bool read_until(std::string_view text, std::chrono::milliseconds limit = std::chrono::seconds(5));
    // Whether the server ends the connection in time; what it sends before is counted in drained().
    bool sees_end(std::chrono::milliseconds limit = std::chrono::seconds(5));
    [[nodiscard]] std::size_t drained() const { return drained_; }
    [[nodiscard]] bool is_cut_off() const;  // reset by the server, told without reading
    [[nodiscard]] bool was_reset() const { return reset_; }
    [[nodiscard]] const std::string& held() const { return held_; }

private:
    bool read_more(std::chrono::steady_clock::time_point until);

    int fd_ = -1;
    bool ended_ = false;
    bool reset_ = false;
    std::size_t drained_ = 0;
    std::string held_;
};

// "GET /path HTTP/1.1" with a Host and these further lines ("Name: value\r\n").
[[nodiscard]] std::string request_text(std::string_view method, std::string_view target, std::string_view lines = {}, std::string_view body = {});

}  // namespace anban::test
