// What the matrix counts from stays equal to the routes themselves, whatever happens to them and in whatever order.
#include "modules/filings/route_counts.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <thread>

#include "core/codec.h"
#include "tests/support/campaign_world.h"

namespace anban::filings {
namespace {

using test::CampaignWorld;

using Line = std::tuple<std::string, std::string, std::string, std::string, std::int64_t, std::int64_t, std::int64_t, std::int64_t>;

Line line_of(const RouteCount& c) {
    return {c.slot, format_date(c.window_from), format_date(c.window_to), std::string(codec::enum_name(c.state)),
            c.due_at.value_or(Instant{-1}).ms, c.routes, c.late, c.nil};
}

// Route by route, in C++: shares no word of SQL with what it judges.
std::multiset<Line> counted_one_by_one(db::Connection& db, const std::string& duty, const std::string& receiver, Counts counts) {
    std::map<std::tuple<std::string, std::string, std::string, std::string, std::int64_t>, std::array<std::int64_t, 3>> sums;
    for (const auto& r : store::list_routes(db, "test.routes", "and r.duty = $1 and r.receiver_id = $2", {duty, receiver})) {
        auto& sum = sums[{r.slot, format_date(r.window_from), format_date(r.window_to), std::string(codec::enum_name(r.at.state)), r.due_at.value_or(Instant{-1}).ms}];
        const auto receipt = counts == Counts::accepted_version ? r.accepted_received_at : r.first_complete_at;
        sum[0] += 1;
        sum[1] += receipt && r.due_at && *r.due_at < *receipt ? 1 : 0;
        sum[2] += r.nil ? 1 : 0;
    }
    std::multiset<Line> lines;
    for (const auto& [key, sum] : sums)
        lines.insert({std::get<0>(key), std::get<1>(key), std::get<2>(key), std::get<3>(key), std::get<4>(key), sum[0], sum[1], sum[2]});
    return lines;
}

std::map<std::string, std::int64_t> units_kept(db::Connection& db) {
    std::map<std::string, std::int64_t> units;
    db.each({"test.units", "select duty, receiver_id, organization_id, routes from route_units"}, {}, [&](const db::Row& row) {
        units[row.string(0) + '/' + row.string(1) + '/' + row.string(2)] += row.int64(3);
    });
    std::erase_if(units, [](const auto& unit) { return unit.second == 0; });
    return units;
}

std::map<std::string, std::int64_t> units_one_by_one(db::Connection& db) {
    std::map<std::string, std::int64_t> units;
    for (const auto& r : store::list_routes(db, "test.all_routes", "", {})) ++units[r.duty + '/' + r.receiver_id + '/' + r.organization_id];
    return units;
}

void expect_true_counts(CampaignWorld& w) {
    w.db->read([](db::Connection& db) { EXPECT_EQ(units_kept(db), units_one_by_one(db)); });
    w.db->read([&](db::Connection& db) {
        for (const auto& duty : {"weekly", "monthly", "weekly_county"})
            for (const auto& receiver : {w.organization(CampaignWorld::kOffice), w.organization(CampaignWorld::kZhuzhou)})
                for (const auto counts : {Counts::first_complete, Counts::accepted_version}) {
                    std::multiset<Line> kept;
                    for (const auto& count : route_counts(db, w.pack.id, duty, receiver, counts)) kept.insert(line_of(count));
                    EXPECT_EQ(kept, counted_one_by_one(db, duty, receiver, counts)) << duty;
                }
    });
}

class Happenings {
public:
    Happenings(CampaignWorld& w, unsigned seed) : w_(w), random_(seed) {
        w.db->read([&](db::Connection& db) { db.each({"test.ids", "select id from filing_routes order by id"}, {}, [&](const db::Row& row) { ids_.push_back(row.string(0)); }); });
    }
    void one() {
        w_.db->write([&](db::Connection& db) {
            if (below(8) == 0) fold_any(db);
            change(db);
            return below(5) == 0 ? db::Outcome::undo : db::Outcome::keep;
        });
    }

private:
    // A heap or none: folding is right whenever it happens.
    void fold_any(db::Connection& db) {
        fold_counts(db, {w_.pack.id, "weekly", w_.organization(CampaignWorld::kOffice), "slot" + std::to_string(below(3)), {}});
        fold_counts(db, {w_.pack.id, "weekly", w_.organization(CampaignWorld::kOffice), {}, w_.organization(CampaignWorld::kZhuzhou)});
    }
    std::int64_t below(int n) { return std::uniform_int_distribution<std::int64_t>(0, n - 1)(random_); }
    db::Value instant() { return below(3) == 0 ? db::Value(nullptr) : db::Value(below(4) * 1000); }
    void change(db::Connection& db) {
        static const std::array<std::string, 5> states{"expected", "submitted", "accepted", "returned", "excused"};
        const auto& id = ids_[static_cast<std::size_t>(below(static_cast<int>(ids_.size())))];
        if (below(10) == 0) {
            db.run({"test.remove", "delete from filing_routes where id = $1"}, {id});
            return;
        }
        if (below(10) == 0) {
            db.run({"test.move", "update filing_routes set duty = 'weekly', receiver_id = organization_id where id = $1"}, {id});
            return;
        }
        db.run({"test.change", R"sql(
            update filing_routes set state = $2, due_at = $3, first_complete_at = $4, accepted_received_at = $5, nil = $6, slot = $7, window_to = $8 where id = $1
        )sql"}, {id, states[static_cast<std::size_t>(below(5))], instant(), instant(), instant(), below(2), "slot" + std::to_string(below(3)), below(2) ? "2023-03-16" : "2023-03-17"});
    }
    CampaignWorld& w_;
    std::mt19937 random_;
    std::vector<std::string> ids_;
};

ANBAN_ON_BOTH_ENGINES(RouteCounts);

TEST_P(RouteCounts, equal_the_routes_after_anything_that_happens_to_them) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        CampaignWorld w(GetParam());
        w.publish();
        expect_true_counts(w);
        Happenings happen(w, seed);
        for (int i = 0; i < 200; ++i) happen.one();
        expect_true_counts(w);
    }
}

TEST_P(RouteCounts, equal_the_routes_after_many_deeds_at_once) {
    CampaignWorld w(GetParam());
    w.publish();
    {
        std::vector<std::jthread> people;
        for (unsigned n = 0; n < 4; ++n)
            people.emplace_back([&w, n] {
                Happenings happen(w, 100 + n);
                for (int i = 0; i < 60; ++i) happen.one();
            });
    }
    expect_true_counts(w);
}

TEST_P(RouteCounts, are_read_from_few_rows_however_often_a_route_moved) {
    CampaignWorld w(GetParam());
    w.publish();
    for (int i = 0; i < 40; ++i)
        w.db->write([&](db::Connection& db) {
            db.run({"test.touch", "update filing_routes set nil = 1 - nil where duty = 'weekly'"}, {});
            return db::Outcome::keep;
        });
    const auto rows = [&] { return w.count("select count(*) from route_counts where duty = 'weekly'"); };
    EXPECT_GT(rows(), 1'000);
    const auto fold_all = [&] {
        std::size_t folded = 0;
        w.db->write([&](db::Connection& db) {
            for (const auto& heap : counts_to_fold(db)) {
                fold_counts(db, heap);
                ++folded;
            }
            return db::Outcome::keep;
        });
        return folded;
    };
    EXPECT_EQ(fold_all(), 6);
    EXPECT_EQ(fold_all(), 0);
    EXPECT_EQ(rows(), 6);  // one for each week: all its three routes stand alike
    expect_true_counts(w);
}

// What can not be made fewer is left alone: else it would be folded every minute for ever.
TEST_P(RouteCounts, of_a_thousand_slots_that_say_different_things_are_not_folded_again_and_again) {
    CampaignWorld w(GetParam());
    w.publish();
    w.db->write([&](db::Connection& db) {
        for (int i = 0; i < 1'000; ++i)
            db.run({"test.event", R"sql(
                insert into route_counts (campaign_id, duty, receiver_id, slot, window_from, window_to, state, due_at, routes, late, late_accepted, nil)
                values ($1, 'cases', $2, $3, '2023-03-10', '2023-03-10', 'submitted', null, 1, 0, 0, 0)
            )sql"}, {w.pack.id, w.organization(CampaignWorld::kOffice), "event:" + std::to_string(i)});
        return db::Outcome::keep;
    });
    w.db->read([](db::Connection& db) { EXPECT_TRUE(counts_to_fold(db).empty()); });
}

TEST_P(RouteCounts, do_not_grow_by_a_change_that_counts_for_nothing) {
    CampaignWorld w(GetParam());
    w.publish();
    const auto rows = w.count("select count(*) from route_counts");
    w.db->write([](db::Connection& db) {
        db.run({"test.draft", "update filing_routes set version = version + 1, due_reason = 'x', due_has_hour = 1 - due_has_hour"}, {});
        return db::Outcome::keep;
    });
    EXPECT_EQ(w.count("select count(*) from route_counts"), rows);
}

}  // namespace
}  // namespace anban::filings
