#include "config/phrases_section.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "call/say.h"
#include "config/parameters.h"
#include "dialplan/expression.h"

namespace config {
namespace {

constexpr std::string_view kFunctions = "play-file, sleep, say or execute with sleep(MS)";

std::string attribute_or_nothing(const Element& element, std::string_view name) {
  const std::string* const value = element.attribute(name);
  return value == nullptr ? std::string() : *value;
}

class Reader {
 public:
  Reader(call::Phrases& phrases, Problems& problems) : phrases_(phrases), problems_(problems) {}

  // `prefix` is where the sounds of the language lie.
  void read(const Element& element, const std::string& prefix) {
    for (const auto& child : element.children) {
      if (child.name == "macro") {
        read_macro(child, prefix);
      } else if (child.name == "language") {
        const std::string* own = child.attribute("sound-prefix");
        if (own == nullptr) own = child.attribute("sound-path");
        read(child, own == nullptr ? prefix : *own);
      } else if (child.name == "macros" || child.name == "phrases") {
        read(child, prefix);
      } else {
        problems_.warning(child.place, "<" + child.name + "> in <" + element.name +
                                           "> is ignored; expected <language>, <macros> or "
                                           "<macro name=…>");
      }
    }
  }

  // One line for all of them: a directory of the original has hundreds.
  void finish() {
    if (spoken_ == 0) return;
    problems_.warning(first_spoken_, std::to_string(spoken_) +
                                         " actions of phrase macros want text to speech, which is "
                                         "not there; they say nothing. This is the first");
  }

 private:
  void read_macro(const Element& element, const std::string& prefix) {
    const std::string name = attribute_or_nothing(element, "name");
    if (name.empty()) {
      problems_.error(element.place, "<macro> without name=; expected e.g. name=\"msgcount\"");
      return;
    }
    what_ = "macro " + name;
    call::PhraseMacro macro{prefix, {}};
    for (const auto& child : element.children) {
      if (child.name == "input") {
        read_input(child, macro);
      } else {
        unknown(child, "<input pattern=…>");
      }
    }
    if (!phrases_.emplace(name, std::move(macro)).second) {
      problems_.warning(element.place, what_ + " is defined twice; the first one is used");
    }
  }

  void read_input(const Element& element, call::PhraseMacro& macro) {
    call::PhraseInput input;
    input.pattern = attribute_or_nothing(element, "pattern");
    const std::string* const ends = element.attribute("break_on_match");
    input.ends_macro = ends != nullptr && base::is_true(*ends);
    const auto expression = dialplan::Expression::compile(input.pattern);
    if (!expression) {
      problems_.error(element.place,
                      what_ + ": pattern " + input.pattern + ": " + expression.error());
      return;
    }
    for (const auto& child : element.children) {
      if (child.name == "match") {
        read_actions(child, input.match);
      } else if (child.name == "nomatch") {
        read_actions(child, input.nomatch);
      } else {
        unknown(child, "<match> or <nomatch>");
      }
    }
    macro.inputs.push_back(std::move(input));
  }

  void read_actions(const Element& element, std::vector<call::PhraseAction>& actions) {
    for (const auto& child : element.children) {
      if (child.name != "action") {
        unknown(child, "<action function=… data=…/>");
      } else if (auto action = read_action(child)) {
        actions.push_back(std::move(*action));
      }
    }
  }

  std::optional<call::PhraseAction> read_action(const Element& element) {
    const std::string function = base::to_lower(attribute_or_nothing(element, "function"));
    const std::string data = attribute_or_nothing(element, "data");
    using Kind = call::PhraseAction::Kind;
    if (function == "play-file") return call::PhraseAction{Kind::PlayFile, data};
    if (function == "sleep") return pause_of(element, data);
    if (function == "say") return say(element, data);
    if (function == "execute" && data.starts_with("sleep(") && data.ends_with(")")) {
      return pause_of(element, data.substr(6, data.size() - 7));
    }
    if (function == "speak-text") {
      if (spoken_++ == 0) first_spoken_ = element.place;
      return std::nullopt;
    }
    problems_.warning(element.place, what_ + ": function " + function +
                                         (function == "execute" ? " of " + data : std::string()) +
                                         " is left out; known are " + std::string(kFunctions));
    return std::nullopt;
  }

  std::optional<call::PhraseAction> pause_of(const Element& element, const std::string& ms) {
    // It may come out of the data.
    if (!looks_like_number(ms) && ms.find('$') == std::string::npos) {
      problems_.warning(element.place,
                        what_ + ": sleep of \"" + ms + "\", expected milliseconds; it is left out");
      return std::nullopt;
    }
    return call::PhraseAction{call::PhraseAction::Kind::Sleep, ms};
  }

  std::optional<call::PhraseAction> say(const Element& element, const std::string& data) {
    const std::string type = attribute_or_nothing(element, "type");
    if (!call::is_say_type(type)) {
      problems_.warning(element.place, what_ + ": say of type \"" + type +
                                           "\" is not known and left out; expected one such as "
                                           "number, items, time_measurement or current_time");
      return std::nullopt;
    }
    return call::PhraseAction{call::PhraseAction::Kind::Say, data, type,
                              attribute_or_nothing(element, "method")};
  }

  void unknown(const Element& element, const std::string& expected) {
    problems_.warning(element.place,
                      what_ + ": <" + element.name + "> is ignored; expected " + expected);
  }

  call::Phrases& phrases_;
  Problems& problems_;
  std::string what_;
  std::size_t spoken_ = 0;
  Place first_spoken_;
};

}  // namespace

void read_phrases(const Element& section, call::Phrases& phrases, Problems& problems) {
  Reader reader(phrases, problems);
  reader.read(section, {});
  reader.finish();
}

}  // namespace config
