// A name server on the loopback for tests: answers SRV and A questions from a table, and says that
// it knows no other names.
#pragma once

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/check.h"

namespace sip::testing {

class FakeDns {
 public:
  struct Service {
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
    std::uint16_t port = 0;
    std::string host;
  };
  struct Table {
    std::map<std::string, std::vector<Service>> services;           // "_sip._udp.example" → …
    std::map<std::string, std::array<unsigned char, 4>> addresses;  // IPv4.
    std::map<std::string, std::array<unsigned char, 16>> addresses_v6 = {};
  };
  enum class Mood { Answers, Silent };

  explicit FakeDns(Table table, Mood mood = Mood::Answers)
      : table_(std::move(table)), mood_(mood), socket_(socket(AF_INET, SOCK_DGRAM, 0)) {
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    CHECK(bind(socket_, reinterpret_cast<sockaddr*>(&any), sizeof any) == 0);
    socklen_t size = sizeof any;
    CHECK(getsockname(socket_, reinterpret_cast<sockaddr*>(&any), &size) == 0);
    address_ = "127.0.0.1:" + std::to_string(ntohs(any.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~FakeDns() {
    stopping_ = true;
    thread_.join();
    close(socket_);
  }
  FakeDns(const FakeDns&) = delete;
  FakeDns& operator=(const FakeDns&) = delete;

  const std::string& address() const { return address_; }
  int questions() const { return questions_; }

 private:
  void serve() {
    while (!stopping_) {
      pollfd readable{socket_, POLLIN, 0};
      if (::poll(&readable, 1, 20) != 1) continue;
      std::array<unsigned char, 512> data{};
      sockaddr_in from{};
      socklen_t size = sizeof from;
      const ssize_t got =
          recvfrom(socket_, data.data(), data.size(), 0, reinterpret_cast<sockaddr*>(&from), &size);
      if (got < 17) continue;
      if (mood_ == Mood::Silent) {
        ++questions_;
        continue;
      }
      const std::string reply = answer_to(std::string(data.begin(), data.begin() + got));
      sendto(socket_, reply.data(), reply.size(), 0, reinterpret_cast<sockaddr*>(&from), size);
      ++questions_;
    }
  }

  static std::string number(unsigned value) {
    return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
  }
  static std::string encoded(const std::string& name) {
    std::string out;
    std::size_t begin = 0;
    while (begin <= name.size()) {
      const std::size_t end = std::min(name.find('.', begin), name.size());
      out += static_cast<char>(end - begin) + name.substr(begin, end - begin);
      begin = end + 1;
    }
    return out + '\0';
  }
  // RFC 1035 §4: header, the question again, answers that point at its name.
  std::string answer_to(const std::string& question) const {
    std::string name;
    std::size_t at = 12;
    while (at < question.size() && question[at] != '\0') {
      const auto length = static_cast<unsigned char>(question[at]);
      name += (name.empty() ? "" : ".") + question.substr(at + 1, length);
      at += length + 1U;
    }
    const std::size_t end = at + 5;
    const int type = static_cast<unsigned char>(question[at + 2]);
    std::vector<std::string> data;
    if (const auto found = table_.services.find(name);
        type == 33 && found != table_.services.end()) {
      for (const Service& one : found->second) {
        data.push_back(number(one.priority) + number(one.weight) + number(one.port) +
                       encoded(one.host));
      }
    }
    if (const auto found = table_.addresses.find(name);
        type == 1 && found != table_.addresses.end()) {
      data.emplace_back(found->second.begin(), found->second.end());
    }
    if (const auto found = table_.addresses_v6.find(name);
        type == 28 && found != table_.addresses_v6.end()) {
      data.emplace_back(found->second.begin(), found->second.end());
    }
    const unsigned flags = data.empty() ? 0x8183 : 0x8180;  // 3: no such name.
    std::string reply = question.substr(0, 2) + number(flags) + number(1) +
                        number(static_cast<unsigned>(data.size())) + number(0) + number(0) +
                        question.substr(12, end - 12);
    for (const std::string& one : data) {
      reply += number(0xc00c) + number(static_cast<unsigned>(type)) + number(1) + number(0) +
               number(60) + number(static_cast<unsigned>(one.size())) + one;
    }
    return reply;
  }

  const Table table_;
  const Mood mood_;
  const int socket_;
  std::string address_;
  std::atomic<bool> stopping_{false};
  std::atomic<int> questions_{0};
  std::thread thread_;
};

}  // namespace sip::testing
