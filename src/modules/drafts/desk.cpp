#include "modules/drafts/desk.h"

#include <algorithm>

#include "core/codec.h"
#include "core/ids.h"
#include "core/utf8.h"
#include "modules/drafts/desk_store.h"
#include "modules/drafts/divisions.h"
#include "modules/drafts/paper_text.h"
#include "modules/drafts/spelling.h"
#include "modules/journal/journal.h"
#include "modules/organizations/organizations.h"
#include "platform/files/markings.h"

namespace anban::drafts {
namespace {

constexpr std::size_t kMostDuties = 500;

Refusal unknown() { return {Code::not_found, "notice.unknown", {}, {}, {}}; }
Refusal changed_meanwhile() { return {Code::conflict, "notice.changed_meanwhile", {}, {}, {}}; }


NoticeDraft shown(db::Connection& db, const store::Stored& kept) {
    const auto& [extract, issued, from, to, names] = kept.content;
    NoticeDraft out{kept.id, kept.version, kept.name, kept.state, kept.campaign_id, kept.text, extract.title, extract.doc_number, extract.issuer,
                    extract.addressees, issued, extract.issue_date, from, to, extract.duties, extract.office_will, names, {}};
    for (auto& group : groups(extract, wishes_of(kept), divisions())) {
        auto& shown = out.groups.emplace_back(UnitGroup{std::move(group.words), {}});
        for (auto& unit : group.units) {
            const bool named = unit.name != unit.said;
            const bool known = !unit.name.empty() && organizations::find_by_name(db, unit.name).has_value();
            shown.units.push_back({std::move(unit.said), std::move(unit.name), std::move(unit.level), std::move(unit.division), unit.resolved || named || known, known});
        }
    }
    return out;
}

json::object told(const store::Stored& kept) {
    return {{"title", kept.content.extract.title}, {"name", kept.name}, {"duties", kept.content.extract.duties.size()}};
}

void check_head(const Corrected& body, std::vector<FieldError>& faults) {
    const auto text = [&](const std::string& value, const char* member, std::size_t most) {
        if (value.size() > most) faults.push_back({std::string("/") + member, "draft.too_long", {}});
        if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; })) faults.push_back({std::string("/") + member, "draft.one_line", {}});
    };
    text(body.title, "title", 1'000);
    text(body.doc_number, "docNumber", 200);
    text(body.issuer, "issuer", 1'000);
    text(body.addressees, "addressees", 8'000);
    for (const auto& [value, member] : {std::pair(&body.issued, "/issued"), std::pair(&body.period_from, "/periodFrom"), std::pair(&body.period_to, "/periodTo")})
        if (*value && !parse_date(**value)) faults.push_back({member, "body.date_expected", {}});
    if (body.period_from && body.period_to && *body.period_to < *body.period_from) faults.push_back({"/periodTo", "draft.period", {}});
    if (body.duties.size() > kMostDuties) faults.push_back({"/duties", "draft.too_many", {{"most", std::to_string(kMostDuties)}}});
    if (body.names.size() > 5'000) faults.push_back({"/names", "draft.too_many", {{"most", "5000"}}});
    for (const auto& one : body.names) text(one.name, "names", 400);
}

// The clause is what stands in the text at its place: nobody writes it anew.
void quote_from(const std::u32string& text, notices::Duty& duty, const std::string& path, std::vector<FieldError>& faults) {
    const auto size = static_cast<std::int64_t>(text.size());
    if (duty.from < 0 || duty.to < duty.from || size < duty.to || kMostDuties * 40 < static_cast<std::size_t>(duty.to - duty.from))
        return faults.push_back({path + "/from", "draft.place", {}});
    duty.quote = utf8::encode(std::u32string_view(text).substr(static_cast<std::size_t>(duty.from), static_cast<std::size_t>(duty.to - duty.from)));
}

}  // namespace

Wishes wishes_of(const store::Stored& kept) {
    Wishes out{kept.content.issued, {}, kept.content.period_from, kept.content.period_to, {}};
    for (const auto& one : kept.content.names) out.names[one.said] = one.name;
    return out;
}

Result<ReadNotice> read_notice(const std::string& name, std::string_view bytes, const std::optional<std::string>& issued) {
    if (issued && !parse_date(*issued)) return Refusal{Code::invalid, "body.not_as_declared", {}, {{"/issued", "body.date_expected", {}}}, {}};
    const auto found = text_of_paper(name, bytes);
    if (!found) return found.refusal();
    ReadNotice out{name, notices::text_as_read(*found), issued, {}};
    if (out.text.find_first_not_of(" \t\r\n") == std::string::npos) return Refusal{Code::invalid, "notice.empty", {}, {}, {}};
    const auto verdict = files::check_markings(out.text);
    if (verdict.level == files::MarkingVerdict::Level::block)
        return Refusal{Code::unprocessable, "attachment.marked_secret", {{"name", name}, {"place", verdict.where}}, {}, verdict.rule};
    out.extract = notices::extract(out.text, issued);
    return out;
}

Result<NoticeDraft> add(Work& work, const ReadNotice& read) {
    store::Stored kept{new_id(work.now), work.actor.organization_id, read.name, read.text, {read.extract, read.issued, {}, {}, {}}, NoticeState::draft, {}, 1};
    store::add(work, kept);
    journal::record(work, "notice.read", {"notice", kept.id, kept.organization_id}, told(kept));
    return shown(work.db, kept);
}

Result<NoticeDraft> correct(Work& work, const std::string& id, const Corrected& body) {
    auto kept = store::find(work.db, work.actor.organization_id, id);
    if (!kept) return unknown();
    if (kept->state == NoticeState::published) return Refusal{Code::conflict, "notice.published", {}, {}, {}};
    std::vector<FieldError> faults;
    check_head(body, faults);
    const auto text = utf8::decode(kept->text);
    auto duties = body.duties;
    for (std::size_t i = 0; i < duties.size() && faults.size() < 100; ++i) {
        const auto path = "/duties/" + std::to_string(i);
        check_duty(duties[i], path, faults);
        quote_from(text, duties[i], path, faults);
    }
    if (!faults.empty()) return Refusal{Code::invalid, "body.not_as_declared", {}, std::move(faults), {}};
    auto& [extract, issued, from, to, names] = kept->content;
    extract.title = body.title;
    extract.doc_number = body.doc_number;
    extract.issuer = body.issuer;
    extract.addressees = body.addressees;
    extract.duties = std::move(duties);
    issued = body.issued;
    from = body.period_from;
    to = body.period_to;
    names = body.names;
    kept->version = body.version;
    if (!store::change(work, *kept)) return changed_meanwhile();
    ++kept->version;
    journal::record(work, "notice.corrected", {"notice", id, kept->organization_id}, told(*kept));
    return shown(work.db, *kept);
}

Result<Done> remove(Work& work, const std::string& id, std::int64_t version) {
    auto kept = store::find(work.db, work.actor.organization_id, id);
    if (!kept) return unknown();
    if (kept->state == NoticeState::published) return Refusal{Code::conflict, "notice.published", {}, {}, {}};
    kept->version = version;
    if (!store::remove(work, *kept)) return changed_meanwhile();
    journal::record(work, "notice.removed", {"notice", id, kept->organization_id}, told(*kept));
    return Done{};
}

Result<NoticeDraft> open(View& view, const std::string& id) {
    const auto kept = store::find(view.db, view.actor.organization_id, id);
    if (!kept) return unknown();
    return shown(view.db, *kept);
}

NoticeLines list(View& view) {
    NoticeLines out;
    view.db.each({"notices.list", R"sql(
        select id, name, content, state, campaign_id, changed_at, changed_by
        from notices
        where organization_id = $1
        order by changed_at desc, id desc
        limit 200
    )sql"}, {view.actor.organization_id}, [&](const db::Row& row) {
        const auto content = json::parse(row.text(2)).value();
        const auto& extract = content.at("extract");
        out.notices.push_back({row.string(0), row.string(1), std::string(extract.at("title").as_string()), *codec::enum_from<NoticeState>(row.text(3)),
                               row.is_null(4) ? std::nullopt : std::optional(row.string(4)),
                               static_cast<std::int64_t>(extract.at("duties").as_array().size()), Instant{row.int64(5)}, row.string(6)});
    });
    return out;
}

}  // namespace anban::drafts
