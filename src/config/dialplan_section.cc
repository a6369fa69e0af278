#include "config/dialplan_section.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "config/condition_tests.h"
#include "config/names.h"
#include "dialplan/applications.h"

namespace config {
namespace {

// Conditions inside conditions deeper than this are refused: nobody could say what they mean.
constexpr int kNestingMax = 8;

std::optional<dialplan::Break> break_rule(std::string_view text) {
  if (base::equal_ignoring_case(text, "on-false")) return dialplan::Break::OnFalse;
  if (base::equal_ignoring_case(text, "on-true")) return dialplan::Break::OnTrue;
  if (base::equal_ignoring_case(text, "always")) return dialplan::Break::Always;
  if (base::equal_ignoring_case(text, "never")) return dialplan::Break::Never;
  return std::nullopt;
}

std::optional<dialplan::Needed> needed(std::string_view text) {
  if (base::equal_ignoring_case(text, "all")) return dialplan::Needed::All;
  if (base::equal_ignoring_case(text, "any")) return dialplan::Needed::Any;
  if (base::equal_ignoring_case(text, "xor")) return dialplan::Needed::ExactlyOne;
  return std::nullopt;
}

class ExtensionReader {
 public:
  ExtensionReader(std::string name, Problems& problems)
      : what_("extension " + name), problems_(problems), tests_(what_, problems) {
    extension_.name = std::move(name);
  }

  dialplan::Extension read(const Element& element) {
    for (const auto& [name, value] : element.attributes) {
      if (name == "continue") {
        extension_.goes_on = base::is_true(value);
      } else if (name != "name") {
        unknown_attribute(element, name, {"name", "continue"});
      }
    }
    for (const auto& child : element.children) {
      if (child.name == "condition") {
        extension_.conditions.push_back(read_condition(child, 1));
      } else {
        unknown_element(child, "<condition>");
      }
    }
    return std::move(extension_);
  }

 private:
  dialplan::Condition read_condition(const Element& element, int depth) {
    dialplan::Condition condition;
    if (depth > kNestingMax) {
      problems_.error(element.place, what_ + ": conditions inside conditions, deeper than " +
                                         std::to_string(kNestingMax));
      return condition;
    }
    for (const auto& [name, value] : element.attributes) {
      if (name == "break") {
        read_break(element, value, condition);
      } else if (name == "regex") {
        read_needed(element, value, condition);
      } else if (name == "require-nested") {
        condition.needs_nested = base::is_true(value);
      } else {
        tests_.take(element, {name, value}, condition.test);
      }
    }
    for (const auto& child : element.children) read_child(child, condition, depth);
    tests_.check(element, condition.test);
    if ((element.attribute("regex") != nullptr) == condition.further.empty()) {
      problems_.error(element.place, what_ + ": regex= and <regex> elements belong together");
    }
    return condition;
  }

  void read_child(const Element& child, dialplan::Condition& condition, int depth) {
    if (child.name == "action") {
      read_action(child, condition.actions);
    } else if (child.name == "anti-action") {
      read_action(child, condition.anti_actions);
    } else if (child.name == "expression") {
      condition.test.expression = child.text;
    } else if (child.name == "regex") {
      condition.further.push_back(tests_.read(child));
    } else if (child.name == "condition") {
      condition.nested.push_back(read_condition(child, depth + 1));
    } else {
      unknown_element(child, "<action>, <anti-action>, <regex> or <condition>");
    }
  }

  void read_needed(const Element& element, const std::string& value,
                   dialplan::Condition& condition) {
    if (const auto read = needed(value)) {
      condition.needed = *read;
      return;
    }
    problems_.error(element.place,
                    what_ + ": regex is \"" + value + "\", expected all, any or xor");
  }

  void read_break(const Element& element, const std::string& value,
                  dialplan::Condition& condition) {
    if (const auto rule = break_rule(value)) {
      condition.break_rule = *rule;
      return;
    }
    problems_.error(element.place, what_ + ": break is \"" + value +
                                       "\", expected on-false, on-true, always or never");
  }

  void read_action(const Element& element, std::vector<dialplan::Action>& actions) {
    const std::string* const application = element.attribute("application");
    const std::string* const data = element.attribute("data");
    if (application == nullptr || application->empty()) {
      problems_.error(element.place, what_ + ": <" + element.name +
                                         "> without application=; expected e.g. "
                                         "application=\"answer\"");
      return;
    }
    bool at_once = false;
    for (const auto& [name, value] : element.attributes) {
      if (name == "inline") {
        at_once = base::is_true(value) && may_run_at_once(element, *application);
      } else if (name != "application" && name != "data") {
        unknown_attribute(element, name, {"application", "data", "inline"});
      }
    }
    check_application(element, *application);
    actions.push_back(
        {*application, data != nullptr ? *data : element.text, at_once, describe(element.place)});
  }

  bool may_run_at_once(const Element& element, const std::string& application) {
    if (dialplan::can_run_at_once(application)) return true;
    problems_.warning(element.place, what_ + ": " + application +
                                         " cannot run inline; it runs when its turn comes");
    return false;
  }

  void check_application(const Element& element, const std::string& application) {
    const auto support = dialplan::application_support(application);
    if (support == dialplan::ApplicationSupport::Runs) return;
    problems_.warning(
        element.place,
        what_ +
            (support ? ": application " + application + " is not supported yet"
                     : ": unknown application " + application) +
            "; calls go on with the next action" +
            (support ? std::string() : did_you_mean(application, dialplan::application_names())));
  }

  void unknown_attribute(const Element& element, const std::string& name,
                         const std::vector<std::string_view>& known) {
    problems_.warning(element.place, what_ + ": unknown attribute " + name + " is ignored" +
                                         did_you_mean(name, known));
  }

  void unknown_element(const Element& element, const std::string& expected) {
    problems_.warning(element.place, what_ + ": unknown element <" + element.name +
                                         "> is ignored; expected " + expected);
  }

  std::string what_;
  Problems& problems_;
  TestReader tests_;
  dialplan::Extension extension_;
};

dialplan::Context read_context(const Element& element, const std::string& name,
                               Problems& problems) {
  dialplan::Context context;
  context.name = name;
  for (const auto& child : element.children) {
    if (child.name != "extension") {
      problems.warning(child.place, "context " + name + ": unknown element <" + child.name +
                                        "> is ignored; expected <extension>");
      continue;
    }
    const std::string* const extension = child.attribute("name");
    const std::string title = extension != nullptr ? *extension : "without a name";
    context.extensions.push_back(ExtensionReader(title, problems).read(child));
  }
  return context;
}

}  // namespace

void read_dialplan(const Element& section, dialplan::Dialplan& dialplan, Problems& problems) {
  for (const auto& child : section.children) {
    const std::string* const name = child.attribute("name");
    if (child.name != "context") {
      problems.warning(child.place, "unknown element <" + child.name +
                                        "> in the dialplan is ignored; expected <context name=…>");
    } else if (name == nullptr || name->empty()) {
      problems.error(child.place, "<context> without name=; expected e.g. name=\"default\"");
    } else if (dialplan.find(*name) != nullptr) {
      problems.warning(child.place,
                       "context " + *name + " is defined twice; the first definition is used");
    } else {
      dialplan.contexts.push_back(read_context(child, *name, problems));
    }
  }
}

}  // namespace config
