#include "modules/forms/load_form.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>

#include "core/codec.h"
#include "modules/forms/formula_text.h"

namespace anban::forms {
namespace {

using Names = std::vector<std::string_view>;

std::string joined(const Names& names) {
    std::string out;
    for (const auto name : names) out.append(out.empty() ? "" : ", ").append(name);
    return out;
}

// Column and row ids stand in formulas: no "-", which is minus there.
bool is_name(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && text.size() <= 40 && text[0] >= 'a' && text[0] <= 'z' && std::all_of(text.begin(), text.end(), fits) && text != "prev";
}

class Loader {
public:
    Loader(const std::string& file, PackErrors& errors) : file_(file), errors_(errors), before_(errors.size()) {}

    std::optional<Form> load(const YAML::Node& root) {
        form_.kind = enum_at(root, "kind", FormKind::table);
        Names known{"id", "kind", "title", "subtitle", "unit_note", "assumed"};
        if (form_.kind == FormKind::table) known.insert(known.end(), {"head", "rows", "row_head", "checks"});
        if (form_.kind == FormKind::ledger) known.insert(known.end(), {"columns"});
        if (form_.kind == FormKind::items) known.insert(known.end(), {"categories", "counting_rule", "pictures_min"});
        if (!mapping(root, known, {"id", "kind", "title"})) return std::nullopt;
        form_.id = text_at(root, "id");
        form_.title = text_at(root, "title");
        form_.subtitle = text_at(root, "subtitle");
        form_.unit_note = text_at(root, "unit_note");
        form_.assumed = flag_at(root, "assumed");
        if (form_.kind == FormKind::table) load_table(root);
        if (form_.kind == FormKind::ledger) load_ledger(root);
        if (form_.kind == FormKind::items) load_items(root);
        if (errors_.size() != before_) return std::nullopt;
        form_.version = version_of(form_);
        return std::move(form_);
    }

private:
    // What is read out of the file.
    void complain(const YAML::Node& at, std::string key, Params params = {}) {
        const auto mark = at.Mark();
        errors_.push_back({file_, mark.is_null() ? 0 : mark.line + 1, std::move(key), std::move(params)});
    }
    bool mapping(const YAML::Node& node, const Names& known, const Names& required) {
        if (!node.IsMap()) return complain(node, "pack.mapping_expected", {{"keys", joined(known)}}), false;
        std::set<std::string> seen;
        for (const auto& member : node) {
            const auto name = member.first.IsScalar() ? member.first.Scalar() : std::string();
            if (std::find(known.begin(), known.end(), name) == known.end())
                complain(member.first, "pack.unknown_member", {{"member", name}, {"known", joined(known)}});
            if (!seen.insert(name).second) complain(member.first, "pack.doubled_member", {{"member", name}});
        }
        for (const auto name : required)
            if (!seen.contains(std::string(name))) complain(node, "pack.missing_member", {{"member", std::string(name)}});
        return true;
    }
    std::string text_at(const YAML::Node& node, const char* key) {
        const auto value = node[key];
        if (!value || value.IsNull()) return {};
        if (!value.IsScalar()) return complain(value, "pack.text_expected"), std::string();
        return value.Scalar();
    }
    bool flag_at(const YAML::Node& node, const char* key, bool otherwise = false) {
        const auto text = text_at(node, key);
        if (!text.empty() && text != "true" && text != "false") complain(node[key], "pack.not_one_of", {{"value", text}, {"allowed", "true, false"}});
        return text.empty() ? otherwise : text == "true";
    }
    int number_at(const YAML::Node& node, const char* key, int least, int most, int otherwise) {
        const auto text = text_at(node, key);
        if (text.empty()) return otherwise;
        int value = 0;
        const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
        if (end.ec == std::errc() && end.ptr == text.data() + text.size() && value >= least && value <= most) return value;
        complain(node[key], "pack.number_expected", {{"value", text}, {"least", std::to_string(least)}, {"most", std::to_string(most)}});
        return otherwise;
    }
    template <class E>
    E enum_at(const YAML::Node& node, const char* key, E otherwise) {
        const auto text = node.IsMap() ? text_at(node, key) : std::string();
        if (text.empty()) return otherwise;
        if (const auto value = codec::enum_from<E>(text)) return *value;
        std::string allowed;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { allowed += (allowed.empty() ? "" : ", ") + std::string(d.name); });
        complain(node[key], "pack.not_one_of", {{"value", text}, {"allowed", allowed}});
        return otherwise;
    }
    std::string id_at(const YAML::Node& node, std::set<std::string>& taken) {
        const auto id = text_at(node, "id");
        if (!is_name(id)) complain(node["id"] ? node["id"] : node, "form.name_expected", {{"value", id}});
        else if (!taken.insert(id).second) complain(node["id"], "pack.named_twice", {{"name", id}});
        return id;
    }
    std::vector<YAML::Node> list_at(const YAML::Node& node, const char* key, bool required) {
        const auto value = node[key];
        if (!value && !required) return {};
        if (!value || !value.IsSequence() || (required && value.size() == 0)) return complain(value ? value : node, "pack.list_expected", {{"member", key}}), std::vector<YAML::Node>();
        return {value.begin(), value.end()};
    }

