// Two trees that know nothing of one another, on one server: in each a ministry, an office below it, two bureaus, two counties
// below the first bureau. Everything of the second tree carries a marker, so that a leak can be seen in any answer.
//
// The actor stands in the middle of the first tree, so that each relation exists: own, child, parent, sibling, stranger.
#pragma once

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/actor.h"
#include "tests/support/world.h"

namespace anban::test {

enum class Relation { own, child, parent, sibling, stranger };
inline constexpr std::array kRelations{Relation::own, Relation::child, Relation::parent, Relation::sibling, Relation::stranger};
[[nodiscard]] std::string_view word(Relation);

[[nodiscard]] const std::vector<Role>& every_role();

inline constexpr std::string_view kMarker = "乙树";

class TwoTrees {
public:
    explicit TwoTrees(Engine);

    World world;

    // Somebody of that role in the middle of the first tree.
    Client& actor(Role role) { return world.as(full_name(Relation::own), role, "actor"); }

    [[nodiscard]] static std::string full_name(Relation);
    // A third campaign "crossing", in which the own organization hands in to the strangers' office, and to nobody else of theirs.
    void let_the_bureau_report_to_the_strangers_office();

    // The id of one thing that belongs to the organization of that relation: organization, filing, route, submission, item,
    // attachment, account, post, session, campaign. Throws for a subject that it does not know.
    [[nodiscard]] std::string id(std::string_view subject, Relation) const;

private:
    using Ids = std::map<std::string, std::string, std::less<>>;
    void publish();
    void hand_in_a_week(const std::string& organization);
    Ids things_of(const std::string& organization);

    std::map<Relation, Ids> ids_;
};

}  // namespace anban::test
