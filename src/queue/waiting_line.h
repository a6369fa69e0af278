// The members who wait in one queue, best first.
//
// Every score grows at the same rate, so the order of those who wait never changes by waiting:
// sorting by *virtual arrival* (joined − credit) makes that visible. The line holds ids only;
// whether an agent may serve a member is not its question.
#pragma once

#include <compare>
#include <map>
#include <set>

#include "base/ids.h"
#include "base/time.h"

namespace queue {

// A member's rank over all queues: earlier virtual arrival first, then who joined first.
struct Place {
  base::Instant virtual_arrival;
  base::MemberId member;

  auto operator<=>(const Place&) const = default;
};

class WaitingLine {
 public:
  // Requires: the member is not in the line.
  void add(Place place);

  // Returns: false when the member was not in the line.
  bool remove(base::MemberId member);

  bool contains(base::MemberId member) const { return arrival_of_.contains(member); }

  // Best first.
  const std::set<Place>& places() const { return places_; }

  bool operator==(const WaitingLine&) const = default;

 private:
  std::set<Place> places_;
  std::map<base::MemberId, base::Instant> arrival_of_;
};

}  // namespace queue
