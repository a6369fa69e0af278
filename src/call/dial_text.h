// The ${…} of a dial string (spec/04 §4), put in so that what comes out of a variable stays what it
// is: a caller who calls himself "x},error/USER_BUSY" is a name, not a dial string.
//
//   {name=${value}}         the value is escaped: it stays the value of `name`
//   sofia/internal/${user}  the value is part of an address, and loses what would end the address
//   ${phones}               a value at the beginning of a destination may be a dial string
//   ${function(…)}          what a function answers outside brackets may be a dial string
//
// Text only; the meaning of names is the lookup's.
#pragma once

#include <string>
#include <string_view>

#include "dialplan/expand.h"

namespace call {

// Returns: the dial string with every ${…} replaced, ready for parse_dial_string().
std::string expand_dial_string(std::string_view text, dialplan::Lookup& lookup);

}  // namespace call
