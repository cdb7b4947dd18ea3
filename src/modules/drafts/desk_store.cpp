#include "modules/drafts/desk_store.h"

#include "core/codec.h"

namespace anban::drafts::store {
namespace {

std::string as_json(const Content& content) { return json::write(codec::encode(content, json::one_use())); }

// What was kept before the reader read a class of things has none of it.
void add_missing(json::value& content) {
    auto& extract = content.at("extract").as_object();
    for (const char* list : {"papers", "phases", "workLines", "leadingGroup", "sectors", "ledgerColumns", "evaluation", "keyDates", "replaces"})
        if (!extract.contains(list)) extract[list] = json::array{};
}

Content content_of(std::string_view text) {
    auto parsed = json::parse(text);
    if (parsed) add_missing(*parsed);
    auto content = parsed ? codec::decode<Content>(*parsed) : Result<Content>(Refusal{});
    if (!content) throw std::runtime_error("a notice's content is not what was written");
    return *std::move(content);
}

}  // namespace

std::optional<Stored> find(db::Connection& db, const std::string& organization_id, const std::string& id) {
    std::optional<Stored> found;
    db.each({"notices.find", R"sql(
        select name, text, content, state, campaign_id, version
        from notices
        where id = $1 and organization_id = $2
    )sql"}, {id, organization_id}, [&](const db::Row& row) {
        found = Stored{id, organization_id, row.string(0), row.string(1), content_of(row.text(2)), *codec::enum_from<NoticeState>(row.text(3)),
                       row.is_null(4) ? std::nullopt : std::optional(row.string(4)), row.int64(5)};
    });
    return found;
}

void add(Work& work, const Stored& notice) {
    const auto content = as_json(notice.content);
    work.db.run({"notices.add", R"sql(
        insert into notices (id, organization_id, name, text, as_read, content, state, campaign_id, changed_by, changed_at, version)
        values ($1, $2, $3, $4, $5, $5, $6, null, $7, $8, 1)
    )sql"}, {notice.id, notice.organization_id, notice.name, notice.text, content, std::string(codec::enum_name(notice.state)), work.actor.name, work.now.ms});
}

bool change(Work& work, const Stored& notice) {
    return work.db.run({"notices.change", R"sql(
        update notices
        set content = $1, state = $2, campaign_id = $3, changed_by = $4, changed_at = $5, version = version + 1
        where id = $6 and organization_id = $7 and version = $8 and state = 'draft'
    )sql"}, {as_json(notice.content), std::string(codec::enum_name(notice.state)), notice.campaign_id ? db::Value(*notice.campaign_id) : db::Value(nullptr),
             work.actor.name, work.now.ms, notice.id, notice.organization_id, notice.version}) == 1;
}

bool remove(Work& work, const Stored& notice) {
    return work.db.run({"notices.remove", "delete from notices where id = $1 and organization_id = $2 and version = $3 and state = 'draft'"},
                       {notice.id, notice.organization_id, notice.version}) == 1;
}

}  // namespace anban::drafts::store
