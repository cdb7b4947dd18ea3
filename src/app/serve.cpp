#include "app/serve.h"

#include <sys/resource.h>

#include <condition_variable>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <ostream>
#include <set>
#include <sstream>
#include <thread>

#include "app/application.h"
#include "platform/http/server.h"
#include "platform/log/log.h"
#include "platform/messages/messages.h"

namespace anban {
namespace {

sigset_t block_stop_signals() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);  // a full quota is an error of the write, not the end of the server
    return set;
}

void allow_many_connections() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

http::Options transport_options(const Config& config) {
    http::Options options;
    options.address = config.address;
    options.port = config.port;
    options.workers = config.workers;
    options.gateways = config.trusted_proxies;
    options.header_time = std::chrono::seconds(config.header_seconds);
    options.idle_time = std::chrono::seconds(config.idle_seconds);
    options.spool_folder = config.data + "/spool";
    std::filesystem::create_directories(options.spool_folder);
    return options;
}

// What the clock brings, once a second, until it is told to end.
class Ticker {
public:
    explicit Ticker(Application& app) : thread_([this, &app] { run(app); }) {}
    ~Ticker() {
        {
            const std::scoped_lock lock(mutex_);
            ending_ = true;
        }
        wake_.notify_one();
        thread_.join();
    }

private:
    void run(Application& app) {
        std::unique_lock lock(mutex_);
        for (std::chrono::seconds pause{0}; !wake_.wait_for(lock, pause, [this] { return ending_; }); pause = std::chrono::seconds(1)) {
            lock.unlock();
            try {
                app.tick();
            } catch (const std::exception& failure) {
                log::error("tick.failed", {{"detail", failure.what()}});
            }
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable wake_;
    bool ending_ = false;
    std::thread thread_;
};

// One account of each role; the others are in the file.
void show_demo_accounts(std::ostream& out, const std::string& file) {
    out << "演示账号 · demo accounts (" << file << "):\n";
    std::ifstream in(file);
    std::set<std::string> shown;
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        std::string role, account, password, owner;
        std::getline(words, role, '\t');
        std::getline(words, account, '\t');
        std::getline(words, password, '\t');
        std::getline(words, owner);
        if (shown.insert(role).second) out << "  " << account << "    " << password << "    " << owner << '\n';
    }
}

void greet(std::ostream& out, const Config& config, unsigned short port) {
    out << "安办 Anban  http://" << config.address << ':' << port << "/\n";
    if (is_demo(config)) show_demo_accounts(out, demo_accounts_file(config));
    out.flush();
}

}  // namespace

int run_serve(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto config = read_config(arguments);
    if (!config) {
        err << messages::sentence(messages::Language::zh, config.refusal().key, config.refusal().params) << '\n';
        return kWrongUse;
    }
    if (is_demo(*config) && !config->loopback()) {
        err << messages::sentence(messages::Language::zh, "config.demo_beyond_loopback", {}) << '\n';
        return kWrongUse;
    }
    const auto signals = block_stop_signals();
    allow_many_connections();
    Application app(*config);
    http::Server server(transport_options(*config), app.routes());
    const Ticker ticker(app);
    std::thread watcher([&] {
        int signal = 0;
        sigwait(&signals, &signal);
        server.stop();
    });
    log::info("server.started", {{"port", server.port()}, {"storage", app.database().describe()}});
    greet(out, *config, server.port());
    server.run();
    pthread_kill(watcher.native_handle(), SIGTERM);
    watcher.join();
    log::info("server.stopped");
    return kAllWell;
}

}  // namespace anban
