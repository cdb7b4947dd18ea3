#include "modules/campaigns/pack_shapes.h"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace anban::campaigns {
namespace {

constexpr bool must = true;

const std::vector<Shape> kShapes{
    // campaign.yaml
    {"campaign", {{"id", must}, {"title", must}, {"notice", must}, {"period", must}, {"contact"}, {"addressees"}, {"copies"},
                  {"attachments"}, {"leading_group"}, {"basis_papers"}, {"office", must}, {"lead"}}},
    {"notice", {{"title", must}, {"number"}, {"issuer", must}, {"issued", must}, {"supersedes"}}},
    {"paper", {{"title", must}, {"number"}, {"issued"}, {"scope"}}},
    {"period", {{"from", must}, {"to", must}, {"assumed"}}},
    {"contact", {{"post", must}, {"channel"}}},
    {"attachment", {{"title", must}, {"form"}}},
    {"member", {{"role", must}, {"post", must}}},
    // organizations.yaml
    {"organizations", {{"organizations", must}, {"topics"}, {"groups", must}}},
    {"organization", {{"name", must}, {"short", must}, {"kind", must}, {"level", must}, {"division"}, {"parents"}, {"since"}, {"until"}}},
    {"parents", {{"place"}, {"sector"}, {"committee"}}},
    {"topic", {{"id", must}, {"title", must}, {"part_of"}, {"leads"}, {"others"}, {"assumed"}}},
    {"group", {{"id", must}, {"title", must}, {"organizations"}, {"select"}, {"assumed"}}},
    {"select", {{"level"}, {"kinds"}, {"under"}, {"role"}, {"topics"}, {"except"}}},
    // duties.yaml
    {"duties", {{"duties", must}}},
    {"duty", {{"id", must}, {"title", must}, {"reporters", must}, {"receivers"}, {"schedule", must}, {"window"}, {"starts"},
              {"ends"}, {"last_due"}, {"due"}, {"event"}, {"holiday_rule"}, {"first"}, {"parts"}, {"nil_allowed"}, {"lateness"},
              {"basis", must}, {"supersedes"}, {"assumed"}, {"collect"}}},
    {"receiver", {{"organization"}, {"rule"}, {"outside"}, {"due"}}},
    {"window", {{"from", must}, {"to", must}}},
    {"due", {{"weekday"}, {"day"}, {"date"}, {"time"}, {"in_window"}, {"next_month"}, {"month"}, {"next_period"}, {"weekdays"}, {"days"}, {"dates"}, {"every"}, {"times"}, {"after"}, {"before"}}},
    {"shift", {{"nth_workday_after", must}}},
    {"first", {{"window", must}, {"due"}, {"parts"}}},
    {"part", {{"id", must}, {"title", must}, {"kind", must}, {"form"}, {"papers"}, {"optional"}, {"nil_allowed"}, {"quota"},
              {"counting_rule"}}},
    {"quota", {{"min"}, {"max"}, {"unit", must}, {"per", must}}},
    {"basis", {{"section", must}, {"clause", must}}},
    {"supersession", {{"duty", must}, {"from", must}}},
    {"collect", {{"level", must}, {"reporters", must}, {"lead"}, {"parts"}}},
};

}  // namespace

std::span<const Shape> shapes() { return kShapes; }

const Shape& shape(std::string_view name) {
    const auto found = std::ranges::find(kShapes, name, &Shape::name);
    if (found == kShapes.end()) throw std::logic_error("pack language: no shape " + std::string(name));
    return *found;
}

}  // namespace anban::campaigns
