#include "bench/load.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>

namespace anban::bench {
namespace {

double seconds(clockid_t clock) {
    timespec t{};
    clock_gettime(clock, &t);
    return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9;
}

std::string header_of(const std::string& head, const std::string& name) {
    const auto at = head.find("\r\n" + name + ": ");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 4;
    return head.substr(begin, head.find("\r\n", begin) - begin);
}

}  // namespace

Connection::Connection(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) != 0) throw std::runtime_error("cannot connect");
}

Connection::~Connection() { ::close(socket_); }

Reply Connection::exchange(const std::string& request) {
    for (std::size_t sent = 0; sent < request.size();) {
        const auto n = ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
        if (n <= 0) throw std::runtime_error("connection broke");
        sent += static_cast<std::size_t>(n);
    }
    std::string in = std::move(left_);
    std::size_t need = std::string::npos, body_at = 0;
    while (need == std::string::npos || in.size() < need) {
        char buffer[65536];
        const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
        if (n <= 0) throw std::runtime_error("connection broke");
        in.append(buffer, static_cast<std::size_t>(n));
        if (need != std::string::npos) continue;
        const auto end = in.find("\r\n\r\n");
        if (end == std::string::npos) continue;
        body_at = end + 4;
        const auto length = header_of(in.substr(0, end + 2), "Content-Length");
        need = body_at + (length.empty() ? 0 : std::stoul(length));
    }
    const auto cookie = header_of(in.substr(0, body_at), "Set-Cookie");
    left_ = in.substr(need);
    return {std::stoi(in.substr(9, 3)), in.substr(body_at, need - body_at), cookie.substr(0, cookie.find(';'))};
}

Reply Connection::post(const std::string& path, const std::string& body, const std::string& headers) {
    return exchange("POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body);
}

Reply Connection::get(const std::string& path, const std::string& headers) {
    return exchange("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n");
}

double percentile(std::vector<double> all, double share) {
    if (all.empty()) return 0;
    std::sort(all.begin(), all.end());
    return all[std::min(all.size() - 1, static_cast<std::size_t>(share * static_cast<double>(all.size())))];
}

Figures drive(int threads, int count, const std::function<bool(int, int)>& deed, const std::function<double()>& engine_cpu, bool clients_count) {
    const int each = std::max(1, count / threads);
    std::atomic<int> refused{0};
    count = each * threads;
    std::vector<std::vector<double>> times(static_cast<std::size_t>(threads));
    std::vector<double> client_cpu(static_cast<std::size_t>(threads));
    const auto run = [&](int thread) {
        const double begun = seconds(CLOCK_THREAD_CPUTIME_ID);
        for (int n = 0; n < each; ++n) {
            const auto at = std::chrono::steady_clock::now();
            if (!deed(thread, n)) ++refused;
            times[static_cast<std::size_t>(thread)].push_back(
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - at).count());
        }
        client_cpu[static_cast<std::size_t>(thread)] = seconds(CLOCK_THREAD_CPUTIME_ID) - begun;
    };
    const double cpu = seconds(CLOCK_PROCESS_CPUTIME_ID), engine = engine_cpu(), wall = seconds(CLOCK_MONOTONIC);
    std::vector<std::thread> all;
    for (int t = 0; t < threads; ++t) all.emplace_back(run, t);
    for (auto& t : all) t.join();
    const double took = seconds(CLOCK_MONOTONIC) - wall;
    double own = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    std::vector<double> merged;
    for (std::size_t t = 0; t < times.size(); ++t) {
        if (!clients_count) own -= client_cpu[t];
        merged.insert(merged.end(), times[t].begin(), times[t].end());
    }
    return {count / took, percentile(merged, 0.5), percentile(merged, 0.99), own / count * 1e6, (engine_cpu() - engine) / count * 1e6, refused};
}

}  // namespace anban::bench
