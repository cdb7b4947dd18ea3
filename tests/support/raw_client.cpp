#include "tests/support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace anban::test {

namespace {

using Clock = std::chrono::steady_clock;

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

// Status line and headers; the text ends before the empty line.
RawAnswer parse_head(std::string_view text) {
    RawAnswer answer;
    answer.status = std::stoi(std::string(text.substr(9, 3)));
    for (auto at = text.find("\r\n"); at != std::string_view::npos;) {
        const auto next = text.find("\r\n", at + 2);
        const auto line = text.substr(at + 2, next == std::string_view::npos ? next : next - at - 2);
        const auto colon = line.find(": ");
        if (colon != std::string_view::npos)
            answer.headers.emplace_back(lower(std::string(line.substr(0, colon))), std::string(line.substr(colon + 2)));
        at = next;
    }
    return answer;
}

}  // namespace

std::string RawAnswer::header(std::string_view name) const {
    for (const auto& header : headers)
        if (header.first == name) return header.second;
    return {};
}

RawClient::RawClient(unsigned short port, int receive_buffer) {
    fd_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd_ < 0) return;
    if (receive_buffer > 0) ::setsockopt(fd_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
    sockaddr_in where{};
    where.sin_family = AF_INET;
    where.sin_port = htons(port);
    where.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd_, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0) return;
    ::close(fd_);
    fd_ = -1;
}

RawClient::~RawClient() {
    if (fd_ >= 0) ::close(fd_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), ended_(other.ended_), reset_(other.reset_), drained_(other.drained_), held_(std::move(other.held_)) {}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool RawClient::read_more(Clock::time_point until) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(until - Clock::now()).count();
    if (ended_ || left < 0) return false;
    pollfd ready{fd_, POLLIN, 0};
    if (::poll(&ready, 1, static_cast<int>(left) + 1) <= 0) return false;
    std::array<char, 64 * 1024> piece;
    const auto got = ::recv(fd_, piece.data(), piece.size(), 0);
    if (got <= 0) {
        ended_ = true;
        reset_ = got < 0;
        return false;
    }
    held_.append(piece.data(), static_cast<std::size_t>(got));
    return true;
}

std::optional<RawAnswer> RawClient::read_answer(bool head, std::chrono::milliseconds limit) {
    const auto until = Clock::now() + limit;
    std::size_t end = 0;
    while ((end = held_.find("\r\n\r\n")) == std::string::npos)
        if (!read_more(until)) return std::nullopt;
    auto answer = parse_head(std::string_view(held_).substr(0, end));
    held_.erase(0, end + 4);
    const auto length = answer.header("content-length");
    const std::size_t size = head || length.empty() ? 0 : std::stoul(length);
    while (held_.size() < size)
        if (!read_more(until)) return std::nullopt;
    answer.body = held_.substr(0, size);
    held_.erase(0, size);
    return answer;
}

bool RawClient::read_until(std::string_view text, std::chrono::milliseconds limit) {
    const auto until = Clock::now() + limit;
    while (held_.find(text) == std::string::npos)
        if (!read_more(until)) return false;
    held_.erase(0, held_.find(text) + text.size());
    return true;
}

bool RawClient::sees_end(std::chrono::milliseconds limit) {
    const auto until = Clock::now() + limit;
    while (!ended_) {
        if (!read_more(until)) break;
        drained_ += held_.size();
        held_.clear();
    }
    return ended_;
}

bool RawClient::is_cut_off() const {
    pollfd state{fd_, 0, 0};
    return ::poll(&state, 1, 0) == 1 && (state.revents & (POLLERR | POLLHUP)) != 0;
}

std::string request_text(std::string_view method, std::string_view target, std::string_view lines, std::string_view body) {
    std::string text;
    text.append(method).append(" ").append(target).append(" HTTP/1.1\r\nHost: office.test\r\n").append(lines);
    if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return text.append("\r\n").append(body);
}

}  // namespace anban::test
