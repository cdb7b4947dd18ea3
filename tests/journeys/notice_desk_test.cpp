// From a notice to a campaign, over the API: read, corrected, looked at, published; what the office sees is what then is owed.
#include <filesystem>
#include <fstream>
#include <set>

#include "core/utf8.h"
#include "modules/drafts/examples.h"
#include "modules/drafts/spelling.h"
#include "tests/journeys/life_steps.h"

namespace anban::test::life {
namespace {

constexpr const char* kNotice = R"(湖南省住房和城乡建设厅关于开展城镇燃气安全排查情况报送的通知

各市州住房和城乡建设局,湘江新区建设交通局:

为掌握全省城镇燃气安全排查进展,现就有关报送事项通知如下。

一、每周五16时前,各市州住房和城乡建设局将本周《燃气隐患排查周报表》电子版报送省厅。
二、每月28日前,各单位向省厅报送当月排查工作小结,加盖公章的扫描件一并报送。
三、2023年11月30日前报送专项行动总结。

湖南省住房和城乡建设厅
2023年3月10日
)";

class NoticeDesk : public OnBothEngines {
protected:
    NoticeDesk() : w(GetParam()) { w.apply_pack(kPack); }

    Client& office() { return w.as(kOffice, Role::office_clerk, "desk"); }
    Answer read(const std::string& text = kNotice) { return office().post("/api/v1/notices", {{"name", "通知.txt"}, {"text", text}, {"issued", nullptr}}); }
    // What the page sends: everything, changed in places.
    static json::object corrected(const Answer& draft) {
        json::object out;
        for (const char* member : {"version", "title", "docNumber", "issuer", "addressees", "issued", "periodFrom", "periodTo", "duties", "names"}) out[member] = draft.at(std::string("/") + member);
        return out;
    }
    static std::string path(const Answer& draft) { return "/api/v1/notices/" + draft.string("/id"); }
    static Answer put(Client& who, const Answer& draft, const json::object& body) { return who.put(path(draft), body); }
    Answer publish(const Answer& draft, std::int64_t version, const std::string& id, bool dry_run = false) {
        return office().post(path(draft) + "/publish", {{"version", version}, {"campaignId", id}, {"dryRun", dry_run}});
    }
    // Of the duty that asks this; fails the test when there is none.
    static std::size_t duty_at(const Answer& draft, const std::string& material) {
        const auto& duties = draft.at("/duties").as_array();
        for (std::size_t i = 0; i < duties.size(); ++i)
            if (json::write(duties[i].at("materials")).find(material) != std::string::npos) return i;
        ADD_FAILURE() << "nobody asks " << material << " in " << draft.text;
        return 0;
    }

    World w;
};

constexpr const char* kWithMore = R"(湖南省住房和城乡建设厅关于开展燃气安全整治的通知

各市州住房和城乡建设局:

一、组织领导
成立领导小组,组成人员如下:
组长:张某某 分管副厅长
领导小组办公室设在省厅城建处。
二、实施步骤
(一)动员部署阶段(3月10日至3月31日)。层层发动。
(二)集中整治阶段(4月1日至9月30日)。逐户检查。
三、信息报送
每月28日前,各市州住房和城乡建设局向省厅报送当月排查工作小结。《燃气整治周报制度》(湘建城〔2022〕6号)同时废止。

湖南省住房和城乡建设厅
2023年3月10日
)";

TEST_P(NoticeDesk, what_stands_beside_the_duties_is_shown_at_its_place_and_comes_into_the_campaign_without_names) {
    const auto draft = read(kWithMore);
    ASSERT_EQ(draft.status, 200) << draft.text;
    EXPECT_EQ(draft.string("/alsoRead/phases/0/title") + draft.string("/alsoRead/phases/1/endDate"), "动员部署阶段2023-09-30");
    EXPECT_EQ(draft.string("/alsoRead/replaces/0/docNumber"), "湘建城〔2022〕6号");
    EXPECT_EQ(draft.string("/alsoRead/leadingGroup/0/post"), "分管副厅长");
    const auto text = utf8::decode(draft.string("/text"));
    const auto& phase = draft.at("/alsoRead/phases/0");
    EXPECT_EQ(utf8::encode(text.substr(static_cast<std::size_t>(phase.at("from").as_int64()), static_cast<std::size_t>(phase.at("to").as_int64() - phase.at("from").as_int64()))),
              "动员部署阶段(3月10日至3月31日)");
    const auto published = publish(draft, 1, "gas-more");
    ASSERT_EQ(published.status, 200) << published.text;
    const auto campaign = office().get("/api/v1/campaigns/gas-more");
    EXPECT_NE(campaign.text.find("2023-09-30"), std::string::npos) << "the last phase's last day";
    EXPECT_EQ(campaign.text.find("张某某"), std::string::npos);
}

