// The numbered headings of a paper, each with its title and the stretch that stands under it. Private to the folder.
#pragma once

#include <vector>

#include "modules/notices/head.h"

namespace anban::notices {

struct Heading {
    int depth = 0;             // 1 一、 2 (一) 3 1. 4 (1) 5 ① 6 一是
    std::size_t from = 0;      // of the number
    Span title;                // empty: the number begins a sentence
    std::size_t end = 0;       // where the next heading of this depth or above begins
    int parent = -1;           // place in the list; -1: none
    std::string section;       // 三(二)
};

// Also where a page was scraped into one line, and where the scraping ate a number: 、工作任务, )依法处罚.
[[nodiscard]] std::vector<Heading> outline_of(const Text&, Span paper);

// The original has blanks between all characters here: they set nothing apart.
[[nodiscard]] bool spaced_out(const Text&, Span);

}  // namespace anban::notices
