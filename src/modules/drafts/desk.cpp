#include "modules/drafts/desk.h"

#include <algorithm>
#include <set>

#include "core/codec.h"
#include "core/ids.h"
#include "core/utf8.h"
#include "modules/drafts/desk_store.h"
#include "modules/drafts/divisions.h"
#include "modules/drafts/paper_text.h"
#include "modules/drafts/settled.h"
#include "modules/drafts/spelling.h"
#include "modules/journal/journal.h"
#include "modules/organizations/organizations.h"
#include "platform/files/markings.h"

namespace anban::drafts {
namespace {

constexpr std::size_t kMostDuties = 500;
constexpr std::size_t kMostWordings = 100;  // of reporters: each is looked up among all divisions
constexpr std::int64_t kLongestClause = 3'000;  // characters

Refusal unknown() { return {Code::not_found, "notice.unknown", {}, {}, {}}; }
Refusal changed_meanwhile() { return {Code::conflict, "notice.changed_meanwhile", {}, {}, {}}; }


NoticeDraft shown(db::Connection& db, const store::Stored& kept) {
    const auto& [extract, issued, from, to, names] = kept.content;
    NoticeDraft out{kept.id, kept.version, kept.name, kept.state, kept.campaign_id, kept.text, extract.title, extract.doc_number, extract.issuer,
                    extract.addressees, issued, extract.issue_date, from, to, extract.duties, extract.office_will, names, {},
                    {extract.papers, extract.replaces, extract.phases, extract.work_lines, extract.leading_group, extract.sectors, extract.ledger_columns, extract.evaluation, extract.key_dates}};
    for (auto& group : groups(extract, wishes_of(kept), divisions())) {
        auto& shown = out.groups.emplace_back(UnitGroup{std::move(group.words), {}});
        for (auto& unit : group.units) {
            const auto settled = settled_as(db, unit);
            const bool known = settled == Settled::known;
            const bool resolved = settled != Settled::open && settled != Settled::closed;
            shown.units.push_back({std::move(unit.said), std::move(unit.name), std::move(unit.level), std::move(unit.division), resolved, known});
        }
    }
    return out;
}

// Lines as a browser counts them, and nothing that no person sees: a clause that is marked can be found again.
std::string plain_lines(std::string text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        const bool control = static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t';
        out += c == '\r' || c == '\f' || c == '\v' ? '\n' : control ? ' ' : c;
    }
    return out;
}

json::object told(const store::Stored& kept) {
    return {{"title", kept.content.extract.title}, {"name", kept.name}, {"duties", kept.content.extract.duties.size()}};
}

// Everything a person may have typed beside the duties' times.
std::vector<FieldError> faults_of_head(const Corrected& body) {
    std::vector<FieldError> faults;
    const auto text = [&](const std::string& value, const std::string& path, std::size_t most) {
        if (value.size() > most) faults.push_back({path, "draft.too_long", {}});
        if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20; })) faults.push_back({path, "draft.one_line", {}});
        check_marking(value, path, faults);
    };
    text(body.title, "/title", 1'000);
    text(body.doc_number, "/docNumber", 200);
    text(body.issuer, "/issuer", 1'000);
    text(body.addressees, "/addressees", 8'000);
    for (const auto& [value, member] : {std::pair(&body.issued, "/issued"), std::pair(&body.period_from, "/periodFrom"), std::pair(&body.period_to, "/periodTo")})
        if (*value && !parse_date(**value)) faults.push_back({member, "body.date_expected", {}});
    if (body.period_from && body.period_to && *body.period_to < *body.period_from) faults.push_back({"/periodTo", "draft.period", {}});
    const auto most = [&](std::size_t count, std::size_t limit, const char* path) {
        if (count > limit) faults.push_back({path, "draft.too_many", {{"most", std::to_string(limit)}}});
    };
    most(body.duties.size(), kMostDuties, "/duties");
    most(body.names.size(), 5'000, "/names");
    std::set<std::string> wordings;
    for (const auto& duty : body.duties) wordings.insert(duty.reporters);
    most(wordings.size(), kMostWordings, "/duties");
    for (std::size_t i = 0; i < body.names.size() && faults.size() < 100; ++i) {
        text(body.names[i].said, "/names/" + std::to_string(i) + "/said", 1'000);
        text(body.names[i].name, "/names/" + std::to_string(i) + "/name", 400);
    }
    return faults;
}

// The clause is what stands in the text at its place: nobody writes it anew.
void quote_all(const std::u32string& text, std::vector<notices::Duty>& duties, std::vector<FieldError>& faults) {
    const auto size = static_cast<std::int64_t>(text.size());
    for (std::size_t i = 0; i < duties.size() && faults.size() < 100; ++i) {
        auto& duty = duties[i];
        const auto path = "/duties/" + std::to_string(i);
        check_duty(duty, path, faults);
        if (duty.from < 0 || duty.to < duty.from || size < duty.to || duty.to - duty.from > kLongestClause) {
            faults.push_back({path + "/from", "draft.place", {{"most", std::to_string(kLongestClause)}}});
            continue;
        }
        duty.quote = utf8::encode(std::u32string_view(text).substr(static_cast<std::size_t>(duty.from), static_cast<std::size_t>(duty.to - duty.from)));
    }
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
    ReadNotice out{name, plain_lines(notices::text_as_read(*found)), issued, {}};
    if (out.text.find_first_not_of(" \t\r\n") == std::string::npos) return Refusal{Code::invalid, "notice.empty", {}, {}, {}};
    const auto verdict = files::check_markings(out.text);
    if (verdict.level == files::MarkingVerdict::Level::block)
        return Refusal{Code::unprocessable, "attachment.marked_secret", {{"name", name}, {"place", verdict.where}}, {}, verdict.rule};
    out.extract = notices::extract(out.text, issued);
    return out;
}

Result<std::string> add(Work& work, const ReadNotice& read) {
    store::Stored kept{new_id(work.now), work.actor.organization_id, read.name, read.text, {read.extract, read.issued, {}, {}, {}}, NoticeState::draft, {}, 1};
    store::add(work, kept);
    journal::record(work, "notice.read", {"notice", kept.id, kept.organization_id}, told(kept));
    return kept.id;
}

Result<Done> correct(Work& work, const std::string& id, const Corrected& body) {
    auto kept = store::find(work.db, work.actor.organization_id, id);
    if (!kept) return unknown();
    if (kept->state == NoticeState::published) return Refusal{Code::conflict, "notice.published", {}, {}, {}};
    auto duties = body.duties;
    auto faults = faults_of_head(body);
    quote_all(utf8::decode(kept->text), duties, faults);
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
    journal::record(work, "notice.corrected", {"notice", id, kept->organization_id}, told(*kept));
    return Done{};
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