    // Tables.
    void load_table(const YAML::Node& root) {
        form_.row_head = root["row_head"] ? text_at(root, "row_head") : form_.row_head;
        for (const auto& node : list_at(root, "head", true)) load_head(node, 0, {}, false);
        for (auto& box : form_.head)
            if (box.last_row < 0) box.last_row = form_.head_rows - 1;  // a leaf reaches down to the last head row
        resolve_columns();
        const auto rows = list_at(root, "rows", true);
        load_rows(rows, 0);
        for (const auto& [row, node] : named_parts_) resolve_of(row, node);
        add_of_which_checks();
        for (const auto& node : list_at(root, "checks", false)) load_check(node);
        refuse_rings(root);
    }
    void load_head(const YAML::Node& node, int depth, std::vector<std::string> path, bool of_which) {
        static const Names leaf{"id", "title", "unit", "of_which", "adds", "decimals", "source", "negative", "nil", "width", "assumed"};
        static const Names group{"id", "title", "of_which", "columns", "assumed"};
        const bool is_group = node.IsMap() && node["columns"];
        if (!mapping(node, is_group ? group : leaf, is_group ? Names{"title"} : Names{"id", "title"})) return;
        if (depth >= 6) return complain(node, "form.head_too_deep");
        path.push_back(text_at(node, "title"));
        of_which = of_which || flag_at(node, "of_which");
        form_.head_rows = std::max(form_.head_rows, depth + 1);
        const std::size_t box = form_.head.size();
        const int first = static_cast<int>(form_.columns.size());
        form_.head.push_back({path.back(), depth, is_group ? depth : -1, first, first, flag_at(node, "of_which")});
        if (is_group) for (const auto& child : list_at(node, "columns", true)) load_head(child, depth + 1, path, of_which);
        else load_column(node, std::move(path), of_which);
        form_.head[box].last_column = static_cast<int>(form_.columns.size()) - 1;
    }
    void load_column(const YAML::Node& node, std::vector<std::string> path, bool of_which) {
        Column c;
        c.id = id_at(node, column_ids_);
        c.title = path.back();
        c.path = std::move(path);
        c.unit = text_at(node, "unit");
        c.decimals = number_at(node, "decimals", 0, 4, 0);
        c.negative = flag_at(node, "negative");
        c.nil = flag_at(node, "nil", true);
        c.width = number_at(node, "width", 3, 80, 10);
        c.assumed = form_.assumed || flag_at(node, "assumed");
        load_source(node["source"], c);
        // sum(prev.self, now) is what cumulative means, however it was written.
        const auto adds_to_itself = [&](const Ast& arg) { return arg.op == "prev" && arg.name == c.id; };
        if (c.formula && c.formula->op == "sum" && std::any_of(c.formula->args.begin(), c.formula->args.end(), adds_to_itself)) c.source = ColumnSource::cumulative;
        const bool derives_anew = c.source == ColumnSource::formula && c.formula && c.formula->op != "+" && c.formula->op != "-" && c.formula->op != "sum";
        c.adds = enum_at(node, "adds", derives_anew ? Adds::recompute : Adds::sum);
        if (c.adds == Adds::recompute && c.source != ColumnSource::formula) complain(node, "form.recompute_without_formula", {{"name", c.id}});
        // 其中 is part of the nearest column before it that is not itself a part.
        c.of_which = of_which;
        for (int i = static_cast<int>(form_.columns.size()) - 1; of_which && i >= 0 && c.whole < 0; --i)
            if (!form_.columns[static_cast<std::size_t>(i)].of_which) c.whole = i;
        if (of_which && c.whole < 0) complain(node, "form.of_which_without_whole", {{"name", c.id}});
        form_.columns.push_back(std::move(c));
        column_nodes_.push_back(node);
    }
    void load_source(const YAML::Node& node, Column& c) {
        if (!node) return;
        if (node.IsScalar()) {
            const auto word = node.Scalar();
            if (word == "last_window") c.source = ColumnSource::last_window;
            else if (word == "lower_level") c.source = ColumnSource::lower_level;
            else if (word != "typed") complain(node, "pack.not_one_of", {{"value", word}, {"allowed", "typed, last_window, lower_level, {formula: …}, {cumulative: …}"}});
            return;
        }
        if (!mapping(node, {"formula", "cumulative"}, {})) return;
        if (node["cumulative"]) {
            c.source = ColumnSource::cumulative;
            c.formula = Ast{"sum", {{"prev", {}, c.id, {}, {}}, {"cell", {}, text_at(node, "cumulative"), {}, {}}}, {}, {}, {}};
            return;
        }
        c.source = ColumnSource::formula;
        FormulaFault fault;
        c.formula = parse_formula(text_at(node, "formula"), fault);
        if (!c.formula) complain(node["formula"] ? node["formula"] : node, fault.key, {{"text", text_at(node, "formula")}, {"at", fault.at}});
    }
    void resolve_columns() {
        for (std::size_t i = 0; i < form_.columns.size(); ++i) {
            auto& c = form_.columns[i];
            if (!c.formula) continue;
            if (!names_known(*c.formula, column_nodes_[i], false)) { c.formula.reset(); continue; }
            c.decimals = c.formula->op == "rate" ? 1 : std::max(c.decimals, form_.scale_of(*c.formula));
        }
    }
    // In a column's formula only columns of the same row; a check may name cells and other parts.
    bool names_known(const Ast& ast, const YAML::Node& at, bool in_check) {
        bool known = true;
        if (ast.op == "cell" || ast.op == "prev") {
            known = form_.find_column(ast.name) >= 0 || (in_check && form_.find_cell(ast.name).has_value());
            if (!known) complain(at, "form.formula_unknown_cell", {{"name", ast.name}});
        }
        if ((ast.op == "count" || ast.op == "total") && !in_check) return complain(at, "form.formula_unknown_cell", {{"name", ast.part + '.' + ast.op}}), false;
        for (const auto& arg : ast.args) known = names_known(arg, at, in_check) && known;
        return known;
    }

