// March 2023 as Hunan's units live it, through the API, by the posts that do it. Expectations are written by hand.
#include "tests/journeys/life_steps.h"

namespace anban::test::life {
namespace {

constexpr const char* kYear = "2023-01-01..2023-02-28";  // January and February, due on March 13
constexpr const char* kHengyang = "衡阳市住房和城乡建设局";
constexpr const char* kYueyang = "岳阳市住房和城乡建设局";
constexpr const char* kYanling = "炎陵县住房和城乡建设局";

ANBAN_ON_BOTH_ENGINES(LifeOfAMonth);

// anchor-failures 2, 4, 5, 19, 20, 22
TEST_P(LifeOfAMonth, a_week_in_time_a_week_one_millisecond_late_a_nil_week_and_the_missing_are_four_things_by_name) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    Desk in_time(w, kZhuzhou), late(w, kXiangtan), nil(w, kHengyang);
    const auto due = beijing("2023-03-16 17:00");
    w.set_time({due.ms + 60'000});
    in_time.client.received_at = due;
    late.client.received_at = Instant{due.ms + 1};
    const auto first = in_time.hand_in_week("2023-W11", "局长带队检查", "2023-03-14");
    ASSERT_EQ(first.status, 200) << first.text;
    EXPECT_EQ(first.string("/receivedAt"), "2023-03-16T17:00:00.000+08:00");
    EXPECT_EQ(first.string("/routes/0/timeliness/counted"), "on_time");
    const auto second = late.hand_in_week("2023-W11", "召开专题会", "2023-03-15");
    ASSERT_EQ(second.status, 200) << second.text;
    EXPECT_EQ(second.string("/receivedAt"), "2023-03-16T17:00:00.001+08:00");
    EXPECT_EQ(second.string("/routes/0/timeliness/counted"), "late");
    expect_refused(nil.hand_in("weekly", "2023-W11", {}, {{"nil", true}}), 422, "filing.not_ready", "filing.nil_not_confirmed");
    ASSERT_EQ(nil.hand_in("weekly", "2023-W11", {}, {{"nil", true}, {"confirmed", true}}).status, 200);
    expect_refused(Desk(w, kYueyang).hand_in("weekly", "2023-W11", {{"news", json::object{}}}), 422, "filing.not_ready", "filing.part_missing");

    const auto week = office.window("weekly", "2023-W11");
    for (const auto& [name, number] : std::map<std::string, int>{{"owed", 31}, {"submitted", 3}, {"overdue", 28}, {"accepted", 0}, {"late", 2}, {"nil", 1}})
        EXPECT_EQ(week.at(name).as_int64(), number) << name;  // nil came a minute late, too
    EXPECT_EQ(text_of(week, "rate"), "9.7");
    const auto matrix = office.matrix("weekly", "&slot=2023-W11");
    EXPECT_EQ(matrix.at("/missing").as_array().size(), 28u);
    for (const auto& one : matrix.at("/missing").as_array())
        for (const auto* there : {kZhuzhou, kXiangtan, kHengyang}) EXPECT_NE(text_of(one, "name"), there);
    expect_sums(matrix);
    EXPECT_TRUE(office.cell("weekly", kHengyang, "2023-W11").at("nil").as_bool());
    EXPECT_EQ(text_of(office.cell("weekly", kYueyang, "2023-W11").at("timeliness"), "counted"), "overdue");
    expect_refused(in_time.hand_in_week("2023-W11", "再报一次", "2023-03-14"), 409, "filing.deed_not_now");
}

TEST_P(LifeOfAMonth, january_and_february_without_the_stamped_scan_do_not_go_in_and_a_named_gap_does_as_a_partial_report) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-13 10:00"));
    Receiver office(w, kOffice);
    Desk unit(w, kYueyang);
    auto parts = unit.table_and_ledger({{"buildings.found", "4"}, {"buildings.fixed", "4"}});
    auto without = parts;
    without["statistics"].as_object().erase("attachments");
    const auto refused = unit.hand_in("monthly", kYear, without);
    expect_refused(refused, 422, "filing.not_ready", "filing.part_missing");
    EXPECT_EQ(refused.string("/errors/0/path"), "statistics");
    expect_refused(unit.client.upload("/api/v1/attachments?paper=stamped_scan", encoded("统计表.txt"), "统计表"), 415, "attachment.type_not_allowed");
    auto alien = parts;
    alien["statistics"].as_object()["attachments"] = json::array{scan(Desk(w, kHengyang).client, "another's")};
    expect_refused(unit.hand_in("monthly", kYear, alien), 422, "filing.not_ready", "filing.attachment_unknown");

    auto half = parts;
    half.erase("major_hazards");
    expect_refused(unit.hand_in("monthly", kYear, half), 422, "filing.not_ready", "filing.part_missing");
    const auto gap = [](const char* reason) { return json::object{{"gaps", json::array{json::object{{"part", "major_hazards"}, {"reason", reason}}}}}; };
    expect_refused(unit.hand_in("monthly", kYear, half, gap(" ")), 422, "filing.not_ready", "filing.reason_missing");
    const auto done = unit.hand_in("monthly", kYear, half, gap("两个县的台账未到"));
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_TRUE(done.at("/partial").as_bool());
    const auto cell = office.cell("monthly", kYueyang, kYear);
    EXPECT_TRUE(cell.at("partial").as_bool());
    EXPECT_EQ(text_of(cell.at("timeliness"), "firstReceipt"), "on_time");
    EXPECT_EQ(text_of(cell.at("timeliness"), "counted"), "not_yet");  // a partial report is not yet the report
    const auto seen = office.client.get("/api/v1/filings/" + text_of(cell, "filingId") + "/submissions/1");
    EXPECT_EQ(seen.string("/content/gaps/0/reason"), "两个县的台账未到");
    w.set_time(beijing("2023-03-14 09:00"));
    EXPECT_EQ(text_of(office.cell("monthly", kYueyang, kYear).at("timeliness"), "counted"), "overdue");
}

// anchor-failures 12, 13
TEST_P(LifeOfAMonth, one_cell_is_returned_mended_accepted_and_later_amended_and_the_total_always_says_what_was_accepted) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-12 09:00"));
    Receiver office(w, kOffice), leader(w, kOffice, Role::office_leader);
    Desk unit(w, kZhuzhou);
    const auto hand_in = [&](const char* found) {
        return unit.hand_in("monthly", kYear, unit.table_and_ledger({{"buildings.found", found}, {"buildings.fixed", "20"}, {"gas.found", "1"}, {"gas.fixed", "1"}}));
    };
    expect_refused(hand_in("2"), 422, "filing.not_ready", "form.check_broken");  // 20 mended of 2 found
    expect_refused(hand_in("两项"), 422, "filing.not_ready", "form.not_a_number");
    ASSERT_EQ(hand_in("30").status, 200);

