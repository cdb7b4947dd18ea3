// From a request to its endpoint: what the transport asks. Also the order in which a call is refused.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>

#include "platform/api/api.h"

namespace anban::api {

// Answers everything outside /api (the page); nothing: not found.
using Assets = std::function<std::optional<http::Response>(const http::Request&)>;

class Router final : public http::Routes {
public:
    Router(const Api&, Ground, Assets);
    [[nodiscard]] std::shared_ptr<const http::Route> find(http::Method, std::string_view path) const override;
    [[nodiscard]] http::Response refuse(int status, std::string_view request_id) const override;

    // The whole way of one request without sockets: tests and the command line go through it too.
    [[nodiscard]] http::Response handle(const http::Request&) const;

private:
    struct Node {
        std::map<std::string, Node, std::less<>> named;
        std::unique_ptr<Node> any;      // {id}
        std::map<http::Method, std::size_t> endpoints;
    };

    [[nodiscard]] const Node* walk(std::string_view path) const;
    [[nodiscard]] http::Response serve(const Endpoint&, const http::Request&) const;

    const Api& api_;
    mutable Ground ground_;
    Assets assets_;
    Node root_;
    std::vector<std::shared_ptr<const http::Route>> routes_;
    std::shared_ptr<const http::Route> page_;
};

}  // namespace anban::api
