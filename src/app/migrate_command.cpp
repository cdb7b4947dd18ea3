#include "app/migrate_command.h"

#include <filesystem>
#include <ostream>

#include "app/command_line.h"
#include "app/migrations.h"
#include "platform/db/database.h"
#include "platform/db/dialect.h"

namespace anban {
namespace {

std::int64_t applied_in(db::Database& database) {
    std::int64_t applied = 0;
    database.read([&](db::Connection& db) {
        if (db.exists(db::table_exists(db.engine()), {"schema_migrations"}))
            applied = db.count({"migrate.applied", "select count(*) from schema_migrations"});
    });
    return applied;
}

}  // namespace

int run_migrate(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto line = read_command_line(arguments, {});
    if (!line || !line->words.empty()) {
        if (!line) print(err, line.refusal());
        return err << in_chinese("migrate.usage") << '\n', kWrongUse;
    }
    if (!may_open(line->config, false, err)) return kFindings;
    std::filesystem::create_directories(line->config.data);
    db::Options options;
    options.target = line->config.database_target();
    const auto database = db::open(options);
    const auto before = applied_in(*database);
    db::migrate(*database, migrations());
    out << in_chinese("migrate.done", {{"before", std::to_string(before)}, {"after", std::to_string(applied_in(*database))}}) << '\n';
    return kAllWell;
}

}  // namespace anban
