// Which findings are real: a violation is one only when it was there every time for a while. A
// state that somebody looks at between two inputs is never half done, but an ended leg takes its
// time to go, and an agent's state may be set by hand.
//
// Pure; belongs to whoever looks. It keeps no part of the state.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "base/time.h"
#include "core/violation.h"

namespace core {

class SelfCheck {
 public:
  // Two looks at least, and this long from the first to the last.
  static base::Duration patience_with(Violation::Kind kind);
  // What could not be repaired is reported again after this long.
  static constexpr base::Duration kRepeat{60'000};

  // What was found at `now`, all of it. Returns: what is to be repaired.
  std::vector<Violation> judge(const std::vector<Violation>& found, base::Instant now);

  std::uint64_t looks() const { return looks_; }
  // Whether judge() has returned it, and it was there ever since.
  bool is_reported(const Violation& violation) const;

 private:
  struct Seen {
    base::Instant since;
    base::Instant reported;
    bool is_reported = false;
  };

  std::map<Violation, Seen> seen_;
  std::uint64_t looks_ = 0;
};

}  // namespace core
