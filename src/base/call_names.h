// Which call each leg belongs to: for log lines and traces of adapters, which know legs by their
// id.
//
// A table beside the log, not part of any state: nothing is decided from it. Any thread.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/ids.h"

namespace base {

struct CallName {
  std::string uuid;    // Of the leg's channel.
  std::string call;    // Uuid of the leg that all of this call is about: the caller's.
  std::string member;  // Uuid of the stay in a queue, if there is one.

  bool operator==(const CallName&) const = default;
};

class CallNames {
 public:
  // Legs that are over are remembered for traces; beyond so many the oldest are forgotten.
  static constexpr std::size_t kGoneMax = 20'000;

  void learn(LegId leg, CallName name);
  // The leg is over.
  void let_go(LegId leg);
  std::optional<CallName> find(LegId leg) const;

 private:
  mutable std::mutex mutex_;
  std::map<LegId, CallName> names_;
  std::deque<LegId> gone_;
};

// The names of this process.
CallNames& call_names();

}  // namespace base
