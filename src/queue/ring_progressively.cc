// Strategy ring-progressively: one agent more after each delay, while the earlier ones go on
// ringing; everybody once before anybody twice (spec/03 §6, spec/10 #39).
#include "queue/strategy.h"

namespace queue {
namespace {

std::optional<Stretch> behind_the_members_last(const Queue&, const Member& member) {
  if (!member.last_asked) return std::nullopt;
  Stretch rest;
  rest.from = {member.last_asked->rank, base::AgentId{member.last_asked->agent.value + 1}};
  return rest;
}

}  // namespace

const Strategy kRingProgressively{.name = "ring-progressively",
                                  .rank = by_position,
                                  .beginning = behind_the_members_last,
                                  .approach = Approach::Progressively};

}  // namespace queue
