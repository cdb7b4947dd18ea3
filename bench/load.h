// A client that sends as fast as it is answered, and what it cost.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace anban::bench {

struct Reply {
    int status = 0;
    std::string body;
    std::string session_cookie;  // when the answer sets one
};

// One kept connection. Throws std::runtime_error when it breaks.
class Connection {
public:
    explicit Connection(unsigned short port);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    Reply post(const std::string& path, const std::string& body, const std::string& headers = {});
    Reply get(const std::string& path, const std::string& headers = {});

private:
    Reply exchange(const std::string& request);
    int socket_;
    std::string left_;
};

struct Figures {
    double per_second = 0;
    double p50_ms = 0;
    double p99_ms = 0;
    double cpu_us = 0;       // of this process without the client threads, for each deed
    double engine_us = 0;    // of the database's own processes, for each deed
    int refused = 0;
};

// Each of `threads` threads runs deed(thread, n) for its equal part of `count`. false: it was refused. engine_cpu: seconds used so
// far by processes of the database.
[[nodiscard]] Figures drive(int threads, int count, const std::function<bool(int thread, int n)>& deed,
                            const std::function<double()>& engine_cpu, bool clients_count);

[[nodiscard]] double percentile(std::vector<double> milliseconds, double share);

}  // namespace anban::bench
