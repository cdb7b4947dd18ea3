#include "platform/api/call.h"

#include <array>
#include <fstream>

#include "platform/api/problem.h"
#include "platform/crypto/crypto.h"

namespace anban::api {
namespace {

Actor nobody(const http::Request& request) {
    Actor actor;
    actor.address = request.peer;
    return actor;
}

std::optional<std::int64_t> whole_number(const std::string& text) {
    if (text.empty() || text.size() > 18 || text.find_first_not_of("-0123456789") != std::string::npos) return std::nullopt;
    if (text.find('-', 1) != std::string::npos || text == "-") return std::nullopt;
    return std::stoll(text);
}

bool schema_is(const json::value& schema, std::string_view type) {
    if (const auto* any = schema.as_object().if_contains("anyOf")) return schema_is(any->as_array().at(0), type);
    const auto* found = schema.as_object().if_contains("type");
    return found && found->is_string() && found->get_string() == type;
}

json::value typed(const json::value& schema, const std::string& text) {
    if (schema_is(schema, "integer")) {
        if (const auto number = whole_number(text)) return *number;
    } else if (schema_is(schema, "boolean")) {
        if (text == "1" || text == "true") return true;
        if (text == "0" || text == "false") return false;
    }
    return json::value(text);
}

// An upload lies in a file and is read in pieces.
std::string digest_of(const http::Body* body) {
    crypto::Hasher hasher(crypto::Digest::sha256);
    if (body && body->memory()) hasher.add(*body->memory());
    if (!body || body->memory()) return crypto::hex(hasher.finish());
    std::ifstream file(body->file(), std::ios::binary);
    std::array<char, 1 << 16> piece;
    while (file.read(piece.data(), piece.size()) || file.gcount() > 0)
        hasher.add({piece.data(), static_cast<std::size_t>(file.gcount())});
    return crypto::hex(hasher.finish());
}

}  // namespace

Call::Call(Ground& ground, const http::Request& request, Path path, std::optional<Session> session)
    : ground_(ground), request_(request), path_(std::move(path)), session_(std::move(session)),
      actor_(session_ ? session_->actor : nobody(request)), real_now_(ground.clock.real_now()),
      now_(ground.clock.business(real_now_)), received_(ground.clock.business(request.received)) {
    actor_.address = request.peer;
}

Work Call::hands(db::Connection& connection) const {
    return {connection, actor_, now_, received_, real_now_, request_.id};
}

Result<json::value> Call::parsed_body() const {
    const auto type = request_.header("content-type");
    if (type.substr(0, 16) != "application/json")
        return Refusal{Code::unsupported, "body.json_expected", {}, {}, std::string(type)};
    const auto* memory = request_.body ? request_.body->memory() : nullptr;
    if (memory) return json::parse(*memory);
    return json::parse(request_.body ? request_.body->read_all() : std::string());
}

json::value Call::query_as_json(const json::value& schema) const {
    json::object out;
    const auto& properties = schema.as_object().at("properties").as_object();
    std::string_view rest = request_.raw_query;
    while (!rest.empty()) {
        const auto pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
        const std::string name(pair.substr(0, pair.find('=')));
        if (name.empty() || out.contains(name)) continue;
        const auto text = request_.query(name);
        const auto* property = properties.if_contains(name);
        out.emplace(name, property ? typed(*property, text.value_or("")) : json::value(text.value_or("")));
    }
    return out;
}

Result<json::value> Call::once(const std::function<Result<json::value>(Work&)>& deed) {
    const std::string key(request_.header("idempotency-key"));
    if (key.empty() || actor_.person_id.empty()) return write<json::value>(deed);
    if (key.size() > 80) return Refusal{Code::invalid, "idempotency.key_too_long", {}, {}, {}};
    const std::string endpoint = std::to_string(static_cast<int>(request_.method)) + ' ' + request_.path +
                                 (request_.raw_query.empty() ? "" : '?' + request_.raw_query);
    const std::string digest = digest_of(request_.body.get());

    const auto stored = [&](db::Connection& db) -> std::optional<Result<json::value>> {
        std::optional<Result<json::value>> found;
        db.each({"idempotency.find", R"sql(
            select endpoint, digest, answer from idempotency_keys where person_id = $1 and name = $2
        )sql"}, {actor_.person_id, key}, [&](const db::Row& row) {
            if (row.text(0) == endpoint && row.text(1) == digest) found.emplace(json::parse(row.text(2)));
            else found.emplace(Refusal{Code::conflict, "idempotency.key_used_otherwise", {}, {}, {}});
        });
        return found;
    };
    const auto deed_once = [&](Work& work) -> Result<json::value> {
        if (auto before = stored(work.db)) return std::move(*before);
        auto result = deed(work);
        if (result)
            work.db.run({"idempotency.add", R"sql(
                insert into idempotency_keys (person_id, name, endpoint, digest, status, answer, at)
                values ($1, $2, $3, $4, 200, $5, $6)
            )sql"}, {actor_.person_id, key, endpoint, digest, json::write(*result), work.real_now.ms});
        return result;
    };
    // Two of the same at once on two connections: the quicker one's answer is this one's too. The slower one meets the key, or
    // before it the rows that the quicker one has changed: then its deed is refused as stale.
    const auto quicker = [&] {
        std::optional<Result<json::value>> found;
        ground_.db.read([&](db::Connection& connection) { found = stored(connection); });
        return found;
    };
    try {
        auto result = write<json::value>(deed_once);
        if (result) return result;
        if (auto found = quicker()) return std::move(*found);
        return result;
    } catch (const db::ConstraintFailure&) {
        if (auto found = quicker()) return std::move(*found);
        throw;
    }
}

http::Response Call::answer(const Result<json::value>& result) const {
    if (!result) return refuse(result.refusal());
    http::Response response;
    response.body = json::write(*result);
    return response;
}

http::Response Call::refuse(const Refusal& refusal) const { return problem(refusal, request_.id); }

}  // namespace anban::api
