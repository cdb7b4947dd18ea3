#include "tests/journeys/rights_requests.h"

#include <cctype>
#include <map>
#include <stdexcept>

namespace anban::test {
namespace {

const std::map<std::string, std::string, std::less<>>& texts() {
    static const std::map<std::string, std::string, std::less<>> known{
        {"duty", "weekly"}, {"part", "news"}, {"slot", "2023-W11"}, {"month", "2023-03"}, {"cell", "r1.found"}, {"reason", "自拟的理由"},
        {"login", "somebody-new"}, {"papers", "e-copy"}, {"name", "某岗位"}, {"category", ""}, {"title", "一篇稿件"}, {"code", "110000"}};
    return known;
}

// Which thing a member names: "organizationId", "into", "routeId" …; '' when it names none.
std::string subject_of(std::string_view member) {
    static const std::map<std::string, std::string, std::less<>> known{
        {"organizationId", "organization"}, {"organization", "organization"}, {"receiver", "organization"}, {"node", "organization"},
        {"into", "organization"}, {"parent", "organization"}, {"toAccountId", "account"}, {"routeId", "route"}, {"filingId", "filing"},
        {"submissionId", "submission"}, {"itemId", "item"}, {"attachmentId", "attachment"}, {"campaign", "campaign"}, {"campaignId", "campaign"}};
    const auto found = known.find(member);
    return found == known.end() ? std::string() : found->second;
}

struct Filler {
    const TwoTrees& trees;
    Relation relation;

    json::value of(const json::value& schema, std::string_view name) const {
        const auto& o = schema.as_object();
        if (const auto* any = o.if_contains("anyOf")) return of(any->as_array().at(0), name);
        if (const auto* words = o.if_contains("enum")) return words->as_array().at(0);
        const auto* type = o.if_contains("type");
        if (!type) return json::object{};
        const std::string_view t(type->get_string());
        if (t == "object") return object(o, name);
        if (t == "array") return json::array{of(o.at("items"), name)};
        if (t == "integer") return name.ends_with("ersion") ? 999'999 : 1;
        if (t == "number") return 1;
        if (t == "boolean") return name == "dryRun";
        return text(o, name);
    }
    json::value object(const json::object& schema, std::string_view list) const {
        json::object out;
        const auto* required = schema.if_contains("required");
        if (!required) return out;
        for (const auto& member : required->as_array()) {
            const std::string name(member.as_string());
            if (name == "id" && list == "routes") out.emplace(name, trees.id("route", relation));
            else out.emplace(name, of(schema.at("properties").at(name), name));
        }
        return out;
    }
    json::value text(const json::object& schema, std::string_view name) const {
        if (const auto* format = schema.if_contains("format"))
            return format->as_string() == "date" ? "2023-03-10" : "2023-01-01T00:00:00.000+08:00";
        if (const auto subject = subject_of(name); !subject.empty()) return json::value(trees.id(subject, relation));
        const auto known = texts().find(name);
        return json::value(known == texts().end() ? "x" : known->second);
    }
};

// A part of a path: {id} is what the endpoint is about; the others say it themselves.
std::string part_of_path(const api::Endpoint& endpoint, const std::string& name, const TwoTrees& trees, Relation relation) {
    static const std::map<std::string, std::string, std::less<>> literal{{"number", "1"}, {"part", "news"}, {"duty", "weekly"}, {"form", "statistics"}};
    if (name == "id" && endpoint.path.find("/sessions/") != std::string::npos) return trees.id("session", Relation::stranger);
    const bool paper = endpoint.about.subject == "filing" && endpoint.path.ends_with("/xlsx");
    if (name == "id" && paper) return trees.id("table_filing", relation);
    if (name == "part" && paper) return "statistics";
    if (name == "id") return trees.id(endpoint.about.subject, relation);
    if (const auto found = literal.find(name); found != literal.end()) return found->second;
    return trees.id(name, relation);
}

std::string path_of(const api::Endpoint& endpoint, const TwoTrees& trees, Relation relation) {
    std::string out;
    for (std::size_t i = 0; i < endpoint.path.size(); ++i) {
        if (endpoint.path[i] != '{') { out += endpoint.path[i]; continue; }
        const auto end = endpoint.path.find('}', i);
        out += part_of_path(endpoint, endpoint.path.substr(i + 1, end - i - 1), trees, relation);
        i = end;
    }
    return out;
}

const std::map<std::string, std::string> kArticles{{"duty", "articles"}, {"part", "articles"}, {"category", "results"}};
const std::map<std::string, std::string> kTotals{{"duty", "monthly"}, {"part", "statistics"}, {"slot", "2023-03"}};

// Where the path names a campaign, the relation can only be told by the query: receiver, node.
bool tells_relation(const api::Endpoint& endpoint, std::string_view name) {
    return endpoint.about.subject == "campaign" && (name == "receiver" || name == "node");
}

std::string query_of(const api::Endpoint& endpoint, const Filler& filler) {
    if (!endpoint.query_schema.is_object()) return {};
    const auto& schema = endpoint.query_schema.as_object();
    std::string out;
    for (const auto& member : schema.at("properties").as_object()) {
        const std::string name(member.key());
        const auto* required = schema.if_contains("required");
        bool wanted = tells_relation(endpoint, name);
        if (required) for (const auto& r : required->as_array()) wanted = wanted || r.as_string() == name;
        if (!wanted) continue;
        auto value = filler.of(member.value(), name);
        if (endpoint.path.find("/totals") != std::string::npos && kTotals.contains(name)) value = kTotals.at(name);
        if (endpoint.path.ends_with("/quotas") && kArticles.contains(name)) value = kArticles.at(name);
        out += (out.empty() ? "?" : "&") + name + "=" + (value.is_string() ? std::string(value.get_string()) : json::write(value));
    }
    return out;
}

}  // namespace

std::string line_of(const api::Endpoint& e) {
    std::string line(api::method_name(e.method));
    for (auto& c : line) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return line + " " + e.path;
}

Asked request_for(const api::Endpoint& endpoint, const TwoTrees& trees, Relation relation) {
    const Filler filler{trees, relation};
    Asked asked{endpoint.method, path_of(endpoint, trees, relation) + query_of(endpoint, filler), nullptr, {}};
    if (endpoint.file_body) asked.file = "no spreadsheet at all";
    else if (endpoint.body_schema.is_object()) asked.body = filler.of(endpoint.body_schema, "");
    if (asked.body.is_object() && endpoint.path.ends_with("/items"))
        for (const auto& [name, text] : kArticles) asked.body.as_object()[name] = text;
    return asked;
}

Answer send(Client& client, const Asked& asked, const std::vector<std::pair<std::string, std::string>>& headers) {
    if (!asked.file.empty()) {
        auto more = headers;
        more.emplace_back("x-file-name", "list.xlsx");
        return client.send(asked.method, asked.target, asked.file, "application/octet-stream", more);
    }
    return client.send(asked.method, asked.target, asked.body.is_null() ? std::string() : json::write(asked.body), "application/json", headers);
}

}  // namespace anban::test
