// The embedded engine: one thread that writes and checkpoints, some connections that read.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "platform/db/file_lock.h"
#include "platform/db/nesting.h"
#include "platform/db/pool.h"
#include "platform/db/sqlite.h"
#include "platform/log/log.h"

namespace anban::db {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kLargestGroup = 64;
constexpr int kPagesToCheckpoint = 1000;
constexpr int kPagesToHoldReaders = 16'000;  // 64 MB: readers never all let go by themselves (threats A15)
constexpr auto kHoldReadersFor = std::chrono::milliseconds(250);
constexpr auto kHoldReadersEvery = std::chrono::seconds(5);

const Sql kBegin{"begin", "begin immediate"};
const Sql kCommit{"commit", "commit"};
const Sql kRollback{"rollback", "rollback"};
const Sql kDeedBegin{"deed.begin", "savepoint deed"};
const Sql kDeedKeep{"deed.keep", "release deed"};
const Sql kDeedUndo{"deed.undo", "rollback to deed"};
const Sql kLookBegin{"look.begin", "begin"};

// A deed and its caller, who sleeps until the group's commit is on the disk.
struct Job {
    const Deed* deed;
    std::exception_ptr failure;
    std::promise<void> answered;
};
using Group = std::vector<std::shared_ptr<Job>>;

class SqliteDatabase final : public Database {
public:
    explicit SqliteDatabase(const Options& options)
        : read_limit_(options.read_limit), durable_(options.durable), lock_(options.target + ".lock"),
          writer_(created(options.target), SqliteConnection::Role::writer, options.durable) {
        for (int i = 0; i < std::max(1, options.readers); ++i)
            readers_.add(std::make_unique<SqliteConnection>(options.target, SqliteConnection::Role::reader, options.durable));
        thread_ = std::thread([this] { work(); });
    }

    ~SqliteDatabase() override {
        {
            const std::scoped_lock lock(mutex_);
            stopping_ = true;
        }
        came_.notify_all();
        thread_.join();
        readers_.clear();  // before the writer: the last to close checkpoints
        if (!wrote_) writer_.leave_wal_when_closed();  // who only looked leaves the file as it was
    }

    void write(const Deed& deed) override {
        Nesting::refuse_write_inside(*this);
        auto job = std::make_shared<Job>();
        job->deed = &deed;
        auto answered = job->answered.get_future();
        {
            const std::scoped_lock lock(mutex_);
            queue_.push_back(job);
        }
        came_.notify_one();
        answered.get();
        if (job->failure) std::rethrow_exception(job->failure);
    }

    void reshape(const Deed& deed) override { write(deed); }

    void read(const Look& look) override {
        if (auto* at_hand = Nesting::look_at_hand(*this)) return look(*at_hand);
        const auto lease = readers_.take(read_limit_);
        lease->interrupt_after(Clock::now() + read_limit_);
        lease->start_afresh();
        lease->frame(kLookBegin);
        const struct End {
            SqliteConnection& c;
            ~End() { if (c.in_transaction()) try { c.interrupt_after(Clock::time_point::max()); c.frame(kRollback); } catch (const Failure&) {} }
        } end{*lease};
        const Nesting inside(*this, Nesting::Kind::look, *lease);
        look(*lease);
    }

    void copy_to(const std::string& path) override {
        if (::access(path.c_str(), F_OK) == 0) throw Failure(path + " is there already");
        const auto lease = readers_.take(read_limit_);
        lease->interrupt_after(Clock::time_point::max());
        lease->copy_to(created(path));
    }

    Engine engine() const override { return Engine::sqlite; }
    std::string describe() const override {
        return std::string("SQLite ") + sqlite3_libversion() + ", WAL, synchronous=" + (durable_ ? "FULL" : "OFF");
    }

private:
    // Made by us and not by the engine, so that nobody else on the machine may read it; -wal and -shm take its mode.
    static const std::string& created(const std::string& path) {
        if (const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600); fd >= 0) ::close(fd);
        return path;
    }

    void work() {
        for (Group group = next_group(); !group.empty(); group = next_group()) {
            commit(group);
            for (const auto& job : group) job->answered.set_value();
            checkpoint_when_due();
        }
    }

