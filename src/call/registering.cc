#include "call/registering.h"

#include <algorithm>
#include <chrono>

#include "call/message_waiting.h"

namespace call {
namespace {

// The order of requests is broken, or the user has too many contacts: the update fails as a whole
// (RFC 3261 §10.3 step 7).
constexpr int kServerError = 500;
constexpr int kForbidden = 403;
constexpr int kIntervalTooBrief = 423;

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

// A phone that wants to be known for less than the profile's minimum must ask again (RFC 3261 §10.3
// step 7).
bool is_too_brief(const RegistrationReceived& report, const SipProfile& profile) {
  return !profile.expires_forced &&
         std::any_of(report.contacts.begin(), report.contacts.end(), [&](const auto& contact) {
           return contact.expires_seconds > 0 &&
                  contact.expires_seconds < profile.expires_minimum_seconds;
         });
}

}  // namespace

void registration_received(Turn& turn, Surroundings& around, const RegistrationReceived& report) {
  const SipProfile* profile = around.find_profile(report.profile);
  if (profile == nullptr || around.directory().find(report.user, report.domain) == nullptr) {
    turn.out.emplace_back(RefuseRegistration{report.ticket, kForbidden});
    return;
  }
  if (is_too_brief(report, *profile)) {
    turn.out.emplace_back(RefuseRegistration{report.ticket, kIntervalTooBrief});
    return;
  }
  const RegistrationLimits limits{
      profile->expires_minimum_seconds, profile->expires_maximum_seconds,
      profile->several_registrations ? ContactsPerUser::Several : ContactsPerUser::One};
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
  tell_phones(turn, BoxName{report.domain, report.user}, applied->renewed);
}

void registration_due(Turn& turn, std::uint64_t binding) {
  turn.state.registrations.expire(binding, turn.now);
}

}  // namespace call
