#include "config/review.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "call/spoken.h"
#include "config/call_center.h"
#include "config/globals.h"
#include "config/load.h"
#include "config/reviewed.h"
#include "config/tree.h"

namespace config {
namespace {

constexpr std::string_view kModules = "modules.conf";

std::string_view name_of(const Element& element) {
  const std::string* const name = element.attribute("name");
  return name == nullptr ? std::string_view() : std::string_view(*name);
}

void review_profiles(const Element& sofia, const Reviewed& reviewed) {
  for (const auto& group : sofia.children) {
    if (group.name != "profiles") continue;
    for (const auto& profile : group.children) {
      if (profile.name == "profile") review_profile(profile, reviewed);
    }
  }
}

void review_xml_rpc(const Element& element, const Reviewed& reviewed) {
  const auto& settings = reviewed.configuration.xml_rpc;
  if (settings.listens) {
    reviewed.problems.used(element.place, "XML-RPC at " + settings.listen_ip + " port " +
                                              std::to_string(settings.port));
  } else {
    reviewed.problems.note(
        element.place, "xml_rpc.conf is not used, since modules.conf does not load mod_xml_rpc");
  }
}

void review_voicemail(const Element& configuration, const Reviewed& reviewed) {
  for (const auto& group : configuration.children) {
    for (const auto& child : group.children) {
      const std::string name(name_of(child));
      if (!reviewed.configuration.voicemail.contains(name)) continue;
      reviewed.problems.used(child.place, "voicemail profile " + name);
    }
  }
}

void review_local_streams(const Element& configuration, const Reviewed& reviewed) {
  for (const auto& stream : reviewed.configuration.local_streams) {
    for (const auto& child : configuration.children) {
      if (name_of(child) != stream.name) continue;
      const std::string what = "stream " + stream.name;
      reviewed.problems.used(child.place, what + ": " + stream.path);
      for (const auto& chime : stream.chimes) review_sound(chime, child.place, what, reviewed);
      break;
    }
  }
}

void review_configuration(const Element& element, const Reviewed& reviewed) {
  const std::string_view name = name_of(element);
  if (name == "callcenter.conf") {
    review_call_center(element, reviewed);
  } else if (name == "sofia.conf") {
    review_profiles(element, reviewed);
  } else if (name == kModules) {
    review_modules(element, reviewed);
  } else if (name == "event_socket.conf") {
    const auto& socket = reviewed.configuration.event_socket;
    reviewed.problems.used(element.place, "event socket at " + socket.listen_ip + " port " +
                                              std::to_string(socket.listen_port));
  } else if (name == "lua.conf") {
    reviewed.problems.used(element.place, "lua.conf: the limits of scripts");
    review_bindings(element, reviewed);
  } else if (name == "switch.conf") {
    const auto& rtp = reviewed.configuration.rtp;
    reviewed.problems.used(element.place, "switch.conf: the limits of calls, and RTP ports " +
                                              std::to_string(rtp.first_port) + " to " +
                                              std::to_string(rtp.last_port) +
                                              "; nothing else of it");
  } else if (name == "local_stream.conf") {
    review_local_streams(element, reviewed);
  } else if (name == "voicemail.conf") {
    review_voicemail(element, reviewed);
  } else if (name == "xml_rpc.conf") {
    review_xml_rpc(element, reviewed);
  } else if (name == "acl.conf" || name == "timezones.conf") {
    reviewed.problems.used(element.place, std::string(name));
  } else {
    review_bindings(element, reviewed);
  }
}

void review_tree(const Element& top, const Reviewed& reviewed) {
  for (const auto& root : top.children) {
    for (const auto& section : root.children) {
      if (name_of(section) == "dialplan") review_dialplan(section, reviewed);
      if (name_of(section) == "directory") review_directory(section, reviewed);
      if (name_of(section) != "configuration") continue;
      for (const auto& child : section.children) review_configuration(child, reviewed);
    }
  }
}

// What load() leaves out with a warning, a review calls by its name; and what it says of the list
// of modules as a whole is said of each.
std::vector<Problem> sharpened(std::vector<Problem> problems) {
  std::erase_if(problems, [](const Problem& problem) {
    return problem.text.starts_with(std::string(kModules) + " is looked at");
  });
  for (Problem& problem : problems) {
    if (problem.text.ends_with(kAgentLeftOut)) problem.severity = Severity::Error;
  }
  return problems;
}

void append(std::vector<Problem> more, std::vector<Problem>& all) {
  std::move(more.begin(), more.end(), std::back_inserter(all));
}

}  // namespace

bool is_open(std::string_view text) {
  return text.find('$') != std::string_view::npos;
}

void review_functions(std::string_view text, const Place& place, const std::string& what,
                      const Reviewed& reviewed) {
  for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at)) {
    at += 2;
    const std::size_t end = text.find_first_of("(}:$", at);
    if (end == std::string_view::npos || text[end] != '(') continue;
    const std::string_view command = text.substr(at, end - at);
    if (reviewed.facts.knows_command(command)) continue;
    const std::string name(command);
    reviewed.problems.warning(place, what + ": there is no command " + name + ", so ${" + name +
                                         "(…)} gives \"-ERR " + name + " Command not found!\"");
  }
}

void review_sound(const std::string& source, const Place& place, const std::string& what,
                  const Reviewed& reviewed) {
  if (source.empty() || is_open(source)) return;
  const std::string why = call::is_spoken(source)
                              ? call::problem_of_spoken(source, reviewed.configuration.phrases)
                              : reviewed.facts.why_silent(reviewed.configuration, source);
  if (!why.empty()) reviewed.problems.warning(place, what + ": " + why + "; silence instead");
}

Review review(const std::filesystem::path& directory,
              const std::map<std::string, std::string>& overrides, const ReviewFacts& facts) {
  Loaded loaded = load(directory, overrides);
  Review review;
  review.starts = loaded.ok();
  review.findings = sharpened(std::move(loaded.problems));
  // load() has told what is wrong with the tree itself.
  Problems told;
  Globals globals(predefined_globals(directory), overrides);
  const Element top = read_tree(main_file(directory), globals, told);
  Problems problems;
  review_tree(top, {top, loaded.configuration, facts, problems});
  append(problems.take(), review.findings);
  std::stable_sort(review.findings.begin(), review.findings.end(),
                   [](const Problem& a, const Problem& b) {
                     return std::tie(a.file, a.line) < std::tie(b.file, b.line);
                   });
  return review;
}

}  // namespace config
