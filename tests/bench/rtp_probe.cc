// The sound of many conversations: sends RTP from many ports of the loopback every 20 ms and
// measures, for what comes back, how late it is and how regularly it comes.
//
//   rtp_probe COUNT
//
// Prints "port INDEX PORT" for each of its sockets. Then it reads commands, one to a line:
// "send INDEX HOST PORT" begins to send from a socket, "report" prints one line of JSON about all
// packets since the last report and begins anew. "mark" and "heard" are for proofs: the second
// prints a line with what each socket heard since it was opened, and how long after the mark
// (rtp_heard.h). It ends with its standard input.
//
// Instants are the kernel's for what arrives (SO_TIMESTAMPNS) and those just before sendto for what
// leaves, so that the probe's own lateness counts for nothing. One thread.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <ctime>
#include <iostream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "tests/bench/rtp_heard.h"

namespace {

constexpr std::int64_t kMillisecond = 1'000'000;
constexpr std::int64_t kPacket = 20 * kMillisecond;
constexpr std::int64_t kGapLimit = 40 * kMillisecond;
constexpr std::size_t kHeaderBytes = 12;
constexpr std::size_t kFrameBytes = 160;
constexpr unsigned char kPcmu = 0;
// Begins the payload of every packet of ours; hold music does not.
constexpr std::uint64_t kMagic = 0x52696e676d737472;

std::int64_t now() {
  timespec at{};
  clock_gettime(CLOCK_REALTIME, &at);
  return at.tv_sec * 1'000'000'000 + at.tv_nsec;
}

// What a packet carries behind its RTP header.
struct Stamp {
  std::uint64_t magic = kMagic;
  std::int64_t sent_at = 0;
  std::uint64_t number = 0;  // Of its sender's packets.
  std::uint64_t port = 0;    // The sender's.
};

struct Measured {
  std::vector<std::int64_t> delays;  // Nanoseconds.
  std::int64_t longest_gap = 0;
  std::int64_t longest_send_gap = 0;  // The probe's own.
  std::uint64_t gaps_over_limit = 0;  // That the sender did not make.
  std::uint64_t lost = 0;
  std::uint64_t sent = 0;
};

class Port {
 public:
  Port() : socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    const int on = 1;
    setsockopt(socket_, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    if (bind(socket_, reinterpret_cast<const sockaddr*>(&at), sizeof at) != 0) perror("bind");
    getsockname(socket_, reinterpret_cast<sockaddr*>(&at), &size);
    port_ = ntohs(at.sin_port);
  }

  int socket() const { return socket_; }
  std::uint16_t port() const { return port_; }
  bool is_due(std::int64_t at) const { return to_.sin_port != 0 && next_ <= at; }

  void send_to(const std::string& host, int port, std::int64_t first) {
    to_.sin_family = AF_INET;
    inet_pton(AF_INET, host.c_str(), &to_.sin_addr);
    if (to_.sin_port == 0) next_ = first;
    to_.sin_port = htons(static_cast<std::uint16_t>(port));
  }

  void send(Measured& measured) {
    std::array<unsigned char, kHeaderBytes + kFrameBytes> packet{};
    const Stamp stamp{kMagic, now(), sent_++, port_};
    packet[0] = 0x80;
    packet[1] = kPcmu;
    put16(&packet[2], static_cast<std::uint16_t>(stamp.number));
    put32(&packet[4], static_cast<std::uint32_t>(stamp.number * kFrameBytes));
    put32(&packet[8], port_);
    std::memcpy(&packet[kHeaderBytes], &stamp, sizeof stamp);
    sendto(socket_, packet.data(), packet.size(), 0, reinterpret_cast<const sockaddr*>(&to_),
           sizeof to_);
    ++measured.sent;
    next_ += kPacket;
  }

  void receive(Measured& measured) {
    std::array<unsigned char, 2048> bytes;
    std::array<char, 256> control;
    for (;;) {
      iovec part{bytes.data(), bytes.size()};
      msghdr message{};
      message.msg_iov = &part;
      message.msg_iovlen = 1;
      message.msg_control = control.data();
      message.msg_controllen = control.size();
      const ssize_t size = recvmsg(socket_, &message, 0);
      if (size < 0) return;
      if (static_cast<std::size_t>(size) < kHeaderBytes + sizeof(Stamp)) continue;
      // RTCP for the socket below: ours lie side by side.
      if ((bytes[1] & 0x7f) != kPcmu) continue;
      Stamp stamp;
      std::memcpy(&stamp, &bytes[kHeaderBytes], sizeof stamp);
      const bool is_ours = stamp.magic == kMagic;
      const std::int64_t at = arrival(message);
      heard_.note(get32(&bytes[8]), get16(&bytes[2]),
                  is_ours ? static_cast<std::uint16_t>(stamp.port) : std::uint16_t{0}, at);
      if (is_ours) note(stamp, at, measured);
    }
  }
  const Heard& heard() const { return heard_; }
  void mark(std::int64_t at) { heard_.mark(at); }

  // The next packet begins a new measurement.
  void begin_anew() { last_arrival_ = 0; }

 private:
  static void put16(unsigned char* at, std::uint16_t value) {
    at[0] = static_cast<unsigned char>(value >> 8);
    at[1] = static_cast<unsigned char>(value);
  }
  static void put32(unsigned char* at, std::uint32_t value) {
    put16(at, static_cast<std::uint16_t>(value >> 16));
    put16(at + 2, static_cast<std::uint16_t>(value));
  }

  static std::uint16_t get16(const unsigned char* at) {
    return static_cast<std::uint16_t>(at[0] << 8 | at[1]);
  }
  static std::uint32_t get32(const unsigned char* at) {
    return static_cast<std::uint32_t>(get16(at)) << 16 | get16(at + 2);
  }

