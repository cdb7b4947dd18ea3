// What a filing holds, part by part, and whether it may be handed in: the one gate of page, paste, upload and API
// (anchor-failures 10). Content of the parts, as drafts and submissions carry it:
//
//   narrative   {"paragraphs": ["…"]}
//   table       {"cells": {"r1.found": "12"}, "reasons": {"r1.found": "…"}, "explanations": {"<finding id>": "…"}}
//   ledger      {"rows": [{"<field>": "…"}]}
//   items       {"items": ["<item id>"]}: handed in, of this unit, and standing in no other filing that is not taken back
//   form, attachment   nothing of their own
//   any         "nil": true where the part takes a nil report; "attachments": ["<attachment id>"] (e-copies, stamped scans)
//
// cells holds what was typed only. In a submission a table also has "values" (all cells as they were handed in) and
// "formDigest"; a ledger "formDigest"; of each item its whole text and the hashes of its pictures.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "modules/attachments/attachments.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/filings.h"
#include "modules/filings/store.h"

namespace anban::filings {

// A contradiction between figures, as the page shows it.
struct FindingLine {
    std::string id;
    forms::CheckLevel level = forms::CheckLevel::hard;
    std::vector<std::string> cells;  // both sides: "statistics:r1.found", "prev:r1.found", "ledger:"
    std::string message;             // the pack's sentence; '' when key says it
    std::string key;
    std::map<std::string, std::string> params;
    std::string explanation;
    bool open = false;  // stands in the way of handing in
};
BOOST_DESCRIBE_STRUCT(FindingLine, (), (id, level, cells, message, key, params, explanation, open))

struct ErrorLine {
    std::string path;  // "statistics:r1.found"
    std::string key;
    std::map<std::string, std::string> params;
};
BOOST_DESCRIBE_STRUCT(ErrorLine, (), (path, key, params))

// A table as it was examined, cell by cell in the order of its form.
struct FilledTable {
    std::shared_ptr<const forms::Form> form;
    forms::Evaluated evaluated;
    forms::Cells previous;  // last window's; empty: there is none
};

struct PartReport {
    std::string id;
    std::string title;
    campaigns::PartKind kind = campaigns::PartKind::narrative;
    bool optional = false;
    bool holds = false;  // anything at all
    bool nil = false;    // stated to have nothing to report
    std::vector<std::string> papers_missing;  // "stamped_scan"
    std::vector<ErrorLine> errors;            // what can not be read or must not be
    std::vector<FindingLine> findings;
    std::shared_ptr<const FilledTable> table;  // of a table
    // What a reader of a table is shown, from spell_out(): all cells by name as text, where each came from, and what was offered
    // where the filer said otherwise.
    std::map<std::string, std::string> values;
    std::map<std::string, forms::CellSource> sources;
    std::map<std::string, std::string> offered;
    std::map<std::string, std::string> previous;  // last window's

    [[nodiscard]] bool complete() const { return (holds || nil) && papers_missing.empty(); }
};
BOOST_DESCRIBE_STRUCT(PartReport, (), (id, title, kind, optional, holds, nil, papers_missing, errors, findings, values, sources, offered, previous))

struct Examination {
    std::vector<PartReport> parts;
    json::object content;  // the parts as a submission stores them
    std::vector<attachments::Attachment> attachments;
    std::vector<std::string> attachment_parts;  // the part of each
    std::vector<std::string> items;             // ids, all parts
    [[nodiscard]] bool empty() const;           // no part holds anything and none is stated nil
    [[nodiscard]] std::vector<std::string> missing() const;  // required parts that are not complete
};

// The parts asked of this filing and what `parts` brings for them. Unknown parts and members are errors of the first part.
[[nodiscard]] Result<Examination> examine(db::Connection&, const Filing&, const campaigns::DutyDefinition&, const json::object& parts);

// Fills what people are shown of a table. Handing in asks only for the verdict and goes without.
void spell_out(std::vector<PartReport>&);

// nil: "nothing this period", explicitly confirmed. gaps: the parts that are not in, each with its reason: a partial report.
struct Declared {
    bool nil = false;
    bool confirmed = false;
    std::vector<NamedGap> gaps;
};

// Every reason at once why this can not be handed in as declared (Code::unprocessable, "filing.not_ready").
[[nodiscard]] Verdict refuse_hand_in(const Examination&, const campaigns::DutyDefinition&, const Declared&);

// Typed text with a secrecy marking never enters, not even as a draft (H7).
[[nodiscard]] Verdict refuse_markings(const json::object& parts);

}  // namespace anban::filings
