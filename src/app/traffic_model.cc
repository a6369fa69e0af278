#include "app/traffic_model.h"

#include <utility>
#include <variant>

namespace app {
namespace {

// Of a sound whose end was not recorded.
constexpr std::chrono::seconds kSoundGuess{3};

call::DialogFacts established(call::DialogFacts facts, base::LegId leg) {
  facts.call_id = "leg-" + std::to_string(leg.value);
  facts.local_tag = "ours";
  facts.remote_tag = "theirs";
  return facts;
}

}  // namespace

void TrafficModel::run(base::Instant begin, std::optional<core::Configuration> configuration) {
  now_ = begin;
  auto operated = traffic_.operated.begin();
  if (operated != traffic_.operated.end() &&
      std::holds_alternative<core::Founded>(operated->second)) {
    now_ = operated->first;
    feed(operated->second);
    ++operated;
  } else {
    feed(core::ApiRequested{{}, "hupall", ""});
  }
  const bool is_given = configuration.has_value();
  if (is_given) feed(core::Configured{std::move(*configuration), 0});
  for (; operated != traffic_.operated.end(); ++operated) {
    const core::Input& input = operated->second;
    if (is_given && std::holds_alternative<core::Configured>(input)) continue;
    plan(operated->first, [this, &input] { feed(input); });
  }
  for (const Caller& caller : traffic_.callers) {
    plan(caller.at, [this, &caller] { call_in(caller); });
  }
  play();
}

void TrafficModel::plan(base::Instant at, Act act) {
  planned_.emplace(at, std::move(act));
}

void TrafficModel::play() {
  while (true) {
    const auto deadline = core_.next_deadline();
    const bool is_planned = !planned_.empty();
    if (deadline && (!is_planned || *deadline < planned_.begin()->first)) {
      if (*deadline > traffic_.end) return;
      now_ = std::max(now_, *deadline);
      feed(core::DeadlineReached{});
      continue;
    }
    if (!is_planned || planned_.begin()->first > traffic_.end) return;
    const auto next = planned_.extract(planned_.begin());
    now_ = std::max(now_, next.key());
    next.mapped()();
  }
}

void TrafficModel::call_in(const Caller& caller) {
  const base::LegId leg = caller.invited.leg;
  callers_[leg] = &caller;
  alive_.insert(leg);
  if (caller.patience) {
    plan(now_ + *caller.patience, [this, leg, &caller] {
      if (!caller.joined || !talking_.contains(leg)) hang_up(leg);
    });
  }
  feed(caller.invited);
}

void TrafficModel::feed(const core::Input& input) {
  std::deque<core::Input> line = {input};
  while (!line.empty()) {
    core::Commands commands;
    core_.handle(line.front(), now_, commands);
    line.pop_front();
    for (const core::Command& command : commands) take(command, line);
  }
}

void TrafficModel::take(const core::Command& command, std::deque<core::Input>& replies) {
  if (const auto* publish = std::get_if<core::Publish>(&command)) {
    take(publish->event);
  } else if (const auto* named = std::get_if<core::LegNamed>(&command)) {
    uuid_of_[named->leg] = named->uuid;
  } else if (const auto* sip = std::get_if<call::SipOrder>(&command)) {
    take(*sip, replies);
  } else if (const auto* media = std::get_if<call::MediaOrder>(&command)) {
    take(*media, replies);
  }
}

void TrafficModel::take(const base::EslEvent& event) {
  outcomes_.take(event, now_);
  if (event.name == "CHANNEL_CREATE") {
    agent_of_[std::string(event.get("Unique-ID"))] = event.get("variable_cc_agent");
  }
}

void TrafficModel::take(const call::SipOrder& order, std::deque<core::Input>& replies) {
  if (const auto* invite = std::get_if<call::InviteLeg>(&order)) {
    ring(*invite);
  } else if (const auto* ended = std::get_if<call::HangUpLeg>(&order)) {
    alive_.erase(ended->leg);
    replies.emplace_back(call::LegGone{ended->leg});
  } else if (const auto* answered = std::get_if<call::AnswerLeg>(&order)) {
    const auto caller = callers_.find(answered->leg);
    if (caller == callers_.end()) return;
    const call::LegInvited& invited = caller->second->invited;
    replies.emplace_back(
        call::DialogChanged{answered->leg, established(invited.facts, answered->leg)});
    call::LegConfirmed confirmed{answered->leg};
    if (!invited.offer) confirmed.media = answered->answer;
    replies.emplace_back(std::move(confirmed));
  }
}

void TrafficModel::take(const call::MediaOrder& order, std::deque<core::Input>& replies) {
  if (const auto* open = std::get_if<call::OpenMedia>(&order)) {
    next_port_ = static_cast<std::uint16_t>(next_port_ + 2);
    replies.emplace_back(call::MediaOpened{open->leg, next_port_});
  } else if (const auto* closed = std::get_if<call::CloseMedia>(&order)) {
    replies.emplace_back(call::MediaClosed{closed->leg});
  } else if (const auto* bridged = std::get_if<call::BridgeMedia>(&order)) {
    talk(bridged->first);
    talk(bridged->second);
  } else if (const auto* play = std::get_if<call::PlaySound>(&order); play && !play->loop) {
    const auto known = traffic_.sounds.find(play->sound);
    const base::Duration length =
        known == traffic_.sounds.end() ? base::Duration(kSoundGuess) : known->second;
    plan(now_ + length, [this, leg = play->leg, playback = play->playback] {
      feed(call::PlaybackEnded{leg, playback, call::PlaybackEnded::How::Finished, {}});
    });
  }
}

void TrafficModel::ring(const call::InviteLeg& order) {
  const base::LegId leg = order.leg;
  alive_.insert(leg);
  const auto agent = agent_of_.find(uuid_of_[leg]);
  const Ring rings = next_ring(agent == agent_of_.end() ? std::string() : agent->second);
  if (rings.status == 0) return;
  if (rings.status != 200) {
    return plan(now_ + rings.after, [this, leg, status = rings.status] {
      if (alive_.erase(leg) == 0) return;
      feed(call::LegRefused{leg, status, std::nullopt});
      feed(call::LegGone{leg});
    });
  }
  call::DialogFacts facts;
  facts.profile = order.profile;
  facts.remote_target = order.request_uri;
  plan(now_ + rings.after,
       [this, answer = call::LegAnswered{leg, order.offer, established(facts, leg)}] {
         if (alive_.contains(answer.leg)) feed(answer);
       });
}

Ring TrafficModel::next_ring(const std::string& agent) {
  const auto recorded = traffic_.rings.find(agent);
  if (recorded == traffic_.rings.end()) return {.after = usual_ring_};
  return recorded->second[rang_[agent]++ % recorded->second.size()];
}

void TrafficModel::talk(base::LegId leg) {
  const auto caller = callers_.find(leg);
  if (caller == callers_.end() || !caller->second->joined || !talking_.insert(leg).second) return;
  plan(now_ + caller->second->talked.value_or(usual_talk_), [this, leg] { hang_up(leg); });
}

void TrafficModel::hang_up(base::LegId leg) {
  if (alive_.erase(leg) == 0) return;
  feed(call::LegHungUp{leg, call::LegHungUp::How::Bye, std::nullopt});
  feed(call::LegGone{leg});
}

}  // namespace app
