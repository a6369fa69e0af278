// The <param name= value=/> children of one element, read by the original's rules (spec/02 §2):
// names in any case, the first occurrence wins, a value that does not fit leaves the default.
//
// A reader asks for each parameter it knows; what nobody asked for is a warning in the end.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/element.h"
#include "config/problem.h"

namespace config {

struct Range {
  std::int64_t lowest = 0;
  std::int64_t highest = 0;
};

class Parameters {
 public:
  // `what` names the owner in problems, e.g. "queue support@default".
  // Lifetime: `owner` and `problems` outlive this.
  Parameters(const Element& owner, std::string what, Problems& problems);

  // Each leaves `target` as it is when the parameter is not written or its value does not fit.
  void text(std::string_view name, std::string& target);
  void integer(std::string_view name, Range range, int& target);
  void boolean(std::string_view name, bool& target);
  // These two are errors when they do not fit: nothing may listen elsewhere than was meant.
  void port(std::string_view name, std::uint16_t& target);
  void address(std::string_view name, std::string& target);

  // The value of a parameter with rules of its own; nullptr when it is not written.
  struct Given {
    std::string value;
    Place place;
  };
  const Given* find(std::string_view name);

  // Parameters that need nothing from us.
  void accept(const std::vector<std::string_view>& names);
  // Parameters that may only be false: true asks for what is not built yet.
  void accept_when_false(const std::vector<std::string_view>& names);
  // Parameters that ask for what is not built yet.
  void not_supported_yet(const std::vector<std::string_view>& names);

  // Warns of the parameters that nobody asked for; of each name once per `warned`.
  void finish(std::set<std::string>& warned);
  void finish();

 private:
  struct Entry {
    std::string name;
    Given given;
    bool asked_for = false;
  };
  void add(const Element& param);

  std::string what_;
  Problems& problems_;
  std::vector<Entry> entries_;
  std::vector<std::string_view> known_;
};

// The original's rule for numbers in XML: digits and dots with an optional sign, then read up to
// the first dot. Returns: false when the text is something else.
bool looks_like_number(std::string_view text);
// True and false words of strict booleans; nullopt for anything else.
std::optional<bool> strict_boolean(std::string_view text);
bool is_ip_literal(const std::string& text);
// Only this machine reaches it.
bool is_loopback(std::string_view address);

}  // namespace config
