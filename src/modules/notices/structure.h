// What a paper is made of: its head, its foot, and its sentences with the section that each stands in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/notices/dates.h"
#include "modules/notices/parts.h"
#include "modules/notices/text.h"

namespace anban::notices {

struct Sentence {
    std::size_t from = 0, to = 0;  // of the plain text, without the mark at the end
    int paragraph = 0;
    bool heading = false;
    std::string section;           // 一(二)
};

struct Structure {
    std::u32string title, number, issuer, addressees;
    std::optional<Day> issued;
    int year = 0;                  // that a day without one means; 0: unknown
    bool addressed = false;        // it says whom it tells to do something, or calls itself a notice
    bool rules = false;            // it binds whoever it names: 办法, 制度, 细则
    bool orders = false;           // at least no speech, no news, no law
    std::vector<Sentence> sentences;
};

// The places of sentences are places in the plain text. title: where no line of the paper shows one.
[[nodiscard]] Structure structure_of(const Text&, Span paper, View title = {});

}  // namespace anban::notices
