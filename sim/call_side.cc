#include "sim/call_side.h"

#include <array>
#include <utility>

#include "base/check.h"

namespace sim {

void CallSide::obey(const queue::Command& command, base::Instant now) {
  if (const auto* start = std::get_if<queue::StartOffer>(&command)) {
    dial(*start, now);
  } else if (const auto* order = std::get_if<queue::CancelOffer>(&command)) {
    cancel(*order, now);
  } else if (const auto* bridge = std::get_if<queue::ConnectOffer>(&command)) {
    connect(*bridge, now);
  } else if (const auto* member = std::get_if<queue::AdmitMember>(&command)) {
    admit(*member, now);
  } else if (const auto* released = std::get_if<queue::ReleaseMember>(&command)) {
    callers_.erase(released->member);
    gone_.push_back(released->member);
  } else if (const auto* finished = std::get_if<queue::FinishMember>(&command)) {
    callers_.erase(finished->member);
    gone_.push_back(finished->member);
  }
}

std::optional<base::Instant> CallSide::next() const {
  if (agenda_.empty()) return std::nullopt;
  return agenda_.begin()->first;
}

std::optional<queue::Report> CallSide::take(base::Instant now) {
  CHECK(!agenda_.empty() && agenda_.begin()->first <= now);
  const Happening happening = agenda_.begin()->second;
  agenda_.erase(agenda_.begin());
  return happen(happening, now);
}

std::vector<queue::Report> CallSide::crash() {
  std::vector<queue::Report> reports;
  std::vector<std::pair<base::OfferId, Phase>> lost;
  for (const auto& [id, leg] : legs_) {
    if (leg.phase != Phase::Bridged) lost.emplace_back(id, leg.phase);
  }
  for (const auto& [id, phase] : lost) {
    if (auto report = end_leg(id, "ORIGINATOR_CANCEL")) reports.push_back(*std::move(report));
  }
  return reports;
}

void CallSide::send_everybody_home(base::Instant now) {
  for (const base::MemberId member : callers_) {
    schedule(now + between(0, 1000), {.kind = Happening::Kind::CallerGoes, .member = member});
  }
}

std::optional<queue::Report> CallSide::stale_report() {
  if (!gone_.empty() && random_.below(2) == 0) {
    return queue::MemberLeft{.member = gone_[random_.below(gone_.size())],
                             .cause = queue::ExitCause::BreakOut};
  }
  if (ended_.empty()) return std::nullopt;
  const base::OfferId offer = ended_[random_.below(ended_.size())];
  switch (random_.below(4)) {
    case 0:
      return queue::OfferAnswered{.offer = offer, .leg = base::LegId{2}, .leg_uuid = "stale"};
    case 1:
      return queue::OfferBridged{.offer = offer};
    case 2:
      return queue::OfferFailed{.offer = offer, .cause = "USER_BUSY"};
    default:
      return queue::BridgeEnded{.offer = offer, .cause = "NORMAL_CLEARING"};
  }
}

void CallSide::dial(const queue::StartOffer& order, base::Instant now) {
  legs_[order.offer] = {.member = order.member};
  const bool fails = faults_ == Faults::Happen && random_.below(3) == 0;
  Happening fate{.kind = fails ? Happening::Kind::Fails : Happening::Kind::Answers,
                 .offer = order.offer};
  if (fails) fate.cause = failure_cause();
  schedule(now + between(0, 12'000), fate);
}

void CallSide::cancel(const queue::CancelOffer& order, base::Instant now) {
  const auto leg = legs_.find(order.offer);
  CHECK(leg != legs_.end());
  CHECK(!leg->second.cancelled);
  CHECK(leg->second.phase != Phase::Bridged);
  leg->second.cancelled = true;
  schedule(now + between(0, 400),
           {.kind = Happening::Kind::CancelIsDone, .offer = order.offer, .cause = order.cause});
}

void CallSide::connect(const queue::ConnectOffer& order, base::Instant now) {
  const bool gone = faults_ == Faults::Happen && random_.below(8) == 0;
  schedule(now + between(0, 3000),
           {.kind = gone ? Happening::Kind::AgentGoes : Happening::Kind::IsBridged,
            .offer = order.offer});
}

void CallSide::admit(const queue::AdmitMember& order, base::Instant now) {
  callers_.insert(order.member);
  if (faults_ == Faults::Stopped) return;
  const base::Duration patience = random_.below(3) == 0 ? between(0, 5000) : between(0, 200'000);
  schedule(now + patience, {.kind = Happening::Kind::CallerGoes, .member = order.member});
}

void CallSide::schedule(base::Instant at, Happening happening) {
  agenda_.emplace(at, std::move(happening));
}

base::Duration CallSide::between(std::int64_t least_ms, std::int64_t most_ms) {
  const auto span = static_cast<std::uint64_t>(most_ms - least_ms + 1);
  return base::Duration(least_ms + static_cast<std::int64_t>(random_.below(span)));
}

std::string CallSide::failure_cause() {
  constexpr std::array<const char*, 6> kCauses{"NO_ANSWER",           "USER_BUSY",
                                               "CALL_REJECTED",       "ALLOTTED_TIMEOUT",
                                               "USER_NOT_REGISTERED", "UNALLOCATED_NUMBER"};
  return kCauses[random_.below(kCauses.size())];
}

std::optional<queue::Report> CallSide::happen(const Happening& happening, base::Instant now) {
  if (happening.kind == Happening::Kind::CallerGoes) return caller_goes(happening.member);
  const auto found = legs_.find(happening.offer);
  if (found == legs_.end()) return std::nullopt;
  Leg& leg = found->second;
  switch (happening.kind) {
    case Happening::Kind::Answers:
      leg.phase = Phase::Answered;
      last_agent_leg_ += 2;
      return queue::OfferAnswered{.offer = happening.offer,
                                  .leg = base::LegId{last_agent_leg_},
                                  .leg_uuid = "leg-" + std::to_string(last_agent_leg_)};
    case Happening::Kind::IsBridged:
      if (leg.cancelled) return std::nullopt;
      leg.phase = Phase::Bridged;
      schedule(now + between(0, 60'000),
               {.kind = Happening::Kind::AgentGoes, .offer = happening.offer});
      return queue::OfferBridged{.offer = happening.offer};
    case Happening::Kind::AgentGoes:
      return end_leg(happening.offer, "NORMAL_CLEARING");
    default:
      return end_leg(happening.offer, happening.cause);
  }
}

std::optional<queue::Report> CallSide::end_leg(base::OfferId offer, const std::string& cause) {
  const auto found = legs_.find(offer);
  if (found == legs_.end()) return std::nullopt;
  const Phase phase = found->second.phase;
  legs_.erase(found);
  ended_.push_back(offer);
  switch (phase) {
    case Phase::Dialling:
      return queue::OfferFailed{.offer = offer, .cause = cause};
    case Phase::Answered:
      return queue::BridgeFailed{.offer = offer, .cause = cause};
    case Phase::Bridged:
      return queue::BridgeEnded{.offer = offer, .cause = cause};
  }
  return std::nullopt;
}

std::optional<queue::Report> CallSide::caller_goes(base::MemberId member) {
  if (callers_.erase(member) == 0) return std::nullopt;
  gone_.push_back(member);
  for (const auto& [id, leg] : legs_) {
    if (leg.member == member && leg.phase == Phase::Bridged) {
      return end_leg(id, "NORMAL_CLEARING");
    }
  }
  const bool key = random_.below(5) == 0;
  return queue::MemberLeft{
      .member = member, .cause = key ? queue::ExitCause::ExitWithKey : queue::ExitCause::BreakOut};
}

}  // namespace sim
