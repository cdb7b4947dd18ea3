#include "modules/filings/paper.h"

#include "modules/filings/deed.h"
#include "modules/filings/draft_parts.h"
#include "modules/filings/lines.h"
#include "platform/api/sheets.h"
#include "platform/http/names.h"

namespace anban::filings {
namespace {

using campaigns::PartDefinition;
using campaigns::PartKind;

constexpr std::uint64_t kMostBytes = 20 << 20;

struct Paper {
    FilingHead filing;
    PartDefinition part;
    std::shared_ptr<const forms::Form> form;
    forms::PaperFacts facts;
    json::object content;  // of the part: the draft's, or the newest version's
    forms::Cells previous;
    forms::Cells lower;
};

std::string days(const FilingHead& f) { return format_date(f.window_from) + " 至 " + format_date(f.window_to); }

json::object newest_part(db::Connection& db, const std::string& filing_id, const std::string& part) {
    const auto newest = store::find_submission(db, filing_id, store::next_submission_number(db, filing_id) - 1);
    if (!newest) return {};
    const auto content = json::parse(newest->content);
    const auto* found = content ? content->as_object().at("parts").as_object().if_contains(part) : nullptr;
    return found && found->is_object() ? found->as_object() : json::object{};
}

json::object draft_part(db::Connection& db, const std::string& filing_id, const std::string& part) {
    const auto parts = parts_of_draft(store::find_draft(db, filing_id));
    const auto* found = parts.if_contains(part);
    return found && found->is_object() ? found->as_object() : json::object{};
}

Result<Paper> paper_of(View& view, const std::string& filing_id, const std::string& part_id) {
    const auto seen = see(view, filing_id);
    if (!seen) return seen.refusal();
    const auto duty = campaigns::load_duty_version(view.db, seen->filing.duty_version_id);
    for (const auto& part : campaigns::parts_in(duty->definition, seen->filing.slot)) {
        if (part.id != part_id || (part.kind != PartKind::table && part.kind != PartKind::ledger)) continue;
        Paper paper{head_of(view.db, seen->filing), part, campaigns::load_form_version(view.db, part.form_digest), {}, {}, {}, {}};
        paper.facts = {filing_id, part_id, "填报单位：" + paper.filing.organization, "统计时间：" + days(paper.filing), to_ymd(seen->filing.window_to).year};
        const bool own = view.actor.organization_id == seen->filing.organization_id;
        paper.content = own ? draft_part(view.db, filing_id, part_id) : newest_part(view.db, filing_id, part_id);
        if (part.kind == PartKind::table) {
            paper.previous = last_window(view.db, seen->filing, part_id, *paper.form);
            if (own) paper.lower = lower_level(view.db, seen->filing, part_id, *paper.form);
        }
        return paper;
    }
    return Refusal{Code::not_found, "filing.part_has_no_paper", {{"part", part_id}}, {}, {}};
}

json::object cells_in(const json::object& content) {
    const auto* cells = content.if_contains("cells");
    return cells && cells->is_object() ? cells->as_object() : json::object{};
}

forms::LedgerRows rows_in(const Paper& paper) {
    const auto* rows = paper.content.if_contains("rows");
    if (!rows || !rows->is_array()) return {};
    return forms::ledger_from(*paper.form, rows->as_array(), paper.part.id, paper.facts.year).rows;
}

Result<http::Response> download(api::Call& call) {
    const auto paper = call.read<Paper>([&](View& view) { return paper_of(view, call.path()["id"], call.path()["part"]); });
    if (!paper) return paper.refusal();
    auto response = api::sheet_answer(paper->filing.organization + " " + paper->part.title + " " + paper->filing.slot);
    if (paper->part.kind == PartKind::table) {
        const auto typed = forms::read_table(*paper->form, cells_in(paper->content), paper->part.id).cells;
        forms::write_table(*paper->form, paper->facts, forms::evaluate(*paper->form, {typed, paper->previous, paper->lower}), paper->previous, response.file);
    } else {
        forms::write_ledger(*paper->form, paper->facts, rows_in(*paper), response.file);
    }
    return response;
}

struct Read {
    std::string member;  // "cells" or "rows"
    json::value value;
    std::vector<FieldError> errors;
};

Verdict refuse_stamp(const forms::FormStamp& stamp, const Paper& paper) {
    if (stamp.filing_id.empty() || stamp.filing_id == paper.filing.id) return std::nullopt;
    return Refusal{Code::unprocessable, "filing.paper_of_another", {{"organization", paper.filing.organization}, {"slot", paper.filing.slot}}, {}, {}};
}

Result<Read> read_upload(const Paper& paper, std::string_view bytes) {
    if (paper.part.kind == PartKind::table) {
        auto upload = forms::read_table_xlsx(*paper.form, paper.facts, bytes);
        if (!upload) return upload.refusal();
        if (auto no = refuse_stamp(upload->stamp, paper)) return *no;
        return Read{"cells", forms::cells_json(*paper.form, upload->cells), std::move(upload->errors)};
    }
    auto upload = forms::read_ledger_xlsx(*paper.form, paper.facts, bytes);
    if (!upload) return upload.refusal();
    if (auto no = refuse_stamp(upload->stamp, paper)) return *no;
    return Read{"rows", forms::ledger_json(upload->rows), std::move(upload->errors)};
}

Result<PaperTaken> upload(api::Call& call, const PaperQuery& query) {
    if (!call.request().body || call.request().body->size() == 0) return Refusal{Code::invalid, "import.empty", {}, {}, {}};
    const auto paper = call.read<Paper>([&](View& view) { return paper_of(view, call.path()["id"], call.path()["part"]); });
    if (!paper) return paper.refusal();
    const auto seat = paper->filing.organization_id == call.actor().organization_id ? Seat::filer : Seat::nobody;
    if (auto no = refuse_seat(Deed::save_draft, seat)) return *no;
    const auto read = read_upload(*paper, call.request().body->read_all());
    if (!read) return read.refusal();
    PaperTaken taken;
    for (const auto& error : read->errors) taken.errors.push_back({error.path, error.key, {error.params.begin(), error.params.end()}});
    auto saved = call.write<SavedDraft>([&](Work& work) {
        auto part = draft_part(work.db, paper->filing.id, paper->part.id);
        part[read->member] = read->value;
        part.erase("nil");
        return save_draft(work, {paper->filing.id, query.version, json::object{{paper->part.id, std::move(part)}}});
    });
    if (!saved) return saved.refusal();
    taken.draft = *saved;
    return taken;
}

}  // namespace

void add_paper_routes(api::Api& api) {
    api.download("/api/v1/filings/{id}/parts/{part}/xlsx", Right::filings_read, {"下载报表", "filing"}, download);
    api.upload<PaperQuery, PaperTaken>(http::Method::post, "/api/v1/filings/{id}/parts/{part}/xlsx", Right::filings_fill,
                                       {"上传报表", "filing", kMostBytes}, upload);
}

}  // namespace anban::filings
