#include "modules/items/items.h"

#include <algorithm>

#include "core/ids.h"
#include "modules/attachments/attachments.h"
#include "modules/campaigns/campaigns.h"
#include "modules/items/rules.h"
#include "modules/items/store.h"
#include "modules/journal/journal.h"
#include "modules/organizations/scope.h"

namespace anban::items {
namespace {

using rules::Deed;

Refusal unknown() { return {Code::not_found, "item.unknown", {}, {}, {}}; }
Refusal changed_meanwhile() { return {Code::conflict, "item.changed_meanwhile", {}, {}, {}}; }

// The part that asks for the item, of the duty as it stands today.
struct Asked {
    campaigns::PartDefinition part;
    std::vector<std::string> receivers;
    rules::Form form;
};

rules::Form form_of(db::Connection& db, const campaigns::PartDefinition& part) {
    rules::Form form;
    const auto definition = json::parse(campaigns::form_definition(db, part.form_digest));
    if (!definition || !definition->is_object()) return form;
    if (const auto* least = definition->get_object().if_contains("picturesMin"); least && least->is_int64()) form.pictures_min = least->get_int64();
    if (const auto* categories = definition->get_object().if_contains("categories"); categories && categories->is_array())
        for (const auto& category : categories->get_array()) form.categories.emplace_back(category.at("id").as_string());
    return form;
}

Result<Asked> asked(db::Connection& db, const std::string& campaign_id, const std::string& duty, const std::string& part) {
    const auto version = campaigns::current_duty(db, campaign_id, duty);
    if (version)
        for (const auto& candidate : version->definition.parts)
            if (candidate.id == part && candidate.kind == campaigns::PartKind::items)
                return Asked{candidate, version->definition.receivers, form_of(db, candidate)};
    return Refusal{Code::not_found, "item.no_such_duty", {{"duty", duty}}, {}, {}};
}

// Whether this duty is the unit's own: a county that reports monthly figures does not owe the city's articles.
bool reports_in(db::Connection& db, const std::string& campaign_id, const std::string& organization_id, const std::string& duty) {
    const auto version = campaigns::current_duty(db, campaign_id, duty);
    if (!version) return false;
    const auto group = ',' + version->definition.group + ',';
    bool reports = false;
    db.each({"items.reports_in", R"sql(
        select groups from campaign_reporters where campaign_id = $1 and organization_id = $2 and valid_to is null
    )sql"}, {campaign_id, organization_id}, [&](const db::Row& row) {
        reports = reports || (',' + row.string(0) + ',').find(group) != std::string::npos;
    });
    return reports;
}

Verdict refuse_pictures(Work& work, const Item& item) {
    for (std::size_t i = 0; i < item.pictures.size(); ++i) {
        const auto found = attachments::find(work.db, item.pictures[i].attachment_id);
        const bool fits = found && found->paper == attachments::Paper::picture && attachments::may_see(work.db, work.actor, *found);
        if (!fits)
            return Refusal{Code::unprocessable, "item.content_refused", {},
                           {{"/pictures/" + std::to_string(i) + "/attachmentId", "attachment.unknown", {}}}, {}};
    }
    return std::nullopt;
}

// The item of the actor's own unit; anybody else's is not there.
Result<Item> load_own(Work& work, const std::string& id, std::int64_t version) {
    store::hold(work.db, id);
    auto item = store::find(work.db, id);
    if (!item || item->organization_id != work.actor.organization_id) return unknown();
    if (item->version != version) return changed_meanwhile();
    return std::move(*item);
}

bool receives(Work& work, const Item& item) {
    return work.db.exists({"items.receives", R"sql(
        select 1 from campaign_reporters
        where campaign_id = $1 and organization_id = $2 and receiver_id = $3 and valid_from <= $4 and (valid_to is null or valid_to > $4)
    )sql"}, {item.campaign_id, item.organization_id, work.actor.organization_id, format_date(beijing_date(work.now))});
}

Result<Item> load_received(Work& work, const std::string& id, std::int64_t version) {
    store::hold(work.db, id);
    auto item = store::find(work.db, id);
    if (!item || item->state == State::draft || !receives(work, *item)) return unknown();
    if (item->version != version) return changed_meanwhile();
    return std::move(*item);
}

// Persons are compared, never posts (decisions.md 8).
Verdict refuse_own_work(Work& work, const Item& item) {
    if (store::handed_in_by(work.db, item.id) != work.actor.person_id) return std::nullopt;
    return Refusal{Code::forbidden, "item.own_work", {{"title", item.title}}, {}, {}};
}

// What stands inside a filing that is under review or accepted changes only with that filing: its receipt speaks of it.
Verdict refuse_inside_filing(db::Connection& db, const Item& item) {
    const bool inside = db.exists({"items.inside_filing", R"sql(
        select 1
        from items i
        join filing_routes r on r.filing_id = i.filing_id
        where i.id = $1 and r.state in ('submitted', 'accepted')
    )sql"}, {item.id});
    if (!inside) return std::nullopt;
    return Refusal{Code::conflict, "item.inside_filing", {{"title", item.title}}, {}, {}};
}

Result<Item> keep(Work& work, Item item, State to, std::string_view deed, json::object detail) {
    item.state = to;
    ++item.version;
    if (!store::change(work, item)) return changed_meanwhile();
    detail.emplace("title", item.title);
    journal::record(work, deed, {"item", item.id, item.organization_id}, std::move(detail));
    return item;
}

// Whoever reads the item sees its pictures from now on.
void hand_in_pictures(Work& work, const Item& item) {
    std::vector<std::string> ids;
    for (const auto& picture : item.pictures) ids.push_back(picture.attachment_id);
    attachments::hand_in(work, {"item", item.id, item.campaign_id, item.organization_id, {item.happened_on, item.happened_on}}, ids);
}

// Complete, within the quota, and only then handed in: the one gate for both ways in.
Verdict refuse_handing_in(Work& work, const Item& item, Instant counted_at) {
    const auto duty = asked(work.db, item.campaign_id, item.duty, item.part);
    if (!duty) return duty.refusal();
    if (auto refusal = rules::refuse_content(item, duty->form, true, beijing_date(work.now))) return refusal;
    if (!duty->part.quota || !duty->part.quota->max) return std::nullopt;
    const auto month = store::month_of(counted_at);
    store::lock_quota(work, item.campaign_id, item.duty, item.organization_id, month);
    if (count_handed_in(work.db, item.campaign_id, item.duty, item.organization_id, month) >= *duty->part.quota->max)
        return Refusal{Code::conflict, "item.quota_full", {{"most", std::to_string(*duty->part.quota->max)}}, {}, {}};
    return std::nullopt;
}

Result<Item> begin(Work& work, const std::string& campaign_id, const Writing& asked_for) {
    if (asked_for.id) {
        if (!asked_for.version) return Refusal{Code::invalid, "body.not_as_declared", {}, {{"/version", "body.missing", {}}}, {}};
        return load_own(work, *asked_for.id, *asked_for.version);
    }
    if (!reports_in(work.db, campaign_id, work.actor.organization_id, asked_for.duty))
        return Refusal{Code::not_found, "item.no_such_duty", {{"duty", asked_for.duty}}, {}, {}};
    Item item;
    item.campaign_id = campaign_id;
    item.duty = asked_for.duty;
    item.part = asked_for.part;
    item.organization_id = work.actor.organization_id;
    return item;
}

}  // namespace

Result<Item> write(Work& work, const std::string& campaign_id, const Writing& asked_for) {
    auto item = begin(work, campaign_id, asked_for);
    if (!item) return item;
    if (auto allowed = rules::next(item->state, Deed::write); !allowed) return allowed.refusal();
    const auto duty = asked(work.db, item->campaign_id, item->duty, item->part);
    if (!duty) return duty.refusal();
    item->category = asked_for.category;
    item->title = asked_for.title;
    item->paragraphs = asked_for.paragraphs;
    item->happened_on = asked_for.happened_on;
    item->pictures = asked_for.pictures;
    item->origin_id = asked_for.origin_id.value_or(item->organization_id);
    if (!organizations::in_scope(work.db, organizations::scope_of(work.actor), item->origin_id, item->campaign_id,
                                 {item->happened_on, item->happened_on}))
        return Refusal{Code::unprocessable, "item.content_refused", {}, {{"/originId", "item.origin_unknown", {}}}, {}};
    if (auto refusal = refuse_pictures(work, *item)) return *refusal;
    if (auto refusal = rules::refuse_content(*item, duty->form, asked_for.hand_in, beijing_date(work.now))) return *refusal;
    if (asked_for.hand_in) {
        if (auto refusal = refuse_handing_in(work, *item, work.received)) return *refusal;
        item->state = State::handed_in;
        item->handed_in_at = work.received;
    }
    ++item->version;
    const bool fresh = item->id.empty();
    if (fresh) {
        item->id = new_id(work.real_now);
        store::add(work, *item);
    } else {
        if (!store::change(work, *item)) return changed_meanwhile();
        store::set_pictures(work, *item);
    }
    if (asked_for.hand_in) hand_in_pictures(work, *item);
    journal::record(work, asked_for.hand_in ? "item.handed_in" : "item.saved", {"item", item->id, item->organization_id},
                    {{"title", item->title}, {"duty", item->duty}});
    return *store::find(work.db, item->id);
}

Result<Item> hand_in(Work& work, const std::string& id, std::int64_t version) {
    auto item = load_own(work, id, version);
    if (!item) return item;
    const auto to = rules::next(item->state, Deed::hand_in);
    if (!to) return to.refusal();
    if (auto refusal = refuse_handing_in(work, *item, work.received)) return *refusal;
    item->handed_in_at = work.received;
    item->return_reason.clear();
    hand_in_pictures(work, *item);
    return keep(work, std::move(*item), *to, "item.handed_in", {});
}

Result<Item> withdraw(Work& work, const std::string& id, std::int64_t version) {
    auto item = load_own(work, id, version);
    if (!item) return item;
    const auto to = rules::next(item->state, Deed::withdraw);
    if (!to) return to.refusal();
    if (auto refusal = refuse_inside_filing(work.db, *item)) return *refusal;
    return keep(work, std::move(*item), *to, "item.withdrawn", {});
}

Result<Item> return_for_correction(Work& work, const std::string& id, const Deciding& asked_for) {
    auto item = load_received(work, id, asked_for.version);
    if (!item) return item;
    const auto to = rules::next(item->state, Deed::return_for_correction);
    if (!to) return to.refusal();
    if (auto refusal = refuse_inside_filing(work.db, *item)) return *refusal;
    if (auto refusal = refuse_own_work(work, *item)) return *refusal;
    if (asked_for.reason.find_first_not_of(" \t\r\n") == std::string::npos)
        return Refusal{Code::invalid, "item.reason_missing", {}, {{"/reason", "item.reason_missing", {}}}, {}};
    item->return_reason = asked_for.reason;
    return keep(work, std::move(*item), *to, "item.returned", {{"reason", asked_for.reason}});
}

Result<Item> undo_return(Work& work, const std::string& id, std::int64_t version) {
    auto item = load_received(work, id, version);
    if (!item) return item;
    const auto to = rules::next(item->state, Deed::undo_return);
    if (!to) return to.refusal();
    if (auto refusal = refuse_own_work(work, *item)) return *refusal;
    // It counts in its own month again, where others may have taken its place; and what was changed meanwhile must be complete.
    if (auto refusal = refuse_handing_in(work, *item, item->handed_in_at.value_or(work.received))) return *refusal;
    item->return_reason.clear();
    return keep(work, std::move(*item), *to, "item.return_undone", {});
}

std::optional<Item> find(db::Connection& db, std::string_view id) { return store::find(db, id); }

void hold(db::Connection& db, std::vector<std::string> ids) {
    std::ranges::sort(ids);  // always in the same order, so that two never wait for each other
    for (const auto& id : ids) store::hold(db, id);
}

}  // namespace anban::items
