// Reading: from the first byte of a request to its handler.
#include "platform/http/session.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "core/ids.h"
#include "platform/http/forwarded.h"

namespace anban::http {

namespace {

constexpr std::uint64_t progress_step = 4 * 1024;  // a byte a second is no progress (threats B2)
constexpr std::size_t framing_limit = 16 * 1024;   // chunk extensions and trailers, which nobody needs

std::optional<Method> read_method(std::string_view name) {
    if (name == "GET" || name == "HEAD") return Method::get;
    if (name == "POST") return Method::post;
    if (name == "PUT") return Method::put;
    if (name == "PATCH") return Method::patch;
    if (name == "DELETE") return Method::del;
    return std::nullopt;
}

std::string address_of(const tcp::socket& socket) {
    error_code ec;
    const auto peer = socket.remote_endpoint(ec);
    return ec ? std::string() : peer.address().to_string();
}

}  // namespace

Session::Session(Hub& hub, tcp::socket socket) : hub_(hub), socket_(std::move(socket)) {
    error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(tcp::no_delay(true), ignored);
    peer_ = request_.peer = address_of(socket_);
}

void Session::start() {
    next_request();
    if (phase_ == Phase::idle) deadline_ = Clock::now() + hub_.options.header_time;
}

void Session::await_bytes() {
    if (waiting_) return;
    waiting_ = true;
    socket_.async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code ec) {
        self->waiting_ = false;
        self->safely([&] { self->on_readable(ec); });
    });
}

void Session::on_readable(error_code ec) {
    if (phase_ == Phase::handling || phase_ == Phase::writing) return;  // refused meanwhile: asked again when lingering
    if (ec) return close();
    const auto size = socket_.read_some(asio::buffer(hub_.scratch), ec);
    if (ec == asio::error::would_block) return await_bytes();
    if (ec || size == 0) return close();
    if (phase_ == Phase::linger || phase_ == Phase::events) return await_bytes();  // read and forgotten
    arrived_ = system_now();
    in_.append(hub_.scratch.data(), size);
    if (phase_ == Phase::body) return read_body();
    read_head();
}

// Bytes of the next request may be here already: clients may send several at once, and are answered in order.
void Session::next_request() {
    request_ = Request{};
    request_.peer = peer_;
    scan_ = HeadScan{};
    parser_.reset();
    route_.reset();
    spool_.reset();
    keep_ = true;
    head_only_ = false;
    progress_mark_ = 0;
    phase_ = Phase::idle;
    deadline_ = Clock::now() + hub_.options.idle_time;
    if (!in_.empty()) return read_head();
    in_.shrink_to_fit();
    if (hub_.stopping) return prepare_stop();
    await_bytes();
}

void Session::read_head() {
    if (phase_ == Phase::idle) {
        phase_ = Phase::head;
        deadline_ = Clock::now() + hub_.options.header_time;
        request_.id = new_id(system_now());
    }
    if (const int status = scan_.feed(in_)) return refuse(status);
    if (scan_.end() == 0) return await_bytes();
    const auto head = in_.substr(0, scan_.end());
    in_.erase(0, scan_.end());
    begin_request(head);
}

void Session::begin_request(std::string_view text) {
    parser_.emplace();
    const auto raw = parser_->read_head(text);
    if (!raw) return refuse(400);
    auto understood = understand(*raw);
    if (const int* status = std::get_if<int>(&understood)) return refuse(*status);
    auto& head = std::get<Head>(understood);
    const bool plain = !head.has_body();
    const bool expects = head.expects_continue;
    keep_ = head.keep_alive;
    // Without a body behind it a refused request leaves the connection in a known place.
    if (const int status = accept_head(std::move(head))) return refuse(status, plain && keep_);
    phase_ = Phase::body;
    deadline_ = Clock::now() + hub_.options.idle_time;
    if (expects && !plain && in_.empty()) return write_interim();
    read_body();
}

int Session::accept_head(Head&& head) {
    const auto method = read_method(head.method);
    if (!method) return 405;
    head_only_ = head.method == "HEAD";
    request_.method = *method;
    request_.path = std::move(head.path);
    request_.raw_query = std::move(head.raw_query);
    request_.headers = std::move(head.fields);
    request_.peer = client_address(peer_, request_.header("x-forwarded-for"), hub_.options.gateways);
    route_ = hub_.routes->find(request_.method, request_.path);
    if (!route_) return 404;
    if (head.length > route_->body_limit) return 413;
    spool_ = std::make_shared<Spool>(hub_.options.spool_folder);
    return 0;
}

void Session::read_body() {
    bool too_large = false;
    const auto step = parser_->read_body(in_, [&](std::string_view bytes) {
        too_large = too_large || spool_->size() + bytes.size() > route_->body_limit;
        if (!too_large) spool_->append(bytes);
    });
    in_.erase(0, step.used);
    if (too_large) return refuse(413);
    if (step.broken || (!parser_->done() && in_.size() > framing_limit)) return refuse(400);
    if (spool_->wants_flush()) return flush_body();
    body_progress();
}

void Session::flush_body() {
    phase_ = Phase::handling;  // neither read nor timed meanwhile
    on_disk([](Session& s) { return s.spool_->flush(); }, [](Session& s, bool flushed) { s.on_flushed(flushed); });
}

void Session::on_flushed(bool flushed) {
    if (!flushed) return refuse(507);
    phase_ = Phase::body;
    progress_mark_ = 0;
    body_progress();
}

void Session::body_progress() {
    if (parser_->done()) return dispatch();
    if (progress_mark_ == 0 || spool_->size() >= progress_mark_) {
        progress_mark_ = spool_->size() + progress_step;
        deadline_ = Clock::now() + hub_.options.idle_time;
    }
    await_bytes();
}

void Session::dispatch() {
    phase_ = Phase::handling;
    deadline_ = never;
    parser_.reset();
    request_.received = arrived_;
    request_.body = std::move(spool_);
    const bool queued = hub_.workers.try_run([self = shared_from_this()] {
        Response response;
        try {
            response = self->route_->handle(self->request_);
        } catch (...) {
            response = self->refusal(500);
        }
        self->request_.body.reset();
        asio::post(self->hub_.io, [self, response = std::move(response)]() mutable {
            self->safely([&] { self->answer(std::move(response)); });
        });
    });
    if (!queued) refuse(503, keep_);
}

Response Session::refusal(int status) const {
    Response response;
    try {
        response = hub_.routes->refuse(status, request_.id);
    } catch (...) {
        response = Response{};
    }
    response.status = status;
    bool says_when = status != 503;
    for (const auto& header : response.headers) says_when = says_when || header.first == "Retry-After";
    if (!says_when) response.headers.emplace_back("Retry-After", "2");
    return response;
}

void Session::refuse(int status, bool keep) {
    keep_ = keep;
    answer(refusal(status));
}

}  // namespace anban::http
