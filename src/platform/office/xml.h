// XML as events, in constant memory. A DTD is refused outright, so there are no entities to expand and nothing to fetch;
// so are more than 64 levels, and a single tag longer than 1 MB. threats B9.
// Refusals: "office.xml_dtd", "office.xml_too_deep", "office.xml_token_too_long", "office.xml_malformed".
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "core/result.h"

struct XML_ParserStruct;

namespace anban::office {

// Names come without their prefix: "x:row" is "row".
class Attributes {
public:
    explicit Attributes(const char** pairs) : pairs_(pairs) {}
    [[nodiscard]] std::optional<std::string_view> find(std::string_view local_name) const;
    [[nodiscard]] std::string_view get(std::string_view local_name) const { return find(local_name).value_or(std::string_view{}); }

private:
    const char** pairs_;  // lives for the event only
};

class XmlHandler {
public:
    virtual ~XmlHandler() = default;
    virtual void open(std::string_view local_name, const Attributes&) = 0;
    virtual void close(std::string_view local_name) = 0;
    virtual void text(std::string_view) {}
};

class XmlReader {
public:
    explicit XmlReader(XmlHandler&);
    ~XmlReader();
    XmlReader(const XmlReader&) = delete;
    XmlReader& operator=(const XmlReader&) = delete;

    Verdict feed(std::string_view piece);
    Verdict finish();
    void stop(Refusal);  // from inside an event: feed() then returns it

private:
    struct Events;
    Verdict parse(std::string_view piece, bool last);
    XmlHandler& handler_;
    std::unique_ptr<XML_ParserStruct, void (*)(XML_ParserStruct*)> parser_;
    Verdict stopped_;
    std::uint64_t fed_ = 0;
    int depth_ = 0;
};

}  // namespace anban::office
