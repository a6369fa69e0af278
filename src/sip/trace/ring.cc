#include "sip/trace/ring.h"

#include <utility>

namespace sip::trace {
namespace {

// What a message holds beside its text, about.
constexpr std::size_t kOverhead = 400;

std::size_t weight(const Message& message) {
  return message.text.size() + message.call_id.size() + kOverhead;
}

}  // namespace

void Ring::add(MessagePtr message) {
  const std::lock_guard lock(mutex_);
  bytes_ += weight(*message);
  messages_.push_back(std::move(message));
  while (messages_.size() > limits_.messages || bytes_ > limits_.bytes) {
    bytes_ -= weight(*messages_.front());
    messages_.pop_front();
  }
}

Messages Ring::copy() const {
  const std::lock_guard lock(mutex_);
  return {messages_.begin(), messages_.end()};
}

}  // namespace sip::trace
