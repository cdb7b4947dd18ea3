#include "modules/filings/offered.h"

namespace anban::filings {
namespace {

// The authoritative version of the filing before this one, in the same duty.
std::optional<std::pair<Submission, CivilDate>> submission_before(db::Connection& db, const Filing& filing) {
    std::string id;
    CivilDate window_from;
    db.each({"filings.window_before", R"sql(
        select coalesce(r.accepted_submission_id, r.submission_id), r.window_from
        from filing_routes r
        where r.campaign_id = $1 and r.duty = $2 and r.organization_id = $3 and r.window_to < $4
          and r.submission_id is not null
        order by r.window_to desc, case when r.accepted_submission_id is null then 1 else 0 end, r.accepted_submission_id desc,
                 r.submission_id desc
        limit 1
    )sql"}, {filing.campaign_id, filing.duty, filing.organization_id, format_date(filing.window_from)}, [&](const db::Row& row) {
        id = row.string(0);
        window_from = parse_date(row.text(1)).value();
    });
    auto submission = store::find_submission(db, id);
    if (!submission) return std::nullopt;
    return std::pair(std::move(*submission), window_from);
}

const json::object* member(const json::value* value, std::string_view name) {
    if (!value || !value->is_object()) return nullptr;
    const auto* found = value->as_object().if_contains(name);
    return found && found->is_object() ? &found->as_object() : nullptr;
}

}  // namespace

forms::Cells cells_of(const forms::Form& form, const json::object& values) {
    auto cells = forms::blank_cells(form);
    for (const auto& value : values) {
        const auto at = form.find_cell(value.key());
        if (at && value.value().is_string()) cells[*at] = forms::figure_from(value.value().as_string(), form.columns[*at % form.columns.size()].decimals);
    }
    return cells;
}

forms::Cells last_window(db::Connection& db, const Filing& filing, const std::string& part, const forms::Form& form) {
    const auto before = submission_before(db, filing);
    if (!before) return {};
    const auto content = json::parse(before->first.content);
    if (!content) return {};
    const auto* parts = member(&*content, "parts");
    const auto* values = parts ? member(parts->if_contains(part), "values") : nullptr;
    if (!values) return {};
    const bool year_begins = to_ymd(before->second).year != to_ymd(filing.window_from).year;
    return forms::previous_of(form, cells_of(form, *values), year_begins);
}

forms::Cells lower_level(db::Connection& db, const Filing& filing, const std::string& part, const forms::Form& form) {
    campaigns::TableSum sum(db, campaigns::load_form_version(db, form.version));
    const auto version = campaigns::load_duty_version(db, filing.duty_version_id);
    for (const auto& duty : version->definition.collected_by)
        db.each({"filings.lower_vectors", R"sql(
            select v.form_digest, v.cells
            from table_vectors v
            where v.campaign_id = $1 and v.slot = $2 and v.part = $3 and v.receiver_id = $4
              and v.duty = $5 and v.replaced_at is null
        )sql"}, {filing.campaign_id, filing.slot, part, filing.organization_id, duty}, [&](const db::Row& row) { sum.add(row.text(0), row.bytes(1)); });
    return sum.any() ? sum.finish() : forms::Cells{};
}

std::vector<BelowLine> not_accepted_below(db::Connection& db, const Filing& filing) {
    std::vector<BelowLine> found;
    const auto version = campaigns::load_duty_version(db, filing.duty_version_id);
    for (const auto& duty : version->definition.collected_by)
        db.each({"filings.not_accepted_below", R"sql(
            select o.id, o.name, r.state
            from filing_routes r
            join organizations o on o.id = r.organization_id
            where r.campaign_id = $1 and r.receiver_id = $2 and r.slot = $3 and r.accepted_submission_id is null
              and r.state not in ('excused', 'not_applicable') and r.duty = $4
            order by o.sort_order, o.id
        )sql"}, {filing.campaign_id, filing.organization_id, filing.slot, duty}, [&](const db::Row& row) {
            found.push_back({row.string(0), row.string(1), codec::enum_from<State>(row.text(2)).value()});
        });
    return found;
}

}  // namespace anban::filings
