#include "esl/server.h"

#include <sys/random.h>

#include <atomic>
#include <map>
#include <variant>

#include "base/check.h"
#include "base/inbox.h"
#include "base/log.h"
#include "esl/connection.h"
#include "net/door.h"

namespace esl {
namespace {

constexpr std::string_view kDefaultPassword = "ClueCon";
// Replies and events that may wait for the net thread: some seconds of the busiest server.
constexpr std::size_t kInboxItems = 65'536;

struct Reply {
  base::Ticket ticket;
  std::string text;
};
using Event = std::shared_ptr<const base::EslEvent>;
using Item = std::variant<Reply, Event, LogLine>;

// For the uuids of jobs and events, which must differ from those of other runs.
std::uint64_t random_seed() {
  std::uint64_t seed = 0;
  // Eight bytes always come at once (getrandom(2)).
  CHECK(::getrandom(&seed, sizeof(seed), 0) == sizeof(seed));
  return seed;
}

}  // namespace

class Server::Net final : public Connection::Host {
 public:
  Net(const ServerOptions& options, Ask ask)
      : options_(options),
        ask_(std::move(ask)),
        random_(random_seed()),
        next_ticket_(options.first_ticket),
        inbox_(kInboxItems, [this] { door_.post([this] { take_inbox(); }); }) {}

  ~Net() { door_.stop(); }

  Net(const Net&) = delete;
  Net& operator=(const Net&) = delete;

  base::Result<void> listen() {
    return door_.listen({.thread_name = "event-socket",
                         .name = "event socket",
                         .listen_ip = options_.listen_ip,
                         .port = options_.port,
                         .password = options_.password,
                         .default_password = kDefaultPassword});
  }

  void run() {
    door_.run([this](net::Door::Socket socket) { welcome(std::move(socket)); });
  }

  std::uint16_t port() const { return door_.port(); }

  void reply(base::Ticket ticket, std::string text) {
    if (inbox_.put(Reply{ticket, std::move(text)})) return;
    // A client whose answer is lost would wait for ever, so it is told.
    door_.post([this, ticket] { deliver({ticket, "-ERR server too busy\n"}); });
  }

  void publish(Event event) {
    if (!inbox_.put(std::move(event))) ++events_lost_;
  }

  // A line that finds no room is in the log all the same.
  void log(LogLine line) { inbox_.put(std::move(line)); }

  ServerStats stats() const {
    return {accepted_, open_,        turned_away_, wrong_password_, malformed_,
            too_slow_, fell_behind_, events_kept_, events_lost_};
  }

 private:
  // ---- Connection::Host ----

  base::Ticket new_ticket() override { return base::Ticket{next_ticket_++}; }

  bool ask(std::uint64_t connection, Request request) override {
    const base::Ticket ticket = awaited_ticket(request);
    if (ticket) asked_by_[ticket] = connection;
    const bool taken = ask_(std::move(request));
    if (!taken) asked_by_.erase(ticket);
    return taken;
  }

  void ended(std::uint64_t connection, Ending ending) override {
    std::erase_if(asked_by_,
                  [connection](const auto& asked) { return asked.second == connection; });
    connections_.erase(connection);
    open_ = connections_.size();
    if (ending == Ending::WrongPassword) ++wrong_password_;
    if (ending == Ending::Malformed) ++malformed_;
    if (ending == Ending::TooSlow) ++too_slow_;
  }

  void falls_behind(std::uint64_t connection) override {
    ++fell_behind_;
    base::log_warning(base::LogSubject{base::LogArea::EventSocket},
                      "event socket: client {} reads too slowly, events are kept from it",
                      connection);
  }

  void told(std::uint64_t connection, std::uint64_t events) override {
    events_kept_ += events;
    base::log_warning(base::LogSubject{base::LogArea::EventSocket},
                      "event socket: client {} missed {} events and is told so", connection,
                      events);
  }

