#include "platform/db/dialect.h"

#include <array>

namespace anban::db {
namespace {

struct Word {
    std::string_view word, sqlite, postgresql;
};
constexpr std::array<Word, 4> kWords{{
    {"{int64}", "integer", "bigint"},
    {"{bytes}", "blob", "bytea"},
    {"{key}", "text", "text collate \"C\""},
    {"{strict}", "strict", ""},
}};

// Where the quoted text, comment or single character that starts at `at` ends.
std::size_t end_of_token(std::string_view text, std::size_t at) {
    const auto past = [&](std::string_view closing, std::size_t from) {
        const auto found = text.find(closing, from);
        return found == std::string_view::npos ? text.size() : found + closing.size();
    };
    // A doubled quote reads as one quoted text after another: the same bytes either way.
    if (text[at] == '\'' || text[at] == '"') return past(text.substr(at, 1), at + 1);
    if (text.substr(at, 2) == "--") return past("\n", at);
    if (text.substr(at, 2) == "/*") return past("*/", at + 2);
    return at + 1;
}

bool is_comment(std::string_view token) { return token.starts_with("--") || token.starts_with("/*"); }

bool is_word_start(std::string_view text) {
    if (text.size() < 3 || text[0] != '{') return false;
    const auto closing = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789", 1);
    return closing != std::string_view::npos && closing > 1 && text[closing] == '}';
}

}  // namespace

std::string spelled_for(Engine engine, std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const auto rest = text.substr(at);
        if (is_word_start(rest)) {
            const Word* found = nullptr;
            for (const auto& word : kWords)
                if (rest.starts_with(word.word)) found = &word;
            if (!found) throw Failure("unknown word in a migration: " + std::string(rest.substr(0, rest.find('}') + 1)));
            out += engine == Engine::sqlite ? found->sqlite : found->postgresql;
            at += found->word.size();
            continue;
        }
        const auto end = end_of_token(text, at);  // quoted braces are data
        out += text.substr(at, end - at);
        at = end;
    }
    return out;
}

std::vector<std::string> split_statements(std::string_view script) {
    std::vector<std::string> out;
    std::string statement;
    bool says_something = false;
    const auto finish = [&] {
        if (says_something) out.push_back(std::move(statement));
        statement.clear();
        says_something = false;
    };
    for (std::size_t at = 0; at < script.size();) {
        const auto end = end_of_token(script, at);
        const auto token = script.substr(at, end - at);
        at = end;
        if (token == ";") { finish(); continue; }
        statement += token;
        says_something = says_something || (!is_comment(token) && std::string_view(" \t\r\n").find(token[0]) == std::string_view::npos);
    }
    finish();
    return out;
}

Sql table_exists(Engine engine) {
    if (engine == Engine::sqlite) return {"catalog.table_exists", "select 1 from sqlite_master where type = 'table' and name = $1"};
    return {"catalog.table_exists",
            "select 1 from pg_catalog.pg_class where relkind in ('r', 'p') and relname = $1 and pg_table_is_visible(oid)"};
}

void wait_for_other_migrators(Connection& c) {
    if (c.engine() == Engine::postgresql)
        c.each({"catalog.wait_for_other_migrators", "select pg_advisory_xact_lock(618420)"}, {}, [](const Row&) {});
}

}  // namespace anban::db
