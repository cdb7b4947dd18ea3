#include "modules/journal/verify.h"

#include <fcntl.h>
#include <unistd.h>

#include <fstream>
#include <set>
#include <sstream>

#include "platform/crypto/crypto.h"

namespace anban::journal {
namespace {

Line read_line(const db::Row& row) {
    Line line;
    line.writer = row.string(0);
    line.number = row.int64(1);
    line.at = {row.int64(2)};
    line.real_at = {row.int64(3)};
    int column = 4;
    for (auto* field : {&line.person_id, &line.actor_name, &line.organization_id, &line.role, &line.address, &line.request_id,
                        &line.deed, &line.object_kind, &line.object_id, &line.object_organization_id, &line.outcome,
                        &line.detail, &line.hash})
        *field = row.string(column++);
    return line;
}

std::string tag_of(const std::string& key, const std::string& writer, const Link& link) {
    return crypto::hex(crypto::hmac_sm3(key, writer + ' ' + std::to_string(link.number) + ' ' + link.hash));
}

}  // namespace

Verified verify(db::Connection& db, const std::map<std::string, Link>& heads) {
    Verified out;
    std::map<std::string, Link> reached;
    std::map<std::string, std::string> signed_seen;   // the hash found at the signed number
    std::set<std::string> broken;
    db.each({"journal.all", R"sql(
        select writer, number, at, real_at, person_id, actor_name, organization_id, role, address, request_id,
               deed, object_kind, object_id, object_organization_id, outcome, detail, hash
        from journal
        order by writer, number
    )sql"}, {}, [&](const db::Row& row) {
        const auto line = read_line(row);
        auto& last = reached[line.writer];
        ++out.lines;
        if (broken.count(line.writer)) return;
        const char* wrong = line.number != last.number + 1            ? "journal.line_missing"
                            : hash_of(last.hash, line) != line.hash   ? "journal.line_changed"
                                                                      : nullptr;
        if (wrong) {
            out.findings.push_back({line.writer, last.number + 1, wrong});
            broken.insert(line.writer);
        }
        last = {line.number, line.hash};
        const auto head = heads.find(line.writer);
        if (head != heads.end() && head->second.number == line.number) signed_seen[line.writer] = line.hash;
    });
    for (const auto& [writer, stored] : read_heads(db))
        if (!broken.count(writer) && (reached[writer].number != stored.number || reached[writer].hash != stored.hash)) {
            out.findings.push_back({writer, reached[writer].number + 1, "journal.cut_off"});
            broken.insert(writer);
        }
    for (const auto& [writer, link] : reached)
        if (!broken.count(writer) && read_heads(db).count(writer) == 0) {
            out.findings.push_back({writer, link.number, "journal.head_forged"});
            broken.insert(writer);
        }
    for (const auto& [writer, head] : heads) {
        if (broken.count(writer) || head.number == 0) continue;
        const auto seen = signed_seen.find(writer);
        if (seen == signed_seen.end()) out.findings.push_back({writer, reached[writer].number + 1, "journal.cut_off"});
        else if (seen->second != head.hash) out.findings.push_back({writer, head.number, "journal.line_changed"});
    }
    return out;
}

std::map<std::string, Link> read_heads(db::Connection& db) {
    std::map<std::string, Link> heads;
    db.each({"journal.heads", "select writer, number, hash from journal_heads"}, {},
            [&](const db::Row& row) { heads[row.string(0)] = {row.int64(1), row.string(2)}; });
    return heads;
}

void write_signed_heads(const std::string& file, const std::string& key, const std::map<std::string, Link>& heads) {
    std::string text;
    for (const auto& [writer, link] : heads)
        text += writer + ' ' + std::to_string(link.number) + ' ' + link.hash + ' ' + tag_of(key, writer, link) + '\n';
    const std::string fresh = file + ".new";
    const int fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) throw db::Unavailable("cannot write " + fresh);
    const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
    ::close(fd);
    if (!written || ::rename(fresh.c_str(), file.c_str()) != 0) throw db::Unavailable("cannot write " + file);
}

SignedHeads read_signed_heads(const std::string& file, const std::string& key) {
    SignedHeads out;
    std::ifstream in(file);
    for (std::string text; std::getline(in, text);) {
        std::istringstream parts(text);
        std::string writer, tag;
        Link link;
        parts >> writer >> link.number >> link.hash >> tag;
        if (crypto::equal_in_constant_time(tag, tag_of(key, writer, link))) out.heads[writer] = link;
        else out.findings.push_back({writer, link.number, "journal.head_forged"});
    }
    return out;
}

}  // namespace anban::journal
