// Commands over HTTP: XML-RPC at /RPC2, for programs that speak to the original that way (spec/08
// §5).
//
// One net thread serves all connections. The public functions may be called from any thread and
// never wait; commands leave through `ask`, from the net thread, and mean there what they mean
// everywhere.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/ids.h"
#include "base/result.h"

namespace http {

struct ServerOptions {
  std::string listen_ip = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any that is free.
  std::string realm = "freeswitch";
  std::string user = "freeswitch";
  std::string password = "works";

  // Tickets count from here; they must differ from those of other doors.
  std::uint64_t first_ticket = 1;
  // A program needs one connection, or one for each call.
  std::size_t connections_max = 64;
  // A command is a line; the event socket takes no longer ones.
  std::size_t body_bytes_max = std::size_t{64} << 10;
  // From the first byte of a request to its last, and how long a connection may rest between two.
  std::chrono::seconds read_timeout{30};
  // The longest commands wait for a phone that rings.
  std::chrono::seconds answer_timeout{300};
};

class Server {
  class Net;

 public:
  // Hands a command to the core, as after `api `. Returns: false when it cannot be taken now.
  // Called from the net thread; must not wait.
  using Ask = std::function<bool(base::Ticket, std::string command)>;

  // Fails when the address is not one or is taken, and when the default or an empty password would
  // be reachable from other machines.
  static base::Result<std::unique_ptr<Server>> start(const ServerOptions& options, Ask ask);
  explicit Server(std::unique_ptr<Net> net);  // For start().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  // Answers a command; one whose client is gone is ignored.
  void reply(base::Ticket ticket, std::string text);

 private:
  std::unique_ptr<Net> net_;
};

}  // namespace http
