// One request on its way through an endpoint: who asks, with what, and the doors to the database.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/codec.h"
#include "platform/api/work.h"
#include "platform/http/message.h"

namespace anban::api {

// {id} and its like, by name. Asking for a name that the path does not declare throws.
class Path {
public:
    [[nodiscard]] const std::string& operator[](const std::string& name) const { return parts_.at(name); }
    std::map<std::string, std::string> parts_;
};

struct Session {
    Actor actor;
    std::string token_hash;
    std::string csrf_token;
    bool must_change_password = false;
};

// Who may come in and who may do what: implemented by modules/people, asked here and nowhere else.
class Gate {
public:
    virtual ~Gate() = default;
    // Nothing: no session was offered. Refusal: one was, and it is ended, expired or false.
    virtual Result<std::optional<Session>> authenticate(const http::Request&) = 0;
    // Refuses what another site may have sent: token of this session, Origin of this server.
    virtual Verdict refuse_forgery(const Session*, const http::Request&) = 0;
    // Refuses when the role does not hold the right (or the password must be changed first).
    virtual Verdict refuse(const Session&, Right) = 0;
    // What was refused so is worth remembering; `endpoint` as declared: "POST /api/v1/accounts".
    virtual void note_refused(const Session&, const std::string& /*endpoint*/, const http::Request&, const Refusal&) {}
};

// What all calls share. Lives as long as the server.
struct Ground {
    db::Database& db;
    const Clock& clock;
    Gate& gate;
};

class Call {
public:
    Call(Ground& ground, const http::Request& request, Path path, std::optional<Session> session);

    [[nodiscard]] const http::Request& request() const { return request_; }
    [[nodiscard]] const Path& path() const { return path_; }
    [[nodiscard]] const std::optional<Session>& session() const { return session_; }
    [[nodiscard]] const Actor& actor() const { return actor_; }
    [[nodiscard]] Ground& ground() { return ground_; }
    [[nodiscard]] Instant now() const { return now_; }
    [[nodiscard]] Instant real_now() const { return real_now_; }

    template <class Body>
    [[nodiscard]] Result<Body> body() const {
        auto parsed = parsed_body();
        if (!parsed) return parsed.refusal();
        return codec::decode<Body>(*parsed);
    }

    // Names that are not declared are refused; texts, integers and yes/no (1, 0, true, false) are read.
    template <class Query>
    [[nodiscard]] Result<Query> query() const { return codec::decode<Query>(query_as_json(codec::schema<Query>())); }

    // Runs the deed in one transaction; a refusal undoes it. Durable when it returns.
    template <class T>
    [[nodiscard]] Result<T> write(const std::function<Result<T>(Work&)>& deed) {
        std::optional<Result<T>> result;
        ground_.db.write([&](db::Connection& connection) {
            Work work = hands(connection);
            result.emplace(deed(work));
            return result->ok() ? db::Outcome::keep : db::Outcome::undo;
        });
        return std::move(*result);
    }
    template <class T>
    [[nodiscard]] Result<T> read(const std::function<Result<T>(View&)>& look) {
        std::optional<Result<T>> result;
        ground_.db.read([&](db::Connection& connection) {
            View view{connection, actor_, now_, real_now_};
            result.emplace(look(view));
        });
        return std::move(*result);
    }

    // Same request twice is one deed: with an Idempotency-Key the stored answer comes back; the same key with another body is
    // a conflict. The key is stored in the deed's own transaction.
    [[nodiscard]] Result<json::value> once(const std::function<Result<json::value>(Work&)>& deed);

    [[nodiscard]] http::Response answer(const Result<json::value>&) const;
    [[nodiscard]] http::Response answer_deed(const std::function<Result<json::value>(Work&)>& deed) { return answer(once(deed)); }
    [[nodiscard]] http::Response answer_look(const std::function<Result<json::value>(View&)>& look) { return answer(read<json::value>(look)); }
    [[nodiscard]] http::Response refuse(const Refusal&) const;

private:
    [[nodiscard]] Work hands(db::Connection&) const;
    [[nodiscard]] Result<json::value> parsed_body() const;
    [[nodiscard]] json::value query_as_json(const json::value& schema) const;

    Ground& ground_;
    const http::Request& request_;
    Path path_;
    std::optional<Session> session_;
    Actor actor_;
    Instant real_now_;
    Instant now_;
    Instant received_;
};

}  // namespace anban::api
