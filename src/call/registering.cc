#include "call/registering.h"

#include <chrono>

namespace call {
namespace {

// The order of requests is broken, or the user has too many contacts: the update fails as a whole
// (RFC 3261 §10.3 step 7).
constexpr int kServerError = 500;
constexpr int kForbidden = 403;

// Whole seconds that are left, rounded up: a phone that renews in time is never told too little.
int seconds_left(const Binding& binding, base::Instant now) {
  const auto left = std::chrono::ceil<std::chrono::seconds>(binding.expires_at - now);
  return static_cast<int>(left.count());
}

AcceptRegistration reply_to(const Turn& turn, const RegistrationReceived& report) {
  AcceptRegistration reply;
  reply.ticket = report.ticket;
  for (const Binding* binding : turn.state.registrations.find(report.user, report.domain)) {
    reply.contacts.push_back({binding->uri, seconds_left(*binding, turn.now)});
  }
  return reply;
}

}  // namespace

void registration_received(Turn& turn, Surroundings& around, const RegistrationReceived& report) {
  const SipProfile* profile = around.find_profile(report.profile);
  if (profile == nullptr || around.directory().find(report.user, report.domain) == nullptr) {
    turn.out.emplace_back(RefuseRegistration{report.ticket, kForbidden});
    return;
  }
  const ExpiryLimits limits{profile->expires_minimum_seconds, profile->expires_maximum_seconds};
  const auto applied = turn.state.registrations.apply(report, limits, turn.now);
  if (!applied) {
    turn.out.emplace_back(RefuseRegistration{report.ticket, kServerError});
    return;
  }
  for (const std::uint64_t number : applied->removed) {
    turn.state.deadlines.cancel({Purpose::Kind::RegistrationExpires, number});
  }
  for (const Binding& binding : applied->renewed) {
    turn.state.deadlines.arm({Purpose::Kind::RegistrationExpires, binding.number},
                             binding.expires_at);
  }
  turn.out.emplace_back(reply_to(turn, report));
}

void registration_due(Turn& turn, std::uint64_t binding) {
  turn.state.registrations.expire(binding, turn.now);
}

}  // namespace call
