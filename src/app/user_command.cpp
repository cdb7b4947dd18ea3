#include "app/user_command.h"

#include <array>
#include <ostream>

#include "app/application.h"
#include "app/command_line.h"
#include "core/codec.h"
#include "modules/organizations/organizations.h"
#include "modules/people/passwords.h"
#include "modules/people/people.h"
#include "modules/people/role_words.h"

namespace anban {
namespace {

using people::Account;

Refusal missing(const char* flag) { return {Code::invalid, "config.value_missing", {{"flag", flag}}, {}, {}}; }

// "liaison" or "联络员".
Result<Role> read_role(const std::string& word) {
    if (const auto role = codec::enum_from<Role>(word)) return *role;
    if (const auto role = people::role_from_word(word)) return *role;
    return Refusal{Code::invalid, "user.no_such_role", {{"role", word}}, {}, {}};
}

Result<people::NewPost> read_post(db::Connection& db, const CommandLine& line) {
    const auto role = read_role(line.value("--role"));
    if (!role) return role.refusal();
    const auto organization = organizations::find_by_name(db, line.value("--organization"));
    if (!organization) return Refusal{Code::not_found, "user.no_such_organization", {{"name", line.value("--organization")}}, {}, {}};
    return people::NewPost{organization->id, *role, line.value("--title")};
}

Result<Account> find_account(Work& work, const std::string& login) {
    View view{work.db, work.actor, work.now, work.real_now};
    const auto page = people::list(view, {.search = login, .limit = 200});
    if (!page) return page.refusal();
    for (const auto& account : page->rows)
        if (account.login == login) return account;
    return Refusal{Code::not_found, "user.no_such_login", {{"login", login}}, {}, {}};
}

void print_account(std::ostream& out, const Account& account) {
    out << account.login << '\t' << account.name;
    for (const auto& post : account.posts) out << '\t' << people::role_word(post.role) << ' ' << post.organization;
    if (account.disabled_at) out << '\t' << in_chinese("user.disabled_since", {{"day", format_date(beijing_date(*account.disabled_at))}});
    out << '\n';
}

// Told once: only its hash is kept.
void print_password(std::ostream& out, const std::string& login, const std::string& password) {
    out << in_chinese("user.password_once", {{"login", login}, {"password", password}}) << '\n';
}

int add(Application& app, const CommandLine& line, std::ostream& out, std::ostream& err) {
    for (const char* flag : {"--login", "--name", "--organization", "--role"})
        if (line.value(flag).empty()) return print(err, missing(flag)), kWrongUse;
    const auto password = people::initial_password();
    const auto hash = crypto::hash_password(password);
    const auto made = app.as_operator<Account>([&](Work& work) -> Result<Account> {
        auto post = read_post(work.db, line);
        if (!post) return post.refusal();
        return people::create(work, {line.value("--login"), line.value("--name"), line.value("--phone"), line.value("--email"), hash, true,
                                     std::move(*post)});
    });
    if (!made) return print(err, made.refusal()), kFindings;
    print_account(out, *made);
    print_password(out, made->login, password);
    return kAllWell;
}

int list(Application& app, const CommandLine& line, std::ostream& out, std::ostream& err) {
    people::AccountsAsked asked{.limit = 200};
    if (!line.value("--login").empty()) asked.search = line.value("--login");
    for (;;) {
        const auto page = app.as_operator<people::AccountPage>([&](Work& work) {
            View view{work.db, work.actor, work.now, work.real_now};
            return people::list(view, asked);
        });
        if (!page) return print(err, page.refusal()), kFindings;
        for (const auto& account : page->rows) print_account(out, account);
        if (!page->next) return kAllWell;
        asked.after = page->next;
    }
}

int reset(Application& app, const CommandLine& line, std::ostream& out, std::ostream& err) {
    if (line.value("--login").empty()) return print(err, missing("--login")), kWrongUse;
    const auto password = people::initial_password();
    const auto hash = crypto::hash_password(password);
    const auto done = app.as_operator<Account>([&](Work& work) -> Result<Account> {
        const auto account = find_account(work, line.value("--login"));
        if (!account) return account;
        return people::reset_password(work, account->id, account->version, hash);
    });
    if (!done) return print(err, done.refusal()), kFindings;
    print_password(out, done->login, password);
    return kAllWell;
}

int disable(Application& app, const CommandLine& line, std::ostream& out, std::ostream& err) {
    for (const char* flag : {"--login", "--reason"})
        if (line.value(flag).empty()) return print(err, missing(flag)), kWrongUse;
    const auto done = app.as_operator<Account>([&](Work& work) -> Result<Account> {
        const auto account = find_account(work, line.value("--login"));
        if (!account) return account;
        return people::disable(work, account->id, account->version, line.value("--reason"));
    });
    if (!done) return print(err, done.refusal()), kFindings;
    print_account(out, *done);
    return kAllWell;
}

struct Verb {
    std::string_view name;
    int (*run)(Application&, const CommandLine&, std::ostream& out, std::ostream& err);
};
constexpr std::array kVerbs{Verb{"add", add}, Verb{"list", list}, Verb{"reset", reset}, Verb{"disable", disable}};

}  // namespace

int run_user(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto line =
        read_command_line(arguments, {{"--login", "--name", "--organization", "--role", "--title", "--phone", "--email", "--reason"}, {}});
    if (!line) return print(err, line.refusal()), kWrongUse;
    for (const auto& verb : kVerbs) {
        if (line->words.size() != 1 || line->words.front() != verb.name) continue;
        const auto app = open_application(line->config, true, err);
        if (!app) return kFindings;
        const int code = verb.run(*app, *line, out, err);
        app->tick();
        return code;
    }
    return err << in_chinese("user.usage") << '\n', kWrongUse;
}

}  // namespace anban
