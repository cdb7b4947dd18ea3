// Who acts in the demo: posts, not persons. A liaison for each unit that reports, reviewer and leader where the replay says so,
// the office's people, an auditor, the three admins. Passwords are made at random when the demo is loaded, and told once.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/demo_figures.h"
#include "app/demo_replay.h"
#include "core/actor.h"

namespace anban {
class Application;
}

namespace anban::demo {

class Cast {
public:
    void add(const std::string& short_name, const Actor& actor) { actors_[{short_name, actor.role}].push_back(actor); }
    // The unit's person on this post; of several the turn-th. Throws std::runtime_error when there is none.
    [[nodiscard]] const Actor& at(const std::string& short_name, Role, std::uint64_t turn = 0) const;
    [[nodiscard]] bool has(const std::string& short_name, Role role) const { return actors_.contains({short_name, role}); }

private:
    std::map<std::pair<std::string, Role>, std::vector<Actor>> actors_;
};

// Makes the accounts and writes them to `file` (mode 600, a line each: role, login, password, post). fixed: one password for all, for tests; '' for
// random ones. Throws std::runtime_error with the refusal's sentence.
[[nodiscard]] Cast make_people(Application&, const Replay&, const std::vector<Unit>&, const std::string& file, const std::string& fixed);

}  // namespace anban::demo
