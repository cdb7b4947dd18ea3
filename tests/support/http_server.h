// A transport on loopback with routes made of plain functions, run on a thread of its own.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <thread>

#include "platform/http/server.h"

namespace anban::test {

class TableRoutes final : public http::Routes {
public:
    void add(const std::string& path, std::uint64_t body_limit, std::function<http::Response(const http::Request&)> handle) {
        table_[path] = std::make_shared<const http::Route>(http::Route{body_limit, std::move(handle)});
    }
    [[nodiscard]] std::shared_ptr<const http::Route> find(http::Method, std::string_view path) const override {
        const auto found = table_.find(path);
        return found == table_.end() ? nullptr : found->second;
    }
    [[nodiscard]] http::Response refuse(int status, std::string_view) const override {
        return {status, "text/plain", {}, "refused " + std::to_string(status)};
    }

private:
    std::map<std::string, std::shared_ptr<const http::Route>, std::less<>> table_;
};

// Short time-outs; add routes, then start().
class HttpServer {
public:
    HttpServer();
    ~HttpServer();

    http::Options options;
    std::shared_ptr<TableRoutes> routes = std::make_shared<TableRoutes>();

    void start();
    void stop_and_wait();  // stop(), then until run() has returned
    [[nodiscard]] http::Server& server() { return *server_; }
    [[nodiscard]] unsigned short port() const { return server_->port(); }

private:
    std::unique_ptr<http::Server> server_;
    std::thread thread_;
};

}  // namespace anban::test
