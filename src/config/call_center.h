// callcenter.conf.xml: settings, queues, agents and tiers (spec/02).
#pragma once

#include "config/element.h"
#include "config/problem.h"
#include "queue/settings.h"

namespace config {

queue::CallCenterSettings read_call_center(const Element& configuration, Problems& problems);

}  // namespace config
