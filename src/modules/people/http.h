// The routes of sessions and accounts. The Session answer is what the page knows of who is signed in.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "modules/people/gate.h"
#include "modules/people/people.h"
#include "platform/api/api.h"

namespace anban::people {

struct Reference { std::string id; std::string name; };
BOOST_DESCRIBE_STRUCT(Reference, (), (id, name))
struct CampaignReference { std::string id; std::string title; };
BOOST_DESCRIBE_STRUCT(CampaignReference, (), (id, title))
struct SessionPerson { std::string id; std::string name; std::string account; };
BOOST_DESCRIBE_STRUCT(SessionPerson, (), (id, name, account))
struct SessionPost { std::string id; std::string title; Role role = Role::liaison; Reference organization; };
BOOST_DESCRIBE_STRUCT(SessionPost, (), (id, title, role, organization))

// Somebody else set this account's password: told while it must be changed and for 30 days after its first use.
struct PasswordReset { std::string by; Instant at; };
BOOST_DESCRIBE_STRUCT(PasswordReset, (), (by, at))

struct SessionShown {
    SessionPerson person;
    SessionPost post;
    std::vector<SessionPost> posts;  // all current ones, to switch between
    Role role = Role::liaison;
    std::vector<Right> rights;
    std::string csrf_token;  // goes into X-CSRF-Token of every change
    bool must_change_password = false;
    std::optional<PasswordReset> password_reset;
    Instant business_time;
    bool business_time_moved = false;
    bool demo = false;
    std::vector<CampaignReference> campaigns;
};
BOOST_DESCRIBE_STRUCT(SessionShown, (), (person, post, posts, role, rights, csrf_token, must_change_password, password_reset, business_time,
                                         business_time_moved, demo, campaigns))

// What the session's answer takes from elsewhere, registered at wiring.
struct SessionDoors {
    bool secure = false;  // as GateOptions
    bool demo = false;    // a demo data folder: banner
    std::function<std::vector<CampaignReference>(View&)> campaigns;  // those the actor takes part in; may be empty
};

void add_routes(api::Api&, const SessionDoors& = {});

// Its two parts.
void add_session_routes(api::Api&, const SessionDoors&);
void add_account_routes(api::Api&);

}  // namespace anban::people
