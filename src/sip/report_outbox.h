// Reports on their way to the core, kept in order when its inbox is full.
//
// A new call or registration may be refused with 503; what a living leg reports may not be lost, or
// the core would hold the leg for ever. Sip thread only.
#pragma once

#include <deque>
#include <functional>

#include "call/sip_messages.h"

namespace sip {

class ReportOutbox {
 public:
  // Takes a report, or answers false when it has no room now.
  using Receiver = std::function<bool(call::SipReport)>;
  explicit ReportOutbox(Receiver receiver) : receiver_(std::move(receiver)) {}

  enum class Taken { Yes, No };
  // For what may be refused: nothing is kept when there is no room.
  Taken offer(call::SipReport report);
  // For what must arrive: kept until there is room.
  void send(call::SipReport report);
  // Offers again what is kept. Returns: No while something is still kept.
  Taken retry();

  bool has_backlog() const { return !backlog_.empty(); }

 private:
  const Receiver receiver_;
  std::deque<call::SipReport> backlog_;
};

}  // namespace sip