TEST_P(NoticeDesk, a_notice_that_was_kept_before_this_was_read_opens_all_the_same) {
    const auto draft = read();
    w.app().database().write([&](db::Connection& db) {
        std::string kept;
        db.each({"test.kept", "select content from notices where id = $1"}, {draft.string("/id")}, [&](const db::Row& row) { kept = row.string(0); });
        auto content = json::parse(kept).value();
        for (const char* list : {"papers", "phases", "workLines", "leadingGroup", "sectors", "ledgerColumns", "evaluation", "keyDates", "replaces"}) content.at("extract").as_object().erase(list);
        db.run({"test.older", "update notices set content = $1 where id = $2"}, {json::write(content), draft.string("/id")});
        return db::Outcome::keep;
    });
    const auto opened = office().get(path(draft));
    ASSERT_EQ(opened.status, 200) << opened.text;
    EXPECT_EQ(opened.at("/duties").as_array().size(), 3u);
    EXPECT_TRUE(opened.at("/alsoRead/phases").as_array().empty());
}

TEST_P(NoticeDesk, a_notice_that_is_read_shows_each_duty_with_its_clause_at_its_place_and_whom_it_asks) {
    const auto draft = read();
    ASSERT_EQ(draft.status, 200) << draft.text;
    EXPECT_EQ(draft.string("/title"), "湖南省住房和城乡建设厅关于开展城镇燃气安全排查情况报送的通知");
    EXPECT_EQ(draft.string("/issueDate"), "2023-03-10");
    ASSERT_EQ(draft.at("/duties").as_array().size(), 3u) << draft.text;
    const auto text = utf8::decode(draft.string("/text"));
    for (const auto& duty : draft.at("/duties").as_array()) {
        const auto from = static_cast<std::size_t>(duty.at("from").as_int64()), to = static_cast<std::size_t>(duty.at("to").as_int64());
        EXPECT_EQ(utf8::encode(text.substr(from, to - from)), std::string(duty.at("quote").as_string()));
    }
    const auto& weekly = draft.at("/duties").as_array().at(duty_at(draft, "周报表"));
    EXPECT_EQ(weekly.at("recurrence").as_string(), "weekly");
    EXPECT_EQ(weekly.at("due").as_string(), "FRI 16:00");
    std::size_t cities = 0, strangers = 0;
    for (const auto& group : draft.at("/groups").as_array())
        for (const auto& unit : group.at("units").as_array()) {
            cities += unit.at("known").as_bool() && std::string(unit.at("name").as_string()).ends_with("住房和城乡建设局");
            strangers += unit.at("name").as_string() == "湘江新区建设交通局" && !unit.at("known").as_bool() && !unit.at("resolved").as_bool();
        }
    EXPECT_GE(cities, 14u) << draft.text;
    EXPECT_GE(strangers, 1u) << draft.text;
}