  static std::int64_t arrival(msghdr& message) {
    for (cmsghdr* one = CMSG_FIRSTHDR(&message); one; one = CMSG_NXTHDR(&message, one)) {
      if (one->cmsg_level != SOL_SOCKET || one->cmsg_type != SCM_TIMESTAMPNS) continue;
      timespec at{};
      std::memcpy(&at, CMSG_DATA(one), sizeof at);
      return at.tv_sec * 1'000'000'000 + at.tv_nsec;
    }
    return now();
  }

  void note(const Stamp& stamp, std::int64_t at, Measured& measured) {
    measured.delays.push_back(at - stamp.sent_at);
    if (last_arrival_ != 0) {
      const std::int64_t gap = at - last_arrival_;
      const std::int64_t send_gap = stamp.sent_at - last_sent_;
      measured.longest_gap = std::max(measured.longest_gap, gap);
      measured.longest_send_gap = std::max(measured.longest_send_gap, send_gap);
      if (gap > kGapLimit && send_gap <= kGapLimit) ++measured.gaps_over_limit;
      if (stamp.number > last_number_) measured.lost += stamp.number - last_number_ - 1;
    }
    last_arrival_ = at;
    last_sent_ = stamp.sent_at;
    last_number_ = stamp.number;
  }

  int socket_;
  std::uint16_t port_ = 0;
  sockaddr_in to_{};
  std::int64_t next_ = 0;
  std::uint64_t sent_ = 0;
  std::int64_t last_arrival_ = 0;
  std::int64_t last_sent_ = 0;
  std::uint64_t last_number_ = 0;
  Heard heard_;
};

std::string report(Measured& measured) {
  auto& delays = measured.delays;
  std::sort(delays.begin(), delays.end());
  const auto at = [&delays](double share) {
    if (delays.empty()) return 0.0;
    const auto index = static_cast<std::size_t>(share * static_cast<double>(delays.size() - 1));
    return static_cast<double>(delays[index]) / 1e9;
  };
  const nlohmann::json line = {
      {"sent", measured.sent},
      {"received", delays.size()},
      {"lost", measured.lost},
      {"delay_p50", at(0.5)},
      {"delay_p99", at(0.99)},
      {"delay_max", at(1)},
      {"longest_gap", static_cast<double>(measured.longest_gap) / 1e9},
      {"longest_send_gap", static_cast<double>(measured.longest_send_gap) / 1e9},
      {"gaps_over_40_ms", measured.gaps_over_limit}};
  return line.dump();
}

nlohmann::json heard_by(const Port& port) {
  const Heard& heard = port.heard();
  return {
      {"packets", heard.packets()},     {"streams", heard.streams()},
      {"backwards", heard.backwards()}, {"largest_step", heard.largest_step()},
      {"speaker", heard.speaker()},     {"silence", static_cast<double>(heard.silence()) / 1e9}};
}

class Probe {
 public:
  explicit Probe(std::size_t count) : ports_(count), epoll_(epoll_create1(0)) {
    for (std::size_t i = 0; i < count; ++i) {
      watch(ports_[i].socket(), i);
      std::cout << "port " << i << ' ' << ports_[i].port() << '\n';
    }
    watch(STDIN_FILENO, kStandardInput);
    std::cout.flush();
  }

  void run() {
    std::array<epoll_event, 256> events;
    while (!ended_) {
      const int ready = epoll_wait(epoll_, events.data(), events.size(), 1);
      for (int i = 0; i < ready; ++i) {
        const std::uint64_t index = events[static_cast<std::size_t>(i)].data.u64;
        if (index == kStandardInput) {
          read_commands();
        } else {
          ports_[index].receive(measured_);
        }
      }
      const std::int64_t at = now();
      for (Port& port : ports_) {
        if (port.is_due(at)) port.send(measured_);
      }
    }
  }

 private:
  static constexpr std::uint64_t kStandardInput = ~0ULL;

  void watch(int descriptor, std::uint64_t index) {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = index;
    epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
  }

  void read_commands() {
    std::array<char, 65536> bytes;
    const ssize_t size = read(STDIN_FILENO, bytes.data(), bytes.size());
    ended_ = size <= 0;
    if (ended_) return;
    text_.append(bytes.data(), static_cast<std::size_t>(size));
    for (std::size_t end; (end = text_.find('\n')) != std::string::npos; text_.erase(0, end + 1)) {
      obey(text_.substr(0, end));
    }
  }

  void obey(const std::string& line) {
    std::istringstream words(line);
    std::string verb, host;
    std::size_t index = 0;
    int port = 0;
    words >> verb;
    if (verb == "report") {
      std::cout << report(measured_) << std::endl;
      measured_ = {};
      for (Port& one : ports_) one.begin_anew();
    } else if (verb == "mark") {
      for (Port& one : ports_) one.mark(now());
    } else if (verb == "heard") {
      auto ports = nlohmann::json::array();
      for (const Port& one : ports_) ports.push_back(heard_by(one));
      std::cout << ports.dump() << std::endl;
    } else if (verb == "send" && words >> index >> host >> port && index < ports_.size()) {
      // Spread over the packet's length, so that they do not all leave at once.
      const auto share = static_cast<std::int64_t>(index % 20) * kMillisecond;
      ports_[index].send_to(host, port, now() + share);
    } else {
      std::cerr << "rtp_probe: not understood: " << line << '\n';
    }
  }

  std::vector<Port> ports_;
  int epoll_;
  Measured measured_;
  std::string text_;
  bool ended_ = false;
};

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: rtp_probe COUNT\n";
    return 2;
  }
  Probe(std::stoul(words[1])).run();
  return 0;
}
