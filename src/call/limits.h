// How much of each resource is in use: what the application `limit` counts (limit.h).
//
// A resource is whatever a dialplan names by a realm and an id. Legs hold it, and of some it is
// counted how many took it within the present interval. Nobody decides here what is too much.
// A resource that nobody holds and whose interval is over is forgotten.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/archive.h"
#include "base/time.h"

namespace call {

// Realm and id may hold what a caller has sent: longer ones count by their beginnings.
inline constexpr std::size_t kLimitTextMax = 128;
// Two for each leg that there may be, and callers of the last interval beside them. When there are
// more, those make room that nobody holds, the next to be forgotten first.
inline constexpr std::size_t kResourcesMax = 50'000;

struct LimitKey {
  std::string realm;
  std::string id;
  auto operator<=>(const LimitKey&) const = default;
};

// What a leg holds.
struct HeldLimit {
  LimitKey key;
  bool ends_with_action = false;  // Until the dialplan's next action (limit_execute).
};

struct LimitUsage {
  std::int64_t held = 0;   // Legs that hold it now.
  std::int64_t taken = 0;  // How often it was taken in the present interval.
  std::optional<base::Instant> interval_ends = {};
};

class Limits {
 public:
  // Whether one more can be counted. Makes room by forgetting, if it has to.
  bool has_room_for(const LimitKey& key, base::Instant now);
  void hold(const LimitKey& key);
  // Nothing happens when it is not held: the self-check looks whether that can be.
  void let_go(const LimitKey& key);
  // Taken once more. An interval begins with the first, and the next one with the first after it.
  void take(const LimitKey& key, base::Duration interval, base::Instant now);

  // The present interval is over.
  void reset_interval(const LimitKey& key);
  // Holds are these and no others; intervals stay as they are.
  void set_held(const std::map<LimitKey, std::int64_t>& held);
  void reset();

  LimitUsage usage(const LimitKey& key, base::Instant now) const;
  std::map<LimitKey, std::int64_t> held() const;
  std::size_t size() const { return used_.size(); }

  friend void describe(base::Archive& archive, Limits& limits);

 private:
  using Used = std::map<LimitKey, LimitUsage>;
  void end_interval(Used::iterator used);
  void forget_if_idle(Used::iterator used);
  void forget_what_is_over(base::Instant now);
  bool forget_next_idle();

  Used used_;
  std::set<std::pair<base::Instant, LimitKey>> intervals_;  // By their ends.
};

void describe(base::Archive& archive, LimitKey& key);
void describe(base::Archive& archive, HeldLimit& held);
void describe(base::Archive& archive, LimitUsage& usage);

}  // namespace call
