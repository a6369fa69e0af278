#include "call/digit_actions.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "call/digit_matching.h"
#include "call/digits.h"
#include "call/requests.h"
#include "dialplan/expression.h"

namespace call {
namespace {

using Side = DigitBinding::Side;

constexpr std::string_view kExecute = "exec:";
constexpr std::string_view kRunCommand = "api:";
constexpr std::string_view kKeys = "0123456789*#ABCDabcd";
constexpr std::string_view kAll = "all";
constexpr std::string_view kNone = "none";
// Between two keys, unless bind_digit_digit_timeout says another time.
constexpr std::chrono::milliseconds kDigitTimeout{1500};
constexpr std::int64_t kTimeoutMsMax = 600'000;

void warn_of(Turn& turn, const Leg& leg, std::string_view application, std::string_view data,
             const std::string& why) {
  constexpr std::size_t kShownMax = 200;
  turn.warn(leg, leg.name + ": " + std::string(application) + " " +
                     std::string(data.substr(0, kShownMax)) + ": " + why);
}

// nullopt: the word names no leg.
std::optional<Side> side_of(std::string_view word) {
  const std::string leg = base::to_lower(base::trim(word));
  if (leg == "peer" || leg == "bleg") return Side::Peer;
  if (leg == "both") return Side::Both;
  if (leg.empty() || leg == "self" || leg == "aleg") return Side::Self;
  return std::nullopt;
}

// ---- bind_digit_action --------------------------------------------------------------------------

struct Words {
  std::vector<std::string> fixed;  // Realm, keys, what to do, and its data.
  std::string pressed_by;
  std::string executed_by;
};

// REALM,KEYS,WHAT[,DATA[,LEG[,LEG]]]. Commas in the data belong to it as long as the words behind
// them name legs.
Words words_of(std::string_view data) {
  constexpr std::size_t kFixed = 4;
  auto words = base::split(data, ',');
  Words found;
  std::size_t legs = 0;
  while (legs < 2 && words.size() - legs > kFixed) {
    const bool has_spare_commas = words.size() > kFixed + 2;
    if (has_spare_commas && !side_of(words[words.size() - 1 - legs])) break;
    ++legs;
  }
  if (legs > 0) found.pressed_by = words[words.size() - legs];
  if (legs > 1) found.executed_by = words.back();
  words.resize(words.size() - legs);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i < kFixed) {
      found.fixed.push_back(std::move(words[i]));
    } else {
      found.fixed.back() += "," + words[i];
    }
  }
  return found;
}

Side side_or_self(Turn& turn, const Leg& leg, const std::string& data, std::string_view word) {
  const auto side = side_of(word);
  if (side) return *side;
  warn_of(turn, leg, "bind_digit_action", data,
          std::string(word) + " is neither self, peer nor both; self is taken");
  return Side::Self;
}

// Why they cannot be bound; empty: they can.
std::string take_keys(DigitBinding& binding, std::string_view keys) {
  if (keys.substr(0, 1) == "~") {
    binding.kind = DigitBinding::Pattern::Expression;
    binding.pattern = keys.substr(1);
    if (binding.pattern.empty()) return "no expression behind the ~";
    const auto compiled = dialplan::Expression::compile(binding.pattern);
    return compiled ? std::string() : "bad expression: " + compiled.error();
  }
  if (keys.empty()) return "no digits";
  if (keys.size() > kHeldKeysMax) return "too many digits";
  if (keys.find_first_not_of(kKeys) != std::string_view::npos) {
    return "digits are 0-9 * # A-D; an expression has ~ in front";
  }
  for (const char key : keys) {
    binding.pattern += key >= 'a' ? static_cast<char>(key - 'a' + 'A') : key;
  }
  return {};
}

// Why it cannot be done; empty: it can.
std::string take_deed(DigitBinding& binding, std::string_view what) {
  if (what.substr(0, kExecute.size()) == kExecute) {
    binding.name = base::trim(what.substr(kExecute.size()));
  } else if (what.substr(0, kRunCommand.size()) == kRunCommand) {
    binding.does = DigitBinding::Does::RunCommand;
    binding.name = base::trim(what.substr(kRunCommand.size()));
  }
  return binding.name.empty() ? "the third word is to be exec:APPLICATION or api:COMMAND"
                              : std::string();
}

// ---- matching -----------------------------------------------------------------------------------

// Whose keys of which leg's bindings are looked at.
struct Machine {
  base::LegId holder;
  Side side;  // Self: the holder's own keys; Peer: those of its partner.
};

TypedKeys& typed_of(Leg& holder, Side side) {
  return side == Side::Self ? holder.keys.own : holder.keys.peers;
}

Purpose purpose_of(const Machine& machine) {
  return Purpose::of(machine.side == Side::Self ? Purpose::Kind::OwnKeys : Purpose::Kind::PeersKeys,
                     machine.holder);
}