    // Rows.
    std::vector<int> load_rows(const std::vector<YAML::Node>& nodes, int depth) {
        std::vector<int> here;
        for (const auto& node : nodes) {
            if (!mapping(node, {"id", "title", "kind", "of", "rows"}, {"id"})) continue;
            const int index = static_cast<int>(form_.rows.size());
            here.push_back(index);
            form_.rows.push_back({id_at(node, row_ids_), text_at(node, "title"), enum_at(node, "kind", RowKind::item), depth, {}});
            const auto children = load_rows(list_at(node, "rows", false), depth + 1);
            auto& row = form_.rows[static_cast<std::size_t>(index)];
            if (node["of"]) named_parts_.emplace_back(index, node);
            else if (row.kind == RowKind::subtotal) row.of = children;
        }
        for (const int index : here) {
            auto& row = form_.rows[static_cast<std::size_t>(index)];
            const bool named = std::any_of(named_parts_.begin(), named_parts_.end(), [&](auto& p) { return p.first == index; });
            for (const int other : here)
                if (row.kind == RowKind::total && !named && form_.rows[static_cast<std::size_t>(other)].kind != RowKind::total) row.of.push_back(other);
        }
        return here;
    }
    void resolve_of(int row, const YAML::Node& node) {
        for (const auto& name : list_at(node, "of", true)) {
            const int part = name.IsScalar() ? form_.find_row(name.Scalar()) : -1;
            if (part < 0 || part == row) complain(name, "form.no_such_row", {{"name", name.IsScalar() ? name.Scalar() : ""}});
            else form_.rows[static_cast<std::size_t>(row)].of.push_back(part);
        }
        if (form_.rows[static_cast<std::size_t>(row)].kind == RowKind::item) complain(node["of"], "form.of_on_an_item");
    }

