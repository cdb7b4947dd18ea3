// Signing in and out, one's own password, posts and sessions.
#include "modules/people/http.h"
#include "modules/people/rights.h"
#include "modules/people/sign_in.h"
#include "modules/people/store.h"

namespace anban::people {
namespace {

constexpr std::int64_t kDeviceSeconds = 365LL * 24 * 60 * 60;
constexpr const char* kDevicePath = "/api/v1/session";

struct SignInBody { std::string account; std::string password; };
BOOST_DESCRIBE_STRUCT(SignInBody, (), (account, password))
struct PasswordBody { std::string current; std::string fresh; };
BOOST_DESCRIBE_STRUCT(PasswordBody, (), (current, fresh))
struct PostBody { std::string post; };
BOOST_DESCRIBE_STRUCT(PostBody, (), (post))
struct Sessions { std::vector<SessionLine> rows; };
BOOST_DESCRIBE_STRUCT(Sessions, (), (rows))
struct Ended { std::int64_t count = 0; };
BOOST_DESCRIBE_STRUCT(Ended, (), (count))

SessionPost shown(const Post& p) { return {p.id, p.title, p.role, {p.organization_id, p.organization}}; }

Result<SessionShown> show(View& view, std::string_view token_hash, const SessionDoors& doors) {
    const auto stored = find_session(view.db, token_hash, view.now);
    if (!stored) return Refusal{Code::unauthenticated, "session.ended", {}, {}, {}};
    const auto& actor = stored->session.actor;
    SessionShown answer;
    answer.person = {actor.person_id, stored->person_name, stored->login};
    answer.post = {stored->post_id, actor.name, actor.role, {actor.organization_id, stored->organization}};
    for (const auto& p : store::posts_of(view.db, actor.person_id))
        if (store::may_act(view.db, p, view.now)) answer.posts.push_back(shown(p));
    answer.role = actor.role;
    answer.rights = rights_of(actor.role);
    answer.csrf_token = stored->session.csrf_token;
    answer.must_change_password = stored->session.must_change_password;
    if (const auto reset = store::last_reset(view.db, actor.account_id);
        reset && (!reset->used_at || view.real_now.ms - reset->used_at->ms < kTellResetMs))
        answer.password_reset = PasswordReset{reset->by_name, reset->at};
    answer.business_time = view.now;
    answer.business_time_moved = view.now != view.real_now;
    answer.demo = doors.demo;
    View own{view.db, actor, view.now, view.real_now};
    if (doors.campaigns) answer.campaigns = doors.campaigns(own);
    return answer;
}

template <class Answer>
api::Endpoint endpoint(http::Method method, std::string path, Right right, std::string summary) {
    api::Endpoint e;
    e.method = method;
    e.path = std::move(path);
    e.right = right;
    e.about = {std::move(summary), "own", 1 << 16};
    e.answer_schema = codec::schema<Answer>();
    return e;
}

// The session as it is from now on, with its cookie.
http::Response answer_with(api::Call& call, const NewSession& made, const SessionDoors& doors) {
    auto response = call.answer_look([&](View& view) -> Result<json::value> {
        const auto session = show(view, hash_of_token(made.token), doors);
        if (!session) return session.refusal();
        return codec::encode(*session);
    });
    response.headers.emplace_back("Set-Cookie", cookie(kSessionCookie, made.token, "/", kAbsoluteMs / 1000, doors.secure));
    return response;
}

void add_sign_in(api::Api& api, const SessionDoors& doors) {
    auto e = endpoint<SessionShown>(http::Method::post, "/api/v1/session", Right::open_to_all, "登录");
    e.body_schema = codec::schema<SignInBody>();
    e.run = [doors](api::Call& call) {
        const auto body = call.body<SignInBody>();
        if (!body) return call.refuse(body.refusal());
        const auto made = sign_in(call, {body->account, body->password, call.request().cookie(kDeviceCookie).value_or("")});
        if (!made) return call.refuse(made.refusal());
        auto response = answer_with(call, made->session, doors);
        if (!made->device.empty())
            response.headers.emplace_back("Set-Cookie", cookie(kDeviceCookie, made->device, kDevicePath, kDeviceSeconds, doors.secure));
        return response;
    };
    api.add(std::move(e));
}

void add_sign_out(api::Api& api, const SessionDoors& doors) {
    auto e = endpoint<json::object>(http::Method::del, "/api/v1/session", Right::signed_in, "退出登录");
    e.run = [doors](api::Call& call) {
        const auto done = sign_out(call);
        if (!done) return call.refuse(done.refusal());
        auto response = call.answer(json::value(json::object{}));
        response.headers.emplace_back("Set-Cookie", cookie(kSessionCookie, "", "/", 0, doors.secure));
        return response;
    };
    api.add(std::move(e));
}

void add_switch(api::Api& api, const SessionDoors& doors) {
    auto e = endpoint<SessionShown>(http::Method::post, "/api/v1/session/post", Right::signed_in, "切换岗位");
    e.body_schema = codec::schema<PostBody>();
    e.run = [doors](api::Call& call) {
        const auto body = call.body<PostBody>();
        if (!body) return call.refuse(body.refusal());
        const auto made = switch_post(call, body->post);
        return made ? answer_with(call, *made, doors) : call.refuse(made.refusal());
    };
    api.add(std::move(e));
}

void add_ending(api::Api& api, const std::string& path, const std::string& summary, bool one) {
    auto e = endpoint<Ended>(http::Method::del, path, Right::signed_in, summary);
    e.run = [one](api::Call& call) {
        return call.answer_deed([&](Work& work) -> Result<json::value> {
            const auto count = end_sessions(work, one ? call.path()["id"] : "", call.session()->token_hash);
            if (!count) return count.refusal();
            return codec::encode(Ended{*count});
        });
    };
    api.add(std::move(e));
}

}  // namespace

void add_session_routes(api::Api& api, const SessionDoors& doors) {
    auto e = endpoint<SessionShown>(http::Method::get, "/api/v1/session", Right::signed_in, "当前登录的人与岗位");
    e.run = [doors](api::Call& call) {
        return call.answer_look([&](View& view) -> Result<json::value> {
            const auto session = show(view, call.session()->token_hash, doors);
            if (!session) return session.refusal();
            return codec::encode(*session);
        });
    };
    api.add(std::move(e));
    add_sign_in(api, doors);
    add_sign_out(api, doors);
    add_switch(api, doors);
    api.prepared<PasswordBody, Done>(http::Method::put, "/api/v1/session/password", Right::signed_in, {"修改自己的密码", "own"},
        [](api::Call& call, const PasswordBody& body) { return change_own_password(call, {body.current, body.fresh}); });
    auto list = endpoint<Sessions>(http::Method::get, "/api/v1/sessions", Right::signed_in, "自己的登录会话");
    list.run = [](api::Call& call) {
        return call.answer_look([&](View& view) -> Result<json::value> {
            return codec::encode(Sessions{list_sessions(view, call.session()->token_hash)});
        });
    };
    api.add(std::move(list));
    add_ending(api, "/api/v1/sessions", "结束自己的其他会话", false);
    add_ending(api, "/api/v1/sessions/{id}", "结束自己的一个会话", true);
}

}  // namespace anban::people
