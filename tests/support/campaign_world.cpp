#include "tests/support/campaign_world.h"

#include "app/migrations.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/store.h"
#include "modules/organizations/organizations.h"

namespace anban::test {
namespace {

using namespace campaigns;  // the pack's own words, all of them

PackOrganization unit(std::string name, std::string short_name, std::string level, std::vector<ParentEdge> parents) {
    PackOrganization o;
    o.name = std::move(name);
    o.short_name = std::move(short_name);
    o.kind = level == "province" ? "department" : "bureau";
    o.level = std::move(level);
    o.parents = std::move(parents);
    return o;
}

Part part(std::string id, PartKind kind) {
    Part p;
    p.id = id;
    p.title = id;
    p.kind = kind;
    return p;
}

Timetable times(Schedule schedule, DueRule due) {
    Timetable t;
    t.schedule = std::move(schedule);
    t.due = std::move(due);
    t.starts = *parse_date("2023-03-10");
    t.ends = *parse_date("2023-12-31");
    return t;
}

Duty duty(std::string id, std::string title, Timetable timetable, std::vector<Part> parts) {
    Duty d;
    d.id = std::move(id);
    d.title = std::move(title);
    d.reporters = "bureaus";
    d.receivers.push_back({CampaignWorld::kOffice, false, std::nullopt});
    d.timetable = std::move(timetable);
    d.parts = std::move(parts);
    d.nil_allowed = true;
    d.basis = {"一(一)", "自拟"};
    return d;
}

constexpr const char* kStatistics = R"yaml(id: statistics
kind: table
title: 调度统计表
head:
  - {id: found, title: 发现, unit: 项, source: lower_level}
  - {id: major, title: 其中重大, unit: 项, of_which: true}
  - {id: fixed, title: 整改, unit: 项}
  - {id: found_total, title: 累计发现, unit: 项, source: {cumulative: found}}
  - {id: rate, title: 整改率, unit: "%", source: {formula: "rate(fixed, found)"}}
rows:
  - {id: r1, title: 房建}
  - {id: r2, title: 燃气}
  - {id: all, title: 合计, kind: total}
checks:
  - {id: fixed_found, level: hard, rule: "found >= fixed", message: "整改（{right}）多于发现（{left}）"}
  - {id: much, level: explain, rule: "found <= 100", message: "发现 {left} 项，请说明"}
)yaml";

constexpr const char* kHazards = R"yaml(id: hazards
kind: ledger
title: 重大隐患台账
columns:
  - {id: unit, title: 隐患单位, type: text, required: true}
  - {id: found, title: 排查日期, type: date, required: true}
)yaml";

}  // namespace

Instant beijing(const std::string& text) {
    const auto minute = std::stoi(text.substr(11, 2)) * 60 + std::stoi(text.substr(14, 2));
    return beijing_instant(parse_date(text.substr(0, 10)).value(), minute);
}

