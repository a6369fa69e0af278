// The instants at which the calls want to be woken, and for what.
//
// There is at most one deadline for each purpose: arming it again moves it, and what is cancelled
// is gone at once. So no deadline can fire after its cause, and nothing needs a generation to prove
// it.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"

namespace call {

// At one instant they come due in this order, then by subject.
struct Purpose {
  enum class Kind {
    Sleep,                // Leg: the application `sleep` is over.
    LegTimeout,           // Leg: leg_timeout of its dial string (ALLOTTED_TIMEOUT).
    OriginateTimeout,     // Offer: it has rung for its whole time (NO_ANSWER).
    RegistrationExpires,  // Number of the binding.
    MediaCounted,         // Leg that has ended: media has not said what went through it.
    CallTimeout,          // Leg: call_timeout of its dial string (NO_ANSWER).
    Confirmation,         // Leg: the key was not pressed; the prompt begins again.
    Prompts,              // Leg: what an offer lets its agent hear has lasted too long.
    PlaceAnnouncement,    // Leg: a waiting caller is told its place in line.
    Digits,               // Leg: no more keys are waited for (digit_collector.h).
    OwnKeys,              // Leg: its keys are not followed by others (digit_actions.h).
    PeersKeys,            // Leg: those of its partner are not.
    Fifo,                 // Leg: a chime, the orbit or the end of a rest (fifo.h).
    Mailbox,              // Leg: who listens to messages has not pressed a key.
  };
  Kind kind = Kind::Sleep;
  std::uint64_t subject = 0;

  static Purpose of(Kind kind, base::LegId leg) { return Purpose{kind, leg.value}; }
  static Purpose of(Kind kind, base::OfferId offer) { return Purpose{kind, offer.value}; }
  auto operator<=>(const Purpose&) const = default;
};

class Deadlines {
 public:
  void arm(const Purpose& purpose, base::Instant at);
  // Nothing happens when it is not armed.
  void cancel(const Purpose& purpose);

  // Takes out the earliest deadline that is due at `now`.
  std::optional<Purpose> take_due(base::Instant now);

  std::optional<base::Instant> next() const;
  std::size_t size() const { return armed_.size(); }

  friend void describe(base::Archive& archive, Deadlines& deadlines);

 private:
  std::map<Purpose, base::Instant> armed_;
  std::set<std::pair<base::Instant, Purpose>> in_order_;
};

void describe(base::Archive& archive, Purpose& purpose);

}  // namespace call
