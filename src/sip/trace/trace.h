// The trace of a SIP stack: what its transports carried, kept, printed and sent to a collector.
//
// The sip thread gives messages; who asks for them and who switches printing may be any thread.
// Secrets are masked at the door: nothing behind it has them.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/ids.h"
#include "sip/trace/collector.h"
#include "sip/trace/message.h"
#include "sip/trace/ring.h"
#include "sip/trace/selection.h"

namespace sip::trace {

enum class Printing { Off, On };

class Trace {
 public:
  // ---- sip thread ----
  void take(Message message);
  // This dialog is that leg's.
  void learn(const std::string& call_id, base::LegId leg);
  // Messages of this profile go there as well.
  void send_to(Collector collector, const std::string& profile);

  // ---- any thread ----
  Messages select(const Selection& selection) const;
  // Whether messages of a profile go to the log; an empty name: of all, also of those to come.
  void print(const std::string& profile, Printing printing);

 private:
  // Dialogs whose legs are known; the ring has no more messages than that.
  static constexpr std::size_t kDialogsMax = kMessagesMax;

  bool is_printed(const std::string& profile) const;
  void write_to_log(const Message& message) const;
  std::optional<base::LegId> leg_of(const std::string& call_id) const;
  Names names() const;

  Ring ring_;
  std::map<std::string, Collector> collectors_;  // By profile.

  mutable std::mutex mutex_;  // Guards what follows.
  std::map<std::string, base::LegId> legs_;
  std::deque<std::string> learnt_;  // Oldest first.
  Printing all_ = Printing::Off;
  std::map<std::string, Printing> printing_;
};

}  // namespace sip::trace
