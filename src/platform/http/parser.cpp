#include "platform/http/parser.h"

#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/http/parser.hpp>
#include <limits>

namespace anban::http {

namespace beast = boost::beast;

namespace {

// A body that is handed on piece by piece and never kept.
struct SinkBody {
    using value_type = const Parser::Sink*;
    class reader {
    public:
        template <bool is_request, class Fields>
        reader(beast::http::header<is_request, Fields>&, value_type& sink) : sink_(sink) {}
        void init(const boost::optional<std::uint64_t>&, beast::error_code& ec) { ec = {}; }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, beast::error_code& ec) {
            ec = {};
            std::size_t size = 0;
            for (const auto piece : beast::buffers_range_ref(buffers)) {
                (*sink_)(std::string_view(static_cast<const char*>(piece.data()), piece.size()));
                size += piece.size();
            }
            return size;
        }
        void finish(beast::error_code& ec) { ec = {}; }

    private:
        value_type& sink_;
    };
};

}  // namespace

struct Parser::Beast {
    beast::http::request_parser<SinkBody> parser;
    bool begun = false;      // some of the body was handed on
    bool ends_soon = false;  // the line of a first chunk that is the last one was read, the empty line behind it was not
};

Parser::Parser() : beast_(std::make_unique<Beast>()) {
    // The limits are ours (head.h, and the route's): Beast would only know the status, not the route.
    beast_->parser.header_limit(std::numeric_limits<std::uint32_t>::max());
    beast_->parser.body_limit(boost::none);
}

Parser::~Parser() = default;
Parser::Parser(Parser&&) noexcept = default;
Parser& Parser::operator=(Parser&&) noexcept = default;

std::optional<RawHead> Parser::read_head(std::string_view head) {
    beast::error_code ec;
    auto& parser = beast_->parser;
    const auto used = parser.put(boost::asio::buffer(head), ec);
    const auto version = parser.get().version();
    if (ec || used != head.size() || !parser.is_header_done() || (version != 10 && version != 11)) return std::nullopt;
    parser.eager(true);
    RawHead raw{std::string(parser.get().method_string()), std::string(parser.get().target()), static_cast<int>(version), {}};
    for (const auto& field : parser.get()) raw.fields.emplace_back(field.name_string(), field.value());
    return raw;
}

Parser::Step Parser::read_body(std::string_view bytes, const Sink& sink) {
    Step step;
    // Asked again about "0\r\n" Beast insists on the whole "0\r\n\r\n", by an assertion; a client may send it byte by byte. Behind a chunk
    // that holds something the last one comes with a line end before it and is long enough.
    if (done() || bytes.empty() || (beast_->ends_soon && bytes.size() < 5)) return step;
    const Sink handing_on = [&](std::string_view piece) {
        beast_->begun = true;
        sink(piece);
    };
    beast::error_code ec;
    beast_->parser.get().body() = &handing_on;
    step.used = beast_->parser.put(boost::asio::buffer(bytes), ec);
    step.broken = ec && ec != beast::http::error::need_more;
    const auto left = bytes.substr(step.used);
    beast_->ends_soon = ec == beast::http::error::need_more && !beast_->begun && left.size() < 5 && left.find("\r\n") != std::string_view::npos;
    return step;
}

bool Parser::done() const { return beast_->parser.is_done(); }

}  // namespace anban::http
