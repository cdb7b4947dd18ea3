#include "platform/api/router.h"

#include <chrono>

#include "platform/api/problem.h"
#include "platform/log/log.h"

namespace anban::api {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> out;
    while (!path.empty() && path.front() == '/') {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        out.push_back(path.substr(0, end));
        path.remove_prefix(end);
    }
    return out;
}

Path path_of(const std::string& pattern, std::string_view path) {
    Path out;
    const auto names = segments(pattern);
    const auto parts = segments(path);
    for (std::size_t i = 0; i < names.size() && i < parts.size(); ++i)
        if (names[i].front() == '{') out.parts_.emplace(names[i].substr(1, names[i].size() - 2), parts[i]);
    return out;
}

// Session -> forgery guard -> right. The handler checks its input, and the use case what the row allows.
Verdict refuse_call(Gate& gate, const Endpoint& endpoint, const std::optional<Session>& session, const http::Request& request) {
    if (endpoint.changes())
        if (auto refusal = gate.refuse_forgery(session ? &*session : nullptr, request)) return refusal;
    if (endpoint.right == Right::open_to_all) return std::nullopt;
    if (!session) return Refusal{Code::unauthenticated, "session.sign_in_first", {}, {}, {}};
    auto refusal = gate.refuse(*session, endpoint.right);
    if (refusal) gate.note_refused(*session, std::string(method_name(endpoint.method)) + ' ' + endpoint.path, request, *refusal);
    return refusal;
}

}  // namespace

Router::Router(const Api& api, Ground ground, Assets assets) : api_(api), ground_(ground), assets_(std::move(assets)) {
    for (std::size_t i = 0; i < api_.endpoints().size(); ++i) {
        const auto& endpoint = api_.endpoints()[i];
        Node* node = &root_;
        for (const auto part : segments(endpoint.path)) {
            if (part.front() == '{') {
                if (!node->any) node->any = std::make_unique<Node>();
                node = node->any.get();
            } else {
                node = &node->named[std::string(part)];
            }
        }
        if (!node->endpoints.emplace(endpoint.method, i).second) throw std::logic_error("declared twice: " + endpoint.path);
        routes_.push_back(std::make_shared<http::Route>(http::Route{
            endpoint.changes() ? endpoint.about.body_limit : 0, [this](const http::Request& request) { return handle(request); }}));
    }
    page_ = std::make_shared<http::Route>(http::Route{0, [this](const http::Request& request) { return handle(request); }});
}

const Router::Node* Router::walk(std::string_view path) const {
    const Node* node = &root_;
    for (const auto part : segments(path)) {
        if (const auto named = node->named.find(part); named != node->named.end()) node = &named->second;
        else if (node->any && !part.empty()) node = node->any.get();
        else return nullptr;
    }
    return node;
}

std::shared_ptr<const http::Route> Router::find(http::Method method, std::string_view path) const {
    if (const auto* node = walk(path)) {
        const auto found = node->endpoints.find(method);
        if (found != node->endpoints.end()) return routes_[found->second];
    }
    return method == http::Method::get ? page_ : nullptr;
}

http::Response Router::refuse(int status, std::string_view request_id) const {
    auto response = problem(status, "transport.refused_" + std::to_string(status), request_id);
    add_security_headers(response);
    return response;
}

http::Response Router::handle(const http::Request& request) const {
    const auto begun = std::chrono::steady_clock::now();
    http::Response response;
    try {
        const auto* node = walk(request.path);
        const auto found = node ? node->endpoints.find(request.method) : decltype(node->endpoints.end()){};
        if (node && found != node->endpoints.end()) {
            response = serve(api_.endpoints()[found->second], request);
        } else if (node && !node->endpoints.empty()) {
            response = problem(405, "transport.refused_405", request.id);
        } else {
            auto page = request.path.rfind("/api/", 0) == 0 || !assets_ ? std::nullopt : assets_(request);
            response = page ? std::move(*page) : problem(404, "transport.refused_404", request.id);
        }
    } catch (const db::Unavailable& failure) {
        log::error("request.unavailable", {{"requestId", request.id}, {"path", request.path}, {"detail", failure.what()}});
        response = problem(503, "server.storage_unavailable", request.id);
    } catch (const std::exception& failure) {
        log::error("request.failed", {{"requestId", request.id}, {"path", request.path}, {"detail", failure.what()}});
        response = problem(500, "server.failed", request.id);
    }
    add_security_headers(response);
    const auto spent = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begun).count();
    if (request.path.rfind("/api/", 0) == 0)
        log::info("request", {{"requestId", request.id}, {"method", std::string(method_name(request.method))},
                              {"path", request.path}, {"status", response.status},
                              {"us", spent}, {"peer", request.peer}});
    return response;
}

http::Response Router::serve(const Endpoint& endpoint, const http::Request& request) const {
    auto session = ground_.gate.authenticate(request);
    if (!session && endpoint.right != Right::open_to_all) return problem(session.refusal(), request.id);
    const auto who = session ? *session : std::optional<Session>();
    if (const auto refusal = refuse_call(ground_.gate, endpoint, who, request)) return problem(*refusal, request.id);
    Call call(ground_, request, path_of(endpoint.path, request.path), who);
    return endpoint.run(call);
}

}  // namespace anban::api