    // Checks.
    void add_of_which_checks() {
        for (const auto& c : form_.columns) {
            if (c.whole < 0 || c.adds == Adds::recompute) continue;
            const auto& whole = form_.columns[static_cast<std::size_t>(c.whole)];
            if (whole.adds == Adds::recompute) continue;
            Check check{"of_which_" + c.id, CheckLevel::hard, c.id + " <= " + whole.id, {}, {"cell", {}, c.id, {}, {}}, {"cell", {}, whole.id, {}, {}}, "<=", {}, false};
            check.rows = item_rows();
            form_.checks.push_back(std::move(check));
        }
    }
    std::vector<int> item_rows() const {
        std::vector<int> rows;
        for (std::size_t i = 0; i < form_.rows.size(); ++i)
            if (form_.rows[i].kind == RowKind::item) rows.push_back(static_cast<int>(i));
        return rows;
    }
    int last_total() const {
        for (int i = static_cast<int>(form_.rows.size()) - 1; i >= 0; --i)
            if (form_.rows[static_cast<std::size_t>(i)].kind == RowKind::total) return i;
        return static_cast<int>(form_.rows.size()) - 1;
    }
    static bool is_external(const Ast& ast) {
        return ast.op == "count" || ast.op == "total" || std::any_of(ast.args.begin(), ast.args.end(), is_external);
    }
    static bool speaks_of_rows(const Ast& ast) {
        const bool whole_column = (ast.op == "cell" || ast.op == "prev") && ast.name.find('.') == std::string::npos;
        return whole_column || std::any_of(ast.args.begin(), ast.args.end(), speaks_of_rows);
    }
    void load_check(const YAML::Node& node) {
        if (!mapping(node, {"id", "level", "rule", "message", "rows"}, {"id", "level", "rule", "message"})) return;
        Check check;
        check.id = id_at(node, check_ids_);
        check.level = enum_at(node, "level", CheckLevel::hard);
        check.rule = text_at(node, "rule");
        check.message = text_at(node, "message");
        FormulaFault fault;
        auto rule = parse_rule(check.rule, fault);
        if (!rule) return complain(node["rule"] ? node["rule"] : node, fault.key, {{"text", check.rule}, {"at", fault.at}});
        if (!names_known(rule->left, node["rule"], true) || !names_known(rule->right, node["rule"], true)) return;
        check.left = std::move(rule->left);
        check.relation = std::move(rule->relation);
        check.right = std::move(rule->right);
        check.external = is_external(check.left) || is_external(check.right);
        check.rows = asked_rows(node, check);
        form_.checks.push_back(std::move(check));
    }
    // Unless the check says: once for each item row; of facts of another part, and of cells named in full, once.
    std::vector<int> asked_rows(const YAML::Node& node, const Check& check) {
        std::vector<int> rows;
        for (const auto& name : list_at(node, "rows", false)) {
            const int row = name.IsScalar() ? form_.find_row(name.Scalar()) : -1;
            if (row < 0) complain(name, "form.no_such_row", {{"name", name.IsScalar() ? name.Scalar() : ""}});
            else rows.push_back(row);
        }
        if (!rows.empty()) return rows;
        const bool each = speaks_of_rows(check.left) || speaks_of_rows(check.right);
        return each && !check.external ? item_rows() : std::vector<int>{last_total()};
    }

