// Plays a replay through the use cases that the API calls, in the order of time: every deed by the person on the post, at the
// replay's instant, after the same question of rights. What is refused ends the load: a replay that breaks a rule is wrong.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/demo_figures.h"
#include "app/demo_people.h"
#include "app/demo_replay.h"

namespace anban {
class Application;
}

namespace anban::demo {

class Player {
public:
    // All of them outlive the player. office: short name of the campaign's office.
    Player(Application&, const Replay&, const Words&, const Cast&, const std::vector<Unit>&, std::string campaign, std::string office);
    ~Player();

    // The number of deeds. Throws std::runtime_error with instant, unit, deed and refusal.
    std::int64_t play();

private:
    struct Stage;
    std::unique_ptr<Stage> stage_;
};

}  // namespace anban::demo
