#include "call/registrations.h"

#include <algorithm>

#include "base/check.h"

namespace call {
namespace {

bool is_same_contact(std::string_view a, std::string_view b) {
  // Compared as sent: RFC 3261 §19.1.4 would call some differently written URIs equal, but a phone
  // repeats its own spelling.
  return a == b;
}

// A binding that came with the same Call-ID and a CSeq that is not lower: the request is old news.
bool is_out_of_order(const Binding& binding, const RegistrationReceived& request) {
  return binding.call_id == request.call_id && binding.cseq >= request.cseq;
}

int granted_seconds(int wanted, const RegistrationLimits& limits) {
  return std::clamp(wanted, limits.minimum_seconds, limits.maximum_seconds);
}

bool is_named(const RegistrationReceived& request, const Binding& binding) {
  return request.remove_all ||
         std::any_of(request.contacts.begin(), request.contacts.end(), [&](const auto& contact) {
           return is_same_contact(contact.uri, binding.uri);
         });
}

}  // namespace

std::optional<Registrations::Applied> Registrations::apply(const RegistrationReceived& request,
                                                           const RegistrationLimits& limits,
                                                           base::Instant now) {
  const User user{request.domain, request.user};
  const auto known_user = bindings_.find(user);
  std::vector<Binding> bindings =
      known_user == bindings_.end() ? std::vector<Binding>() : known_user->second;
  for (const Binding& binding : bindings) {
    if (is_named(request, binding) && is_out_of_order(binding, request)) return std::nullopt;
  }

  Applied applied;
  const auto remove_if = [&](auto&& matches) {
    for (const Binding& binding : bindings) {
      if (matches(binding)) applied.removed.push_back(binding.number);
    }
    bindings.erase(std::remove_if(bindings.begin(), bindings.end(), matches), bindings.end());
  };
  if (request.remove_all) remove_if([](const Binding&) { return true; });
  for (const auto& contact : request.contacts) {
    const auto is_this = [&](const Binding& binding) {
      return is_same_contact(binding.uri, contact.uri);
    };
    if (contact.expires_seconds <= 0) {
      remove_if(is_this);
      continue;
    }
    if (limits.contacts == ContactsPerUser::One) {
      remove_if([&](const Binding& other) { return !is_named(request, other); });
    }
    Binding binding;
    const auto known = std::find_if(bindings.begin(), bindings.end(), is_this);
    if (known != bindings.end()) {
      binding.number = known->number;
      bindings.erase(known);
    } else {
      binding.number = ++numbers_;
    }
    binding.profile = request.profile;
    binding.uri = contact.uri;
    binding.source = request.source;
    binding.over_tcp = request.over_tcp;
    binding.user_agent = request.user_agent;
    binding.call_id = request.call_id;
    binding.cseq = request.cseq;
    binding.expires_at =
        now + std::chrono::seconds(granted_seconds(contact.expires_seconds, limits));
    // The latest registration stands first: it is the one that is called.
    bindings.insert(bindings.begin(), binding);
    applied.renewed.push_back(std::move(binding));
  }
  if (bindings.size() > kBindingsPerUserMax) return std::nullopt;

  // One request may add a contact and remove it again.
  std::erase_if(applied.renewed, [&](const Binding& binding) {
    return std::find(applied.removed.begin(), applied.removed.end(), binding.number) !=
           applied.removed.end();
  });
  for (const std::uint64_t number : applied.removed) user_of_.erase(number);
  for (const Binding& binding : applied.renewed) user_of_.insert_or_assign(binding.number, user);
  if (bindings.empty()) {
    bindings_.erase(user);
  } else {
    bindings_[user] = std::move(bindings);
  }
  return applied;
}

void Registrations::expire(std::uint64_t number, base::Instant now) {
  const auto user = user_of_.find(number);
  if (user == user_of_.end()) return;
  auto& bindings = bindings_.at(user->second);
  const auto found = std::find_if(bindings.begin(), bindings.end(),
                                  [&](const Binding& b) { return b.number == number; });
  CHECK(found != bindings.end());
  if (found->expires_at > now) return;
  bindings.erase(found);
  if (bindings.empty()) bindings_.erase(user->second);
  user_of_.erase(user);
}

std::vector<const Binding*> Registrations::find(std::string_view user,
                                                std::string_view domain) const {
  std::vector<const Binding*> found;
  const auto bindings = bindings_.find({std::string(domain), std::string(user)});
  if (bindings == bindings_.end()) return found;
  for (const Binding& binding : bindings->second) found.push_back(&binding);
  return found;
}

void describe(base::Archive& archive, Binding& binding) {
  archive.field("number", binding.number);
  archive.field("profile", binding.profile);
  archive.field("uri", binding.uri);
  archive.field("source", binding.source);
  archive.field("over_tcp", binding.over_tcp);
  archive.field("user_agent", binding.user_agent);
  archive.field("call_id", binding.call_id);
  archive.field("cseq", binding.cseq);
  archive.field("expires_at", binding.expires_at);
}

void describe(base::Archive& archive, Registrations& registrations) {
  archive.field("bindings", registrations.bindings_);
  archive.field("numbers", registrations.numbers_);
  if (!archive.loading()) return;
  registrations.user_of_.clear();
  for (const auto& [user, bindings] : registrations.bindings_) {
    for (const Binding& binding : bindings) registrations.user_of_.emplace(binding.number, user);
  }
}

}  // namespace call
