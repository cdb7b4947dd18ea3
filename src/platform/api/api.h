// Every endpoint is declared once. The declaration makes the router, the input check, the rights check, the OpenAPI file and
// the table that the rights test walks.
//
//   api.get<Query, Answer>("/api/v1/filings/{id}", Right::filings_read, {"一件报送件"}, open_filing);
//   api.post<Body, Answer>("/api/v1/filings/{id}/hand-in", Right::filings_hand_in, {"报送"}, hand_in);
//
// The order of every call: session -> forgery guard (what changes) -> right -> input -> use case -> durable -> answer.
// Refused: see refuse_call in api.cpp. A handler refuses by value; what it throws becomes 500 (503 for db::Unavailable) with
// the request id, exact in the log and generic outside.
#pragma once

#include <boost/describe.hpp>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <vector>

#include "core/codec.h"
#include "platform/api/call.h"
#include "platform/http/message.h"

namespace anban::api {

struct NoQuery {};
BOOST_DESCRIBE_STRUCT(NoQuery, (), ())

// What {id} in a path names, for the rights test: who owns the thing decides who may see it.
struct About {
    std::string summary;                     // Chinese, one line, for the API file
    std::string subject = "none";            // none, own (the actor's own things), organization, filing, item, ...
    std::uint64_t body_limit = 1 << 20;      // bytes
};

struct Endpoint {
    http::Method method = http::Method::get;
    std::string path;
    Right right = Right::signed_in;
    About about;
    bool file_body = false;                  // the body is a file, not JSON
    bool file_answer = false;
    json::value query_schema = nullptr;
    json::value body_schema = nullptr;
    json::value answer_schema = nullptr;
    std::function<http::Response(Call&)> run;

    [[nodiscard]] bool changes() const { return method != http::Method::get; }
};

[[nodiscard]] std::string_view method_name(http::Method);

class Api {
public:
    template <class Query, class Answer>
    using Look = std::function<Result<Answer>(View&, const Path&, const Query&)>;
    template <class Body, class Answer>
    using Deed = std::function<Result<Answer>(Work&, const Path&, const Body&)>;

    template <class Query, class Answer>
    void get(std::string path, Right right, About about, Look<Query, Answer> look) {
        Endpoint e = declare<Answer>(http::Method::get, std::move(path), right, std::move(about));
        e.query_schema = codec::schema<Query>();
        e.run = [look = std::move(look)](Call& call) {
            auto query = call.query<Query>();
            if (!query) return call.refuse(query.refusal());
            return call.answer_look([&](View& view) { return encoded(look(view, call.path(), *query)); });
        };
        add(std::move(e));
    }

    template <class Body, class Answer>
    void post(std::string path, Right right, About about, Deed<Body, Answer> deed) {
        add(deed_endpoint<Body, Answer>(http::Method::post, std::move(path), right, std::move(about), std::move(deed)));
    }
    template <class Body, class Answer>
    void put(std::string path, Right right, About about, Deed<Body, Answer> deed) {
        add(deed_endpoint<Body, Answer>(http::Method::put, std::move(path), right, std::move(about), std::move(deed)));
    }
    template <class Body, class Answer>
    void patch(std::string path, Right right, About about, Deed<Body, Answer> deed) {
        add(deed_endpoint<Body, Answer>(http::Method::patch, std::move(path), right, std::move(about), std::move(deed)));
    }
    template <class Body, class Answer>
    void del(std::string path, Right right, About about, Deed<Body, Answer> deed) {
        add(deed_endpoint<Body, Answer>(http::Method::del, std::move(path), right, std::move(about), std::move(deed)));
    }

    // For what must prepare outside the transaction (passwords, spreadsheets, files): the handler opens call.write itself.
    // Body is decoded; Answer encoded. Idempotency is the handler's: use call.once().
    template <class Body, class Answer>
    void prepared(http::Method method, std::string path, Right right, About about,
                  std::function<Result<Answer>(Call&, const Body&)> handler) {
        Endpoint e = declare<Answer>(method, std::move(path), right, std::move(about));
        e.body_schema = codec::schema<Body>();
        e.run = [handler = std::move(handler)](Call& call) {
            auto body = call.body<Body>();
            if (!body) return call.refuse(body.refusal());
            return call.answer(encoded(handler(call, *body)));
        };
        add(std::move(e));
    }

    // The body is a file (name in the header X-File-Name, percent-encoded UTF-8).
    template <class Query, class Answer>
    void upload(http::Method method, std::string path, Right right, About about,
                std::function<Result<Answer>(Call&, const Query&)> handler) {
        Endpoint e = declare<Answer>(method, std::move(path), right, std::move(about));
        e.file_body = true;
        e.query_schema = codec::schema<Query>();
        e.run = [handler = std::move(handler)](Call& call) {
            auto query = call.query<Query>();
            if (!query) return call.refuse(query.refusal());
            return call.answer(encoded(handler(call, *query)));
        };
        add(std::move(e));
    }

    // The answer is a file or a stream.
    void download(std::string path, Right right, About about, std::function<Result<http::Response>(Call&)> handler);

    [[nodiscard]] const std::vector<Endpoint>& endpoints() const { return endpoints_; }
    void add(Endpoint);

private:
    template <class Answer>
    static Result<json::value> encoded(const Result<Answer>& answer) {
        if (!answer) return answer.refusal();
        if constexpr (std::is_same_v<Answer, Done>) return json::value(json::object{});
        else return codec::encode(*answer, json::one_use());
    }

    template <class Answer>
    static Endpoint declare(http::Method method, std::string path, Right right, About about) {
        Endpoint e;
        e.method = method;
        e.path = std::move(path);
        e.right = right;
        e.about = std::move(about);
        if constexpr (std::is_same_v<Answer, Done>) e.answer_schema = json::object{{"type", "object"}};
        else e.answer_schema = codec::schema<Answer>();
        return e;
    }

    template <class Body, class Answer>
    static Endpoint deed_endpoint(http::Method method, std::string path, Right right, About about, Deed<Body, Answer> deed) {
        Endpoint e = declare<Answer>(method, std::move(path), right, std::move(about));
        e.body_schema = codec::schema<Body>();
        e.run = [deed = std::move(deed)](Call& call) {
            auto body = call.body<Body>();
            if (!body) return call.refuse(body.refusal());
            return call.answer_deed([&](Work& work) { return encoded(deed(work, call.path(), *body)); });
        };
        return e;
    }

    std::vector<Endpoint> endpoints_;
};

// The declarations as an OpenAPI 3.1 document.
[[nodiscard]] json::value openapi(const Api&);

}  // namespace anban::api