TEST_P(NoticeDesk, what_a_person_corrects_is_kept_and_decides_the_calendar) {
    const auto draft = read();
    auto body = corrected(draft);
    auto& monthly = body["duties"].as_array().at(duty_at(draft, "小结")).as_object();
    monthly["due"] = "D25 12:00";
    body["periodFrom"] = "2023-03-01";
    body["periodTo"] = "2023-06-30";
    const auto kept = put(office(), draft, body);
    ASSERT_EQ(kept.status, 200) << kept.text;
    EXPECT_EQ(kept.number("/version"), 2);
    const auto again = office().get(path(draft));
    EXPECT_EQ(again.at("/duties").as_array().at(duty_at(again, "小结")).at("due").as_string(), "D25 12:00");
    const auto calendar = office().get(path(draft) + "/calendar");
    ASSERT_EQ(calendar.status, 200) << calendar.text;
    std::set<std::string> monthly_dues;
    for (const auto& line : calendar.at("/items").as_array())
        if (std::string(line.at("title").as_string()).find("小结") != std::string::npos) monthly_dues.insert(std::string(line.at("due").as_string()));
    EXPECT_EQ(monthly_dues, (std::set<std::string>{"2023-03-25T12:00+08:00", "2023-04-25T12:00+08:00", "2023-05-25T12:00+08:00", "2023-06-25T12:00+08:00"}));
    EXPECT_EQ(calendar.at("/faults").as_array().size(), 0u);
    // 2023-03-25 was a Saturday, 2023-06-25 a Sunday on which one worked.
    for (const auto& line : calendar.at("/items").as_array()) {
        const std::string due(line.at("due").as_string());
        if (due.starts_with("2023-03-25")) { EXPECT_TRUE(line.at("onRestDay").as_bool()); }
        if (due.starts_with("2023-06-25")) { EXPECT_FALSE(line.at("onRestDay").as_bool()); }
    }
}

TEST_P(NoticeDesk, published_it_is_a_campaign_whose_filings_the_liaison_finds_and_a_dry_run_leaves_nothing) {
    const auto draft = read();
    auto body = corrected(draft);
    body["names"] = json::array{{{"said", "湘江新区建设交通局"}, {"name", "湖南湘江新区开发建设局"}}};
    body["periodTo"] = "2023-12-31";
    body["periodFrom"] = "2023-03-10";
    ASSERT_EQ(put(office(), draft, body).status, 200);
    const auto before = w.count("select count(*) from filings");
    const auto tried = publish(draft, 2, "gas-2023", true);
    ASSERT_EQ(tried.status, 200) << tried.text;
    EXPECT_EQ(w.count("select count(*) from filings"), before);
    EXPECT_EQ(w.count("select count(*) from campaigns"), 1);
    EXPECT_EQ(office().get(path(draft)).string("/state"), "draft");

    const auto done = publish(draft, 2, "gas-2023");
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.number("/reporters"), 15);
    EXPECT_EQ(done.at("/organizationsOpened").as_array().size(), 0u) << done.text;
    EXPECT_EQ(done.number("/issued"), tried.number("/issued"));
    const auto work = w.as(kZhuzhou, Role::liaison).get("/api/v1/my-work");
    EXPECT_NE(work.text.find("燃气隐患排查周报表"), std::string::npos) << work.text.substr(0, 2'000);
    EXPECT_EQ(w.count("select count(*) from filings f join filing_routes r on r.filing_id = f.id where r.campaign_id = 'gas-2023' and r.slot = '2023-W11'"), 14);
    EXPECT_EQ(w.count("select count(*) from journal where deed = 'notice.published' and outcome = 'done'"), 1);
    EXPECT_EQ(publish(draft, 3, "gas-2024").code(), "notice.published");
    EXPECT_EQ(put(office(), draft, body).code(), "notice.published");
}

TEST_P(NoticeDesk, beside_a_campaign_of_today_it_says_which_cut_offs_move_and_which_duties_are_new) {
    const auto first = read();
    auto named = corrected(first);
    named["names"] = json::array{{{"said", "湘江新区建设交通局"}, {"name", "湖南湘江新区开发建设局"}}};
    ASSERT_EQ(put(office(), first, named).status, 200);
    const auto published = publish(first, 2, "gas-2023");
    ASSERT_EQ(published.status, 200) << published.text;
    auto text = std::string(kNotice);
    const auto at = text.find("每月28日前");
    text.replace(at, std::string("每月28日前").size(), "每月25日前");
    text.replace(text.find("三、2023年11月30日前报送专项行动总结。"), std::string("三、2023年11月30日前报送专项行动总结。").size(), "三、每季度末报送典型案例。");
    const auto second = read(text);
    const auto changes = office().get(path(second) + "/changes?campaign=gas-2023");
    ASSERT_EQ(changes.status, 200) << changes.text;
    std::map<std::string, std::string> kinds;
    for (const auto& line : changes.at("/items").as_array()) {
        const std::string title(line.at("title").as_string());
        kinds[title.find("周报表") != title.npos ? "weekly" : title.find("小结") != title.npos ? "monthly" : title.find("案例") != title.npos ? "cases" : "final"] = line.at("change").as_string();
        if (title.find("小结") == title.npos) continue;
        const auto& move = line.at("moves").as_array().at(0);
        EXPECT_EQ(move.at("before").as_string(), "2023-03-28");
        EXPECT_EQ(move.at("after").as_string(), "2023-03-25");
    }
    EXPECT_EQ(kinds, (std::map<std::string, std::string>{{"weekly", "same"}, {"monthly", "moved"}, {"cases", "added"}, {"final", "dropped"}})) << changes.text;
}

