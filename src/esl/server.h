// The event socket: programs connect by TCP, run commands and receive events (spec/08 §4).
//
// One net thread serves all connections. The public functions may be called from any thread and
// never wait; requests leave through `ask`, from the net thread. What commands mean is not decided
// here.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/esl_event.h"
#include "base/ids.h"
#include "base/result.h"
#include "esl/event_text.h"
#include "esl/log_line.h"
#include "esl/request.h"

namespace esl {

struct ServerOptions {
  std::string listen_ip = "127.0.0.1";
  std::uint16_t port = 8021;  // 0: any that is free.
  std::string password = "ClueCon";
  Identity identity = {};

  // Tickets count from here, so that an answer which a restored core gives to a client of an
  // earlier run finds nobody.
  std::uint64_t first_ticket = 1;
  // A program needs one connection; a wall of dashboards some dozens.
  std::size_t connections_max = 256;
  // What may wait for one client that reads slowly, some ten thousand events. Further ones are kept
  // from it, and when it has caught up an event kEventsLost says how many.
  std::size_t send_bytes_max = std::size_t{16} << 20;
  // A client that is that far behind and takes nothing for this long is cut off.
  std::chrono::milliseconds stuck_timeout{60'000};
  // Who has not given the password by then is not a client.
  std::chrono::milliseconds auth_timeout{30'000};
};

// Counted since the start, for the metrics; `open` is of now.
struct ServerStats {
  std::uint64_t accepted = 0;
  std::uint64_t open = 0;
  std::uint64_t turned_away = 0;     // Over connections_max.
  std::uint64_t wrong_password = 0;  // Also those who never gave one.
  std::uint64_t malformed = 0;       // Broke a limit of FramingLimits.
  std::uint64_t too_slow = 0;        // Cut off after stuck_timeout.
  std::uint64_t fell_behind = 0;     // How often a client reached send_bytes_max.
  std::uint64_t events_kept = 0;     // From clients that had fallen behind; each client counts.
  std::uint64_t events_lost = 0;     // Published while the inbox was full: nobody got them.
};

// The subclass of the event that tells a client what it missed: header Events-Lost, and the first
// and last Event-Sequence that were kept from it. It comes in the client's format, subscribed or
// not.
inline constexpr const char* kEventsLost = "ringmaster::events-lost";

class Server {
  class Net;

 public:
  // Hands a request to the core. Returns: false when the core cannot take it now. Called from the
  // net thread; must not wait.
  using Ask = std::function<bool(Request)>;

  // Fails when the address is not one or is taken, and when the default or an empty password would
  // be reachable from other machines.
  static base::Result<std::unique_ptr<Server>> start(const ServerOptions& options, Ask ask);
  explicit Server(std::unique_ptr<Net> net);  // For start().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;

  // Answers a request; one whose client is gone, or that needs no answer, is ignored.
  void reply(base::Ticket ticket, std::string text);
  // Sends an event to everyone who wants it, in the order of the calls.
  void publish(std::shared_ptr<const base::EslEvent> event);
  // Sends a line of the log to everyone who asked for lines of its level.
  void log(LogLine line);

  ServerStats stats() const;

 private:
  std::unique_ptr<Net> net_;
};

}  // namespace esl
