#include "call/callcenter.h"

#include <utility>

#include "base/text.h"
#include "call/application_stack.h"
#include "call/channel_data.h"
#include "call/inbound.h"
#include "call/lookup.h"
#include "call/place_announcement.h"
#include "call/sounds.h"

namespace call {
namespace {

// The first word, which may stand in single quotes or hold blanks behind backslashes (spec/05 §1).
std::string first_word(std::string_view text) {
  text = base::trim(text);
  std::string word;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) {
      word += text[++i];
    } else if (text[i] == '\'') {
      quoted = !quoted;
    } else if (text[i] == ' ' && !quoted) {
      break;
    } else {
      word += text[i];
    }
  }
  return word;
}

queue::MemberJoined joining(const Turn& turn, const Leg& leg, std::string queue) {
  queue::MemberJoined report;
  report.leg = leg.id;
  report.queue = std::move(queue);
  report.session_uuid = leg.uuid;
  report.cid_number = variable_or_field(leg, "caller_id_number").value_or("");
  report.cid_name = variable_or_field(leg, "caller_id_name").value_or("");
  report.dnis = leg.caller.redirected_from;
  // A queue that exists answers the call in this turn; one that does not leaves it as it is.
  report.answered_at = leg.answered_at.value_or(turn.now);
  report.base_score = base::lenient_integer(leg.variables.get("cc_base_score"));
  return report;
}

// The leg that waits for this answer of the queue engine; nullptr when it waits no more.
Leg* joining_leg(const Turn& turn, base::LegId id) {
  Leg* leg = turn.leg(id);
  if (leg == nullptr) return nullptr;
  const InQueue* waiting = std::get_if<InQueue>(&leg->execution.running);
  return waiting != nullptr && !waiting->member ? leg : nullptr;
}

Leg* waiting_leg(const Turn& turn, base::LegId id, base::MemberId member) {
  Leg* leg = turn.leg(id);
  if (leg == nullptr) return nullptr;
  const InQueue* waiting = std::get_if<InQueue>(&leg->execution.running);
  return waiting != nullptr && waiting->member == member ? leg : nullptr;
}

void play_music(Turn& turn, Leg& leg) {
  const std::string music = std::get<InQueue>(leg.execution.running).music;
  if (!music.empty()) play_sound(turn, leg, music, Repeat::ForEver);
}

}  // namespace

void run_callcenter(Turn& turn, Surroundings&, Leg& leg, const std::string& data) {
  std::string queue = first_word(data);
  if (queue.empty()) return turn.warn(leg, leg.name + ": callcenter without a queue");
  leg.execution.running = InQueue{.queue = queue, .member = {}, .member_uuid = {}};
  turn.out.emplace_back(joining(turn, leg, std::move(queue)));
}

void admit_member(Turn& turn, Surroundings& around, const queue::AdmitMember& command) {
  Leg* leg = joining_leg(turn, command.leg);
  if (leg == nullptr || leg->is_ending()) {
    turn.out.emplace_back(queue::MemberLeft{command.member, queue::ExitCause::BreakOut});
    return;
  }
  answer_leg(turn, *leg);
  leg->execution.running = InQueue{command.queue, command.member, command.member_uuid};
  leg->variables.set("cc_side", "member");
  leg->variables.set("cc_member_uuid", command.member_uuid);
  leg->variables.unset("cc_agent_found");
  leg->variables.unset("cc_agent_bridged");
  leg->variables.set("cc_queue_joined_epoch", turn.epoch());
  leg->variables.set("cc_queue", command.queue);

  const std::string* own = leg->variables.find("cc_moh_override");
  const std::string music =
      expand_for(turn, around, *leg, own != nullptr ? *own : command.moh_sound);
  if (leg->is_ending()) return;  // A function in the music's text may have ended it.
  std::get<InQueue>(leg->execution.running).music = music;
  play_music(turn, *leg);
  begin_place_announcements(turn, around, *leg);
}

void play_announcement(Turn& turn, const queue::PlayAnnouncement& command) {
  Leg* leg = waiting_leg(turn, command.leg, command.member);
  if (leg == nullptr || leg->is_ending()) return;
  InQueue& waiting = std::get<InQueue>(leg->execution.running);
  if (waiting.has_bad_announcement) return;
  if (leg->asides.playing) {
    // It waits for its turn, as the sounds before it do.
    play_aside(turn, *leg, command.sound);
    return;
  }
  waiting.announcement = play_sound(turn, *leg, command.sound, Repeat::Once);
}

void sound_in_queue_ended(Turn& turn, Leg& leg, const PlaybackEnded& report) {
  InQueue& waiting = std::get<InQueue>(leg.execution.running);
  if (!waiting.announcement || waiting.announcement != report.playback) return;
  waiting.announcement = {};
  waiting.has_bad_announcement = report.how == PlaybackEnded::How::Unplayable;
  play_music(turn, leg);
}

void refuse_member(Turn& turn, Surroundings& around, const queue::RefuseMember& command) {
  Leg* leg = joining_leg(turn, command.leg);
  if (leg == nullptr) return;
  turn.warn(*leg, leg->name + ": there is no queue " + command.queue);
  application_over(turn, around, *leg);
}

void release_member(Turn& turn, const queue::ReleaseMember& command) {
  Leg* leg = waiting_leg(turn, command.leg, command.member);
  if (leg == nullptr || leg->is_ending()) return;
  stop_sound(turn, *leg);
  turn.out.emplace_back(Continue{leg->id, Continue::What::LeaveQueue, command.cause});
}

void finish_member(Turn& turn, const queue::FinishMember& command) {
  Leg* leg = turn.leg(command.leg);
  if (leg == nullptr || leg->is_ending()) return;
  leg->variables.set("cc_queue_terminated_epoch", turn.epoch());
}

void digit_in_queue(Turn& turn, Leg& leg, const std::string& digit) {
  const InQueue& waiting = std::get<InQueue>(leg.execution.running);
  if (!waiting.member || digit.empty()) return;
  if (leg.variables.get("cc_exit_keys").find(digit) == std::string_view::npos) return;
  leg.variables.set("cc_exit_key", digit);
  stop_sound(turn, leg);
  turn.out.emplace_back(queue::MemberLeft{waiting.member, queue::ExitCause::ExitWithKey});
  turn.out.emplace_back(
      Continue{leg.id, Continue::What::LeaveQueue, queue::ExitCause::ExitWithKey});
}

void set_leaving_variables(const Turn& turn, Leg& leg, queue::ExitCause cause) {
  leg.variables.unset("cc_agent_found");
  leg.variables.set("cc_queue_canceled_epoch", turn.epoch());
  leg.variables.set("cc_cause", "cancel");
  leg.variables.set("cc_cancel_reason", queue::to_text(cause));
}

}  // namespace call
