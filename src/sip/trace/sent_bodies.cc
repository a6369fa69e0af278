#include "sip/trace/sent_bodies.h"

#include <fmt/format.h>

#include "sip/trace/fields.h"

namespace sip::trace {
namespace {

// The size tells a provisional answer's body from the final one's.
std::string key_of(const SentBodies::Of& message, std::size_t size) {
  return fmt::format("{} {} {} {}", message.call_id, message.cseq,
                     message.kind == Kind::Request ? "request" : "response", size);
}

}  // namespace

void SentBodies::remember(const Of& message, std::string_view body) {
  std::string key = key_of(message, body.size());
  if (!bodies_.insert_or_assign(key, std::string(body)).second) return;
  keys_.push_back(std::move(key));
  if (keys_.size() <= kBodiesMax) return;
  bodies_.erase(keys_.front());
  keys_.pop_front();
}

void SentBodies::complete(Message& message) const {
  if (message.direction != Direction::Sent) return;
  const std::size_t size = content_length(message.text).value_or(0);
  if (size == 0 || message.text.size() > body_begin(message.text)) return;
  const Of of{.call_id = message.call_id,
              .cseq = header(message.text, "CSeq", '\0'),
              .kind = is_response(message.text) ? Kind::Response : Kind::Request};
  const auto found = bodies_.find(key_of(of, size));
  if (found != bodies_.end()) message.text += found->second;
}

}  // namespace sip::trace
