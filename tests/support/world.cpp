#include "tests/support/world.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "app/migrations.h"
#include "modules/calendar/calendar.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/issue.h"
#include "modules/people/people.h"
#include "platform/crypto/crypto.h"

namespace anban::test {
namespace {

constexpr const char* kPassword = "Correct-Horse-9";

class MemoryBody final : public http::Body {
public:
    explicit MemoryBody(std::string bytes) : bytes_(std::move(bytes)) {}
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }
    [[nodiscard]] const std::string* memory() const override { return &bytes_; }
    [[nodiscard]] const std::string& file() const override { return none_; }
    [[nodiscard]] std::string read_all() const override { return bytes_; }

private:
    std::string bytes_, none_;
};

// The same strength as in the product would cost each test account 25 ms.
const std::string& cheap_hash() {
    static const std::string hash = crypto::hash_password(kPassword, {1, 64});
    return hash;
}

std::string cookie_pair(const std::string& set_cookie) { return set_cookie.substr(0, set_cookie.find(';')); }

}  // namespace

std::string Answer::code() const {
    const auto* object = body.if_object();
    const auto* code = object ? object->if_contains("code") : nullptr;
    return code && code->is_string() ? std::string(code->get_string()) : std::string();
}

const json::value& Answer::at(std::string_view pointer) const { return body.at_pointer(pointer); }

Answer Client::send(http::Method method, const std::string& path_and_query, std::string body, const std::string& type,
                    const std::vector<std::pair<std::string, std::string>>& more) {
    http::Request request;
    const auto mark = path_and_query.find('?');
    request.method = method;
    request.path = path_and_query.substr(0, mark);
    if (mark != std::string::npos) request.raw_query = path_and_query.substr(mark + 1);
    request.peer = peer;
    request.id = "test-request";
    request.headers = {{"host", "127.0.0.1"}, {"content-type", type}};
    if (!cookies.empty()) request.headers.emplace_back("cookie", cookies);
    if (!csrf_token.empty()) request.headers.emplace_back("x-csrf-token", csrf_token);
    request.headers.insert(request.headers.end(), more.begin(), more.end());
    request.body = std::make_shared<MemoryBody>(std::move(body));
    request.received = {system_now().ms + received_offset_ms.value_or(0)};
    if (received_at) request.received = {received_at->ms - app_.clock().offset_ms()};

    auto response = app_.handle(request);
    Answer answer;
    answer.status = response.status;
    answer.text = response.stat.empty() ? response.body : std::string(response.stat);
    if (!response.file.empty()) {
        std::ifstream file(response.file, std::ios::binary);
        answer.text = {std::istreambuf_iterator<char>(file), {}};
    }
    if (auto parsed = json::parse(answer.text)) answer.body = std::move(*parsed);
    answer.headers = response.headers;
    for (const auto& [name, value] : response.headers)
        if (name == "Set-Cookie") cookies += (cookies.empty() ? "" : "; ") + cookie_pair(value);
    return answer;
}

Answer Client::get(const std::string& path) { return send(http::Method::get, path, {}, "application/json"); }

Answer Client::post(const std::string& path, const json::value& body, const std::string& key) {
    std::vector<std::pair<std::string, std::string>> more;
    if (!key.empty()) more.emplace_back("idempotency-key", key);
    return send(http::Method::post, path, json::write(body), "application/json", more);
}

Answer Client::put(const std::string& path, const json::value& body) { return send(http::Method::put, path, json::write(body), "application/json"); }
Answer Client::patch(const std::string& path, const json::value& body) { return send(http::Method::patch, path, json::write(body), "application/json"); }
Answer Client::del(const std::string& path, const json::value& body) { return send(http::Method::del, path, json::write(body), "application/json"); }

Answer Client::upload(const std::string& path, const std::string& name, std::string bytes) {
    return send(http::Method::post, path, std::move(bytes), "application/octet-stream", {{"x-file-name", name}});
}

void Client::sign_in(const std::string& login, const std::string& password) {
    cookies.clear();
    csrf_token.clear();
    const auto answer = post("/api/v1/session", json::object{{"account", login}, {"password", password}});
    if (answer.status != 200) throw std::runtime_error("cannot sign in as " + login + ": " + answer.text);
    csrf_token = get("/api/v1/session").string("/csrfToken");
}

World::World(Engine engine, Instant business_start) : db_(std::make_unique<WorldDb>(engine, migrations())) {
    db_->close();
    config_.data = folder_.path() + "/data";
    config_.database = db_->target();
    config_.durable = false;
    config_.divisions = false;
    config_.business_time = business_start;
    app_ = std::make_unique<Application>(config_);
}

void World::restart() {
    config_.business_time = app_->clock().business_now();
    clients_.clear();
    app_.reset();
    app_ = std::make_unique<Application>(config_);
}

void World::set_time(Instant business) {
    app_->clock().set_business(business);
    app_->tick();
}

void World::apply_pack(const std::string& folder) {
    auto loaded = campaigns::load_pack(folder);
    if (!loaded.pack) throw std::runtime_error("the pack does not load: " + folder);
    const auto forms = campaigns::load_forms(*loaded.pack);
    auto published = app_->as_operator<filings::PublishReport>(
        [&](Work& work) { return filings::publish(work, *loaded.pack, forms, calendar::Calendar::built_in()); });
    if (!published) throw std::runtime_error("the pack is refused: " + published.refusal().key);
}

std::string World::organization_id(const std::string& full_name) {
    std::string id;
    app_->database().read([&](db::Connection& c) {
        c.each({"world.organization", "select id from organizations where name = $1"}, {full_name}, [&](const db::Row& row) { id = row.string(0); });
    });
    if (id.empty()) throw std::runtime_error("no such organization: " + full_name);
    return id;
}

std::int64_t World::count(const std::string& sql) {
    std::int64_t found = 0;
    app_->database().read([&](db::Connection& c) { c.each_built("world.count", sql, {}, [&](const db::Row& row) { found = row.int64(0); }); });
    return found;
}

Client& World::as(const std::string& organization, Role role, const std::string& who) {
    auto& client = clients_[organization + '/' + std::string(codec::enum_name(role)) + '/' + who];
    if (client) return *client;
    people::NewAccount account;
    account.login = "user" + std::to_string(clients_.size()) + std::to_string(count("select count(*) from accounts"));
    account.name = organization + std::string(codec::enum_name(role)) + who;
    account.password_hash = cheap_hash();
    account.must_change_password = false;
    account.post = people::NewPost{organization_id(organization), role, {}};
    auto created = app_->as_operator<people::Account>([&](Work& work) { return people::create(work, account); });
    if (!created) throw std::runtime_error("cannot make an account: " + created.refusal().key);
    client = std::make_unique<Client>(*app_);
    client->sign_in(account.login, kPassword);
    return *client;
}

}  // namespace anban::test
