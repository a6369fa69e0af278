#include "config/setting_names.h"

#include <algorithm>
#include <utility>

#include "config/access_lists.h"
#include "config/call_center.h"
#include "config/directory_section.h"
#include "config/element.h"
#include "config/local_streams.h"
#include "config/problem.h"
#include "config/server_settings.h"
#include "config/sip_views.h"
#include "config/sofia.h"
#include "config/voicemail_section.h"

namespace config {
namespace {

// What stands for the name of a queue, an agent or a profile.
constexpr std::string_view kAny = "x";

Element element(std::string name, std::vector<Element> children = {},
                std::vector<std::pair<std::string, std::string>> attributes = {}) {
  Element made;
  made.name = std::move(name);
  made.children = std::move(children);
  made.attributes = std::move(attributes);
  return made;
}

// One of everything that can be written, each with as little as makes its reader look for the rest.
void let_all_be_read(Problems& problems) {
  const std::string any(kAny);
  const Element center =
      element("configuration",
              {element("settings"), element("queues", {element("queue", {}, {{"name", any}})}),
               element("agents", {element("agent", {}, {{"name", any}, {"type", "callback"}})}),
               element("tiers", {element("tier", {}, {{"agent", any}, {"queue", any}})})});
  read_call_center(center, problems);
  const Element with_settings = element("configuration", {element("settings")});
  read_event_socket(with_settings, problems);
  read_xml_rpc(with_settings, problems);
  read_scripts(with_settings, problems);
  read_call_limits(with_settings, problems);
  read_switch(with_settings, problems);
  const Element profile = element("profile", {element("settings")}, {{"name", any}});
  const Element sofia =
      element("configuration", {element("global_settings"), element("profiles", {profile})});
  read_sip_profiles(sofia, AccessLists(), problems);
  read_sip_views(sofia, problems);
  const Element streams =
      element("configuration", {element("directory", {}, {{"name", any}, {"path", any}})});
  read_local_streams(streams, {}, problems);
  const Element mail = element("profile", {}, {{"name", any}});
  read_voicemail(element("configuration", {element("profiles", {mail})}), problems);
}

}  // namespace

std::vector<SettingName> setting_names() {
  Problems problems;
  std::vector<Problems::LookedFor> looked_for;
  problems.list_what_is_looked_for(looked_for);
  let_all_be_read(problems);

  std::vector<SettingName> names;
  for (auto& [owner, name] : looked_for) {
    const std::size_t blank = owner.rfind(' ');
    if (blank != std::string::npos && owner.substr(blank + 1) == kAny) owner.resize(blank);
    names.push_back({std::move(owner), std::move(name)});
  }
  for (const std::string_view name : kDirectoryParameters) {
    names.push_back({"user", std::string(name)});
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace config
