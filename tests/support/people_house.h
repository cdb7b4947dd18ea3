// A house with a handful of posts, and browsers that go through the router as the page does: cookies, forgery token, no sockets.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "app/migrations.h"
#include "modules/organizations/http.h"
#include "modules/people/http.h"
#include "modules/people/sign_in.h"
#include "platform/api/router.h"
#include "platform/crypto/crypto.h"
#include "tests/support/world_db.h"

namespace anban::people::house {

inline constexpr const char* kPassword = "Tuo3!meng-huayuan";

struct TextBody final : http::Body {
    explicit TextBody(std::string text) : text_(std::move(text)) {}
    std::uint64_t size() const override { return text_.size(); }
    const std::string* memory() const override { return &text_; }
    const std::string& file() const override { return none_; }
    std::string read_all() const override { return text_; }
    std::string text_, none_;
};

struct HandClock final : Clock {
    std::int64_t real = beijing_instant(parse_date("2026-01-05").value(), 9 * 60).ms;
    std::int64_t offset = 0;
    Instant real_now() const override { return {real}; }
    std::int64_t offset_ms() const override { return offset; }
};

struct Answer {
    int status = 0;
    json::value body;
    std::vector<std::string> cookies;
    std::string code() const { return std::string(body.as_object().at("code").as_string()); }
    const json::value& at(const char* pointer) const { return body.at_pointer(pointer); }
    std::string text(const char* pointer) const { return std::string(at(pointer).as_string()); }
};

// One house with a handful of posts; the same password for all, hashed once.
struct House {
    test::WorldDb db;
    HandClock clock;
    std::unique_ptr<api::Gate> gate;
    api::Api api;
    std::unique_ptr<api::Router> router;
    std::map<std::string, std::string> organizations;
    std::map<std::string, std::string> accounts;  // id by login

    explicit House(db::Engine engine) : db(engine, migrations()) {
        clock.offset = parse_date("2023-05-25")->days * 86'400'000LL - parse_date("2026-01-05")->days * 86'400'000LL;
        gate = make_gate(*db, clock, {});
        add_routes(api, {true, false, {}});
        organizations::add_routes(api, {posts_impact()});
        router = std::make_unique<api::Router>(api, api::Ground{*db, clock, *gate}, nullptr);
        seed();
    }

    template <class T> T as_operator(const std::function<Result<T>(Work&)>& deed) {
        std::optional<T> made;
        db->write([&](db::Connection& c) {
            const Actor actor{"operator", "", "", Role::system_admin, "operator", "operator"};
            const auto now = clock.business(clock.real_now());
            Work work{c, actor, now, now, clock.real_now(), "operator"};
            auto result = deed(work);
            EXPECT_TRUE(result) << result.refusal().key;
            made = std::move(*result);
            return db::Outcome::keep;
        });
        return *made;
    }

    void add_organization(const std::string& name, const std::string& parent = "") {
        const auto day = parse_date("2023-01-01").value();
        organizations::Opening asked{"", name, "", organizations::Kind::bureau, organizations::Level::city, "", "", 0, day, {}};
        if (!parent.empty()) asked.parents.push_back({organizations::EdgeKind::place, organizations.at(parent)});
        organizations[name] = as_operator<organizations::ChangeReport>([&](Work& w) { return organizations::open(w, {}, asked, false); }).organization.id;
    }
    void add_account(const std::string& login, const std::string& organization, Role role, bool must_change = false) {
        static const auto hash = crypto::hash_password(kPassword);
        accounts[login] = as_operator<Account>([&](Work& w) {
            return create(w, {login, login + "岗", "13800001234", "", hash, must_change, NewPost{organizations.at(organization), role, ""}});
        }).id;
    }
    void seed() {
        add_organization("省厅安委办");
        add_organization("株洲市住建局", "省厅安委办");
        add_organization("外省住建局");
        add_account("clerk", "省厅安委办", Role::office_clerk);
        add_account("zhuzhou", "株洲市住建局", Role::liaison);
        add_account("foreign", "外省住建局", Role::liaison);
        add_account("sysadmin", "省厅安委办", Role::system_admin);
        add_account("secadmin", "省厅安委办", Role::security_admin);
    }
    std::string dump(const char* table) {
        std::string all;
        const auto text = std::string("select * from ") + table;
        const int columns = std::string_view(table) == "journal" ? 17 : 10;
        db->read([&](db::Connection& c) {
            c.each_built("test.dump", text, {}, [&](const db::Row& row) {
                for (int i = 0; i < columns; ++i) {
                    try { all += row.string(i); } catch (const db::Failure&) { all += std::to_string(row.int64(i)); }
                    all += '|';
                }
            });
        });
        return all;
    }
    std::int64_t count(const std::string& sql) {
        std::int64_t n = 0;
        db->read([&](db::Connection& c) { c.each_built("test.count", sql, {}, [&](const db::Row& row) { n = row.int64(0); }); });
        return n;
    }
};

// A browser: keeps cookies and the token of its session.
struct Browser {
    House& house;
    std::map<std::string, std::string> jar;
    std::string token;
    std::string peer = "192.0.2.7";
    std::map<std::string, std::string> extra;  // headers

    Answer send(http::Method method, const std::string& path, const std::string& body, const std::string& type) {
        http::Request request;
        request.method = method;
        const auto mark = path.find('?');
        request.path = path.substr(0, mark);
        if (mark != std::string::npos) request.raw_query = path.substr(mark + 1);
        request.headers = {{"host", "127.0.0.1:8080"}, {"user-agent", "test"}};
        if (!type.empty()) request.headers.emplace_back("content-type", type);
        if (!token.empty()) request.headers.emplace_back("x-csrf-token", token);
        std::string cookies;
        for (const auto& [name, value] : jar) cookies += (cookies.empty() ? "" : "; ") + name + "=" + value;
        if (!cookies.empty()) request.headers.emplace_back("cookie", cookies);
        for (const auto& [name, value] : extra) request.headers.emplace_back(name, value);
        request.body = std::make_shared<TextBody>(body);
        request.peer = peer;
        request.id = "r";
        request.received = house.clock.real_now();
        const auto response = house.router->handle(request);
        Answer answer{response.status, {}, {}};
        if (auto parsed = json::parse(response.body)) answer.body = *parsed;
        for (const auto& [name, value] : response.headers) if (name == "Set-Cookie") keep(answer, value);
        return answer;
    }
    void keep(Answer& answer, const std::string& value) {
        answer.cookies.push_back(value);
        const auto name = value.substr(0, value.find('='));
        const auto text = value.substr(name.size() + 1, value.find(';') - name.size() - 1);
        if (text.empty()) jar.erase(name); else jar[name] = text;
    }
    Answer get(const std::string& path) { return send(http::Method::get, path, "", ""); }
    Answer post(const std::string& path, const json::value& body) { return send(http::Method::post, path, json::write(body), "application/json"); }
    Answer put(const std::string& path, const json::value& body) { return send(http::Method::put, path, json::write(body), "application/json"); }
    Answer del(const std::string& path) { return send(http::Method::del, path, "", ""); }

    Answer sign_in(const std::string& login, const std::string& password = kPassword) {
        jar.erase(kSessionCookie);
        token.clear();
        auto answer = post("/api/v1/session", json::object{{"account", login}, {"password", password}});
        if (answer.status == 200) token = answer.text("/csrfToken");
        return answer;
    }
    std::int64_t version(const std::string& login) { return get("/api/v1/accounts/" + house.accounts.at(login)).at("/version").as_int64(); }
};

}  // namespace anban::people::house
