// sofia.conf.xml: who else sees the messages of the SIP profiles.
#pragma once

#include <map>
#include <string>

#include "config/element.h"
#include "config/problem.h"
#include "core/configuration.h"

namespace config {

// By profile. A profile's own capture-server sends its messages there; that of global_settings
// waits for sip-capture, as in the original.
std::map<std::string, core::SipView> read_sip_views(const Element& configuration,
                                                    Problems& problems);

}  // namespace config
