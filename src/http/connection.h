// One client's connection: HTTP requests in, one after the other, and their answers out.
//
// Only for server.cc; belongs to the net thread. What of it needs Beast stands in connection.cc
// alone, which compiles slowly.
#pragma once

#include <utility>
// clang-format off
#include <boost/asio/ip/tcp.hpp>
// clang-format on

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "http/server.h"

namespace http {

// Owned by the server's list and by each operation that is under way, whichever ends last.
class Connection {
 public:
  // What a connection needs of its server. Lifetime: outlives the connection.
  class Host {
   public:
    // Returns: false when nobody takes the command; otherwise answer() is called, perhaps never.
    virtual bool ask(std::uint64_t connection, std::string command) = 0;
    // Called once; the connection does nothing more.
    virtual void ended(std::uint64_t connection) = 0;

   protected:
    ~Host() = default;
  };

  Connection() = default;
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  virtual ~Connection() = default;

  virtual void start() = 0;
  // The answer to the command this connection waits for.
  virtual void answer(std::string_view text) = 0;
};

std::shared_ptr<Connection> make_connection(std::uint64_t id, boost::asio::ip::tcp::socket socket,
                                            Connection::Host& host, const ServerOptions& options);

}  // namespace http
