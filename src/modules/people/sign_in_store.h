// What is remembered of tries to sign in: by account, by a name that is none (hashed), by device, by address.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/people/lockout.h"
#include "platform/db/database.h"

namespace anban::people::store {

struct Key {  // an account with its password
    std::string account_id;
    std::string person_id;
    std::string password_hash;
    bool must_change_password = false;
    bool disabled = false;
    std::int64_t version = 0;
    Attempts attempts;
};
[[nodiscard]] std::optional<Key> find_key(db::Connection&, std::string_view login);
[[nodiscard]] std::optional<Key> find_key_of_account(db::Connection&, std::string_view account_id);
void add_failure(db::Connection&, std::string_view account_id, const Attempts&);
void raise_hash(db::Connection&, std::string_view account_id, std::string_view old_hash, std::string_view new_hash);

// The row's lock to the end of the deed (read committed: two failures side by side must count as two). Before reading it.
void hold_account(db::Connection&, std::string_view login);
void hold_budget(db::Connection&, std::string_view budget);

// Names of budgets: "name:…", "device:…", "address:…".
[[nodiscard]] Attempts attempts_of(db::Connection&, std::string_view budget);
void set_attempts(db::Connection&, std::string_view budget, const Attempts&);
void forget_attempts(db::Connection&, std::string_view budget);
[[nodiscard]] AddressBudget address_budget(db::Connection&, std::string_view address);
void set_address_budget(db::Connection&, std::string_view address, const AddressBudget&);

[[nodiscard]] bool knows_device(db::Connection&, std::string_view account_id, std::string_view device_hash);
void add_device(db::Connection&, std::string_view account_id, std::string_view device_hash, Instant real_now);

// The post of the account's last session when it is still held, else the oldest current one, at an organization that is
// open; '' : none.
[[nodiscard]] std::string post_to_begin_with(db::Connection&, std::string_view account_id, std::string_view person_id, Instant business_now);

}  // namespace anban::people::store
