// Accounts and posts. What tells a password does not store its answer under an Idempotency-Key: it is told once and kept nowhere.
#include "modules/people/http.h"
#include "modules/people/import.h"
#include "modules/people/passwords.h"
#include "modules/people/store.h"
#include "platform/api/sheets.h"

namespace anban::people {
namespace {

struct CreateBody {
    std::string login;
    std::string name;
    std::optional<std::string> phone;
    std::optional<std::string> email;
    std::optional<NewPost> post;
};
BOOST_DESCRIBE_STRUCT(CreateBody, (), (login, name, phone, email, post))
struct AccountWithPassword { Account account; std::string password; };
BOOST_DESCRIBE_STRUCT(AccountWithPassword, (), (account, password))
struct ChangeBody { std::int64_t version = 0; std::string name; std::optional<std::string> phone; std::optional<std::string> email; };
BOOST_DESCRIBE_STRUCT(ChangeBody, (), (version, name, phone, email))
struct VersionBody { std::int64_t version = 0; };
BOOST_DESCRIBE_STRUCT(VersionBody, (), (version))
struct DisableBody { std::int64_t version = 0; std::string reason; };
BOOST_DESCRIBE_STRUCT(DisableBody, (), (version, reason))
struct GiveBody { std::int64_t version = 0; std::string organization_id; Role role = Role::liaison; std::optional<std::string> title; };
BOOST_DESCRIBE_STRUCT(GiveBody, (), (version, organization_id, role, title))
struct HandoverBody { std::int64_t version = 0; std::string to_account_id; std::int64_t to_version = 0; };
BOOST_DESCRIBE_STRUCT(HandoverBody, (), (version, to_account_id, to_version))
struct ImportAsked { std::optional<bool> dry_run; };  // true when absent
BOOST_DESCRIBE_STRUCT(ImportAsked, (), (dry_run))

constexpr std::uint64_t kSheetLimit = 10 << 20;

struct Fresh { std::string password; std::string hash; };
Result<Fresh> fresh_password() {
    Fresh fresh{initial_password(), {}};
    if (auto no = while_hashing([&] { fresh.hash = crypto::hash_password(fresh.password); })) return *no;
    return fresh;
}

// Two who take the same name at once both see it free; the second one's row then meets the first one's.
template <class T>
Result<T> unless_taken(api::Call& call, const std::string& login, const std::function<Result<T>()>& deed) {
    try {
        return deed();
    } catch (const db::ConstraintFailure&) {
        bool taken = false;
        call.ground().db.read([&](db::Connection& db) { taken = !login.empty() && store::login_exists(db, login); });
        if (!taken) throw;
        return Refusal{Code::conflict, "account.login_taken", {{"login", login}}, {}, {}};
    }
}

Result<AccountWithPassword> with_password(api::Call& call, const std::string& login, const std::function<Result<Account>(Work&, const std::string& hash)>& deed) {
    const auto fresh = fresh_password();
    if (!fresh) return fresh.refusal();
    auto account = unless_taken<Account>(call, login, [&] { return call.write<Account>([&](Work& work) { return deed(work, fresh->hash); }); });
    if (!account) return account.refusal();
    return AccountWithPassword{std::move(*account), fresh->password};
}

void add_reading(api::Api& api) {
    api.get<AccountsAsked, AccountPage>("/api/v1/accounts", Right::people_read, {"账号列表"},
        [](View& view, const api::Path&, const AccountsAsked& asked) { return list(view, asked); });
    api.get<api::NoQuery, Account>("/api/v1/accounts/{id}", Right::people_read, {"一个账号及其岗位历史", "account"},
        [](View& view, const api::Path& path, const api::NoQuery&) { return load(view, path["id"]); });
}

void add_lifecycle(api::Api& api) {
    const Right right = Right::people_change;
    api.prepared<CreateBody, AccountWithPassword>(http::Method::post, "/api/v1/accounts", right, {"新建账号；初始密码只在此返回一次"},
        [](api::Call& call, const CreateBody& b) {
            return with_password(call, b.login, [&](Work& work, const std::string& hash) {
                return create(work, {b.login, b.name, b.phone.value_or(""), b.email.value_or(""), hash, true, b.post});
            });
        });
    api.put<ChangeBody, Account>("/api/v1/accounts/{id}", right, {"修改姓名与联系方式", "account"},
        [](Work& work, const api::Path& path, const ChangeBody& b) { return change(work, path["id"], b.version, b.name, b.phone, b.email); });
    api.post<DisableBody, Account>("/api/v1/accounts/{id}/disable", right, {"停用账号", "account"},
        [](Work& work, const api::Path& path, const DisableBody& b) { return disable(work, path["id"], b.version, b.reason); });
    api.post<VersionBody, Account>("/api/v1/accounts/{id}/enable", right, {"恢复账号", "account"},
        [](Work& work, const api::Path& path, const VersionBody& b) { return enable(work, path["id"], b.version); });
    api.prepared<VersionBody, AccountWithPassword>(http::Method::post, "/api/v1/accounts/{id}/reset-password", right,
        {"重置密码并解除锁定；新密码只在此返回一次", "account"}, [](api::Call& call, const VersionBody& b) {
            return with_password(call, "", [&](Work& work, const std::string& hash) {
                return reset_password(work, call.path()["id"], b.version, hash);
            });
        });
}

NewPost post_of(const GiveBody& b) { return {b.organization_id, b.role, b.title.value_or("")}; }

void add_posts(api::Api& api) {
    api.post<GiveBody, Account>("/api/v1/accounts/{id}/posts", Right::people_change, {"给予岗位", "account"},
        [](Work& work, const api::Path& path, const GiveBody& b) { return give_post(work, path["id"], b.version, post_of(b), false); });
    api.post<VersionBody, Account>("/api/v1/accounts/{id}/posts/{post}/end", Right::people_change, {"结束岗位", "account"},
        [](Work& work, const api::Path& path, const VersionBody& b) { return end_post(work, path["id"], b.version, path["post"], false); });
    api.post<HandoverBody, Account>("/api/v1/accounts/{id}/posts/{post}/hand-over", Right::people_change, {"岗位交接给另一人", "account"},
        [](Work& work, const api::Path& path, const HandoverBody& b) {
            return hand_over(work, {path["id"], b.version, path["post"], b.to_account_id, b.to_version});
        });
    api.post<GiveBody, Account>("/api/v1/accounts/{id}/roles", Right::roles_grant, {"授予角色", "account"},
        [](Work& work, const api::Path& path, const GiveBody& b) { return give_post(work, path["id"], b.version, post_of(b), true); });
    api.post<VersionBody, Account>("/api/v1/accounts/{id}/roles/{post}/end", Right::roles_grant, {"收回角色", "account"},
        [](Work& work, const api::Path& path, const VersionBody& b) { return end_post(work, path["id"], b.version, path["post"], true); });
}

}  // namespace

void add_account_routes(api::Api& api) {
    add_reading(api);
    add_lifecycle(api);
    add_posts(api);
    api.upload<ImportAsked, ImportReport>(http::Method::post, "/api/v1/accounts/import", Right::people_change,
        {"从表格导入账号；dryRun=0 才保存，初始密码只在此返回一次", "none", kSheetLimit},
        [](api::Call& call, const ImportAsked& asked) -> Result<ImportReport> {
            const auto rows = api::uploaded_rows(call.request(), import_columns());
            if (!rows) return rows.refusal();
            return import(call, *rows, asked.dry_run.value_or(true));
        });
    api.download("/api/v1/accounts/import/template", Right::people_change, {"账号导入模板"},
                 [](api::Call&) { return api::sheet_template("账号导入模板", import_columns()); });
}

}  // namespace anban::people
