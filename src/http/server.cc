#include "http/server.h"

#include <map>

#include "base/inbox.h"
#include "http/connection.h"
#include "net/door.h"

namespace http {
namespace {

constexpr std::string_view kDefaultPassword = "works";
// Replies that may wait for the net thread: more than there can be connections.
constexpr std::size_t kInboxItems = 4096;

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
        inbox_(kInboxItems, [this] { door_.post([this] { take_inbox(); }); }) {}

  ~Net() { door_.stop(); }

  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  base::Result<void> listen() {
    return door_.listen({.thread_name = "http",
                         .name = "XML-RPC",
                         .listen_ip = options_.listen_ip,
                         .port = options_.port,
                         .password = options_.password,
                         .default_password = kDefaultPassword});
  }

  void run() {
    door_.run([this](net::Door::Socket socket) { welcome(std::move(socket)); });
  }

  std::uint16_t port() const { return door_.port(); }
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

  void welcome(net::Door::Socket socket) {
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

  net::Door door_;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;

  base::Inbox<Reply> inbox_;
};

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
