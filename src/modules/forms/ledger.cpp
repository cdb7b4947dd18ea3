#include "modules/forms/ledger.h"

#include <algorithm>

#include "modules/forms/input.h"

namespace anban::forms {
namespace {

bool wholly_blank(const LedgerRow& row) {
    return std::all_of(row.begin(), row.end(), [](const auto& cell) {
        return cell.second.find_first_not_of(" \t\r\n") == std::string::npos;
    });
}

std::string address(const std::string& part, std::size_t row, const std::string& field) {
    return part + ":r" + std::to_string(row + 1) + (field.empty() ? "" : '.' + field);
}

LedgerRow read_row(const Form& form, const LedgerRow& given, const std::string& part, std::size_t number, int year, std::vector<FieldError>& errors) {
    LedgerRow row;
    for (const auto& field : form.fields) {
        const auto found = given.find(field.id);
        auto typed = read_field(found == given.end() ? "" : found->second, field, year);
        if (!typed.ok()) {
            typed.params.emplace_back("column", field.title);
            errors.push_back({address(part, number, field.id), typed.key, typed.params});
        } else if (!typed.value.empty()) {
            row.emplace(field.id, std::move(typed.value));
        }
    }
    return row;
}

}  // namespace

LedgerRead read_ledger(const Form& form, const LedgerRows& texts, const std::string& part, int year) {
    LedgerRead out;
    if (texts.size() > most_ledger_rows) {
        out.errors.push_back({part + ':', "form.too_many_rows", {{"limit", std::to_string(most_ledger_rows)}}});
        return out;
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (wholly_blank(texts[i])) continue;
        for (const auto& [id, text] : texts[i]) {
            const bool known = std::any_of(form.fields.begin(), form.fields.end(), [&](const Field& f) { return f.id == id; });
            if (!known) out.errors.push_back({address(part, i, id), "form.no_such_cell", {}});
        }
        out.rows.push_back(read_row(form, texts[i], part, i, year, out.errors));
    }
    return out;
}

LedgerRead ledger_from(const Form& form, const json::array& rows, const std::string& part, int year) {
    LedgerRows texts;
    std::vector<FieldError> errors;
    for (std::size_t i = 0; i < rows.size() && texts.size() <= most_ledger_rows; ++i) {
        auto& row = texts.emplace_back();
        if (!rows[i].is_object()) { errors.push_back({address(part, i, ""), "body.object_expected", {}}); continue; }
        for (const auto& member : rows[i].get_object()) {
            if (member.value().is_string()) row[std::string(member.key())] = std::string(member.value().get_string());
            else if (!member.value().is_null()) errors.push_back({address(part, i, std::string(member.key())), "body.text_expected", {}});
        }
    }
    auto out = read_ledger(form, texts, part, year);
    out.errors.insert(out.errors.begin(), errors.begin(), errors.end());
    return out;
}

json::array ledger_json(const LedgerRows& rows) {
    json::array out;
    for (const auto& row : rows) {
        json::object object;
        for (const auto& [id, text] : row) object[id] = text;
        out.push_back(std::move(object));
    }
    return out;
}

}  // namespace anban::forms
