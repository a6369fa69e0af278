#include "call/keys.h"

namespace call {

using base::Archive;

void describe(Archive& archive, DigitBinding& binding) {
  archive.field("realm", binding.realm);
  archive.field("kind", binding.kind);
  archive.field("pattern", binding.pattern);
  archive.field("does", binding.does);
  archive.field("name", binding.name);
  archive.field("data", binding.data);
  archive.field("pressed_by", binding.pressed_by);
  archive.field("executed_by", binding.executed_by);
}

void describe(Archive& archive, TypedKeys& keys) {
  archive.field("realm", keys.realm);
  archive.field("typed", keys.typed);
  archive.field("since", keys.since);
}

void describe(Archive& archive, Keys& keys) {
  archive.field("bindings", keys.bindings);
  archive.field("own", keys.own);
  archive.field("peers", keys.peers);
  archive.field("ahead", keys.ahead);
}

}  // namespace call
