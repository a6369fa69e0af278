// Which phones are registered: for each user the contacts where calls reach it (RFC 3261 §10.3).
//
// Pure bookkeeping. Who may register is sip's question (the digest), when a binding expires is told
// by the machine's deadlines.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/archive.h"
#include "base/time.h"
#include "call/sip_messages.h"

namespace call {

// Phones of one user; more is a loop of a client that never removes what it adds.
inline constexpr std::size_t kBindingsPerUserMax = 20;

struct Binding {
  std::uint64_t number = 0;  // Never used again: names its deadline.
  std::string profile;
  std::string uri;
  std::string source;     // "ip:port" it was registered from …
  bool over_tcp = false;  // … by TCP, else by UDP.
  std::string user_agent;
  std::string call_id;
  std::uint32_t cseq = 0;
  base::Instant expires_at;
};

// Whether a user's new contact stands beside the old ones or replaces them.
enum class ContactsPerUser { Several, One };

// What a profile grants: the shortest and longest time, and how many phones.
struct RegistrationLimits {
  int minimum_seconds = 60;
  int maximum_seconds = 3600;
  ContactsPerUser contacts = ContactsPerUser::Several;
};

class Registrations {
 public:
  using User = std::pair<std::string, std::string>;  // (domain, user)

  // What became of a REGISTER: the bindings that are new or moved, so that their deadlines can be
  // armed, and those that are gone.
  struct Applied {
    std::vector<Binding> renewed;
    std::vector<std::uint64_t> removed;
  };

  // Adds, renews and removes what the request names, or nothing at all.
  // Returns: nullopt when it must be refused: it came out of order (RFC 3261 §10.3 step 7), or the
  // user has too many bindings.
  std::optional<Applied> apply(const RegistrationReceived& request,
                               const RegistrationLimits& limits, base::Instant now);

  // Removes the binding with this number if it has expired at `now`.
  void expire(std::uint64_t number, base::Instant now);

  // The user's bindings, the latest registration first; empty when there is none.
  std::vector<const Binding*> find(std::string_view user, std::string_view domain) const;

  // All of them, by domain and user.
  const std::map<User, std::vector<Binding>>& all() const { return bindings_; }

  friend void describe(base::Archive& archive, Registrations& registrations);

 private:
  std::map<User, std::vector<Binding>> bindings_;
  std::map<std::uint64_t, User> user_of_;
  std::uint64_t numbers_ = 0;
};

void describe(base::Archive& archive, Binding& binding);
void describe(base::Archive& archive, Registrations& registrations);

}  // namespace call
