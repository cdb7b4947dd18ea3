#include "modules/campaigns/campaign_forms.h"
#include "modules/campaigns/campaigns_store.h"

#include "core/codec.h"

namespace anban::campaigns {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : ",") + word;
    return out;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto comma = text.find(',');
        out.emplace_back(text.substr(0, comma));
        text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    }
    return out;
}

std::optional<CivilDate> date(const db::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : parse_date(row.text(column));
}

DutyVersion duty_version(const db::Row& row) {
    DutyVersion v{row.string(0), row.string(1), row.int64(2), parse_date(row.text(3)).value(), date(row, 4), {}};
    auto definition = codec::decode<DutyDefinition>(json::parse(row.text(5)).value());
    if (!definition) throw db::Failure("duty version " + v.id + " can not be read");
    v.definition = std::move(*definition);
    return v;
}

constexpr const char* kDutyVersions = R"sql(
    select id, campaign_id, number, valid_from, valid_to, definition
    from duty_versions
)sql";

std::vector<DutyVersion> duty_versions(db::Connection& db, const char* name, const std::string& where, const db::Values& values) {
    std::vector<DutyVersion> found;
    db.each_built(name, kDutyVersions + where, values, [&](const db::Row& row) { found.push_back(duty_version(row)); });
    return found;
}

}  // namespace

namespace store {

std::optional<Campaign> find(db::Connection& db, std::string_view id) {
    std::optional<Campaign> found;
    db.each({"campaigns.find", R"sql(
        select id, title, office, period_from, period_to, pack_version, version
        from campaigns
        where id = $1
    )sql"}, {std::string(id)}, [&](const db::Row& row) {
        found = Campaign{row.string(0), row.string(1), row.string(2), parse_date(row.text(3)).value(), parse_date(row.text(4)).value(),
                         row.int64(5), row.int64(6)};
    });
    return found;
}

