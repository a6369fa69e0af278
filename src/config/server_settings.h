// The small configurations: event_socket.conf.xml, xml_rpc.conf.xml, lua.conf.xml and
// switch.conf.xml.
#pragma once

#include <string_view>

#include "config/element.h"
#include "config/problem.h"
#include "core/configuration.h"

namespace config {

core::EventSocketSettings read_event_socket(const Element& configuration, Problems& problems);

// On, since it is written; who loads modules by a list may still leave it out.
core::XmlRpcSettings read_xml_rpc(const Element& configuration, Problems& problems);
// Whether modules.conf.xml loads a module.
bool loads_module(const Element& modules, std::string_view name);

core::ScriptSettings read_scripts(const Element& configuration, Problems& problems);

// Of switch.conf.xml the RTP ports only; the rest tunes a program that we are not.
core::CallLimits read_call_limits(const Element& configuration, Problems& problems);
core::RtpSettings read_switch(const Element& configuration, Problems& problems);

}  // namespace config
