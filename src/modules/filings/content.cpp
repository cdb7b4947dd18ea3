#include "modules/filings/content.h"

#include <algorithm>

#include "modules/filings/content_table.h"
#include "modules/items/items.h"
#include "platform/files/markings.h"

namespace anban::filings {
namespace {

using campaigns::PartDefinition;
using campaigns::PartKind;

constexpr std::size_t kMostParagraphs = 2'000;
constexpr std::size_t kLongestParagraph = 20'000;  // bytes
constexpr std::size_t kMostReferences = 500;

void complain(PartReport& report, const std::string& place, const char* key, std::map<std::string, std::string> params = {}) {
    if (report.errors.size() < 200) report.errors.push_back({report.id + place, key, std::move(params)});
}

std::vector<std::string_view> members_of(PartKind kind) {
    switch (kind) {
        case PartKind::narrative: return {"paragraphs", "nil", "attachments"};
        case PartKind::table: return {"cells", "reasons", "explanations", "nil", "attachments", "values", "formDigest"};
        case PartKind::ledger: return {"rows", "nil", "attachments", "formDigest"};
        case PartKind::items: return {"items", "nil", "attachments"};
        case PartKind::form:
        case PartKind::attachment: return {"nil", "attachments"};
    }
    return {};
}

void refuse_members(const PartDefinition& part, const json::object& given, PartReport& report) {
    const auto known = members_of(part.kind);
    for (const auto& member : given)
        if (std::find(known.begin(), known.end(), std::string_view(member.key())) == known.end())
            complain(report, "", "filing.member_unknown", {{"member", std::string(member.key())}});
}

// A list of texts, e.g. ids. Anything else is an error and reads as none.
std::vector<std::string> texts(const json::object& given, const char* name, std::size_t most, PartReport& report) {
    std::vector<std::string> out;
    const auto* list = given.if_contains(name);
    if (!list || list->is_null()) return out;
    if (!list->is_array() || list->as_array().size() > most) {
        complain(report, "", "filing.list_expected", {{"member", name}});
        return out;
    }
    for (const auto& one : list->as_array()) {
        // No storage takes a NUL; what the codec refuses in texts can hide in a draft's free members.
        if (one.is_string() && std::string_view(one.as_string()).find('\0') == std::string_view::npos) out.emplace_back(one.as_string());
        else complain(report, "", "filing.list_expected", {{"member", name}});
    }
    return out;
}

void examine_narrative(const json::object& given, PartReport& report, json::object& kept) {
    json::array paragraphs;
    for (const auto& text : texts(given, "paragraphs", kMostParagraphs, report)) {
        if (text.size() > kLongestParagraph) complain(report, ":p" + std::to_string(paragraphs.size() + 1), "filing.paragraph_too_long");
        const bool blank = std::all_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
        report.holds = report.holds || !blank;
        paragraphs.emplace_back(text);
    }
    kept["paragraphs"] = std::move(paragraphs);
}

// With its text and its pictures' hashes: the receipt is over these bytes (decisions.md 12).
json::object whole_item(db::Connection& db, const items::Item& item) {
    json::array paragraphs, pictures;
    for (const auto& text : item.paragraphs) paragraphs.emplace_back(text);
    for (const auto& picture : item.pictures) {
        const auto file = attachments::find(db, picture.attachment_id);
        pictures.push_back(json::object{{"id", picture.attachment_id}, {"caption", picture.caption}, {"sha256", file ? file->sha256 : ""}});
    }
    return {{"id", item.id}, {"title", item.title}, {"version", item.version}, {"category", item.category}, {"origin", item.origin_id},
            {"happenedOn", format_date(item.happened_on)}, {"paragraphs", std::move(paragraphs)}, {"pictures", std::move(pictures)}};
}

// Items are written and handed in one by one; a filing names those that it brings along.
void examine_items(db::Connection& db, const Filing& filing, const json::object& given, PartReport& report, json::object& kept,
                   std::vector<std::string>& all_items) {
    json::array items;
    for (const auto& id : texts(given, "items", kMostReferences, report)) {
        const auto item = items::find(db, id);
        const bool fits = item && item->organization_id == filing.organization_id && item->campaign_id == filing.campaign_id;
        if (!fits || item->state != items::State::handed_in) complain(report, ":" + id, "filing.item_not_handed_in");
        if (!fits) continue;
        if (store::stands_in_another(db, filing.id, id)) complain(report, ":" + id, "filing.item_in_another", {{"title", item->title}});
        items.push_back(whole_item(db, *item));
        all_items.push_back(id);
    }
    report.holds = report.holds || !items.empty();
    kept["items"] = std::move(items);
}

void examine_papers(db::Connection& db, const Filing& filing, const PartDefinition& part, const json::object& given,
                    PartReport& report, json::object& kept, Examination& all) {
    json::array hashes;
    bool has_copy = false, has_scan = false;
    for (const auto& id : texts(given, "attachments", kMostReferences, report)) {
        const auto found = attachments::find(db, id);
        if (!found || found->organization_id != filing.organization_id) {
            complain(report, ":" + id, "filing.attachment_unknown");
            continue;
        }
        has_copy = has_copy || found->paper == attachments::Paper::e_copy;
        has_scan = has_scan || found->paper == attachments::Paper::stamped_scan;
        hashes.push_back(json::object{{"id", found->id}, {"name", found->name}, {"paper", codec::enum_name(found->paper)}, {"sha256", found->sha256}, {"size", found->size}});
        all.attachments.push_back(*found);
        all.attachment_parts.push_back(part.id);
    }
    const bool by_file = part.kind == PartKind::attachment || part.kind == PartKind::form;
    if (by_file) report.holds = report.holds || has_copy || has_scan;
    if (!hashes.empty()) kept["attachments"] = std::move(hashes);
    if (report.nil) return;
    const auto asks = [&](campaigns::PaperKind paper) { return std::find(part.papers.begin(), part.papers.end(), paper) != part.papers.end(); };
    // What is filled in here is its own e-copy; only a part that is nothing but a file must bring one.
    if (by_file && asks(campaigns::PaperKind::e_copy) && !has_copy) report.papers_missing.emplace_back("e_copy");
    if (asks(campaigns::PaperKind::stamped_scan) && !has_scan) report.papers_missing.emplace_back("stamped_scan");
}

const json::object* given_for(const json::object& parts, const std::string& id) {
    const auto* found = parts.if_contains(id);
    return found && found->is_object() ? &found->as_object() : nullptr;
}

PartReport begin_report(const PartDefinition& part) {
    PartReport report;
    report.id = part.id;
    report.title = part.title;
    report.kind = part.kind;
    report.optional = part.optional;
    return report;
}

std::optional<Refusal> refuse_parts(const std::vector<PartDefinition>& asked, const json::object& parts) {
    std::vector<FieldError> errors;
    for (const auto& member : parts) {
        const bool known = std::any_of(asked.begin(), asked.end(), [&](const auto& part) { return part.id == std::string_view(member.key()); });
        if (!known) errors.push_back({"/parts/" + std::string(member.key()), "filing.part_unknown", {{"part", std::string(member.key())}}});
        else if (!member.value().is_object() && !member.value().is_null())
            errors.push_back({"/parts/" + std::string(member.key()), "body.object_expected", {}});
    }
    if (errors.empty()) return std::nullopt;
    return Refusal{Code::invalid, "filing.part_unknown", errors.front().params, std::move(errors), {}};
}

// Typed text that is marked, wherever it stands, with its path and rule: paragraphs, cells of a ledger.
void find_marked(const json::value& value, const std::string& path, std::vector<FieldError>& marked) {
    if (value.is_string()) {
        const auto verdict = files::check_markings(value.get_string());
        if (verdict.level == files::MarkingVerdict::Level::block) marked.push_back({path, "filing.marked_secret", {{"rule", verdict.rule}}});
    }
    if (value.is_array())
        for (std::size_t i = 0; i < value.as_array().size(); ++i) find_marked(value.as_array()[i], path + "/" + std::to_string(i), marked);
    if (value.is_object())
        for (const auto& member : value.as_object()) find_marked(member.value(), path + "/" + std::string(member.key()), marked);
}

}  // namespace

bool Examination::empty() const {
    return std::none_of(parts.begin(), parts.end(), [](const PartReport& p) { return p.holds || p.nil; });
}

std::vector<std::string> Examination::missing() const {
    std::vector<std::string> out;
    for (const auto& part : parts) {
        const bool untouched_optional = part.optional && !part.holds && !part.nil;
        if (!untouched_optional && !part.complete()) out.push_back(part.id);
    }
    return out;
}

Result<Examination> examine(db::Connection& db, const Filing& filing, const campaigns::DutyDefinition& duty, const json::object& parts) {
    const auto asked = campaigns::parts_in(duty, filing.slot);
    if (auto no = refuse_parts(asked, parts)) return *no;
    Examination all;
    static const json::object nothing;
    for (const auto& part : asked) {
        auto report = begin_report(part);
        const auto* found = given_for(parts, part.id);
        const auto& given = found ? *found : nothing;
        json::object kept;
        refuse_members(part, given, report);
        const auto* nil = given.if_contains("nil");
        report.nil = nil && nil->is_bool() && nil->as_bool();
        if (part.kind == PartKind::narrative) examine_narrative(given, report, kept);
        if (part.kind == PartKind::items) examine_items(db, filing, given, report, kept, all.items);
        if (part.kind == PartKind::table) examine_table(db, filing, part, given, report, kept);
        if (part.kind == PartKind::ledger) examine_ledger(db, filing, part, given, report, kept);
        if (report.nil) {
            kept["nil"] = true;
            if (!part.nil_allowed) complain(report, "", "filing.nil_not_allowed");
            if (report.holds) complain(report, "", "filing.nil_has_content");
        }
        examine_papers(db, filing, part, given, report, kept, all);
        all.content[part.id] = std::move(kept);
        all.parts.push_back(std::move(report));
    }
    cross_check(db, filing, asked, parts, all);
    return all;
}

Verdict refuse_hand_in(const Examination& all, const campaigns::DutyDefinition& duty, const Declared& declared) {
    std::vector<FieldError> errors;
    const auto complain = [&](std::string path, std::string key, Params params = {}) { errors.push_back({std::move(path), std::move(key), std::move(params)}); };
    for (const auto& part : all.parts) {
        for (const auto& error : part.errors) complain(error.path, error.key, {error.params.begin(), error.params.end()});
        for (const auto& finding : part.findings)
            if (finding.open)
                complain(finding.cells.empty() ? part.id : finding.cells.front(), finding.key.empty() ? "form.check_broken" : finding.key,
                         [&] { Params p(finding.params.begin(), finding.params.end()); p.emplace_back("message", finding.message); p.emplace_back("finding", finding.id); return p; }());
    }
    const auto missing = all.missing();
    if (declared.nil) {
        if (!duty.nil_allowed) complain("/nil", "filing.nil_not_allowed");
        if (!declared.confirmed) complain("/confirmed", "filing.nil_not_confirmed");
        if (!declared.gaps.empty()) complain("/gaps", "filing.nil_has_content");
        for (const auto& part : all.parts)
            if (part.holds) complain(part.id, "filing.nil_has_content");
    } else {
        for (const auto& id : missing) {
            const bool named = std::any_of(declared.gaps.begin(), declared.gaps.end(), [&](const NamedGap& gap) { return gap.part == id; });
            if (!named) complain(id, "filing.part_missing", {{"part", id}});
        }
    }
    for (std::size_t i = 0; i < declared.gaps.size(); ++i) {
        const auto& gap = declared.gaps[i];
        if (std::find(missing.begin(), missing.end(), gap.part) == missing.end()) complain("/gaps/" + std::to_string(i), "filing.gap_not_missing", {{"part", gap.part}});
        if (std::all_of(gap.reason.begin(), gap.reason.end(), [](unsigned char c) { return c <= ' '; })) complain("/gaps/" + std::to_string(i), "filing.reason_missing", {{"deed", "hand_in"}});
    }
    if (errors.empty()) return std::nullopt;
    return Refusal{Code::unprocessable, "filing.not_ready", {{"count", std::to_string(errors.size())}}, std::move(errors), {}};
}

Verdict refuse_markings(const json::object& parts) {
    std::vector<FieldError> errors;
    find_marked(parts, "/parts", errors);
    if (errors.empty()) return std::nullopt;
    return Refusal{Code::unprocessable, "filing.marked_secret", errors.front().params, std::move(errors), {}};
}

}  // namespace anban::filings
