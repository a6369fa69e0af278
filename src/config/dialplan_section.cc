#include "config/dialplan_section.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "config/names.h"
#include "dialplan/applications.h"
#include "dialplan/local_time.h"
#include "dialplan/routing.h"

namespace config {
namespace {

// Attributes of conditions that change when they hold, in ways that are not built yet. To leave
// them out would send calls elsewhere, so the whole extension is left out.
constexpr std::array<std::string_view, 4> kConditionsNotYet = {"regex", "require-nested",
                                                               "tz-offset", "dst"};

std::optional<dialplan::Break> break_rule(std::string_view text) {
  if (base::equal_ignoring_case(text, "on-false")) return dialplan::Break::OnFalse;
  if (base::equal_ignoring_case(text, "on-true")) return dialplan::Break::OnTrue;
  if (base::equal_ignoring_case(text, "always")) return dialplan::Break::Always;
  if (base::equal_ignoring_case(text, "never")) return dialplan::Break::Never;
  return std::nullopt;
}

class ExtensionReader {
 public:
  ExtensionReader(std::string name, Problems& problems)
      : what_("extension " + name), problems_(problems) {
    extension_.name = std::move(name);
  }

  // Returns: nullopt when the extension is left out.
  std::optional<dialplan::Extension> read(const Element& element) {
    for (const auto& [name, value] : element.attributes) {
      if (name == "continue") {
        extension_.goes_on = base::is_true(value);
      } else if (name != "name") {
        unknown_attribute(element, name, {"name", "continue"});
      }
    }
    for (const auto& child : element.children) {
      if (child.name == "condition") {
        read_condition(child);
      } else {
        unknown_element(child, "<condition>");
      }
    }
    if (left_out_) return std::nullopt;
    return std::move(extension_);
  }

 private:
  void read_condition(const Element& element) {
    dialplan::Condition condition;
    read_attributes(element, condition);
    for (const auto& child : element.children) {
      if (child.name == "action") {
        read_action(child, condition.actions);
      } else if (child.name == "anti-action") {
        read_action(child, condition.anti_actions);
      } else if (child.name == "expression") {
        condition.expression = child.text;
      } else if (child.name == "regex" || child.name == "condition") {
        leave_out(child, "<" + child.name + "> inside <condition>");
      } else {
        unknown_element(child, "<action> or <anti-action>");
      }
    }
    check(element, condition);
    extension_.conditions.push_back(std::move(condition));
  }

  void read_attributes(const Element& element, dialplan::Condition& condition) {
    for (const auto& [name, value] : element.attributes) {
      if (name == "field") {
        condition.field = value;
      } else if (name == "expression") {
        condition.expression = value;
      } else if (name == "break") {
        read_break(element, value, condition);
      } else if (dialplan::is_time_attribute(name)) {
        read_time(element, {name, value}, condition);
      } else if (std::find(kConditionsNotYet.begin(), kConditionsNotYet.end(), name) !=
                 kConditionsNotYet.end()) {
        leave_out(element, "condition with " + name + "=");
      } else {
        // A mistyped test would hold always: better no server than open doors.
        problems_.error(element.place,
                        what_ + ": unknown attribute " + name +
                            " of a condition; expected field, expression, break or a "
                            "time such as wday or time-of-day" +
                            did_you_mean(name, kTests));
      }
    }
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

  void read_time(const Element& element, dialplan::TimeTest test, dialplan::Condition& condition) {
    if (const std::string problem = dialplan::problem_of(test); !problem.empty()) {
      problems_.error(element.place,
                      what_ + ": " + test.attribute + " is \"" + test.value + "\", " + problem);
      return;
    }
    condition.times.push_back(std::move(test));
  }

  void check(const Element& element, const dialplan::Condition& condition) {
    const bool has_field = element.attribute("field") != nullptr;
    const bool has_expression =
        element.attribute("expression") != nullptr ||
        std::any_of(element.children.begin(), element.children.end(),
                    [](const Element& e) { return e.name == "expression"; });
    if (has_field != has_expression) {
      problems_.error(element.place, what_ + ": condition with " +
                                         (has_field ? "field= but without expression="
                                                    : "expression= but without field=") +
                                         "; expected both or neither");
    } else if (has_field && condition.field.empty()) {
      problems_.error(element.place, what_ + ": field is empty; expected e.g. destination_number");
    }
    const std::string problem = dialplan::expression_problem(condition.expression);
    if (problem.empty()) return;
    problems_.error(element.place, what_ + ": the expression \"" + condition.expression +
                                       "\" is not a regular expression: " + problem);
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
    for (const auto& [name, value] : element.attributes) {
      if (name == "inline") {
        if (base::is_true(value)) {
          problems_.warning(element.place, what_ + ": inline is not supported yet; " +
                                               *application + " runs when its turn comes");
        }
      } else if (name != "application" && name != "data") {
        unknown_attribute(element, name, {"application", "data"});
      }
    }
    check_application(element, *application);
    actions.push_back({*application, data != nullptr ? *data : element.text});
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

  void leave_out(const Element& element, const std::string& why) {
    left_out_ = true;
    problems_.warning(element.place, what_ + ": " + why +
                                         " is not supported yet; the whole extension is left out");
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

  inline static const std::vector<std::string_view> kTests = {
      "field", "expression", "break", "wday", "time-of-day", "hour",  "minute",   "minute-of-day",
      "year",  "mon",        "mday",  "yday", "week",        "mweek", "date-time"};

  std::string what_;
  Problems& problems_;
  dialplan::Extension extension_;
  bool left_out_ = false;
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
    if (auto read = ExtensionReader(title, problems).read(child)) {
      context.extensions.push_back(std::move(*read));
    }
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
