// Holds commands back until the journal holds the inputs that caused them (design.md §3).
//
// While *protected*, a command leaves when its input's record is acknowledged. When the journal
// does not answer within the limit, or fails, the gate becomes *unprotected*: all that is held
// leaves, and so does all that follows, at once: no caller waits for a disk. Protection returns
// with a fresh snapshot. Pure: time is given, and what leaves is appended.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <vector>

#include "base/time.h"
#include "core/command.h"

namespace app {

class JournalGate {
 public:
  // Longest time for which a command waits for its acknowledgement.
  static constexpr base::Duration kPatience{50};

  // `last_number`: the last record that is already safe.
  explicit JournalGate(std::uint64_t last_number) : safe_(last_number) {}

  // Commands caused by the input that became record `number` at `now`. Appends to `leaving` what
  // may leave at once.
  void hold(std::uint64_t number, core::Commands commands, base::Instant now,
            core::Commands& leaving);

  // All records up to `number` are safe.
  void acknowledged(std::uint64_t number, core::Commands& leaving);

  // When patience ends if no acknowledgement comes; nullopt when nothing is held.
  std::optional<base::Instant> deadline() const;

  // The journal failed, or patience ended.
  void unprotect(core::Commands& leaving);

  // A snapshot of record `number` is safe. Returns: true when that brought protection back.
  bool saved(std::uint64_t number);

  bool is_protected() const { return protected_; }
  // False: all commands so far have left.
  bool holds_commands() const { return !held_.empty(); }

  // The RestoreDialog and RestoreInvite orders among what is held.
  std::vector<call::SipOrder> restored_legs() const;

 private:
  struct Held {
    std::uint64_t number;
    base::Instant since;
    core::Commands commands;
  };

  void release_through(std::uint64_t number, core::Commands& leaving);

  std::uint64_t safe_;
  std::uint64_t newest_ = 0;
  bool protected_ = true;
  std::deque<Held> held_;
};

}  // namespace app