TEST_P(NoticeDesk, what_can_not_stand_is_refused_by_its_place_and_nothing_is_changed) {
    const auto draft = read();
    const auto fault = [&](const char* member, const json::value& value) {
        auto body = corrected(draft);
        body["duties"].as_array().at(0).as_object()[member] = value;
        const auto answer = put(office(), draft, body);
        EXPECT_EQ(answer.status, 400) << member << answer.text;
        return answer.text;
    };
    EXPECT_NE(fault("due", "每周五").find("/duties/0/due"), std::string::npos);
    EXPECT_NE(fault("due", "FRI 16:00}\n    parts: []").find("/duties/0/due"), std::string::npos);
    EXPECT_NE(fault("windowRule", "2023-02-30..2023-03-01").find("/duties/0/windowRule"), std::string::npos);
    EXPECT_NE(fault("to", 1'000'000).find("/duties/0/from"), std::string::npos);
    EXPECT_NE(fault("papers", json::array{"wax"}).find("/duties/0/papers"), std::string::npos);
    EXPECT_NE(fault("quotaMin", -3).find("/duties/0/quotaMin"), std::string::npos);
    EXPECT_EQ(office().get(path(draft)).number("/version"), 1);

    auto body = corrected(draft);
    ASSERT_EQ(put(office(), draft, body).status, 200);
    EXPECT_EQ(put(office(), draft, body).code(), "notice.changed_meanwhile");  // the version of before
    EXPECT_EQ(publish(draft, 1, "gas-2023").code(), "notice.changed_meanwhile");
    const auto open = publish(draft, 2, "gas-2023");
    EXPECT_EQ(open.code(), "draft.units_open");
    EXPECT_NE(open.text.find("湘江新区建设交通局"), std::string::npos) << open.text;
    body = corrected(office().get(path(draft)));
    body["names"] = json::array{{{"said", "湘江新区建设交通局"}, {"name", ""}}};
    ASSERT_EQ(put(office(), draft, body).status, 200);
    EXPECT_EQ(publish(draft, 3, "../etc").code(), "draft.id");
    EXPECT_EQ(publish(draft, 3, "hunan-2023").code(), "draft.campaign_there");
    body["version"] = 3;
    body["title"] = "机密★1年 关于某事的通知";
    EXPECT_NE(put(office(), draft, body).text.find("draft.marked_secret"), std::string::npos);
    body["title"] = "关于某事的通知";
    body["periodTo"] = "2150-01-01";
    ASSERT_EQ(put(office(), draft, body).status, 200);
    EXPECT_EQ(office().get(path(draft) + "/calendar").code(), "draft.period_long");
    EXPECT_EQ(publish(draft, 4, "gas-2023").code(), "draft.period_long");
    EXPECT_EQ(read("   \n").code(), "notice.empty");
    EXPECT_EQ(read("机密★1年\n关于某事的通知").code(), "attachment.marked_secret");
    EXPECT_EQ(office().upload("/api/v1/notices/file", "扫描.pdf", "%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n").code(), "office.not_readable");
    EXPECT_EQ(w.as(kZhuzhou, Role::liaison).post("/api/v1/notices", {{"name", ""}, {"text", kNotice}, {"issued", nullptr}}).status, 403);
    EXPECT_EQ(w.count("select count(*) from notices"), 1);
}

