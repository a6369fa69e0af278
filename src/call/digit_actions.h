// Keys that are bound to something, whatever the leg does meanwhile: bind_digit_action,
// digit_action_set_realm, clear_digit_action (spec/08 §2).
//
// Keys are held back as long as they may become a longer binding of the active realm. The longest
// that fits wins, at once when nothing longer is possible, else when no further key follows in time
// (bind_digit_digit_timeout, bind_digit_input_timeout). Keys that lead to nothing go where they
// would have gone.
#pragma once

#include <string>

#include "call/surroundings.h"
#include "call/turn.h"

namespace call {

// More bindings of one leg are refused; menus of phones have a dozen.
inline constexpr std::size_t kDigitBindingsMax = 100;

void run_bind_digit_action(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);
void run_digit_action_set_realm(Turn& turn, Surroundings& around, Leg& leg,
                                const std::string& data);
void run_clear_digit_action(Turn& turn, Surroundings& around, Leg& leg, const std::string& data);

// A key of this leg: what it and its partner have bound is done, the others go on
// (deliver_digit() of digits.h).
void match_digit(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit);

// No further key has followed: the deadlines OwnKeys and PeersKeys.
void own_keys_due(Turn& turn, Surroundings& around, Leg& leg);
void peers_keys_due(Turn& turn, Surroundings& around, Leg& leg);

}  // namespace call
