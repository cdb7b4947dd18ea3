#include "modules/people/rights.h"

#include <array>
#include <initializer_list>

#include "core/codec.h"

namespace anban::people {
namespace {

using R = Role;

constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
constexpr unsigned roles(std::initializer_list<Role> all) {
    unsigned bits = 0;
    for (const auto role : all) bits |= bit(role);
    return bits;
}

constexpr unsigned kUnit = roles({R::liaison, R::reviewer, R::unit_leader});
constexpr unsigned kOffice = roles({R::office_clerk, R::office_leader});
constexpr unsigned kAdmins = roles({R::system_admin, R::security_admin, R::security_auditor});
constexpr unsigned kBusiness = kUnit | kOffice | roles({R::inspector, R::enterprise, R::auditor});
constexpr unsigned kEverybody = kBusiness | kAdmins;

struct Line {
    Right right;
    unsigned roles;
};

// A city's bureau receives its counties' filings as the office receives the city's: reviewer and leader of a unit review too.
constexpr std::array kTable{
    Line{Right::open_to_all, kEverybody},
    Line{Right::signed_in, kEverybody},
    Line{Right::organizations_read, kEverybody},
    Line{Right::organizations_change, roles({R::office_clerk, R::system_admin})},
    Line{Right::people_read, kAdmins | kOffice | roles({R::unit_leader, R::auditor})},
    Line{Right::people_change, roles({R::office_clerk, R::system_admin})},
    Line{Right::roles_grant, roles({R::security_admin})},
    Line{Right::campaigns_read, kBusiness},
    Line{Right::campaigns_publish, kOffice},
    Line{Right::filings_read, kUnit | kOffice | roles({R::enterprise, R::auditor})},
    Line{Right::filings_fill, roles({R::liaison, R::reviewer, R::office_clerk, R::enterprise})},
    Line{Right::filings_hand_in, kUnit | roles({R::office_clerk, R::enterprise})},
    Line{Right::filings_review, kOffice | roles({R::reviewer, R::unit_leader})},
    Line{Right::filings_amend_approve, roles({R::office_leader, R::unit_leader})},
    Line{Right::items_read, kUnit | kOffice | roles({R::enterprise, R::auditor})},
    Line{Right::items_write, roles({R::liaison, R::reviewer, R::office_clerk, R::enterprise})},
    Line{Right::totals_read, kUnit | kOffice | roles({R::auditor})},
    Line{Right::matrix_read, kUnit | kOffice | roles({R::auditor})},
    Line{Right::journal_read, kOffice | roles({R::unit_leader, R::auditor, R::security_auditor})},
    Line{Right::journal_read_admin, roles({R::security_auditor})},
    Line{Right::settings_change, roles({R::system_admin})},
    Line{Right::clock_move, roles({R::system_admin})},
};

// Every right has exactly one line, in the order of the declaration.
constexpr bool complete() {
    for (std::size_t i = 0; i < kTable.size(); ++i)
        if (static_cast<std::size_t>(kTable[i].right) != i) return false;
    return kTable.size() == boost::mp11::mp_size<boost::describe::describe_enumerators<Right>>::value;
}
static_assert(complete());

}  // namespace

bool holds(Role role, Right right) { return (kTable[static_cast<std::size_t>(right)].roles & bit(role)) != 0; }

std::vector<Right> rights_of(Role role) {
    std::vector<Right> held;
    for (const auto& line : kTable)
        if ((line.roles & bit(role)) != 0) held.push_back(line.right);
    return held;
}

Verdict refuse(const Actor& actor, Right right) {
    if (holds(actor.role, right)) return std::nullopt;
    return Refusal{Code::forbidden, "right.missing", {{"right", std::string(codec::enum_name(right))}}, {}, {}};
}

bool is_admin(Role role) { return (kAdmins & bit(role)) != 0; }

bool is_ordinary(Role role) { return ((kUnit | roles({R::inspector, R::enterprise})) & bit(role)) != 0; }

}  // namespace anban::people
