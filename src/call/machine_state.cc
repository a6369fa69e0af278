// What is saved of the machine, and what must always hold of it.
#include "base/check.h"
#include "call/eavesdrop.h"
#include "call/fifo.h"
#include "call/machine.h"
#include "call/turn.h"

namespace call {
namespace {

std::size_t legs_of(const Offer& offer) {
  std::size_t count = 0;
  for (const Ringing& ringing : offer.ringing) count += ringing.legs.size();
  return count;
}

}  // namespace

void describe(base::Archive& archive, Machine& machine) {
  MachineState& state = *machine.state_;
  std::uint64_t random = state.random.state();
  archive.field("random", random);
  state.random = base::Random(random);
  archive.field("unix_ms_at_origin", state.anchor.unix_ms_at_origin);
  archive.field("legs", state.legs);
  archive.field("offers", state.offers);
  archive.field("deadlines", state.deadlines);
  archive.field("registrations", state.registrations);
  archive.field("limits", state.limits);
  archive.field("paces", state.paces);
  archive.field("fifos", state.fifos);
  archive.field("mailboxes", state.mailboxes);
  archive.field("last_outbound", state.last_outbound);
  archive.field("last_inbound", state.last_inbound);
  archive.field("playbacks", state.playbacks);
  archive.field("recordings", state.recordings);
  archive.field("originations", state.originations);
  archive.field("scripts", state.scripts);
  if (!archive.loading()) return;
  state.by_uuid.clear();
  state.eavesdroppers.clear();
  for (const auto& [id, leg] : state.legs) {
    if (!leg.is_ending()) state.by_uuid.emplace(leg.uuid, id);
    if (const auto* now = eavesdropping_of(leg)) state.eavesdroppers.emplace(now->watched, id);
  }
  rebuild_fifos(state);
}

void Machine::check_invariants() const {
  std::size_t eavesdroppers = 0;
  CHECK(are_limits_right());
  for (const auto& [id, one] : state_->legs) {
    CHECK(id == one.id);
    if (const auto* now = eavesdropping_of(one)) {
      const Leg* watched = leg(now->watched);
      CHECK(watched != nullptr && !watched->is_ending() && eavesdropping_of(*watched) == nullptr);
      CHECK(state_->eavesdroppers.contains({watched->id, id}));
      ++eavesdroppers;
    }
    if (one.bridge) {
      const Leg* other = leg(one.bridge);
      CHECK(other != nullptr && other->bridge == id);
      CHECK(one.is_up() && other->is_up());
    }
    if (one.offer) {
      const Offer* made_for = offer(one.offer);
      CHECK(made_for != nullptr && !one.is_ending());
      CHECK(made_for->phase == Offer::Phase::Dialling || made_for->leg == id);
    }
    if (const auto* talking = std::get_if<InConversation>(&one.execution.running)) {
      CHECK(one.bridge);
      CHECK(!talking->offer || offer(talking->offer) != nullptr);
    }
    if (const auto* calling = std::get_if<Calling>(&one.execution.running)) {
      const Offer* called = offer(calling->offer);
      CHECK(called != nullptr && called->is_for_caller && called->member_leg == id);
    }
    CHECK(one.is_ending() != state_->by_uuid.contains(one.uuid));
  }
  CHECK(state_->eavesdroppers.size() == eavesdroppers);
  for (const auto& [id, one] : state_->offers) {
    if (one.phase == Offer::Phase::Dialling) {
      CHECK(!one.leg && legs_of(one) > 0);
      for (const Ringing& ringing : one.ringing) {
        for (const base::LegId rings : ringing.legs) CHECK(leg(rings)->offer == id);
      }
      continue;
    }
    const Leg* agent = leg(one.leg);
    CHECK(agent != nullptr && agent->offer == id && one.ringing.empty());
    CHECK((one.phase == Offer::Phase::Bridged) == static_cast<bool>(agent->bridge));
  }
}

}  // namespace call
