#include "modules/items/store.h"

namespace anban::items::store {
namespace {

std::vector<Picture> pictures_of(db::Connection& db, std::string_view id) {
    std::vector<Picture> out;
    db.each({"items.pictures", "select attachment_id, caption from item_pictures where item_id = $1 order by position"},
            {std::string(id)}, [&](const db::Row& row) { out.push_back({row.string(0), row.string(1)}); });
    return out;
}

std::string body_json(const Item& item) { return json::write(codec::encode(item.paragraphs)); }

}  // namespace

std::optional<Item> find(db::Connection& db, std::string_view id) {
    std::optional<Item> found;
    db.each({"items.find", R"sql(
        select i.id, i.campaign_id, i.duty, i.part, i.category, i.organization_id, o.name, i.origin_id, f.name, i.title, i.body,
               i.happened_on, i.state, i.handed_in_at, i.return_reason, i.version
        from items i
        join organizations o on o.id = i.organization_id
        join organizations f on f.id = i.origin_id
        where i.id = $1
    )sql"}, {std::string(id)}, [&](const db::Row& row) {
        Item item;
        int column = 0;
        for (auto* field : {&item.id, &item.campaign_id, &item.duty, &item.part, &item.category, &item.organization_id,
                            &item.organization_name, &item.origin_id, &item.origin_name, &item.title})
            *field = row.string(column++);
        if (const auto body = json::parse(row.text(10)))
            if (auto paragraphs = codec::decode<std::vector<std::string>>(*body)) item.paragraphs = std::move(*paragraphs);
        item.happened_on = parse_date(row.text(11)).value_or(CivilDate{});
        item.state = *codec::enum_from<State>(row.text(12));
        if (!row.is_null(13)) item.handed_in_at = Instant{row.int64(13)};
        item.return_reason = row.string(14);
        item.version = row.int64(15);
        found = std::move(item);
    });
    if (found) found->pictures = pictures_of(db, id);
    return found;
}

void hold(db::Connection& db, std::string_view id) {
    db.run({"items.hold", "update items set version = version where id = $1"}, {std::string(id)});
}

std::string handed_in_by(db::Connection& db, std::string_view id) {
    std::string person;
    db.each({"items.handed_in_by", R"sql(
        select person_id from journal
        where object_kind = 'item' and object_id = $1 and deed = 'item.handed_in' and outcome = 'done'
        order by real_at desc, number desc
        limit 1
    )sql"}, {std::string(id)}, [&](const db::Row& row) { person = row.string(0); });
    return person;
}

void add(Work& work, const Item& item) {
    work.db.run({"items.add", R"sql(
        insert into items (id, campaign_id, duty, part, kind, category, organization_id, origin_id, title, body, happened_on,
                           state, handed_in_at, return_reason, created_by, created_at, version)
        values ($1, $2, $3, $4, 'news_item', $5, $6, $7, $8, $9, $10, $11, $12, '', $13, $14, $15)
    )sql"}, {item.id, item.campaign_id, item.duty, item.part, item.category, item.organization_id, item.origin_id, item.title,
             body_json(item), format_date(item.happened_on), std::string(codec::enum_name(item.state)),
             item.handed_in_at ? db::Value(item.handed_in_at->ms) : db::Value(nullptr), work.actor.person_id, work.now.ms, item.version});
    set_pictures(work, item);
}

bool change(Work& work, const Item& item) {
    return work.db.run({"items.change", R"sql(
        update items
        set category = $1, title = $2, body = $3, happened_on = $4, state = $5, handed_in_at = $6, return_reason = $7,
            origin_id = $8, version = version + 1
        where id = $9 and version = $10
    )sql"}, {item.category, item.title, body_json(item), format_date(item.happened_on), std::string(codec::enum_name(item.state)),
             item.handed_in_at ? db::Value(item.handed_in_at->ms) : db::Value(nullptr), item.return_reason, item.origin_id, item.id,
             item.version - 1}) == 1;
}

void set_pictures(Work& work, const Item& item) {
    work.db.run({"items.drop_pictures", "delete from item_pictures where item_id = $1"}, {item.id});
    std::int64_t position = 0;
    for (const auto& picture : item.pictures)
        work.db.run({"items.add_picture", R"sql(
            insert into item_pictures (item_id, attachment_id, position, caption) values ($1, $2, $3, $4)
        )sql"}, {item.id, picture.attachment_id, ++position, picture.caption});
}

std::optional<Span> month_span(std::string_view month) {
    const auto first = parse_date(std::string(month) + "-01");
    if (!first) return std::nullopt;
    return Span{beijing_instant(*first), beijing_day_end(month_last(*first))};
}

std::string month_of(Instant at) { return format_date(beijing_date(at)).substr(0, 7); }

void lock_quota(Work& work, const std::string& campaign_id, const std::string& duty, const std::string& organization_id,
                std::string_view month) {
    work.db.run({"items.lock_quota", R"sql(
        insert into counters (name, value) values ($1, 1)
        on conflict (name) do update set value = counters.value + 1
    )sql"}, {"quota:" + campaign_id + ':' + duty + ':' + organization_id + ':' + std::string(month)});
}

}  // namespace anban::items::store
