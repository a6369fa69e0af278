// Whether the server takes new calls, and whether it ends when the last call has.
//
//                      takes new calls   ends when nobody is left
//   open               yes               no
//   paused             no                no      fsctl pause
//   ending in time     yes               yes     fsctl shutdown elegant
//   draining           no                yes     ringmaster drain, fsctl shutdown asap
//
// Not part of the core's state: it is a wish about this process, refused calls never become inputs
// (the SIP thread answers them 503, as it does under overload), and the next start is open again.
// Orders and questions may come from any thread; is_over() is asked by the loop alone.
#pragma once

#include <atomic>
#include <cstddef>
#include <string>

#include "base/time.h"
#include "core/core.h"

namespace app {

class Drain {
 public:
  // A line in the log about what is still under way comes at most this often.
  static constexpr base::Duration kTellInterval{10'000};

  enum class Mode { Open, Paused, EndingInTime, Draining };

  // Returns: what it was before.
  Mode set(Mode mode) { return mode_.exchange(mode); }
  Mode mode() const { return mode_; }
  bool takes_new_calls() const;
  bool ends_when_empty() const;

  // Writes to the log what is still under way, when that changed and time has passed since.
  // Returns: true when the server is to end: nobody is left, and `waiting_inputs` is 0.
  bool is_over(const core::Floor& floor, std::size_t waiting_inputs, base::Instant now);

 private:
  std::atomic<Mode> mode_{Mode::Open};
  // Of the loop's thread.
  Mode told_mode_ = Mode::Open;
  std::string told_;
  base::Instant told_at_{};
};

// "2 waiting, 1 talking, 7 legs", and the legs of agents who stand by, which nobody waits for.
std::string under_way(const core::Floor& floor);

}  // namespace app
