// threats A2: what was acknowledged survives a power cut. Here the checker itself is checked: it passes on writers that sync,
// and must find the loss on writers that do not, and when the sync call is made a lie. tests/faults/ack_probe.ts does the same
// to the real server.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <vector>

#include "tests/faults/mix.h"

namespace anban::faults {
namespace {

namespace fs = std::filesystem;

class Folder {
public:
    Folder() {
        std::string name = (fs::temp_directory_path() / "plug-XXXXXX").string();
        path = ::mkdtemp(name.data());
    }
    ~Folder() { fs::remove_all(path); }
    fs::path path;
};

std::string payload(int number) { return std::string(700, static_cast<char>('a' + number % 26)) + std::to_string(number); }

void lay_out(const fs::path& live) {
    fs::create_directories(live / "blobs");
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open((live / "rows.db").c_str(), &db), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(db, "create table rows (number integer primary key, payload text not null) strict", nullptr, nullptr, nullptr),
              SQLITE_OK);
    sqlite3_close(db);
}

[[noreturn]] void become_writer(const fs::path& folder, const std::string& way, bool lie, int out) {
    ::dup2(out, STDOUT_FILENO);
    ::setenv("LD_PRELOAD", PLUGPULL, 1);
    ::setenv("PLUG_DIR", (folder / "live").c_str(), 1);
    ::setenv("PLUG_SHADOW", (folder / "shadow").c_str(), 1);
    ::setenv("PLUG_LIE", lie ? "1" : "0", 1);
    ::execl(PLUG_WRITER, PLUG_WRITER, (folder / "live").c_str(), way.c_str(), nullptr);
    ::_exit(127);
}

// Lets the writer work until it was promised so many, kills it in the middle of the next, and returns what it was promised.
std::vector<int> work_until_killed(const fs::path& folder, const std::string& way, bool lie, int enough) {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return {};
    const pid_t writer = ::fork();
    if (writer == 0) become_writer(folder, way, lie, ends[1]);
    ::close(ends[1]);
    std::string said;
    char piece[256];
    auto lines = [&] { return std::count(said.begin(), said.end(), '\n'); };
    for (ssize_t got = 0; lines() < enough && (got = ::read(ends[0], piece, sizeof piece)) > 0;)
        said.append(piece, static_cast<std::size_t>(got));
    ::kill(writer, SIGKILL);
    ::waitpid(writer, nullptr, 0);
    for (ssize_t got = 0; (got = ::read(ends[0], piece, sizeof piece)) > 0;) said.append(piece, static_cast<std::size_t>(got));
    ::close(ends[0]);
    std::istringstream words(said);
    return {std::istream_iterator<int>(words), {}};
}

// Promised rows that the image does not hold as they were; all of them when the file is broken.
int rows_lost(const fs::path& image, const std::vector<int>& promised) {
    sqlite3* db = nullptr;
    sqlite3_stmt* statement = nullptr;
    std::map<int, std::string> found;
    bool whole = sqlite3_open((image / "rows.db").c_str(), &db) == SQLITE_OK;
    whole = whole && sqlite3_prepare_v2(db, "pragma integrity_check", -1, &statement, nullptr) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW &&
            std::string_view(reinterpret_cast<const char*>(sqlite3_column_text(statement, 0))) == "ok";
    sqlite3_finalize(statement);
    statement = nullptr;
    if (whole && sqlite3_prepare_v2(db, "select number, payload from rows", -1, &statement, nullptr) == SQLITE_OK)
        while (sqlite3_step(statement) == SQLITE_ROW)
            found[sqlite3_column_int(statement, 0)] = reinterpret_cast<const char*>(sqlite3_column_text(statement, 1));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    int lost = 0;
    for (const int number : promised) lost += found[number] != payload(number);
    return lost;
}

int files_lost(const fs::path& image, const std::vector<int>& promised) {
    int lost = 0;
    for (const int number : promised) {
        std::ifstream in(image / "blobs" / std::to_string(number), std::ios::binary);
        lost += (std::ostringstream() << in.rdbuf()).str() != payload(number);
    }
    return lost;
}

struct Tally {
    int promised = 0, lost = 0;
};

// So many power cuts, each at another moment and with another seed.
Tally pull_the_plug(const std::string& way, bool lie, int cuts) {
    Tally tally;
    for (int cut = 1; cut <= cuts; ++cut) {
        Folder folder;
        lay_out(folder.path / "live");
        const auto promised = work_until_killed(folder.path, way, lie, 20 + 37 * cut % 200);
        mix(folder.path / "live", folder.path / "shadow", folder.path / "image", static_cast<std::uint64_t>(cut));
        tally.promised += static_cast<int>(promised.size());
        tally.lost += way.starts_with("rows") ? rows_lost(folder.path / "image", promised) : files_lost(folder.path / "image", promised);
    }
    return tally;
}

TEST(PowerCut, rows_that_were_synced_are_all_there_whenever_the_plug_is_pulled) {
    const Tally tally = pull_the_plug("rows-full", false, 20);
    EXPECT_EQ(tally.lost, 0);
    EXPECT_GT(tally.promised, 400);
}

TEST(PowerCut, what_the_database_called_durable_is_there_whenever_the_plug_is_pulled) {
    const Tally tally = pull_the_plug("rows-database", false, 20);
    EXPECT_EQ(tally.lost, 0);
    EXPECT_GT(tally.promised, 400);
}

TEST(PowerCut, the_check_finds_what_the_database_lost_when_the_sync_call_lies) {
    EXPECT_GT(pull_the_plug("rows-database", true, 10).lost, 0);
}

TEST(PowerCut, the_check_finds_the_lost_rows_when_the_sync_call_lies) { EXPECT_GT(pull_the_plug("rows-full", true, 10).lost, 0); }

TEST(PowerCut, the_check_finds_the_lost_rows_when_nobody_syncs) { EXPECT_GT(pull_the_plug("rows-off", false, 10).lost, 0); }

TEST(PowerCut, files_synced_with_their_folder_are_all_there_whenever_the_plug_is_pulled) {
    const Tally tally = pull_the_plug("files-careful", false, 20);
    EXPECT_EQ(tally.lost, 0);
    EXPECT_GT(tally.promised, 400);
}

TEST(PowerCut, the_check_finds_the_lost_files_when_nobody_syncs) { EXPECT_GT(pull_the_plug("files-careless", false, 10).lost, 0); }

TEST(PowerCut, the_check_finds_the_lost_files_when_the_sync_call_lies) { EXPECT_GT(pull_the_plug("files-careful", true, 10).lost, 0); }

// ---- the mixer by itself, on shadows written by hand ----

struct Shadow {
    Folder folder;
    Shadow(const std::string& names, const std::map<int, std::string>& promised, const std::map<std::string, std::string>& live) {
        fs::create_directories(folder.path / "shadow" / "inode");
        fs::create_directories(folder.path / "live");
        std::ofstream(folder.path / "shadow" / "names") << names;
        for (const auto& [number, bytes] : promised) std::ofstream(folder.path / "shadow" / "inode" / std::to_string(number)) << bytes;
        for (const auto& [path, bytes] : live) std::ofstream(folder.path / "live" / path) << bytes;
    }
    // What the image holds under the name with each of 40 seeds; "-" when the name is not there.
    std::set<std::string> outcomes(const std::string& name, Names rule = Names::posix) {
        std::set<std::string> seen;
        for (std::uint64_t seed = 0; seed < 40; ++seed) {
            const fs::path image = folder.path / ("image" + std::to_string(seed));
            mix(folder.path / "live", folder.path / "shadow", image, seed, rule);
            std::ifstream in(image / name);
            seen.insert(in ? (std::ostringstream() << in.rdbuf()).str() : "-");
            fs::remove_all(image);
        }
        return seen;
    }
};

using Seen = std::set<std::string>;

TEST(Mix, a_new_file_may_be_missing_empty_or_whole_until_it_and_its_folder_are_synced) {
    EXPECT_EQ(Shadow("C 1 a\n", {}, {{"a", "new"}}).outcomes("a"), (Seen{"-", "", "new"}));
    EXPECT_EQ(Shadow("C 1 a\nS 1 .\n", {{1, "new"}}, {{"a", "new"}}).outcomes("a"), (Seen{"-", "new"}));
    EXPECT_EQ(Shadow("C 1 a\nS 1 .\nD 0 .\n", {{1, "new"}}, {{"a", "new"}}).outcomes("a"), (Seen{"new"}));
}

TEST(Mix, under_the_rule_of_ext4_the_sync_of_a_file_keeps_its_name) {
    EXPECT_EQ(Shadow("C 1 a\nS 1 .\n", {{1, "new"}}, {{"a", "new"}}).outcomes("a", Names::ext4), (Seen{"new"}));
}

TEST(Mix, a_file_renamed_over_another_is_the_old_or_the_new_one_and_never_missing) {
    const std::string events = "N 1 a\nC 2 b\nS 2 .\nR 2 b\ta\n";
    EXPECT_EQ(Shadow(events, {{1, "old"}, {2, "new"}}, {{"a", "new"}}).outcomes("a"), (Seen{"old", "new"}));
    EXPECT_EQ(Shadow(events + "D 0 .\n", {{1, "old"}, {2, "new"}}, {{"a", "new"}}).outcomes("a"), (Seen{"new"}));
}

TEST(Mix, a_removed_file_may_come_back_until_its_folder_is_synced) {
    EXPECT_EQ(Shadow("N 1 a\nU 0 a\n", {{1, "old"}}, {}).outcomes("a"), (Seen{"-", "old"}));
    EXPECT_EQ(Shadow("N 1 a\nU 0 a\nD 0 .\n", {{1, "old"}}, {}).outcomes("a"), (Seen{"-"}));
}

TEST(Mix, each_sector_that_was_not_synced_is_old_or_new_by_itself) {
    const std::string old(1024, 'o'), fresh(1024, 'n'), head = fresh.substr(0, 512) + old.substr(512),
                                                        tail = old.substr(0, 512) + fresh.substr(512);
    EXPECT_EQ(Shadow("N 1 a\n", {{1, old}}, {{"a", fresh}}).outcomes("a"), (Seen{old, fresh, head, tail}));
}

}  // namespace
}  // namespace anban::faults
