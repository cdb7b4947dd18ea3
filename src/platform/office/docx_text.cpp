#include "platform/office/docx_text.h"

#include "platform/office/archive.h"
#include "platform/office/xml.h"

namespace anban::office {
namespace {

constexpr const char* kDocument = "word/document.xml";

class Text : public XmlHandler {
public:
    Text(std::size_t most, std::string& out) : most_(most), out_(out) {}
    void reads_for(XmlReader& reader) { reader_ = &reader; }

    void open(std::string_view name, const Attributes&) override {
        if (name == "t") ++in_text_;
        else if (name == "tc") ++in_cell_;
        else if (name == "tab") put("\t");
        else if (name == "br" || name == "cr") put(in_cell_ > 0 ? " " : "\n");
    }
    void close(std::string_view name) override {
        if (name == "t" && in_text_ > 0) --in_text_;
        else if (name == "p") put(in_cell_ > 0 ? " " : "\n");
        else if (name == "tc" && in_cell_ > 0) end_cell();
        else if (name == "tr") put(in_cell_ > 0 ? " " : "\n");
    }
    void text(std::string_view piece) override {
        if (in_text_ > 0) put(piece);
    }

private:
    void end_cell() {
        --in_cell_;
        while (!out_.empty() && out_.back() == ' ') out_.pop_back();
        put(in_cell_ > 0 ? " " : "\t");
    }
    void put(std::string_view piece) {
        if (out_.size() + piece.size() > most_) reader_->stop(Refusal{Code::too_large, "office.text_too_long", {}, {}, {}});
        else out_ += piece;
    }

    const std::size_t most_;
    std::string& out_;
    XmlReader* reader_ = nullptr;
    int in_text_ = 0, in_cell_ = 0;  // a table may stand within a cell
};

}  // namespace

bool is_zip(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

Result<std::string> docx_text(std::string_view bytes, std::size_t most) {
    const auto archive = Archive::open(bytes);
    if (!archive) return archive.refusal();
    if (!archive->has(kDocument)) return Refusal{Code::unprocessable, "office.not_a_document", {}, {}, {}};
    std::string out;
    Text text(most, out);
    XmlReader reader(text);
    text.reads_for(reader);
    Verdict wrong;
    if (auto no = archive->read(kDocument, [&](std::string_view piece) { return !(wrong = reader.feed(piece)); })) return *no;
    if (!wrong) wrong = reader.finish();
    if (wrong) return *wrong;
    return out;
}

}  // namespace anban::office
