// What a later pack says of organizations that were there before it.
#include <gtest/gtest.h>

#include "tests/support/campaign_world.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(PackParents);

std::int64_t below(CampaignWorld& w, const std::string& kind, const std::string& above, const std::string& child) {
    return w.count("select count(*) from organization_paths where kind = '" + kind + "' and ancestor = '" + w.organization(above) +
                   "' and descendant = '" + w.organization(child) + "'");
}

TEST_P(PackParents, a_pack_adds_parents_to_a_unit_that_is_there_and_never_moves_or_ties_one_in_a_circle) {
    CampaignWorld w(GetParam());
    w.publish();
    using campaigns::EdgeKind;
    w.pack.organizations[3].parents.push_back({EdgeKind::committee, CampaignWorld::kOffice});   // 衡阳
    w.pack.organizations[4].parents.push_back({EdgeKind::place, CampaignWorld::kXiangtan});     // 攸县
    w.pack.organizations[0].parents.push_back({EdgeKind::sector, CampaignWorld::kYouxian});     // a circle
    const auto first = w.publish();
    EXPECT_EQ(first.pack.parents_added.size(), 2U);
    EXPECT_EQ(below(w, "committee", CampaignWorld::kOffice, CampaignWorld::kHengyang), 1);
    EXPECT_EQ(below(w, "place", CampaignWorld::kXiangtan, CampaignWorld::kYouxian), 1);
    EXPECT_EQ(below(w, "sector", CampaignWorld::kYouxian, CampaignWorld::kOffice), 0);

    w.pack.organizations[4].parents.back().parent = CampaignWorld::kZhuzhou;  // by place it has one already
    EXPECT_TRUE(w.publish().pack.parents_added.empty());
    EXPECT_EQ(below(w, "place", CampaignWorld::kZhuzhou, CampaignWorld::kYouxian), 0);
    EXPECT_EQ(w.count("select count(*) from journal where deed = 'organization.linked_by_pack'"), 1);
}

}  // namespace
}  // namespace anban::test
