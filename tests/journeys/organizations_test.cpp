#include "modules/organizations/organizations.h"

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <random>
#include <set>

#include "app/migrations.h"
#include "core/codec.h"
#include "core/ids.h"
#include "modules/organizations/divisions.h"
#include "modules/organizations/import.h"
#include "modules/organizations/scope.h"
#include "platform/embedded/embedded.h"
#include "tests/support/world_db.h"

namespace anban::organizations {
namespace {

ANBAN_ON_BOTH_ENGINES(Organizations);

CivilDate day(const char* text) { return parse_date(text).value(); }

// A register with a hand on the clock. Organizations are called by a short word and bear it as their name.
struct Register {
    test::WorldDb db;
    Instant now = beijing_instant(day("2023-03-01"), 9 * 60);
    Actor actor{"person", "account", "", Role::system_admin, "系统管理员", "127.0.0.1"};
    std::map<std::string, std::string> ids;

    explicit Register(db::Engine engine) : db(engine, migrations()) {}

    CivilDate today() const { return beijing_date(now); }

    template <class F> auto write(F deed) {
        std::optional<decltype(deed(std::declval<Work&>()))> result;
        db->write([&](db::Connection& connection) {
            Work work{connection, actor, now, now, now, "test"};
            result.emplace(deed(work));
            return result->ok() ? db::Outcome::keep : db::Outcome::undo;
        });
        return std::move(*result);
    }
    template <class F> auto read(F look) {
        std::optional<decltype(look(std::declval<View&>()))> result;
        db->read([&](db::Connection& connection) {
            View view{connection, actor, now, now};
            result.emplace(look(view));
        });
        return std::move(*result);
    }

