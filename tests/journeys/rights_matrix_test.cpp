// Every endpoint x every role x {own, child, parent, sibling, stranger, anonymous}, against a table written by hand
// (tests/rights_matrix.txt). An endpoint that the table does not name fails, and so does a line without an endpoint.
#include <fstream>
#include <set>
#include <sstream>

#include "tests/journeys/rights_requests.h"

namespace anban::test {
namespace {

ANBAN_ON_BOTH_ENGINES(RightsMatrix);

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> out;
    for (std::string word; in >> word;) out.push_back(word);
    return out;
}

std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> out;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, '|');) out.push_back(field);
    return out;
}

// What the table says about one endpoint. A role that it does not name is refused (403) whatever it asks about.
struct Line {
    bool anyone = false;                                     // no sign-in needed
    std::map<std::string, std::vector<std::string>> verdicts;  // by role; "anyone"
};

class Table {
public:
    explicit Table(const std::string& file) {
        std::ifstream in(file);
        if (!in) throw std::runtime_error("no table: " + file);
        for (std::string line; std::getline(in, line);) {
            line = line.substr(0, line.find('#'));
            if (words(line).empty()) continue;
            if (line.find('=') != std::string::npos) read_group(line);
            else read_line(line);
        }
    }
    std::map<std::string, Line> lines;

private:
    void read_group(const std::string& line) {
        const auto mark = line.find('=');
        for (const auto& word : words(line.substr(mark + 1)))
            for (const auto& role : roles(word)) groups_[words(line.substr(0, mark)).at(0)].push_back(role);
    }
    std::vector<std::string> roles(const std::string& word) const {
        const auto group = groups_.find(word);
        return group == groups_.end() ? std::vector<std::string>{word} : group->second;
    }
    void read_line(const std::string& text) {
        const auto parts = fields(text);
        const auto head = words(parts.at(0));
        auto& line = lines[head.at(0) + " " + head.at(1)];
        for (std::size_t i = 1; i < parts.size(); ++i) {
            const auto mark = parts[i].find(':');
            auto verdicts = words(parts[i].substr(mark + 1));
            if (verdicts.size() == 1) verdicts.assign(kRelations.size(), verdicts[0]);
            if (verdicts.size() != kRelations.size()) throw std::runtime_error("one verdict, or one for each relation: " + text);
            for (const auto& word : words(parts[i].substr(0, mark)))
                for (const auto& role : roles(word)) line.verdicts[role] = verdicts;
        }
        line.anyone = line.verdicts.contains("anyone");
    }
    std::map<std::string, std::vector<std::string>> groups_;
};

std::string expected(const Line& line, const std::string& role, std::size_t relation) {
    if (line.anyone) return line.verdicts.at("anyone").at(relation);
    if (role == "anonymous") return "401";
    const auto found = line.verdicts.find(role);
    return found == line.verdicts.end() ? "403" : found->second.at(relation);
}

// One of many at once carries its verdict inside.
std::string verdict_inside(const Answer& answer) {
    const auto* verdicts = answer.body.is_object() ? answer.body.as_object().if_contains("verdicts") : nullptr;
    if (!verdicts || verdicts->as_array().empty()) return "yes";
    const auto refusal = std::string(verdicts->as_array().at(0).at("refusal").as_string());
    if (refusal.ends_with(".unknown")) return "404";
    return refusal == "filing.not_your_side" || refusal == "right.missing" ? "403" : "yes";
}

// "yes": the gate and the scope let it pass; what the rules then say of a stale version is not this table's matter.
std::string seen(const Answer& answer) {
    if (answer.status == 401 || answer.status == 403 || answer.status == 404) return std::to_string(answer.status);
    if (answer.status >= 500 || answer.code().starts_with("body.")) return std::to_string(answer.status) + " " + answer.text;
    return answer.status == 200 ? verdict_inside(answer) : "yes";
}

