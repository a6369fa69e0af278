// NOTIFYs to registered phones outside any dialog: lamps of voicemail boxes (RFC 3842).
//
// Phones that never subscribed take them all the same, as they do from the original; what a phone
// answers changes nothing. Sip thread only.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "call/sip_messages.h"
#include "sip/agent.h"
#include "sip/transaction.h"

namespace sip {

class PhoneNotices {
 public:
  // Nothing is sent when too many wait for an answer, or the phone's TCP connection is gone.
  void send(Agent& agent, const call::NotifyPhone& order);
  // Forgets those that are answered. To be called once a second.
  void bury();

 private:
  std::uint64_t numbers_ = 0;
  std::map<std::uint64_t, std::unique_ptr<ClientTransaction>> waiting_;
  std::vector<std::uint64_t> answered_;
};

}  // namespace sip