    // Whatever has queued up meanwhile; empty at the end.
    Group next_group() {
        std::unique_lock lock(mutex_);
        came_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
        const auto size = static_cast<std::ptrdiff_t>(std::min(queue_.size(), kLargestGroup));
        Group group(queue_.begin(), queue_.begin() + size);
        queue_.erase(queue_.begin(), queue_.begin() + size);
        return group;
    }

    // One transaction for all. When it can not be committed nothing of it counts: also a refusal may rest on a neighbour's
    // deed that is gone now, so everybody is told the same.
    void commit(const Group& group) {
        try {
            Group rest = group;
            while (!run_all(rest)) {}
            writer_.frame(kCommit);
            wrote_ = true;
        } catch (const std::exception& e) {
            log::error("database.commit_failed", {{"why", e.what()}, {"deeds", group.size()}});
            const auto failure = std::make_exception_ptr(Unavailable(std::string("the commit failed: ") + e.what()));
            for (const auto& job : group) job->failure = failure;
            roll_back();
        }
    }

    void roll_back() noexcept {
        if (!writer_.in_transaction()) return;
        try {
            writer_.frame(kRollback);
        } catch (const Failure& e) {
            log::error("database.rollback_failed", {{"why", e.what()}});
        }
    }

    // False: the engine gave up the whole transaction (disk full, no memory), not one deed alone. The one at fault is taken
    // out with its failure, the others have to run again.
    bool run_all(Group& group) {
        writer_.frame(kBegin);
        for (auto it = group.begin(); it != group.end(); ++it) {
            run_one(**it);
            if (writer_.in_transaction()) continue;
            if (!(*it)->failure) (*it)->failure = std::make_exception_ptr(Unavailable("the engine gave up the transaction"));
            group.erase(it);
            return false;
        }
        return true;
    }

    void run_one(Job& job) {
        job.failure = nullptr;
        writer_.start_afresh();
        writer_.frame(kDeedBegin);
        bool keep = false;
        try {
            const Nesting inside(*this, Nesting::Kind::deed, writer_);
            keep = (*job.deed)(writer_) == Outcome::keep;
            if (keep && writer_.spoiled()) throw Failure("the deed went on after one of its statements had failed");
            // Would otherwise be found at the commit, and spoil the neighbours' deeds.
            if (keep && writer_.owes_references()) throw ConstraintFailure("the deed leaves references without their rows");
        } catch (...) {
            keep = false;
            job.failure = std::current_exception();
        }
        if (!writer_.in_transaction()) return;
        if (!keep) writer_.frame(kDeedUndo);
        writer_.frame(kDeedKeep);
    }

    // Here and nowhere else, after the callers have their answers.
    void checkpoint_when_due() {
        if (writer_.wal_pages() < kPagesToCheckpoint) return;
        const auto now = Clock::now();
        if (writer_.wal_pages() >= kPagesToHoldReaders && now >= may_hold_readers_) {
            may_hold_readers_ = now + kHoldReadersEvery;
            if (readers_.while_all_are_home(kHoldReadersFor, [&] { writer_.checkpoint(SqliteConnection::Checkpoint::truncate); })) return;
            log::warning("database.wal_grows", {{"pages", writer_.wal_pages()}});
        }
        writer_.checkpoint(SqliteConnection::Checkpoint::passive);
    }

    const std::chrono::milliseconds read_limit_;
    const bool durable_;
    FileLock lock_;  // before the connections: taken first, let go last
    SqliteConnection writer_;
    Pool<SqliteConnection> readers_;
    bool wrote_ = false;
    Clock::time_point may_hold_readers_{};

    std::mutex mutex_;
    std::condition_variable came_;
    std::deque<std::shared_ptr<Job>> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(const Options& options) {
    if (options.target.empty() || options.target.starts_with(":memory:") || options.target.starts_with("file:"))
        throw Failure("a SQLite database is named by its path, not by '" + options.target + "'");
    return std::make_unique<SqliteDatabase>(options);
}

}  // namespace anban::db
