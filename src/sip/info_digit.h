// Keys told by INFO: application/dtmf-relay ("Signal=5", "Duration=160") and application/dtmf
// ("5"), as phones send them; no RFC describes either. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace sip {

// Returns: one of 0–9 * # A–D, or nullopt for a body that tells no key.
std::optional<std::string> digit_of_info(std::string_view content_type, std::string_view body);

}  // namespace sip
