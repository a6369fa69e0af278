#include "config/sip_views.h"

#include "base/capture_server.h"
#include "config/parameters.h"

namespace config {
namespace {

void read_capture_server(Parameters& parameters, const std::string& what, std::string& target,
                         Problems& problems) {
  const auto* const given = parameters.find("capture-server");
  if (given == nullptr) return;
  const auto server = base::parse_capture_server(given->value);
  if (server) {
    target = given->value;
  } else {
    problems.warning(given->place, what + ": capture-server is \"" + given->value +
                                       "\": " + server.error() + "; none is used");
  }
}

core::SipView read_view(const Element& settings, const std::string& name,
                        const std::string& global_server, Problems& problems) {
  const std::string what = "profile " + name;
  // What is no parameter at all has been told by whoever reads the profile.
  Problems told_before;
  Parameters parameters(settings, what, told_before);
  core::SipView view;
  bool capture = false;
  parameters.boolean("sip-capture", capture);
  if (capture) view.capture_server = global_server;
  read_capture_server(parameters, what, view.capture_server, problems);
  parameters.boolean("sip-trace", view.prints_messages);
  return view;
}

}  // namespace

std::map<std::string, core::SipView> read_sip_views(const Element& configuration,
                                                    Problems& problems) {
  std::string global_server;
  for (const auto& child : configuration.children) {
    if (child.name != "global_settings") continue;
    Parameters parameters(child, "global_settings", problems);
    read_capture_server(parameters, "global_settings", global_server, problems);
  }
  std::map<std::string, core::SipView> views;
  for (const auto& group : configuration.children) {
    if (group.name != "profiles") continue;
    for (const auto& profile : group.children) {
      const std::string* const name = profile.attribute("name");
      if (name == nullptr) continue;
      for (const auto& settings : profile.children) {
        if (settings.name != "settings") continue;
        core::SipView view = read_view(settings, *name, global_server, problems);
        if (view != core::SipView{}) views[*name] = std::move(view);
      }
    }
  }
  return views;
}

}  // namespace config
