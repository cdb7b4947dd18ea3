#include "modules/filings/vectors.h"

#include "core/ids.h"
#include "modules/filings/offered.h"

namespace anban::filings {
namespace {

void add_vector(Work& work, const Route& route, const Submission& submission, const std::string& part, const std::string& digest, const forms::Cells& cells) {
    work.db.run_along({"filings.add_vector", R"sql(
        insert into table_vectors (id, campaign_id, duty, part, form_digest, slot, organization_id, receiver_id, filing_id,
                                   submission_id, cells, accepted_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    )sql"}, {new_id(work.now), route.campaign_id, route.duty, part, digest, route.slot, route.organization_id, route.receiver_id,
             route.filing_id, submission.id, db::Bytes{forms::encode(cells)}, work.now.ms});
}

}  // namespace

void write_vectors(Work& work, const Route& route, const Submission& submission) {
    work.db.run_along({"filings.replace_vectors", R"sql(
        update table_vectors
        set replaced_at = $3
        where filing_id = $1 and receiver_id = $2 and replaced_at is null
    )sql"}, {route.filing_id, route.receiver_id, work.now.ms});
    const auto content = json::parse(submission.content);
    if (!content) throw db::Failure("submission " + submission.id + " can not be read");
    for (const auto& part : content->as_object().at("parts").as_object()) {
        const auto& held = part.value().as_object();
        const auto* values = held.if_contains("values");
        if (!values || values->as_object().empty()) continue;
        const std::string digest(held.at("formDigest").as_string());
        const auto form = campaigns::load_form_version(work.db, digest);
        add_vector(work, route, submission, part.key(), digest, cells_of(*form, values->as_object()));
    }
}

}  // namespace anban::filings