    const auto give_back = [&](json::object body) { return office.decide("return", "monthly", kZhuzhou, kYear, std::move(body)); };
    const auto at = [](const char* path) { return json::array{json::object{{"path", path}, {"note", "与附件不符"}}}; };
    expect_refused(give_back({{"reason", " "}}), 400, "filing.reason_missing");
    expect_refused(give_back({{"reason", "有误"}, {"anchors", at("nowhere:r1.c1")}}), 400, "filing.anchor_unknown");
    expect_refused(give_back({{"reason", "有误"}, {"anchors", at("statistics:buildings.nothing")}}), 400, "filing.anchor_unknown");
    expect_refused(unit.client.post("/api/v1/routes/" + unit.open("monthly", kYear).string("/routes/0/id") + "/return",
                                    json::object{{"version", 2}, {"reason", "自退"}}), 403, "right.missing");
    ASSERT_EQ(give_back({{"reason", "排查数有误"}, {"anchors", at("statistics:buildings.found")}}).status, 200);
    const auto returned = unit.open("monthly", kYear);
    EXPECT_EQ(returned.string("/routes/0/returned/reason"), "排查数有误");
    EXPECT_EQ(returned.string("/routes/0/returned/anchors/0/path"), "statistics:buildings.found");
    ASSERT_EQ(office.decide("undo-return", "monthly", kZhuzhou, kYear).status, 200);
    EXPECT_EQ(unit.open("monthly", kYear).string("/routes/0/state"), "submitted");
    ASSERT_EQ(give_back({{"reason", "排查数有误"}, {"anchors", at("statistics:buildings.found")}}).status, 200);
    ASSERT_EQ(hand_in("25").status, 200);

