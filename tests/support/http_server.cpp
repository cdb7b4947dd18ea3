#include "tests/support/http_server.h"

namespace anban::test {

using namespace std::chrono_literals;

HttpServer::HttpServer() {
    options.port = 0;
    options.workers = 4;
    options.linger_time = 300ms;
    options.grace = 2s;
    routes->add("/hello", 1024, [](const http::Request&) { return http::Response{200, "text/plain", {}, "hello"}; });
}

HttpServer::~HttpServer() { stop_and_wait(); }

void HttpServer::start() {
    server_ = std::make_unique<http::Server>(options, routes);
    thread_ = std::thread([this] { server_->run(); });
}

void HttpServer::stop_and_wait() {
    if (!thread_.joinable()) return;
    server_->stop();
    thread_.join();
}

}  // namespace anban::test
