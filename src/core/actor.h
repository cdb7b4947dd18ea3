// Who acts: a person on a current post. "Three different people" compares persons, never posts.
#pragma once

#include <boost/describe.hpp>
#include <string>

namespace anban {

// The eleven roles (decisions.md 8; domain.md section 8 for the three admins, who see no business content).
BOOST_DEFINE_ENUM_CLASS(Role, liaison, reviewer, unit_leader, office_clerk, office_leader, inspector, enterprise, auditor,
                        system_admin, security_admin, security_auditor)

// What an endpoint asks of the actor. modules/people/rights.cpp says which role holds which right: the one decision.
BOOST_DEFINE_ENUM_CLASS(Right,
    open_to_all,            // no sign-in: health, sign-in itself, public pages
    signed_in,              // any person with a session
    organizations_read, organizations_change,
    people_read, people_change, roles_grant,
    campaigns_read, campaigns_publish,
    filings_read, filings_fill, filings_hand_in,
    filings_review,         // accept, return, undo a return; the receiver's side
    filings_amend_approve,  // approve an amendment after acceptance
    items_read, items_write,
    totals_read, matrix_read,
    journal_read, journal_read_admin,
    settings_change, clock_move)

struct Actor {
    std::string person_id;
    std::string account_id;
    std::string organization_id;
    Role role = Role::liaison;
    std::string name;     // as shown: the post, "株洲市住建局联络员"
    std::string address;  // from where: peer address, or "operator" for the command line
};

}  // namespace anban