    const auto filing = "/api/v1/filings/" + unit.filing_id("monthly", kYear);
    std::map<std::string, std::string> changes;
    const auto differences = office.client.get(filing + "/differences?from=1&to=2");
    for (const auto& part : differences.at("/parts").as_array())
        for (const auto& cell : part.at("cells").as_array()) changes[text_of(cell, "cell")] = text_of(cell, "before") + " " + text_of(cell, "after");
    EXPECT_EQ(changes, (std::map<std::string, std::string>{
        {"buildings.found", "30 25"}, {"buildings.found_total", "30 25"}, {"buildings.fixed_rate", "66.7 80.0"}, {"works.found", "30 25"}, {"works.found_total", "30 25"},
        {"works.fixed_rate", "66.7 80.0"}, {"total.found", "31 26"}, {"total.found_total", "31 26"}, {"total.fixed_rate", "67.7 80.8"}}));

    ASSERT_EQ(unit.withdraw("monthly", kYear).status, 200);
    EXPECT_EQ(text_of(office.cell("monthly", kZhuzhou, kYear), "reading"), "expected");
    expect_refused(office.accept("monthly", kZhuzhou, kYear), 409, "filing.deed_not_now");
    ASSERT_EQ(hand_in("25").status, 200);
    ASSERT_EQ(office.accept("monthly", kZhuzhou, kYear).status, 200);
    expect_refused(unit.withdraw("monthly", kYear), 409, "filing.deed_not_now");
    EXPECT_EQ(text_of(office.totals(kYear).at("/official"), "total.found"), "26");
    EXPECT_FALSE(office.totals(kYear).at("/restated").as_bool());

