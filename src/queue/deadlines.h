// The instants at which the engine wants to be woken, and for what.
//
// One heap for all. Arming a purpose again supersedes its earlier deadline, and cancelling forgets
// it: entries that are left behind in the heap carry an old generation and are dropped when they
// surface, so nothing is ever searched for.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "base/archive.h"
#include "base/time.h"

namespace queue {

// What a deadline is for. At one instant they come in this order.
struct Purpose {
  enum class Kind {
    AgentRested,       // `first`: agent. Wrap-up or a delay is over.
    RepeatAllowed,     // `first`: agent, `second`: member. Spec/10 #46.
    AbandonedExpires,  // `first`: member. The row goes.
    LevelOpens,        // `first`: member. Agents of a higher level may be asked (tier rules).
    AsksAgain,         // `first`: member. The next agent rings too (ring-progressively).
    WaitExpires,       // `first`: member. max-wait-time.
    NoAgentExpires,    // `first`: queue. max-wait-time-with-no-agent of its first member.
    AnnouncementDue,   // `first`: member. announce-frequency.
  };
  Kind kind = Kind::AgentRested;
  std::uint64_t first = 0;
  std::uint64_t second = 0;

  auto operator<=>(const Purpose&) const = default;
};

class Deadlines {
 public:
  // Replaces the deadline that was armed for the same purpose.
  void arm(const Purpose& purpose, base::Instant at);
  void cancel(const Purpose& purpose);

  // Takes out the earliest deadline that is due at `now`.
  std::optional<Purpose> take_due(base::Instant now);

  std::optional<base::Instant> next() const;
  std::optional<base::Instant> armed_for(const Purpose& purpose) const;
  std::size_t size() const;

  friend void describe(base::Archive& archive, Deadlines& deadlines);

 private:
  struct Armed {
    base::Instant at;
    std::uint64_t generation = 0;
  };
  struct Entry {
    base::Instant at;
    Purpose purpose;
    std::uint64_t generation = 0;

    auto operator<=>(const Entry&) const = default;
  };

  const Armed* find(const Purpose& purpose) const;
  bool erase(const Purpose& purpose);
  void push(Entry entry);
  void drop_superseded();
  void rebuild();

  // Per kind, so that a kind that is not in use costs nothing.
  std::map<Purpose::Kind, std::map<Purpose, Armed>> armed_;
  std::vector<Entry> heap_;  // The earliest in front; its front is never superseded.
  std::uint64_t generations_ = 0;

  friend void describe(base::Archive& archive, Armed& armed);
};

void describe(base::Archive& archive, Purpose& purpose);

}  // namespace queue
