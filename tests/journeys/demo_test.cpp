// A replay of a month, small enough to foretell by hand (small_replay.yaml): what the office must see at its end, through
// the same requests that its page sends.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "app/demo_command.h"
#include "app/migrations.h"
#include "app/verify_command.h"
#include "tests/support/world.h"

namespace anban::test {
namespace {

constexpr const char* kPassword = "Correct-Horse-9";

// Loaded once for each engine: the tests only look.
class Played {
public:
    static std::map<Engine, std::unique_ptr<Played>>& loaded() {
        static std::map<Engine, std::unique_ptr<Played>> all;
        return all;
    }
    static Played& on(Engine engine) {
        auto& one = loaded()[engine];
        if (!one) one.reset(new Played(engine));
        return *one;
    }
    Client& office() {
        if (!clerk_) {
            app_ = std::make_unique<Application>(config);
            clerk_ = std::make_unique<Client>(*app_);
            clerk_->sign_in("clerk", kPassword);
        }
        return *clerk_;
    }
    void close() {
        clerk_.reset();
        app_.reset();
    }
    Config config;

private:
    explicit Played(Engine engine) : db_(engine, migrations()) {
        db_.close();
        config.data = folder_.path() + "/data";
        config.database = db_.target();
        config.durable = config.divisions = false;
        const std::string root = ANBAN_SOURCE_DIR;
        config.business_time =
            load_demo(config, root + "/packs/hunan-2023", kPassword, root + "/tests/journeys/small_replay.yaml").business_time;
    }
    TemporaryFolder folder_;
    WorldDb db_;
    std::unique_ptr<Application> app_;
    std::unique_ptr<Client> clerk_;
};

class Demo : public OnBothEngines {
public:
    static void TearDownTestSuite() { Played::loaded().clear(); }  // before the private cluster ends
};
INSTANTIATE_TEST_SUITE_P(OnBothEngines, Demo, ::testing::Values(Engine::sqlite, Engine::postgresql), engine_name);

json::value matrix(const std::string& duty, const std::string& slot, Engine engine) {
    const auto answer = Played::on(engine).office().get("/api/v1/campaigns/hunan-2023/matrix?limit=100&duty=" + duty + "&slot=" + slot);
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.body;
}

json::object cell(const json::value& matrix, const std::string& unit, const std::string& slot) {
    for (const auto& row : matrix.at("rows").as_array())
        if (row.at("name").as_string() == unit)
            for (const auto& one : row.at("cells").as_array())
                if (one.at("slot").as_string() == slot) return one.as_object();
    ADD_FAILURE() << "no cell for " << unit << " in " << slot;
    return {};
}

std::set<std::string> missing(const json::value& matrix) {
    std::set<std::string> names;
    for (const auto& one : matrix.at("missing").as_array()) names.emplace(one.at("name").as_string());
    return names;
}

json::object window(const json::value& matrix, const std::string& slot) {
    for (const auto& one : matrix.at("windows").as_array())
        if (one.at("slot").as_string() == slot) return one.as_object();
    ADD_FAILURE() << "no window " << slot;
    return {};
}

// Five of the thirty-one hand in weekly, and one of these stays away in the second week.
TEST_P(Demo, the_week_names_who_never_handed_in_and_nobody_who_did) {
    const auto m = matrix("weekly", "2023-W12", GetParam());
    const auto names = missing(m);
    EXPECT_EQ(names.size(), 27u);
    EXPECT_TRUE(names.contains("怀化市住房和城乡建设局"));
    EXPECT_FALSE(names.contains("株洲市住房和城乡建设局"));
    EXPECT_EQ(window(m, "2023-W12").at("accepted").as_int64(), 4);
    EXPECT_EQ(window(m, "2023-W12").at("overdue").as_int64(), 27);
    EXPECT_EQ(window(m, "2023-W11").at("overdue").as_int64(), 26);
}

TEST_P(Demo, handed_in_at_five_sharp_is_in_time_and_a_minute_after_is_late) {
    const auto m = matrix("weekly", "2023-W13", GetParam());
    EXPECT_EQ(cell(m, "岳阳市住房和城乡建设局", "2023-W13").at("timeliness").at("counted").as_string(), "on_time");
    EXPECT_EQ(cell(m, "娄底市城市管理和综合执法局", "2023-W13").at("timeliness").at("counted").as_string(), "late");
    EXPECT_EQ(window(m, "2023-W13").at("late").as_int64(), 1);
}

TEST_P(Demo, a_nil_report_counts_and_an_excused_unit_is_not_missing) {
    const auto m = matrix("weekly", "2023-W14", GetParam());
    EXPECT_TRUE(cell(m, "湖南湘江新区行政执法局", "2023-W14").at("nil").as_bool());
    EXPECT_EQ(cell(m, "娄底市城市管理和综合执法局", "2023-W14").at("reading").as_string(), "excused");
    EXPECT_EQ(window(m, "2023-W14").at("owed").as_int64(), 30);
    EXPECT_FALSE(missing(m).contains("娄底市城市管理和综合执法局"));
}

TEST_P(Demo, the_month_shows_returned_restated_and_partial_each_by_its_name) {
    const auto m = matrix("monthly", "2023-03", GetParam());
    EXPECT_EQ(cell(m, "湖南湘江新区行政执法局", "2023-03").at("reading").as_string(), "returned");
    const auto restated = cell(m, "岳阳市住房和城乡建设局", "2023-03");
    EXPECT_EQ(restated.at("reading").as_string(), "accepted");
    EXPECT_TRUE(restated.at("restated").as_bool());
    EXPECT_TRUE(cell(m, "怀化市住房和城乡建设局", "2023-03").at("partial").as_bool());
    EXPECT_EQ(cell(m, "娄底市城市管理和综合执法局", "2023-03").at("reading").as_string(), "overdue");
    EXPECT_TRUE(missing(m).contains("娄底市城市管理和综合执法局"));
}

TEST_P(Demo, a_returned_article_does_not_count_for_the_quota) {
    const auto quotas = Played::on(GetParam()).office().get("/api/v1/campaigns/hunan-2023/quotas?duty=articles&month=2023-03");
    ASSERT_EQ(quotas.status, 200) << quotas.text;
    std::map<std::string, std::pair<std::int64_t, bool>> meters;
    for (const auto& one : quotas.at("/meters").as_array())
        meters[std::string(one.at("name").as_string())] = {one.at("count").as_int64(), one.at("met").as_bool()};
    EXPECT_EQ(meters.at("岳阳市住房和城乡建设局"), std::pair(std::int64_t{4}, false));
    EXPECT_EQ(meters.at("株洲市住房和城乡建设局"), std::pair(std::int64_t{5}, true));
    EXPECT_EQ(meters.at("怀化市住房和城乡建设局"), std::pair(std::int64_t{0}, false));
}

// The city added six inspections of its own to what its one accepted county said: both stand, the difference has its name.
TEST_P(Demo, where_a_city_says_otherwise_than_its_counties_the_total_names_city_cell_and_both_figures) {
    auto& office = Played::on(GetParam()).office();
    const auto totals = office.get("/api/v1/campaigns/hunan-2023/totals?duty=monthly&part=statistics&slot=2023-03");
    ASSERT_EQ(totals.status, 200) << totals.text;
    EXPECT_EQ(totals.number("/counted"), 3);  // 株洲, 岳阳, 怀化; 湘江新区 is returned, 娄底 missing
    EXPECT_EQ(totals.number("/owed"), 31);
    EXPECT_TRUE(totals.at("/restated").as_bool());
    ASSERT_EQ(totals.at("/differences").as_array().size(), 1u);
    EXPECT_EQ(totals.string("/differences/0/name"), "株洲市住房和城乡建设局");
    bool told = false;
    for (const auto& cell : totals.at("/differences/0/cells").as_array()) {
        if (cell.at("cell").as_string() != "buildings.units") continue;
        told = true;
        EXPECT_EQ(std::stoi(std::string(cell.at("official").as_string())), std::stoi(std::string(cell.at("recount").as_string())) + 6);
    }
    EXPECT_TRUE(told);
}

void change_journal(const Config& config, const std::string& from, const std::string& to) {
    db::Options options;
    options.target = config.database_target();
    const auto database = db::open(options);
    database->write([&](db::Connection& c) {
        const auto changed =
            c.run({"test.tamper", "update journal set actor_name = $2 where actor_name = $1 and deed = 'filing.returned'"}, {from, to});
        return changed > 0 ? db::Outcome::keep : db::Outcome::undo;
    });
}

// threats E1
TEST_P(Demo, what_was_loaded_verifies_and_one_changed_name_in_the_journal_is_found) {
    auto& played = Played::on(GetParam());
    played.close();
    const auto whole = verify_storage(played.config);
    for (const auto& finding : whole.findings) ADD_FAILURE() << finding.path << ' ' << finding.key;
    EXPECT_GT(whole.submissions, 20);
    EXPECT_GT(whole.attachments, 10);
    change_journal(played.config, "经办人", "别人");
    const auto changed = verify_storage(played.config);
    ASSERT_EQ(changed.findings.size(), 1u);
    EXPECT_EQ(changed.findings.front().key, "journal.line_changed");
    change_journal(played.config, "别人", "经办人");
    EXPECT_TRUE(verify_storage(played.config).findings.empty());
}

}  // namespace
}  // namespace anban::test
