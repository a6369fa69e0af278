#include "config/condition_tests.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "config/names.h"
#include "dialplan/local_time.h"
#include "dialplan/routing.h"
#include "dialplan/time_zone.h"

namespace config {
namespace {

const std::vector<std::string_view> kTests = {
    "field", "expression",     "break",         "wday",  "time-of-day",
    "hour",  "minute",         "minute-of-day", "year",  "mon",
    "mday",  "yday",           "week",          "mweek", "date-time",
    "regex", "require-nested", "tz-offset",     "dst"};

}  // namespace

void TestReader::take(const Element& element, const std::pair<std::string, std::string>& attribute,
                      dialplan::Test& test) {
  const auto& [name, value] = attribute;
  if (name == "field") {
    test.field = value;
  } else if (name == "expression") {
    test.expression = value;
  } else if (name == "tz-offset") {
    take_offset(element, value, test);
  } else if (dialplan::is_time_attribute(name)) {
    take_time(element, {name, value}, test);
  } else {
    // A mistyped test would hold always: better no server than open doors.
    problems_.error(element.place, what_ + ": unknown attribute " + name +
                                       " of a condition; expected field, expression, break or a "
                                       "time such as wday or time-of-day" +
                                       did_you_mean(name, kTests));
  }
}

void TestReader::check(const Element& element, const dialplan::Test& test) {
  const bool has_field = element.attribute("field") != nullptr;
  const bool has_expression = element.attribute("expression") != nullptr ||
                              std::any_of(element.children.begin(), element.children.end(),
                                          [](const Element& e) { return e.name == "expression"; });
  if (has_field != has_expression) {
    problems_.error(element.place, what_ + ": condition with " +
                                       (has_field ? "field= but without expression="
                                                  : "expression= but without field=") +
                                       "; expected both or neither");
  } else if (has_field && test.field.empty()) {
    problems_.error(element.place, what_ + ": field is empty; expected e.g. destination_number");
  }
  const std::string problem = dialplan::expression_problem(test.expression);
  if (problem.empty()) return;
  problems_.error(element.place, what_ + ": the expression \"" + test.expression +
                                     "\" is not a regular expression: " + problem);
}

dialplan::Test TestReader::read(const Element& element) {
  dialplan::Test test;
  for (const auto& attribute : element.attributes) {
    take(element, attribute, test);
  }
  for (const auto& child : element.children) {
    if (child.name == "expression") {
      test.expression = child.text;
    } else {
      problems_.warning(child.place, what_ + ": unknown element <" + child.name +
                                         "> is ignored; expected <expression>");
    }
  }
  check(element, test);
  return test;
}

void TestReader::take_offset(const Element& element, const std::string& value,
                             dialplan::Test& test) {
  const auto hours = base::parse_integer(base::trim(value));
  if (hours && std::abs(*hours) <= dialplan::kOffsetHoursMax) {
    test.utc_offset_hours = static_cast<int>(*hours);
    return;
  }
  problems_.error(element.place, what_ + ": tz-offset is \"" + value +
                                     "\", expected the hours ahead of UTC, e.g. -5");
}

void TestReader::take_time(const Element& element, dialplan::TimeTest time, dialplan::Test& test) {
  if (const std::string problem = dialplan::problem_of(time); !problem.empty()) {
    problems_.error(element.place,
                    what_ + ": " + time.attribute + " is \"" + time.value + "\", " + problem);
    return;
  }
  test.times.push_back(std::move(time));
}

}  // namespace config
