// The last messages, so many and so many bytes; the oldest make room.
//
// Any thread: the sip thread adds, others copy. What is inside never changes, so a copy of the
// pointers is a copy of the ring.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

#include "sip/trace/message.h"

namespace sip::trace {

using MessagePtr = std::shared_ptr<const Message>;
using Messages = std::vector<MessagePtr>;

// A busy hour of a hundred agents has some ten thousand messages.
inline constexpr std::size_t kMessagesMax = 20'000;
// INVITEs with many codecs have 4 kB, most messages 500 bytes; hostile ones may be larger.
inline constexpr std::size_t kRingBytesMax = std::size_t{32} << 20;

class Ring {
 public:
  struct Limits {
    std::size_t messages = kMessagesMax;
    std::size_t bytes = kRingBytesMax;
  };
  Ring() : Ring(Limits{}) {}
  explicit Ring(Limits limits) : limits_(limits) {}

  void add(MessagePtr message);
  // Oldest first.
  Messages copy() const;

 private:
  const Limits limits_;
  mutable std::mutex mutex_;
  std::deque<MessagePtr> messages_;
  std::size_t bytes_ = 0;
};

}  // namespace sip::trace
