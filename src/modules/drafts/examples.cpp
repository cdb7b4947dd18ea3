#include "modules/drafts/examples.h"

#include "core/codec.h"
#include "modules/drafts/desk_store.h"

namespace anban::drafts {
namespace {

// 《》 are not part of a name in the gold.
std::string bare(std::string material) {
    for (const std::string mark : {"《", "》"})
        for (auto at = material.find(mark); at != std::string::npos; at = material.find(mark)) material.erase(at, mark.size());
    return material;
}

json::object gold_of(const notices::Duty& duty) {
    auto plain = duty;
    for (auto& material : plain.materials) material = bare(material);
    auto out = codec::encode(plain).as_object();
    for (const char* own : {"confidence", "repairs", "why", "section"}) out.erase(own);
    for (const char* words : {"reporters", "recipient"})
        if (out.at(words).as_string().empty()) out[words] = nullptr;
    return out;
}

json::array gold_of(const std::vector<notices::Duty>& duties) {
    json::array out;
    for (const auto& duty : duties) out.push_back(gold_of(duty));
    return out;
}

json::value or_null(const std::string& text) { return text.empty() ? json::value(nullptr) : json::value(text); }

}  // namespace

std::vector<Example> examples(db::Connection& db) {
    std::vector<std::pair<std::string, std::string>> published;
    db.each({"notices.published", "select id, organization_id from notices where state = 'published' order by id"}, {},
            [&](const db::Row& row) { published.emplace_back(row.string(0), row.string(1)); });
    std::vector<Example> out;
    for (const auto& [id, organization_id] : published) {
        const auto kept = store::find(db, organization_id, id);
        if (!kept) continue;
        const auto& extract = kept->content.extract;
        const auto day = kept->content.issued ? kept->content.issued : extract.issue_date;
        out.push_back({id, kept->text, {{"source", id + ".txt"}, {"title", or_null(extract.title)}, {"docNumber", or_null(extract.doc_number)},
                                        {"issuer", or_null(extract.issuer)}, {"issueDate", or_null(day.value_or(""))},
                                        {"duties", gold_of(extract.duties)}, {"officeWill", gold_of(extract.office_will)}}});
    }
    return out;
}

}  // namespace anban::drafts