std::vector<const DigitBinding*> active_bindings(const Leg& holder, Side side) {
  const std::string& realm = side == Side::Self ? holder.keys.own.realm : holder.keys.peers.realm;
  std::vector<const DigitBinding*> active;
  if (realm.empty()) return active;
  for (const DigitBinding& binding : holder.keys.bindings) {
    const bool is_looked_at = binding.pressed_by == side || binding.pressed_by == Side::Both;
    if (binding.realm == realm && is_looked_at) active.push_back(&binding);
  }
  return active;
}

std::chrono::milliseconds ms_of(const Leg& leg, std::string_view name,
                                std::chrono::milliseconds otherwise) {
  const auto ms = base::lenient_integer(leg.variables.get(name));
  return ms <= 0 ? otherwise : std::chrono::milliseconds(std::min(ms, kTimeoutMsMax));
}

void wait_for_more(Turn& turn, Leg& holder, const Machine& machine) {
  using std::chrono::milliseconds;
  base::Instant until = turn.now + ms_of(holder, "bind_digit_digit_timeout", kDigitTimeout);
  const milliseconds whole = ms_of(holder, "bind_digit_input_timeout", milliseconds(0));
  if (whole > milliseconds(0)) {
    until = std::min(until, std::max(turn.now, typed_of(holder, machine.side).since + whole));
  }
  turn.state.deadlines.arm(purpose_of(machine), until);
}

void execute_on(Turn& turn, Surroundings& around, base::LegId id, const DigitBinding& binding) {
  Leg* leg = turn.leg(id);
  if (leg == nullptr || leg->is_ending()) return;
  const auto done = request_execution(turn, around, *leg, {binding.name, binding.data, 1});
  if (done == Requested::Done) return;
  warn_of(turn, *leg, "bind_digit_action", "exec:" + binding.name + "," + binding.data,
          "it cannot be run now");
}

void carry_out(Turn& turn, Surroundings& around, Leg& holder, const DigitBinding& binding) {
  if (binding.does == DigitBinding::Does::RunCommand) {
    const bool has_data = !binding.data.empty();
    static_cast<void>(around.run_api(binding.name + (has_data ? " " + binding.data : "")));
    return;
  }
  const base::LegId id = holder.id;
  const base::LegId partner = holder.bridge;
  if (binding.executed_by != Side::Peer) execute_on(turn, around, id, binding);
  if (binding.executed_by == Side::Self) return;
  if (!partner) {
    return warn_of(turn, holder, "bind_digit_action", "exec:" + binding.name,
                   "there is no other party");
  }
  execute_on(turn, around, partner, binding);
}

// Whether further keys are waited for.
enum class MoreKeys { Possible, None };

void settle(Turn& turn, Surroundings& around, const Machine& machine, MoreKeys more);

// Keys that led to nothing here.
void pass_on(Turn& turn, Surroundings& around, const Machine& machine, const std::string& digit) {
  Leg* holder = turn.leg(machine.holder);
  Leg* pressed_by = machine.side == Side::Self ? holder : turn.leg(holder->bridge);
  if (pressed_by == nullptr || pressed_by->is_ending()) return;
  Leg* partner = machine.side == Side::Self ? turn.leg(pressed_by->bridge) : nullptr;
  if (partner == nullptr || active_bindings(*partner, Side::Peer).empty()) {
    return deliver_digit(turn, around, *pressed_by, digit);
  }
  TypedKeys& keys = partner->keys.peers;
  if (keys.typed.empty()) keys.since = turn.now;
  keys.typed += digit;
  settle(turn, around, {partner->id, Side::Peer}, MoreKeys::Possible);
}

// Returns: whether there is more to settle.
bool settle_once(Turn& turn, Surroundings& around, const Machine& machine, MoreKeys more) {
  Leg* holder = turn.leg(machine.holder);
  if (holder == nullptr || holder->is_ending()) return false;
  TypedKeys& keys = typed_of(*holder, machine.side);
  turn.state.deadlines.cancel(purpose_of(machine));
  if (keys.typed.empty()) return false;
  const Fit fit = fit_of(active_bindings(*holder, machine.side), keys.typed);
  if (more == MoreKeys::Possible && fit.may_grow) {
    wait_for_more(turn, *holder, machine);
    return false;
  }
  const std::string taken = keys.typed.substr(0, std::max<std::size_t>(fit.length, 1));
  keys.typed.erase(0, taken.size());
  if (fit.binding == nullptr) {
    pass_on(turn, around, machine, taken);
    return true;
  }
  // What it does may take the bindings away.
  const DigitBinding binding = *fit.binding;
  holder->variables.set("last_matching_digits", taken);
  carry_out(turn, around, *holder, binding);
  return true;
}

void settle(Turn& turn, Surroundings& around, const Machine& machine, MoreKeys more) {
  while (settle_once(turn, around, machine, more)) {
  }
}

// "REALM[,LEG]"
struct RealmAndSide {
  std::string realm;
  std::optional<Side> side;  // None: both.
};

