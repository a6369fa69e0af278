#include "call/channel_state.h"

#include <string>

#include "call/channel_data.h"
#include "call/leg.h"
#include "call/turn.h"

namespace call {
namespace {

bool is_held(const Leg& leg) {
  return leg.is_put_on_hold || leg.media.direction == MediaDirection::ReceiveOnly ||
         leg.media.direction == MediaDirection::Inactive;
}

void tell_call_state(Turn& turn, Leg& leg) {
  const CallState now = call_state_of(leg);
  if (now == leg.told_call_state) return;
  base::EslEvent event;
  event.name = "CHANNEL_CALLSTATE";
  event.add("Original-Channel-Call-State", to_text(leg.told_call_state));
  event.add("Channel-Call-State-Number", std::to_string(static_cast<int>(now)));
  leg.told_call_state = now;
  add_channel_summary(turn.state, leg, event);
  turn.out.emplace_back(EventMade{std::move(event)});
}

void publish_state(Turn& turn, const Leg& leg) {
  base::EslEvent event;
  event.name = "CHANNEL_STATE";
  add_channel_summary(turn.state, leg, event);
  turn.out.emplace_back(EventMade{std::move(event)});
}

}  // namespace

std::string_view to_text(ChannelState state) {
  switch (state) {
    case ChannelState::New:
      return "CS_NEW";
    case ChannelState::Init:
      return "CS_INIT";
    case ChannelState::Routing:
      return "CS_ROUTING";
    case ChannelState::Execute:
      return "CS_EXECUTE";
    case ChannelState::ExchangeMedia:
      return "CS_EXCHANGE_MEDIA";
    case ChannelState::Park:
      return "CS_PARK";
    case ChannelState::ConsumeMedia:
      return "CS_CONSUME_MEDIA";
    case ChannelState::HangUp:
      return "CS_HANGUP";
    case ChannelState::Reporting:
      return "CS_REPORTING";
    case ChannelState::Destroy:
      return "CS_DESTROY";
  }
  return "CS_NONE";
}

std::string_view to_text(CallState state) {
  switch (state) {
    case CallState::Down:
      return "DOWN";
    case CallState::Ringing:
      return "RINGING";
    case CallState::Early:
      return "EARLY";
    case CallState::Active:
      return "ACTIVE";
    case CallState::Held:
      return "HELD";
    case CallState::HangUp:
      return "HANGUP";
  }
  return "DOWN";
}

ChannelState channel_state_of(const Leg& leg) {
  if (leg.phase == LegPhase::Opening) return ChannelState::Init;
  // CS_REPORTING and CS_DESTROY pass within the turn that ends the leg, and nothing follows them.
  if (leg.is_ending()) return ChannelState::HangUp;
  if (leg.is_up() && leg.bridge && !leg.runs<InConversation>()) return ChannelState::ExchangeMedia;
  if (leg.runs<Parked>()) return ChannelState::Park;
  return leg.direction == Direction::Outbound ? ChannelState::ConsumeMedia : ChannelState::Execute;
}

CallState call_state_of(const Leg& leg) {
  switch (leg.phase) {
    case LegPhase::Opening:
      return CallState::Down;
    case LegPhase::Early:
      return leg.media.connected ? CallState::Early : CallState::Ringing;
    case LegPhase::Up:
      return is_held(leg) ? CallState::Held : CallState::Active;
    case LegPhase::Ending:
      return CallState::HangUp;
  }
  return CallState::Down;
}

void tell_state(Turn& turn, Leg& leg) {
  const ChannelState now = channel_state_of(leg);
  if (leg.told_state == ChannelState::Destroy) return;
  if (now != leg.told_state) {
    leg.told_state = now;
    publish_state(turn, leg);
  }
  tell_call_state(turn, leg);
}

void tell_passing_state(Turn& turn, Leg& leg, ChannelState state) {
  leg.told_state = state;
  publish_state(turn, leg);
  tell_call_state(turn, leg);
}

}  // namespace call