void put(db::Connection& db, const Campaign& c) {
    db.run({"campaigns.put", R"sql(
        insert into campaigns (id, title, office, period_from, period_to, pack_version, version)
        values ($1, $2, $3, $4, $5, $6, 1)
        on conflict (id) do update
        set title = excluded.title, office = excluded.office, period_from = excluded.period_from,
            period_to = excluded.period_to, pack_version = excluded.pack_version, version = campaigns.version + 1
    )sql"}, {c.id, c.title, c.office, format_date(c.period_from), format_date(c.period_to), c.pack_version});
}

std::string pack_digest(db::Connection& db, std::string_view campaign_id, std::int64_t number) {
    std::string digest;
    db.each({"campaigns.pack_digest", "select digest from pack_versions where campaign_id = $1 and number = $2"},
            {std::string(campaign_id), number}, [&](const db::Row& row) { digest = row.string(0); });
    return digest;
}

void add_pack(Work& work, std::string_view campaign_id, std::int64_t number, const std::string& digest, const std::string& content) {
    work.db.run({"campaigns.add_pack", R"sql(
        insert into pack_versions (campaign_id, number, digest, content, applied_at, applied_by)
        values ($1, $2, $3, $4, $5, $6)
    )sql"}, {std::string(campaign_id), number, digest, content, work.now.ms, work.actor.person_id});
}

void add_reporter(db::Connection& db, std::string_view campaign_id, const Reporter& r) {
    db.run({"campaigns.add_reporter", R"sql(
        insert into campaign_reporters (campaign_id, organization_id, receiver_id, groups, level, sort_order, valid_from)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (campaign_id, organization_id, receiver_id, valid_from) do update set valid_to = null
    )sql"}, {std::string(campaign_id), r.organization_id, r.receiver_id, joined(r.groups), r.level, r.sort_order, format_date(r.from)});
}

void close_reporter(db::Connection& db, std::string_view campaign_id, const Reporter& r, CivilDate on) {
    db.run({"campaigns.close_reporter", R"sql(
        update campaign_reporters
        set valid_to = $5
        where campaign_id = $1 and organization_id = $2 and receiver_id = $3 and valid_from = $4
    )sql"}, {std::string(campaign_id), r.organization_id, r.receiver_id, format_date(r.from), format_date(on)});
}

void describe_reporter(db::Connection& db, std::string_view campaign_id, const Reporter& r) {
    db.run({"campaigns.describe_reporter", R"sql(
        update campaign_reporters
        set groups = $5, level = $6, sort_order = $7
        where campaign_id = $1 and organization_id = $2 and receiver_id = $3 and valid_from = $4
    )sql"}, {std::string(campaign_id), r.organization_id, r.receiver_id, format_date(r.from), joined(r.groups), r.level, r.sort_order});
}

void add_duty_version(db::Connection& db, const DutyVersion& v) {
    db.run({"campaigns.add_duty_version", R"sql(
        insert into duty_versions (id, campaign_id, duty, number, definition, valid_from)
        values ($1, $2, $3, $4, $5, $6)
    )sql"}, {v.id, v.campaign_id, v.definition.duty, v.number, json::write_canonical(codec::encode(v.definition)), format_date(v.valid_from)});
}

void close_duty_version(db::Connection& db, std::string_view id, CivilDate on) {
    db.run({"campaigns.close_duty_version", "update duty_versions set valid_to = $2 where id = $1"}, {std::string(id), format_date(on)});
}

std::int64_t last_duty_number(db::Connection& db, std::string_view campaign_id, std::string_view duty) {
    return db.count({"campaigns.last_duty_number", R"sql(
        select coalesce(max(number), 0) from duty_versions where campaign_id = $1 and duty = $2
    )sql"}, {std::string(campaign_id), std::string(duty)});
}

bool add_form(Work& work, std::string_view campaign_id, const FormInPack& form) {
    return work.db.run({"campaigns.add_form", R"sql(
        insert into form_versions (digest, campaign_id, form, definition, created_at)
        values ($1, $2, $3, $4, $5)
        on conflict (digest) do nothing
    )sql"}, {form.digest, std::string(campaign_id), form.id, form.definition, work.now.ms}) != 0;
}

}  // namespace store

std::vector<std::string> list_ids(db::Connection& db) {
    std::vector<std::string> found;
    db.each({"campaigns.list_ids", "select id from campaigns order by period_from desc, id"}, {},
            [&](const db::Row& row) { found.push_back(row.string(0)); });
    return found;
}

std::vector<DutyVersion> current_duties(db::Connection& db, std::string_view campaign_id) {
    return duty_versions(db, "campaigns.current_duties", "where campaign_id = $1 and valid_to is null order by id", {std::string(campaign_id)});
}

std::vector<DutyVersion> newest_duties(db::Connection& db, std::string_view campaign_id) {
    return duty_versions(db, "campaigns.newest_duties", R"sql(
        where campaign_id = $1 and number = (select max(v.number) from duty_versions v
                                             where v.campaign_id = duty_versions.campaign_id and v.duty = duty_versions.duty)
        order by id
    )sql", {std::string(campaign_id)});
}

std::vector<DutyVersion> versions_of_duty(db::Connection& db, std::string_view campaign_id, std::string_view duty) {
    return duty_versions(db, "campaigns.versions_of_duty", "where campaign_id = $1 and duty = $2 order by number desc",
                         {std::string(campaign_id), std::string(duty)});
}

std::optional<DutyVersion> find_duty_version(db::Connection& db, std::string_view id) {
    auto found = duty_versions(db, "campaigns.find_duty_version", "where id = $1", {std::string(id)});
    return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::shared_ptr<const DutyVersion> current_duty(db::Connection& db, std::string_view campaign_id, std::string_view duty) {
    std::string id;
    db.each({"campaigns.current_duty", "select id from duty_versions where campaign_id = $1 and duty = $2 and valid_to is null"},
            {std::string(campaign_id), std::string(duty)}, [&](const db::Row& row) { id = row.string(0); });
    return id.empty() ? nullptr : load_duty_version(db, id);
}

namespace {

std::vector<Reporter> read_reporters(db::Connection& db, const db::Sql& sql, const db::Values& values) {
    std::vector<Reporter> found;
    db.each(sql, values, [&](const db::Row& row) {
        found.push_back({row.string(0), row.string(1), split(row.text(2)), row.string(3), row.int64(4),
                         parse_date(row.text(5)).value(), date(row, 6)});
    });
    return found;
}

}  // namespace

std::vector<Reporter> reporters_of(db::Connection& db, std::string_view campaign_id) {
    return read_reporters(db, {"campaigns.reporters_of", R"sql(
        select organization_id, receiver_id, groups, level, sort_order, valid_from, valid_to
        from campaign_reporters
        where campaign_id = $1
        order by sort_order, organization_id, receiver_id, valid_from
    )sql"}, {std::string(campaign_id)});
}

std::vector<Reporter> reporters_of(db::Connection& db, std::string_view campaign_id, std::string_view organization_id) {
    return read_reporters(db, {"campaigns.reporter", R"sql(
        select organization_id, receiver_id, groups, level, sort_order, valid_from, valid_to
        from campaign_reporters
        where campaign_id = $1 and organization_id = $2
        order by receiver_id, valid_from
    )sql"}, {std::string(campaign_id), std::string(organization_id)});
}

std::string form_definition(db::Connection& db, std::string_view digest) {
    std::string definition;
    db.each({"campaigns.form_definition", "select definition from form_versions where digest = $1"}, {std::string(digest)},
            [&](const db::Row& row) { definition = row.string(0); });
    return definition;
}

}  // namespace anban::campaigns
