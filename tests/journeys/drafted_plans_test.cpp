// How much of each real notice's plan comes out of its text alone: duty x window x due of the draft against the pack made by hand, for each
// organization, with the organizations given. The texts are not in this tree; where they do not lie beside it the test says so and skips.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "modules/campaigns/plan.h"
#include "modules/drafts/draft.h"
#include "platform/embedded/embedded.h"
#include "tests/support/tree.h"
#include "tests/support/world_db.h"

namespace anban {
namespace {

namespace fs = std::filesystem;
using campaigns::Pack;
using Names = std::set<std::string>;

struct Case {
    const char* text;
    const char* pack;
    const char* groups;  // a word of the draft's group -> the pack's group, comma between; an empty word fits all
    int found;           // of a hundred rows of the pack, so many come out of the text
    int right;           // of a hundred rows of the draft, so many are the pack's
};

// Rows of one plan, each as it stands and with its window left out.
struct Row {
    std::string exact;
    std::string loose;
    friend auto operator<=>(const Row&, const Row&) = default;
};

Row row_of(const std::string& organization, const campaigns::PlannedFiling& filing) {
    const auto due = filing.due ? format_due(*filing.due) : "- " + std::to_string(filing.duty->timetable.schedule.index());
    return {organization + ' ' + format_date(filing.window.from) + ".." + format_date(filing.window.to) + ' ' + due, organization + " ~ " + due};
}

campaigns::Plan planned(const Pack& pack) {
    return campaigns::plan(pack, calendar::Calendar::built_in(), {pack.notice.issued - 400, pack.notice.issued + 1000, {}});
}

// What the notice asks of its reporters: not what is ours, and not what the office takes on itself.
Names expected(const Pack& pack, const Names& reporters) {
    Names out;
    const auto plan = planned(pack);
    for (const auto& filing : plan.filings) {
        if (filing.duty->assumed || !reporters.contains(filing.organization->name)) continue;
        const bool window_is_ours = std::ranges::find(filing.duty->ours, campaigns::Ours::window) != filing.duty->ours.end();
        const auto row = row_of(filing.organization->name, filing);
        out.insert(window_is_ours ? row.loose : row.exact);
    }
    return out;
}

Names given(const Pack& pack, const std::string& words, const std::string& groups) {
    Names out;
    std::stringstream list(groups);
    for (std::string one; std::getline(list, one, ',');) {
        const auto equals = one.find('=');
        if (words.find(one.substr(0, equals)) == std::string::npos) continue;
        for (const auto& name : pack.find_group(one.substr(equals + 1))->organizations) out.insert(name);
    }
    return out;
}

std::set<Row> drafted(const Pack& draft, const Pack& pack, const std::string& groups) {
    std::set<Row> out;
    const auto plan = planned(draft);
    for (const auto& filing : plan.filings)
        for (const auto& name : given(pack, draft.find_group(filing.duty->reporters)->title, groups)) {
            auto row = row_of(name, filing);
            if (!filing.due) row.exact = row.loose;
            out.insert(row);
        }
    return out;
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

campaigns::LoadedPack draft_of(const fs::path& text, const fs::path& folder) {
    static const auto divisions = organizations::parse_divisions(embedded::divisions(), embedded::division_towns()).value();
    const auto files = drafts::draft(notices::extract(text_of(text), {}), "drafted", {}, divisions);
    if (!files.ok()) return {};
    fs::create_directories(folder / "forms");
    for (const auto& [name, written] : *files) std::ofstream(folder / name, std::ios::binary) << written;
    return campaigns::load_pack(folder);
}

class DraftedPlans : public testing::TestWithParam<Case> {};

TEST_P(DraftedPlans, a_notices_text_gives_so_much_of_the_plan_of_its_pack) {
    const fs::path text = test::tree(std::string("../shared/notices/") + GetParam().text);
    if (!fs::exists(text)) GTEST_SKIP() << "the notice's text is not there: " << text;
    const TemporaryFolder place;
    const auto draft = draft_of(text, fs::path(place.path()) / "drafted");
    const auto made = campaigns::load_pack(test::tree(GetParam().pack));
    ASSERT_TRUE(draft.pack && made.pack);

    Names reporters;
    for (const auto& group : draft.pack->groups) reporters.merge(given(*made.pack, group.title, GetParam().groups));
    const auto want = expected(*made.pack, reporters);
    const auto got = drafted(*draft.pack, *made.pack, GetParam().groups);
    Names of_the_draft;
    std::size_t right = 0;
    for (const auto& row : got) {
        right += want.contains(row.exact) || want.contains(row.loose);
        of_the_draft.insert({row.exact, row.loose});
    }
    const auto found = std::ranges::count_if(want, [&](const auto& row) { return of_the_draft.contains(row); });
    std::cout << GetParam().pack << ": " << found << " of " << want.size() << " rows found, " << right << " of " << got.size() << " drafted rows right\n";
    ASSERT_FALSE(want.empty());
    EXPECT_GE(found * 100, static_cast<std::ptrdiff_t>(want.size()) * GetParam().found);
    EXPECT_GE(right * 100, got.size() * static_cast<std::size_t>(GetParam().right));
}

INSTANTIATE_TEST_SUITE_P(Texts, DraftedPlans,
                         testing::Values(Case{"beipiao-2021-safety-month.txt", "packs/beipiao-2021", "=units", 100, 100},
                                         Case{"shiyan-2023-spring-offensive.txt", "packs/shiyan-2023", "=reporters", 100, 100},
                                         Case{"leizhou-2022-evaluation.txt", "packs/leizhou-2022", "镇=towns,牵头=leads,有关部门=departments", 100, 100},
                                         Case{"urumqi-2010-safety-year.txt", "packs/urumqi-2010", "=reporters", 100, 100}),
                         [](const auto& info) { std::string name = info.param.pack + 6; return name.replace(name.find('-'), 1, "_"); });

}  // namespace
}  // namespace anban
