#include "modules/attachments/attachments.h"

#include "core/codec.h"
#include "modules/journal/journal.h"

namespace anban::attachments {
namespace {

Attachment read(const db::Row& row) {
    Attachment out;
    out.id = row.string(0);
    out.sha256 = row.string(1);
    out.name = row.string(2);
    out.type = row.string(3);
    out.size = row.int64(4);
    out.paper = codec::enum_from<Paper>(row.text(5)).value_or(Paper::e_copy);
    out.organization_id = row.string(6);
    out.uploaded_by = row.string(7);
    out.uploaded_at = {row.int64(8)};
    return out;
}

}  // namespace

std::optional<Attachment> find(db::Connection& db, std::string_view id) {
    std::optional<Attachment> found;
    db.each({"attachments.find", R"sql(
        select id, sha256, name, type, size, paper, organization_id, uploaded_by, uploaded_at
        from attachments
        where id = $1
    )sql"}, {std::string(id)}, [&](const db::Row& row) { found = read(row); });
    return found;
}

std::vector<Attachment> find_all(db::Connection& db, const std::vector<std::string>& ids) {
    std::vector<Attachment> out;
    for (const auto& id : ids)
        if (auto found = find(db, id)) out.push_back(std::move(*found));
    return out;
}

void hand_in(Work& work, const HandedIn& with, const std::vector<std::string>& attachment_ids) {
    for (const auto& id : attachment_ids)
        work.db.run({"attachments.hand_in", R"sql(
            insert into attachment_uses (attachment_id, kind, object_id, campaign_id, organization_id, first_day, last_day)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (attachment_id, kind, object_id) do update set first_day = excluded.first_day, last_day = excluded.last_day
        )sql"}, {id, with.kind, with.object_id, with.campaign_id, with.organization_id, format_date(with.days.first),
                 format_date(with.days.last)});
}

std::string handed_in_filter(const Actor& actor, std::string_view id, db::Values& values) {
    const organizations::Data use{"u.organization_id", "u.campaign_id", "u.first_day", "u.last_day"};
    return "exists (select 1 from attachment_uses u where u.attachment_id = " + std::string(id) + " and " +
           organizations::data_filter(organizations::scope_of(actor), use, values) + ")";
}

bool may_see(db::Connection& db, const Actor& actor, const Attachment& attachment) {
    const auto reach = organizations::scope_of(actor).reach;
    if (reach == organizations::Reach::nothing) return false;
    if (attachment.organization_id == actor.organization_id) return true;
    db::Values values{attachment.id};
    const auto filter = handed_in_filter(actor, "a.id", values);
    bool seen = false;
    db.each_built("attachments.may_see", "select 1 from attachments a where a.id = $1 and " + filter, values,
                  [&](const db::Row&) { seen = true; });
    return seen;
}

Result<Done> keep(Work& work, const Attachment& attachment) {
    work.db.run({"attachments.add", R"sql(
        insert into attachments (id, sha256, name, type, size, paper, organization_id, uploaded_by, uploaded_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    )sql"}, {attachment.id, attachment.sha256, attachment.name, attachment.type, attachment.size,
             std::string(codec::enum_name(attachment.paper)), attachment.organization_id, attachment.uploaded_by,
             attachment.uploaded_at.ms});
    journal::record(work, "attachment.uploaded", {"attachment", attachment.id, attachment.organization_id},
                    {{"name", attachment.name}, {"sha256", attachment.sha256}, {"size", attachment.size}});
    return Done{};
}

}  // namespace anban::attachments
