#include "app/demo_people.h"

#include <fcntl.h>
#include <unistd.h>

#include <stdexcept>
#include <thread>

#include "app/application.h"
#include "app/command_line.h"
#include "core/codec.h"
#include "modules/organizations/organizations.h"
#include "modules/people/passwords.h"
#include "modules/people/people.h"
#include "modules/people/role_words.h"

namespace anban::demo {
namespace {

struct Person {
    std::string short_name;
    people::NewAccount account;
    std::string password;
};

Person person(const std::string& short_name, const std::string& organization_id, Role role, std::string login, std::string name) {
    Person out{short_name, {}, {}};
    out.account.login = std::move(login);
    out.account.name = name;
    out.account.must_change_password = false;
    out.account.post = people::NewPost{organization_id, role, std::move(name)};
    return out;
}

std::string organization_id(db::Database& db, const std::string& name) {
    std::string id;
    db.read([&](db::Connection& c) {
        if (const auto found = organizations::find_by_name(c, name)) id = found->id;
    });
    if (id.empty()) throw std::runtime_error(in_chinese("user.no_such_organization", {{"name", name}}));
    return id;
}

std::vector<Person> everybody(Application& app, const Replay& replay, const std::vector<Unit>& units) {
    std::vector<Person> all;
    for (const auto& post : replay.posts) {
        const auto role = codec::enum_from<Role>(post.role);
        if (!role) throw std::runtime_error(in_chinese("user.no_such_role", {{"role", post.role}}));
        all.push_back(person(post.unit, organization_id(app.database(), post.unit), *role, post.login, post.name));
    }
    for (const auto& unit : units) {
        if (!replay.only.empty() && !replay.only.contains(unit.short_name)) continue;
        const auto login = replay.logins.find(unit.short_name);
        if (login == replay.logins.end()) throw std::runtime_error("replay.yaml: logins lacks " + unit.short_name);
        all.push_back(person(unit.short_name, unit.id, Role::liaison, login->second, unit.short_name + "联络员"));
        if (!replay.reviewed_units.contains(unit.short_name)) continue;
        all.push_back(person(unit.short_name, unit.id, Role::reviewer, login->second + ".sh", unit.short_name + "审核人"));
        all.push_back(person(unit.short_name, unit.id, Role::unit_leader, login->second + ".fz", unit.short_name + "负责人"));
    }
    return all;
}

// Hashing is slow on purpose: two at a time, and one hash for one fixed password.
void make_passwords(std::vector<Person>& all, const std::string& fixed) {
    const auto one = fixed.empty() ? std::string() : crypto::hash_password(fixed);
    const auto part = [&](std::size_t from) {
        for (std::size_t i = from; i < all.size(); i += 2) {
            all[i].password = fixed.empty() ? people::initial_password() : fixed;
            all[i].account.password_hash = fixed.empty() ? crypto::hash_password(all[i].password) : one;
        }
    };
    std::thread other(part, 1);
    part(0);
    other.join();
}

void write_secret(const std::string& file, const std::string& text) {
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const bool kept = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!kept) throw std::runtime_error("cannot write " + file);
}

}  // namespace

const Actor& Cast::at(const std::string& short_name, Role role, std::uint64_t turn) const {
    const auto found = actors_.find({short_name, role});
    if (found == actors_.end()) throw std::runtime_error("replay: " + short_name + " has no " + std::string(codec::enum_name(role)));
    return found->second[turn % found->second.size()];
}

Cast make_people(Application& app, const Replay& replay, const std::vector<Unit>& units, const std::string& file,
                 const std::string& fixed) {
    auto all = everybody(app, replay, units);
    make_passwords(all, fixed);
    std::vector<people::NewAccount> asked;
    std::string list;
    for (const auto& p : all) {
        asked.push_back(p.account);
        list +=
            std::string(codec::enum_name(p.account.post->role)) + '\t' + p.account.login + '\t' + p.password + '\t' + p.account.name + '\n';
    }
    write_secret(file, list);
    const auto made = app.as_operator<std::vector<people::Account>>([&](Work& work) { return people::create_all(work, asked); });
    if (!made) throw std::runtime_error(in_chinese(made.refusal().key, made.refusal().params));
    Cast cast;
    for (std::size_t i = 0; i < made->size(); ++i) {
        const auto& account = (*made)[i];
        const auto& post = account.posts.front();
        cast.add(all[i].short_name, {account.person_id, account.id, post.organization_id, post.role, post.title, "replay"});
    }
    return cast;
}

}  // namespace anban::demo
