// sofia.conf.xml: the SIP profiles.
#pragma once

#include <vector>

#include "call/sip_profile.h"
#include "config/access_lists.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

// `lists` are those that local-network-acl may name.
std::vector<call::SipProfile> read_sip_profiles(const Element& configuration,
                                                const AccessLists& lists, Problems& problems);

}  // namespace config
