#include "call/bridge_call.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "call/bridges.h"
#include "call/channel_state.h"
#include "call/dialling.h"
#include "call/execute_on.h"
#include "call/hang_up.h"
#include "call/hold.h"
#include "call/inbound.h"
#include "call/negotiation.h"
#include "call/origination.h"
#include "call/ringing.h"
#include "call/sounds.h"

namespace call {
namespace {

// What the original rings without a call_timeout.
constexpr std::int64_t kRingsFor = 60;
constexpr std::int64_t kTimeoutSecondsMax = 86'400;

std::chrono::seconds rings_for(const Leg& caller) {
  const std::int64_t seconds = base::lenient_integer(caller.variables.get("call_timeout"));
  return std::chrono::seconds(seconds > 0 ? std::min(seconds, kTimeoutSecondsMax) : kRingsFor);
}

Offer offer_for(Turn& turn, const Leg& caller) {
  Offer offer;
  offer.id = next_own_offer(turn);
  offer.member_leg = caller.id;
  offer.agent = "bridge";
  offer.cid_name = caller.caller.caller_id_name;
  offer.cid_number = caller.caller.caller_id_number;
  offer.joined_at = offer.started_at = turn.now;
  offer.is_for_caller = true;
  return offer;
}

// A tone script may stand there without the name of its kind.
std::string sound_of(std::string_view ringback) {
  const std::string_view text = base::trim(ringback);
  const bool is_script =
      !text.empty() && (text[0] == '%' || text.substr(0, 2) == "L=" || text.substr(0, 2) == "v=");
  return (is_script ? "tone_stream://" : "") + std::string(text);
}

// Empty: what the caller's phone makes of 180, or silence for one who is answered.
std::string ringback_of(const Leg& caller) {
  const std::string_view once_answered = caller.variables.get("transfer_ringback");
  if (caller.is_up() && !once_answered.empty()) return sound_of(once_answered);
  return sound_of(caller.variables.get("ringback"));
}

void let_hear_ringing(Turn& turn, Leg& caller) {
  const std::string sound = ringback_of(caller);
  if (sound.empty()) return ring_leg(turn, caller);
  progress_leg(turn, caller);
  if (!caller.hears) play_background(turn, caller, sound);
}

std::size_t phones_of(const Offer& offer) {
  std::size_t count = 0;
  for (const Ringing& ringing : offer.ringing) count += ringing.legs.size();
  return count;
}

// The sound of several phones would be a jumble, so one that rings alone is heard.
bool may_be_heard(const Offer& offer, const Leg& phone) {
  return phones_of(offer) == 1 && !phone.variables.is_true("ignore_early_media");
}

// The phone is heard before it answers. Returns: false when it says nothing that we understand.
bool listen(Turn& turn, Leg& caller, Leg& phone) {
  const auto agreed =
      phone.media.theirs ? agree_on_answer(*phone.media.theirs, phone.media) : std::nullopt;
  if (!agreed) return false;
  // The offer stays as it was: the answer to it is still to come, and may be another.
  const std::vector<Codec> offered = phone.media.offered;
  adopt(phone.media, *agreed);
  phone.media.offered = offered;
  connect_media(turn, phone);
  progress_leg(turn, caller);
  stop_sound(turn, caller);
  std::get<Calling>(caller.execution.running).early = phone.id;
  turn.out.emplace_back(BridgeMedia{caller.id, phone.id});
  tell_state(turn, phone);
  return true;
}

void stop_listening(Turn& turn, const Leg& caller, Calling& calling) {
  if (!calling.early) return;
  turn.out.emplace_back(UnbridgeMedia{caller.id, calling.early});
  calling.early = {};
}

// nullptr: it is gone, or does something else.
Leg* caller_of(const Turn& turn, const Offer& offer) {
  Leg* caller = turn.leg(offer.member_leg);
  if (caller == nullptr || caller->is_ending()) return nullptr;
  const auto* calling = std::get_if<Calling>(&caller->execution.running);
  return calling != nullptr && calling->offer == offer.id ? caller : nullptr;
}

// continue_on_fail: true, or causes by their names or numbers.
bool goes_on_after(const Leg& caller, Cause cause) {
  if (caller.variables.is_true("continue_on_fail")) return true;
  const auto causes = base::split(caller.variables.get("continue_on_fail"), ',');
  return std::any_of(causes.begin(), causes.end(), [&](const std::string& text) {
    const auto named = parse_cause(base::trim(text));
    return named && *named == cause;
  });
}

}  // namespace

void run_bridge(Turn& turn, Surroundings& around, Leg& leg, const std::string& data) {
  if (base::trim(data).empty()) {
    return turn.warn(leg, leg.name + ": bridge without anybody to call");
  }
  Offer offer = offer_for(turn, leg);
  auto dial_string = read_dial_string(turn, base::trim(data));
  const base::OfferId id = offer.id;
  leg.execution.running = Calling{id, {}};
  if (!dial_string) {
    offer.failure = dial_string.error();
    return tell_caller(turn, offer);
  }
  for (DialSequence& sequence : dial_string->sequences) {
    offer.ringing.push_back({.groups = std::move(sequence), .legs = {}});
  }
  limit_offer(turn, offer, rings_for(leg));
  turn.state.offers.emplace(id, std::move(offer));
  if (leg.variables.is_true("instant_ringback")) let_hear_ringing(turn, leg);
  call_next(turn, around, id);
}

void phone_rings(Turn& turn, Leg& phone, const LegProgressed& report) {
  const Offer* offer = turn.offer(phone.offer);
  if (offer == nullptr || !offer->is_for_caller) return;
  Leg* caller = caller_of(turn, *offer);
  if (caller == nullptr || std::get<Calling>(caller->execution.running).early) return;
  const bool has_sound = report.status == 183 && report.media && may_be_heard(*offer, phone);
  if (has_sound && listen(turn, *caller, phone)) return;
  let_hear_ringing(turn, *caller);
}

void phone_falls_silent(Turn& turn, const Offer& offer, const Leg& phone) {
  Leg* caller = offer.is_for_caller ? caller_of(turn, offer) : nullptr;
  if (caller == nullptr) return;
  auto& calling = std::get<Calling>(caller->execution.running);
  if (calling.early == phone.id) stop_listening(turn, *caller, calling);
}

void bridged_phone_answers(Turn& turn, Surroundings& around, base::OfferId id, Leg& phone) {
  const Offer* offer = turn.offer(id);
  CHECK(offer != nullptr && offer->is_for_caller);
  Leg* caller = caller_of(turn, *offer);
  turn.state.offers.erase(id);
  phone.offer = {};
  if (caller == nullptr) return end_leg(turn, phone, Cause::OriginatorCancel, EndedBy::Us);
  caller->execution.running = NotRunning{};
  answer_leg(turn, *caller);
  if (!caller->is_up()) return end_leg(turn, phone, Cause::OriginatorCancel, EndedBy::Us);
  caller->variables.set("originate_disposition", "SUCCESS");
  bridge_legs(turn, *caller, phone);
  execute_before_bridge(turn, around, *caller, "aleg");
  execute_before_bridge(turn, around, phone, "bleg");
  if (phone.bridge != caller->id) return;
  play_hold_music(turn, around, *caller, phone);
  play_hold_music(turn, around, phone, *caller);
}

void tell_caller(Turn& turn, const Offer& offer) {
  Leg* caller = caller_of(turn, offer);
  if (caller == nullptr) return;
  Calling calling = std::get<Calling>(caller->execution.running);
  caller->execution.running = NotRunning{};
  stop_listening(turn, *caller, calling);
  stop_sound(turn, *caller);
  caller->variables.set("originate_disposition", to_text(offer.failure));
  caller->variables.set("originate_failed_cause", to_text(offer.failure));
  if (!goes_on_after(*caller, offer.failure)) {
    return end_leg(turn, *caller, offer.failure, EndedBy::Us);
  }
  turn.out.emplace_back(Continue{.leg = caller->id, .what = Continue::What::RunActions});
}

void stop_calling(Turn& turn, Leg& caller) {
  const auto* found = std::get_if<Calling>(&caller.execution.running);
  if (found == nullptr) return;
  Calling calling = *found;
  caller.execution.running = NotRunning{};
  stop_listening(turn, caller, calling);
  if (Offer* offer = turn.offer(calling.offer)) {
    stop_ringing(turn, *offer, Cause::OriginatorCancel);
  }
}

}  // namespace call
