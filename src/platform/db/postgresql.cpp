// The engine for many servers: pools, and when a deed is run again.
#include "platform/db/postgresql.h"

#include <thread>

#include "core/ids.h"
#include "platform/db/nesting.h"
#include "platform/db/pool.h"
#include "platform/log/log.h"

namespace anban::db {
namespace {

constexpr int kTriesWhenLost = 3;       // a planned switch-over takes about 2 s; the browser repeats after that
constexpr int kTriesWhenCrossed = 12;   // serialization and deadlock: one of the two always gets through
constexpr auto kPoolLimit = std::chrono::seconds(10);
constexpr auto kNoLimit = std::chrono::milliseconds::max();

const char* const kBeginDeed = "begin isolation level read committed read write";
const char* const kBeginReshape = "begin isolation level read committed read write; set local lock_timeout = 0";
const char* const kBeginLook = "begin isolation level repeatable read read only";

// Longer each time, and never the same for two that met: else they meet again.
void pause_before(int next_try) {
    const int chance = static_cast<unsigned char>(random_bytes(1)[0]);
    std::this_thread::sleep_for(std::chrono::milliseconds((1 << std::min(next_try, 6)) * (128 + chance) / 128));
}

class PostgresqlDatabase final : public Database {
public:
    explicit PostgresqlDatabase(const Options& options) : write_limit_(options.write_limit), read_limit_(options.read_limit) {
        for (int i = std::max(1, options.writers); i >= 1; --i)
            writers_.add(std::make_unique<PostgresqlConnection>(options, "pg-" + std::to_string(i)));
        for (int i = 0; i < std::max(1, options.readers); ++i)
            readers_.add(std::make_unique<PostgresqlConnection>(options, "reader"));
        version_ = writers_.take(kPoolLimit)->version();  // a wrong address is told at the start
    }

    void write(const Deed& deed) override { keep(deed, kBeginDeed, write_limit_); }
    void reshape(const Deed& deed) override { keep(deed, kBeginReshape, kNoLimit); }

    void read(const Look& look) override {
        if (auto* at_hand = Nesting::look_at_hand(*this)) return look(*at_hand);
        const auto lease = readers_.take(read_limit_);
        begin_look(*lease);
        const struct End {
            PostgresqlConnection& c;
            ~End() { c.leave(); }
        } end{*lease};
        const Nesting inside(*this, Nesting::Kind::look, *lease);
        look(*lease);
    }

    void copy_to(const std::string&) override { throw Failure("a PostgreSQL database is copied by its own tools (pg_dump, pgbackrest)"); }

    Engine engine() const override { return Engine::postgresql; }
    std::string describe() const override { return "PostgreSQL " + version_; }

private:
    // The look itself is never run twice; that the connection broke while idle shows at its begin.
    void begin_look(PostgresqlConnection& c) {
        for (int tried = 1;; ++tried) {
            try {
                return c.begin(kBeginLook, read_limit_);
            } catch (const Unavailable&) {
                if (c.trouble() != Trouble::lost || tried >= kTriesWhenLost) throw;
            }
            pause_before(tried + 3);
        }
    }

    void keep(const Deed& deed, const char* begin, std::chrono::milliseconds limit) {
        Nesting::refuse_write_inside(*this);
        const auto lease = writers_.take(kPoolLimit);
        for (int tried = 1; !kept(*lease, deed, begin, limit, tried); ++tried) pause_before(tried);
    }

    // False: run it again. What the deed made of the trouble does not matter then.
    bool kept(PostgresqlConnection& c, const Deed& deed, const char* begin, std::chrono::milliseconds limit, int tried) {
        try {
            if (begin == kBeginDeed) c.begin_along(begin, limit);
            else c.begin(begin, limit);
            const auto outcome = run(c, deed);
            if (c.trouble() == Trouble::none && outcome == Outcome::keep) c.commit();
            else c.rollback();
            if (c.trouble() == Trouble::ordinary && outcome == Outcome::keep)
                throw Failure("the deed went on after one of its statements had failed");
        } catch (...) {
            c.rollback();
            if (!worth_another(c.trouble(), tried)) throw;
        }
        if (c.trouble() != Trouble::again && c.trouble() != Trouble::lost) return true;
        if (!worth_another(c.trouble(), tried)) throw Unavailable("the deed met others too often, or the connection is lost");
        log::warning("database.deed_runs_again", {{"tried", tried}, {"lost", c.trouble() == Trouble::lost}});
        return false;
    }

    Outcome run(PostgresqlConnection& c, const Deed& deed) {
        const Nesting inside(*this, Nesting::Kind::deed, c);
        return deed(c);
    }

    static bool worth_another(Trouble trouble, int tried) {
        if (trouble == Trouble::again) return tried < kTriesWhenCrossed;
        return trouble == Trouble::lost && tried < kTriesWhenLost;
    }

    const std::chrono::milliseconds write_limit_;
    const std::chrono::milliseconds read_limit_;
    std::string version_;
    Pool<PostgresqlConnection> writers_;
    Pool<PostgresqlConnection> readers_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(const Options& options) { return std::make_unique<PostgresqlDatabase>(options); }

}  // namespace anban::db
