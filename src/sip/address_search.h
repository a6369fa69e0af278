// The addresses that a profile does not write but says how to find: host:NAME, and for what peers
// outside are told also stun:NAME[:PORT] (one binding request of RFC 5389).
//
// Waits for the answers, so it is for the start of the server and for a thread that reads the
// configuration again, never for the sip thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "call/sip_profile.h"

namespace sip {

// True for host:… and stun:…
bool is_to_be_found(std::string_view address);

class AddressSearch {
 public:
  // `name_servers` as in StackOptions.
  explicit AddressSearch(std::string name_servers) : name_servers_(std::move(name_servers)) {}

  // The address that `wanted` leads to; `local` is where the question leaves this machine.
  // Returns: why there is none, after some seconds at most.
  base::Result<std::string> find(std::string_view wanted, const std::string& local) const;

 private:
  const std::string name_servers_;
};

// Puts addresses in the place of all that are to be found. What peers outside are told stays as in
// `before` (the profiles in use) when it cannot be found, with a line in `warnings`.
// Returns: what a profile was to listen on and is not found: then nothing may be used.
base::Result<void> find_addresses(const AddressSearch& search,
                                  const std::vector<call::SipProfile>& before,
                                  std::vector<call::SipProfile>& profiles,
                                  std::vector<std::string>& warnings);

}  // namespace sip
