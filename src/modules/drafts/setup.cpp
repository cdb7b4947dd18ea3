#include "modules/drafts/setup.h"

#include <algorithm>
#include <set>

#include "core/json.h"
#include "core/utf8.h"

namespace anban::drafts {
namespace {

std::string quoted(const std::string& text) { return json::write(json::value(text)); }

// Without the marks around it: 《隐患台账》 is 隐患台账.
std::u32string bare(const std::string& name) {
    auto out = utf8::decode(name);
    std::erase_if(out, [](char32_t c) { return c == U'《' || c == U'》' || c == U'“' || c == U'”'; });
    return out;
}

// A list that is filled row by row; a table of totals needs rows that no head of columns tells.
bool is_ledger(const notices::LedgerForm& form) {
    const auto name = bare(form.form);
    const auto ends = [&](std::u32string_view tail) { return name.ends_with(tail); };
    return form.columns.size() >= 3 && (ends(U"台账") || ends(U"台帐") || ends(U"清单") || ends(U"名册") || ends(U"登记表") || (ends(U"表") && form.columns.front() == "序号"));
}

}  // namespace

std::string supersedes_of(const notices::Extract& extract) {
    std::string papers, unnamed;
    for (const auto& one : extract.replaces) {
        if (one.title.empty() && one.doc_number.empty()) {
            unnamed += "  # replaces without a name, in the notice's words: " + quoted(one.quote) + "\n";
            continue;
        }
        papers += "    - {title: " + quoted(one.title.empty() ? one.doc_number : one.title);
        if (!one.doc_number.empty()) papers += ", number: " + quoted(one.doc_number);
        if (one.issue_date) papers += ", issued: " + *one.issue_date;
        papers += ", scope: " + quoted(one.scope.empty() ? "全文" : one.scope) + "}\n";
    }
    return (papers.empty() ? "" : "  supersedes:\n" + papers) + unnamed;
}

std::string leading_group_of(const notices::Extract& extract) {
    std::string out;
    for (const auto& one : extract.leading_group) {
        const auto& post = one.post.empty() ? one.organization : one.post;
        if (!one.role.empty() && !post.empty()) out += "  - {role: " + quoted(one.role) + ", post: " + quoted(post) + "}\n";
    }
    return out.empty() ? out : "leading_group:\n" + out;
}

std::optional<PhaseSpan> span_of_phases(const notices::Extract& extract) {
    std::optional<PhaseSpan> out;
    for (const auto& phase : extract.phases) {
        if (!phase.end_date || !phase.repairs.empty()) return std::nullopt;  // a mended day is no word of the notice
        if (!out) {
            if (!phase.start_date) return std::nullopt;
            out = PhaseSpan{*phase.start_date, *phase.end_date};
        }
        out->from = std::min(out->from, phase.start_date.value_or(out->from));
        out->to = std::max(out->to, *phase.end_date);
    }
    return out;
}

std::string phases_of(const notices::Extract& extract) {
    std::string out;
    for (const auto& phase : extract.phases)
        out += "# phase: " + quoted(phase.title) + " " + phase.start_date.value_or("") + ".." + phase.end_date.value_or("") + "\n";
    return out;
}

LedgerForms::LedgerForms(const notices::Extract& extract) {
    std::set<std::u32string> asked;
    for (const auto& duty : extract.duties)
        for (const auto& material : duty.materials) asked.insert(bare(material));
    for (const auto& form : extract.ledger_columns) {
        const auto name = bare(form.form);
        const bool wanted = std::ranges::any_of(asked, [&](const std::u32string& one) { return one == name; });
        if (!wanted || !is_ledger(form) || !form_for(form.form).empty()) continue;
        forms_.push_back({"ledger_" + std::to_string(forms_.size() + 1), utf8::encode(name), &form});
    }
}

std::string LedgerForms::form_for(const std::string& material) const {
    const auto found = std::ranges::find(forms_, utf8::encode(bare(material)), &Form::title);
    return found == forms_.end() ? std::string() : found->id;
}

Files LedgerForms::files() const {
    Files out;
    for (const auto& form : forms_) {
        auto text = "# Its columns are those of the notice; say which of them are days, numbers or choices.\nid: " + form.id + "\nkind: ledger\ntitle: " + quoted(form.title) + "\ncolumns:\n";
        for (std::size_t i = 0; i < form.columns->columns.size(); ++i) {
            const auto& column = form.columns->columns[i];
            text += "  - {id: column_" + std::to_string(i + 1) + ", title: " + quoted(column) + ", type: " + (column == "序号" ? "number" : "text") + ", required: false}\n";
        }
        out.emplace_back("forms/" + form.id + ".yaml", std::move(text));
    }
    return out;
}

}  // namespace anban::drafts
