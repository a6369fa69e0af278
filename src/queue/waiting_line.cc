#include "queue/waiting_line.h"

#include "base/check.h"

namespace queue {

void WaitingLine::add(Place place) {
  CHECK(!contains(place.member));

  places_.insert(place);
  arrival_of_.emplace(place.member, place.virtual_arrival);
}

bool WaitingLine::remove(base::MemberId member) {
  const auto found = arrival_of_.find(member);
  if (found == arrival_of_.end()) return false;

  places_.erase(Place{found->second, member});
  arrival_of_.erase(found);
  return true;
}

}  // namespace queue
