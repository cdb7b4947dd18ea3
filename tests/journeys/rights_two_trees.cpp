#include "tests/journeys/rights_two_trees.h"

#include <stdexcept>

#include "core/ids.h"
#include "modules/calendar/calendar.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/issue.h"
#include "modules/filings/store.h"
#include "tests/support/campaign_world.h"

namespace anban::test {
namespace {

constexpr const char* kMinistry = "住房和城乡建设主管部门";
constexpr const char* kWeek = "2023-W11";

std::string of_second(std::string_view name) { return std::string(kMarker) + std::string(name); }

// Articles of the bureaus, two a month at most.
campaigns::Duty articles(campaigns::Duty duty) {
    duty.id = "articles";
    duty.title = "每月宣传信息";
    campaigns::Part part;
    part.id = part.title = "articles";
    part.kind = campaigns::PartKind::items;
    part.form = "articles";
    part.quota = campaigns::Quota{1, 2, "篇", campaigns::QuotaPer::month};
    duty.parts = {part};
    return duty;
}

// The small campaign with a ministry on top, to which the office itself reports: so the actor's parent has filings too.
campaigns::Pack first_pack() {
    auto pack = small_pack();
    auto ministry = pack.organizations.front();
    ministry.name = kMinistry;
    ministry.short_name = "主管部门";
    pack.organizations.front().parents = {{campaigns::EdgeKind::sector, kMinistry}};
    pack.organizations.insert(pack.organizations.begin(), ministry);
    // A county is the city's by place as well, so its clerk may change what is below; the office reaches the city by sector only.
    for (auto& o : pack.organizations)
        if (o.level == "county") o.parents.push_back({campaigns::EdgeKind::place, CampaignWorld::kZhuzhou});
    pack.groups.push_back({"office", "厅", {CampaignWorld::kOffice}});
    auto upward = pack.duties.front();
    upward.id = "upward";
    upward.reporters = "office";
    upward.receivers = {{kMinistry, false, std::nullopt}};
    pack.duties.push_back(upward);
    pack.duties.push_back(articles(pack.duties.front()));
    return pack;
}

campaigns::Pack second_pack() {
    auto pack = first_pack();
    pack.id = "second";
    pack.title = of_second(pack.title);
    pack.office = of_second(pack.office);
    pack.notice.issuer = of_second(pack.notice.issuer);
    for (auto& o : pack.organizations) {
        o.name = of_second(o.name);
        o.short_name = of_second(o.short_name);
        for (auto& edge : o.parents) edge.parent = of_second(edge.parent);
    }
    for (auto& group : pack.groups)
        for (auto& member : group.organizations) member = of_second(member);
    for (auto& duty : pack.duties) {
        duty.title = of_second(duty.title);
        for (auto& receiver : duty.receivers) receiver.organization = of_second(receiver.organization);
    }
    return pack;
}

// A third campaign, in which one bureau of the first tree hands in to the second tree's office.
campaigns::Pack crossing_pack() {
    auto pack = small_pack();
    pack.id = "crossing";
    pack.office = pack.notice.issuer = of_second(CampaignWorld::kOffice);
    auto office = pack.organizations.front();
    office.name = pack.office;
    auto bureau = pack.organizations.at(1);
    bureau.parents.clear();
    pack.organizations = {office, bureau};
    pack.groups = {{"bureaus", "市州", {CampaignWorld::kZhuzhou}}};
    pack.duties.resize(1);
    pack.duties.front().receivers = {{pack.office, false, std::nullopt}};
    return pack;
}

campaigns::Pack indexed(campaigns::Pack pack) {
    pack.organization_index.clear();
    for (std::size_t i = 0; i < pack.organizations.size(); ++i) pack.organization_index[pack.organizations[i].name] = i;
    return pack;
}

std::vector<campaigns::FormInPack> forms(std::string_view marker) {
    const std::string m(marker);
    return {form_of("id: statistics\nkind: table\ntitle: " + m + "调度统计表\nhead:\n  - {id: found, title: 发现, unit: 项, source: lower_level}\n"
                    "  - {id: fixed, title: 整改, unit: 项}\nrows:\n  - {id: r1, title: 房建}\n  - {id: all, title: 合计, kind: total}\n"),
            form_of("id: hazards\nkind: ledger\ntitle: " + m + "重大隐患台账\ncolumns:\n  - {id: unit, title: 隐患单位, type: text, required: true}\n"),
            form_of("id: articles\nkind: items\ntitle: " + m + "宣传信息\ncategories:\n  - {id: results, title: 工作成效}\n"
                    "counting_rule: handed_in_not_returned\npictures_min: 0\n")};
}

std::string duty_of(const std::string& organization) {
    if (organization.find("湖南省住房和城乡建设厅") != std::string::npos) return "upward";
    return organization.find("县") == std::string::npos ? "weekly" : "weekly_county";
}

}  // namespace

std::string_view word(Relation relation) {
    constexpr std::array<std::string_view, 5> words{"own", "child", "parent", "sibling", "stranger"};
    return words.at(static_cast<std::size_t>(relation));
}

const std::vector<Role>& every_role() {
    static const std::vector<Role> all = [] {
        std::vector<Role> roles;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Role>>([&](auto d) { roles.push_back(d.value); });
        return roles;
    }();
    return all;
}

std::string TwoTrees::full_name(Relation relation) {
    switch (relation) {
        case Relation::own: return CampaignWorld::kZhuzhou;
        case Relation::child: return CampaignWorld::kYouxian;
        case Relation::parent: return CampaignWorld::kOffice;
        case Relation::sibling: return CampaignWorld::kXiangtan;
        case Relation::stranger: return of_second(CampaignWorld::kZhuzhou);
    }
    return {};
}

TwoTrees::TwoTrees(Engine engine) : world(engine) {
    publish();
    for (const auto relation : kRelations) hand_in_a_week(full_name(relation));
    for (const auto relation : kRelations) ids_[relation] = things_of(full_name(relation));
}

void TwoTrees::publish() {
    const auto apply = [&](const campaigns::Pack& pack, std::string_view marker) {
        const auto done = world.app().as_operator<filings::PublishReport>(
            [&](Work& work) { return filings::publish(work, pack, forms(marker), calendar::Calendar::built_in()); });
        if (!done) throw std::runtime_error(done.refusal().key);
    };
    apply(indexed(first_pack()), "");
    apply(indexed(second_pack()), kMarker);
}

void TwoTrees::let_the_bureau_report_to_the_strangers_office() {
    const auto done = world.app().as_operator<filings::PublishReport>([&](Work& work) {
        return filings::publish(work, indexed(crossing_pack()), forms(kMarker), calendar::Calendar::built_in());
    });
    if (!done) throw std::runtime_error(done.refusal().key);
}

void TwoTrees::hand_in_a_week(const std::string& organization) {
    Actor actor;
    actor.person_id = actor.account_id = "reporter of " + organization;
    actor.organization_id = world.organization_id(organization);
    actor.role = Role::liaison;
    actor.name = organization + "联络员";
    actor.address = "127.0.0.1";
    const std::string campaign = organization.starts_with(kMarker) ? "second" : "small";
    world.app().database().write([&](db::Connection& db) {
        const auto real = world.app().clock().real_now();
        const auto now = world.app().clock().business(real);
        Work work{db, actor, now, now, real, "test"};
        const auto owed = filings::store::find_by_slot(db, campaign, duty_of(organization), actor.organization_id, kWeek).value();
        filings::HandingIn asked{owed.id, owed.version, 0, json::object{{"news", json::object{{"paragraphs", json::array{organization + "的一周"}}}}},
                                 false, false, {}};
        const auto receipt = filings::hand_in(work, asked);
        if (!receipt) throw std::runtime_error(receipt.refusal().key);
        return db::Outcome::keep;
    });
}

TwoTrees::Ids TwoTrees::things_of(const std::string& organization) {
    Ids ids;
    auto& client = world.as(organization, Role::liaison, "owner");
    const auto session = client.get("/api/v1/session");
    const auto stored = world.app().blobs().put(organization + "的附件");
    const Instant at{1};
    ids["organization"] = world.organization_id(organization);
    ids["campaign"] = organization.starts_with(kMarker) ? "second" : "small";
    ids["post"] = session.string("/post/id");
    ids["session"] = client.get("/api/v1/sessions").string("/rows/0/id");
    ids["item"] = new_id(at);
    ids["attachment"] = new_id(at);
    ids["notice"] = new_id(at);
    world.app().database().write([&](db::Connection& db) {
        const auto one = [&](const std::string& name, const std::string& sql, const db::Values& values) {
            db.each_built(name, sql, values, [&](const db::Row& row) { ids[name] = row.string(0); });
        };
        one("account", "select id from accounts where person_id = $1", {session.string("/person/id")});
        one("filing", "select filing_id from filing_routes where organization_id = $1 and state = 'submitted'", {ids["organization"]});
        one("route", "select id from filing_routes where organization_id = $1 and state = 'submitted'", {ids["organization"]});
        one("submission", "select submission_id from filing_routes where organization_id = $1 and state = 'submitted'", {ids["organization"]});
        one("table_filing", "select id from filings where organization_id = $1 and (slot = '2023-03' or duty = 'upward') order by slot desc", {ids["organization"]});
        db.run({"test.item", R"sql(
            insert into items (id, campaign_id, duty, part, kind, category, organization_id, origin_id, title, body, happened_on, state,
                               handed_in_at, return_reason, created_by, created_at, version)
            values ($1, $2, $3, 'articles', 'news_item', 'results', $4, $4, $5, '{"paragraphs":[]}', '2023-03-09', 'handed_in', $6, '', 'x', $6, 1)
        )sql"}, {ids["item"], ids["campaign"], "articles", ids["organization"], organization + "的稿件", beijing("2023-03-09 08:00").ms});
        db.run({"test.attachment", R"sql(
            insert into attachments (id, sha256, name, type, size, paper, organization_id, uploaded_by, uploaded_at)
            values ($1, $2, $3, 'text', $5, 'e_copy', $4, 'x', 1)
        )sql"}, {ids["attachment"], stored.sha256, organization + "的附件.txt", ids["organization"], static_cast<std::int64_t>(stored.size)});
        db.run({"test.notice", R"sql(
            insert into notices (id, organization_id, name, text, as_read, content, state, campaign_id, changed_by, changed_at, version)
            values ($1, $2, '', $3, '{}', $4, 'draft', null, 'x', 1, 1)
        )sql"}, {ids["notice"], ids["organization"], organization + "的通知",
                 R"({"extract":{"title":"一份通知","docNumber":"","issuer":"","addressees":"","issueDate":"2023-03-10","duties":[],"officeWill":[]},"names":[]})"});
        db.run({"test.use", R"sql(
            insert into attachment_uses (attachment_id, kind, object_id, campaign_id, organization_id, first_day, last_day)
            values ($1, 'item', $2, $3, $4, '2023-03-09', '2023-03-09')
        )sql"}, {ids["attachment"], ids["item"], ids["campaign"], ids["organization"]});
        return db::Outcome::keep;
    });
    return ids;
}

std::string TwoTrees::id(std::string_view subject, Relation relation) const {
    const auto& ids = ids_.at(relation);
    const auto found = ids.find(subject);
    if (found == ids.end()) throw std::runtime_error("no thing of this kind to ask about: " + std::string(subject));
    return found->second;
}

}  // namespace anban::test
