// The published JSON Schema, the loader and the packs of the tree say the same.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "modules/campaigns/pack.h"
#include "modules/campaigns/pack_shapes.h"
#include "tests/support/tree.h"
#include "tests/support/json_schema.h"

namespace anban::campaigns {
namespace {

namespace fs = std::filesystem;

const fs::path kPacks = fs::path(test::tree("packs"));

json::value schema(const std::string& name) {
    std::ifstream in(kPacks / "schema" / name);
    std::stringstream text;
    text << in.rdbuf();
    auto parsed = json::parse(text.str());
    EXPECT_TRUE(parsed.ok()) << name;
    return std::move(parsed).value();
}

std::vector<fs::path> packs() {
    std::vector<fs::path> out;
    for (const auto& folder : {kPacks, fs::path(test::tree("tests/fixtures/packs"))})
        for (const auto& entry : fs::directory_iterator(folder))
            if (fs::exists(entry.path() / "campaign.yaml")) out.push_back(entry.path());
    return out;
}

std::set<std::string> names(const json::value* object) {
    std::set<std::string> out;
    if (object)
        for (const auto& member : object->as_object()) out.emplace(member.key());
    return out;
}

TEST(PackSchema, the_schema_and_the_loader_know_the_same_keys_and_ask_for_the_same_ones) {
    const auto document = schema("pack.json");
    const auto& defs = document.at("$defs").as_object();
    std::set<std::string> loader_shapes;
    for (const auto& shape : shapes()) {
        loader_shapes.emplace(shape.name);
        ASSERT_TRUE(defs.contains(shape.name)) << shape.name;
        const auto& def = defs.at(shape.name).as_object();
        std::set<std::string> keys, required, schema_required;
        for (const auto& key : shape.keys) {
            keys.emplace(key.name);
            if (key.required) required.emplace(key.name);
        }
        for (const auto& name : def.at("required").as_array()) schema_required.emplace(name.as_string());
        EXPECT_EQ(names(def.if_contains("properties")), keys) << shape.name;
        EXPECT_EQ(schema_required, required) << shape.name;
        EXPECT_FALSE(def.at("additionalProperties").as_bool()) << shape.name;
    }
    EXPECT_EQ(names(&document.at("$defs")), loader_shapes);
}

TEST(PackSchema, every_pack_of_the_tree_fits_the_schema_and_loads) {
    const auto document = schema("pack.json");
    ASSERT_FALSE(packs().empty());
    for (const auto& pack : packs()) {
        for (const std::string name : {"campaign", "organizations", "duties"}) {
            const auto value = support::json_from_yaml_file((pack / (name + ".yaml")).string());
            EXPECT_EQ(support::violations(value, document.at("$defs").at(name), document), std::vector<std::string>{}) << pack << name;
        }
        EXPECT_EQ(load_pack(pack).errors, PackErrors{}) << pack;
    }
}

TEST(PackSchema, every_form_of_the_tree_fits_the_form_schema) {
    const auto document = schema("form.json");
    for (const auto& pack : packs())
        for (const auto& entry : fs::directory_iterator(pack / "forms")) {
            const auto value = support::json_from_yaml_file(entry.path().string());
            EXPECT_EQ(value.at("id").as_string(), entry.path().stem().string());
            EXPECT_EQ(support::violations(value, document, document), std::vector<std::string>{}) << entry.path();
        }
}

// The form loader's own list of keys, as it tells it to whoever writes a wrong one.
std::set<std::string> keys_known_at(const std::string& yaml) {
    PackErrors errors;
    (void)forms::read_form(yaml, "form.yaml", errors);
    for (const auto& error : errors) {
        if (error.key != "pack.unknown_member") continue;
        std::set<std::string> keys;
        std::stringstream list(error.params.at(1).second);
        for (std::string key; std::getline(list >> std::ws, key, ',');) keys.insert(key);
        return keys;
    }
    return {};
}

TEST(PackSchema, the_form_schema_and_the_form_loader_know_the_same_keys) {
    const auto document = schema("form.json");
    const auto known = [&](const std::string& def) { return names(&document.at("$defs").at(def).at("properties")); };
    const std::string table = "id: t\nkind: table\ntitle: x\n";
    EXPECT_EQ(keys_known_at(table + "wrong: 1\n"), known("table"));
    EXPECT_EQ(keys_known_at("id: t\nkind: ledger\ntitle: x\nwrong: 1\n"), known("ledger"));
    EXPECT_EQ(keys_known_at("id: t\nkind: items\ntitle: x\nwrong: 1\n"), known("items"));
    auto column = keys_known_at(table + "head: [{title: x, wrong: 1}]\n");
    column.merge(keys_known_at(table + "head: [{title: x, wrong: 1, columns: []}]\n"));
    EXPECT_EQ(column, known("column"));
    EXPECT_EQ(keys_known_at(table + "head: [{id: a, title: x, source: {wrong: 1}}]\n"), known("derived"));
    EXPECT_EQ(keys_known_at(table + "head: [{id: a, title: x}]\nrows: [{id: r, wrong: 1}]\n"), known("row"));
    EXPECT_EQ(keys_known_at(table + "head: [{id: a, title: x}]\nrows: [{id: r}]\nchecks: [{wrong: 1}]\n"), known("check"));
    EXPECT_EQ(keys_known_at("id: t\nkind: ledger\ntitle: x\ncolumns: [{wrong: 1}]\n"), known("ledger_column"));
    EXPECT_EQ(keys_known_at("id: t\nkind: items\ntitle: x\ncategories: [{wrong: 1}]\n"), known("category"));
}

TEST(PackSchema, what_the_schema_refuses_is_named_with_its_place) {
    const auto document = schema("pack.json");
    const auto value = json::parse(R"({"weekday":"doomsday","day":32,"times":"17:00"})").value();
    const auto found = support::violations(value, document.at("$defs").at("due"), document);
    EXPECT_EQ(found.size(), 3u);
}

}  // namespace
}  // namespace anban::campaigns
