// A SIP peer for tests: a UDP socket on the loopback, and messages as text. It knows nothing of
// transactions, so that tests can do what no decent peer would.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "sip/testing/loopback.h"

namespace sip::testing {

// One received message.
struct Message {
  std::string text;

  std::string first_line() const { return text.substr(0, text.find("\r\n")); }
  std::string body() const {
    const std::size_t end = text.find("\r\n\r\n");
    return end == std::string::npos ? std::string() : text.substr(end + 4);
  }
  int status() const { return text.rfind("SIP/2.0 ", 0) == 0 ? std::stoi(text.substr(8, 3)) : 0; }
  std::string method() const {
    return status() != 0 ? std::string() : text.substr(0, text.find(' '));
  }
  std::string uri() const {
    const std::size_t begin = text.find(' ') + 1;
    return text.substr(begin, text.find(' ', begin) - begin);
  }
  // The value of the first header of this name, or an empty text.
  std::string header(const std::string& name) const {
    const std::size_t at = text.find("\r\n" + name + ":");
    if (at == std::string::npos) return {};
    std::size_t begin = at + name.size() + 3;
    while (begin < text.size() && text[begin] == ' ') ++begin;
    return text.substr(begin, text.find("\r\n", begin) - begin);
  }
  std::string tag_of(const std::string& name) const {
    const std::string value = header(name);
    const std::size_t at = value.find(";tag=");
    return at == std::string::npos ? std::string() : value.substr(at + 5);
  }
  // "1 INVITE" → 1
  std::uint32_t cseq() const { return static_cast<std::uint32_t>(std::stoul(header("CSeq"))); }
  std::string cseq_method() const {
    const std::string value = header("CSeq");
    return value.substr(value.find(' ') + 1);
  }
};

class RawPeer {
 public:
  // Long enough for a busy machine; a test that passes never waits for it.
  static constexpr std::chrono::seconds kPatience{10};

  explicit RawPeer(Family family = Family::V4)
      : family_(family), socket_(open_socket(family, SOCK_DGRAM)) {
    Loopback any(family);
    CHECK(bind(socket_, any.get(), any.size) == 0);
    at_ = local_address(socket_, family);
  }
  ~RawPeer() { close(socket_); }
  RawPeer(const RawPeer&) = delete;
  RawPeer& operator=(const RawPeer&) = delete;

  std::uint16_t port() const { return at_.port(); }
  std::string address() const { return at_.text(); }

  void send(const std::string& text, std::uint16_t to) const {
    Loopback at(family_, to);
    CHECK(sendto(socket_, text.data(), text.size(), 0, at.get(), at.size) ==
          static_cast<ssize_t>(text.size()));
  }

  // The next message that is wanted; others (repetitions, provisional responses) are skipped.
  std::optional<Message> next(const std::function<bool(const Message&)>& wanted) const {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (true) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
          until - std::chrono::steady_clock::now());
      pollfd readable{socket_, POLLIN, 0};
      if (left.count() <= 0 || poll(&readable, 1, static_cast<int>(left.count())) != 1) return {};
      std::string data(65536, '\0');
      const ssize_t size = recv(socket_, data.data(), data.size(), 0);
      if (size <= 0) continue;
      data.resize(static_cast<std::size_t>(size));
      Message message{std::move(data)};
      if (wanted(message)) return message;
    }
  }
  // The next request of this method. Fails the program when none comes.
  Message request(const std::string& method) const {
    auto found = next([&](const Message& m) { return m.method() == method; });
    CHECK(found.has_value());
    return *found;
  }
  // The next response of at least this status to a request of this method.
  Message response(const std::string& method, int at_least = 200) const {
    auto found =
        next([&](const Message& m) { return m.status() >= at_least && m.cseq_method() == method; });
    CHECK(found.has_value());
    return *found;
  }

 private:
  const Family family_;
  const int socket_;
  Loopback at_{Family::V4};
};

// What makes up a request of the peer; the rest is filled in.
struct Draft {
  std::string method = "INVITE";
  std::string uri = "sip:5000@127.0.0.1";
  std::string from = "<sip:1001@default>;tag=peer";
  std::string to = "<sip:5000@127.0.0.1>";
  std::string call_id = "call-1";
  std::uint32_t cseq = 1;
  std::string branch = "z9hG4bK-1";
  std::string contact = {};  // Empty: the peer's address; "-": none.
  std::string extra = {};    // Further header lines, each with its line end.
  std::string body = {};
  int max_forwards = 70;
};

// Of a peer at `address`; its Via says how it comes.
inline std::string text_of(const Draft& draft, const std::string& address,
                           const std::string& transport = "UDP") {
  std::string text = draft.method + " " + draft.uri + " SIP/2.0\r\n";
  text += "Via: SIP/2.0/" + transport + " " + address + ";branch=" + draft.branch + ";rport\r\n";
  text += "Max-Forwards: " + std::to_string(draft.max_forwards) + "\r\n";
  text += "From: " + draft.from + "\r\nTo: " + draft.to + "\r\nCall-ID: " + draft.call_id +
          "\r\nCSeq: " + std::to_string(draft.cseq) + " " + draft.method + "\r\n";
  if (draft.contact.empty()) {
    text += "Contact: <sip:1001@" + address + ">\r\n";
  } else if (draft.contact != "-") {
    text += "Contact: " + draft.contact + "\r\n";
  }
  text += draft.extra;
  if (!draft.body.empty()) text += "Content-Type: application/sdp\r\n";
  return text + "Content-Length: " + std::to_string(draft.body.size()) + "\r\n\r\n" + draft.body;
}

inline std::string text_of(const Draft& draft, const RawPeer& peer) {
  return text_of(draft, peer.address());
}

inline const std::string kOffer =
    "v=0\r\no=peer 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
    "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
    "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n";

// A response of the peer to a request of the stack.
struct Answer {
  int status = 200;
  std::string tag = "phone";
  std::string contact = {};  // Empty: the peer's address.
  std::string extra = {};
  std::string body = {};
};

inline std::string text_of(const Answer& answer, const Message& request,
                           const std::string& address) {
  std::string to = request.header("To");
  if (answer.status > 100 && to.find(";tag=") == std::string::npos) to += ";tag=" + answer.tag;
  const std::string contact =
      answer.contact.empty() ? "<sip:phone@" + address + ">" : answer.contact;
  std::string text = "SIP/2.0 " + std::to_string(answer.status) + " Whatever\r\n";
  text += "Via: " + request.header("Via") + "\r\nFrom: " + request.header("From") +
          "\r\nTo: " + to + "\r\nCall-ID: " + request.header("Call-ID") +
          "\r\nCSeq: " + request.header("CSeq") + "\r\nContact: " + contact + "\r\n" + answer.extra;
  if (!answer.body.empty()) text += "Content-Type: application/sdp\r\n";
  return text + "Content-Length: " + std::to_string(answer.body.size()) + "\r\n\r\n" + answer.body;
}

inline std::string text_of(const Answer& answer, const Message& request, const RawPeer& peer) {
  return text_of(answer, request, peer.address());
}

}  // namespace sip::testing
