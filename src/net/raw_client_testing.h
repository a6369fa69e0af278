// A TCP client for tests that sends and reads bytes as they are; each wait ends after ten seconds.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace net {

class RawClient {
 public:
  // A small receive buffer makes a reader slow that does not read.
  explicit RawClient(std::uint16_t port, int receive_buffer = 0)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval timeout = {.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
    if (receive_buffer > 0) {
      ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof(receive_buffer));
    }
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  ~RawClient() { ::close(socket_); }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  // Returns: false when the other side is gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void end_input() { ::shutdown(socket_, SHUT_WR); }

  // Reads up to and including `end`; everything there is when the connection ends before.
  std::string read_until(std::string_view end) {
    while (received_.find(end) == std::string::npos && receive()) {
    }
    const std::size_t at = received_.find(end);
    return take(at == std::string::npos ? received_.size() : at + end.size());
  }
  std::string read_bytes(std::size_t count) {
    while (received_.size() < count && receive()) {
    }
    return take(std::min(count, received_.size()));
  }
  // Reads until the server closes.
  std::string read_to_end() {
    while (receive()) {
    }
    return take(received_.size());
  }

  // One message with the body that its Content-Length announces.
  std::string read_message() {
    std::string head = read_until("\n\n");
    const std::size_t at = head.find("Content-Length: ");
    if (at == std::string::npos) return head;
    return head + read_bytes(std::stoul(head.substr(at + 16)));
  }
  // Sends a command with its empty line and reads one message.
  std::string ask(const std::string& command) {
    send(command + "\n\n");
    return read_message();
  }

  void log_in() {
    EXPECT_EQ(read_message(), "Content-Type: auth/request\n\n");
    EXPECT_EQ(ask("auth ClueCon"), "Content-Type: command/reply\nReply-Text: +OK accepted\n\n");
  }

 private:
  bool receive() {
    std::array<char, 65536> bytes{};
    const auto size = ::recv(socket_, bytes.data(), bytes.size(), 0);
    EXPECT_FALSE(size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) << "nothing for 10 s";
    if (size > 0) received_.append(bytes.data(), static_cast<std::size_t>(size));
    return size > 0;
  }
  std::string take(std::size_t count) {
    std::string out = received_.substr(0, count);
    received_.erase(0, count);
    return out;
  }

  int socket_;
  std::string received_;
};

}  // namespace net
