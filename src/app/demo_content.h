// What goes into a filing of the demo: the parts as the filling page would send them. Inside of the demo only.
#pragma once

#include <string>
#include <vector>

#include "app/demo_figures.h"
#include "app/demo_replay.h"
#include "app/demo_stage.h"
#include "modules/campaigns/campaigns.h"
#include "modules/filings/content.h"

namespace anban::demo {

// One filing that is being played.
struct Play {
    filings::Route route;
    Unit unit;
    const Exception* exception = nullptr;
    Instant at;                   // first handing in
    std::vector<Hazard> hazards;  // those the ledger shows: the unit's own, or those of its counties
    bool below = false;           // a level below fills the table
    std::vector<Unit> counties;
    std::vector<campaigns::PartDefinition> parts;
    std::vector<std::string> items;  // handed in one by one before
    json::object papers;             // part -> attachments, uploaded once

    [[nodiscard]] std::string seed() const { return unit.name + route.duty + route.slot; }
    // Figures stand as of the 20th, so that who gathers and who is gathered from speak of the same day.
    [[nodiscard]] Window window() const {
        const auto last = to_ymd(route.window_to);
        return {route.window_from, route.window_to, to_date({last.year, last.month, 20})};
    }
};

class Content {
public:
    Content(Hands& hands, const Words& words) : hands_(hands), words_(words) {}

    // The parts that are handed in; gaps are left out. shifts: cells made higher or lower on top of the right figures.
    // Asks what the page would show first, and gives the reasons and explanations that it asks for.
    [[nodiscard]] json::object parts(Play&, const Actor&, Instant at, const Figures& shifts);

    // Items of a week, written and handed in one by one: the last few minutes before `at`.
    void write_weekly(Play&, const Actor&, Instant at);
    std::string write_article(const Play&, const Actor&, Instant at, int number);
    std::string write_case(const Actor&, const std::string& campaign, const Case&);

private:
    [[nodiscard]] json::object table(const Play&, const Figures& shifts) const;
    void add_papers(Play&, const Actor&, Instant at, const campaigns::PartDefinition&, json::object& given);
    void add_differences(const Play&, json::object& parts);
    std::vector<filings::PartReport> examine(const Play&, const json::object& parts);
    void answer_questions(const Play&, json::object& parts);

    Hands& hands_;
    const Words& words_;
};

}  // namespace anban::demo
