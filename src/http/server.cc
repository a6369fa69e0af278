#include "http/server.h"

// clang-format off
#include "http/connection.h"
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
// clang-format on

#include <map>
#include <thread>

#include "base/inbox.h"

namespace http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::string_view kDefaultPassword = "works";
// Replies that may wait for the net thread: more than there can be connections.
constexpr std::size_t kInboxItems = 4096;
// How long to leave the listening socket alone after the system refused us a connection.
constexpr std::chrono::milliseconds kAcceptPause{100};

struct Reply {
  base::Ticket ticket;
  std::string text;
};

}  // namespace

class Server::Net final : public Connection::Host {
 public:
  Net(const ServerOptions& options, Ask ask)
      : options_(options),
        ask_(std::move(ask)),
        next_ticket_(options.first_ticket),
        work_(asio::make_work_guard(io_)),
        acceptor_(io_),
        pause_(io_),
        inbox_(kInboxItems, [this] { asio::post(io_, [this] { take_inbox(); }); }) {}

  ~Net() {
    io_.stop();
    if (thread_.joinable()) thread_.join();
  }

  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  base::Result<void> listen();

  void run() {
    accept();
    thread_ = std::thread([this] { io_.run(); });
  }

  std::uint16_t port() const { return port_; }
  // One that finds no room is not missed for ever: its client's time runs out.
  void reply(base::Ticket ticket, std::string text) { inbox_.put({ticket, std::move(text)}); }

 private:
  // ---- Connection::Host ----

  bool ask(std::uint64_t connection, std::string command) override {
    const base::Ticket ticket{next_ticket_++};
    asked_by_[ticket] = connection;
    const bool taken = ask_(ticket, std::move(command));
    if (!taken) asked_by_.erase(ticket);
    return taken;
  }

  void ended(std::uint64_t connection) override {
    std::erase_if(asked_by_,
                  [connection](const auto& asked) { return asked.second == connection; });
    connections_.erase(connection);
  }

  // ---- accepting ----

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (!error) {
        welcome(std::move(socket));
        accept();
        return;
      }
      pause_.expires_after(kAcceptPause);
      pause_.async_wait([this](error_code) { accept(); });
    });
  }

  void welcome(tcp::socket socket) {
    if (connections_.size() >= options_.connections_max) return;
    const std::uint64_t id = next_connection_++;
    auto connection = make_connection(id, std::move(socket), *this, options_);
    connections_.emplace(id, connection);
    connection->start();
  }

  void take_inbox() {
    for (const Reply& reply : inbox_.take_now()) {
      const auto asked = asked_by_.find(reply.ticket);
      if (asked == asked_by_.end()) continue;
      const auto connection = connections_.at(asked->second);
      asked_by_.erase(asked);
      connection->answer(reply.text);
    }
  }

  const ServerOptions options_;
  const Ask ask_;

  // Of the net thread.
  std::uint64_t next_ticket_;
  std::uint64_t next_connection_ = 1;
  std::map<base::Ticket, std::uint64_t> asked_by_;

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;
  std::uint16_t port_ = 0;

  base::Inbox<Reply> inbox_;
  std::thread thread_;
};

base::Result<void> Server::Net::listen() {
  error_code error;
  const auto address = asio::ip::make_address(options_.listen_ip, error);
  if (error) return base::failure("XML-RPC: " + options_.listen_ip + " is not an address");
  if (options_.password.empty()) return base::failure("XML-RPC: the password is empty");
  if (options_.password == kDefaultPassword && !address.is_loopback()) {
    return base::failure("XML-RPC: " + options_.listen_ip +
                         " can be reached from other machines, and the password is the default "
                         "one; set another auth-pass or listen on 127.0.0.1");
  }
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  // A restarted server must not wait for the last one's connections to time out.
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) port_ = acceptor_.local_endpoint(error).port();
  if (error) {
    return base::failure("XML-RPC: " + options_.listen_ip + " port " +
                         std::to_string(options_.port) + ": " + error.message());
  }
  return {};
}

Server::Server(std::unique_ptr<Net> net) : net_(std::move(net)) {}
Server::~Server() = default;

base::Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Ask ask) {
  auto net = std::make_unique<Net>(options, std::move(ask));
  if (const auto listening = net->listen(); !listening) return base::failure(listening.error());
  net->run();
  return std::make_unique<Server>(std::move(net));
}

std::uint16_t Server::port() const {
  return net_->port();
}

void Server::reply(base::Ticket ticket, std::string text) {
  net_->reply(ticket, std::move(text));
}

}  // namespace http
