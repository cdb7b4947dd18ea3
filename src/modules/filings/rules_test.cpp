#include "modules/filings/rules.h"

#include <gtest/gtest.h>

#include <boost/mp11/algorithm.hpp>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "core/codec.h"

#include "tests/support/tree.h"
namespace anban::filings {
namespace {

std::string trim(std::string text) {
    const auto first = text.find_first_not_of(' ');
    return first == std::string::npos ? "" : text.substr(first, text.find_last_not_of(' ') - first + 1);
}

std::vector<std::string> cells(const std::string& line) {
    std::vector<std::string> out;
    std::istringstream in(line.substr(1));
    for (std::string cell; std::getline(in, cell, '|');) out.push_back(trim(cell));
    return out;
}

// The written table: deed -> ("by", then situation -> cell).
struct Law {
    std::vector<std::string> situations;
    std::map<std::string, std::map<std::string, std::string>> rows;
};

Law read_law() {
    std::ifstream file(test::tree("src/modules/filings/README.md"));
    Law law;
    std::vector<std::string> head;
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("| deed |", 0) == 0) head = cells(line);
        if (head.empty() || line.rfind("| ", 0) != 0 || line.rfind("| deed |", 0) == 0) continue;
        const auto row = cells(line);
        for (std::size_t i = 1; i < row.size(); ++i) law.rows[row[0]][head[i]] = row[i];
    }
    law.situations.assign(head.begin() + 2, head.end());
    return law;
}

Situation situation(const std::string& words) {
    const auto comma = words.find(", ");
    const auto state = codec::enum_from<State>(words.substr(0, comma));
    const auto amendment = comma == std::string::npos ? Amendment::none : *codec::enum_from<Amendment>(words.substr(comma + 2));
    return {state.value(), amendment};
}

template <class E, class F>
void for_every(F&& call) {
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { call(d.value); });
}

TEST(FilingRules, every_deed_in_every_situation_leads_where_the_written_table_says) {
    const auto law = read_law();
    ASSERT_EQ(law.situations.size(), 12u);
    int pairs = 0;
    for_every<Deed>([&](Deed deed) {
        const auto row = law.rows.find(std::string(codec::enum_name(deed)));
        ASSERT_NE(row, law.rows.end()) << codec::enum_name(deed) << " has no row";
        for (const auto& words : law.situations) {
            const auto& cell = row->second.at(words);
            const auto then = next(situation(words), deed, State::returned);
            SCOPED_TRACE(row->first + " when " + words);
            ++pairs;
            if (cell == "·") {
                ASSERT_FALSE(then.ok());
                EXPECT_EQ(then.refusal().code, Code::conflict);
            } else {
                ASSERT_TRUE(then.ok());
                EXPECT_EQ(*then, cell == "as before" ? (Situation{State::returned, Amendment::none}) : situation(cell));
            }
        }
    });
    EXPECT_EQ(pairs, 13 * 12);
}

TEST(FilingRules, no_deed_reaches_a_situation_that_the_table_does_not_know) {
    const auto law = read_law();
    for (const auto& words : law.situations)
        for_every<Deed>([&](Deed deed) {
            const auto then = next(situation(words), deed);
            if (!then) return;
            EXPECT_TRUE(std::any_of(law.situations.begin(), law.situations.end(), [&](auto& w) { return situation(w) == *then; }));
        });
}

TEST(FilingRules, every_deed_is_open_to_exactly_the_side_that_the_table_names) {
    const auto law = read_law();
    for_every<Deed>([&](Deed deed) {
        const auto& by = law.rows.at(std::string(codec::enum_name(deed))).at("by");
        for_every<Seat>([&](Seat seat) {
            const bool named = by.find(codec::enum_name(seat)) != std::string::npos;
            EXPECT_EQ(refuse_seat(deed, seat).has_value(), !named) << codec::enum_name(deed) << " by " << codec::enum_name(seat);
        });
    });
}

// anchor-failures 13
TEST(FilingRules, a_return_an_amendment_an_excuse_and_an_extension_need_a_reason_in_words) {
    for (const auto deed : {Deed::return_for_correction, Deed::ask_amendment, Deed::refuse_amendment, Deed::excuse,
                            Deed::mark_not_applicable, Deed::reinstate, Deed::extend}) {
        EXPECT_TRUE(refuse_reason(deed, ""));
        EXPECT_TRUE(refuse_reason(deed, " \t\n"));
        EXPECT_FALSE(refuse_reason(deed, "合计与分项不符"));
    }
    EXPECT_FALSE(refuse_reason(Deed::accept, ""));
}

TEST(FilingRules, nobody_decides_on_the_own_work_whatever_the_post) {
    EXPECT_EQ(refuse_own_work(Deed::accept, "person-1", "person-1")->key, "filing.own_work");
    EXPECT_FALSE(refuse_own_work(Deed::accept, "person-1", "person-2"));
}

TEST(FilingRules, an_extension_only_moves_a_due_later_and_never_invents_one) {
    const Instant due{1000};
    EXPECT_EQ(refuse_extension(std::nullopt, due)->key, "filing.no_due_to_extend");
    EXPECT_EQ(refuse_extension(due, due)->key, "filing.extension_not_later");
    EXPECT_TRUE(refuse_extension(due, Instant{999}));
    EXPECT_FALSE(refuse_extension(due, Instant{1001}));
}

// anchor-failures 1, threats A11
TEST(FilingRules, on_time_means_received_at_or_before_the_due_instant_to_the_millisecond) {
    std::mt19937_64 chance(20230316);
    for (int i = 0; i < 2000; ++i) {
        const Instant due{static_cast<std::int64_t>(chance() % 4'000'000'000'000)};
        const Instant received{due.ms + static_cast<std::int64_t>(chance() % 5) - 2};
        EXPECT_EQ(judge(due, received, Instant{0}), received.ms > due.ms ? Punctuality::late : Punctuality::on_time);
    }
    const Instant due{1'678'957'200'000};
    EXPECT_EQ(judge(due, Instant{due.ms - 1}, due), Punctuality::on_time);
    EXPECT_EQ(judge(due, due, due), Punctuality::on_time);
    EXPECT_EQ(judge(due, Instant{due.ms + 1}, due), Punctuality::late);
    EXPECT_EQ(judge(due, std::nullopt, due), Punctuality::not_yet);
    EXPECT_EQ(judge(due, std::nullopt, Instant{due.ms + 1}), Punctuality::overdue);
    EXPECT_EQ(judge(std::nullopt, Instant{due.ms + 1}, due), Punctuality::no_due);
}

// anchor-failures 4
TEST(FilingRules, an_empty_first_receipt_in_time_does_not_make_a_late_filing_punctual) {
    const Instant due{1000};
    const auto verdict = judge_route(due, {Instant{900}, true, Instant{1200}, std::nullopt}, Instant{1300});
    EXPECT_EQ(verdict.first_receipt, Punctuality::on_time);
    EXPECT_TRUE(verdict.first_was_empty);
    EXPECT_EQ(verdict.counted, Punctuality::late);
    EXPECT_EQ(verdict.accepted_version, Punctuality::overdue);
}

TEST(FilingRules, a_duty_may_count_the_accepted_version_instead_of_the_first_complete_receipt) {
    const Receipts receipts{Instant{900}, false, Instant{900}, Instant{1100}};
    EXPECT_EQ(judge_route(Instant{1000}, receipts, Instant{1300}).counted, Punctuality::on_time);
    EXPECT_EQ(judge_route(Instant{1000}, receipts, Instant{1300}, Counts::accepted_version).counted, Punctuality::late);
}

}  // namespace
}  // namespace anban::filings
