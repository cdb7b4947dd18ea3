#include "platform/api/api.h"

namespace anban::api {

std::string_view method_name(http::Method method) {
    switch (method) {
        case http::Method::get: return "get";
        case http::Method::post: return "post";
        case http::Method::put: return "put";
        case http::Method::patch: return "patch";
        case http::Method::del: return "delete";
    }
    return "get";
}

void Api::add(Endpoint endpoint) { endpoints_.push_back(std::move(endpoint)); }

void Api::download(std::string path, Right right, About about, std::function<Result<http::Response>(Call&)> handler) {
    Endpoint e;
    e.method = http::Method::get;
    e.path = std::move(path);
    e.right = right;
    e.about = std::move(about);
    e.file_answer = true;
    e.run = [handler = std::move(handler)](Call& call) {
        auto response = handler(call);
        return response ? std::move(*response) : call.refuse(response.refusal());
    };
    add(std::move(e));
}

}  // namespace anban::api
