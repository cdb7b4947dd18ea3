// Writing: answers, files, event streams, and the end of a connection.
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include "core/ids.h"
#include "platform/http/answer.h"
#include "platform/http/session.h"

namespace anban::http {

namespace {

constexpr std::uint64_t progress_step = 4 * 1024;
constexpr std::size_t waiting_events_limit = 256;  // behind by more: dropped, it reads again from the start

}  // namespace

void Session::turn_away() {
    request_.id = new_id(system_now());
    refuse(503);
}

void Session::answer(Response response) {
    phase_ = Phase::writing;
    keep_ = keep_ && !hub_.stopping;
    response_ = std::move(response);
    if (!response_.event_channel.empty() && !head_only_) return start_events();
    if (!response_.file.empty()) return answer_file();
    const std::string_view body = response_.stat.empty() ? std::string_view(response_.body) : response_.stat;
    start_writing(body.size(), body);
}

void Session::answer_file() {
    on_disk([](Session& s) { return std::make_unique<FileSource>(s.response_.file, s.response_.temporary != nullptr); },
            [](Session& s, std::unique_ptr<FileSource> file) { s.on_file(std::move(file)); });
}

void Session::on_file(std::unique_ptr<FileSource> file) {
    if (!file->open()) return refuse(500, keep_);
    const auto size = file->size();
    if (!head_only_ && has_body(response_.status)) file_ = std::move(file);
    start_writing(size, {});
}

void Session::start_writing(std::optional<std::uint64_t> length, std::string_view body) {
    out_ = answer_head(response_, {request_.id, length, keep_, system_now()});
    rest_ = out_;
    body_ = head_only_ || !has_body(response_.status) ? std::string_view{} : body;
    written_ = 0;
    progress_mark_ = 0;
    write_more();
}

// "100 Continue" before the body is asked for; the client waits for it.
void Session::write_interim() {
    static constexpr std::string_view text = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(socket_, asio::buffer(text), [self = shared_from_this()](error_code ec, std::size_t) {
        self->safely([&] {
            if (ec) return self->close();
            if (self->phase_ == Phase::body) self->await_bytes();
        });
    });
}

void Session::write_more() {
    if (progress_mark_ == 0 || written_ >= progress_mark_) {
        progress_mark_ = written_ + progress_step;
        deadline_ = Clock::now() + hub_.options.idle_time;
    }
    const std::array<asio::const_buffer, 2> buffers = {asio::buffer(rest_), asio::buffer(body_)};
    socket_.async_write_some(buffers, [self = shared_from_this()](error_code ec, std::size_t size) {
        self->safely([&] { self->on_written(ec, size); });
    });
}

void Session::on_written(error_code ec, std::size_t size) {
    if (ec) return close();
    written_ += size;
    const auto of_head = std::min(size, rest_.size());
    rest_.remove_prefix(of_head);
    body_.remove_prefix(size - of_head);
    if (!rest_.empty() || !body_.empty()) return write_more();
    if (file_) return next_piece();
    finish_answer();
}

void Session::next_piece() {
    on_disk([](Session& s) { return s.file_->read_piece(); },
            [](Session& s, std::string piece) { s.on_piece(std::move(piece)); });
}

void Session::on_piece(std::string piece) {
    const bool last = file_->given_all();
    if (piece.empty() && !last) return abort();  // the file shrank: an honest break, not a short answer
    if (last) file_.reset();
    progress_mark_ = 0;
    out_ = std::move(piece);
    rest_ = out_;
    if (rest_.empty()) return finish_answer();
    write_more();
}

void Session::finish_answer() {
    response_ = Response{};
    out_ = std::string();
    if (!keep_) return linger();
    next_request();
}

void Session::start_events() {
    keep_ = false;
    response_.type = "text/event-stream";
    response_.headers.emplace_back("X-Accel-Buffering", "no");  // a proxy that collects would keep events back
    auto head = answer_head(response_, {request_.id, std::nullopt, false, system_now()}) + "retry: 3000\n\n";
    phase_ = Phase::events;
    deadline_ = never;
    hub_.channels[response_.event_channel].insert(shared_from_this());
    if (hub_.stopping) return close();
    send_event(std::make_shared<const std::string>(std::move(head)));
    await_bytes();  // tells when the client goes
}

void Session::send_event(std::shared_ptr<const std::string> text) {
    if (phase_ != Phase::events) return;
    if (events_.size() >= waiting_events_limit) return abort();
    events_.push_back(std::move(text));
    if (!sending_events_) write_events();
}

void Session::write_events() {
    sending_events_ = true;
    deadline_ = Clock::now() + hub_.options.idle_time;
    const auto text = events_.front();
    asio::async_write(socket_, asio::buffer(*text), [self = shared_from_this(), text](error_code ec, std::size_t) {
        self->safely([&] { self->on_events_written(ec); });
    });
}

void Session::on_events_written(error_code ec) {
    if (ec) return close();
    events_.pop_front();
    sending_events_ = false;
    deadline_ = never;
    next_beat_ = Clock::now() + hub_.options.heartbeat;
    if (!events_.empty()) write_events();
}

void Session::tick(SteadyTime now) {
    safely([&] { check_time(now); });
}

void Session::check_time(SteadyTime now) {
    if (phase_ == Phase::events && !sending_events_ && now >= next_beat_)
        return send_event(std::make_shared<const std::string>(": alive\n\n"));
    if (now < deadline_) return;
    switch (phase_) {
        case Phase::head:
        case Phase::body: return refuse(408);
        case Phase::writing:
        case Phase::events: return abort();
        case Phase::idle:
        case Phase::linger: return close();
        case Phase::handling:
        case Phase::closed: return;
    }
}

// An idle connection may have a request on the way: closing it at once would lose what its client rightly counts as sent.
void Session::prepare_stop() {
    if (phase_ == Phase::events) return close();
    if (phase_ != Phase::idle) return;
    deadline_ = std::min<SteadyTime>(deadline_, Clock::now() + hub_.options.grace / 20);
    await_bytes();
}

// The answer must reach a client that is still sending: closing with unread bytes would throw it away.
void Session::linger() {
    error_code ec;
    socket_.shutdown(tcp::socket::shutdown_send, ec);
    if (ec) return close();
    phase_ = Phase::linger;
    deadline_ = Clock::now() + hub_.options.linger_time;
    spool_.reset();
    in_ = std::string();
    await_bytes();
}

// Gives up on a client that does not take what is sent; the kernel forgets the bytes too.
void Session::abort() {
    error_code ignored;
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    close();
}

void Session::close() {
    if (phase_ == Phase::closed) return;
    if (phase_ == Phase::events) {
        const auto channel = hub_.channels.find(response_.event_channel);
        if (channel != hub_.channels.end()) channel->second.erase(shared_from_this());
        if (channel != hub_.channels.end() && channel->second.empty()) hub_.channels.erase(channel);
    }
    phase_ = Phase::closed;
    error_code ignored;
    socket_.close(ignored);
    events_.clear();
    hub_.sessions.erase(shared_from_this());
}

}  // namespace anban::http
