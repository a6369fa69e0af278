// Bodies that we sent, for the record: the library's own breaks off behind the headers of what it
// sends (dump_parser.h), so what follows is put back from here.
//
// Bounded; the oldest are forgotten. Sip thread only.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <string>
#include <string_view>

#include "sip/trace/message.h"

namespace sip::trace {

enum class Kind { Request, Response };

class SentBodies {
 public:
  // A message with a body may be repeated for 32 s: at a hundred calls a second.
  static constexpr std::size_t kBodiesMax = 8'192;

  // `cseq` as the header says it: "1 INVITE".
  struct Of {
    std::string_view call_id;
    std::string_view cseq;
    Kind kind = Kind::Request;
  };
  void remember(const Of& message, std::string_view body);
  // Puts the body behind the headers of a sent message that is without it.
  void complete(Message& message) const;

 private:
  std::map<std::string, std::string, std::less<>> bodies_;
  std::deque<std::string> keys_;
};

}  // namespace sip::trace
