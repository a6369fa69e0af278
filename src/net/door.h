// A TCP door of the server: an address, and one thread that accepts connections there and runs what
// they do.
//
// What is said over a connection belongs to who made the door (esl, http). Asio is known in both
// and here, and nowhere else (Boost 1.74 needs <utility> before it with g++ 12).
#pragma once

#include <utility>
// clang-format off
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
// clang-format on

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>

#include "base/result.h"

namespace net {

struct DoorOptions {
  const char* thread_name;  // At most 15 characters.
  std::string_view name;    // What messages call it.
  std::string listen_ip;
  std::uint16_t port = 0;  // 0: any that is free.
  std::string_view password;
  std::string_view default_password;  // Everybody knows it.
};

class Door {
 public:
  using Socket = boost::asio::ip::tcp::socket;

  Door();
  // stop()
  ~Door();
  Door(const Door&) = delete;
  Door& operator=(const Door&) = delete;

  // Fails when the address is not one or is taken, when the password is empty, and when one that
  // everybody knows would open a door that other machines reach.
  base::Result<void> listen(const DoorOptions& options);
  std::uint16_t port() const { return port_; }

  // From now on connections are accepted; `welcome` gets each, on the door's thread.
  void run(std::function<void(Socket)> welcome);
  // Any thread. Runs it on the door's thread.
  void post(std::function<void()> work);
  // Nothing more runs. The thread of run(), or one that comes after it.
  void stop();

 private:
  void accept();

  boost::asio::io_context io_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  std::function<void(Socket)> welcome_;
  const char* thread_name_ = "";
  std::uint16_t port_ = 0;
  std::thread thread_;
};

}  // namespace net
