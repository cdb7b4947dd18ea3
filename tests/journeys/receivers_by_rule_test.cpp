// Packs whose receivers are said by a rule, applied: who is owed what stands in the routes, not only in the plan.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "tests/support/campaign_world.h"
#include "tests/support/tree.h"

namespace anban {
namespace {

namespace fs = std::filesystem;
using test::beijing;
using test::CampaignWorld;

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

class ReceiversByRule : public test::OnBothEngines {
protected:
    CampaignWorld world{GetParam()};

    filings::PublishReport publish(const std::string& directory, const std::string& at) {
        world.now = beijing(at);
        world.pack = *campaigns::load_pack(test::tree(directory)).pack;
        world.forms.clear();
        for (const auto& form : world.pack.forms) world.forms.push_back(test::form_of(text_of(world.pack.form_file(form.id))));
        return world.publish();
    }

    // "name due" of each route of that duty and organization.
    std::set<std::string> routes(const std::string& duty, const std::string& organization) {
        std::set<std::string> out;
        world.db->read([&](db::Connection& connection) {
            connection.each({"test.routes", "select o.name, r.due_at from filing_routes r join organizations o on o.id = r.receiver_id where r.duty = $1 and r.organization_id = $2"},
                            {duty, world.organization(organization)}, [&](const db::Row& row) {
                                out.insert(row.string(0) + " " + format_date(beijing_date(Instant{row.int64(1)})));
                            });
        });
        return out;
    }
};

INSTANTIATE_TEST_SUITE_P(OnBothEngines, ReceiversByRule, testing::Values(db::Engine::sqlite, db::Engine::postgresql), test::engine_name);

// L2
TEST_P(ReceiversByRule, a_department_of_several_topics_hands_one_filing_to_each_of_their_leads_and_to_the_office) {
    publish("packs/leizhou-2022", "2022-10-08 10:00");
    EXPECT_EQ(routes("department_evaluation", "雷州市自然资源局"),
              (std::set<std::string>{"雷州市应急管理局 2022-10-11", "雷州市住房和城乡建设局 2022-10-11", "雷州市安全生产委员会办公室 2022-10-11"}));
    EXPECT_EQ(world.count("select count(*) from filings"), 31 + 6 + 21);
    EXPECT_EQ(routes("topic_evaluation", "雷州市住房和城乡建设局"), (std::set<std::string>{"雷州市安全生产委员会办公室 2022-10-12"}));
    EXPECT_EQ(routes("area_evaluation", "雷州市白沙镇人民政府"), (std::set<std::string>{"雷州市安全生产委员会办公室 2022-10-12"}));
    EXPECT_TRUE(world.publish().pack.unchanged);
}

TEST_P(ReceiversByRule, each_county_hands_in_to_its_own_city_and_the_office_keeps_its_own_cut_off) {
    publish("tests/fixtures/packs/gas-hundred-days-2024", "2024-10-08 10:00");
    EXPECT_TRUE(routes("county_monthly", "南溪市东关区城镇燃气管理局").contains("南溪市城镇燃气管理局 2024-10-22"));
    for (const auto& route : routes("county_monthly", "北浦市长桥县城镇燃气管理局")) EXPECT_TRUE(route.starts_with("北浦市城镇燃气管理局 ")) << route;
    EXPECT_EQ(routes("check", "北浦市长桥县城镇燃气管理局"), (std::set<std::string>{"南溪市城镇燃气管理局 2024-10-12", "云岭省城镇燃气安全专班办公室 2024-10-15"}));
}

TEST_P(ReceiversByRule, every_pack_of_the_tree_can_be_applied_with_its_forms_and_a_second_time_changes_nothing) {
    const std::pair<const char*, const char*> packs[] = {{"packs/beipiao-2021", "2021-06-04 10:00"}, {"packs/shiyan-2023", "2023-02-23 10:00"},
                                                         {"packs/urumqi-2010", "2010-04-09 10:00"}, {"tests/fixtures/packs/flood-2025", "2025-07-20 07:00"}};
    for (const auto& [directory, at] : packs) {
        EXPECT_GT(publish(directory, at).filings.issued, 0) << directory;
        EXPECT_TRUE(world.publish().pack.unchanged) << directory;
    }
}

}  // namespace
}  // namespace anban
