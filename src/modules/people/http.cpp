#include "modules/people/http.h"

namespace anban::people {

void add_routes(api::Api& api, const SessionDoors& doors) {
    add_session_routes(api, doors);
    add_account_routes(api);
}

}  // namespace anban::people
