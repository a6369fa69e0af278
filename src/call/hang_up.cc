#include "call/hang_up.h"

#include <chrono>
#include <string>

#include "base/check.h"
#include "call/bridge_call.h"
#include "call/bridges.h"
#include "call/channel_data.h"
#include "call/channel_state.h"
#include "call/eavesdrop.h"
#include "call/fifo.h"
#include "call/hold.h"
#include "call/limit.h"
#include "call/offers.h"
#include "call/parking.h"
#include "call/recording.h"
#include "call/script.h"
#include "call/sounds.h"

namespace call {
namespace {

// Media counts while it runs and answers at once; when it does not, nobody waits for it.
constexpr std::chrono::seconds kCountingMax{1};

// An outbound leg that has not been answered is cancelled; all others get a response or a BYE.
std::string reason_for(const Leg& leg, Cause cause) {
  const bool is_cancel = leg.direction == Direction::Outbound && leg.phase != LegPhase::Up;
  return is_cancel ? reason_of_cancel(cause) : reason_of(cause);
}

std::string_view disposition_of(const Leg& leg, EndedBy by) {
  const bool ours = by == EndedBy::Us;
  if (leg.phase == LegPhase::Up) return ours ? "send_bye" : "recv_bye";
  const bool outbound = leg.direction == Direction::Outbound;
  if (ours) return outbound ? "send_cancel" : "send_refuse";
  return outbound ? "recv_refuse" : "recv_cancel";
}

// What call-detail records take from the last event of a leg.
void set_final_variables(const Turn& turn, Leg& leg) {
  const auto& anchor = turn.state.anchor;
  Variables& variables = leg.variables;
  const auto seconds = [&](base::Instant at) { return anchor.unix_seconds(at); };
  variables.set("hangup_cause", to_text(leg.cause));
  variables.set("hangup_cause_q850", std::to_string(q850_of(leg.cause)));
  variables.set("start_epoch", std::to_string(seconds(leg.created_at)));
  variables.set("end_epoch", std::to_string(seconds(turn.now)));
  variables.set("duration", std::to_string(seconds(turn.now) - seconds(leg.created_at)));
  std::int64_t billed = 0;
  if (leg.answered_at) {
    variables.set("answer_epoch", std::to_string(seconds(*leg.answered_at)));
    billed = seconds(turn.now) - seconds(*leg.answered_at);
  }
  variables.set("billsec", std::to_string(billed));
}

// As call-detail records know them; those behind the blank line are ours.
void set_media_counts(Leg& leg, const MediaStatistics& counted) {
  const std::uint64_t packets_in = counted.in_packets + counted.in_digit_packets;
  constexpr std::uint64_t kHeaderBytes = 12;
  const auto set = [&](const char* name, auto value) {
    leg.variables.set(std::string("rtp_audio_") + name, std::to_string(value));
  };
  set("in_raw_bytes", counted.in_bytes + packets_in * kHeaderBytes);
  set("in_media_bytes", counted.in_bytes);
  set("in_packet_count", packets_in);
  set("in_media_packet_count", counted.in_packets);
  set("in_skip_packet_count", counted.in_lost);
  set("in_dtmf_packet_count", counted.in_digit_packets);
  set("out_raw_bytes", counted.out_bytes + counted.out_packets * kHeaderBytes);
  set("out_media_bytes", counted.out_bytes);
  set("out_packet_count", counted.out_packets);
  set("out_media_packet_count", counted.out_packets);
  set("rtcp_packet_count", counted.rtcp_packets);

  set("in_jitter_ms", counted.in_jitter_ms);
  set("out_lost_packet_count", counted.out_lost);
  set("out_jitter_ms", counted.out_jitter_ms);
  set("round_trip_ms", counted.round_trip_ms);
}

void publish_last(Turn& turn, Leg& leg) {
  forget_recordings(turn, leg);
  tell_passing_state(turn, leg, ChannelState::Reporting);
  publish(turn, leg, "CHANNEL_HANGUP_COMPLETE");
  tell_passing_state(turn, leg, ChannelState::Destroy);
  publish(turn, leg, "CHANNEL_DESTROY");
}

// Whether media has told all about the leg.
bool is_complete(const Leg& leg) {
  return (!leg.media.connected || leg.media.is_counted) && leg.recordings.empty();
}

void cancel_deadlines(Turn& turn, const Leg& leg) {
  for (const auto kind :
       {Purpose::Kind::Sleep, Purpose::Kind::LegTimeout, Purpose::Kind::CallTimeout,
        Purpose::Kind::Confirmation, Purpose::Kind::Prompts, Purpose::Kind::PlaceAnnouncement,
        Purpose::Kind::Digits, Purpose::Kind::OwnKeys, Purpose::Kind::PeersKeys,
        Purpose::Kind::Fifo, Purpose::Kind::Mailbox}) {
    turn.state.deadlines.cancel(Purpose::of(kind, leg.id));
  }
}

}  // namespace

void end_leg(Turn& turn, Leg& leg, Cause cause, EndedBy by) {
  if (leg.is_ending()) return;
  if (by == EndedBy::Us) {
    turn.out.emplace_back(HangUpLeg{leg.id, final_status_of(cause), reason_for(leg, cause)});
  }
  leg.variables.set("sip_hangup_disposition", disposition_of(leg, by));
  if (hold_of(leg) == Held::Yes) hold_over(turn, leg);
  cancel_deadlines(turn, leg);
  turn.out.emplace_back(CloseMedia{leg.id});
  sound_over(turn, leg, "break");
  leg.asides = {};
  // One that may have gone out is kept: a new process has to cancel it.
  if (leg.phase == LegPhase::Opening) leg.invite.reset();
  leg.phase = LegPhase::Ending;
  leg.cause = cause;
  leg.hung_up_at = turn.now;
  let_go_of_all(turn.state, leg);
  leave_scripts(turn, leg);
  leg.execution.actions.clear();
  leg.execution.next = 0;

  if (const InQueue* waiting = std::get_if<InQueue>(&leg.execution.running)) {
    if (waiting->member) {
      turn.out.emplace_back(queue::MemberLeft{waiting->member, queue::ExitCause::BreakOut});
    }
    turn.out.emplace_back(Continue{leg.id, Continue::What::HangUp, queue::ExitCause::BreakOut});
    return;
  }
  complete_hang_up(turn, leg);
}

void complete_hang_up(Turn& turn, Leg& leg) {
  CHECK(leg.is_ending());
  leave_park(turn, leg);
  set_final_variables(turn, leg);
  publish(turn, leg, "CHANNEL_HANGUP");
  tell_state(turn, leg);
  turn.state.by_uuid.erase(leg.uuid);
  stop_calling(turn, leg);
  stop_eavesdropping(turn, leg);
  leave_ended_leg(turn, leg);
  leave_fifo(turn, leg);
  turn.out.emplace_back(LegEnded{leg.uuid});
  leg.execution.running = NotRunning{};
  leg.execution.suspended.reset();
  if (leg.is_tracked) turn.out.emplace_back(queue::ExternalCallEnded{leg.id});
  // Reports to the queue engine come after the events: what they set (cc_queue_terminated_epoch) is
  // for legs that live on.
  if (leg.bridge) {
    bridge_lost(turn, leg);
  } else if (leg.offer) {
    // A standby agent whose leg is gone has not let a phone ring: the cause NONE logs it out
    // (spec/10 #16).
    const bool is_warned = turn.offer(leg.offer)->phase == Offer::Phase::Warning;
    offer_lost(turn, leg, is_warned ? Cause::None : leg.cause);
  }
  if (is_complete(leg)) return publish_last(turn, leg);
  leg.awaits_count = true;
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::MediaCounted, leg.id),
                           turn.now + kCountingMax);
}

void media_closed(Turn& turn, Leg& leg, const MediaClosed& report) {
  if (!leg.is_ending() || leg.media.is_counted) return;
  leg.media.is_counted = true;
  set_media_counts(leg, report.statistics);
  recordings_complete(turn, leg);
}

void recordings_complete(Turn& turn, Leg& leg) {
  if (leg.awaits_count && is_complete(leg)) finish_leg(turn, leg);
}

void finish_leg(Turn& turn, Leg& leg) {
  CHECK(leg.awaits_count);
  leg.awaits_count = false;
  turn.state.deadlines.cancel(Purpose::of(Purpose::Kind::MediaCounted, leg.id));
  publish_last(turn, leg);
  if (leg.is_gone) erase_leg(turn, leg.id);
}

void erase_leg(Turn& turn, base::LegId id) {
  const auto found = turn.state.legs.find(id);
  if (found == turn.state.legs.end()) return;
  CHECK(!found->second.bridge && !found->second.offer);
  turn.state.by_uuid.erase(found->second.uuid);
  turn.state.legs.erase(found);
}

}  // namespace call
