#include "net/door.h"

// clang-format off
#include <boost/asio/post.hpp>
// clang-format on

#include <chrono>

#include "base/thread_name.h"

namespace net {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

// How long to leave the listening socket alone after the system refused us a connection (no more
// file descriptors): trying again at once would only burn a processor.
constexpr std::chrono::milliseconds kAcceptPause{100};

}  // namespace

Door::Door() : work_(asio::make_work_guard(io_)), acceptor_(io_), pause_(io_) {}

Door::~Door() {
  stop();
}

base::Result<void> Door::listen(const DoorOptions& options) {
  const std::string name(options.name);
  error_code error;
  const auto address = asio::ip::make_address(options.listen_ip, error);
  if (error) return base::failure(name + ": " + options.listen_ip + " is not an address");
  if (options.password.empty()) return base::failure(name + ": the password is empty");
  if (options.password == options.default_password && !address.is_loopback()) {
    return base::failure(name + ": " + options.listen_ip +
                         " can be reached from other machines, and the password is the default "
                         "one; set another password or listen on 127.0.0.1");
  }
  const tcp::endpoint endpoint(address, options.port);
  acceptor_.open(endpoint.protocol(), error);
  // A restarted server must not wait for the last one's connections to time out.
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port_ = acceptor_.local_endpoint(error).port();
  if (error) {
    return base::failure(name + ": " + options.listen_ip + " port " + std::to_string(options.port) +
                         ": " + error.message());
  }
  thread_name_ = options.thread_name;
  return {};
}

void Door::run(std::function<void(Socket)> welcome) {
  welcome_ = std::move(welcome);
  accept();
  thread_ = std::thread([this] {
    base::name_this_thread(thread_name_);
    io_.run();
  });
}

void Door::post(std::function<void()> work) {
  asio::post(io_, std::move(work));
}

void Door::stop() {
  io_.stop();
  if (thread_.joinable()) thread_.join();
}

void Door::accept() {
  acceptor_.async_accept([this](error_code error, Socket socket) {
    if (!error) {
      welcome_(std::move(socket));
      accept();
      return;
    }
    pause_.expires_after(kAcceptPause);
    pause_.async_wait([this](error_code) { accept(); });
  });
}

}  // namespace net