    void add(const std::string& word, std::vector<ParentLink> parents = {}, const char* from = "2023-01-01") {
        for (auto& link : parents) link.parent = ids.at(link.parent);
        auto done = write([&](Work& w) { return open(w, {}, {"", word, "", Kind::bureau, Level::city, "", "", 0, day(from), parents}, false); });
        ASSERT_TRUE(done) << done.refusal().key;
        ids[word] = done->organization.id;
    }
    Organization one(const std::string& word) { return read([&](View& v) { return *find(v.db, ids.at(word)); }); }
    std::string name(const std::string& id) {
        for (const auto& [word, known] : ids) if (known == id) return word;
        return id;
    }
    std::set<std::string> below(const std::string& word, EdgeKind kind = EdgeKind::place) {
        std::set<std::string> found;
        db->read([&](db::Connection& c) {
            c.each({"test.below", "select descendant from organization_paths where kind = $1 and ancestor = $2 and depth > 0"},
                   {std::string(codec::enum_name(kind)), ids.at(word)}, [&](const db::Row& row) { found.insert(name(row.string(0))); });
        });
        return found;
    }
    std::set<std::pair<std::string, std::string>> tree_on(CivilDate as_of) {  // (parent, child) as shown
        std::set<std::pair<std::string, std::string>> found;
        const auto whole = read([&](View& v) { return tree(v, {EdgeKind::place, as_of, {}, 6}); });
        for (const auto& node : whole->nodes) found.emplace(node.parent ? name(*node.parent) : "", node.name);
        return found;
    }
    Result<ChangeReport> moves(const std::string& word, std::optional<std::string> to, bool dry_run = false) {
        if (to) to = ids.at(*to);
        return write([&](Work& w) { return move(w, {}, {ids.at(word), one_version(w, word), beijing_date(w.now), EdgeKind::place, {}, to}, dry_run); });
    }
    Result<ChangeReport> merges(const std::string& word, const std::string& into, bool dry_run = false) {
        return write([&](Work& w) {
            return merge(w, {}, {ids.at(word), one_version(w, word), ids.at(into), one_version(w, into), beijing_date(w.now)}, dry_run);
        });
    }
    Result<ChangeReport> closes(const std::string& word) {
        return write([&](Work& w) { return close(w, {}, {ids.at(word), one_version(w, word), beijing_date(w.now)}, false); });
    }
    std::int64_t one_version(Work& w, const std::string& word) { return find(w.db, ids.at(word))->version; }
    std::int64_t journal_lines() {
        std::int64_t n = 0;
        db->read([&](db::Connection& c) { n = c.count({"test.journal", "select count(*) from journal"}); });
        return n;
    }
};

const Touched* touched(const ChangeReport& report, std::string_view what) {
    for (const auto& t : report.touched) if (t.what == what) return &t;
    return nullptr;
}

TEST_P(Organizations, a_moved_city_takes_its_counties_along_from_that_day_and_yesterday_stays_as_it_was) {  // anchor-failures 18
    Register r(GetParam());
    r.add("省厅");
    r.add("甲市", {{EdgeKind::place, "省厅"}});
    r.add("新区", {{EdgeKind::place, "省厅"}});
    r.add("甲县", {{EdgeKind::place, "甲市"}});
    const auto before = r.tree_on(r.today() - 1);
    const auto shown = r.moves("甲市", "新区", true);
    ASSERT_TRUE(shown);
    EXPECT_EQ(r.below("新区"), (std::set<std::string>{}));  // a dry run stores nothing
    const auto done = r.moves("甲市", "新区");
    ASSERT_TRUE(done);
    EXPECT_EQ(codec::encode(shown->touched), codec::encode(done->touched));
    EXPECT_EQ(touched(*done, "organizations_moved")->names, (std::vector<std::string>{"甲市", "甲县"}));
    EXPECT_EQ(r.below("新区"), (std::set<std::string>{"甲市", "甲县"}));
    EXPECT_EQ(r.below("省厅"), (std::set<std::string>{"新区", "甲市", "甲县"}));
    EXPECT_EQ(r.tree_on(r.today() - 1), before);
    EXPECT_TRUE(r.tree_on(r.today()).contains({"新区", "甲市"}));
}

TEST_P(Organizations, a_cycle_is_refused_whichever_way_it_would_close) {
    Register r(GetParam());
    r.add("甲局");
    r.add("乙所", {{EdgeKind::place, "甲局"}});
    r.add("丙站", {{EdgeKind::place, "乙所"}});
    EXPECT_EQ(r.moves("甲局", "丙站").refusal().key, "organization.cycle");
    EXPECT_EQ(r.moves("甲局", "甲局").refusal().key, "organization.cycle");
    EXPECT_EQ(r.merges("甲局", "丙站").refusal().key, "organization.cycle");
    EXPECT_EQ(r.below("甲局"), (std::set<std::string>{"乙所", "丙站"}));
}

TEST_P(Organizations, a_merged_bureau_hands_its_children_to_its_successor_which_reads_its_history) {  // anchor-failures 18
    Register r(GetParam());
    r.add("市局");
    r.add("城管局", {{EdgeKind::place, "市局"}});
    r.add("执法局", {{EdgeKind::place, "市局"}});
    r.add("大队", {{EdgeKind::place, "城管局"}});
    ASSERT_TRUE(r.merges("城管局", "执法局"));
    EXPECT_EQ(r.below("执法局"), (std::set<std::string>{"城管局", "大队"}));
    EXPECT_EQ(r.one("城管局").merged_into, r.ids["执法局"]);
    EXPECT_FALSE(open_on(r.one("城管局"), r.today()));
    EXPECT_TRUE(open_on(r.one("城管局"), r.today() - 1));
    EXPECT_TRUE(r.tree_on(r.today()).contains({"执法局", "大队"}));
    EXPECT_TRUE(r.tree_on(r.today() - 1).contains({"城管局", "大队"}));
}

TEST_P(Organizations, a_new_name_counts_from_its_day_and_old_trees_keep_the_old_one) {
    Register r(GetParam());
    r.add("住建局");
    const auto id = r.ids["住建局"];
    const auto from = r.today() + 7;
    ASSERT_TRUE(r.write([&](Work& w) { return rename(w, {}, {id, 1, from, "住房和城乡建设局", ""}, false); }));
    EXPECT_EQ(r.one("住建局").name, "住建局");
    r.now.ms += 7LL * 86'400'000;
    r.db->write([&](db::Connection& c) { bring_to_day(c, r.today()); return db::Outcome::keep; });
    EXPECT_EQ(r.one("住建局").name, "住房和城乡建设局");
    EXPECT_EQ(r.read([&](View& v) { return name_on(v.db, id, from - 1); }), "住建局");
    EXPECT_TRUE(r.tree_on(from - 1).contains({"", "住建局"}));
}

TEST_P(Organizations, a_move_entered_ahead_begins_on_its_day) {
    Register r(GetParam());
    r.add("省厅");
    r.add("甲市");
    const auto from = r.today() + 3;
    ASSERT_TRUE(r.write([&](Work& w) { return move(w, {}, {r.ids["甲市"], 1, from, EdgeKind::place, {}, r.ids["省厅"]}, false); }));
    EXPECT_TRUE(r.below("省厅").empty());
    r.now.ms += 3LL * 86'400'000;
    r.db->write([&](db::Connection& c) { bring_to_day(c, r.today()); return db::Outcome::keep; });
    EXPECT_EQ(r.below("省厅"), (std::set<std::string>{"甲市"}));
    r.now.ms -= 86'400'000;  // the business clock was set back
    r.db->write([&](db::Connection& c) { bring_to_day(c, r.today()); return db::Outcome::keep; });
    EXPECT_TRUE(r.below("省厅").empty());
}

TEST_P(Organizations, every_change_is_one_line_in_the_journal_and_a_refused_one_is_none) {  // threats E2
    Register r(GetParam());
    r.add("甲局");
    r.add("乙所", {{EdgeKind::place, "甲局"}});
    EXPECT_EQ(r.journal_lines(), 2);
    EXPECT_FALSE(r.closes("甲局"));
    EXPECT_TRUE(r.moves("乙所", std::nullopt, true));
    EXPECT_EQ(r.journal_lines(), 2);
    ASSERT_TRUE(r.moves("乙所", std::nullopt));
    ASSERT_TRUE(r.closes("甲局"));
    EXPECT_EQ(r.journal_lines(), 4);
}

// Random opens, moves, merges and closes against a tree kept in a map; the paths equal what the map says after each.
TEST_P(Organizations, after_any_row_of_changes_the_paths_are_what_a_naive_tree_says_and_old_days_do_not_move) {  // anchor-failures 18
    Register r(GetParam());
    std::mt19937 dice(20230310);
    const auto roll = [&](std::size_t n) { return static_cast<std::size_t>(dice() % n); };
    std::map<std::string, std::string> parent;  // '' for roots
    std::set<std::string> closed;
    std::map<int, std::set<std::pair<std::string, std::string>>> seen_on;
    const auto is_below = [&](std::string id, const std::string& above) {
        for (; !id.empty(); id = parent.at(id)) if (id == above) return true;
        return false;
    };
    for (int step = 0; step < 60; ++step) {
        std::vector<std::string> words;
        for (const auto& [word, _] : parent) words.push_back(word);
        const auto deed = words.size() < 8 ? 0 : roll(5);
        const auto a = words.empty() ? "" : words[roll(words.size())], b = words.empty() ? "" : words[roll(words.size())];
        if (deed == 0) {
            const std::string word = "单位" + std::to_string(step);
            const bool root = words.empty() || roll(4) == 0 || closed.contains(b);
            r.add(word, root ? std::vector<ParentLink>{} : std::vector<ParentLink>{{EdgeKind::place, b}}, format_date(r.today()).c_str());
            parent[word] = root ? "" : b;
        } else if (deed <= 2) {
            const bool fits = !closed.contains(a) && !closed.contains(b) && !is_below(b, a) && parent[a] != b;
            ASSERT_EQ(r.moves(a, b).ok(), fits) << a << " → " << b << " step " << step;
            if (fits) parent[a] = b;
        } else if (deed == 3) {
            const bool fits = a != b && !closed.contains(a) && !closed.contains(b) && !is_below(b, a);
            ASSERT_EQ(r.merges(a, b).ok(), fits) << a << " → " << b << " step " << step;
            if (fits) {
                for (auto& [_, up] : parent) if (up == a) up = b;
                parent[a] = b;
                closed.insert(a);
            }
        } else {
            bool fits = !closed.contains(a);
            for (const auto& [word, up] : parent) fits = fits && (up != a || closed.contains(word));
            ASSERT_EQ(r.closes(a).ok(), fits) << a << " step " << step;
            if (fits) closed.insert(a);
        }
        for (const auto& [above, _] : parent) {
            std::set<std::string> expected;
            for (const auto& [word, up] : parent) if (word != above && is_below(word, above)) expected.insert(word);
            ASSERT_EQ(r.below(above), expected) << above << " after step " << step;
        }
        if (step % 10 == 9) {
            for (const auto& [days, shown] : seen_on) ASSERT_EQ(r.tree_on({days}), shown);
            seen_on[r.today().days] = r.tree_on(r.today());
            r.now.ms += 86'400'000;
        }
    }
}

TEST_P(Organizations, everybody_sees_and_picks_exactly_the_own_scope) {  // anchor-failures 24, threats C2
    Register r(GetParam());
    r.add("省厅安委办");
    r.add("长沙住建局");
    r.add("岳麓住建局", {{EdgeKind::place, "长沙住建局"}});
    r.add("株洲住建局");
    r.add("芦淞住建局");
    r.add("外省住建局");
    r.add("消防专委会");
    r.add("成员单位", {{EdgeKind::committee, "消防专委会"}});
    r.db->write([&](db::Connection& c) {
        c.run({"test.campaign", "insert into campaigns (id, title, office, period_from, period_to, pack_version, version) values ('c', '翻身仗', $1, '2023-03-10', '2023-12-31', 1, 1)"}, {r.ids["省厅安委办"]});
        const auto reports = [&](const char* from, const char* to) {
            c.run({"test.reporter", "insert into campaign_reporters (campaign_id, organization_id, receiver_id, groups, level, sort_order, valid_from) values ('c', $1, $2, '', 'city', 1, '2023-03-10')"}, {r.ids[from], r.ids[to]});
        };
        reports("长沙住建局", "省厅安委办");
        reports("株洲住建局", "省厅安委办");
        reports("芦淞住建局", "株洲住建局");
        return db::Outcome::keep;
    });
    const auto seen_by = [&](Role role, const std::string& organization) {
        r.actor = {"p", "a", r.ids[organization], role, "", ""};
        std::set<std::string> listed, in_tree;
        const auto page = r.read([&](View& v) { return list(v, {}); });
        for (const auto& row : page->rows) listed.insert(row.name);
        EXPECT_EQ(page->total, static_cast<std::int64_t>(listed.size()));
        for (const auto& [_, shown] : r.tree_on(r.today())) in_tree.insert(shown);
        for (const auto& [word, id] : r.ids) {
            const bool inside = r.read([&](View& v) { return in_structure_scope(v.db, scope_of(v.actor, Matter::structure), id, r.today()); });
            EXPECT_EQ(inside, listed.contains(word)) << word;
            EXPECT_EQ(r.read([&](View& v) { return load(v, id); }).ok(), inside) << word;
        }
        if (role != Role::liaison || organization != "消防专委会") { EXPECT_EQ(in_tree, listed); }
        return listed;
    };
    using Names = std::set<std::string>;
    EXPECT_EQ(seen_by(Role::office_clerk, "省厅安委办"), (Names{"省厅安委办", "长沙住建局", "株洲住建局", "芦淞住建局"}));
    EXPECT_EQ(seen_by(Role::liaison, "长沙住建局"), (Names{"长沙住建局", "岳麓住建局"}));
    EXPECT_EQ(seen_by(Role::reviewer, "株洲住建局"), (Names{"株洲住建局", "芦淞住建局"}));
    EXPECT_EQ(seen_by(Role::unit_leader, "外省住建局"), (Names{"外省住建局"}));
    EXPECT_EQ(seen_by(Role::office_leader, "消防专委会"), (Names{"消防专委会", "成员单位"}));
    EXPECT_EQ(seen_by(Role::enterprise, "长沙住建局"), (Names{"长沙住建局"}));
    EXPECT_EQ(seen_by(Role::auditor, "外省住建局").size(), 8U);
    EXPECT_EQ(seen_by(Role::security_admin, "外省住建局").size(), 8U);
    EXPECT_FALSE(r.read([&](View& v) { return in_scope(v.db, scope_of(v.actor), r.ids["外省住建局"], "c", kPresently); }));
}

// Random reporters of two campaigns, some of the past, against a walk by hand along each chain. Every form of the question agrees.
TEST_P(Organizations, what_a_campaign_shows_is_what_a_walk_along_its_own_reporters_finds) {  // threats C1, C2
    Register r(GetParam());
    constexpr int kUnits = 9, kDay = 19'422;  // 2023-03-06
    for (int i = 0; i < kUnits; ++i) r.add("单位" + std::to_string(i));
    struct Link { std::string campaign, below, above; int from, to; };  // to: first day no longer, 0: open
    std::vector<Link> links;
    std::mt19937 dice(20230316);
    const auto unit = [&](int i) { return r.ids.at("单位" + std::to_string(i)); };
    r.db->write([&](db::Connection& c) {
        for (const std::string campaign : {"c", "d"})
            c.run({"test.campaign", "insert into campaigns (id, title, office, period_from, period_to, pack_version, version) values ($1, '', $2, '2023-03-06', '2023-12-31', 1, 1)"}, {campaign, unit(0)});
        for (int i = 0; i < 24; ++i) {
            const int above = static_cast<int>(dice() % (kUnits - 1)), below = above + 1 + static_cast<int>(dice() % static_cast<unsigned>(kUnits - 1 - above));
            Link link{dice() % 2 == 0 ? "c" : "d", unit(below), unit(above), kDay + static_cast<int>(dice() % 10), 0};
            if (dice() % 2 == 0) link.to = link.from + 1 + static_cast<int>(dice() % 20);
            const auto stored = c.run({"test.reporter", "insert into campaign_reporters (campaign_id, organization_id, receiver_id, groups, level, sort_order, valid_from, valid_to)"
                                       " values ($1, $2, $3, '', 'city', 1, $4, $5) on conflict do nothing"},
                                      {link.campaign, link.below, link.above, format_date(CivilDate{link.from}), link.to == 0 ? db::Value(nullptr) : db::Value(format_date(CivilDate{link.to}))});
            if (stored == 1) links.push_back(link);
        }
        return db::Outcome::keep;
    });
    std::function<bool(const std::string&, const std::string&, const std::string&, int, int, int, int)> reaches =
        [&](const std::string& campaign, const std::string& above, const std::string& below, int since, int until, int first, int last) {
            return std::any_of(links.begin(), links.end(), [&](const Link& l) {
                if (l.campaign != campaign || l.above != above) return false;
                const int from = std::max(since, l.from), to = std::min(until, l.to == 0 ? 9'000'000 : l.to);
                if (from >= to) return false;
                const bool counts = to == 9'000'000 || (from <= last && to > first);
                return (l.below == below && counts) || reaches(campaign, l.below, below, from, to, first, last);
            });
        };
    int seen = 0;
    for (const std::string campaign : {"c", "d"})
        for (int up = 0; up < kUnits; ++up)
            for (int down = 0; down < kUnits; ++down)
                for (const auto& days : {Days{{kDay}, {kDay + 2}}, Days{{kDay + 9}, {kDay + 9}}, Days{{kDay + 40}, {kDay + 60}}}) {
                    r.actor = {"p", "a", unit(up), Role::office_clerk, "", ""};
                    const bool expected = up == down || reaches(campaign, unit(up), unit(down), 0, 9'000'000, days.first.days, days.last.days);
                    seen += expected ? 1 : 0;
                    const auto asked = r.read([&](View& v) { return in_scope(v.db, scope_of(v.actor), unit(down), campaign, days); });
                    ASSERT_EQ(asked, expected) << campaign << up << down << ' ' << format_date(days.first);
                    const auto row = r.read([&](View& v) {  // the campaign and the days out of a row
                        db::Values values{unit(down), campaign, format_date(days.first), format_date(days.last)};
                        const auto filter = data_filter(scope_of(v.actor), {"x.o", "x.c", "x.f", "x.l"}, values);
                        bool any = false;
                        v.db.each_built("test.row", "select 1 from (select o.id as o, c.id as c, $3 as f, $4 as l from organizations o, campaigns c where o.id = $1 and c.id = $2) x where " + filter,
                                        values, [&](const db::Row&) { any = true; });
                        return any;
                    });
                    ASSERT_EQ(row, expected) << campaign << up << down;
                }
    EXPECT_GT(seen, 60);
}

TEST_P(Organizations, an_office_sees_whom_it_chases_until_the_campaign_is_summed_up) {
    Register r(GetParam());
    r.add("市安委办");
    r.add("在报单位");
    r.add("退出单位");
    r.add("旧专项单位");
    r.db->write([&](db::Connection& c) {
        const auto campaign = [&](const char* id, const char* to) {
            c.run({"test.campaign", "insert into campaigns (id, title, office, period_from, period_to, pack_version, version) values ($1, '', $2, '2022-01-01', $3, 1, 1)"}, {id, r.ids["市安委办"], to});
        };
        const auto reports = [&](const char* id, const char* who, db::Value to) {
            c.run({"test.reporter", "insert into campaign_reporters (campaign_id, organization_id, receiver_id, groups, level, sort_order, valid_from, valid_to) values ($1, $2, $3, '', 'city', 1, '2022-01-01', $4)"},
                  {id, r.ids[who], r.ids["市安委办"], std::move(to)});
        };
        campaign("alive", "2022-12-31");  // two months past its period on 2023-03-01
        campaign("over", "2022-11-01");
        reports("alive", "在报单位", nullptr);
        reports("alive", "退出单位", "2022-06-01");
        reports("over", "旧专项单位", nullptr);
        return db::Outcome::keep;
    });
    r.actor = {"p", "a", r.ids["市安委办"], Role::office_clerk, "", ""};
    EXPECT_TRUE(r.read([&](View& v) { return load(v, r.ids["在报单位"]); }));
    EXPECT_FALSE(r.read([&](View& v) { return load(v, r.ids["退出单位"]); }));
    EXPECT_FALSE(r.read([&](View& v) { return load(v, r.ids["旧专项单位"]); }));
}

TEST_P(Organizations, a_department_guides_its_sector_but_only_the_place_or_the_committee_changes_a_body) {
    Register r(GetParam());
    r.add("省厅");
    r.add("市局", {{EdgeKind::sector, "省厅"}});
    r.add("直属站", {{EdgeKind::place, "省厅"}});
    r.add("专委会", {{EdgeKind::committee, "省厅"}});
    r.actor = {"p", "a", r.ids["省厅"], Role::office_clerk, "", ""};
    EXPECT_TRUE(r.read([&](View& v) { return load(v, r.ids["市局"]); }));
    EXPECT_EQ(r.closes("市局").refusal().key, "organization.unknown");
    EXPECT_EQ(r.moves("市局", "直属站").refusal().key, "organization.unknown");
    EXPECT_TRUE(r.closes("直属站"));
    EXPECT_TRUE(r.closes("专委会"));
    r.actor = {"p", "a", "", Role::system_admin, "", ""};
    EXPECT_TRUE(r.closes("市局"));
}

TEST_P(Organizations, what_lies_outside_the_scope_answers_as_if_it_were_not_there) {  // anchor-failures 16, threats C1
    Register r(GetParam());
    r.add("本市");
    r.add("邻市");
    r.actor = {"p", "a", r.ids["本市"], Role::office_clerk, "", ""};
    const auto outside = r.moves("邻市", "本市");
    ASSERT_FALSE(outside);
    EXPECT_EQ(outside.refusal().code, Code::not_found);
    const auto absent = r.write([&](Work& w) { return move(w, {}, {new_id(w.now), 1, beijing_date(w.now), EdgeKind::place, {}, r.ids["本市"]}, false); });
    EXPECT_EQ(outside.refusal().key, absent.refusal().key);
    EXPECT_EQ(r.write([&](Work& w) { return open(w, {}, {"", "无主单位", "", Kind::bureau, Level::city, "", "", 0, r.today(), {}}, false); }).refusal().key,
              "organization.parent_missing");
}

TEST_P(Organizations, a_clerk_changes_what_lies_below_but_neither_the_own_house_nor_a_mere_reporter) {
    Register r(GetParam());
    r.add("市安委办");
    r.add("甲局", {{EdgeKind::place, "市安委办"}});
    r.add("乙局", {{EdgeKind::place, "市安委办"}});
    r.add("外单位");
    r.db->write([&](db::Connection& c) {
        c.run({"test.campaign", "insert into campaigns (id, title, office, period_from, period_to, pack_version, version) values ('c', '翻身仗', $1, '2023-03-10', '2023-12-31', 1, 1)"}, {r.ids["市安委办"]});
        c.run({"test.reporter", "insert into campaign_reporters (campaign_id, organization_id, receiver_id, groups, level, sort_order, valid_from) values ('c', $1, $2, '', 'city', 1, '2023-03-10')"}, {r.ids["外单位"], r.ids["市安委办"]});
        return db::Outcome::keep;
    });
    r.actor = {"p", "a", r.ids["市安委办"], Role::office_clerk, "", ""};
    EXPECT_TRUE(r.read([&](View& v) { return load(v, r.ids["外单位"]); }));
    EXPECT_EQ(r.closes("外单位").refusal().code, Code::not_found);
    EXPECT_EQ(r.closes("市安委办").refusal().key, "organization.own");
    EXPECT_TRUE(r.moves("甲局", "乙局"));
}

TEST_P(Organizations, a_list_pages_by_official_order_without_missing_or_doubling_a_row) {
    Register r(GetParam());
    for (int i = 0; i < 7; ++i) r.add("单位" + std::to_string(9 - i));
    std::vector<std::string> names;
    ListAsked asked;
    asked.limit = 3;
    for (;;) {
        const auto page = r.read([&](View& v) { return list(v, asked); });
        ASSERT_TRUE(page);
        EXPECT_EQ(page->total, 7);
        for (const auto& row : page->rows) names.push_back(row.name);
        if (!page->next) break;
        asked.after = page->next;
    }
    EXPECT_EQ(names, (std::vector<std::string>{"单位9", "单位8", "单位7", "单位6", "单位5", "单位4", "单位3"}));
    asked.after = "1.x' or '1'='1";
    EXPECT_EQ(r.read([&](View& v) { return list(v, asked); }).refusal().key, "list.bad_cursor");  // anchor-failures 17
}

TEST_P(Organizations, a_search_takes_wildcards_as_plain_text) {  // threats D1
    Register r(GetParam());
    r.add("百分之百局");
    r.add("100%局");
    ListAsked asked;
    asked.search = "%";
    EXPECT_EQ(r.read([&](View& v) { return list(v, asked); })->total, 1);
    asked.search = "' or 1=1 --";
    EXPECT_EQ(r.read([&](View& v) { return list(v, asked); })->total, 0);
}

TEST_P(Organizations, an_import_with_one_bad_row_stores_nothing_and_a_clean_one_stores_all) {
    Register r(GetParam());
    r.add("省厅");
    const auto row = [](int number, std::vector<std::string> cells) {
        cells.resize(import_columns().size());
        return office::SheetRow{number, std::move(cells)};
    };
    std::vector<office::SheetRow> rows{row(2, {"甲县局", "", "局", "县级", "甲市局"}), row(3, {"甲市局", "", "局", "市级", "省厅"}),
                                       row(4, {"乙市局", "", "局", "市级", "省厅", "", "", "430200"})};
    const auto bad = r.write([&](Work& w) { return import(w, rows, false); });
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.refusal().errors.size(), 1U);  // divisions are not loaded yet
    EXPECT_EQ(r.below("省厅"), (std::set<std::string>{}));
    r.db->write([&](db::Connection& c) {
        EXPECT_GT(store_divisions_once(c, *parse_divisions(embedded::divisions(), embedded::division_towns())), 44'000);
        EXPECT_EQ(store_divisions_once(c, {}), 0);
        return db::Outcome::keep;
    });
    ASSERT_TRUE(r.write([&](Work& w) { return import(w, rows, true); }));
    EXPECT_EQ(r.below("省厅"), (std::set<std::string>{}));
    ASSERT_TRUE(r.write([&](Work& w) { return import(w, rows, false); }));
    EXPECT_EQ(r.below("省厅").size(), 3U);
    EXPECT_FALSE(r.write([&](Work& w) { return import(w, rows, false); }));
}

}  // namespace
}  // namespace anban::organizations
