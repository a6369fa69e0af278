// One client's TCP connection: bytes between the socket and its Session, with limits both ways.
//
// Only for server.cc; belongs to the net thread. Asio is known here and there and nowhere else
// (Boost 1.74 needs <utility> before it with g++ 12).
#pragma once

#include <utility>
// clang-format off
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
// clang-format on

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "esl/framing.h"
#include "esl/server.h"
#include "esl/session.h"

namespace esl {

// Why a connection ended.
enum class Ending {
  Done,           // The client left or said exit.
  WrongPassword,  // Or none in time.
  Malformed,
  TooSlow,  // Read nothing for long while much waited.
};

// Owned by the server's list and by each operation of Asio that is under way, whichever ends last.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  // What a connection needs of its server. Lifetime: outlives the connection.
  class Host {
   public:
    virtual base::Ticket new_ticket() = 0;
    // Returns: false when nobody takes the request; otherwise answer() is called in time.
    virtual bool ask(std::uint64_t connection, Request request) = 0;
    // Events are kept from a client that reads too slowly, until told() says how many.
    virtual void falls_behind(std::uint64_t connection) = 0;
    virtual void told(std::uint64_t connection, std::uint64_t events) = 0;
    // Called once; the connection does nothing more.
    virtual void ended(std::uint64_t connection, Ending ending) = 0;

   protected:
    ~Host() = default;
  };

  Connection(std::uint64_t id, Socket socket, Host& host, const ServerOptions& options,
             base::Random& random);

  // Greets the client and begins to read.
  void start();
  // The answer to the request this connection waits for.
  void answer(std::string_view text);
  // Sends an event, whose text this is. While too much waits already it is left out, and the client
  // is told how many it missed as soon as it has caught up; one that reads nothing for long is cut
  // off.
  void send_event(const base::EslEvent& event, std::shared_ptr<const std::string> text);
  // Events were lost before anybody could get them.
  void missed_events(std::uint64_t count);
  // Left out without a word while too much waits.
  void send_line(std::shared_ptr<const std::string> text);
  bool wants(const base::EslEvent& event) const;
  bool wants(const LogLine& line) const;
  EventFormat format() const { return session_.format(); }
  // Ends at once and without a word.
  void close(Ending ending);

 private:
  void read();
  void read_done(std::size_t size);
  bool can_handle() const;
  void handle_frames();
  void handle(const Frame& frame);
  void hand_over(Reaction reaction);
  void become_known();
  void finish();

  void send(std::string text);
  void queue(std::shared_ptr<const std::string> text);
  void write();
  void write_done();
  void tell_losses();
  void say_goodbye();
  void drain();
  void arm_timer(std::chrono::milliseconds delay, Ending ending);

  const std::uint64_t id_;
  Socket socket_;
  boost::asio::steady_timer timer_;
  Host& host_;
  const Identity& identity_;
  const std::size_t send_bytes_max_;
  const std::chrono::milliseconds stuck_timeout_;
  const std::chrono::milliseconds auth_timeout_;

  Session session_;
  Framer framer_{kLimitsBeforeAuth};
  std::array<char, 8192> incoming_{};
  bool reading_ = false;
  bool input_ended_ = false;

  // Several connections share the text of one event.
  std::vector<std::shared_ptr<const std::string>> waiting_;
  std::vector<std::shared_ptr<const std::string>> writing_;
  std::size_t waiting_bytes_ = 0;

  // Events that were kept from the client since it was told last.
  struct Losses {
    std::uint64_t count = 0;
    std::uint64_t first = 0;  // Event-Sequence; 0: not known.
    std::uint64_t last = 0;
    std::int64_t unix_us = 0;  // Of the last.
  };
  Losses losses_;

  Ending ending_ = Ending::Done;  // Once farewell_sent_.
  bool farewell_sent_ = false;
  bool closed_ = false;
};

}  // namespace esl
