#include "modules/people/rules.h"

#include <algorithm>

#include "core/codec.h"
#include "modules/people/rights.h"

namespace anban::people::rules {
namespace {

Refusal unprocessable(const char* key) { return {Code::unprocessable, key, {}, {}, {}}; }
Refusal forbidden(const char* key) { return {Code::forbidden, key, {}, {}, {}}; }
Refusal unknown() { return {Code::not_found, "account.unknown", {}, {}, {}}; }

bool within(std::string_view text, std::string_view allowed) { return text.find_first_not_of(allowed) == std::string_view::npos; }

bool liaison_below(const SeenPost& p) { return p.role == Role::liaison && p.in_scope && !p.own_organization; }

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
}

}  // namespace

Verdict refuse_login(std::string_view login) {
    const bool fits = login.size() >= 3 && login.size() <= 40 && within(login, "abcdefghijklmnopqrstuvwxyz0123456789._-");
    if (!fits) return unprocessable("account.bad_login");
    return std::nullopt;
}

Verdict refuse_contact(std::string_view name, std::string_view phone, std::string_view email) {
    if (characters(name) < 2 || characters(name) > 60 || has_control(name) || name.front() == ' ' || name.back() == ' ')
        return unprocessable("account.bad_name");
    if (!phone.empty() && (phone.size() < 7 || phone.size() > 16 || !within(phone, "0123456789-+"))) return unprocessable("account.bad_phone");
    const auto at = email.find('@');
    if (!email.empty() && (at == 0 || at == std::string_view::npos || at + 1 == email.size() || email.size() > 100 ||
                           email.find_first_of(" \t\r\n,;<>") != std::string_view::npos))
        return unprocessable("account.bad_email");
    return std::nullopt;
}

Verdict refuse_account(const Actor& actor, const std::vector<SeenPost>& current) {
    if (actor.role == Role::system_admin) return std::nullopt;
    if (actor.role != Role::office_clerk) return forbidden("account.not_yours");
    const bool any_seen = std::any_of(current.begin(), current.end(), [](const SeenPost& p) { return p.in_scope; });
    if (!any_seen) return unknown();
    if (!std::all_of(current.begin(), current.end(), liaison_below)) return forbidden("account.not_yours");
    return std::nullopt;
}

Verdict refuse_unseen(const Actor& actor, const std::vector<SeenPost>& current) {
    if (actor.role == Role::system_admin || actor.role == Role::security_admin) return std::nullopt;
    const bool any_seen = std::any_of(current.begin(), current.end(), [](const SeenPost& p) { return p.in_scope; });
    if (!any_seen) return unknown();
    return std::nullopt;
}

Verdict refuse_taker(const Actor& actor, const std::vector<SeenPost>& current) {
    if (current.empty()) return std::nullopt;
    return refuse_account(actor, current);
}

Verdict refuse_reset(const Actor& actor, const std::vector<SeenPost>& current) {
    if (auto no = refuse_account(actor, current)) return no;
    const bool admin = std::any_of(current.begin(), current.end(), [](const SeenPost& p) { return is_admin(p.role); });
    if (admin && !(actor.address == "operator")) return forbidden("account.admin_password");
    return std::nullopt;
}

Verdict refuse_post(const Actor& actor, const SeenPost& post, bool granting) {
    if (!post.in_scope) return Refusal{Code::not_found, "organization.unknown", {}, {}, {}};
    if (granting && (actor.role == Role::security_admin || actor.address == "operator")) return std::nullopt;
    if (!is_ordinary(post.role)) return forbidden("account.role_needs_grant");
    if (actor.role == Role::system_admin) return std::nullopt;
    if (actor.role == Role::office_clerk && liaison_below(post)) return std::nullopt;
    return forbidden("account.not_yours");
}

Verdict refuse_admins(const std::vector<Role>& current, Role added) {
    const bool any = is_admin(added) || std::any_of(current.begin(), current.end(), is_admin);
    if (any && !current.empty()) return Refusal{Code::conflict, "account.admins_exclude", {}, {}, {}};
    return std::nullopt;
}

}  // namespace anban::people::rules
