#include "call/script_messages.h"

namespace call {

void describe(base::Archive& archive, StartScript& order) {
  archive.field("script", order.script);
  archive.field("leg", order.leg);
  archive.field("uuid", order.uuid);
  archive.field("command", order.command);
}

void describe(base::Archive& archive, ScriptAnswered& order) {
  archive.field("script", order.script);
  archive.field("question", order.question);
  archive.field("outcome", order.outcome);
}

void describe(base::Archive& archive, LegLeftScript& order) {
  archive.field("script", order.script);
}

void describe(base::Archive& archive, ScriptAsked& report) {
  archive.field("script", report.script);
  archive.field("question", report.question);
  archive.field("uuid", report.uuid);
  archive.field("application", report.application);
  archive.field("data", report.data);
}

void describe(base::Archive& archive, ScriptEnded& report) {
  archive.field("leg", report.leg);
  archive.field("script", report.script);
}

}  // namespace call