    w.set_time(beijing("2023-03-15 09:00"));
    expect_refused(unit.ask_amendment("monthly", kYear, "  "), 400, "filing.reason_missing");
    ASSERT_EQ(unit.ask_amendment("monthly", kYear, "漏报一项").status, 200);
    expect_refused(hand_in("26"), 409, "filing.deed_not_now");
    expect_refused(office.decide("amendment/grant", "monthly", kZhuzhou, kYear), 403, "right.missing");
    ASSERT_EQ(leader.decide("amendment/grant", "monthly", kZhuzhou, kYear).status, 200);
    ASSERT_EQ(hand_in("26").status, 200);
    EXPECT_EQ(text_of(office.totals(kYear).at("/official"), "total.found"), "26");  // 25 and the gas: still the accepted one
    ASSERT_EQ(office.accept("monthly", kZhuzhou, kYear).status, 200);
    const auto restated = office.totals(kYear);
    EXPECT_EQ(text_of(restated.at("/official"), "total.found"), "27");
    EXPECT_TRUE(restated.at("/restated").as_bool());
    EXPECT_EQ(text_of(office.totals(kYear, "&asOf=" + encoded("2023-03-14T09:00:00+08:00")).at("/official"), "total.found"), "26");
    const auto all = unit.open("monthly", kYear);
    EXPECT_EQ(all.at("/submissions").as_array().size(), 4u);
    EXPECT_EQ(all.string("/submissions/3/amendReason"), "漏报一项");
    EXPECT_EQ(all.string("/routes/0/acceptedSubmissionId"), all.string("/submissions/3/id"));
    EXPECT_EQ(all.string("/routes/0/timeliness/counted"), "on_time");
    EXPECT_EQ(all.string("/routes/0/timeliness/acceptedVersion"), "late");  // both are shown
}

// anchor-failures 6, 20
TEST_P(LifeOfAMonth, counties_hand_in_to_their_city_and_one_missing_county_is_named_and_stops_nobody) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-21 09:00"));
    Receiver office(w, kOffice), city(w, kZhuzhou, Role::reviewer);
    const std::map<std::string, std::string> found{{"株洲市荷塘区住房和城乡建设局", "3"}, {"株洲市芦淞区住房和城乡建设局", "1"}, {"株洲市石峰区住房和城乡建设局", "2"},
        {"株洲市天元区住房和城乡建设局", "4"}, {"株洲市渌口区住房和城乡建设局", "0"}, {"攸县住房和城乡建设局", "5"}, {"茶陵县住房和城乡建设局", "6"}, {"醴陵市住房和城乡建设局", "7"}};
    for (const auto& [county, figure] : found) {
        Desk desk(w, county);
        const auto done = desk.hand_in("monthly_county", "2023-03", desk.month({{"gas.found", figure}, {"gas.fixed", "0"}}));
        ASSERT_EQ(done.status, 200) << done.text;
        expect_refused(office.client.post("/api/v1/routes/" + done.string("/routes/0/route/id") + "/accept", json::object{{"version", done.at("/routes/0/route/version")}}),
                       403, "filing.not_your_side");
        ASSERT_EQ(city.accept("monthly_county", county, "2023-03").status, 200);
    }
    Desk zhuzhou(w, kZhuzhou);
    const auto open = zhuzhou.open("monthly", "2023-03");
    ASSERT_EQ(open.at("/below").as_array().size(), 1u);
    EXPECT_EQ(open.string("/below/0/organization"), kYanling);
    auto parts = zhuzhou.month({{"gas.found", "30"}});
    expect_refused(zhuzhou.hand_in("monthly", "2023-03", parts), 422, "filing.not_ready", "filing.override_reason_missing");
    parts["statistics"].as_object()["cells"] = json::object{{"buildings.found", "2"}, {"buildings.fixed", "2"}};
    const auto done = zhuzhou.hand_in("monthly", "2023-03", parts);
    ASSERT_EQ(done.status, 200) << done.text;
    const auto stored = office.client.get("/api/v1/filings/" + done.string("/filingId") + "/submissions/1");
    EXPECT_EQ(stored.string("/content/missingBelow/0/organization"), kYanling);
    EXPECT_EQ(text_of(stored.at("/content/parts/statistics/values"), "gas.found"), "28");
    ASSERT_EQ(office.accept("monthly", kZhuzhou, "2023-03").status, 200);

    const auto totals = office.totals("2023-03");
    EXPECT_EQ(text_of(totals.at("/official"), "total.found"), "30");
    EXPECT_EQ(text_of(totals.at("/recount"), "total.found"), "28");  // the two of the city's own stand in no county's table
    EXPECT_EQ(totals.string("/differences/0/name"), kZhuzhou);
    const auto node = "&node=" + w.organization_id(kZhuzhou);
    const auto opened = office.client.get(std::string(kCampaign) + "/totals/cell?duty=monthly&part=statistics&slot=2023-03&cell=gas.found" + node);
    std::map<std::string, std::string> shares;
    for (const auto& share : opened.at("/shares").as_array())
        if (share.at("counted").as_bool()) shares[text_of(share, "name")] = text_of(share, "value");
    EXPECT_EQ(shares, found);
    EXPECT_EQ(city.window("monthly_county", "2023-03").at("owed").as_int64(), 9);
    expect_sums(city.matrix("monthly_county"));
    expect_refused(Desk(w, kXiangtan).client.get("/api/v1/filings/" + done.string("/filingId")), 404, "filing.unknown");
}

