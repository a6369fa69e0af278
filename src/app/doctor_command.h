// `ringmaster doctor`: asks a running server what its self-check finds. The command `doctor` of the
// event socket, from a shell.
#pragma once

#include <string>
#include <string_view>

#include "app/options.h"
#include "app/shadow_core.h"

namespace app {

inline constexpr std::string_view kDoctorCommand = "doctor";

// Returns: Failed when something is wrong, and when the server cannot be asked.
ExitCode doctor(const DoctorOptions& options);

// The reply to `doctor`: "+OK healthy …", or "-ERR …" with a line for each thing that is wrong.
std::string doctor_reply(const ShadowCore::Health& health, bool is_protected);

}  // namespace app
