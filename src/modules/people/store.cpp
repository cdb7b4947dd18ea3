#include "modules/people/store.h"

#include "core/codec.h"
#include "modules/people/lockout.h"

namespace anban::people::store {
namespace {

std::string text(std::string_view v) { return std::string(v); }

db::Value nullable(const std::optional<Instant>& at) { return at ? db::Value(at->ms) : db::Value(nullptr); }

std::optional<Instant> instant(const db::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return Instant{row.int64(column)};
}

}  // namespace

std::optional<Account> find(db::Connection& db, std::string_view account_id) {
    std::optional<Account> found;
    db.each({"accounts.find", R"sql(
        select a.id, a.person_id, a.login, p.name, p.phone, p.email, a.must_change_password, a.disabled_at, a.failures, a.failed_at,
               a.version
        from accounts a
        join persons p on p.id = a.person_id
        where a.id = $1
    )sql"}, {text(account_id)}, [&](const db::Row& row) {
        found = Account{row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), row.string(5), {},
                        row.int64(6) != 0, instant(row, 7), std::nullopt, row.int64(10)};
        const auto wait = wait_after(row.int64(8));
        if (wait > 0) found->locked_until = Instant{row.int64(9) + wait};
    });
    if (found) found->posts = posts_of(db, found->person_id);
    return found;
}

bool login_exists(db::Connection& db, std::string_view login) {
    return db.exists({"accounts.login_exists", "select 1 from accounts where login = $1"}, {text(login)});
}

std::vector<Post> posts_of(db::Connection& db, std::string_view person_id) {
    std::vector<Post> posts;
    db.each({"posts.of_person", R"sql(
        select p.id, p.organization_id, o.name, p.role, p.title, p.valid_from, p.valid_to
        from posts p
        join organizations o on o.id = p.organization_id
        where p.person_id = $1
        order by p.valid_from desc, p.id desc
    )sql"}, {text(person_id)}, [&](const db::Row& row) {
        posts.push_back({row.string(0), row.string(1), row.string(2), codec::enum_from<Role>(row.text(3)).value(), row.string(4),
                         Instant{row.int64(5)}, instant(row, 6)});
    });
    return posts;
}

bool may_act(db::Connection& db, const Post& p, Instant now) {
    const auto organization = organizations::find(db, p.organization_id);
    return valid_at(p, now) && organization && organizations::open_on(*organization, beijing_date(now));
}

void insert(db::Connection& db, const Account& a, std::string_view password_hash, Instant created_at) {
    db.run({"persons.insert", R"sql(
        insert into persons (id, name, phone, email, created_at, version) values ($1, $2, $3, $4, $5, 1)
    )sql"}, {a.person_id, a.name, a.phone, a.email, created_at.ms});
    db.run({"accounts.insert", R"sql(
        insert into accounts (id, person_id, login, password_hash, must_change_password, failures, failed_at, disabled_at,
                              created_at, version)
        values ($1, $2, $3, $4, $5, 0, 0, null, $6, 1)
    )sql"}, {a.id, a.person_id, a.login, text(password_hash), std::int64_t{a.must_change_password}, created_at.ms});
}

void insert_post(db::Connection& db, std::string_view person_id, const Post& p) {
    db.run({"posts.insert", R"sql(
        insert into posts (id, person_id, organization_id, role, title, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6, $7)
    )sql"}, {p.id, text(person_id), p.organization_id, text(codec::enum_name(p.role)), p.title, p.from.ms, nullable(p.to)});
}

void end_post(db::Connection& db, std::string_view post_id, Instant at) {
    db.run({"posts.end", "update posts set valid_to = $2 where id = $1 and (valid_to is null or valid_to > $2)"}, {text(post_id), at.ms});
}

void set_contact(db::Connection& db, std::string_view person_id, std::string_view name, std::string_view phone, std::string_view email) {
    db.run({"persons.set_contact", "update persons set name = $2, phone = $3, email = $4, version = version + 1 where id = $1"},
           {text(person_id), text(name), text(phone), text(email)});
}

void set_disabled(db::Connection& db, std::string_view account_id, std::optional<Instant> at) {
    db.run({"accounts.set_disabled", "update accounts set disabled_at = $2 where id = $1"}, {text(account_id), nullable(at)});
}

void set_password(db::Connection& db, std::string_view account_id, std::string_view hash, bool must_change) {
    db.run({"accounts.set_password", R"sql(
        update accounts set password_hash = $2, must_change_password = $3 where id = $1
    )sql"}, {text(account_id), text(hash), std::int64_t{must_change}});
}

void remember_reset(db::Connection& db, std::string_view account_id, std::string_view by_person_id, const Reset& reset) {
    db.run({"password_resets.remember", R"sql(
        insert into password_resets (account_id, by_person_id, by_name, at, real_at, used_at) values ($1, $2, $3, $4, $5, null)
        on conflict (account_id) do update set by_person_id = excluded.by_person_id, by_name = excluded.by_name, at = excluded.at,
            real_at = excluded.real_at, used_at = null
    )sql"}, {text(account_id), text(by_person_id), reset.by_name, reset.at.ms, reset.real_at.ms});
}

std::optional<Reset> last_reset(db::Connection& db, std::string_view account_id) {
    std::optional<Reset> found;
    db.each({"password_resets.last", "select by_name, at, real_at, used_at from password_resets where account_id = $1"}, {text(account_id)},
            [&](const db::Row& row) { found = Reset{row.string(0), Instant{row.int64(1)}, Instant{row.int64(2)}, instant(row, 3)}; });
    return found;
}

void mark_reset_used(db::Connection& db, std::string_view account_id, Instant real_now) {
    db.run({"password_resets.used", "update password_resets set used_at = $2 where account_id = $1 and used_at is null"},
           {text(account_id), real_now.ms});
}

void forget_failures(db::Connection& db, std::string_view account_id) {
    db.run({"accounts.forget_failures", "update accounts set failures = 0 where id = $1"}, {text(account_id)});
}

bool raise_version(db::Connection& db, std::string_view account_id, std::int64_t from) {
    return db.run({"accounts.raise_version", "update accounts set version = version + 1 where id = $1 and version = $2"},
                  {text(account_id), from}) == 1;
}

void end_sessions_of_account(db::Connection& db, std::string_view account_id, Instant real_now, std::string_view but) {
    db.run({"sessions.end_of_account", R"sql(
        update sessions set ended_at = $2 where account_id = $1 and ended_at is null and token_hash <> $3
    )sql"}, {text(account_id), real_now.ms, text(but)});
}

void end_sessions_of_post(db::Connection& db, std::string_view post_id, Instant real_now) {
    db.run({"sessions.end_of_post", "update sessions set ended_at = $2 where post_id = $1 and ended_at is null"},
           {text(post_id), real_now.ms});
}

}  // namespace anban::people::store