TEST_P(LifeOfAMonth, four_articles_miss_the_months_five_and_a_returned_one_does_not_count_until_the_return_is_undone) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-20 09:00"));
    Receiver office(w, kOffice);
    Desk four(w, kZhuzhou), five(w, kXiangtan), county(w, "攸县住房和城乡建设局");
    expect_refused(four.write_item("articles", "experience", "没有图片", "2023-03-18"), 422, "item.content_refused", "item.pictures_missing");
    expect_refused(four.write_item("articles", "gossip", "没有这一类", "2023-03-18", {picture(four.client)}), 422, "item.content_refused", "item.category_unknown");
    expect_refused(four.write_item("articles", "results", "还没发生", "2023-03-21", {picture(four.client)}), 422, "item.content_refused", "item.day_ahead");
    expect_refused(county.write_item("articles", "results", "县里的经验", "2023-03-18", {picture(county.client)}), 404, "item.no_such_duty");
    Answer last;
    for (auto* unit : {&four, &five})
        for (int i = 0; i < (unit == &four ? 4 : 5); ++i) {
            last = unit->write_item("articles", "results", "成效" + std::to_string(i), "2023-03-18", {picture(unit->client)});
            ASSERT_EQ(last.status, 200) << last.text;
        }
    const auto meters = [&] {
        std::map<std::string, std::string> out;
        const auto answer = office.client.get(std::string(kCampaign) + "/quotas?duty=articles&month=2023-03");
        for (const auto& one : answer.at("/meters").as_array())
            out[text_of(one, "name")] = std::to_string(one.at("count").as_int64()) + "/" + std::to_string(one.at("min").as_int64()) + (one.at("met").as_bool() ? " met" : "");
        return out;
    };
    EXPECT_EQ(meters().size(), 31u);
    EXPECT_EQ(meters()[kZhuzhou], "4/5");
    EXPECT_EQ(meters()[kXiangtan], "5/5 met");
    EXPECT_EQ(meters()[kHengyang], "0/5");
    // H5: the number decides, at the window's end; nobody accepts anything.
    const auto reads = [&](const char* unit) { return text_of(office.cell("articles", unit, "2023-03"), "reading"); };
    EXPECT_EQ(reads(kXiangtan), "accepted");
    EXPECT_EQ(reads(kZhuzhou), "expected");
    expect_sums(office.matrix("articles"));
    EXPECT_EQ(office.window("articles", "2023-03").at("accepted").as_int64(), 1);
    EXPECT_EQ(office.matrix("articles", "&slot=2023-03").at("/missing").as_array().size(), 30u);
    const auto group_of = [&](Desk& desk) {
        const auto work = desk.client.get("/api/v1/my-work");
        for (const auto* group : {"toMend", "overdue", "today", "thisWeek", "later", "underReview", "done"})
            for (const auto& line : work.at(std::string("/") + group).as_array())
                if (line.at("filing").at("duty").as_string() == "articles" && line.at("filing").at("slot").as_string() == "2023-03") return std::string(group);
        return std::string();
    };
    EXPECT_EQ(group_of(five), "done");
    EXPECT_EQ(group_of(four), "later");
    const auto item = "/api/v1/items/" + last.string("/id");
    expect_refused(office.client.post(item + "/return", json::object{{"version", last.at("/version")}, {"reason", ""}}), 400, "item.reason_missing");
    const auto back = office.client.post(item + "/return", json::object{{"version", last.at("/version")}, {"reason", "图片不清"}});
    ASSERT_EQ(back.status, 200) << back.text;
    EXPECT_EQ(meters()[kXiangtan], "4/5");
    expect_refused(office.client.post(item + "/undo-return", json::object{{"version", last.at("/version")}}), 409, "item.changed_meanwhile");
    EXPECT_EQ(reads(kXiangtan), "expected");
    ASSERT_EQ(office.client.post(item + "/undo-return", json::object{{"version", back.at("/version")}}).status, 200);
    EXPECT_EQ(meters()[kXiangtan], "5/5 met");
    w.set_time(beijing("2023-04-01 09:00"));
    EXPECT_EQ(reads(kXiangtan), "accepted");
    EXPECT_EQ(reads(kZhuzhou), "overdue");
    EXPECT_EQ(group_of(four), "overdue");
    EXPECT_EQ(office.window("articles", "2023-03").at("overdue").as_int64(), 30);
}