// Deeds on the own sessions end the one that the next line needs: then the actor signs in again.
class Senders {
public:
    explicit Senders(TwoTrees& trees) : trees_(trees) {}
    Answer send(const std::string& role, const api::Endpoint& endpoint, const Asked& asked) {
        if (role == "anonymous") {
            Client nobody(trees_.world.app());
            return test::send(nobody, asked);
        }
        auto& actor = trees_.actor(*codec::enum_from<Role>(role));
        if (!endpoint.changes() || !endpoint.path.starts_with("/api/v1/session")) return test::send(actor, asked);
        const auto login = actor.get("/api/v1/session").string("/person/account");
        Client copy(actor);
        const auto answer = test::send(copy, asked);
        actor.sign_in(login, "Correct-Horse-9");
        return answer;
    }

private:
    TwoTrees& trees_;
};

// Rights are decided before any statement runs, so PostgreSQL is asked for the roles whose scopes differ only.
std::vector<std::string> askers(Engine engine) {
    if (engine == Engine::postgresql) return {"anonymous", "liaison", "office_clerk", "enterprise", "auditor", "system_admin"};
    std::vector<std::string> all{"anonymous"};
    for (const auto role : every_role()) all.emplace_back(codec::enum_name(role));
    return all;
}

std::string differences(TwoTrees& trees, const std::vector<std::string>& asking, const api::Endpoint& endpoint, const Line& line) {
    Senders senders(trees);
    std::string wrong;
    for (const auto& role : line.anyone ? std::vector<std::string>{"anonymous", "liaison"} : asking)
        for (const auto relation : kRelations) {
            const auto want = expected(line, role, static_cast<std::size_t>(relation));
            if (want == "-") continue;
            const auto asked = request_for(endpoint, trees, relation);
            if (relation != Relation::own && asked == request_for(endpoint, trees, Relation::own)) continue;  // says nothing of a relation
            const auto got = seen(senders.send(role, endpoint, asked));
            if (got != want) wrong += "\n  " + role + " on " + std::string(word(relation)) + ": " + got.substr(0, 300) + ", not " + want;
        }
    return wrong;
}

// threats C1, D7; anchor-failures 16
TEST_P(RightsMatrix, every_door_answers_every_role_about_own_and_other_units_exactly_as_the_table_says) {
    TwoTrees trees(GetParam());
    const Table table(std::string(ANBAN_SOURCE_DIR) + "/tests/rights_matrix.txt");
    std::set<std::string> declared;
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        const auto name = line_of(endpoint);
        declared.insert(name);
        const auto line = table.lines.find(name);
        if (line == table.lines.end()) {
            ADD_FAILURE() << "tests/rights_matrix.txt does not say who may " << name << " (about: " << endpoint.about.subject << ")";
            continue;
        }
        const auto wrong = differences(trees, askers(GetParam()), endpoint, line->second);
        EXPECT_TRUE(wrong.empty()) << name << wrong;
    }
    for (const auto& [name, _] : table.lines) EXPECT_TRUE(declared.contains(name)) << "the table names what does not exist: " << name;
}

// threats C1: "outside the scope" and "not there" are the same answer.
TEST_P(RightsMatrix, what_belongs_to_strangers_and_what_never_was_answer_alike) {
    TwoTrees trees(GetParam());
    auto& clerk = trees.actor(Role::office_clerk);
    for (const auto& endpoint : trees.world.app().api().endpoints()) {
        if (endpoint.path.find("{id}") == std::string::npos || endpoint.about.subject == "none" || endpoint.about.subject == "own") continue;
        const auto strange = request_for(endpoint, trees, Relation::stranger);
        auto absent = strange;
        const auto id = trees.id(endpoint.about.subject, Relation::stranger);
        const auto at = absent.target.find(id);
        if (at == std::string::npos) continue;  // asked about another filing of theirs
        absent.target.replace(at, id.size(), endpoint.about.subject == "campaign" ? "nothing" : "0000000000000000000000000z");
        const auto a = send(clerk, strange), b = send(clerk, absent);
        EXPECT_EQ(a.status, b.status) << line_of(endpoint) << "\n" << a.text << "\n" << b.text;
        EXPECT_EQ(a.code(), b.code()) << line_of(endpoint);
    }
}

}  // namespace
}  // namespace anban::test
