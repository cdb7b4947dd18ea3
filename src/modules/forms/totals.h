// Stored vectors and their sums. One submission's table is one blob: little-endian 64-bit integers in the form's pinned order
// (decisions.md 11). 44,000 of 60 cells add up in some ten milliseconds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "modules/forms/evaluate.h"

namespace anban::forms {

[[nodiscard]] std::string encode(const Cells&);
// nullopt when the length is not the form's: a vector of another version.
[[nodiscard]] std::optional<Cells> decode(const Form&, std::string_view blob);

// The same table in another version of its form: every cell that both have, by name, derived ones too, in that version's
// decimals. What the other version does not ask for is left behind; what it asks for anew is blank.
[[nodiscard]] Cells carried_over(const Form& from, const Cells&, const Form& to);

// One layout for tables of several versions: the newest, and behind its columns and below its rows what only older ones have, each
// once, by id. What came from an older version is a plain row or column: it adds as it did, and is derived from nothing.
struct United {
    Form form;
    std::vector<std::string> retired_columns;  // ids of columns that the newest does not have
    std::vector<std::string> retired_rows;
};
[[nodiscard]] United unite(const Form& newest, const std::vector<const Form*>& older);  // older ones newest first

// How each column adds (decisions.md 10): sum adds; stock adds over organizations, and over windows the last one counts; recompute
// is derived anew from the added cells; none stays blank. A cumulative column adds over organizations only, over windows the last counts.
enum class Over { organizations, windows };

class Adder {
public:
    Adder(const Form&, Over);   // the form must outlive it
    // One blob, in the order of windows where those are added. False, and nothing is added, when the length is not the form's.
    bool add(std::string_view blob);
    [[nodiscard]] std::size_t count() const { return count_; }
    // Blank where no operand said anything; nil counts as zero. More than 18 digits: undefined, never a wrong figure.
    [[nodiscard]] Cells finish() const;

private:
    struct Sum { std::int64_t high = 0; std::uint64_t low = 0; };  // 128 bits
    const Form& form_;
    std::vector<unsigned char> last_;  // 1: the last one counts
    std::vector<Sum> sums_;
    std::vector<unsigned char> said_;
    std::size_t count_ = 0;
};

}  // namespace anban::forms
