#include "modules/forms/checks.h"

#include <algorithm>

namespace anban::forms {
namespace {

bool holds(const std::string& relation, Figure left, Figure right) {
    if (relation == "=") return left == right;
    if (relation == "!=") return left != right;
    if (relation == "<=") return left <= right;
    if (relation == ">=") return left >= right;
    return relation == "<" ? left < right : left > right;
}

bool meets(const LedgerRow& row, const Condition& condition) {
    const auto found = row.find(condition.column);
    const bool same = (found == row.end() ? std::string() : found->second) == condition.value;
    return same == (condition.relation == "=");
}

int field_decimals(const Form& ledger, const std::string& id) {
    for (const auto& field : ledger.fields)
        if (field.id == id) return field.decimals;
    return 0;
}

// The cells that a side speaks of, with their row filled in: "r1.found", "prev:r1.found", "ledger:", "ledger:funds".
void collect(const Ast& ast, const std::string& row, std::vector<std::string>& cells) {
    const auto full = ast.name.find('.') == std::string::npos ? row + '.' + ast.name : ast.name;
    if (ast.op == "cell") cells.push_back(full);
    if (ast.op == "prev") cells.push_back("prev:" + full);
    if (ast.op == "count" || ast.op == "total") cells.push_back(ast.part + ':' + ast.name);
    for (const auto& arg : ast.args) collect(arg, row, cells);
}

std::string title_of(const Form& form, const std::string& cell) {
    const auto name = cell.substr(cell.find(':') == std::string::npos ? 0 : cell.find(':') + 1);
    const auto found = form.find_cell(name);
    if (!found) return cell;
    std::string title;
    for (const auto& step : form.columns[*found % form.columns.size()].path) title += (title.empty() ? "" : " / ") + step;
    const auto& row = form.rows[*found / form.columns.size()].title;
    return row.empty() ? title : row + " · " + title;
}

std::string replaced(std::string text, std::string_view from, const std::string& to) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
    return text;
}

bool says_something(const std::string& text) { return text.find_first_not_of(" \t\r\n") != std::string::npos; }

class Asking {
public:
    Asking(const Form& form, const CheckInputs& inputs) : form_(form), inputs_(inputs) {}

    std::optional<Finding> ask(const Check& check, int row) const {
        const auto& row_id = form_.rows[static_cast<std::size_t>(row)].id;
        const int scale = scale_of(check);
        const auto operands = operands_for(row_id, scale);
        const Figure left = value_of(check.left, operands), right = value_of(check.right, operands);
        if (!is_number(left) || !is_number(right) || holds(check.relation, left, right)) return std::nullopt;
        return describe(check, row_id, figure_text(left, scale), figure_text(right, scale));
    }

private:
    int scale_of(const Check& check) const {
        return std::max({form_.scale_of(check.left), form_.scale_of(check.right), facts_scale(check.left), facts_scale(check.right)});
    }
    int facts_scale(const Ast& ast) const {
        const auto part = inputs_.parts.find(ast.part);
        int scale = ast.op == "total" && part != inputs_.parts.end() ? field_decimals(*part->second.first, ast.name) : 0;
        for (const auto& arg : ast.args) scale = std::max(scale, facts_scale(arg));
        return scale;
    }
    Operands operands_for(const std::string& row, int scale) const {
        const auto reading = [&](const Cells& cells) {
            return [this, &cells, row, scale](const Ast& ast) {
                const auto& name = ast.name;
                const auto found = form_.find_cell(name.find('.') == std::string::npos ? row + '.' + name : name);
                return found && *found < cells.size() ? rescale(cells[*found], form_.columns[*found % form_.columns.size()].decimals, scale) : blank;
            };
        };
        return {scale, reading(inputs_.cells), reading(inputs_.previous), [this, scale](const Ast& ast) { return facts(ast, scale); }};
    }
    Figure facts(const Ast& ast, int scale) const {
        const auto part = inputs_.parts.find(ast.part);
        if (part == inputs_.parts.end()) return blank;
        const auto& [ledger, rows] = part->second;
        const int decimals = ast.op == "count" ? 0 : field_decimals(*ledger, ast.name);
        __int128_t sum = 0;
        for (const auto& row : *rows) {
            if (!std::all_of(ast.conditions.begin(), ast.conditions.end(), [&](const Condition& c) { return meets(row, c); })) continue;
            const auto found = row.find(ast.name);
            const Figure value = ast.op == "count" ? 1 : found == row.end() ? blank : figure_from(found->second, decimals);
            if (is_number(value)) sum += value;
        }
        return sum > largest ? blank : rescale(static_cast<Figure>(sum), decimals, scale);
    }
    Finding describe(const Check& check, const std::string& row, const std::string& left, const std::string& right) const {
        Finding finding;
        finding.id = check.id + ':' + row;
        finding.check = check.id;
        finding.level = check.level;
        collect(check.left, row, finding.cells);
        const auto left_cells = finding.cells;
        collect(check.right, row, finding.cells);
        finding.message = replaced(replaced(check.message, "{left}", left), "{right}", right);
        finding.key = check.message.empty() ? "form.of_which_exceeds" : "form.check_broken";
        finding.params = {{"left", left}, {"right", right}, {"rule", check.rule}, {"row", row},
                          {"left_title", left_cells.empty() ? left : title_of(form_, left_cells.front())},
                          {"right_title", left_cells.size() == finding.cells.size() ? right : title_of(form_, finding.cells[left_cells.size()])},
                          {"message", finding.message}};
        const auto explained = inputs_.explanations.find(finding.id);
        const bool counts = check.level == CheckLevel::explain && explained != inputs_.explanations.end() && says_something(explained->second);
        if (counts) finding.explanation = explained->second;
        return finding;
    }

    const Form& form_;
    const CheckInputs& inputs_;
};

}  // namespace

std::vector<Finding> check(const Form& form, const CheckInputs& inputs) {
    std::vector<Finding> findings;
    const Asking asking(form, inputs);
    for (int row = 0; row < static_cast<int>(form.rows.size()); ++row)
        for (const auto& one : form.checks) {
            if (std::find(one.rows.begin(), one.rows.end(), row) == one.rows.end()) continue;
            if (auto finding = asking.ask(one, row)) findings.push_back(std::move(*finding));
        }
    return findings;
}

Verdict refuse_open(const std::vector<Finding>& findings, const std::string& part) {
    Refusal refusal{Code::unprocessable, "form.contradictions", {}, {}, {}};
    for (const auto& finding : findings) {
        if (!finding.open()) continue;
        auto params = finding.params;
        std::string cells;
        for (const auto& cell : finding.cells) cells += (cells.empty() ? "" : " ") + (cell.find(':') == std::string::npos ? part + ':' + cell : cell);
        params.emplace_back("cells", cells);
        params.emplace_back("finding", finding.id);
        refusal.errors.push_back({finding.cells.empty() ? part : part + ':' + finding.cells.front(), finding.key, std::move(params)});
    }
    if (refusal.errors.empty()) return std::nullopt;
    refusal.params = {{"count", std::to_string(refusal.errors.size())}};
    return refusal;
}

}  // namespace anban::forms
