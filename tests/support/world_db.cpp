#include "tests/support/world_db.h"

#include <stdlib.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "platform/crypto/crypto.h"
#include "tests/support/postgresql_cluster.h"

namespace anban::test {
namespace {

// One template for each list of migrations and engine, made by the first test that asks for it.
std::string key_of(std::span<const db::Migration> migrations) {
    crypto::Hasher hasher(crypto::Digest::sha256);
    for (const auto& m : migrations) hasher.add(std::string(m.name) + '\n' + m.text + '\n');
    return crypto::hex(hasher.finish()).substr(0, 16);
}

void migrate_at(const std::string& target, std::span<const db::Migration> migrations) {
    const auto made = db::open({.target = target, .readers = 1, .writers = 1, .durable = false});
    db::migrate(*made, migrations);
}

const std::string& sqlite_template(std::span<const db::Migration> migrations) {
    static TemporaryFolder folder;
    static std::map<std::string, std::string> made;
    const auto key = key_of(migrations);
    if (!made.contains(key)) {
        migrate_at(folder.path() + '/' + key, migrations);
        made[key] = folder.path() + '/' + key;
    }
    return made[key];
}

std::string new_database_name() {
    static std::atomic<int> counted{0};
    return "anban_test_" + std::to_string(::getpid()) + '_' + std::to_string(++counted);
}

// On a server of its own it goes with the server; on one that was given it is dropped at the end.
struct PostgresqlTemplates {
    std::map<std::string, std::string> made;
    ~PostgresqlTemplates() {
        for (const auto& [key, name] : made) try {
            PostgresqlCluster::get(key.ends_with('d')).administer("drop database if exists " + name + " with (force)");
        } catch (const std::exception&) {}
    }
};

std::string postgresql_template(std::span<const db::Migration> migrations, bool durable) {
    auto& cluster = PostgresqlCluster::get(durable);
    static PostgresqlTemplates templates;
    const auto key = key_of(migrations) + (durable ? 'd' : 'q');
    if (!templates.made.contains(key)) {
        const auto name = new_database_name();
        cluster.administer("create database " + name + " template template0 encoding 'UTF8' locale 'C.UTF-8'");
        templates.made[key] = name;
        migrate_at(cluster.target(name), migrations);
    }
    return templates.made[key];
}

}  // namespace

WorldDb::WorldDb(Engine engine, std::span<const db::Migration> migrations, WorldDbOptions asked) : engine_(engine), asked_(asked) {
    if (engine == Engine::sqlite) {
        const auto& from = sqlite_template(migrations);
        target_ = folder_.emplace().path() + "/anban.db";
        std::filesystem::copy_file(from, target_);
    } else {
        const auto from = postgresql_template(migrations, asked.durable);
        auto& cluster = PostgresqlCluster::get(asked.durable);
        name_ = new_database_name();
        cluster.administer("create database " + name_ + " template " + from);
        target_ = cluster.target(name_);
    }
    open();
}

WorldDb::~WorldDb() {
    close();
    if (engine_ == Engine::postgresql) try { PostgresqlCluster::get(asked_.durable).administer("drop database " + name_ + " with (force)"); }
    catch (const std::exception& e) { ADD_FAILURE() << e.what(); }
}

void WorldDb::close() { open_.reset(); }
void WorldDb::open() { open_ = db::open(options()); }

db::Options WorldDb::options() const {
    return {.target = target_, .readers = asked_.readers, .writers = asked_.writers, .durable = asked_.durable};
}

}  // namespace anban::test
