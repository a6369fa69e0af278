// Sources of sound that are made of prompts: `phrase:NAME[:DATA]`, `say:…`, and either between the
// ! of a file_string. They become the files that media plays when the sound begins, so that a time
// is the time of that moment.
//
//   say:en number pronounced 42       as the application `say` takes it
//   say:en:number:pronounced:42       the same where blanks would separate something else
//   say:42                            a whole number
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "call/phrases.h"
#include "call/say.h"
#include "dialplan/expand.h"

namespace call {

// Whether media cannot play the source before it is spelled out.
bool is_spoken(std::string_view source);

// What the words of one listener depend on.
struct Speech {
  const Phrases& phrases;
  const SayClock& clock;
  dialplan::Lookup& variables;
};

// Returns: a file_string, or a single name; or why there is nothing to play.
base::Result<std::string> spell_out(std::string_view source, const Speech& speech);

// Why the source can never be spelled out, as far as can be told without a call; empty: it can be.
std::string problem_of_spoken(std::string_view source, const Phrases& phrases);

}  // namespace call
