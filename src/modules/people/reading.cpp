// Lists of accounts in scope, what organizations' changes touch, and the daily sweep.
#include "core/codec.h"
#include "modules/organizations/scope.h"
#include "modules/people/people.h"
#include "modules/people/store.h"

namespace anban::people {
namespace {

struct Where {
    db::Values values;
    std::string text = "1 = 1";
    std::string bind(db::Value value) {
        values.push_back(std::move(value));
        return '$' + std::to_string(values.size());
    }
    void add(const std::string& condition) { text += " and " + condition; }
};

std::string like_pattern(std::string_view part) {
    std::string out = "%";
    for (const char c : part) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + '%';
}

std::string current_post(Where& where, Instant now, const std::string& condition) {
    const auto at = where.bind(now.ms);
    return "exists (select 1 from posts p where p.person_id = a.person_id and p.valid_from <= " + at +
           " and (p.valid_to is null or p.valid_to > " + at + ") and " + condition + ")";
}

// Seen where a post of any time is in scope; accounts without a post only by those who see every organization.
std::string seen_by(const Actor& actor, CivilDate today, db::Values& values) {
    const auto scope = organizations::scope_of(actor, organizations::Matter::structure);
    if (scope.reach == organizations::Reach::everything) return "1 = 1";
    return "exists (select 1 from posts s where s.person_id = a.person_id and " +
           organizations::structure_filter(scope, "s.organization_id", today, values) + ")";
}

Where conditions(const View& view, const AccountsAsked& asked) {
    Where where;
    if (asked.search && !asked.search->empty()) {
        const auto like = "like lower(" + where.bind(like_pattern(*asked.search)) + ") escape '\\'";
        where.add("(lower(a.login) " + like + " or lower(n.name) " + like +
                  " or exists (select 1 from posts t where t.person_id = a.person_id and lower(t.title) " + like + "))");
    }
    if (asked.organization) {
        const auto organization = where.bind(*asked.organization);
        where.add(current_post(where, view.now, "p.organization_id = " + organization));
    }
    if (asked.role) {
        const auto role = where.bind(std::string(codec::enum_name(*asked.role)));
        where.add(current_post(where, view.now, "p.role = " + role));
    }
    if (asked.disabled) where.add(*asked.disabled ? "a.disabled_at is not null" : "a.disabled_at is null");
    where.add(seen_by(view.actor, beijing_date(view.now), where.values));
    return where;
}

constexpr const char* kFrom = " from accounts a join persons n on n.id = a.person_id where ";

class PostsImpact final : public organizations::Impact {
public:
    std::vector<organizations::Touched> of(db::Connection& db, const std::vector<std::string>& organization_ids,
                                           CivilDate from) const override {
        organizations::Touched held{"posts_held", 0, {}};
        for (const auto& id : organization_ids)
            db.each({"posts.held_at", R"sql(
                select title from posts where organization_id = $1 and (valid_to is null or valid_to > $2) order by valid_from, id
            )sql"}, {id, beijing_instant(from).ms}, [&](const db::Row& row) {
                ++held.count;
                if (held.names.size() < 500) held.names.push_back(row.string(0));
            });
        return {held};
    }
};

}  // namespace

Result<AccountPage> list(View& view, const AccountsAsked& asked) {
    const auto limit = asked.limit.value_or(50);
    if (limit < 1 || limit > 200) return Refusal{Code::invalid, "list.bad_limit", {}, {}, {}};
    auto where = conditions(view, asked);
    AccountPage page;
    view.db.each_built("accounts.count", "select count(*)" + std::string(kFrom) + where.text, where.values,
                       [&](const db::Row& row) { page.total = row.int64(0); });
    if (asked.after) where.add("a.login > " + where.bind(*asked.after));
    std::vector<std::string> ids;
    view.db.each_built("accounts.list", "select a.id" + std::string(kFrom) + where.text + " order by a.login limit " + std::to_string(limit + 1),
                       where.values, [&](const db::Row& row) { ids.push_back(row.string(0)); });
    const bool more = ids.size() > static_cast<std::size_t>(limit);
    if (more) ids.pop_back();
    for (const auto& id : ids) {
        auto account = store::find(view.db, id).value();
        account.phone = masked_phone(account.phone);
        std::erase_if(account.posts, [&](const Post& p) { return !valid_at(p, view.now); });
        page.rows.push_back(std::move(account));
    }
    if (more) page.next = page.rows.back().login;
    return page;
}

Result<Account> load(View& view, std::string_view account_id) {
    Where where;
    where.add("a.id = " + where.bind(std::string(account_id)));
    where.add(seen_by(view.actor, beijing_date(view.now), where.values));
    bool seen = false;
    view.db.each_built("accounts.seen", "select 1" + std::string(kFrom) + where.text, where.values, [&](const db::Row&) { seen = true; });
    if (!seen) return Refusal{Code::not_found, "account.unknown", {}, {}, {}};
    auto account = store::find(view.db, account_id).value();
    account.phone = masked_phone(account.phone);
    return account;
}

std::shared_ptr<const organizations::Impact> posts_impact() { return std::make_shared<PostsImpact>(); }

void sweep(db::Connection& db, Instant real_now) {
    constexpr std::int64_t day = 86'400'000;
    db.run({"sessions.sweep", "delete from sessions where expires_at < $1 or ended_at < $1"}, {real_now.ms - 30 * day});
    db.run({"known_devices.sweep", "delete from known_devices where created_at < $1"}, {real_now.ms - 365 * day});
    db.run({"sign_in.sweep", "delete from sign_in_budgets where window_start < $1"}, {real_now.ms - day});
}

}  // namespace anban::people
