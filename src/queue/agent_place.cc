#include "queue/agent_place.h"

namespace queue {

void describe(base::Archive& archive, Rank& rank) {
  archive.field("level", rank.level);
  archive.field("first", rank.first);
  archive.field("second", rank.second);
}

void describe(base::Archive& archive, AgentPlace& place) {
  archive.field("rank", place.rank);
  archive.field("agent", place.agent);
}

}  // namespace queue
