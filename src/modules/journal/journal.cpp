#include "modules/journal/journal.h"

#include "modules/journal/chain.h"

namespace anban::journal {
namespace {

void write(Work& work, std::string_view deed, const Object& object, std::string_view outcome, json::object detail) {
    const std::string writer(work.db.writer());
    Link head;
    work.db.each({"journal.head", "select number, hash from journal_heads where writer = $1"}, {writer},
                 [&](const db::Row& row) { head = {row.int64(0), row.string(1)}; });

    Line line;
    line.writer = writer;
    line.number = head.number + 1;
    line.at = work.now;
    line.real_at = work.real_now;
    line.person_id = work.actor.person_id;
    line.actor_name = work.actor.name;
    line.organization_id = work.actor.organization_id;
    line.role = work.actor.person_id.empty() ? "" : std::string(codec::enum_name(work.actor.role));
    line.address = work.actor.address;
    line.request_id = work.request_id;
    line.deed = deed;
    line.object_kind = object.kind;
    line.object_id = object.id;
    line.object_organization_id = object.organization_id;
    line.outcome = outcome;
    line.detail = json::write_canonical(detail);
    line.hash = hash_of(head.hash, line);

    work.db.run_along({"journal.add", R"sql(
        insert into journal (writer, number, at, real_at, person_id, actor_name, organization_id, role, address, request_id,
                             deed, object_kind, object_id, object_organization_id, outcome, detail, hash)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
    )sql"}, {line.writer, line.number, line.at.ms, line.real_at.ms, line.person_id, line.actor_name, line.organization_id,
             line.role, line.address, line.request_id, line.deed, line.object_kind, line.object_id,
             line.object_organization_id, line.outcome, line.detail, line.hash});
    work.db.run_along({"journal.move_head", R"sql(
        insert into journal_heads (writer, number, hash) values ($1, $2, $3)
        on conflict (writer) do update set number = excluded.number, hash = excluded.hash
    )sql"}, {writer, line.number, line.hash});
}

}  // namespace

void record(Work& work, std::string_view deed, const Object& object, json::object detail) {
    write(work, deed, object, "done", std::move(detail));
}

void record_refused(Work& work, std::string_view deed, const Object& object, std::string_view key, json::object detail) {
    detail.insert_or_assign("refusal", key);
    write(work, deed, object, "refused", std::move(detail));
}

}  // namespace anban::journal
