#include "platform/office/xml.h"

#include <expat.h>

#include <string>

namespace anban::office {
namespace {

constexpr int deepest = 64;
constexpr std::uint64_t longest_token = 1'000'000;

std::string_view local(std::string_view name) {
    const auto colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

Refusal refused(const char* key) { return {Code::unprocessable, key, {}, {}, {}}; }

}  // namespace

std::optional<std::string_view> Attributes::find(std::string_view local_name) const {
    for (auto** pair = pairs_; *pair; pair += 2)
        if (local(pair[0]) == local_name) return std::string_view(pair[1]);
    return std::nullopt;
}

struct XmlReader::Events {
    static void XMLCALL open(void* self, const char* name, const char** pairs) {
        auto& reader = *static_cast<XmlReader*>(self);
        if (++reader.depth_ > deepest) return reader.stop(refused("office.xml_too_deep"));
        reader.handler_.open(local(name), Attributes(pairs));
    }
    static void XMLCALL close(void* self, const char* name) {
        auto& reader = *static_cast<XmlReader*>(self);
        --reader.depth_;
        if (!reader.stopped_) reader.handler_.close(local(name));
    }
    static void XMLCALL text(void* self, const char* at, int count) {
        auto& reader = *static_cast<XmlReader*>(self);
        if (!reader.stopped_) reader.handler_.text({at, static_cast<std::size_t>(count)});
    }
    static void XMLCALL doctype(void* self, const char*, const char*, const char*, int) {
        static_cast<XmlReader*>(self)->stop(refused("office.xml_dtd"));
    }
};

XmlReader::XmlReader(XmlHandler& handler) : handler_(handler), parser_(XML_ParserCreate(nullptr), XML_ParserFree) {
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), Events::open, Events::close);
    XML_SetCharacterDataHandler(parser_.get(), Events::text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), Events::doctype);
}

XmlReader::~XmlReader() = default;

void XmlReader::stop(Refusal refusal) {
    if (!stopped_) stopped_ = std::move(refusal);
    XML_StopParser(parser_.get(), XML_FALSE);
}

Verdict XmlReader::feed(std::string_view piece) { return parse(piece, false); }

Verdict XmlReader::finish() { return parse({}, true); }

Verdict XmlReader::parse(std::string_view piece, bool last) {
    if (stopped_) return stopped_;
    const auto status = XML_Parse(parser_.get(), piece.data(), static_cast<int>(piece.size()), last);
    if (stopped_) return stopped_;
    if (status != XML_STATUS_OK) {
        stopped_ = refused("office.xml_malformed");
        stopped_->detail = XML_ErrorString(XML_GetErrorCode(parser_.get()));
        return stopped_;
    }
    fed_ += piece.size();
    // What has been fed but has not become an event is one unfinished token, held in memory by the parser.
    const auto eaten = static_cast<std::uint64_t>(std::max<XML_Index>(XML_GetCurrentByteIndex(parser_.get()), 0));
    if (!last && fed_ > eaten + longest_token) stopped_ = refused("office.xml_token_too_long");
    return stopped_;
}

}  // namespace anban::office