campaigns::Pack small_pack() {
    campaigns::Pack pack;
    pack.id = "small";
    pack.title = "安全生产翻身仗";
    pack.notice = {"关于信息报送的通知", std::nullopt, CampaignWorld::kOffice, *parse_date("2023-03-10"), {}};
    pack.period = {*parse_date("2023-01-01"), *parse_date("2023-12-31"), true};
    pack.office = CampaignWorld::kOffice;
    const std::vector<ParentEdge> below_office{{campaigns::EdgeKind::sector, CampaignWorld::kOffice}};
    const std::vector<ParentEdge> below_zhuzhou{{campaigns::EdgeKind::sector, CampaignWorld::kZhuzhou}};
    pack.organizations = {unit(CampaignWorld::kOffice, "省住建厅", "province", {}),
                          unit(CampaignWorld::kZhuzhou, "株洲市住建局", "city", below_office),
                          unit(CampaignWorld::kXiangtan, "湘潭市住建局", "city", below_office),
                          unit(CampaignWorld::kHengyang, "衡阳市住建局", "city", below_office),
                          unit(CampaignWorld::kYouxian, "攸县住建局", "county", below_zhuzhou),
                          unit(CampaignWorld::kChaling, "茶陵县住建局", "county", below_zhuzhou)};
    for (std::size_t i = 0; i < pack.organizations.size(); ++i) pack.organization_index[pack.organizations[i].name] = i;
    pack.groups = {{"bureaus", "市州", {CampaignWorld::kZhuzhou, CampaignWorld::kXiangtan, CampaignWorld::kHengyang}},
                   {"counties", "县市区", {CampaignWorld::kYouxian, CampaignWorld::kChaling}}};

    auto weekly = duty("weekly", "每周信息", times(Weekly{Weekday::friday}, DueWeekday{Weekday::thursday, 17 * 60, true}),
                       {part("news", PartKind::narrative)});
    auto weekly_county = weekly;
    weekly_county.id = "weekly_county";
    weekly_county.reporters = "counties";
    weekly_county.receivers.clear();
    weekly_county.collected_for = "weekly";
    weekly_county.level = "county";
    weekly_county.lead = 2;
    weekly_county.basis = {"ours", "自拟"};
    auto monthly = duty("monthly", "每月进展", times(Monthly{}, DueMonthDay{25, std::nullopt, false}),
                        {part("progress", PartKind::narrative), part("remarks", PartKind::narrative), part("statistics", PartKind::table),
                         part("hazards", PartKind::ledger)});
    monthly.timetable.starts = *parse_date("2023-03-01");
    monthly.parts[1].optional = true;
    monthly.parts[2].form = "statistics";
    monthly.parts[3].form = "hazards";
    monthly.parts[3].nil_allowed = true;
    auto monthly_county = monthly;
    monthly_county.id = "monthly_county";
    monthly_county.reporters = "counties";
    monthly_county.receivers.clear();
    monthly_county.collected_for = "monthly";
    monthly_county.level = "county";
    monthly_county.lead = 2;
    monthly_county.parts = {monthly.parts[2]};
    auto cases = duty("cases", "典型案例", times(OnEvent{}, NoDue{}), {part("case", PartKind::narrative)});
    pack.duties = {weekly, weekly_county, monthly, monthly_county, cases};
    return pack;
}

FormInPack form_of(const std::string& yaml) {
    PackErrors errors;
    const auto form = forms::read_form(yaml, "test.yaml", errors);
    if (!form) throw std::runtime_error(errors.at(0).key);
    return form_in_pack(*form, yaml);
}

CampaignWorld::CampaignWorld(Engine engine, WorldDbOptions options)
    : now(beijing("2023-03-10 09:00")), pack(small_pack()), forms{form_of(kHazards), form_of(kStatistics)}, db(engine, migrations(), options) {}

filings::PublishReport CampaignWorld::publish() {
    const auto done = deed<filings::PublishReport>(at("", Role::office_leader, "operator"), [&](Work& work) {
        return filings::publish(work, pack, forms, calendar::Calendar::built_in());
    });
    if (!done) throw std::runtime_error(done.refusal().key);
    return *done;
}

filings::PublishReport CampaignWorld::publish_dry() {
    std::optional<filings::PublishReport> report;
    const auto actor = at("", Role::office_leader, "operator");
    db->write([&](db::Connection& connection) {
        Work work{connection, actor, now, now, now, "request"};
        report = filings::publish(work, pack, forms, calendar::Calendar::built_in()).value();
        return db::Outcome::undo;
    });
    return *report;
}

std::string CampaignWorld::organization(const std::string& name) {
    std::string id;
    db->read([&](db::Connection& connection) {
        if (const auto o = organizations::find_by_name(connection, name)) id = o->id;
    });
    return id;
}

Actor CampaignWorld::at(const std::string& organization_name, Role role, const std::string& person) {
    Actor actor;
    actor.person_id = person;
    actor.account_id = person;
    actor.organization_id = organization_name.empty() ? "" : organization(organization_name);
    actor.role = role;
    actor.name = organization_name + person;
    actor.address = "127.0.0.1";
    return actor;
}

filings::Filing CampaignWorld::filing(const std::string& duty, const std::string& organization_name, const std::string& slot) {
    std::optional<filings::Filing> found;
    const auto id = organization(organization_name);
    db->read([&](db::Connection& connection) { found = filings::store::find_by_slot(connection, pack.id, duty, id, slot); });
    return found.value();
}

filings::Route CampaignWorld::route(const std::string& duty, const std::string& organization_name, const std::string& slot) {
    const auto owed = filing(duty, organization_name, slot);
    std::vector<filings::Route> routes;
    db->read([&](db::Connection& connection) { routes = filings::store::routes_of(connection, owed.id); });
    return routes.at(0);
}

std::int64_t CampaignWorld::count(const std::string& sql) {
    std::int64_t value = 0;
    db->read([&](db::Connection& connection) {
        connection.each_built("test.count", sql, {}, [&](const db::Row& row) { value = row.int64(0); });
    });
    return value;
}

}  // namespace anban::test
