// A core on a stage, for tests only (its source is rehearsal_test.cc): this class plays sip and
// media.
//
// RTP ports open at once, ended legs are gone at once, an answered caller's dialog gets its tags.
// What people do (answer, refuse, hang up, press a key) is up to the test. After every input the
// invariants are checked; with Persistence::SavedEachTime the core is also saved and restored
// before it, so a test that passes both ways proves that nothing lives outside the state.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/time.h"
#include "core/command.h"
#include "core/core.h"
#include "core/input.h"
#include "core/projection.h"

namespace core {

enum class Persistence { Continuous, SavedEachTime };

// How sip and media answer by themselves.
enum class Stagehands { Working, Idle };

class Rehearsal {
 public:
  explicit Rehearsal(const Configuration& configuration,
                     Persistence persistence = Persistence::Continuous, std::uint64_t seed = 1);

  // ---- what happens ----
  void feed(const Input& input);
  // Time goes on; every deadline on the way is given its input.
  void wait(base::Duration duration);

  // A call comes in. Returns: its leg.
  base::LegId call(std::string_view number, std::string_view from = "6001",
                   std::string_view name = "Ann Caller");
  void answer(base::LegId leg);
  void refuse(base::LegId leg, int status);
  void hang_up(base::LegId leg);
  void cancel(base::LegId leg);
  void press(base::LegId leg, std::string_view digit);
  void sound_ends(base::LegId leg);
  // The process dies and a new one takes over the state; the configuration is given again.
  void restart();
  // The same, and nothing runs for so long.
  void restart_after(base::Duration duration);
  // Another rehearsal in which that happens now, while this one goes on.
  Rehearsal taken_over() const;
  // To be called after every single input, those of the stagehands included.
  void watch(std::function<void(const Rehearsal&)> after_input) {
    after_input_ = std::move(after_input);
  }
  // Runs an API command. Returns: its reply.
  std::string api(std::string_view command);
  // The copy of the rows that answered it.
  const Projection& projection() const { return projection_; }
  void set_stagehands(Stagehands stagehands) { stagehands_ = stagehands; }

  // ---- what was ordered since the last forget() ----
  void forget() { made_.clear(); }
  template <class Order>
  std::vector<Order> all() const {
    std::vector<Order> found;
    for (const Command& command : made_) {
      if (const Order* order = find<Order>(command)) found.push_back(*order);
    }
    return found;
  }
  template <class Order>
  std::optional<Order> last() const {
    auto found = all<Order>();
    if (found.empty()) return std::nullopt;
    return found.back();
  }
  // All orders to sip.
  std::vector<call::SipOrder> sip_orders() const;
  // Events in short: "agent-state-change a1 Receiving", "CHANNEL_ANSWER". Those that repeat what
  // the others say are left out: CHANNEL_STATE, CHANNEL_CALLSTATE, CHANNEL_DESTROY, PLAYBACK_….
  std::vector<std::string> events() const;
  // The same without the CHANNEL_ ones and PRESENCE_IN.
  std::vector<std::string> queue_events() const;
  // CHANNEL_HANGUP_COMPLETE of a leg by its caller id number and direction.
  std::optional<base::EslEvent> hangup_of(std::string_view direction,
                                          std::string_view number = "6001") const;

  // Every command ever made, each with its instant, as lines of JSON.
  std::vector<std::string> trace() const;
  base::Instant now() const { return now_; }
  const Core& core() const { return core_; }
  std::string saved() const;

  // What a leg hears now: a sound, "leg N", or "" for silence.
  std::string hears(base::LegId leg) const;

 private:
  struct TakenOver {};
  Rehearsal(TakenOver, const Rehearsal& dead);

  template <class Order>
  static const Order* find(const Command& command) {
    if constexpr (std::is_constructible_v<call::SipOrder, Order>) {
      const auto* sip = std::get_if<call::SipOrder>(&command);
      return sip == nullptr ? nullptr : std::get_if<Order>(sip);
    } else if constexpr (std::is_constructible_v<call::MediaOrder, Order>) {
      const auto* media = std::get_if<call::MediaOrder>(&command);
      return media == nullptr ? nullptr : std::get_if<Order>(media);
    } else if constexpr (std::is_constructible_v<call::ScriptOrder, Order>) {
      const auto* script = std::get_if<call::ScriptOrder>(&command);
      return script == nullptr ? nullptr : std::get_if<Order>(script);
    } else {
      return std::get_if<Order>(&command);
    }
  }
  void replace_core();
  void apply(const Input& input);
  void note(const Command& command);
  void follow_media(const call::MediaOrder& order);
  std::vector<Input> replies_to(const Command& command);
  std::vector<Input> ends_of_recordings(const Command& command);

  void take(const Command& command);
  void check_projection();
  void check_self() const;

  Core core_;
  Projection projection_;
  Configuration configuration_;
  Persistence persistence_;
  Stagehands stagehands_ = Stagehands::Working;
  base::Instant now_ = base::instant_ms(1'000);
  Commands made_;
  std::vector<std::pair<base::Instant, Command>> history_;
  std::map<base::LegId, call::PlaySound> playing_;
  std::map<base::LegId, base::LegId> bridged_;
  struct Recorded {
    base::LegId leg;
    base::Instant since;
  };
  std::map<call::RecordingId, Recorded> recorded_;
  std::uint64_t next_leg_ = 1;
  std::uint16_t next_port_ = 20'000;
  std::uint64_t tickets_ = 0;
  std::function<void(const Rehearsal&)> after_input_;
};

// A command as one line of JSON: {"InviteLeg":{…}}.
std::string to_line(const Command& command);

// The configuration of the tests: profile `internal`, queues support@default (with music) and
// sales@default, and extensions of the kind that the conformance kit dials.
Configuration stage_configuration();
// An agent of support@default whose phone is at 127.0.0.1:5070.
void add_stage_agent(Configuration& configuration, std::string_view name,
                     std::string_view queue = "support@default");

}  // namespace core
