#include "modules/people/sign_in_store.h"

namespace anban::people::store {
namespace {

std::string text(std::string_view v) { return std::string(v); }

Key read_key(const db::Row& row) {
    return {row.string(0), row.string(1), row.string(2), row.int64(3) != 0, !row.is_null(4), row.int64(5),
            {row.int64(6), Instant{row.int64(7)}}};
}

}  // namespace

std::optional<Key> find_key(db::Connection& db, std::string_view login) {
    std::optional<Key> found;
    db.each({"accounts.find_key", R"sql(
        select id, person_id, password_hash, must_change_password, disabled_at, version, failures, failed_at
        from accounts where login = $1
    )sql"}, {text(login)}, [&](const db::Row& row) { found = read_key(row); });
    return found;
}

std::optional<Key> find_key_of_account(db::Connection& db, std::string_view account_id) {
    std::optional<Key> found;
    db.each({"accounts.find_key_of_account", R"sql(
        select id, person_id, password_hash, must_change_password, disabled_at, version, failures, failed_at
        from accounts where id = $1
    )sql"}, {text(account_id)}, [&](const db::Row& row) { found = read_key(row); });
    return found;
}

void add_failure(db::Connection& db, std::string_view account_id, const Attempts& a) {
    db.run({"accounts.add_failure", "update accounts set failures = $2, failed_at = $3 where id = $1"},
           {text(account_id), a.failures, a.failed_at.ms});
}

void raise_hash(db::Connection& db, std::string_view account_id, std::string_view old_hash, std::string_view new_hash) {
    db.run({"accounts.raise_hash", "update accounts set password_hash = $3 where id = $1 and password_hash = $2"},
           {text(account_id), text(old_hash), text(new_hash)});
}

void hold_account(db::Connection& db, std::string_view login) {
    db.run({"accounts.hold", "update accounts set failures = failures where login = $1"}, {text(login)});
}

void hold_budget(db::Connection& db, std::string_view budget) {
    db.run({"sign_in.hold_budget", R"sql(
        insert into sign_in_budgets (address, window_start, failures) values ($1, 0, 0)
        on conflict (address) do update set failures = sign_in_budgets.failures
    )sql"}, {text(budget)});
}

Attempts attempts_of(db::Connection& db, std::string_view budget) {
    Attempts found;
    db.each({"sign_in.attempts", "select failures, window_start from sign_in_budgets where address = $1"}, {text(budget)},
            [&](const db::Row& row) { found = {row.int64(0), Instant{row.int64(1)}}; });
    return found;
}

void set_attempts(db::Connection& db, std::string_view budget, const Attempts& a) {
    db.run({"sign_in.set_attempts", R"sql(
        insert into sign_in_budgets (address, window_start, failures) values ($1, $2, $3)
        on conflict (address) do update set window_start = excluded.window_start, failures = excluded.failures
    )sql"}, {text(budget), a.failed_at.ms, a.failures});
}

void forget_attempts(db::Connection& db, std::string_view budget) {
    db.run({"sign_in.forget_attempts", "delete from sign_in_budgets where address = $1"}, {text(budget)});
}

AddressBudget address_budget(db::Connection& db, std::string_view address) {
    const auto stored = attempts_of(db, "address:" + text(address));
    return {stored.failed_at, stored.failures};
}

void set_address_budget(db::Connection& db, std::string_view address, const AddressBudget& b) {
    set_attempts(db, "address:" + text(address), {b.failures, b.window_start});
}

bool knows_device(db::Connection& db, std::string_view account_id, std::string_view device_hash) {
    return db.exists({"known_devices.find", "select 1 from known_devices where account_id = $1 and device_hash = $2"},
                     {text(account_id), text(device_hash)});
}

void add_device(db::Connection& db, std::string_view account_id, std::string_view device_hash, Instant real_now) {
    db.run({"known_devices.add", R"sql(
        insert into known_devices (account_id, device_hash, created_at) values ($1, $2, $3)
        on conflict (account_id, device_hash) do nothing
    )sql"}, {text(account_id), text(device_hash), real_now.ms});
}

std::string post_to_begin_with(db::Connection& db, std::string_view account_id, std::string_view person_id, Instant business_now) {
    std::string found;
    db.each({"posts.to_begin_with", R"sql(
        select p.id
        from posts p
        join organizations o on o.id = p.organization_id
        where p.person_id = $2 and p.valid_from <= $3 and (p.valid_to is null or p.valid_to > $3)
          and o.opened_on <= $4 and (o.closed_on is null or o.closed_on > $4)
        order by coalesce((select max(s.created_at) from sessions s where s.account_id = $1 and s.post_id = p.id), 0) desc,
                 p.valid_from, p.id
        limit 1
    )sql"}, {text(account_id), text(person_id), business_now.ms, format_date(beijing_date(business_now))}, [&](const db::Row& row) { found = row.string(0); });
    return found;
}

}  // namespace anban::people::store
