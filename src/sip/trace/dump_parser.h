// The library's record of its transports as messages: "recv 173 bytes from udp/[127.0.0.1]:5060 at
// 14:19:56.083606:" and a line break, then the bytes.
//
// Of a message that was sent, the library's record has the headers only, though it counts the body:
// sent_bodies.h puts it back. UDP: one record is one message. TCP: the peer's bytes are put
// together again and cut by Content-Length (RFC 3261 §18.3). Empty lines that keep a way open are
// left out. Pure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sip/trace/message.h"

namespace sip::trace {

class DumpParser {
 public:
  // What every message of this record says about our side.
  struct Ours {
    std::string profile;
    Address address;
  };
  explicit DumpParser(Ours ours) : ours_(std::move(ours)) {}

  // Takes the next bytes of the record, cut anywhere. `unix_us` is the time now: the record has
  // times of the day only, in UTC. Returns: the messages that are complete.
  std::vector<Message> feed(std::string_view bytes, std::int64_t unix_us);

 private:
  void take(Message message, std::string_view bytes, std::vector<Message>& found);
  void cut(const Message& like, std::string& stream, std::vector<Message>& found);

  const Ours ours_;
  std::string waiting_;  // A record that is not complete yet.
  std::map<Address, std::string> streams_;
};

}  // namespace sip::trace
