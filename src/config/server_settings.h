// The small configurations: event_socket.conf.xml and switch.conf.xml.
#pragma once

#include "config/element.h"
#include "config/problem.h"
#include "core/configuration.h"

namespace config {

core::EventSocketSettings read_event_socket(const Element& configuration, Problems& problems);

// Of switch.conf.xml the RTP ports only; the rest tunes a program that we are not.
core::CallLimits read_call_limits(const Element& configuration, Problems& problems);
core::RtpSettings read_switch(const Element& configuration, Problems& problems);

}  // namespace config
