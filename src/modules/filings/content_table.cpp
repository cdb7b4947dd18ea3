#include "modules/filings/content_table.h"

#include <algorithm>

#include "modules/filings/offered.h"

namespace anban::filings {
namespace {

using campaigns::PartDefinition;
using campaigns::PartKind;

std::map<std::string, std::string> as_map(const Params& params) { return {params.begin(), params.end()}; }

void take_errors(const std::vector<FieldError>& errors, PartReport& report) {
    for (const auto& error : errors)
        if (report.errors.size() < 200) report.errors.push_back({error.path, error.key, as_map(error.params)});
}

json::object object_of(const json::object& given, const char* name, PartReport& report) {
    const auto* found = given.if_contains(name);
    if (!found || found->is_null()) return {};
    if (found->is_object()) return found->as_object();
    report.errors.push_back({report.id, "filing.object_expected", {{"member", name}}});
    return {};
}

std::map<std::string, std::string> texts_of(const json::object& object) {
    std::map<std::string, std::string> out;
    for (const auto& member : object)
        if (member.value().is_string()) out[std::string(member.key())] = std::string(member.value().as_string());
    return out;
}

std::string text_at(const forms::Form& form, const forms::Cells& cells, std::size_t i) {
    return forms::figure_text(cells[i], form.columns[i % form.columns.size()].decimals);
}

bool is_blank(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
}

std::map<std::string, std::string> named(const forms::Form& form, const forms::Cells& cells) {
    std::map<std::string, std::string> out;
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i] != forms::blank) out[form.cell_id(i)] = text_at(form, cells, i);
    return out;
}

json::object as_json(const std::map<std::string, std::string>& texts) {
    json::object out;
    out.reserve(texts.size());
    for (const auto& [key, text] : texts) out[key] = text;
    return out;
}

// Typed against what was offered: the difference stays visible, with its reason (design 3.4).
void ask_reasons(const FilledTable& table, const std::map<std::string, std::string>& reasons, PartReport& report) {
    for (const auto at : table.evaluated.overridden) {
        const auto cell = table.form->cell_id(at);
        const auto reason = reasons.find(cell);
        if (reason == reasons.end() || is_blank(reason->second))
            report.errors.push_back({report.id + ":" + cell, "filing.override_reason_missing", {{"offered", text_at(*table.form, table.evaluated.offered, at)}}});
    }
}

// Filled by itself is not yet filled by the unit: only what it typed, or took from the level below, is a report.
bool is_report(const forms::Cells& typed, const std::vector<forms::CellSource>& sources) {
    return std::ranges::any_of(typed, [](auto figure) { return figure != forms::blank; }) ||
           std::ranges::any_of(sources, [](auto source) { return source == forms::CellSource::lower_level; });
}

void spell_out(PartReport& report) {
    if (!report.table) return;
    const auto& [form, evaluated, previous] = *report.table;
    report.values = named(*form, evaluated.cells);
    report.previous = named(*form, previous);
    for (std::size_t i = 0; i < evaluated.sources.size(); ++i)
        if (evaluated.sources[i] != forms::CellSource::none) report.sources[form->cell_id(i)] = evaluated.sources[i];
    for (const auto at : evaluated.overridden) report.offered[form->cell_id(at)] = text_at(*form, evaluated.offered, at);
}

int year_of(const Filing& filing) { return to_ymd(filing.window_to).year; }

forms::LedgerRead read_rows(const forms::Form& form, const Filing& filing, const std::string& part, const json::object& given) {
    const auto* rows = given.if_contains("rows");
    if (!rows || !rows->is_array()) return {};
    return forms::ledger_from(form, rows->as_array(), part, year_of(filing));
}

FindingLine line(const forms::Finding& finding, const std::string& part) {
    FindingLine out{finding.id, finding.level, {}, finding.message, finding.key, as_map(finding.params), finding.explanation, finding.open()};
    for (const auto& cell : finding.cells) out.cells.push_back(cell.find(':') == std::string::npos ? part + ":" + cell : cell);
    return out;
}

}  // namespace

void spell_out(std::vector<PartReport>& reports) {
    for (auto& report : reports) spell_out(report);
}

void examine_table(db::Connection& db, const Filing& filing, const PartDefinition& part, const json::object& given, PartReport& report, json::object& kept) {
    const auto table = std::make_shared<FilledTable>();
    table->form = campaigns::load_form_version(db, part.form_digest);
    const auto& form = *table->form;
    const auto typed = forms::read_table(form, object_of(given, "cells", report), part.id);
    take_errors(typed.errors, report);
    const auto reasons = texts_of(object_of(given, "reasons", report));
    table->previous = last_window(db, filing, part.id, form);
    table->evaluated = forms::evaluate(form, {typed.cells, table->previous, lower_level(db, filing, part.id, form)});
    ask_reasons(*table, reasons, report);
    report.holds = report.holds || is_report(typed.cells, table->evaluated.sources);
    kept["cells"] = forms::cells_json(form, typed.cells);
    kept["values"] = forms::cells_json(form, table->evaluated.cells);
    kept["formDigest"] = form.version;
    if (!reasons.empty()) kept["reasons"] = as_json(reasons);
    const auto explanations = texts_of(object_of(given, "explanations", report));
    if (!explanations.empty()) kept["explanations"] = as_json(explanations);
    report.table = table;
}

void examine_ledger(db::Connection& db, const Filing& filing, const PartDefinition& part, const json::object& given, PartReport& report, json::object& kept) {
    const auto form = campaigns::load_form_version(db, part.form_digest);
    const auto read = read_rows(*form, filing, part.id, given);
    take_errors(read.errors, report);
    report.holds = report.holds || !read.rows.empty();
    kept["rows"] = forms::ledger_json(read.rows);
    kept["formDigest"] = form->version;
}

void cross_check(db::Connection& db, const Filing& filing, const std::vector<PartDefinition>& asked, const json::object& parts, Examination& all) {
    static const json::object nothing;
    const auto given = [&](const std::string& id) -> const json::object& {
        const auto* found = parts.if_contains(id);
        return found && found->is_object() ? found->as_object() : nothing;
    };
    std::map<std::string, std::pair<std::shared_ptr<const forms::Form>, forms::LedgerRows>> ledgers;
    for (std::size_t i = 0; i < asked.size(); ++i)
        if (asked[i].kind == PartKind::ledger && (all.parts[i].holds || all.parts[i].nil)) {
            const auto form = campaigns::load_form_version(db, asked[i].form_digest);
            ledgers[asked[i].id] = {form, read_rows(*form, filing, asked[i].id, given(asked[i].id)).rows};
        }
    for (std::size_t i = 0; i < asked.size(); ++i) {
        if (asked[i].kind != PartKind::table) continue;
        auto& report = all.parts[i];
        const auto& table = *report.table;
        forms::CheckInputs inputs{table.evaluated.cells, table.previous, {}, {}};
        for (const auto& [id, ledger] : ledgers) inputs.parts[id] = {ledger.first.get(), &ledger.second};
        if (const auto* explanations = given(asked[i].id).if_contains("explanations"); explanations && explanations->is_object())
            inputs.explanations = texts_of(explanations->as_object());
        for (const auto& finding : forms::check(*table.form, inputs)) report.findings.push_back(line(finding, asked[i].id));
    }
}

}  // namespace anban::filings
