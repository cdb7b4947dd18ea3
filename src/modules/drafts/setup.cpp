#include "modules/drafts/setup.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "core/json.h"
#include "core/time.h"
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

namespace {

std::optional<CampaignSpan> span_of_phases(const notices::Extract& extract) {
    std::optional<CampaignSpan> out;
    for (const auto& phase : extract.phases) {
        if (!phase.end_date) return std::nullopt;
        if (!out) {
            if (!phase.start_date) return std::nullopt;
            out = CampaignSpan{*phase.start_date, *phase.end_date, true};
        }
        out->from = std::min(out->from, phase.start_date.value_or(out->from));
        out->to = std::max(out->to, *phase.end_date);
        out->said = out->said && phase.repairs.empty();  // a mended day is no word of the notice
    }
    return out;
}

// 2月23日至5月31日,全面组织开展…
std::optional<CampaignSpan> span_of_dates(const notices::Extract& extract, const std::string& issued) {
    constexpr int kShortest = 27, kLongest = 400, kNear = 60;  // days
    const auto notice = parse_date(issued);
    std::optional<CampaignSpan> out;
    int longest = 0;
    for (const auto& one : extract.key_dates) {
        const auto from = one.start_date ? parse_date(*one.start_date) : std::nullopt, to = one.end_date ? parse_date(*one.end_date) : std::nullopt;
        if (!notice || !from || !to || *to - *from < std::max(kShortest, longest + 1) || *to - *from > kLongest || std::abs(*from - *notice) > kNear) continue;
        const auto carried_out = [&](const char* word) { return one.what.find(word) != std::string::npos; };
        if (std::ranges::none_of(std::array{"开展", "实施", "进行", "行动", "整治", "攻坚", "活动", "推进"}, carried_out)) continue;
        longest = *to - *from;
        out = CampaignSpan{*one.start_date, *one.end_date, false};
    }
    return out;
}

}  // namespace

std::optional<CampaignSpan> campaign_span(const notices::Extract& extract, const std::string& issued) {
    const auto phases = span_of_phases(extract);
    return phases ? phases : span_of_dates(extract, issued);
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