// A day whose marks the scraping lost may be two: a person says which, before anybody owes anything.
TEST_P(NoticeDesk, a_damaged_day_that_may_be_two_is_asked_before_anything_is_published) {
    auto text = std::string(kNotice);
    text.replace(text.find("2023年11月30日前"), std::string("2023年11月30日前").size(), "1123日17时前");  // 11-23 alone
    text.replace(text.find("每月28日前,各单位"), std::string("每月28日前,各单位").size(), "123日前,各单位");
    text.replace(text.find("2023年3月10日"), std::string("2023年3月10日").size(), "2023年1月10日");
    text.replace(text.find("湘江新区建设交通局"), std::string("湘江新区建设交通局").size(), "长沙市住房和城乡建设局");
    const auto draft = read(text);
    ASSERT_EQ(draft.status, 200) << draft.text;
    const auto asked = duty_at(draft, "小结");
    const auto duty = "/duties/" + std::to_string(asked);
    EXPECT_EQ(json::write(draft.at(duty + "/dueReadings")), R"(["2023-01-23","2023-12-03"])") << draft.text;
    EXPECT_TRUE(draft.at("/duties/" + std::to_string(duty_at(draft, "总结")) + "/dueReadings").is_null());

    const auto calendar = office().get(path(draft) + "/calendar");
    ASSERT_EQ(calendar.at("/faults").as_array().size(), 1u) << calendar.text;
    EXPECT_EQ(calendar.number("/faults/0/duty"), static_cast<std::int64_t>(asked));
    const auto refused = publish(draft, 1, "gas-2023", true);
    EXPECT_EQ(refused.code(), "draft.days_asked");
    EXPECT_NE(refused.text.find(duty + "/due"), std::string::npos) << refused.text;

    auto body = corrected(draft);
    auto& settled = body["duties"].as_array().at(asked).as_object();
    settled["due"] = "2023-12-03";
    settled["dueReadings"] = nullptr;
    ASSERT_EQ(put(office(), draft, body).status, 200);
    EXPECT_TRUE(office().get(path(draft) + "/calendar").at("/faults").as_array().empty());
    EXPECT_EQ(publish(draft, 2, "gas-2023", true).status, 200);
}

// A fault of the pack that the draft becomes says which duty is to be mended.
TEST_P(NoticeDesk, what_keeps_a_draft_from_being_a_campaign_names_its_duty) {
    const auto draft = read();
    auto body = corrected(draft);
    const auto report = duty_at(draft, "小结");
    body["periodTo"] = "2023-05-31";
    body["duties"].as_array().at(report).as_object()["activeFrom"] = "2023-06-01";  // begins when all is over
    ASSERT_EQ(put(office(), draft, body).status, 200);
    const auto calendar = office().get(path(draft) + "/calendar");
    ASSERT_FALSE(calendar.at("/faults").as_array().empty()) << calendar.text;
    EXPECT_EQ(calendar.number("/faults/0/duty"), static_cast<std::int64_t>(report)) << calendar.text;
}