// decisions 8
TEST_P(LifeOfAMonth, an_item_is_returned_by_who_receives_today_and_another_person_and_a_return_is_undone_within_the_quota) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-20 09:00"));
    Receiver office(w, kOffice);
    Desk unit(w, kZhuzhou);
    const auto change = [&](const char* name, const char* sql, db::Values values) {
        w.app().database().write([&](db::Connection& db) { db.run({name, sql}, values); return db::Outcome::keep; });
    };
    change("test.most", R"sql(update duty_versions set definition = replace(definition, '"max":null,"min":5', '"max":2,"min":2') where duty = 'articles')sql", {});
    const auto write = [&](const char* title) { return unit.write_item("articles", "results", title, "2023-03-18", {picture(unit.client)}); };
    const auto first = write("一");
    ASSERT_EQ(write("二").status, 200);
    expect_refused(write("三"), 409, "item.quota_full");
    const auto path = "/api/v1/items/" + first.string("/id");
    const auto give_back = [&] { return office.client.post(path + "/return", json::object{{"version", unit.client.get(path).at("/version")}, {"reason", "图片不清"}}); };
    const auto undo = [&] { return office.client.post(path + "/undo-return", json::object{{"version", unit.client.get(path).at("/version")}}); };

    const auto handed_in_by = [&](const std::string& person) {
        change("test.person", "update journal set person_id = $1 where deed = 'item.handed_in' and object_id = $2", {person, first.string("/id")});
    };
    std::string clerk;
    w.app().database().read([&](db::Connection& db) {
        db.each({"test.clerk", "select person_id from posts where organization_id = $1"}, {w.organization_id(kOffice)}, [&](const db::Row& row) { clerk = row.string(0); });
    });
    handed_in_by(clerk);
    expect_refused(give_back(), 403, "item.own_work");
    handed_in_by("another");
    ASSERT_EQ(give_back().status, 200);
    ASSERT_EQ(write("四").status, 200);
    expect_refused(undo(), 409, "item.quota_full");
    change("test.gone", "update campaign_reporters set valid_to = '2023-03-20' where organization_id = $1", {w.organization_id(kZhuzhou)});
    expect_refused(undo(), 404, "item.unknown");
}

TEST_P(LifeOfAMonth, an_item_travels_in_one_filing_and_its_words_and_pictures_stand_in_the_bytes_of_the_receipt) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-20 09:00"));
    Desk unit(w, kZhuzhou);
    const auto begin = [&] {
        const auto begun = unit.client.post("/api/v1/filings", json::object{{"campaign", "hunan-2023"}, {"duty", "cases"}});
        return "event:" + begun.string("/filingId");
    };
    const auto one = begin(), other = begin();
    const auto item = unit.write_item("cases", "accident", "一起高处坠落事故的处理", "2023-03-17", {picture(unit.client)});
    ASSERT_EQ(item.status, 200) << item.text;
    const json::object parts{{"cases", json::object{{"items", json::array{item.at("/id")}}}}};
    const auto done = unit.hand_in("cases", one, parts);
    ASSERT_EQ(done.status, 200) << done.text;
    const auto stored = unit.client.get("/api/v1/filings/" + done.string("/filingId") + "/submissions/1");
    EXPECT_EQ(stored.string("/content/parts/cases/items/0/paragraphs/0"), "经过与结果。");
    EXPECT_EQ(stored.string("/content/parts/cases/items/0/pictures/0/sha256").size(), 64u);
    expect_refused(unit.hand_in("cases", other, parts), 422, "filing.not_ready", "filing.item_in_another");
    ASSERT_EQ(unit.withdraw("cases", one).status, 200);
    ASSERT_EQ(unit.hand_in("cases", other, parts).status, 200);
    expect_refused(unit.hand_in("cases", one, {}), 422, "filing.not_ready", "filing.item_in_another");
}

