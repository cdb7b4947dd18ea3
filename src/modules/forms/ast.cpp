// Formulas as trees: to and from JSON, and their value by the rules of tests/fixtures/formulas.md.
#include <algorithm>
#include <array>
#include <stdexcept>

#include "modules/forms/evaluate.h"

namespace anban::forms {
namespace {

bool is_leaf(const std::string& op) { return op == "cell" || op == "prev" || op == "num"; }
bool is_external(const std::string& op) { return op == "count" || op == "total"; }
bool is_operation(const std::string& op) {
    static constexpr std::array<std::string_view, 6> known{"+", "-", "*", "/", "sum", "rate"};
    return std::find(known.begin(), known.end(), op) != known.end();
}

using Wide = __int128_t;

Figure bounded(Wide value) { return value > largest || value < -largest ? blank : static_cast<Figure>(value); }

Wide power(int exponent) {
    Wide value = 1;
    while (exponent-- > 0) value *= 10;
    return value;
}

Figure known(Figure f) { return f == nil ? 0 : f; }

// "—" wins over blank: it says more.
std::optional<Figure> spreads(const std::vector<Figure>& values) {
    if (std::find(values.begin(), values.end(), undefined) != values.end()) return undefined;
    if (std::find(values.begin(), values.end(), blank) != values.end()) return blank;
    return std::nullopt;
}

template <class Combine>
Figure fold(const std::vector<Figure>& values, Combine combine) {
    Figure result = values.front();
    for (std::size_t i = 1; i < values.size() && result != blank; ++i) result = combine(result, values[i]);
    return result;
}

Figure sum_of(std::vector<Figure> values) {
    if (std::find(values.begin(), values.end(), undefined) != values.end()) return undefined;
    values.erase(std::remove(values.begin(), values.end(), blank), values.end());
    return values.empty() ? blank : fold(values, [](Figure a, Figure b) { return bounded(Wide{a} + b); });
}

// In tenths of a per cent.
Figure rate_of(const std::vector<Figure>& values) {
    if (const auto unknown = spreads(values)) return *unknown;
    return values[1] == 0 ? undefined : divide_rounded(Wide{values[0]} * 1000, values[1]);
}

Figure operate(const std::string& op, const std::vector<Figure>& values, int scale) {
    if (op == "sum") return sum_of(values);
    if (op == "rate") return rescale(rate_of(values), 1, scale);
    if (const auto unknown = spreads(values)) return *unknown;
    if (op == "+") return fold(values, [](Figure a, Figure b) { return bounded(Wide{a} + b); });
    if (op == "-") return fold(values, [](Figure a, Figure b) { return bounded(Wide{a} - b); });
    if (op == "*") return fold(values, [&](Figure a, Figure b) { return divide_rounded(Wide{a} * b, power(scale)); });
    return values[1] == 0 ? undefined : divide_rounded(Wide{values[0]} * power(scale), values[1]);
}

std::vector<Figure> arguments(const Ast& ast, const Operands& operands) {
    std::vector<Figure> values;
    for (const auto& arg : ast.args) values.push_back(value_of(arg, operands));
    return values;
}

json::array conditions_json(const std::vector<Condition>& conditions) {
    json::array out;
    for (const auto& c : conditions) out.push_back(json::object{{"column", c.column}, {"relation", c.relation}, {"value", c.value}});
    return out;
}

}  // namespace

json::value to_json(const Ast& ast) {
    if (is_leaf(ast.op)) return json::object{{"op", ast.op}, {"args", json::array{json::value(ast.name)}}};
    if (is_external(ast.op))
        return json::object{{"op", ast.op}, {"part", ast.part}, {"column", ast.name}, {"where", conditions_json(ast.conditions)}};
    json::array args;
    for (const auto& arg : ast.args) args.push_back(to_json(arg));
    return json::object{{"op", ast.op}, {"args", std::move(args)}};
}

std::optional<Ast> ast_from(const json::value& v) {
    const auto* object = v.if_object();
    const auto* op = object ? object->if_contains("op") : nullptr;
    const auto* args = object ? object->if_contains("args") : nullptr;
    if (!op || !op->is_string() || !args || !args->is_array() || args->get_array().empty()) return std::nullopt;
    Ast ast;
    ast.op = std::string(op->get_string());
    const auto& list = args->get_array();
    if (is_leaf(ast.op)) {
        if (list.size() != 1 || !list[0].is_string()) return std::nullopt;
        ast.name = std::string(list[0].get_string());
        return ast;
    }
    if (!is_operation(ast.op)) return std::nullopt;
    for (const auto& arg : list) {
        auto child = ast_from(arg);
        if (!child) return std::nullopt;
        ast.args.push_back(std::move(*child));
    }
    const bool exactly_two = ast.op == "/" || ast.op == "rate";
    if ((exactly_two && list.size() != 2) || (ast.op != "sum" && list.size() < 2)) return std::nullopt;
    return ast;
}

Figure value_of(const Ast& ast, const Operands& operands) {
    if (ast.op == "cell") return known(operands.cell(ast));
    if (ast.op == "prev") return known(operands.prev(ast));
    if (ast.op == "num") return figure_from(ast.name, operands.scale);
    if (is_external(ast.op)) return operands.external ? known(operands.external(ast)) : blank;
    return operate(ast.op, arguments(ast, operands), operands.scale);
}

std::string evaluate_text(const Ast& ast, const Operands& operands) {
    if (ast.op == "rate") return figure_text(rate_of(arguments(ast, operands)), 1);
    return figure_text(value_of(ast, operands), operands.scale);
}

}  // namespace anban::forms
