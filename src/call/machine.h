// The calls: legs, bridges, offers and the dialplan's applications.
//
// It decides and never does: a report or a command of the queue engine and the current instant go
// in, outputs come out. It reads no clock, and its random numbers come from a seeded generator in
// its state, so the same inputs give the same outputs. Each verb lives in a file named after it;
// this class holds the state and routes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"
#include "call/cause.h"
#include "call/leg.h"
#include "call/output.h"
#include "call/registrations.h"
#include "call/requested.h"
#include "call/surroundings.h"

namespace call {

struct MachineState;

// When a command acts, and where what follows from it goes.
struct Moment {
  Surroundings& around;
  base::Instant now;
  Outputs& out;
};

struct OriginateWanted;
class Pace;
enum class MessageMark;

class Machine {
 public:
  Machine(std::uint64_t seed, base::WallAnchor anchor);
  ~Machine();
  Machine(Machine&&) noexcept;
  Machine& operator=(Machine&&) noexcept;

  // ---- commands ----
  // `now` is never before the instant of an earlier call; outputs are appended to `out`.

  void handle(const SipReport& report, Surroundings& around, base::Instant now, Outputs& out);
  void handle(const MediaReport& report, Surroundings& around, base::Instant now, Outputs& out);
  void handle(const ScriptReport& report, Surroundings& around, base::Instant now, Outputs& out);
  void handle(const queue::Command& command, Surroundings& around, base::Instant now, Outputs& out);
  // Gives back what an earlier call left in its outputs.
  void handle(const Continue& request, Surroundings& around, base::Instant now, Outputs& out);

  // Does what has come due.
  void advance(Surroundings& around, base::Instant now, Outputs& out);

  // A new process has taken over: dialogs that stand are restored with their media, what was under
  // way is ended.
  void restart(base::Instant now, Outputs& out);

  // Ends a leg. Returns: false when there is no such leg, or it is ending already.
  bool hang_up(std::string_view uuid, Cause cause, base::Instant now, Outputs& out);
  // Ends every leg. Returns: how many.
  std::size_t hang_up_all(Cause cause, base::Instant now, Outputs& out);

  // What the self-check found broken is taken apart (release.h).
  void release_offer(base::OfferId offer, base::Instant now, Outputs& out);
  // Nothing happens when there is no such leg.
  void release_leg(base::LegId leg, base::Instant now, Outputs& out);

  // What commands ask of a leg that is doing something else (requests.h). `uuid` names the leg.
  Requested transfer(std::string_view uuid, Whom whom, const TransferTo& to, const Moment& moment);
  Requested execute(std::string_view uuid, const ExecutionWanted& wanted, const Moment& moment);
  // Plays a sound, or with "APPLICATION::DATA" runs an application, on the legs that `whom` names.
  Requested broadcast(std::string_view uuid, Whom whom, std::string_view what,
                      const Moment& moment);
  Requested break_off(std::string_view uuid, BreakOff what, const Moment& moment);
  // originate (origination.h). Returns: the number that Originated will bear.
  base::OfferId originate(const OriginateWanted& wanted, const Moment& moment);
  // uuid_bridge (request_bridge.h) and uuid_hold (hold.h).
  Requested bridge(std::string_view uuid, std::string_view other, const Moment& moment);
  Requested hold(std::string_view uuid, HoldWanted wanted, const Moment& moment);
  // Begins, ends or masks recordings of a leg (recording.h).
  Requested record(std::string_view uuid, const RecordingWanted& wanted, const Moment& moment);
  // callcenter_break: the conversation goes on, and the queue engine no longer watches it.
  Requested stop_watching(std::string_view uuid, const Moment& moment);

  // A sound that is made of prompts becomes their files (spoken.h). One that cannot be becomes
  // silence, and the leg is told that it is unplayable.
  void spell_out(PlaySound& order, Surroundings& around, base::Instant now, Outputs& out);

  // Sets or, with an empty value, unsets a channel variable.
  // Returns: false when there is no such leg or the variable does not fit.
  bool set_variable(std::string_view uuid, std::string_view name, std::string_view value);

  // limit_reset, limit_interval_reset and uuid_limit_release (limit.h).
  void reset_limits();
  void reset_limit_interval(const LimitKey& key);
  // Without a key: all that the leg holds. Returns: false when there is no such leg.
  bool release_limits(std::string_view uuid, const std::optional<LimitKey>& key);
  // Counts anew what legs hold.
  void recount_limits();

  // vm_delete and vm_read (message_waiting.h); an empty uuid: all messages. Returns: how many.
  std::size_t delete_messages(const BoxName& box, const std::string& uuid, const Moment& moment);
  std::size_t mark_messages(const BoxName& box, const std::string& uuid, MessageMark mark,
                            const Moment& moment);

  // A fresh uuid from the calls' own generator.
  std::string make_uuid();

  // ---- queries ----
  // Lifetime: pointers and references hold until the next command.

  // When to call advance() if nothing happens before; nullopt when nothing is pending.
  std::optional<base::Instant> next_deadline() const;

  // Legs that are ending are no longer found by their uuid.
  const Leg* find_leg(std::string_view uuid) const;
  const Leg* leg(base::LegId id) const;
  // All that sip still knows, in the order of their ids; those that are ending included.
  std::vector<const Leg*> legs() const;
  // Of those that sip should know and that are not ending, the next after this one.
  std::vector<base::LegId> legs_of_sip(base::LegId after, std::size_t most) const;
  // How many legs there were since the data directory was founded.
  std::uint64_t legs_ever() const;
  const Offer* offer(base::OfferId id) const;
  std::vector<const Offer*> offers() const;

  // A channel variable or a field of the caller profile; nullopt when it is not set or there is no
  // such leg.
  std::optional<std::string> variable(std::string_view uuid, std::string_view name) const;

  // The event CHANNEL_DATA of a leg: all that is known about it; nullopt when there is none.
  std::optional<base::EslEvent> channel_data(std::string_view uuid) const;

  // How fast the callers of a queue are answered; nullptr: nobody was yet.
  const Pace* pace(std::string_view queue) const;
  const Mailboxes& mailboxes() const;

  const Limits& limits() const;
  // The lines of the application fifo, by name.
  const FifoLines& fifos() const;
  // Whether they say what the legs hold.
  bool are_limits_right() const;

  // What the API function sofia_contact answers: "sofia/internal/sip:1000@192.0.2.7:5060", several
  // with commas between, or "error/user_not_registered".
  std::string sofia_contact(std::string_view arguments, base::Instant now) const;
  const Registrations& registrations() const;

  // The first odd leg id that sip may hand out: past all that were ever seen.
  base::LegId next_inbound_leg() const;

  // Stops the program when an invariant does not hold: each leg is in at most one bridge, bridges
  // are mutual, each offer has its leg.
  void check_invariants() const;

  friend void describe(base::Archive& archive, Machine& machine);

 private:
  std::unique_ptr<MachineState> state_;
};

void describe(base::Archive& archive, Machine& machine);

}  // namespace call
