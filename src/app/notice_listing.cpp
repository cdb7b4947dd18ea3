#include "app/notice_listing.h"

#include <ostream>

#include "app/command_line.h"
#include "core/codec.h"

namespace anban {
namespace {

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& one : words) out += (out.empty() ? "" : "、") + one;
    return out;
}

// 2023-03-01..2023-03-15; one day once; an open end stays open.
std::string span(const std::optional<std::string>& from, const std::optional<std::string>& to) {
    if (!from && !to) return "-";
    return from == to ? *from : from.value_or("") + ".." + to.value_or("");
}

class Listing {
public:
    explicit Listing(std::ostream& out) : out_(out) {}

    // kind: the end of a message key.
    void line(const char* kind, std::initializer_list<std::string> cells) {
        out_ << in_chinese(std::string("notice.kind.") + kind, {});
        for (const auto& cell : cells) out_ << '\t' << cell;
        out_ << '\n';
    }

private:
    std::ostream& out_;
};

void print_duties(std::ostream& out, const notices::Extract& notice) {
    for (const auto& duty : notice.duties)
        out << codec::enum_name(duty.recurrence) << '\t' << duty.due.value_or("-") << '\t' << duty.reporters << '\t' << joined(duty.materials) << '\t' << duty.recipient << '\t' << duty.quote << '\n';
}

}  // namespace

void print_notice(std::ostream& out, const notices::Extract& notice) {
    out << notice.title << '\t' << notice.doc_number << '\t' << notice.issuer << '\t' << notice.issue_date.value_or("-") << '\n';
    print_duties(out, notice);
    Listing list(out);
    if (notice.papers.size() > 1)
        for (const auto& one : notice.papers) list.line("papers", {one.title, one.doc_number, one.issuer, one.issue_date.value_or("-")});
    for (const auto& one : notice.replaces) list.line("replaces", {one.title, one.doc_number, one.issue_date.value_or("-"), one.scope});
    for (const auto& one : notice.phases) list.line("phases", {span(one.start_date, one.end_date), one.title});
    for (const auto& one : notice.work_lines) list.line("workLines", {one.title, one.under});
    for (const auto& one : notice.leading_group) list.line("leadingGroup", {one.role, one.post.empty() ? one.organization : one.post});
    for (const auto& one : notice.sectors) list.line("sectors", {one.sector, joined(one.leads), joined(one.responsible), joined(one.supports)});
    for (const auto& one : notice.ledger_columns) list.line("ledgerColumns", {one.form, joined(one.columns)});
    for (const auto& one : notice.evaluation) list.line("evaluation", {in_chinese("notice.effect." + std::string(codec::enum_name(one.effect)), {}), one.points.value_or("-"), one.what});
    for (const auto& one : notice.key_dates) list.line("keyDates", {span(one.start_date, one.end_date), one.what});
}

}  // namespace anban
