// sofia.conf.xml: the SIP profiles.
#pragma once

#include <vector>

#include "call/sip_profile.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

std::vector<call::SipProfile> read_sip_profiles(const Element& configuration, Problems& problems);

}  // namespace config
