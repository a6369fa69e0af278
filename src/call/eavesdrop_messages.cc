#include "call/eavesdrop_messages.h"

namespace call {

void describe(base::Archive& archive, StartEavesdropping& order) {
  archive.field("leg", order.leg);
  archive.field("watched", order.watched);
  archive.field("heard_by", order.heard_by);
}

void describe(base::Archive& archive, StopEavesdropping& order) {
  archive.field("leg", order.leg);
}

}  // namespace call
