#include "sim/outcomes.h"

#include "sim/event_text.h"

namespace sim {
namespace {

using Lines = std::vector<std::string>;

class Teller {
 public:
  explicit Teller(const Stage& stage) : stage_(stage) {}

  Lines operator()(const queue::AdmitMember& c) const {
    const std::string music = c.moh_sound.empty() ? "" : ", music " + c.moh_sound;
    return {"admit " + stage_.member_name(c.member) + " to " + c.queue + music};
  }
  Lines operator()(const queue::RefuseMember& c) const {
    return {"refuse " + stage_.member_name(c.leg) + ": no queue " + c.queue};
  }
  Lines operator()(const queue::ReleaseMember& c) const {
    return {"release " + stage_.member_name(c.member) + ": " +
            std::string(queue::to_text(c.cause))};
  }
  Lines operator()(const queue::StartOffer& c) const {
    return {"offer " + stage_.member_name(c.member) + " to " + c.agent};
  }
  Lines operator()(const queue::CancelOffer& c) const {
    return {"cancel " + stage_.member_name(stage_.member_of(c.offer)) + " at " +
            stage_.agent_name(c.offer) + ": " + c.cause};
  }
  Lines operator()(const queue::ConnectOffer& c) const {
    return {"connect " + stage_.member_name(stage_.member_of(c.offer)) + " with " +
            stage_.agent_name(c.offer)};
  }
  Lines operator()(const queue::FinishMember& c) const {
    return {"finish " + stage_.member_name(c.member)};
  }
  Lines operator()(const queue::PlayAnnouncement& c) const {
    return {"play " + c.sound + " to " + stage_.member_name(c.member)};
  }
  Lines operator()(const queue::Warn& c) const { return {"warn: " + c.text}; }
  Lines operator()(const queue::Announce& c) const {
    switch (stage_.show()) {
      case Stage::Show::Orders:
        return {};
      case Stage::Show::Events:
        return {"event " + event_in_short(c.event)};
      case Stage::Show::Headers:
        return in_full(c);
    }
    return {};
  }

 private:
  Lines in_full(const queue::Announce& announce) const {
    Lines lines{"event " + (announce.channel
                                ? "with the channel of " + stage_.member_name(announce.channel)
                                : std::string("without a channel"))};
    const auto headers =
        event_in_full(announce.event, [this](std::string_view header, std::string_view value) {
          return stage_.rename(header, value);
        });
    for (const std::string& header : headers) lines.push_back("  " + header);
    return lines;
  }

  const Stage& stage_;
};

}  // namespace

std::vector<std::string> outcomes_of(const Stage& stage, const queue::Command& command) {
  return std::visit(Teller(stage), command);
}

}  // namespace sim
