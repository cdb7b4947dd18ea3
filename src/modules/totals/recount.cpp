#include "modules/totals/recount.h"

namespace anban::totals {
namespace {

// Nothing said, nothing to report and zero add up alike: only figures differ.
forms::Figure added(forms::Figure figure) { return figure == forms::blank || figure == forms::nil ? 0 : figure; }

Difference difference_of(const forms::Form& form, const Reporter& one, const forms::Cells& official, const forms::Cells& recount) {
    Difference out{std::string(one.organization_id), {}, one.group == Show::counted, {}, {}};
    for (std::size_t i = 0; i < official.size(); ++i) {
        if (added(official[i]) == added(recount[i])) continue;
        const auto& column = form.columns[i % form.columns.size()];
        auto& cells = column.source == forms::ColumnSource::cumulative ? out.cumulative : out.cells;
        cells.push_back({form.cell_id(i), forms::figure_text(official[i], column.decimals), forms::figure_text(recount[i], column.decimals)});
    }
    return out;
}

}  // namespace

std::map<std::string, std::string> texts_of(const forms::Form& form, const forms::Cells& cells) {
    std::map<std::string, std::string> out;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i] != forms::blank) out.emplace(form.cell_id(i), forms::figure_text(cells[i], form.columns[i % form.columns.size()].decimals));
    return out;
}

Recount::Recount(View& view, const Asked& asked, const Level& level) : level_(level), rest_(view.db, level.form) {
    if (!level.below) return;
    each_vector(view.db, asked, level.below->definition.duty, "", [&](auto receiver, auto digest, auto cells) {
        auto found = lower_.find(receiver);
        if (found == lower_.end()) found = lower_.try_emplace(std::string(receiver), view.db, level.form).first;
        found->second.add(digest, cells);
    });
    for (const auto& [receiver, sum] : lower_) own_.try_emplace(receiver, view.db, level.form);
}

void Recount::add(std::string_view organization_id, std::string_view digest, std::string_view cells) {
    if (lower_.empty()) return;
    const auto found = own_.find(organization_id);
    (found == own_.end() ? rest_ : found->second).add(digest, cells);
}

void Recount::finish(View& view, Roll& roll, std::size_t limit, Totals& totals) {
    if (lower_.empty()) return;
    Reporters with_below;
    for (auto& one : roll.all())
        if (lower_.contains(one.organization_id)) with_below.push_back(&one);
    if (with_below.empty()) return;
    with_below = roll.in_order(with_below, with_below.size());
    forms::Adder all(*level_.form, forms::Over::organizations);
    if (rest_.any()) all.add(forms::encode(rest_.finish()));
    std::vector<std::string> ids;
    for (const auto* one : with_below) {
        const auto below = lower_.find(one->organization_id)->second.finish();
        all.add(forms::encode(below));
        const auto& own = own_.find(one->organization_id)->second;
        if (!own.any()) continue;
        auto difference = difference_of(*level_.form, *one, own.finish(), below);
        if (difference.cells.empty() && difference.cumulative.empty()) continue;
        if (static_cast<std::size_t>(totals.differing++) >= limit) continue;
        ids.emplace_back(one->organization_id);
        totals.differences.push_back(std::move(difference));
    }
    totals.recount = texts_of(*level_.form, all.finish());
    const auto names = names_of(view.db, ids);
    for (auto& one : totals.differences) one.name = names.at(one.organization_id);
}

}  // namespace anban::totals
