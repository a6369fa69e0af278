// The section `phrases` (and `languages`, as newer directories call it): macros that play several
// sounds, chosen by their data (spec/11 §2).
//
//   <macro name="count"><input pattern="^(\d+)$"><match>
//     <action function="play-file" data="vm-you_have.wav"/>
//     <action function="say" data="$1" type="items" method="pronounced"/>
//   </match><nomatch>…</nomatch></input></macro>
//
// Macros stand below <macros>, <phrases> or <language>, in any depth.
#pragma once

#include "call/phrases.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

void read_phrases(const Element& section, call::Phrases& phrases, Problems& problems);

}  // namespace config
