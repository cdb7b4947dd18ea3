#include "modules/forms/formula_text.h"

#include <array>

namespace anban::forms {
namespace {

Ast leaf(std::string op, std::string name) { return {std::move(op), {}, std::move(name), {}, {}}; }

class Parser {
public:
    explicit Parser(std::string_view text) : text_(text) {}

    Ast expression() {
        const Depth depth(*this);
        Ast left = term();
        for (std::string op; ok() && !(op = one_of({"+", "-"})).empty();) left = join(std::move(op), std::move(left), term());
        return left;
    }
    std::string relation() {
        for (const std::string_view op : {"<=", ">=", "!=", "==", "<", ">", "="})
            if (take(op)) return op == "==" ? "=" : std::string(op);
        fail();
        return {};
    }
    [[nodiscard]] bool ok() const { return !failed_; }
    bool finished() {
        skip();
        if (!text_.empty()) fail();
        return ok();
    }
    [[nodiscard]] std::string rest() const { return std::string(text_.substr(0, 40)); }

private:
    struct Depth {
        Parser& parser;
        explicit Depth(Parser& p) : parser(p) { if (++parser.depth_ > 40) parser.fail(); }
        ~Depth() { --parser.depth_; }
    };

    // a + b + c is one sum of three: what the page and a reader expect. Only for + and *, where the order does not matter.
    static Ast join(std::string op, Ast left, Ast right) {
        if (left.op == op && (op == "+" || op == "*")) {
            left.args.push_back(std::move(right));
            return left;
        }
        Ast out{std::move(op), {}, {}, {}, {}};
        out.args.push_back(std::move(left));
        out.args.push_back(std::move(right));
        return out;
    }
    Ast term() {
        Ast left = factor();
        for (std::string op; ok() && !(op = one_of({"*", "/"})).empty();) left = join(std::move(op), std::move(left), factor());
        return left;
    }
    Ast factor() {
        if (!ok()) return {};
        if (take("(")) {
            Ast inside = expression();
            need(")");
            return inside;
        }
        skip();
        if (!text_.empty() && ((text_[0] >= '0' && text_[0] <= '9') || text_[0] == '-')) return number();
        return named();
    }
    Ast number() {
        std::size_t i = text_[0] == '-' ? 1 : 0;
        while (i < text_.size() && ((text_[i] >= '0' && text_[i] <= '9') || text_[i] == '.')) ++i;
        std::string digits(text_.substr(0, i));
        const auto last = digits.back();
        if (last == '.' || last == '-' || digits.find('.') != digits.rfind('.') || digits.find('.') == (digits[0] == '-' ? 1u : 0u)) fail();
        else text_.remove_prefix(i);
        return leaf("num", std::move(digits));
    }
    Ast named() {
        std::string first = name();
        if ((first == "sum" || first == "rate") && take("(")) return call(std::move(first));
        if (!ok() || !take(".")) return leaf("cell", std::move(first));
        std::string second = name();
        if ((second == "count" || second == "total") && take("(")) return facts(std::move(second), std::move(first));
        if (first != "prev") return leaf("cell", first + '.' + second);
        return leaf("prev", take(".") ? second + '.' + name() : second);
    }
    Ast call(std::string op) {
        const Depth depth(*this);
        Ast out{std::move(op), {}, {}, {}, {}};
        do out.args.push_back(expression());
        while (ok() && take(","));
        need(")");
        if (out.op == "rate" && out.args.size() != 2) fail();
        return out;
    }
    Ast facts(std::string op, std::string part) {
        Ast out{std::move(op), {}, {}, std::move(part), {}};
        if (out.op == "total") out.name = name();
        if (word("where")) do out.conditions.push_back(condition());
            while (ok() && word("and"));
        need(")");
        return out;
    }
    Condition condition() {
        Condition out{name(), relation(), {}};
        if (out.relation != "=" && out.relation != "!=") fail();
        skip();
        const char quote = text_.empty() ? '\0' : text_[0];
        const auto end = quote == '"' || quote == '\'' ? text_.find(quote, 1) : std::string_view::npos;
        if (end == std::string_view::npos) return fail(), out;
        out.value = std::string(text_.substr(1, end - 1));
        text_.remove_prefix(end + 1);
        return out;
    }

    std::string name() {
        skip();
        std::size_t i = 0;
        const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80; };
        while (i < text_.size() && (letter(text_[i]) || (i > 0 && text_[i] >= '0' && text_[i] <= '9'))) ++i;
        if (i == 0) fail();
        std::string out(text_.substr(0, i));
        text_.remove_prefix(i);
        return out;
    }
    bool word(std::string_view expected) {
        skip();
        const bool there = text_.substr(0, expected.size()) == expected && text_.size() > expected.size() && text_[expected.size()] == ' ';
        if (there) text_.remove_prefix(expected.size());
        return there;
    }
    std::string one_of(std::array<std::string_view, 2> ops) {
        for (const auto op : ops)
            if (take(op)) return std::string(op);
        return {};
    }
    bool take(std::string_view token) {
        skip();
        if (!ok() || text_.substr(0, token.size()) != token) return false;
        text_.remove_prefix(token.size());
        return true;
    }
    void need(std::string_view token) { if (!take(token)) fail(); }
    void skip() {
        while (!text_.empty() && (text_[0] == ' ' || text_[0] == '\t' || text_[0] == '\n')) text_.remove_prefix(1);
    }
    void fail() { failed_ = true; }

    std::string_view text_;
    bool failed_ = false;
    int depth_ = 0;
};

}  // namespace

std::optional<Ast> parse_formula(std::string_view text, FormulaFault& fault) {
    Parser parser(text);
    Ast ast = parser.expression();
    if (parser.finished()) return ast;
    fault = {"form.formula_unreadable", parser.rest()};
    return std::nullopt;
}

std::optional<Rule> parse_rule(std::string_view text, FormulaFault& fault) {
    Parser parser(text);
    Rule rule;
    rule.left = parser.expression();
    rule.relation = parser.relation();
    rule.right = parser.expression();
    if (parser.finished()) return rule;
    fault = {"form.formula_unreadable", parser.rest()};
    return std::nullopt;
}

}  // namespace anban::forms
