#include "modules/campaigns/campaigns.h"
#include "modules/items/items.h"
#include "modules/items/store.h"
#include "modules/organizations/scope.h"

namespace anban::items {
namespace {

struct Conditions {
    std::string sql;
    db::Values values;
    void where(const std::string& condition, db::Value value) {
        values.push_back(std::move(value));
        sql += " and " + condition + " $" + std::to_string(values.size());
    }
};

// Drafts are the unit's own; everything else is seen by whoever has the unit in scope.
Conditions conditions(const View& view, const std::string& campaign_id, const ListQuery& query) {
    Conditions out;
    out.values.push_back(campaign_id);
    out.sql = " where i.campaign_id = $1 and " + 
              organizations::data_filter(organizations::scope_of(view.actor), {"i.organization_id", "$1", "i.happened_on", "i.happened_on"}, out.values);
    out.values.push_back(view.actor.organization_id);
    out.sql += " and (i.state <> 'draft' or i.organization_id = $" + std::to_string(out.values.size()) + ")";
    if (query.duty) out.where("i.duty =", *query.duty);
    if (query.organization) out.where("i.organization_id =", *query.organization);
    if (query.state) out.where("i.state =", std::string(codec::enum_name(*query.state)));
    if (query.before) out.where("i.id <", *query.before);
    if (query.month)
        if (const auto span = store::month_span(*query.month)) {
            out.where("i.handed_in_at >=", span->from.ms);
            out.where("i.handed_in_at <=", span->to.ms);
        }
    return out;
}

std::optional<campaigns::PartDefinition> quota_part(db::Connection& db, const std::string& campaign_id, const std::string& duty) {
    if (const auto version = campaigns::current_duty(db, campaign_id, duty))
        for (const auto& part : version->definition.parts)
            if (part.kind == campaigns::PartKind::items) return part;
    return std::nullopt;
}

}  // namespace

Result<Page> list(View& view, const std::string& campaign_id, const ListQuery& query) {
    const int limit = query.limit.value_or(50);
    if (limit < 1 || limit > 200) return Refusal{Code::invalid, "page.limit", {{"most", "200"}}, {}, {}};
    if (query.month && !store::month_span(*query.month)) return Refusal{Code::invalid, "item.month", {}, {}, {}};
    const auto where = conditions(view, campaign_id, query);
    std::vector<std::string> ids;
    view.db.each_built("items.list", "select i.id from items i" + where.sql + " order by i.id desc limit " + std::to_string(limit + 1),
                       where.values, [&](const db::Row& row) { ids.push_back(row.string(0)); });
    Page page;
    if (static_cast<int>(ids.size()) > limit) {
        ids.pop_back();
        page.next = ids.back();
    }
    for (const auto& id : ids) page.items.push_back(*store::find(view.db, id));
    return page;
}

std::int64_t count_handed_in(db::Connection& db, const std::string& campaign_id, const std::string& duty,
                             const std::string& organization_id, std::string_view month) {
    const auto first = parse_date(std::string(month) + "-01");
    return first ? count_handed_in(db, campaign_id, duty, organization_id, *first, month_last(*first)) : 0;
}

std::int64_t count_handed_in(db::Connection& db, const std::string& campaign_id, const std::string& duty, const std::string& organization_id,
                             CivilDate from, CivilDate to) {
    return db.count({"items.count", R"sql(
        select count(*) from items
        where campaign_id = $1 and duty = $2 and organization_id = $3 and state = 'handed_in'
          and handed_in_at >= $4 and handed_in_at <= $5
    )sql"}, {campaign_id, duty, organization_id, beijing_instant(from).ms, beijing_day_end(to).ms});
}

Result<Meters> read_meters(View& view, const std::string& campaign_id, const MeterQuery& query) {
    const auto span = store::month_span(query.month);
    if (!span) return Refusal{Code::invalid, "item.month", {}, {}, {}};
    const auto part = campaigns::load(view, campaign_id) ? quota_part(view.db, campaign_id, query.duty) : std::nullopt;
    if (!part || !part->quota) return Refusal{Code::not_found, "item.no_such_duty", {{"duty", query.duty}}, {}, {}};
    Meters out;
    out.month = query.month;
    out.unit = part->quota->unit;
    db::Values values{campaign_id, query.duty, span->from.ms, span->to.ms};
    const organizations::Days month{beijing_date(span->from), beijing_date(span->to)};
    const auto scope = organizations::data_filter(organizations::scope_of(view.actor), "o.id", "$1", month, values);
    view.db.each_built("items.meters", R"sql(
        select o.id, o.name,
               (select count(*) from items i where i.campaign_id = $1 and i.duty = $2 and i.organization_id = o.id
                  and i.state = 'handed_in' and i.handed_in_at >= $3 and i.handed_in_at <= $4),
               (select count(*) from items i where i.campaign_id = $1 and i.duty = $2 and i.organization_id = o.id
                  and i.state = 'returned' and i.handed_in_at >= $3 and i.handed_in_at <= $4)
        from organizations o
        where exists (select 1 from filings f where f.campaign_id = $1 and f.duty = $2 and f.organization_id = o.id) and )sql" + scope +
        " order by o.sort_order, o.id", values, [&](const db::Row& row) {
        Meter meter{row.string(0), row.string(1), row.int64(2), row.int64(3), part->quota->min, part->quota->max, false};
        meter.met = meter.count >= part->quota->min.value_or(0);
        out.meters.push_back(std::move(meter));
    });
    return out;
}

}  // namespace anban::items
