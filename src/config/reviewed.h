// What every part of a review is given (review.h): only for review*.cc.
#pragma once

#include <string>
#include <string_view>

#include "config/element.h"
#include "config/problem.h"
#include "config/review.h"
#include "core/configuration.h"

namespace config {

struct Reviewed {
  const Element& top;  // Of the whole tree.
  const core::Configuration& configuration;
  const ReviewFacts& facts;
  Problems& problems;
};

// Each looks at one part of the tree: a section, a <configuration>, or a <profile>.
void review_dialplan(const Element& section, const Reviewed& reviewed);
void review_directory(const Element& section, const Reviewed& reviewed);
void review_call_center(const Element& configuration, const Reviewed& reviewed);
void review_modules(const Element& configuration, const Reviewed& reviewed);
void review_profile(const Element& profile, const Reviewed& reviewed);
// A configuration that is made elsewhere while the original runs (mod_xml_curl, mod_lua).
void review_bindings(const Element& configuration, const Reviewed& reviewed);

// ---- what several of them look for -------------------------------------------------------------

// True when a text is only known while a call is there.
bool is_open(std::string_view text);
// Names the commands in ${command(…)} that nobody answers.
void review_functions(std::string_view text, const Place& place, const std::string& what,
                      const Reviewed& reviewed);
// Says so when the sound cannot be played; open and empty texts are left alone.
void review_sound(const std::string& source, const Place& place, const std::string& what,
                  const Reviewed& reviewed);

}  // namespace config