// threats C1: naming a unit obliges nobody whom the office can not oblige.
TEST_P(NoticeDesk, a_unit_over_which_the_office_has_no_say_is_not_obliged_by_being_named) {
    w.app().database().write([](db::Connection& db) {
        db.run({"test.stranger", R"sql(
            insert into organizations (id, name, short_name, kind, level, division_code, credit_code, sort_order, opened_on, version)
            values ('stranger', '广州市住房和城乡建设局', '广州市住建局', 'bureau', 'city', '440100', '', 1, '2020-01-01', 1)
        )sql"}, {});
        return db::Outcome::keep;
    });
    const auto draft = read();
    auto body = corrected(draft);
    body["names"] = json::array{{{"said", "湘江新区建设交通局"}, {"name", "广州市住房和城乡建设局"}}};
    ASSERT_EQ(put(office(), draft, body).status, 200);
    const auto refused = publish(draft, 2, "gas-2023");
    EXPECT_EQ(refused.code(), "draft.units_outside") << refused.text;
    EXPECT_EQ(w.count("select count(*) from campaigns"), 1);
}

// The rules learn from nobody by themselves: what was corrected can be taken out and measured against.
TEST_P(NoticeDesk, what_was_corrected_and_published_comes_out_as_gold_with_the_text_that_its_places_count) {
    const auto draft = read();
    auto body = corrected(draft);
    body["names"] = json::array{{{"said", "湘江新区建设交通局"}, {"name", ""}}};
    body["duties"].as_array().at(duty_at(draft, "小结")).as_object()["due"] = "D25";
    ASSERT_EQ(put(office(), draft, body).status, 200);
    const auto all = [&] {
        std::vector<drafts::Example> out;
        w.app().database().read([&](db::Connection& db) { out = drafts::examples(db); });
        return out;
    };
    EXPECT_TRUE(all().empty()) << "nobody has published it";
    ASSERT_EQ(publish(draft, 2, "gas-2023").status, 200);
    const auto examples = all();
    ASSERT_EQ(examples.size(), 1u);
    EXPECT_EQ(examples[0].text, draft.string("/text"));
    EXPECT_EQ(examples[0].gold.at("issueDate").as_string(), "2023-03-10");
    bool monthly = false;
    for (const auto& duty : examples[0].gold.at("duties").as_array()) {
        monthly = monthly || duty.at("due") == "D25";
        EXPECT_FALSE(duty.as_object().contains("confidence"));
        EXPECT_EQ(json::write(duty.at("materials")).find("《"), std::string::npos);
        const auto text = utf8::decode(examples[0].text);
        EXPECT_EQ(utf8::encode(text.substr(static_cast<std::size_t>(duty.at("from").as_int64()), static_cast<std::size_t>(duty.at("to").as_int64() - duty.at("from").as_int64()))),
                  std::string(duty.at("quote").as_string()));
    }
    EXPECT_TRUE(monthly);
}

// What a person writes first is not what is owed first: the period that was corrected begins everything.
TEST_P(NoticeDesk, nothing_is_owed_before_the_day_on_which_the_office_lets_the_campaign_begin) {
    const auto draft = read();
    auto body = corrected(draft);
    body["names"] = json::array{{{"said", "湘江新区建设交通局"}, {"name", ""}}};
    body["periodFrom"] = "2023-06-01";
    body["periodTo"] = "2023-08-31";
    ASSERT_EQ(put(office(), draft, body).status, 200);
    const auto calendar = office().get(path(draft) + "/calendar");
    ASSERT_EQ(calendar.status, 200) << calendar.text;
    for (const auto& line : calendar.at("/items").as_array())
        if (std::string(line.at("title").as_string()).find("总结") == std::string::npos) { EXPECT_GE(std::string(line.at("windowTo").as_string()), "2023-06-01"); }
    ASSERT_EQ(publish(draft, 2, "gas-2023").status, 200);
    EXPECT_EQ(w.count("select count(*) from filing_routes where campaign_id = 'gas-2023' and window_to < '2023-06-01' and slot <> 'once'"), 0);
}

// A clause copied out of a paper brings page breaks along; they are no reason to refuse what is saved.
TEST_P(NoticeDesk, a_page_break_or_a_line_end_of_windows_inside_a_clause_does_not_keep_the_draft_from_being_saved) {
    auto text = std::string(kNotice);
    text.replace(text.find("周报表》电子版"), std::string("周报表》").size(), "周报表》\f");
    std::string windows;
    for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
    const auto draft = read(windows);
    ASSERT_EQ(draft.status, 200) << draft.text;
    EXPECT_EQ(draft.string("/text").find('\r'), std::string::npos);
    EXPECT_EQ(put(office(), draft, corrected(draft)).status, 200);
}

// Whoever only looks and saves must be able to: no reading is refused by the check of what people write.
TEST(NoticeDeskSpelling, every_duty_that_the_reader_finds_in_the_trees_notices_may_be_saved_as_it_is) {
    std::size_t duties = 0;
    for (const auto& file : std::filesystem::recursive_directory_iterator(std::string(ANBAN_SOURCE_DIR) + "/tests/notices")) {
        if (file.path().extension() != ".txt") continue;
        std::ifstream in(file.path(), std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        for (const auto& duty : notices::extract(text).duties) {
            std::vector<FieldError> faults;
            drafts::check_duty(duty, "", faults);
            for (const auto& fault : faults) ADD_FAILURE() << file.path() << " " << fault.path << " " << fault.key << " " << duty.due.value_or("-") << " " << duty.window_rule.value_or("-");
            ++duties;
        }
    }
    EXPECT_GT(duties, 300u);
}

INSTANTIATE_TEST_SUITE_P(OnBothEngines, NoticeDesk, testing::Values(Engine::sqlite, Engine::postgresql), engine_name);

}  // namespace
}  // namespace anban::test::life
