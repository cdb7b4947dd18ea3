// A pack becomes the campaign's present version. What was owed before keeps the version it followed.
#include <algorithm>
#include <set>

#include "core/codec.h"
#include "core/ids.h"
#include "modules/campaigns/campaigns.h"
#include "modules/campaigns/campaigns_store.h"
#include "modules/journal/journal.h"
#include "modules/organizations/organizations.h"
#include "platform/crypto/crypto.h"

namespace anban::campaigns {
namespace {

using Ids = std::map<std::string, std::string>;  // full official name -> id

constexpr CivilDate kAlways{-7396};  // 1949-10-01: an organization whose pack names no first day

// The ids of all organizations of the pack; those not there yet are given one and listed for opening.
Ids resolve(Work& work, const Pack& pack, std::vector<organizations::Opening>& to_open) {
    Ids ids;
    for (const auto& o : pack.organizations) {
        if (const auto there = organizations::find_by_name(work.db, o.name)) {
            ids[o.name] = there->id;
            continue;
        }
        organizations::Opening opening;
        opening.id = ids[o.name] = new_id(work.now);
        opening.name = o.name;
        opening.short_name = o.short_name;
        opening.kind = codec::enum_from<organizations::Kind>(o.kind).value_or(organizations::Kind::bureau);
        opening.level = codec::enum_from<organizations::Level>(o.level).value_or(organizations::Level::city);
        opening.division_code = o.division.value_or("");
        opening.from = o.since.value_or(kAlways);
        to_open.push_back(std::move(opening));
    }
    return ids;
}

void add_parents(const Pack& pack, const Ids& ids, std::vector<organizations::Opening>& to_open) {
    for (auto& opening : to_open)
        for (const auto& edge : pack.find_organization(opening.name)->parents)
            opening.parents.push_back({*codec::enum_from<organizations::EdgeKind>(codec::enum_name(edge.kind)), ids.at(edge.parent)});
}

// What the pack says of organizations that were there before it.
std::vector<organizations::NewLink> parents_of_present(const Pack& pack, const Ids& ids, const std::vector<organizations::Opening>& opened) {
    std::set<std::string> fresh;
    for (const auto& opening : opened) fresh.insert(opening.id);
    std::vector<organizations::NewLink> links;
    for (const auto& o : pack.organizations)
        for (const auto& edge : o.parents)
            if (!fresh.contains(ids.at(o.name)))
                links.push_back({ids.at(o.name), {*codec::enum_from<organizations::EdgeKind>(codec::enum_name(edge.kind)), ids.at(edge.parent)}});
    return links;
}

Ids open_organizations(Work& work, const Pack& pack, ApplyReport& report) {
    std::vector<organizations::Opening> to_open;
    const auto ids = resolve(work, pack, to_open);
    add_parents(pack, ids, to_open);
    for (const auto& opening : to_open) report.organizations_opened.push_back(opening.name);
    if (!to_open.empty()) organizations::open_all(work, to_open, "organization.opened_by_pack");
    report.parents_added = organizations::link_all(work, parents_of_present(pack, ids, to_open), "organization.linked_by_pack");
    return ids;
}

// Who reports to whom in this pack, with the groups that say so. Key: organization, receiver.
std::map<std::pair<std::string, std::string>, Reporter> wanted_reporters(const Pack& pack, const Ids& ids) {
    std::map<std::pair<std::string, std::string>, Reporter> wanted;
    const auto want = [&](const PackOrganization& o, const std::string& receiver, const std::string& group) {
        auto& reporter = wanted[{ids.at(o.name), receiver}];
        reporter.organization_id = ids.at(o.name);
        reporter.receiver_id = receiver;
        reporter.level = o.level;
        reporter.sort_order = &o - pack.organizations.data() + 1;
        if (std::find(reporter.groups.begin(), reporter.groups.end(), group) == reporter.groups.end()) reporter.groups.push_back(group);
    };
    for (const auto& duty : pack.duties) {
        const auto* group = pack.find_group(duty.reporters);
        for (const auto& name : group->organizations) {
            const auto& o = *pack.find_organization(name);
            if (duty.collected_for) want(o, ids.at(std::string(receiver_of(pack, duty, o))), group->id);
            for (const auto& receiver : duty.receivers)
                for (const auto meant : meant_by(pack, receiver, o))
                    if (!receiver.outside) want(o, ids.at(std::string(meant)), group->id);
        }
    }
    return wanted;
}

std::string name_of(const Ids& ids, const std::string& id, db::Connection& db) {
    for (const auto& [name, known] : ids)
        if (known == id) return name;
    const auto o = organizations::find(db, id);
    return o ? o->name : id;
}

void apply_reporters(Work& work, const Pack& pack, const Ids& ids, CivilDate added_from, ApplyReport& report) {
    auto wanted = wanted_reporters(pack, ids);
    const auto today = beijing_date(work.now);
    for (auto& present : reporters_of(work.db, pack.id)) {
        if (present.to) continue;
        const auto same = wanted.find({present.organization_id, present.receiver_id});
        if (same == wanted.end()) {
            store::close_reporter(work.db, pack.id, present, today);
            report.reporters_removed.push_back(name_of(ids, present.organization_id, work.db));
            continue;
        }
        same->second.from = present.from;
        store::describe_reporter(work.db, pack.id, same->second);
        wanted.erase(same);
    }
    for (auto& [key, reporter] : wanted) {
        reporter.from = added_from;
        store::add_reporter(work.db, pack.id, reporter);
        report.reporters_added.push_back(name_of(ids, reporter.organization_id, work.db));
    }
}

void apply_duties(Work& work, const Pack& pack, const Ids& ids, const std::map<std::string, std::string>& digests,
                  const calendar::Calendar& calendar, ApplyReport& report) {
    const auto today = beijing_date(work.now);
    std::map<std::string, DutyVersion> present;
    for (auto& version : current_duties(work.db, pack.id)) present.emplace(version.definition.duty, std::move(version));
    for (const auto& duty : pack.duties) {
        DutyVersion version{new_id(work.now), pack.id, store::last_duty_number(work.db, pack.id, duty.id) + 1, today, std::nullopt,
                            definition_of(duty, ids, digests, calendar, pack)};
        const auto old = present.find(duty.id);
        if (old != present.end()) {
            const bool same = json::write_canonical(codec::encode(old->second.definition)) == json::write_canonical(codec::encode(version.definition));
            if (!same) store::close_duty_version(work.db, old->second.id, today);
            present.erase(old);
            if (same) continue;
            report.duties_changed.push_back(duty.title);
        } else {
            report.duties_added.push_back(duty.title);
        }
        store::add_duty_version(work.db, version);
    }
    for (const auto& [id, version] : present) {
        store::close_duty_version(work.db, version.id, today);
        report.duties_dropped.push_back(version.definition.title);
    }
}

Verdict refuse_forms(const Pack& pack, const std::map<std::string, std::string>& digests) {
    for (const auto& duty : pack.duties)
        for (const auto& part : duty.parts)
            if (part.form && !digests.contains(*part.form))
                return Refusal{Code::invalid, "campaign.form_missing", {{"form", *part.form}, {"duty", duty.id}}, {}, {}};
    return std::nullopt;
}

json::array papers_json(const std::vector<Paper>& papers) {
    json::array out;
    for (const auto& p : papers)
        out.push_back(json::object{{"title", p.title}, {"number", p.number ? json::value(*p.number) : json::value(nullptr)},
                                   {"issued", p.issued ? json::value(format_date(*p.issued)) : json::value(nullptr)}, {"scope", p.scope}});
    return out;
}

json::array strings_json(const std::vector<std::string>& words) {
    json::array out;
    for (const auto& word : words) out.emplace_back(word);
    return out;
}

// The facts of the notice, as the campaign's page shows them.
json::object notice_json(const Pack& pack) {
    json::object out{{"title", pack.notice.title},
                     {"number", pack.notice.number ? json::value(*pack.notice.number) : json::value(nullptr)},
                     {"issuer", pack.notice.issuer},
                     {"issued", format_date(pack.notice.issued)},
                     {"supersedes", papers_json(pack.notice.supersedes)},
                     {"basisPapers", papers_json(pack.basis_papers)},
                     {"addressees", strings_json(pack.addressees)},
                     {"copies", strings_json(pack.copies)},
                     {"periodAssumed", pack.period.assumed}};
    out["contact"] = pack.contact ? json::value(json::object{{"post", pack.contact->post}, {"channel", pack.contact->channel}}) : json::value(nullptr);
    json::array attachments, group;
    for (const auto& a : pack.attachments)
        attachments.push_back(json::object{{"title", a.title}, {"form", a.form ? json::value(*a.form) : json::value(nullptr)}});
    for (const auto& m : pack.leading_group) group.push_back(json::object{{"role", m.role}, {"post", m.post}});
    out["attachments"] = std::move(attachments);
    out["leadingGroup"] = std::move(group);
    return out;
}

// Everything that makes this version what it is; equal content is the same pack.
json::object content_json(Work& work, const Pack& pack, const std::map<std::string, std::string>& digests) {
    json::object forms, duties;
    for (const auto& [form, digest] : digests) forms[form] = digest;
    for (const auto& version : current_duties(work.db, pack.id)) duties[version.definition.duty] = codec::encode(version.definition);
    json::array reporters;
    for (const auto& r : reporters_of(work.db, pack.id))
        if (!r.to) reporters.push_back(json::array{r.organization_id, r.receiver_id, strings_json(r.groups)});
    return {{"id", pack.id}, {"title", pack.title}, {"office", pack.office}, {"periodFrom", format_date(pack.period.from)},
            {"periodTo", format_date(pack.period.to)}, {"notice", notice_json(pack)}, {"forms", forms}, {"duties", duties}, {"reporters", reporters}};
}

}  // namespace

Result<ApplyReport> apply(Work& work, const Pack& pack, const std::vector<FormInPack>& forms, const calendar::Calendar& calendar) {
    std::map<std::string, std::string> digests;
    for (const auto& form : forms) digests[form.id] = form.digest;
    if (auto no = refuse_forms(pack, digests)) return *no;

    ApplyReport report{pack.id};
    const auto before = store::find(work.db, pack.id);
    const auto ids = open_organizations(work, pack, report);
    const auto today = beijing_date(work.now);
    store::Campaign campaign{pack.id, pack.title, ids.at(pack.office), pack.period.from, pack.period.to, before ? before->pack_version : 0, 0};
    if (!before) store::put(work.db, campaign);
    for (const auto& form : forms)
        if (store::add_form(work, pack.id, form)) report.forms_changed.push_back(form.id);
    apply_reporters(work, pack, ids, before ? today : std::min(today, pack.period.from), report);
    apply_duties(work, pack, ids, digests, calendar, report);

    const auto content = json::write_canonical(content_json(work, pack, digests));
    const auto digest = crypto::hex(crypto::sm3(content));
    report.unchanged = before && store::pack_digest(work.db, pack.id, before->pack_version) == digest;
    report.pack_version = campaign.pack_version;
    if (report.unchanged) return report;
    report.pack_version = ++campaign.pack_version;
    store::put(work.db, campaign);
    store::add_pack(work, pack.id, report.pack_version, digest, content);
    journal::record(work, "campaign.applied", {"campaign", pack.id, campaign.office},
                    {{"report", codec::encode(report)}, {"digest", digest}});
    return report;
}

}  // namespace anban::campaigns
