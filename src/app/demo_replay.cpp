#include "app/demo_replay.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <initializer_list>
#include <stdexcept>
#include <string_view>

namespace anban::demo {
namespace {

// The file being read, for the one who has to mend it.
thread_local std::string reading;

[[noreturn]] void complain(const YAML::Node& at, const std::string& what) {
    throw std::runtime_error(reading + ":" + std::to_string(at.Mark().line + 1) + ": " + what);
}

void know(const YAML::Node& node, std::initializer_list<std::string_view> keys) {
    if (!node.IsMap()) complain(node, "a mapping is expected here");
    for (const auto& member : node)
        if (const auto key = member.first.as<std::string>(); std::find(keys.begin(), keys.end(), key) == keys.end())
            complain(member.first, "unknown key " + key);
}

std::string text(const YAML::Node& node) { return node && node.IsScalar() ? node.as<std::string>() : ""; }

std::string need(const YAML::Node& node, const char* key) {
    const auto found = text(node[key]);
    return found.empty() ? (complain(node, std::string("missing ") + key), found) : found;
}

bool flag(const YAML::Node& node) { return node && node.as<bool>(); }

Instant instant(const YAML::Node& node) {
    const auto read = parse_instant(text(node) + "+08:00");
    return read ? *read : (complain(node, "not an instant like 2023-03-30T19:20: " + text(node)), Instant{});
}

std::optional<Instant> find_instant(const YAML::Node& node) { return node ? std::optional(instant(node)) : std::nullopt; }

Span span(const YAML::Node& node) {
    const auto words = text(node);
    const auto minute = [&](std::size_t at) {
        if (words.size() != 11 || words[at + 2] != ':') complain(node, "not a span like 10:00-16:50: " + words);
        return std::stoi(words.substr(at, 2)) * 60 + std::stoi(words.substr(at + 3, 2));
    };
    return {minute(0), minute(6)};
}

std::map<std::string, std::string> texts(const YAML::Node& node) {
    std::map<std::string, std::string> out;
    for (const auto& member : node) out[member.first.as<std::string>()] = member.second.as<std::string>();
    return out;
}

Figures figures(const YAML::Node& node) {
    Figures out;
    for (const auto& member : node) out[member.first.as<std::string>()] = member.second.as<int>();
    return out;
}

std::set<std::string> names(const YAML::Node& node) {
    std::set<std::string> out;
    for (const auto& one : node) out.insert(one.as<std::string>());
    return out;
}

Decision decision(const YAML::Node& node) {
    know(node, {"at", "reason", "until"});
    return {instant(node["at"]), need(node, "reason"), find_instant(node["until"])};
}

Habit habit(const YAML::Node& node) {
    know(node, {"days_before", "between", "gathering", "review_workdays", "review", "extend", "duty", "slot"});
    Habit out;
    if (const auto days = node["days_before"]; days && days.IsSequence()) {
        out.days_before_least = days[0].as<int>();
        out.days_before_most = days[1].as<int>();
    } else if (days) {
        out.days_before_least = out.days_before_most = days.as<int>();
    }
    out.between = span(node["between"]);
    if (node["gathering"]) out.gathering = span(node["gathering"]);
    if (node["review_workdays"]) out.review_workdays = node["review_workdays"].as<int>();
    out.review = span(node["review"]);
    if (node["extend"]) out.extended = decision(node["extend"]);
    return out;
}

Return returned(const YAML::Node& node) {
    know(node, {"reason", "places", "wrong", "at", "mended"});
    return {need(node, "reason"), texts(node["places"]), figures(node["wrong"]), find_instant(node["at"]), find_instant(node["mended"])};
}

Amending amended(const YAML::Node& node) {
    know(node, {"asked", "reason", "granted", "refused", "changes", "again", "accepted"});
    return {instant(node["asked"]),   need(node, "reason"),        find_instant(node["granted"]), find_instant(node["refused"]),
            figures(node["changes"]), find_instant(node["again"]), find_instant(node["accepted"])};
}

Exception exception(const YAML::Node& node) {
    know(node, {"unit", "units", "duty", "slot", "at", "missing", "draft", "nil", "unreviewed", "gaps", "return", "withdraw", "amend",
                "excuse", "extend", "differs"});
    Exception out;
    out.at = find_instant(node["at"]);
    out.missing = flag(node["missing"]);
    out.draft = flag(node["draft"]);
    out.nil = flag(node["nil"]);
    out.unreviewed = flag(node["unreviewed"]);
    out.gaps = texts(node["gaps"]);
    if (node["return"]) out.returned = returned(node["return"]);
    if (const auto w = node["withdraw"]) {
        know(w, {"at", "again"});
        out.withdrawn = Withdrawal{instant(w["at"]), find_instant(w["again"])};
    }
    if (node["amend"]) out.amended = amended(node["amend"]);
    if (node["excuse"]) out.excused = decision(node["excuse"]);
    if (node["extend"]) out.extended = decision(node["extend"]);
    if (const auto d = node["differs"]) {
        know(d, {"cells", "reason"});
        out.differs = Difference{figures(d["cells"]), need(d, "reason")};
    }
    return out;
}

void read_exceptions(const YAML::Node& list, Replay& replay) {
    for (const auto& node : list) {
        const auto what = exception(node);
        auto units = names(node["units"]);
        if (const auto one = text(node["unit"]); !one.empty()) units.insert(one);
        if (units.empty()) complain(node, "missing unit");
        for (const auto& unit : units)
            if (!replay.exceptions.emplace(Key{unit, need(node, "duty"), need(node, "slot")}, what).second)
                complain(node, "a second exception for " + unit);
    }
}

void read_articles(const YAML::Node& node, Replay& replay) {
    know(node, {"usually", "exceptions"});
    replay.articles_least = node["usually"][0].as<int>();
    replay.articles_most = node["usually"][1].as<int>();
    for (const auto& one : node["exceptions"]) {
        know(one, {"unit", "month", "handed_in", "returned", "reason"});
        Articles a;
        a.handed_in = one["handed_in"].as<int>();
        if (one["returned"]) a.returned = one["returned"].as<int>();
        a.reason = text(one["reason"]);
        replay.articles[{need(one, "unit"), need(one, "month")}] = a;
    }
}

Case read_case(const YAML::Node& node) {
    know(node, {"unit", "at", "category", "title", "paragraphs"});
    Case out{need(node, "unit"), instant(node["at"]), need(node, "category"), need(node, "title"), {}};
    for (const auto& p : node["paragraphs"]) out.paragraphs.push_back(p.as<std::string>());
    return out;
}

Post read_post(const YAML::Node& node) {
    know(node, {"unit", "role", "login", "name"});
    return {need(node, "unit"), need(node, "role"), need(node, "login"), need(node, "name")};
}

}  // namespace

const Habit* Replay::habit(const std::string& duty, const std::string& slot) const {
    if (const auto special = habits_of_slot.find({duty, slot}); special != habits_of_slot.end()) return &special->second;
    const auto usual = habits.find(duty);
    return usual == habits.end() ? nullptr : &usual->second;
}

const Exception& Replay::exception(const Key& key) const {
    static const Exception none;
    const auto found = exceptions.find(key);
    return found == exceptions.end() ? none : found->second;
}

Replay load_replay(const std::string& file) {
    reading = file;
    const auto root = YAML::LoadFile(file);
    know(root, {"begins", "ends", "only", "logins", "reviewers", "posts", "habits", "slots", "articles", "exceptions", "cases"});
    Replay replay;
    replay.begins = instant(root["begins"]);
    replay.ends = instant(root["ends"]);
    replay.only = names(root["only"]);
    replay.logins = texts(root["logins"]);
    replay.reviewed_units = names(root["reviewers"]);
    for (const auto& post : root["posts"]) replay.posts.push_back(read_post(post));
    for (const auto& member : root["habits"]) replay.habits[member.first.as<std::string>()] = habit(member.second);
    for (const auto& node : root["slots"]) replay.habits_of_slot[{need(node, "duty"), need(node, "slot")}] = habit(node);
    if (root["articles"]) read_articles(root["articles"], replay);
    read_exceptions(root["exceptions"], replay);
    for (const auto& node : root["cases"]) replay.cases.push_back(read_case(node));
    return replay;
}

}  // namespace anban::demo
