// What a condition of the dialplan asks: field, expression and times, also of its <regex> elements.
//
// Mistakes are errors: a test that is not understood would hold always, and open doors.
#pragma once

#include <string>
#include <utility>

#include "config/element.h"
#include "config/problem.h"
#include "dialplan/dialplan.h"

namespace config {

class TestReader {
 public:
  // `what` names the extension in problems. Lifetime: `problems` outlives the reader.
  TestReader(std::string what, Problems& problems) : what_(std::move(what)), problems_(problems) {}

  // Takes one attribute of an element into the test that it stands for.
  void take(const Element& element, const std::pair<std::string, std::string>& attribute,
            dialplan::Test& test);
  // After the last: whether the parts fit together.
  void check(const Element& element, const dialplan::Test& test);
  // A whole <regex> element.
  dialplan::Test read(const Element& element);

 private:
  void take_offset(const Element& element, const std::string& value, dialplan::Test& test);
  void take_time(const Element& element, dialplan::TimeTest time, dialplan::Test& test);

  std::string what_;
  Problems& problems_;
};

}  // namespace config
