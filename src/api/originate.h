// The command `originate`: somebody is called, and what answers runs an application or goes to an
// extension.
#pragma once

#include <string_view>

#include "api/api.h"

namespace api {

// DIAL-STRING EXTENSION|&APPLICATION(DATA) [DIALPLAN] [CONTEXT] [CID-NAME] [CID-NUMBER] [SECONDS]
// Returns: a reply that comes later, or what is wrong with the words.
Reply originate(std::string_view arguments, Targets& targets);

}  // namespace api
