// A table or ledger of a filing as the official paper in xlsx, and back: the upload is one more door to the draft, and everything
// that the page would be told at hand-in holds for it too (anchor-failures 10).
#pragma once

#include "modules/filings/reading.h"
#include "platform/api/api.h"

namespace anban::filings {

struct PaperQuery {
    std::int64_t version = 0;  // of the draft, 0: none yet
};
BOOST_DESCRIBE_STRUCT(PaperQuery, (), (version))

struct PaperTaken {
    SavedDraft draft;
    std::vector<ErrorLine> errors;  // cells that could not be read, "statistics:r1.found", with the file's own "E7"; the rest was taken
};
BOOST_DESCRIBE_STRUCT(PaperTaken, (), (draft, errors))

// GET and POST /api/v1/filings/{id}/parts/{part}/xlsx. Downloaded by the own unit it holds the draft with what arrives filled;
// by others the newest version handed in. Refused: "filing.part_has_no_paper", a file of another filing, whatever modules/forms
// refuses, and what save_draft refuses.
void add_paper_routes(api::Api&);

}  // namespace anban::filings
