// The dialplan beside the rest: queues, contexts, applications, commands and sounds that it names.
#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "base/text.h"
#include "config/names.h"
#include "config/reviewed.h"
#include "dialplan/applications.h"

namespace config {
namespace {

// They prepare a call or note something about it. What serves the caller is any other.
constexpr std::array<std::string_view, 33> kPreparing = {"answer",
                                                         "bind_digit_action",
                                                         "bind_meta_app",
                                                         "break",
                                                         "bridge_export",
                                                         "callcenter_track",
                                                         "clear_digit_action",
                                                         "db",
                                                         "digit_action_set_realm",
                                                         "event",
                                                         "export",
                                                         "flush_dtmf",
                                                         "group",
                                                         "hangup",
                                                         "hash",
                                                         "info",
                                                         "limit",
                                                         "limit_release",
                                                         "log",
                                                         "multiset",
                                                         "pre_answer",
                                                         "presence",
                                                         "privacy",
                                                         "record_session",
                                                         "ring_ready",
                                                         "sched_broadcast",
                                                         "sched_cancel",
                                                         "sched_hangup",
                                                         "sched_transfer",
                                                         "send_dtmf",
                                                         "set",
                                                         "sleep",
                                                         "unset"};

// Variables whose value is a source of sound.
constexpr std::array<std::string_view, 5> kSoundVariables = {
    "hold_music", "cc_moh_override", "cc_warning_tone", "cc_outbound_announce",
    "cc_bridge_failed_outbound_announce"};

struct WrittenAction {
  std::string application;
  std::string data;
  Place place;
};

bool is_application(const WrittenAction& action, std::string_view name) {
  return base::equal_ignoring_case(action.application, name);
}

bool prepares(const WrittenAction& action) {
  return std::any_of(kPreparing.begin(), kPreparing.end(),
                     [&](std::string_view name) { return is_application(action, name); });
}

bool runs(const WrittenAction& action) {
  return dialplan::application_support(action.application) == dialplan::ApplicationSupport::Runs;
}

// The actions below an element, in the order written.
void collect(const Element& element, std::vector<WrittenAction>& actions) {
  for (const auto& child : element.children) {
    if (child.name == "condition") collect(child, actions);
    if (child.name != "action" && child.name != "anti-action") continue;
    const std::string* const application = child.attribute("application");
    const std::string* const data = child.attribute("data");
    if (application == nullptr) continue;
    actions.push_back({*application, data != nullptr ? *data : child.text, child.place});
  }
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words = base::split(base::trim(text), ' ');
  std::erase(words, "");
  return words;
}

class ExtensionReview {
 public:
  ExtensionReview(const Element& extension, const Reviewed& reviewed)
      : extension_(extension), reviewed_(reviewed) {
    const std::string* const name = extension.attribute("name");
    what_ = "extension " + (name != nullptr ? *name : "without a name");
    collect(extension, actions_);
  }

  void run() {
    for (const auto& action : actions_) {
      review_functions(action.data, action.place, what_, reviewed_);
      if (is_application(action, "callcenter")) review_queue(action);
      if (is_application(action, "transfer")) review_transfer(action);
      if (is_application(action, "limit") || is_application(action, "limit_execute")) {
        review_limit(action);
      }
      review_sounds(action);
    }
    review_service();
  }

 private:
  void cannot_work(const Place& place, const std::string& why) {
    reviewed_.problems.error(place, what_ + " cannot work: " + why);
  }

  void review_queue(const WrittenAction& action) {
    const std::string name(base::trim(action.data));
    if (is_open(name)) return;
    const auto& queues = reviewed_.configuration.call_center.queues;
    std::vector<std::string_view> known;
    for (const auto& queue : queues) {
      if (base::equal_ignoring_case(queue.name, name)) return;
      known.push_back(queue.name);
    }
    cannot_work(action.place, "there is no queue \"" + name + "\"" + did_you_mean(name, known));
  }

  // transfer [-bleg|-both] EXTENSION [DIALPLAN [CONTEXT]]
  void review_transfer(const WrittenAction& action) {
    auto words = words_of(action.data);
    if (!words.empty() && words.front().starts_with('-')) words.erase(words.begin());
    if (words.size() < 3 || is_open(words[2])) return;
    if (reviewed_.configuration.dialplan.find(words[2]) != nullptr) return;
    cannot_work(action.place, "there is no context " + words[2]);
  }

