// What ${…} means on a leg: its variables, the fields of its profile, the globals, and the API's
// functions (spec/11 §4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "call/surroundings.h"
#include "call/turn.h"
#include "dialplan/expand.h"

namespace call {

class LegLookup : public dialplan::Lookup {
 public:
  // Lifetime: turn, surroundings and leg outlive the lookup.
  LegLookup(const Turn& turn, Surroundings& around, const Leg& leg)
      : turn_(turn), around_(around), leg_(leg) {}

  // A name that stands before the leg's own: dialed_user in a directory's dial-string.
  void add(std::string_view name, std::string_view value) { extra_.set(name, value); }

  std::optional<std::string> variable(std::string_view name) override;
  std::string function(std::string_view name, std::string_view arguments) override;

 private:
  const Turn& turn_;
  Surroundings& around_;
  const Leg& leg_;
  Variables extra_;
};

// `text` with ${…} replaced, as this leg sees it now.
std::string expand_for(const Turn& turn, Surroundings& around, const Leg& leg,
                       std::string_view text);

}  // namespace call
