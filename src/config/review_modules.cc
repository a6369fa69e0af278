// modules.conf and the modules that make a configuration elsewhere: what each of them did, and
// whether that is here.
#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "config/reviewed.h"

namespace config {
namespace {

constexpr std::string_view kNotYet = "it is not supported yet";
constexpr std::string_view kOtherCodec = "the codecs here are PCMU, PCMA, G722 and Opus";
constexpr std::string_view kFromFiles =
    "the configuration is read from files only; write what it serves into them";
constexpr std::string_view kBuiltIn = "";

struct Module {
  std::string_view name;
  std::string_view why_not;  // kBuiltIn: what it does is part of the program.
};

constexpr std::array kModules = {
    Module{"mod_callcenter", kBuiltIn},  Module{"mod_commands", kBuiltIn},
    Module{"mod_console", kBuiltIn},     Module{"mod_dialplan_xml", kBuiltIn},
    Module{"mod_dptools", kBuiltIn},     Module{"mod_event_socket", kBuiltIn},
    Module{"mod_expr", kBuiltIn},        Module{"mod_hash", kBuiltIn},
    Module{"mod_logfile", kBuiltIn},     Module{"mod_loopback", kBuiltIn},
    Module{"mod_posix_timer", kBuiltIn}, Module{"mod_shout", kBuiltIn},
    Module{"mod_sndfile", kBuiltIn},     Module{"mod_sofia", kBuiltIn},
    Module{"mod_timerfd", kBuiltIn},     Module{"mod_tone_stream", kBuiltIn},
    Module{"mod_xml_rpc", kBuiltIn},     Module{"mod_amr", kOtherCodec},
    Module{"mod_amrwb", kOtherCodec},    Module{"mod_b64", kOtherCodec},
    Module{"mod_g723_1", kOtherCodec},   Module{"mod_g729", kOtherCodec},
    Module{"mod_opus", kBuiltIn},        Module{"mod_siren", kOtherCodec},
    Module{"mod_cdr_csv", kNotYet},      Module{"mod_conference", kNotYet},
    Module{"mod_db", kNotYet},           Module{"mod_fifo", kBuiltIn},
    Module{"mod_json_cdr", kNotYet},     Module{"mod_local_stream", kBuiltIn},
    Module{"mod_lua", kBuiltIn},         Module{"mod_native_file", kNotYet},
    Module{"mod_say_en", kNotYet},       Module{"mod_spandsp", kBuiltIn},
    Module{"mod_verto", kNotYet},        Module{"mod_voicemail", kBuiltIn},
    Module{"mod_xml_cdr", kNotYet},      Module{"mod_xml_curl", kFromFiles},
    Module{"mod_xml_ldap", kFromFiles},  Module{"mod_xml_scgi", kFromFiles},
};

void review_module(const std::string& name, const Place& place, Problems& problems) {
  const auto* const known = std::find_if(
      kModules.begin(), kModules.end(),
      [&](const Module& module) { return base::equal_ignoring_case(module.name, name); });
  if (known == kModules.end()) {
    problems.note(place, "module " + name + " is ignored: there are no modules to load here");
  } else if (known->why_not == kBuiltIn) {
    problems.used(place, "module " + name + ": what it does is built in");
  } else if (known->why_not == kFromFiles) {
    problems.warning(place, "module " + name + " is ignored: " + std::string(known->why_not));
  } else {
    problems.note(place, "module " + name + " is ignored: " + std::string(known->why_not));
  }
}

// Parameters that bind a section of the configuration to a program.
bool is_binding(const Element& element) {
  const std::string* const name = element.attribute("name");
  if (element.name == "binding") return true;
  return element.name == "param" && name != nullptr &&
         base::equal_ignoring_case(*name, "xml-handler-bindings");
}

}  // namespace

void review_modules(const Element& configuration, const Reviewed& reviewed) {
  for (const auto& list : configuration.children) {
    if (list.name != "modules") continue;
    for (const auto& child : list.children) {
      const std::string* const module = child.attribute("module");
      if (child.name == "load" && module != nullptr) {
        review_module(*module, child.place, reviewed.problems);
      }
    }
  }
}

void review_bindings(const Element& configuration, const Reviewed& reviewed) {
  for (const auto& list : configuration.children) {
    for (const auto& child : list.children) {
      if (!is_binding(child)) continue;
      reviewed.problems.warning(child.place, "nothing is asked of it: " + std::string(kFromFiles));
    }
  }
}

}  // namespace config