  // limit BACKEND REALM ID …
  void review_limit(const WrittenAction& action) {
    const auto words = words_of(action.data);
    if (words.size() < 3) {
      cannot_count(action.place, "it needs a backend, a realm and an id");
    } else if (base::equal_ignoring_case(words[0], "db")) {
      reviewed_.problems.warning(action.place,
                                 what_ + ": what db counts is counted in memory, as by hash");
    } else if (!is_open(words[0]) && !base::equal_ignoring_case(words[0], "hash")) {
      cannot_count(action.place, "there is no backend " + words[0] + ", only hash");
    }
  }
  void cannot_count(const Place& place, const std::string& why) {
    reviewed_.problems.warning(place, what_ + ": calls are not limited: " + why);
  }

  void review_sounds(const WrittenAction& action) {
    if (is_application(action, "playback") || is_application(action, "endless_playback")) {
      review_sound(action.data, action.place, what_, reviewed_);
      return;
    }
    for (const std::string kind : {"say", "phrase"}) {
      if (!is_application(action, kind)) continue;
      return review_sound(kind + ":" + action.data, action.place, what_, reviewed_);
    }
    if (!is_application(action, "set") && !is_application(action, "export")) return;
    const std::size_t equals = action.data.find('=');
    if (equals == std::string::npos) return;
    const std::string name = action.data.substr(0, equals);
    const auto* const known = std::find(kSoundVariables.begin(), kSoundVariables.end(), name);
    if (known == kSoundVariables.end()) return;
    review_sound(action.data.substr(equals + 1), action.place, what_, reviewed_);
  }

  // An extension that only lacks a trimming works; one of which nothing serves the caller does not.
  void review_service() {
    const WrittenAction* lacking = nullptr;
    for (const auto& action : actions_) {
      if (prepares(action)) continue;
      if (runs(action)) return;
      if (lacking == nullptr) lacking = &action;
    }
    if (lacking == nullptr) return;
    cannot_work(extension_.place, "nothing in it serves the caller, since application " +
                                      lacking->application + " is not there");
  }

  const Element& extension_;
  const Reviewed& reviewed_;
  std::string what_;
  std::vector<WrittenAction> actions_;
};

// Words of a text that may be the name of a context.
void add_words(std::string_view text, std::set<std::string>& words) {
  constexpr std::string_view kEdges = " ,:;=/{}[]'\"";
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of(kEdges), text.size());
    words.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Whatever in the tree could lead a call into a context. It may be too much, so that no context is
// suspected that is in use.
void add_named(const Element& element, std::set<std::string>& names) {
  for (const char* const attribute : {"value", "data", "contact"}) {
    if (const std::string* const text = element.attribute(attribute)) add_words(*text, names);
  }
  if (element.name == "action" || element.name == "anti-action") add_words(element.text, names);
  for (const auto& child : element.children) add_named(child, names);
}

std::set<std::string> named_contexts(const Reviewed& reviewed) {
  std::set<std::string> names;
  // Also the one of a profile that names none.
  for (const auto& profile : reviewed.configuration.profiles) names.insert(profile.context);
  add_named(reviewed.top, names);
  return names;
}

void review_context(const Element& context, const std::string& name,
                    const std::set<std::string>& named, const Reviewed& reviewed) {
  const auto extensions = std::count_if(context.children.begin(), context.children.end(),
                                        [](const Element& e) { return e.name == "extension"; });
  const std::string what = "context " + name;
  if (named.contains(name)) {
    reviewed.problems.used(context.place, what + ", " + std::to_string(extensions) +
                                              (extensions == 1 ? " extension" : " extensions"));
  } else {
    reviewed.problems.warning(context.place, what +
                                                 ": no profile, user or action names it; a call "
                                                 "gets there only if a variable holds its name");
  }
  for (const auto& extension : context.children) {
    if (extension.name == "extension") ExtensionReview(extension, reviewed).run();
  }
}

}  // namespace

void review_dialplan(const Element& section, const Reviewed& reviewed) {
  const auto named = named_contexts(reviewed);
  std::set<std::string> seen;
  for (const auto& context : section.children) {
    const std::string* const name = context.attribute("name");
    if (context.name != "context" || name == nullptr || !seen.insert(*name).second) continue;
    review_context(context, *name, named, reviewed);
  }
}

}  // namespace config
