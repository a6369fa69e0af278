#include "config/load.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>

#include "config/access_lists.h"
#include "config/call_center.h"
#include "config/dialplan_section.h"
#include "config/directory_section.h"
#include "config/element.h"
#include "config/globals.h"
#include "config/local_streams.h"
#include "config/names.h"
#include "config/phrases_section.h"
#include "config/server_settings.h"
#include "config/sip_views.h"
#include "config/sofia.h"
#include "config/time_zones.h"
#include "config/tree.h"
#include "config/voicemail_section.h"

namespace config {
namespace {

namespace fs = std::filesystem;

const std::vector<std::string_view> kSections = {"configuration", "dialplan", "directory",
                                                 "languages", "phrases"};
constexpr std::string_view kAccessLists = "acl.conf";
const std::vector<std::string_view> kConfigurations = {
    "callcenter.conf", "event_socket.conf", "local_stream.conf", "lua.conf",    "sofia.conf",
    "switch.conf",     "timezones.conf",    "voicemail.conf",    "xml_rpc.conf"};
// What of a list of modules matters here: vanilla directories have an xml_rpc.conf that is not
// used.
constexpr std::string_view kModules = "modules.conf";
constexpr std::string_view kXmlRpcModule = "mod_xml_rpc";
// Users rely on these and would miss them; others of the original are none of our business.
constexpr std::array<std::string_view, 5> kConfigurationsNotYet = {
    "conference.conf", "db.conf", "fifo.conf", "ivr.conf", "json_cdr.conf"};

class Loader {
 public:
  Loader(const fs::path& directory, const std::map<std::string, std::string>& overrides)
      : file_(main_file(directory)), globals_(predefined_globals(directory), overrides) {}

  Loaded run() {
    configuration_.time_zones = system_time_zones(kSystemTimeZones);
    configuration_.local_zone =
        local_time_zone(std::getenv("TZ"), configuration_.time_zones, kLocalTimeZone);
    const Element top = read_tree(file_, globals_, problems_);
    for (const auto& root : top.children) read_root(root);
    if (top.children.empty() && !problems_.has_errors()) {
      problems_.error(top.place, "the file is empty; expected <document><section name=…>");
    }
    check_contexts();
    configuration_.xml_rpc.listens = configuration_.xml_rpc.listens && has_xml_rpc_;
    configuration_.globals = globals_.values();
    return {std::move(configuration_), problems_.take()};
  }

 private:
  void read_root(const Element& root) {
    if (root.name != "document") {
      problems_.error(root.place,
                      "the outermost element is <" + root.name + ">, expected <document>");
      return;
    }
    for (const auto& section : root.children) {
      const std::string* const name = section.attribute("name");
      if (section.name != "section" || name == nullptr) {
        problems_.error(section.place, "<" + section.name +
                                           "> in <document>, expected <section "
                                           "name=…> with one of " +
                                           list_of(kSections));
      } else if (*name == "configuration") {
        read_configurations(section);
      } else if (*name == "dialplan") {
        read_dialplan(section, configuration_.dialplan, problems_);
      } else if (*name == "directory") {
        read_directory(section, configuration_.directory, problems_);
      } else if (*name == "phrases" || *name == "languages") {
        read_phrases(section, configuration_.phrases, problems_);
      } else {
        problems_.note(section.place, "section " + *name + " is ignored; read are " +
                                          list_of(kSections) + did_you_mean(*name, kSections));
      }
    }
  }

  // Profiles name access lists, wherever those stand.
  void read_configurations(const Element& section) {
    for (const auto& child : section.children) {
      const std::string* const name = child.attribute("name");
      if (name == nullptr || *name != kAccessLists) continue;
      access_lists_.merge(read_access_lists(child, problems_));
    }
    for (const auto& child : section.children) {
      const std::string* const name = child.attribute("name");
      if (child.name != "configuration" || name == nullptr) {
        problems_.error(child.place, "<" + child.name +
                                         "> in section configuration, expected <configuration "
                                         "name=…> such as " +
                                         list_of(kConfigurations));
      } else if (!seen_.insert(*name).second) {
        problems_.warning(child.place, *name + " stands twice; the first one is used");
      } else {
        read_configuration(child, *name);
      }
    }
  }

  void read_configuration(const Element& element, const std::string& name) {
    if (name == kAccessLists) return;  // Read already.
    if (name == "callcenter.conf") {
      configuration_.call_center = read_call_center(element, problems_);
    } else if (name == "event_socket.conf") {
      configuration_.event_socket = read_event_socket(element, problems_);
    } else if (name == "local_stream.conf") {
      configuration_.local_streams = read_local_streams(element, globals_.values(), problems_);
    } else if (name == "lua.conf") {
      configuration_.scripts = read_scripts(element, problems_);
    } else if (name == "sofia.conf") {
      configuration_.profiles = read_sip_profiles(element, access_lists_, problems_);
      configuration_.sip_views = read_sip_views(element, problems_);
      sofia_place_ = element.place;
    } else if (name == "switch.conf") {
      configuration_.rtp = read_switch(element, problems_);
      configuration_.call_limits = read_call_limits(element, problems_);
    } else if (name == "timezones.conf") {
      read_time_zones(element, configuration_.time_zones, problems_);
    } else if (name == "voicemail.conf") {
      configuration_.voicemail = read_voicemail(element, problems_);
    } else if (name == "xml_rpc.conf") {
      configuration_.xml_rpc = read_xml_rpc(element, problems_);
    } else if (name == kModules) {
      has_xml_rpc_ = loads_module(element, kXmlRpcModule);
      problems_.note(element.place, name + " is looked at for " + std::string(kXmlRpcModule) +
                                        " only; what the others do is built in or not there");
    } else if (std::find(kConfigurationsNotYet.begin(), kConfigurationsNotYet.end(), name) !=
               kConfigurationsNotYet.end()) {
      problems_.warning(element.place, name + " is not supported yet and has no effect");
    } else {
      problems_.note(element.place, name + " is ignored; read are " + list_of(kConfigurations) +
                                        did_you_mean(name, kConfigurations));
    }
  }

  // A call that arrives where no context is would be refused, every time.
  void check_contexts() {
    for (const auto& profile : configuration_.profiles) {
      if (configuration_.dialplan.find(profile.context) != nullptr) continue;
      problems_.warning(sofia_place_, "profile " + profile.name + ": the dialplan has no context " +
                                          profile.context + "; its calls will be refused");
    }
  }

  fs::path file_;
  Globals globals_;
  Problems problems_;
  core::Configuration configuration_;
  AccessLists access_lists_;
  std::set<std::string> seen_;  // Names of configurations.
  Place sofia_place_;
  bool has_xml_rpc_ = true;  // Unless a list of modules leaves it out.
};

}  // namespace

bool Loaded::ok() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Problem& problem) { return problem.severity == Severity::Error; });
}

fs::path main_file(const fs::path& directory) {
  std::error_code ignored;
  const auto own = directory / "ringmaster.xml";
  return fs::exists(own, ignored) ? own : directory / "freeswitch.xml";
}

Loaded load(const fs::path& directory, const std::map<std::string, std::string>& overrides) {
  return Loader(directory, overrides).run();
}

}  // namespace config
