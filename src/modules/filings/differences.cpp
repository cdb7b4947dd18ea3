#include "modules/filings/differences.h"

#include <algorithm>
#include <set>

#include "modules/filings/reading.h"

namespace anban::filings {
namespace {

constexpr std::size_t kMostComparisons = 4'000'000;

const json::object& nothing() {
    static const json::object none;
    return none;
}

const json::object& object_in(const json::object& holder, std::string_view name) {
    const auto* found = holder.if_contains(name);
    return found && found->is_object() ? found->as_object() : nothing();
}

json::array array_in(const json::object& holder, std::string_view name) {
    const auto* found = holder.if_contains(name);
    return found && found->is_array() ? found->as_array() : json::array{};
}

std::string text_in(const json::object& holder, std::string_view name) {
    const auto* found = holder.if_contains(name);
    return found && found->is_string() ? std::string(found->as_string()) : "";
}

std::vector<CellChange> texts_changed(const json::object& before, const json::object& after) {
    std::set<std::string> names;
    for (const auto& member : before) names.insert(std::string(member.key()));
    for (const auto& member : after) names.insert(std::string(member.key()));
    std::vector<CellChange> out;
    for (const auto& name : names)
        if (auto b = text_in(before, name), a = text_in(after, name); a != b) out.push_back({name, std::move(b), std::move(a)});
    return out;
}

std::vector<std::string> written(const json::array& list) {
    std::vector<std::string> out;
    for (const auto& one : list) out.push_back(json::write_canonical(one));
    return out;
}

// A removed row beside an added one is one row that changed.
std::vector<RowChange> rows_changed(const json::array& before, const json::array& after) {
    std::vector<RowChange> out;
    const auto row = [](const json::array& list, std::size_t i) -> const json::object& { return list[i].is_object() ? list[i].as_object() : nothing(); };
    std::vector<std::size_t> removed;
    const auto flush = [&] {
        for (const auto i : removed) out.push_back({Change::removed, static_cast<std::int64_t>(i) + 1, 0, texts_changed(row(before, i), nothing())});
        removed.clear();
    };
    for (const auto& step : steps(written(before), written(after))) {
        if (step.change == Change::same) { flush(); continue; }
        if (step.change == Change::removed) { removed.push_back(step.before); continue; }
        const auto to = static_cast<std::int64_t>(step.after) + 1;
        if (removed.empty()) {
            out.push_back({Change::added, 0, to, texts_changed(nothing(), row(after, step.after))});
        } else {
            const auto from = removed.front();
            removed.erase(removed.begin());
            out.push_back({Change::changed, static_cast<std::int64_t>(from) + 1, to, texts_changed(row(before, from), row(after, step.after))});
        }
    }
    flush();
    return out;
}

std::vector<ParagraphChange> paragraphs_changed(const json::array& before, const json::array& after) {
    const auto texts = [](const json::array& list) {
        std::vector<std::string> out;
        for (const auto& one : list) out.push_back(one.is_string() ? std::string(one.as_string()) : "");
        return out;
    };
    const auto b = texts(before), a = texts(after);
    if (b == a) return {};
    std::vector<ParagraphChange> out;
    for (const auto& step : steps(b, a)) {
        const auto from = static_cast<std::int64_t>(step.before) + 1, to = static_cast<std::int64_t>(step.after) + 1;
        if (step.change == Change::removed) out.push_back({step.change, from, 0, b[step.before]});
        else out.push_back({step.change, step.change == Change::same ? from : 0, to, a[step.after]});
    }
    return out;
}

// What one list of {id, …} has and the other has not.
std::vector<const json::object*> only_in(const json::array& list, const json::array& other) {
    std::set<std::string> ids;
    for (const auto& one : other)
        if (one.is_object()) ids.insert(text_in(one.as_object(), "id"));
    std::vector<const json::object*> out;
    for (const auto& one : list)
        if (one.is_object() && !ids.contains(text_in(one.as_object(), "id"))) out.push_back(&one.as_object());
    return out;
}

bool nil_in(const json::object& part) {
    const auto* nil = part.if_contains("nil");
    return nil && nil->is_bool() && nil->as_bool();
}

PartChange part_changed(const std::string& id, const json::object& before, const json::object& after) {
    PartChange out;
    out.part = id;
    out.nil_before = nil_in(before);
    out.nil_after = nil_in(after);
    out.cells = texts_changed(object_in(before, "values"), object_in(after, "values"));
    out.rows = rows_changed(array_in(before, "rows"), array_in(after, "rows"));
    out.paragraphs = paragraphs_changed(array_in(before, "paragraphs"), array_in(after, "paragraphs"));
    out.reasons = texts_changed(object_in(before, "reasons"), object_in(after, "reasons"));
    out.explanations = texts_changed(object_in(before, "explanations"), object_in(after, "explanations"));
    const auto papers_before = array_in(before, "attachments"), papers_after = array_in(after, "attachments");
    for (const auto* one : only_in(papers_before, papers_after)) out.papers.push_back({Change::removed, text_in(*one, "id"), text_in(*one, "name")});
    for (const auto* one : only_in(papers_after, papers_before)) out.papers.push_back({Change::added, text_in(*one, "id"), text_in(*one, "name")});
    const auto items_before = array_in(before, "items"), items_after = array_in(after, "items");
    for (const auto* one : only_in(items_before, items_after)) out.items_removed.push_back(text_in(*one, "title"));
    for (const auto* one : only_in(items_after, items_before)) out.items_added.push_back(text_in(*one, "title"));
    return out;
}

bool nothing_changed(const PartChange& p) {
    return p.nil_before == p.nil_after && p.cells.empty() && p.rows.empty() && p.paragraphs.empty() && p.papers.empty() &&
           p.reasons.empty() && p.explanations.empty() && p.items_added.empty() && p.items_removed.empty();
}

// Longest common subsequence of the middles, from the back.
void middle(const std::vector<std::string>& b, const std::vector<std::string>& a, std::size_t first, std::size_t b_end, std::size_t a_end,
            std::vector<Step>& out) {
    const auto rows = b_end - first, columns = a_end - first;
    std::size_t i = 0, j = 0;
    if (rows != 0 && columns != 0 && rows <= kMostComparisons / columns) {
        std::vector<std::uint32_t> longest((rows + 1) * (columns + 1), 0);
        const auto at = [&](std::size_t r, std::size_t c) -> std::uint32_t& { return longest[r * (columns + 1) + c]; };
        for (std::size_t r = rows; r-- > 0;)
            for (std::size_t c = columns; c-- > 0;)
                at(r, c) = b[first + r] == a[first + c] ? at(r + 1, c + 1) + 1 : std::max(at(r + 1, c), at(r, c + 1));
        while (i < rows && j < columns) {
            if (b[first + i] == a[first + j]) out.push_back({Change::same, first + i++, first + j++});
            else if (at(i + 1, j) >= at(i, j + 1)) out.push_back({Change::removed, first + i++, first + j});
            else out.push_back({Change::added, first + i, first + j++});
        }
    }
    while (i < rows) out.push_back({Change::removed, first + i++, first + j});
    while (j < columns) out.push_back({Change::added, first + i, first + j++});
}

}  // namespace

std::vector<Step> steps(const std::vector<std::string>& before, const std::vector<std::string>& after) {
    std::vector<Step> out;
    std::size_t first = 0, b_end = before.size(), a_end = after.size();
    while (first < b_end && first < a_end && before[first] == after[first]) {
        out.push_back({Change::same, first, first});
        ++first;
    }
    while (b_end > first && a_end > first && before[b_end - 1] == after[a_end - 1]) { --b_end; --a_end; }
    middle(before, after, first, b_end, a_end, out);
    for (; b_end < before.size(); ++b_end, ++a_end) out.push_back({Change::same, b_end, a_end});
    return out;
}

std::vector<PartChange> compare(const json::object& before, const json::object& after) {
    const auto& old_parts = object_in(before, "parts");
    const auto& new_parts = object_in(after, "parts");
    std::set<std::string> ids;
    for (const auto& member : old_parts) ids.insert(std::string(member.key()));
    for (const auto& member : new_parts) ids.insert(std::string(member.key()));
    std::vector<PartChange> out;
    for (const auto& id : ids) {
        auto change = part_changed(id, object_in(old_parts, id), object_in(new_parts, id));
        if (nothing_changed(change)) continue;
        if (!old_parts.contains(id)) change.change = Change::added;
        if (!new_parts.contains(id)) change.change = Change::removed;
        out.push_back(std::move(change));
    }
    return out;
}

Result<Differences> differences(View& view, const std::string& filing_id, const DifferencesQuery& query) {
    const auto before = load_submission(view, filing_id, query.from);
    if (!before) return before.refusal();
    const auto after = load_submission(view, filing_id, query.to);
    if (!after) return after.refusal();
    return Differences{query.from, query.to, compare(before->content.as_object(), after->content.as_object())};
}

}  // namespace anban::filings
