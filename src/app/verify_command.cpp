#include "app/verify_command.h"

#include <fstream>
#include <iterator>
#include <ostream>

#include "app/command_line.h"
#include "modules/journal/verify.h"
#include "platform/crypto/crypto.h"
#include "platform/db/database.h"
#include "platform/files/blob_store.h"

namespace anban {
namespace {

void check_journal(db::Connection& db, const Config& config, Checked& out) {
    std::ifstream file(config.data + "/keys/journal", std::ios::binary);
    const std::string key{std::istreambuf_iterator<char>(file), {}};
    const auto heads = journal::read_signed_heads(config.data + "/journal.heads", key);
    const auto verified = journal::verify(db, heads.heads);
    out.journal_lines = verified.lines;
    for (const auto* findings : {&heads.findings, &verified.findings})
        for (const auto& f : *findings)
            out.findings.push_back({"journal/" + f.writer + '/' + std::to_string(f.number),
                                    f.key,
                                    {{"writer", f.writer}, {"number", std::to_string(f.number)}}});
}

// A receipt is SM3 over exactly the stored bytes (decisions.md 12).
void check_submissions(db::Connection& db, Checked& out) {
    bool bad = false;
    db.each({"verify.submissions", "select id, content, digest, receipt_number from submissions order by id"}, {}, [&](const db::Row& row) {
        ++out.submissions;
        if (bad || crypto::hex(crypto::sm3(row.text(1))) == row.text(2)) return;
        bad = true;
        out.findings.push_back({"submissions/" + row.string(0), "verify.submission_changed", {{"receipt", row.string(3)}}});
    });
}

void check_attachments(db::Connection& db, const files::BlobStore& blobs, Checked& out) {
    bool bad = false;
    db.each({"verify.attachments", "select id, sha256, name from attachments order by id"}, {}, [&](const db::Row& row) {
        ++out.attachments;
        const auto state = bad ? files::BlobStore::State::sound : blobs.verify(row.text(1));
        if (state == files::BlobStore::State::sound) return;
        bad = true;
        const char* key = state == files::BlobStore::State::missing ? "verify.attachment_missing" : "verify.attachment_damaged";
        out.findings.push_back({"attachments/" + row.string(0), key, {{"name", row.string(2)}, {"sha256", row.string(1)}}});
    });
}

// SQLite reads its whole file; PostgreSQL names what it knows to be broken of itself.
void check_engine(db::Connection& db, Checked& out) {
    const bool sqlite = db.engine() == db::Engine::sqlite;
    const char* ask = sqlite ? "pragma quick_check(1)" : "select indexrelid::regclass::text from pg_index where not indisvalid limit 1";
    db.each_built("verify.engine", ask, {}, [&](const db::Row& row) {
        if (sqlite && row.text(0) == "ok") return;
        out.findings.push_back({"database", "verify.database_damaged", {{"detail", row.string(0)}}});
    });
}

}  // namespace

Checked verify_storage(const Config& config) {
    db::Options options;
    options.target = config.database_target();
    options.read_limit = std::chrono::hours(12);
    const auto database = db::open(options);
    const files::BlobStore blobs(config.data + "/blobs");
    Checked out;
    database->read([&](db::Connection& db) {
        check_journal(db, config, out);
        check_submissions(db, out);
        check_attachments(db, blobs, out);
        check_engine(db, out);
    });
    return out;
}

int run_verify(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto line = read_command_line(arguments, {});
    if (!line || !line->words.empty()) {
        if (!line) print(err, line.refusal());
        return err << in_chinese("verify.usage") << '\n', kWrongUse;
    }
    if (!may_open(line->config, true, err)) return kFindings;
    const auto checked = verify_storage(line->config);
    for (const auto& finding : checked.findings) out << finding.path << "  " << in_chinese(finding.key, finding.params) << '\n';
    const Params counts{{"lines", std::to_string(checked.journal_lines)},
                        {"submissions", std::to_string(checked.submissions)},
                        {"attachments", std::to_string(checked.attachments)}};
    out << in_chinese(checked.findings.empty() ? "verify.whole" : "verify.not_whole", counts) << '\n';
    return checked.findings.empty() ? kAllWell : kFindings;
}

}  // namespace anban
