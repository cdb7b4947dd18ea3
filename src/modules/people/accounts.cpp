// The deeds on accounts and posts.
#include <algorithm>
#include <functional>

#include "core/codec.h"
#include "core/ids.h"
#include "modules/journal/journal.h"
#include "modules/organizations/scope.h"
#include "modules/people/people.h"
#include "modules/people/role_words.h"
#include "modules/people/rules.h"
#include "modules/people/store.h"

namespace anban::people {
namespace {

Refusal unknown() { return {Code::not_found, "account.unknown", {}, {}, {}}; }
Refusal own() { return {Code::conflict, "account.own", {}, {}, {}}; }
Refusal changed_meanwhile() { return {Code::conflict, "account.changed_meanwhile", {}, {}, {}}; }

rules::SeenPost seen(Work& work, Role role, std::string_view organization_id) {
    const auto scope = organizations::scope_of(work.actor, organizations::Matter::structure);
    return {role, organizations::in_structure_scope(work.db, scope, organization_id, beijing_date(work.now)), organization_id == work.actor.organization_id};
}

std::vector<rules::SeenPost> seen_posts(Work& work, const Account& account) {
    std::vector<rules::SeenPost> posts;
    for (const auto& p : account.posts)
        if (valid_at(p, work.now)) posts.push_back(seen(work, p.role, p.organization_id));
    return posts;
}

std::vector<Role> current_roles(const Account& account, Instant now) {
    std::vector<Role> roles;
    for (const auto& p : account.posts) if (valid_at(p, now)) roles.push_back(p.role);
    return roles;
}

// Whose object an account is, for reading the journal: the organization of its newest post.
journal::Object object_of(const Account& account) {
    return {"account", account.id, account.posts.empty() ? "" : account.posts.front().organization_id};
}

// Whose it is comes before which version it has: a stale version must not tell that somebody else's account exists.
using MayChange = std::function<Verdict(const Actor&, const std::vector<rules::SeenPost>&)>;
Result<Account> take(Work& work, std::string_view account_id, std::int64_t version, MayChange refuse) {
    auto account = store::find(work.db, account_id);
    if (!account) return unknown();
    if (auto no = refuse(work.actor, seen_posts(work, *account))) return *no;
    if (!store::raise_version(work.db, account_id, version)) return changed_meanwhile();
    return std::move(*account);
}

// A current post of that account which the actor may end or hand over.
Result<Post> load_post(Work& work, std::string_view account_id, std::string_view post_id, bool granting) {
    const auto account = store::find(work.db, account_id);
    if (!account) return unknown();
    if (auto no = rules::refuse_unseen(work.actor, seen_posts(work, *account))) return *no;
    for (const auto& p : account->posts) {
        if (p.id != post_id || !valid_at(p, work.now)) continue;
        if (auto no = rules::refuse_post(work.actor, seen(work, p.role, p.organization_id), granting)) return *no;
        return p;
    }
    return Refusal{Code::not_found, "account.no_such_post", {}, {}, {}};
}

Result<Account> answer(Work& work, std::string_view account_id) {
    auto account = store::find(work.db, account_id).value();
    account.phone = masked_phone(account.phone);
    return account;
}

Result<Post> new_post(Work& work, const NewPost& asked) {
    const auto organization = organizations::find(work.db, asked.organization_id);
    if (!organization) return Refusal{Code::not_found, "organization.unknown", {}, {}, {}};
    const auto today = beijing_date(work.now);
    if (!organizations::open_on(*organization, today))
        return Refusal{Code::conflict, "organization.closed", {{"name", organization->name},
                       {"day", format_date(organization->closed_on.value_or(today))}}, {}, {}};
    const auto title = asked.title.empty() ? organization->name + std::string(role_word(asked.role)) : asked.title;
    if (auto no = rules::refuse_contact(title, "", "")) return *no;
    return Post{new_id(work.now), organization->id, organization->name, asked.role, title, work.now, std::nullopt};
}

json::object post_detail(const Post& p) {
    return {{"role", codec::encode(p.role)}, {"organization", p.organization}, {"title", p.title}};
}

Result<Account> insert_checked(Work& work, const NewAccount& asked) {
    if (auto no = rules::refuse_login(asked.login)) return *no;
    if (auto no = rules::refuse_contact(asked.name, asked.phone, asked.email)) return *no;
    std::optional<Post> post;
    if (asked.post) {
        const auto at = seen(work, asked.post->role, asked.post->organization_id);
        if (auto no = rules::refuse_post(work.actor, at, work.actor.address == "operator")) return *no;
        auto made = new_post(work, *asked.post);
        if (!made) return made.refusal();
        post = std::move(*made);
    } else if (work.actor.role != Role::system_admin) {
        return Refusal{Code::unprocessable, "account.post_missing", {}, {}, {}};
    }
    if (store::login_exists(work.db, asked.login)) return Refusal{Code::conflict, "account.login_taken", {{"login", asked.login}}, {}, {}};
    Account account;
    account.id = new_id(work.now);
    account.person_id = new_id(work.now);
    account.login = asked.login;
    account.name = asked.name;
    account.phone = asked.phone;
    account.email = asked.email;
    account.must_change_password = asked.must_change_password;
    store::insert(work.db, account, asked.password_hash, work.now);
    if (post) store::insert_post(work.db, account.person_id, *post);
    return answer(work, account.id);
}

}  // namespace

Result<Account> create(Work& work, const NewAccount& asked) {
    auto made = insert_checked(work, asked);
    if (!made) return made;
    json::object detail{{"login", made->login}, {"name", made->name}};
    if (!made->posts.empty()) detail.emplace("post", post_detail(made->posts.front()));
    journal::record(work, "account.created", object_of(*made), std::move(detail));
    return made;
}

Result<std::vector<Account>> create_all(Work& work, const std::vector<NewAccount>& all) {
    std::vector<Account> made;
    json::array logins;
    for (const auto& one : all) {
        auto account = insert_checked(work, one);
        if (!account) return account.refusal();
        logins.emplace_back(account->login);
        made.push_back(std::move(*account));
    }
    journal::record(work, "account.imported", {"account", "", work.actor.organization_id}, {{"count", made.size()}, {"logins", std::move(logins)}});
    return made;
}

Result<Account> change(Work& work, std::string_view account_id, std::int64_t version, std::string_view name,
                       const std::optional<std::string>& phone, const std::optional<std::string>& email) {
    auto account = take(work, account_id, version, rules::refuse_account);
    if (!account) return account;
    const auto new_phone = phone.value_or(account->phone), new_email = email.value_or(account->email);
    if (auto no = rules::refuse_contact(name, new_phone, new_email)) return *no;
    store::set_contact(work.db, account->person_id, name, new_phone, new_email);
    journal::record(work, "account.changed", object_of(*account),
                    {{"before", {{"name", account->name}, {"phone", masked_phone(account->phone)}}},
                     {"after", {{"name", name}, {"phone", masked_phone(new_phone)}}}});
    return answer(work, account_id);
}

Result<Account> disable(Work& work, std::string_view account_id, std::int64_t version, std::string_view reason) {
    if (account_id == work.actor.account_id) return own();
    if (reason.empty()) return Refusal{Code::unprocessable, "account.reason_missing", {}, {}, {}};
    auto account = take(work, account_id, version, rules::refuse_account);
    if (!account) return account;
    if (account->disabled_at) return Refusal{Code::conflict, "account.disabled_already", {}, {}, {}};
    store::set_disabled(work.db, account_id, work.now);
    store::end_sessions_of_account(work.db, account_id, work.real_now);
    journal::record(work, "account.disabled", object_of(*account), {{"reason", reason}});
    return answer(work, account_id);
}

Result<Account> enable(Work& work, std::string_view account_id, std::int64_t version) {
    auto account = take(work, account_id, version, rules::refuse_account);
    if (!account) return account;
    if (!account->disabled_at) return Refusal{Code::conflict, "account.not_disabled", {}, {}, {}};
    store::set_disabled(work.db, account_id, std::nullopt);
    journal::record(work, "account.enabled", object_of(*account));
    return answer(work, account_id);
}

Result<Account> reset_password(Work& work, std::string_view account_id, std::int64_t version, std::string_view password_hash) {
    auto account = take(work, account_id, version, rules::refuse_reset);
    if (!account) return account;
    store::set_password(work.db, account_id, password_hash, true);
    store::forget_failures(work.db, account_id);
    store::end_sessions_of_account(work.db, account_id, work.real_now);
    store::remember_reset(work.db, account_id, work.actor.person_id, {work.actor.name, work.now, work.real_now, std::nullopt});
    journal::record(work, "account.password_reset", object_of(*account));
    return answer(work, account_id);
}

Result<Account> give_post(Work& work, std::string_view account_id, std::int64_t version, const NewPost& asked, bool granting) {
    if (account_id == work.actor.account_id) return own();
    auto account = take(work, account_id, version, granting ? rules::refuse_unseen : rules::refuse_account);
    if (!account) return account;
    if (auto no = rules::refuse_post(work.actor, seen(work, asked.role, asked.organization_id), granting)) return *no;
    if (auto no = rules::refuse_admins(current_roles(*account, work.now), asked.role)) return *no;
    for (const auto& p : account->posts)
        if (valid_at(p, work.now) && p.role == asked.role && p.organization_id == asked.organization_id)
            return Refusal{Code::conflict, "account.post_held", {{"title", p.title}}, {}, {}};
    const auto post = new_post(work, asked);
    if (!post) return post.refusal();
    store::insert_post(work.db, account->person_id, *post);
    journal::record(work, granting ? "account.role_granted" : "account.post_given", {"account", account->id, post->organization_id},
                    post_detail(*post));
    return answer(work, account_id);
}

Result<Account> end_post(Work& work, std::string_view account_id, std::int64_t version, std::string_view post_id, bool granting) {
    const auto post = load_post(work, account_id, post_id, granting);
    if (!post) return post.refusal();
    auto account = take(work, account_id, version, rules::refuse_unseen);
    if (!account) return account;
    store::end_post(work.db, post_id, work.now);
    store::end_sessions_of_post(work.db, post_id, work.real_now);
    journal::record(work, granting ? "account.role_ended" : "account.post_ended", {"account", account->id, post->organization_id},
                    post_detail(*post));
    return answer(work, account_id);
}

Result<Account> hand_over(Work& work, const Handover& asked) {
    if (asked.to_account_id == work.actor.account_id) return own();
    const auto post = load_post(work, asked.account_id, asked.post_id, false);
    if (!post) return post.refusal();
    auto from = take(work, asked.account_id, asked.version, rules::refuse_unseen);
    if (!from) return from;
    if (asked.account_id == asked.to_account_id) return Refusal{Code::unprocessable, "account.handover_to_oneself", {}, {}, {}};
    auto to = take(work, asked.to_account_id, asked.to_version, rules::refuse_taker);
    if (!to) return to;
    if (auto no = rules::refuse_admins(current_roles(*to, work.now), post->role)) return *no;
    for (const auto& p : to->posts)
        if (valid_at(p, work.now) && p.role == post->role && p.organization_id == post->organization_id)
            return Refusal{Code::conflict, "account.post_held", {{"title", p.title}}, {}, {}};
    store::end_post(work.db, post->id, work.now);
    store::end_sessions_of_post(work.db, post->id, work.real_now);
    auto next = *post;
    next.id = new_id(work.now);
    next.from = work.now;
    next.to.reset();
    store::insert_post(work.db, to->person_id, next);
    auto detail = post_detail(next);
    detail.emplace("from", json::object{{"login", from->login}, {"name", from->name}});
    detail.emplace("to", json::object{{"login", to->login}, {"name", to->name}});
    journal::record(work, "account.post_handed_over", {"account", to->id, next.organization_id}, std::move(detail));
    return answer(work, asked.to_account_id);
}

std::string masked_phone(std::string_view phone) {
    if (phone.empty()) return {};
    if (phone.size() < 9) return std::string(phone.substr(0, 2)) + "****" + std::string(phone.substr(phone.size() - 2));
    return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

}  // namespace anban::people
