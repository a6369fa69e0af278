#include "call/standby.h"

#include <chrono>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "call/channel_data.h"
#include "call/fifo.h"
#include "call/hang_up.h"
#include "call/inbound.h"
#include "call/parking.h"
#include "call/prompts.h"

namespace call {
namespace {

void fail(Turn& turn, base::OfferId offer, Cause cause) {
  turn.out.emplace_back(queue::OfferFailed{offer, std::string(to_text(cause))});
}

// The open call of the agent; nullptr: it has none any more.
Leg* open_leg(const Turn& turn, Surroundings& around, const std::string& name) {
  const queue::Agent* agent = around.find_agent(name);
  return agent == nullptr ? nullptr : turn.leg(std::string_view(agent->uuid));
}

bool is_engaged(const Leg& leg) {
  return leg.bridge || leg.offer || leg.runs<InQueue>() || leg.runs<Calling>() || is_in_fifo(leg);
}

// spec/07 §3, column uuid-standby. A listed variable that the member does not have is taken away.
void set_variables(Leg& leg, const queue::StartOffer& command, const Leg& member) {
  Variables& variables = leg.variables;
  variables.set("cc_side", "agent");
  variables.set("cc_queue", command.queue);
  variables.set("cc_agent", command.agent);
  variables.set("cc_agent_type", command.agent_type);
  variables.set("cc_member_uuid", command.member_uuid);
  variables.set("cc_member_session_uuid", member.uuid);
  for (const std::string& part : base::split(member.variables.get("cc_export_vars"), ',')) {
    const std::string_view name = base::trim(part);
    if (name.empty()) continue;
    const auto value = variable_or_field(member, name);
    if (value) {
      variables.set(name, *value);
    } else {
      variables.unset(name);
    }
  }
}

// A parked agent, who hears nothing, has no warning either: so does the original.
std::vector<std::string> warnings_for(const Leg& leg) {
  if (leg.runs<Parked>()) return {};
  return sounds_of(leg.variables.get("cc_warning_tone"));
}

}  // namespace

void offer_to_standby(Turn& turn, Surroundings& around, const queue::StartOffer& command) {
  Leg* leg = open_leg(turn, around, command.agent);
  if (leg == nullptr) return fail(turn, command.offer, Cause::None);
  if (is_engaged(*leg)) return fail(turn, command.offer, Cause::UserBusy);
  answer_leg(turn, *leg);
  if (!leg->is_up()) return fail(turn, command.offer, Cause::UserBusy);

  leg->is_standby = true;
  leg->offer = command.offer;
  Offer offer;
  offer.id = command.offer;
  offer.member = command.member;
  offer.member_leg = command.member_leg;
  offer.leg = leg->id;
  offer.agent = command.agent;
  offer.phase = Offer::Phase::Warning;
  turn.state.offers.emplace(command.offer, std::move(offer));
  set_variables(*leg, command, *turn.leg(command.member_leg));
  auto warnings = warnings_for(*leg);
  if (warnings.empty()) return standby_answers(turn, *turn.offer(command.offer));
  // A tone without an end would keep the caller waiting for ever.
  turn.state.deadlines.arm(Purpose::of(Purpose::Kind::Prompts, leg->id),
                           turn.now + std::chrono::seconds(command.originate_timeout_seconds));
  play_prompts(turn, *leg, std::move(warnings));
}

void standby_answers(Turn& turn, Offer& offer) {
  CHECK(offer.phase == Offer::Phase::Warning);
  offer.phase = Offer::Phase::Answered;
  const Leg& leg = *turn.leg(offer.leg);
  turn.out.emplace_back(queue::OfferAnswered{offer.id, leg.id, leg.uuid});
}

bool standby_goes_on(Turn& turn, Leg& leg) {
  if (leg.variables.is_true("park_after_bridge")) {
    park_leg(turn, leg);
    return false;
  }
  if (leg.variables.get("transfer_after_bridge").empty()) {
    end_leg(turn, leg, Cause::NormalClearing, EndedBy::Us);
    return false;
  }
  leg.execution.running = Resuming{};
  return true;
}

}  // namespace call
