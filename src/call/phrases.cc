#include "call/phrases.h"

namespace call {

void describe(base::Archive& archive, PhraseAction& action) {
  archive.field("kind", action.kind);
  archive.field("data", action.data);
  archive.field("say_type", action.say_type);
  archive.field("say_method", action.say_method);
}

void describe(base::Archive& archive, PhraseInput& input) {
  archive.field("pattern", input.pattern);
  archive.field("match", input.match);
  archive.field("nomatch", input.nomatch);
  archive.field("ends_macro", input.ends_macro);
}

void describe(base::Archive& archive, PhraseMacro& macro) {
  archive.field("sound_prefix", macro.sound_prefix);
  archive.field("inputs", macro.inputs);
}

}  // namespace call
