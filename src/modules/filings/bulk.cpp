// Many at once is many times the same deed: one gate, one verdict each (anchor-failures 10).
#include "modules/filings/filings.h"

namespace anban::filings {
namespace {

constexpr std::size_t kMost = 500;

// A refused deed changed nothing: every deed asks all of its questions before its first statement that changes.
template <class Asked>
Result<Verdicts> each(Work& work, const std::vector<Asked>& all, Result<RouteNow> (*deed)(Work&, const Asked&)) {
    if (all.empty() || all.size() > kMost) return Refusal{Code::invalid, "filing.bulk_size", {{"most", std::to_string(kMost)}}, {}, {}};
    Verdicts out;
    for (const auto& asked : all) {
        const auto done = deed(work, asked);
        OneVerdict one{asked.route_id, done.ok(), {}, {}, {}};
        if (done.ok()) {
            one.now = *done;
        } else {
            one.refusal = done.refusal().key;
            one.params = {done.refusal().params.begin(), done.refusal().params.end()};
        }
        out.verdicts.push_back(std::move(one));
    }
    return out;
}

}  // namespace

Result<Verdicts> accept_all(Work& work, const std::vector<Accepting>& all) { return each(work, all, accept); }
Result<Verdicts> return_all(Work& work, const std::vector<Returning>& all) { return each(work, all, return_for_correction); }

}  // namespace anban::filings