    // A formula that leads back to itself could only ever be blank.
    void refuse_rings(const YAML::Node& root) {
        if (errors_.size() != before_) return;
        form_.settle();
        std::vector<int> state(form_.cells(), 0);
        for (std::size_t i = 0; i < form_.cells(); ++i)
            if (const auto ring = find_ring(i, state); !ring.empty()) {
                const auto column = form_.find_column(std::string_view(ring).substr(ring.find('.') + 1));
                const auto& at = column >= 0 ? column_nodes_[static_cast<std::size_t>(column)] : root;
                return complain(at, "form.formula_ring", {{"name", ring}});
            }
    }
    std::string find_ring(std::size_t i, std::vector<int>& state) {
        if (state[i] == 2) return {};
        if (state[i] == 1) return form_.cell_id(i);
        state[i] = 1;
        const auto* formula = form_.formula_of(static_cast<int>(i / form_.columns.size()), static_cast<int>(i % form_.columns.size()));
        std::string ring = formula ? ring_below(formula->ast, state) : std::string();
        state[i] = 2;
        return ring;
    }
    std::string ring_below(const Ast& ast, std::vector<int>& state) {
        if (ast.op == "cell")
            if (const auto cell = form_.find_cell(ast.name)) return find_ring(*cell, state);
        for (const auto& arg : ast.args)
            if (auto ring = ring_below(arg, state); !ring.empty()) return ring;
        return {};
    }

    // Ledgers and items.
    void load_ledger(const YAML::Node& root) {
        for (const auto& node : list_at(root, "columns", true)) {
            if (!mapping(node, {"id", "title", "type", "choices", "required", "decimals", "width", "longest", "assumed"}, {"id", "title", "type"})) continue;
            Field f;
            f.id = id_at(node, column_ids_);
            f.title = text_at(node, "title");
            f.type = enum_at(node, "type", FieldType::text);
            f.required = flag_at(node, "required");
            f.decimals = number_at(node, "decimals", 0, 4, 0);
            f.width = number_at(node, "width", 3, 80, 14);
            f.longest = number_at(node, "longest", 1, 20'000, 2'000);
            f.assumed = form_.assumed || flag_at(node, "assumed");
            f.choices = choices_at(node, "choices", f.type == FieldType::choice);
            form_.fields.push_back(std::move(f));
        }
    }
    void load_items(const YAML::Node& root) {
        form_.categories = choices_at(root, "categories", false);
        form_.counting_rule = text_at(root, "counting_rule");
        form_.pictures_min = number_at(root, "pictures_min", 0, 100, 0);
    }
    // [{id, title}] or plain words, which are their own id.
    std::vector<Choice> choices_at(const YAML::Node& node, const char* key, bool required) {
        std::vector<Choice> out;
        std::set<std::string> taken;
        for (const auto& choice : list_at(node, key, required)) {
            if (choice.IsScalar()) out.push_back({choice.Scalar(), choice.Scalar()});
            else if (mapping(choice, {"id", "title"}, {"id", "title"})) out.push_back({text_at(choice, "id"), text_at(choice, "title")});
            else continue;
            if (!taken.insert(out.back().id).second) complain(choice, "pack.named_twice", {{"name", out.back().id}});
        }
        return out;
    }

    const std::string& file_;
    PackErrors& errors_;
    std::size_t before_;
    Form form_;
    std::set<std::string> column_ids_, row_ids_, check_ids_;
    std::vector<YAML::Node> column_nodes_;
    std::vector<std::pair<int, YAML::Node>> named_parts_;
};

}  // namespace

std::optional<Form> read_form(std::string_view yaml, const std::string& file, PackErrors& errors) {
    try {
        return Loader(file, errors).load(YAML::Load(std::string(yaml)));
    } catch (const YAML::Exception& fault) {
        errors.push_back({file, fault.mark.line + 1, "pack.not_yaml", {{"reason", fault.msg}}});
        return std::nullopt;
    }
}

std::optional<Form> load_form(const std::string& file, PackErrors& errors) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return errors.push_back({file, 0, "pack.file_missing", {}}), std::nullopt;
    std::stringstream text;
    text << in.rdbuf();
    return read_form(text.str(), file, errors);
}

}  // namespace anban::forms
