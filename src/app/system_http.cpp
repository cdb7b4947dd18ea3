#include "app/system_http.h"

#include "modules/journal/journal.h"

namespace anban {
namespace {

struct ClockBody {
    Instant business_time;
    BOOST_DESCRIBE_CLASS(ClockBody, (), (business_time), (), ())
};

struct ClockAnswer {
    Instant business_time;
    BOOST_DESCRIBE_CLASS(ClockAnswer, (), (business_time), (), ())
};

constexpr int kMostDays = 366;  // a slip of the year would make the server unusable: it never goes back

http::Response plain(int status, std::string body) {
    http::Response response;
    response.status = status;
    response.type = "text/plain; charset=utf-8";
    response.body = std::move(body);
    return response;
}

void declare_health(api::Api& api, const SystemDoors& doors) {
    api.download("/healthz", Right::open_to_all, {"进程在运行"}, [](api::Call&) -> Result<http::Response> { return plain(200, "ok\n"); });
    api.download("/readyz", Right::open_to_all, {"可以接受请求"}, [doors](api::Call&) -> Result<http::Response> {
        doors.storage();
        return plain(200, "ready\n");
    });
}

void declare_openapi(api::Api& api) {
    api.download("/api/v1/openapi.json", Right::open_to_all, {"接口说明"}, [&api](api::Call&) -> Result<http::Response> {
        http::Response response;
        response.body = json::write(api::openapi(api));
        return response;
    });
}

void declare_clock(api::Api& api, const SystemDoors& doors) {
    api.prepared<ClockBody, ClockAnswer>(
        http::Method::post, "/api/v1/clock", Right::clock_move, {"推进演练时间"},
        [doors](api::Call& call, const ClockBody& body) -> Result<ClockAnswer> {
            if (body.business_time <= call.now()) return Refusal{Code::conflict, "clock.only_forwards", {}, {}, {}};
            if (body.business_time.ms - call.now().ms > kMostDays * 86'400'000LL)
                return Refusal{Code::unprocessable, "clock.too_far", {{"days", std::to_string(kMostDays)}}, {}, {}};
            auto moved = call.write<Done>([&](Work& work) -> Result<Done> {
                journal::record(work, "clock.moved", {"clock", "business", ""},
                                {{"from", format_instant(work.now)}, {"to", format_instant(body.business_time)}});
                return Done{};
            });
            if (!moved) return moved.refusal();
            doors.clock.set_business(body.business_time);
            doors.after_move();
            return ClockAnswer{body.business_time};
        });
}

}  // namespace

void add_system_routes(api::Api& api, SystemDoors doors) {
    declare_health(api, doors);
    declare_openapi(api);
    if (doors.clock_moves) declare_clock(api, doors);
}

}  // namespace anban
