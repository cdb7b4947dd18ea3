#include "platform/api/problem.h"

#include "core/json.h"

namespace anban::api {
namespace {

json::object params_json(const Params& params) {
    json::object out;
    for (const auto& [name, text] : params) out.insert_or_assign(name, text);
    return out;
}

}  // namespace

int status_of(Code code) {
    switch (code) {
        case Code::invalid: return 400;
        case Code::unauthenticated: return 401;
        case Code::forbidden: return 403;
        case Code::not_found: return 404;
        case Code::conflict: return 409;
        case Code::too_large: return 413;
        case Code::unsupported: return 415;
        case Code::unprocessable: return 422;
        case Code::too_many: return 429;
        case Code::unavailable: return 503;
    }
    return 500;
}

http::Response problem(const Refusal& refusal, std::string_view request_id) {
    json::array errors;
    for (const auto& error : refusal.errors)
        errors.push_back(json::object{{"path", error.path}, {"code", error.key}, {"params", params_json(error.params)}});
    http::Response response;
    response.status = status_of(refusal.code);
    response.type = "application/problem+json";
    if (refusal.code == Code::unavailable || refusal.code == Code::too_many) response.headers.emplace_back("Retry-After", "5");
    response.body = json::write(json::object{{"status", response.status},
                                             {"code", refusal.key},
                                             {"params", params_json(refusal.params)},
                                             {"errors", errors},
                                             {"requestId", request_id}});
    return response;
}

http::Response problem(int status, std::string_view key, std::string_view request_id) {
    auto response = problem(Refusal{Code::invalid, std::string(key), {}, {}, {}}, request_id);
    response.status = status;
    response.body = json::write(json::object{{"status", status}, {"code", key}, {"params", json::object{}},
                                             {"errors", json::array{}}, {"requestId", request_id}});
    if (status == 503) response.headers.emplace_back("Retry-After", "5");
    return response;
}

void add_security_headers(http::Response& response) {
    auto& headers = response.headers;
    headers.emplace_back("X-Content-Type-Options", "nosniff");
    headers.emplace_back("X-Frame-Options", "DENY");
    headers.emplace_back("Referrer-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
    headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    headers.emplace_back("Content-Security-Policy",
                         "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; font-src 'self'; "
                         "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'");
    for (const auto& [name, text] : headers)
        if (name == "Cache-Control") return;
    headers.emplace_back("Cache-Control", "no-store");
}

}  // namespace anban::api
