// The macros of the section `phrases`: what `phrase:name:data` plays (spec/11 §2).
//
// Values only, validated by config: every pattern compiles, every type of say is known.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/archive.h"

namespace call {

struct PhraseAction {
  enum class Kind { PlayFile, Sleep, Say };
  Kind kind = Kind::PlayFile;
  std::string data;  // May hold $1 and ${…}.
  std::string say_type = {};
  std::string say_method = {};

  bool operator==(const PhraseAction&) const = default;
};

struct PhraseInput {
  std::string pattern;  // PCRE, applied to the data.
  std::vector<PhraseAction> match;
  std::vector<PhraseAction> nomatch;
  bool ends_macro = false;  // break_on_match: inputs behind it are left out when it matches.

  bool operator==(const PhraseInput&) const = default;
};

struct PhraseMacro {
  std::string sound_prefix;  // Of its language: goes before relative names. Empty: none.
  std::vector<PhraseInput> inputs;

  bool operator==(const PhraseMacro&) const = default;
};

using Phrases = std::map<std::string, PhraseMacro>;  // By name.

void describe(base::Archive& archive, PhraseAction& action);
void describe(base::Archive& archive, PhraseInput& input);
void describe(base::Archive& archive, PhraseMacro& macro);

}  // namespace call