RealmAndSide realm_of(Turn& turn, const Leg& leg, std::string_view application,
                      const std::string& data) {
  const auto words = base::split(data, ',');
  RealmAndSide found{std::string(base::trim(words[0])), {}};
  if (words.size() < 2) return found;
  found.side = side_of(words[1]);
  if (!found.side) {
    warn_of(turn, leg, application, data,
            words[1] + " is neither self, peer nor both; self is taken");
    found.side = Side::Self;
  }
  return found;
}

bool concerns(const std::optional<Side>& wanted, Side side) {
  return !wanted || *wanted == side || *wanted == Side::Both;
}

}  // namespace

void run_bind_digit_action(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  Words words = words_of(data);
  const auto refuse = [&](const std::string& why) {
    warn_of(turn, leg, "bind_digit_action", data, why + "; nothing is bound");
  };
  if (words.fixed.size() < 3) return refuse("REALM,DIGITS,exec:APPLICATION[,DATA] is expected");
  DigitBinding binding;
  binding.realm = base::trim(words.fixed[0]);
  if (binding.realm.empty()) return refuse("no realm");
  for (const std::string& why : {take_keys(binding, base::trim(words.fixed[1])),
                                 take_deed(binding, base::trim(words.fixed[2]))}) {
    if (!why.empty()) return refuse(why);
  }
  if (words.fixed.size() > 3) binding.data = std::move(words.fixed[3]);
  binding.pressed_by = side_or_self(turn, leg, data, words.pressed_by);
  binding.executed_by = side_or_self(turn, leg, data, words.executed_by);
  auto& bindings = leg.keys.bindings;
  // The same keys again have a new meaning.
  std::erase_if(bindings, [&](const DigitBinding& old) {
    return old.realm == binding.realm && old.kind == binding.kind &&
           old.pattern == binding.pattern && old.pressed_by == binding.pressed_by;
  });
  if (bindings.size() >= kDigitBindingsMax) return refuse("too many bindings");
  bindings.push_back(std::move(binding));
}

void run_digit_action_set_realm(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  RealmAndSide wanted = realm_of(turn, leg, "digit_action_set_realm", data);
  const auto& bindings = leg.keys.bindings;
  if (base::equal_ignoring_case(wanted.realm, kNone)) wanted.realm.clear();
  const bool is_known = wanted.realm.empty() ||
                        std::any_of(bindings.begin(), bindings.end(), [&](const auto& binding) {
                          return binding.realm == wanted.realm;
                        });
  if (!is_known || base::trim(data).empty()) {
    return warn_of(turn, leg, "digit_action_set_realm", data, "nothing is bound in such a realm");
  }
  for (const Side side : {Side::Self, Side::Peer}) {
    if (concerns(wanted.side, side)) typed_of(leg, side).realm = wanted.realm;
  }
}

void run_clear_digit_action(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  const RealmAndSide wanted = realm_of(turn, leg, "clear_digit_action", data);
  if (wanted.realm.empty()) {
    return warn_of(turn, leg, "clear_digit_action", data, "a realm or all is expected");
  }
  const bool clears_all = base::equal_ignoring_case(wanted.realm, kAll);
  const auto is_meant = [&](const std::string& realm) {
    return clears_all || realm == wanted.realm;
  };
  for (const Side side : {Side::Self, Side::Peer}) {
    if (!concerns(wanted.side, side)) continue;
    TypedKeys& keys = typed_of(leg, side);
    if (is_meant(keys.realm)) {
      keys = {};
      turn.state.deadlines.cancel(purpose_of({leg.id, side}));
    }
    for (DigitBinding& binding : leg.keys.bindings) {
      if (binding.pressed_by != Side::Both || !is_meant(binding.realm)) continue;
      // Half of it is left, for the next round to take or to keep.
      binding.pressed_by = side == Side::Self ? Side::Peer : Side::Self;
    }
    std::erase_if(leg.keys.bindings, [&](const DigitBinding& binding) {
      return is_meant(binding.realm) && binding.pressed_by == side;
    });
  }
}

void match_digit(Turn& turn, Surroundings& around, Leg& leg, const std::string& digit) {
  const Machine machine{leg.id, Side::Self};
  if (active_bindings(leg, Side::Self).empty() && leg.keys.own.typed.empty()) {
    return pass_on(turn, around, machine, digit);
  }
  if (leg.keys.own.typed.empty()) leg.keys.own.since = turn.now;
  leg.keys.own.typed += digit;
  settle(turn, around, machine, MoreKeys::Possible);
}

void own_keys_due(Turn& turn, Surroundings& around, Leg& leg) {
  settle(turn, around, {leg.id, Side::Self}, MoreKeys::None);
}

void peers_keys_due(Turn& turn, Surroundings& around, Leg& leg) {
  settle(turn, around, {leg.id, Side::Peer}, MoreKeys::None);
}

}  // namespace call
