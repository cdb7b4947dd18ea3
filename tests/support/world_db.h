// A fresh, migrated database for one test, on either engine, in milliseconds: a copied file, or a copied PostgreSQL database.
//
// PostgreSQL: the server that ANBAN_TEST_PG names ("host=… user=…", somebody who may do all), else a private cluster that
// the first test starts and that ends with the test program, however that ends. When it can not be started the test fails;
// it is never skipped.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/temporary_folder.h"
#include "platform/db/database.h"

namespace anban::test {

using db::Engine;

struct WorldDbOptions {
    bool durable = false;  // true: with fsync, for tests about faults
    int readers = 4;
    int writers = 8;
};

class WorldDb {
public:
    explicit WorldDb(Engine, std::span<const db::Migration> = {}, WorldDbOptions = {});
    ~WorldDb();  // closes and removes it
    WorldDb(const WorldDb&) = delete;
    WorldDb& operator=(const WorldDb&) = delete;

    db::Database& operator*() const { return *open_; }
    db::Database* operator->() const { return open_.get(); }

    void close();   // as a server that stops; open() is one that starts on the same data
    void open();
    [[nodiscard]] const std::string& target() const { return target_; }  // what db::open takes
    [[nodiscard]] db::Options options() const;

private:
    const Engine engine_;
    const WorldDbOptions asked_;
    std::optional<TemporaryFolder> folder_;  // SQLite
    std::string name_;     // PostgreSQL
    std::string target_;
    std::unique_ptr<db::Database> open_;
};

class OnBothEngines : public ::testing::TestWithParam<Engine> {};

[[nodiscard]] inline std::string engine_name(const ::testing::TestParamInfo<Engine>& info) {
    return info.param == Engine::sqlite ? "sqlite" : "postgresql";
}

}  // namespace anban::test

// Names a suite whose TEST_P run once on each engine: OnBothEngines/Filings.a_sentence/sqlite and …/postgresql. Once per
// suite, in the file of its tests, inside a namespace.
#define ANBAN_ON_BOTH_ENGINES(Suite)                                                                                   \
    class Suite : public ::anban::test::OnBothEngines {};                                                              \
    INSTANTIATE_TEST_SUITE_P(OnBothEngines, Suite,                                                                     \
                             ::testing::Values(::anban::db::Engine::sqlite, ::anban::db::Engine::postgresql),          \
                             ::anban::test::engine_name)
