#include "modules/drafts/units.h"

#include <algorithm>
#include <unordered_set>

#include "core/utf8.h"

namespace anban::drafts {
namespace {

using organizations::Division;
using organizations::DivisionLevel;
using View = std::u32string_view;

struct Tier {
    View word;  // behind 各
    DivisionLevel level;
};
// The longer before the shorter.
constexpr std::initializer_list<Tier> kTiers = {
    {U"市、州", DivisionLevel::city}, {U"市(州)", DivisionLevel::city}, {U"市州", DivisionLevel::city}, {U"设区市", DivisionLevel::city}, {U"设区的市", DivisionLevel::city}, {U"地市", DivisionLevel::city}, {U"地级市", DivisionLevel::city},
    {U"县(市、区)", DivisionLevel::county}, {U"县(市)区", DivisionLevel::county}, {U"县、市、区", DivisionLevel::county}, {U"县市区", DivisionLevel::county}, {U"旗县区", DivisionLevel::county}, {U"县(区)", DivisionLevel::county},
    {U"区(县)", DivisionLevel::county}, {U"区、县", DivisionLevel::county}, {U"县、区", DivisionLevel::county}, {U"区县", DivisionLevel::county}, {U"县区", DivisionLevel::county},
    {U"乡镇(街道)", DivisionLevel::town}, {U"镇(街道)", DivisionLevel::town}, {U"镇(乡、街道)", DivisionLevel::town}, {U"乡(镇、街道)", DivisionLevel::town}, {U"乡镇街道", DivisionLevel::town}, {U"乡镇、街道", DivisionLevel::town}, {U"镇街", DivisionLevel::town}, {U"乡镇", DivisionLevel::town},
    {U"市", DivisionLevel::city}, {U"县", DivisionLevel::county}, {U"区", DivisionLevel::county}, {U"镇", DivisionLevel::town},
};

std::string level_word(DivisionLevel level) {
    switch (level) {
        case DivisionLevel::province: return "province";
        case DivisionLevel::city: return "city";
        case DivisionLevel::county: case DivisionLevel::zone: return "county";
        case DivisionLevel::town: case DivisionLevel::town_like: return "town";
    }
    return "enterprise";
}

const Tier* tier_of(View words) {
    for (const auto& tier : kTiers)
        if (words.starts_with(tier.word)) return &tier;
    return nullptr;
}

// 各市州, or 湘江新区: what a list's further names share with its first. Empty: nothing.
View shared_place(View first) {
    if (first.starts_with(U'各'))
        if (const auto* tier = tier_of(first.substr(1))) return first.substr(0, 1 + tier->word.size());
    for (const View end : {View(U"新区"), View(U"开发区"), View(U"市"), View(U"县"), View(U"区"), View(U"州")})
        if (const auto at = first.find(end); at != View::npos && at >= 1 && at + end.size() < first.size()) return first.substr(0, at + end.size());
    return {};
}

// Cut at the marks of a list that stand in no bracket.
std::vector<View> parted(View words, View marks) {
    std::vector<View> out;
    int depth = 0;
    std::size_t from = 0;
    for (std::size_t i = 0; i <= words.size(); ++i) {
        const char32_t c = i < words.size() ? words[i] : marks.front();
        if (c == U'(') ++depth;
        if (c == U')' && depth > 0) --depth;
        if ((depth > 0 && i < words.size()) || marks.find(c) == View::npos) continue;
        if (i > from) out.push_back(words.substr(from, i - from));
        from = i + 1;
    }
    return out;
}

}  // namespace

Units::Units(const std::vector<Division>& divisions, std::string_view issuer) : divisions_(divisions), place_(place_of(issuer)) {}

bool Units::says_nobody(std::string_view words) {
    for (const std::string_view one : {"", "各部门", "各单位", "各有关单位", "各有关部门", "各地", "各地区", "各地各部门", "有关单位", "各相关单位", "各成员单位", "各级各部门"})
        if (words == one) return true;
    return false;
}

// The deepest division that the name begins with; a town is none, its name is too common.
const Division* Units::place_of(std::string_view name) const {
    const Division* found = nullptr;
    for (const auto& one : divisions_) {
        if (one.level == DivisionLevel::town || one.level == DivisionLevel::town_like || !name.starts_with(one.name)) continue;
        if (!found || one.name.size() > found->name.size()) found = &one;
    }
    return found;
}


Unit Units::one(std::string_view name) const {
    const auto* place = place_of(name);
    return {std::string(name), place ? level_word(place->level) : place_ ? level_word(place_->level) : "enterprise", place ? place->code : "", place != nullptr};
}

// Towns of one name are told apart by the county before them.
void Units::add_division(const Division& division, const std::string& rest, std::vector<Unit>& out) const {
    Unit unit{division.name + rest, level_word(division.level), division.code, true};
    const auto same = std::ranges::find(out, unit.name, &Unit::name);
    if (same != out.end() && same->division == unit.division) return;
    if (same != out.end()) {
        const auto parent = std::ranges::find(divisions_, division.parent, &Division::code);
        unit.name = (parent == divisions_.end() ? division.code : parent->name) + unit.name;
        if (std::ranges::find(out, unit.name, &Unit::name) != out.end()) return;
    }
    out.push_back(std::move(unit));
}

void Units::add(View words, std::vector<Unit>& out) const {
    const auto* tier = words.starts_with(U'各') ? tier_of(words.substr(1)) : nullptr;
    if (!tier || !place_) {
        auto unit = one(utf8::encode(words));
        if (std::ranges::find(out, unit.name, &Unit::name) == out.end()) out.push_back(std::move(unit));
        return;
    }
    const auto rest = utf8::encode(words.substr(1 + tier->word.size()));
    const auto same_level = [&](const Division& d) {
        if (tier->level == DivisionLevel::town) return d.level == DivisionLevel::town || d.level == DivisionLevel::town_like;
        return d.level == tier->level;
    };
    std::unordered_set<std::string_view> inside{place_->code};  // parents stand before their children
    const auto is_inside = [&](const Division& d) { return inside.contains(d.parent) && inside.insert(d.code).second; };
    const auto before = out.size();
    for (const auto& division : divisions_)
        if (is_inside(division) && same_level(division) && division.name.find("直辖") == std::string::npos) add_division(division, rest, out);
    if (out.size() == before) out.push_back({utf8::encode(words), "enterprise", "", false});
}

// A list's later names take the place of its first: 各市州住建局、城管局.
std::vector<Unit> Units::named(std::string_view text) const {
    std::vector<Unit> out;
    const auto words = utf8::decode(text);
    for (const auto group : parted(words, U",;")) {
        View place;
        for (const auto element : parted(group, U"、")) {
            const bool first = element.data() == group.data();
            if (first) place = shared_place(element);
            const bool own = first || place.empty() || element.starts_with(U'各') || element.starts_with(U"有关") || element.starts_with(U"省") || element.starts_with(U"市") || element.starts_with(U"县") || place_of(utf8::encode(element));
            add(own ? std::u32string(element) : std::u32string(place) + std::u32string(element), out);
        }
    }
    return out;
}

}  // namespace anban::drafts