  // The ticket of a request for whose answer a connection waits.
  static base::Ticket awaited_ticket(const Request& request) {
    if (const auto* api = std::get_if<ApiRequest>(&request)) {
      return api->job_uuid ? base::Ticket() : api->ticket;
    }
    const auto* message = std::get_if<MessageRequest>(&request);
    return message != nullptr ? message->ticket : base::Ticket();
  }

  // ---- accepting ----

  void welcome(net::Door::Socket socket) {
    if (connections_.size() >= options_.connections_max) {
      ++turned_away_;
      return;
    }
    ++accepted_;
    const std::uint64_t id = next_connection_++;
    auto connection = std::make_shared<Connection>(id, std::move(socket), *this, options_, random_);
    connections_.emplace(id, connection);
    open_ = connections_.size();
    connection->start();
  }

  // ---- what comes from the core ----

  void take_inbox() {
    for (Item& item : inbox_.take_now()) {
      if (auto* reply = std::get_if<Reply>(&item)) {
        deliver(*reply);
      } else if (auto* event = std::get_if<Event>(&item)) {
        broadcast(**event);
      } else {
        broadcast(std::get<LogLine>(item));
      }
    }
    tell_of_lost_events();
  }

  // What the inbox had no room for is lost to all who listen.
  void tell_of_lost_events();

  void broadcast(const LogLine& line);

  void deliver(const Reply& reply) {
    const auto asked = asked_by_.find(reply.ticket);
    if (asked == asked_by_.end()) return;
    const auto connection = connections_.at(asked->second);
    asked_by_.erase(asked);
    connection->answer(reply.text);
  }

  void broadcast(const base::EslEvent& event);

  const ServerOptions options_;
  const Ask ask_;

  // Of the net thread.
  base::Random random_;
  std::uint64_t next_ticket_;
  std::uint64_t next_connection_ = 1;
  std::uint64_t lost_events_told_ = 0;
  std::map<base::Ticket, std::uint64_t> asked_by_;

  net::Door door_;
  std::map<std::uint64_t, std::shared_ptr<Connection>> connections_;

  base::Inbox<Item> inbox_;

  std::atomic<std::uint64_t> accepted_{0};
  std::atomic<std::uint64_t> open_{0};
  std::atomic<std::uint64_t> turned_away_{0};
  std::atomic<std::uint64_t> wrong_password_{0};
  std::atomic<std::uint64_t> malformed_{0};
  std::atomic<std::uint64_t> too_slow_{0};
  std::atomic<std::uint64_t> fell_behind_{0};
  std::atomic<std::uint64_t> events_kept_{0};
  std::atomic<std::uint64_t> events_lost_{0};
};

// ---- Net: its longer functions
// --------------------------------------------------------------------

void Server::Net::tell_of_lost_events() {
  const std::uint64_t lost = events_lost_;
  if (lost == lost_events_told_) return;
  const auto connections = connections_;
  for (const auto& [id, connection] : connections) {
    connection->missed_events(lost - lost_events_told_);
  }
  lost_events_told_ = lost;
}

void Server::Net::broadcast(const LogLine& line) {
  std::shared_ptr<const std::string> text;
  for (const auto& [id, connection] : connections_) {
    if (!connection->wants(line)) continue;
    if (!text) text = std::make_shared<const std::string>(render(line));
    connection->send_line(text);
  }
}

void Server::Net::broadcast(const base::EslEvent& event) {
  // Rendered once per format, whoever wants it.
  std::map<EventFormat, std::shared_ptr<const std::string>> texts;
  // A copy, because a client whose socket breaks leaves the list while it is walked.
  const auto connections = connections_;
  for (const auto& [id, connection] : connections) {
    if (!connection->wants(event)) continue;
    auto& text = texts[connection->format()];
    if (!text) {
      text = std::make_shared<const std::string>(
          render(event, connection->format(), options_.identity));
    }
    connection->send_event(event, text);
  }
}

// ---- Server ------------------------------------------------------------------------------------

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

void Server::publish(std::shared_ptr<const base::EslEvent> event) {
  net_->publish(std::move(event));
}

void Server::log(LogLine line) {
  net_->log(std::move(line));
}

ServerStats Server::stats() const {
  return net_->stats();
}

}  // namespace esl
