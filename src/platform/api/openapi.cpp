#include <algorithm>

#include "platform/api/api.h"

namespace anban::api {
namespace {

json::array parameters(const Endpoint& endpoint) {
    json::array out;
    std::string_view rest = endpoint.path;
    for (auto open = rest.find('{'); open != std::string_view::npos; open = rest.find('{')) {
        const auto close = rest.find('}', open);
        out.push_back(json::object{{"name", rest.substr(open + 1, close - open - 1)}, {"in", "path"}, {"required", true},
                                   {"schema", json::object{{"type", "string"}}}});
        rest.remove_prefix(close + 1);
    }
    if (!endpoint.query_schema.is_object()) return out;
    const auto& schema = endpoint.query_schema.as_object();
    const auto& required = schema.at("required").as_array();
    for (const auto& property : schema.at("properties").as_object()) {
        const bool needed = std::any_of(required.begin(), required.end(),
                                        [&](const json::value& name) { return name.as_string() == property.key(); });
        auto type = property.value();
        if (const auto* any = type.as_object().if_contains("anyOf")) type = any->as_array().at(0);
        out.push_back(json::object{{"name", property.key()}, {"in", "query"}, {"required", needed}, {"schema", type}});
    }
    return out;
}

json::object content(const json::value& schema, bool file) {
    if (file) return {{"application/octet-stream", json::object{{"schema", json::object{{"type", "string"}, {"format", "binary"}}}}}};
    return {{"application/json", json::object{{"schema", schema}}}};
}

json::object operation(const Endpoint& endpoint) {
    json::object out{{"summary", endpoint.about.summary},
                     {"x-right", codec::enum_name(endpoint.right)},
                     {"x-subject", endpoint.about.subject}};
    if (auto declared = parameters(endpoint); !declared.empty()) out.emplace("parameters", std::move(declared));
    if (endpoint.file_body || endpoint.body_schema.is_object())
        out.emplace("requestBody", json::object{{"required", true}, {"content", content(endpoint.body_schema, endpoint.file_body)}});
    out.emplace("responses",
                json::object{{"200", json::object{{"description", "OK"}, {"content", content(endpoint.answer_schema, endpoint.file_answer)}}},
                             {"default", json::object{{"description", "refused"},
                                                      {"content", json::object{{"application/problem+json",
                                                                                json::object{{"schema", json::object{{"$ref", "#/components/schemas/Problem"}}}}}}}}}});
    return out;
}

json::object problem_schema() {
    const json::object text{{"type", "string"}};
    const json::object texts{{"type", "object"}, {"additionalProperties", text}};
    return {{"type", "object"},
            {"properties",
             json::object{{"status", json::object{{"type", "integer"}}},
                          {"code", text},
                          {"params", texts},
                          {"errors", json::object{{"type", "array"},
                                                  {"items", json::object{{"type", "object"},
                                                                         {"properties", json::object{{"path", text}, {"code", text}, {"params", texts}}},
                                                                         {"required", json::array{"path", "code", "params"}}}}}},
                          {"requestId", text}}},
            {"required", json::array{"status", "code", "params", "errors", "requestId"}}};
}

}  // namespace

json::value openapi(const Api& api) {
    json::object paths;
    std::vector<const Endpoint*> sorted;
    for (const auto& endpoint : api.endpoints()) sorted.push_back(&endpoint);
    std::sort(sorted.begin(), sorted.end(),
              [](auto* a, auto* b) { return std::tie(a->path, a->method) < std::tie(b->path, b->method); });
    for (const auto* endpoint : sorted) {
        if (!paths.contains(endpoint->path)) paths.emplace(endpoint->path, json::object{});
        paths.at(endpoint->path).as_object().emplace(method_name(endpoint->method), operation(*endpoint));
    }
    return json::object{{"openapi", "3.1.0"},
                        {"info", json::object{{"title", "Anban 安办"}, {"version", "1"}}},
                        {"paths", paths},
                        {"components", json::object{{"schemas", json::object{{"Problem", problem_schema()}}}}}};
}

}  // namespace anban::api