TEST_P(LifeOfAMonth, a_typical_case_is_begun_when_it_happens_and_owes_no_scan) {
    World w(GetParam());
    w.apply_pack(kPack);
    w.set_time(beijing("2023-03-20 09:00"));
    Receiver office(w, kOffice);
    Desk unit(w, kZhuzhou);
    const auto begin = [&](Client& by, const char* duty) { return by.post("/api/v1/filings", json::object{{"campaign", "hunan-2023"}, {"duty", duty}}); };
    expect_refused(begin(unit.client, "weekly"), 409, "filing.duty_not_on_event");
    expect_refused(begin(Desk(w, kYanling).client, "cases"), 404, "filing.unknown");
    const auto begun = begin(unit.client, "cases");
    ASSERT_EQ(begun.status, 200) << begun.text;
    const auto slot = "event:" + begun.string("/filingId");
    const auto item = unit.write_item("cases", "accident", "一起高处坠落事故的处理", "2023-03-17");
    ASSERT_EQ(item.status, 200) << item.text;
    const auto draft = unit.write_item("cases", "accident", "还没写完", "2023-03-17", {}, false);
    expect_refused(unit.hand_in("cases", slot, {{"cases", json::object{{"items", json::array{draft.at("/id")}}}}}), 422, "filing.not_ready", "filing.item_not_handed_in");
    const auto done = unit.hand_in("cases", slot, {{"cases", json::object{{"items", json::array{item.at("/id")}}}}});
    ASSERT_EQ(done.status, 200) << done.text;
    EXPECT_EQ(done.string("/routes/0/timeliness/counted"), "no_due");
    ASSERT_EQ(office.accept("cases", kZhuzhou, slot).status, 200);
    EXPECT_EQ(office.matrix("cases").number("/rowCount"), 1);
    // What the accepted filing holds does not change behind its receipt.
    const auto alone = unit.client.post("/api/v1/items/" + item.string("/id") + "/withdraw", json::object{{"version", item.number("/version")}});
    expect_refused(alone, 409, "item.inside_filing");
}

// H7; decisions 22
TEST_P(LifeOfAMonth, what_carries_a_secrecy_marking_is_refused_at_every_entry_and_only_its_facts_stay) {
    World w(GetParam());
    w.apply_pack(kPack);
    Desk unit(w, kZhuzhou);
    const std::string secret = "机密★1年\n某市隐患清单\n";
    const auto upload = unit.client.upload("/api/v1/attachments?paper=e_copy", encoded("清单.txt"), secret);
    expect_refused(upload, 422, "attachment.marked_secret");
    EXPECT_EQ(upload.text.find("隐患清单"), std::string::npos);
    EXPECT_EQ(w.count("select count(*) from attachments"), 0);
    EXPECT_EQ(w.count("select count(*) from blocked_uploads where name = '清单.txt' and rule = 'star' and size = " + std::to_string(secret.size())), 1);
    EXPECT_EQ(w.count("select count(*) from journal where deed = 'attachment.blocked'"), 1);
    expect_refused(unit.write_item("weekly", "leadership", "绝密", "2023-03-10"), 422, "item.content_refused", "item.marked_secret");
    w.set_time(beijing("2023-03-20 09:00"));
    const auto id = unit.filing_id("monthly", "2023-03");
    const json::object marked{{"progress", json::object{{"paragraphs", json::array{"秘密★"}}}}};
    expect_refused(unit.client.put("/api/v1/filings/" + id + "/draft", json::object{{"version", 0}, {"parts", marked}}), 422, "filing.marked_secret");
    expect_refused(unit.hand_in("monthly", "2023-03", marked), 422, "filing.marked_secret");
    EXPECT_EQ(unit.open("monthly", "2023-03").number("/draft/version"), 0);
    const auto named = unit.client.upload("/api/v1/attachments?paper=e_copy", encoded("说明.txt"), "本材料不含商业秘密。\n");
    ASSERT_EQ(named.status, 200) << named.text;  // the mere word is a warning
    EXPECT_FALSE(named.at("/warning").is_null());
}

}  // namespace
}  // namespace anban::test::life
