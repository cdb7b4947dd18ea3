// Public: Forms of a campaign, from the pack's files into the database and back. A form version never changes, so that a loaded one is
// kept for the run of the program and shared between threads.
#pragma once

#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "modules/campaigns/campaigns.h"
#include "modules/forms/forms.h"

namespace anban::campaigns {

// The pack's forms with the text of their files, as the database keeps them.
[[nodiscard]] std::vector<FormInPack> load_forms(const Pack&);
[[nodiscard]] FormInPack form_in_pack(const forms::Form&, std::string_view yaml);

// Throws db::Failure for a digest that is not there: a duty version names only forms that were stored with it.
[[nodiscard]] std::shared_ptr<const forms::Form> load_form_version(db::Connection&, const std::string& digest);

// Adds stored tables of several versions of one form, over organizations: each version by itself, then by the names of the
// cells in the version asked for, so that a column that came later takes nothing from tables that never knew it.
class TableSum {
public:
    TableSum(db::Connection& db, std::shared_ptr<const forms::Form> shown) : db_(db), shown_(std::move(shown)) {}
    void add(std::string_view digest, std::string_view cells);  // throws db::Failure when they do not fit
    [[nodiscard]] bool any() const { return !parts_.empty(); }
    [[nodiscard]] forms::Cells finish() const;

private:
    struct Part {
        std::shared_ptr<const forms::Form> form;
        forms::Adder adder;
    };
    db::Connection& db_;
    std::shared_ptr<const forms::Form> shown_;
    std::map<std::string, Part, std::less<>> parts_;  // by digest
};

// Likewise for duty versions. valid_to is as it was when the version was first read: who needs it asks the table.
[[nodiscard]] std::shared_ptr<const DutyVersion> load_duty_version(db::Connection&, const std::string& id);

}  // namespace anban::campaigns
