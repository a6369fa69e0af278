#include "call/recording_template.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "call/channel_data.h"
#include "call/lookup.h"
#include "call/recording.h"
#include "call/recording_path.h"

namespace call {
namespace {

// Variables and fields whose text the caller chooses, beside those that a SIP message names.
constexpr std::array<std::string_view, 12> kCallersWords = {"ani",
                                                            "caller_id_name",
                                                            "caller_id_number",
                                                            "channel_name",
                                                            "chan_name",
                                                            "destination_number",
                                                            "effective_caller_id_name",
                                                            "effective_caller_id_number",
                                                            "orig_caller_id_name",
                                                            "orig_caller_id_number",
                                                            "rdnis",
                                                            "username"};

bool is_the_callers(std::string_view name) {
  const std::string low = base::to_lower(name);
  return low.rfind("sip_", 0) == 0 ||
         std::find(kCallersWords.begin(), kCallersWords.end(), low) != kCallersWords.end();
}

// What the caller says of itself never leads into another folder than the template names.
class NameLookup : public LegLookup {
 public:
  using LegLookup::LegLookup;

  std::optional<std::string> variable(std::string_view name) override {
    auto value = LegLookup::variable(name);
    if (value && is_the_callers(name)) return as_part_of_name(*value);
    return value;
  }
};

std::string_view template_of(const Surroundings& around, const Offer& offer) {
  const queue::Queue* queue = around.find_queue(offer.queue);
  return queue == nullptr ? std::string_view() : base::trim(queue->settings.record_template);
}

}  // namespace

void name_recording(Turn& turn, Surroundings& around, const Offer& offer) {
  Leg* member = turn.leg(offer.member_leg);
  if (member == nullptr || member->is_ending()) return;
  // What is asked of the API meanwhile may change the queue.
  const std::string text(template_of(around, offer));
  if (text.empty()) return;
  NameLookup lookup(turn, around, *member);
  const std::string name = dialplan::expand(text, lookup);
  member->variables.set("cc_record_filename", name);
}

void record_conversation(Turn& turn, Surroundings& around, const Offer& offer) {
  if (template_of(around, offer).empty()) return;
  Leg& member = *turn.leg(offer.member_leg);
  const std::string path(member.variables.get("cc_record_filename"));
  const auto begun = start_recording(turn, around, member,
                                     {.path = path, .until = RecordingStart::Until::BridgeEnds});
  if (!begun)
    turn.warn(member, member.name + ": the conversation is not recorded: " + begun.error());
}

}  // namespace call
