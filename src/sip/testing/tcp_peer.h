// A SIP peer for tests that speaks TCP: one connection to the stack, or one from it. Messages are
// framed by their Content-Length (RFC 3261 §18.3); it knows nothing of transactions.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/check.h"
#include "sip/testing/raw_peer.h"

namespace sip::testing {

class TcpPeer {
 public:
  // Connects to the stack.
  explicit TcpPeer(std::uint16_t to, Family family = Family::V4)
      : socket_(open_socket(family, SOCK_STREAM)) {
    Loopback at(family, to);
    CHECK(connect(socket_, at.get(), at.size) == 0);
    at_ = local_address(socket_, family);
  }
  ~TcpPeer() { hang_up(); }
  TcpPeer(const TcpPeer&) = delete;
  TcpPeer& operator=(const TcpPeer&) = delete;

  std::uint16_t port() const { return at_.port(); }
  std::string address() const { return at_.text(); }
  // Our end of the connection goes away; the port may be listened on afterwards.
  void hang_up() {
    if (socket_ >= 0) close(socket_);
    socket_ = -1;
  }

  void send(const std::string& text) const {
    CHECK(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) ==
          static_cast<ssize_t>(text.size()));
  }
  void send(const Draft& draft) const { send(text_of(draft, address(), "TCP")); }
  void send(const Answer& answer, const Message& request) const {
    send(text_of(answer, request, address()));
  }

  // True when the stack closes the connection before it sends anything more.
  bool is_closed_by_peer() {
    while (read_more()) continue;
    return has_ended_;
  }
  // The bytes received so far that are no whole message, once there are `count` of them.
  std::string bytes(std::size_t count) {
    while (input_.size() < count) CHECK(read_more());
    return input_.substr(0, count);
  }

  std::optional<Message> next(const std::function<bool(const Message&)>& wanted) {
    while (true) {
      while (auto message = take()) {
        if (wanted(*message)) return message;
      }
      if (!read_more()) return std::nullopt;
    }
  }
  Message request(const std::string& method) {
    auto found = next([&](const Message& m) { return m.method() == method; });
    CHECK(found.has_value());
    return *found;
  }
  Message response(const std::string& method, int at_least = 200) {
    auto found =
        next([&](const Message& m) { return m.status() >= at_least && m.cseq_method() == method; });
    CHECK(found.has_value());
    return *found;
  }

 private:
  friend class TcpListener;
  TcpPeer(int socket, const Loopback& at) : socket_(socket), at_(at) {}

  // Returns: false when nothing more comes.
  bool read_more() {
    pollfd readable{socket_, POLLIN, 0};
    const auto patience = std::chrono::milliseconds(RawPeer::kPatience).count();
    if (poll(&readable, 1, static_cast<int>(patience)) != 1) return false;
    std::string data(65536, '\0');
    const ssize_t size = recv(socket_, data.data(), data.size(), 0);
    has_ended_ = size <= 0;
    if (size <= 0) return false;
    input_.append(data, 0, static_cast<std::size_t>(size));
    return true;
  }
  // The first whole message of the input.
  std::optional<Message> take() {
    const std::size_t end = input_.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    const Message head{input_.substr(0, end + 4)};
    const std::string length = head.header("Content-Length");
    const std::size_t size = end + 4 + (length.empty() ? 0 : std::stoul(length));
    if (input_.size() < size) return std::nullopt;
    Message whole{input_.substr(0, size)};
    input_.erase(0, size);
    return whole;
  }

  int socket_;
  Loopback at_{Family::V4};
  std::string input_;
  bool has_ended_ = false;
};

// Waits for connections of the stack.
class TcpListener {
 public:
  explicit TcpListener(Family family = Family::V4) : socket_(open_socket(family, SOCK_STREAM)) {
    Loopback any(family);
    CHECK(bind(socket_, any.get(), any.size) == 0);
    CHECK(listen(socket_, 4) == 0);
    at_ = local_address(socket_, family);
  }
  ~TcpListener() { close(socket_); }
  TcpListener(const TcpListener&) = delete;
  TcpListener& operator=(const TcpListener&) = delete;

  std::uint16_t port() const { return at_.port(); }
  std::string address() const { return at_.text(); }
  TcpPeer accept() const {
    pollfd readable{socket_, POLLIN, 0};
    const auto patience = std::chrono::milliseconds(RawPeer::kPatience).count();
    CHECK(poll(&readable, 1, static_cast<int>(patience)) == 1);
    const int accepted = ::accept(socket_, nullptr, nullptr);
    CHECK(accepted >= 0);
    return TcpPeer(accepted, at_);
  }

 private:
  const int socket_;
  Loopback at_{Family::V4};
};

}  // namespace sip::testing
