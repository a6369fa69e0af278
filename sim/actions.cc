#include "sim/actions.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <string_view>

#include "base/text.h"
#include "sim/options.h"
#include "sim/rows.h"

namespace sim {
namespace {

constexpr std::array<std::string_view, 11> kRefusals{
    "no such agent",       "agent exists already", "invalid agent type", "invalid agent status",
    "invalid agent state", "invalid agent key",    "no such queue",      "tier exists already",
    "no such tier",        "invalid tier state",   "invalid tier key"};

Complaint done(Stage& stage, const queue::Change& refused) {
  if (refused) stage.say("refused: " + std::string(kRefusals[static_cast<std::size_t>(*refused)]));
  return std::nullopt;
}

Complaint options_from(const Words& words, std::size_t from, Options& options) {
  return read_options(Words(words.begin() + static_cast<std::ptrdiff_t>(from), words.end()),
                      options);
}

// ---- callers ----

Complaint joins(Stage& stage, const Words& args) {
  Options options;
  if (const Complaint complaint = options_from(args, 2, options)) return complaint;
  return stage.join(args[0], args[1], options);
}

Complaint leaves(Stage& stage, const std::string& name, queue::ExitCause cause) {
  const auto member = stage.member_named(name);
  if (!member) return "nobody is called " + name;
  stage.report(queue::MemberLeft{.member = *member, .cause = cause});
  return std::nullopt;
}

Complaint presses_exit_key(Stage& stage, const Words& args) {
  return leaves(stage, args[0], queue::ExitCause::ExitWithKey);
}

// ---- agents' phones ----

Complaint with_offer(Stage& stage, const std::string& agent,
                     const std::function<void(base::OfferId)>& then) {
  const auto offer = stage.offer_at(agent);
  if (!offer) return "nothing was ever offered to " + agent;
  then(*offer);
  return std::nullopt;
}

Complaint picks_up(Stage& stage, const Words& args) {
  return with_offer(stage, args[0], [&](base::OfferId offer) {
    const std::string uuid = "leg-" + args[0];
    stage.report(
        queue::OfferAnswered{.offer = offer, .leg = stage.new_leg(uuid), .leg_uuid = uuid});
  });
}

Complaint is_connected(Stage& stage, const Words& args) {
  return with_offer(stage, args[0], [&](base::OfferId offer) {
    stage.report(queue::OfferBridged{.offer = offer});
  });
}

Complaint answers(Stage& stage, const Words& args) {
  const Complaint complaint = picks_up(stage, args);
  return complaint ? complaint : is_connected(stage, args);
}

Complaint fails(Stage& stage, const std::string& agent, const std::string& cause) {
  return with_offer(stage, agent, [&](base::OfferId offer) {
    stage.report(queue::OfferFailed{.offer = offer, .cause = cause});
  });
}

Complaint does_not_answer(Stage& stage, const Words& args) {
  return fails(stage, args[0], "NO_ANSWER");
}
Complaint is_busy(Stage& stage, const Words& args) {
  return fails(stage, args[0], "USER_BUSY");
}
Complaint rejects(Stage& stage, const Words& args) {
  return fails(stage, args[0], "CALL_REJECTED");
}
Complaint is_not_registered(Stage& stage, const Words& args) {
  return fails(stage, args[0], "USER_NOT_REGISTERED");
}
Complaint stops_ringing(Stage& stage, const Words& args) {
  return fails(stage, args[0], "ORIGINATOR_CANCEL");
}
Complaint fails_with(Stage& stage, const Words& args) {
  return fails(stage, args[0], args[1]);
}

// Whoever it is: a caller who waits, a caller who talks, or an agent.
Complaint hangs_up(Stage& stage, const Words& args) {
  const std::string& name = args[0];
  const auto member = stage.member_named(name);
  if (!member) {
    return with_offer(stage, name, [&](base::OfferId offer) {
      stage.report(queue::BridgeEnded{.offer = offer, .cause = "NORMAL_CLEARING"});
    });
  }
  const auto rows = stage.engine().members();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const queue::Member* one) {
    return one->id == *member && one->state == queue::MemberState::Answered;
  });
  if (row == rows.end()) return leaves(stage, name, queue::ExitCause::BreakOut);
  stage.report(queue::BridgeEnded{.offer = *(*row)->offers.begin(), .cause = "NORMAL_CLEARING"});
  return std::nullopt;
}

// ---- operators and programs ----

Complaint set_tier(Stage& stage, const Words& args) {
  const std::string value = join_words(args, 3);
  const queue::Engine::TierChange change{
      .key = args[0], .queue = args[1], .agent = args[2], .value = value};
  return done(stage, stage.engine().set_tier(change, stage.now(), stage.out()));
}

Complaint set_agent(Stage& stage, const Words& args) {
  const std::string value = join_words(args, 2);
  return done(stage, stage.engine().set_agent(args[1], args[0], value, stage.now(), stage.out()));
}

Complaint ask(Stage& stage, const Words& args) {
  return done(stage, stage.engine().announce_agent(args[0], args[1], stage.now(), stage.out()));
}

Complaint add_agent(Stage& stage, const Words& args) {
  return done(stage, stage.engine().add_agent(args[0], args[1], stage.now(), stage.out()));
}

Complaint delete_agent(Stage& stage, const Words& args) {
  stage.engine().remove_agent(args[0], stage.now(), stage.out());
  return std::nullopt;
}

Complaint add_tier(Stage& stage, const Words& args) {
  Options options;
  if (const Complaint complaint = options_from(args, 2, options)) return complaint;
  queue::TierSettings tier;
  tier.queue = args[0];
  tier.agent = args[1];
  if (const Complaint complaint = apply_options(options, tier)) return complaint;
  return done(stage, stage.engine().add_tier(tier, stage.now(), stage.out()));
}

Complaint delete_tier(Stage& stage, const Words& args) {
  stage.engine().remove_tier(args[0], args[1], stage.now(), stage.out());
  return std::nullopt;
}

Complaint load_queue(Stage& stage, const Words& args) {
  return done(stage, stage.engine().load_queue(args[0], stage.now(), stage.out()));
}

Complaint unload_queue(Stage& stage, const Words& args) {
  stage.engine().unload_queue(args[0], stage.now(), stage.out());
  return std::nullopt;
}

Complaint reload_agent(Stage& stage, const Words& args) {
  stage.engine().reload_agent(args[0], stage.now(), stage.out());
  return std::nullopt;
}

// `all` stands for every queue or agent.
Complaint reload_tiers(Stage& stage, const Words& args) {
  const auto wanted = [](const std::string& word) { return word == "all" ? std::string() : word; };
  const std::string queue = wanted(args[0]);
  const std::string agent = wanted(args[1]);
  stage.engine().reload_tiers({.queue = queue, .agent = agent}, stage.now(), stage.out());
  return std::nullopt;
}

Complaint reload(Stage& stage, const Words&) {
  stage.configure();
  return std::nullopt;
}

// `queue support becomes weight=5`: the configuration is changed and read again.
Complaint becomes(Stage& stage, const Words& args) {
  Words words;
  std::copy_if(args.begin(), args.end(), std::back_inserter(words),
               [](const std::string& word) { return word != "becomes"; });
  if (const Complaint complaint = change_settings(stage.settings(), words)) return complaint;
  stage.configure();
  return std::nullopt;
}

// A call outside the queues, known by a name of its own.
Complaint starts_outside_call(Stage& stage, const Words& args) {
  stage.report(queue::ExternalCallStarted{.leg = stage.leg_named(args[1]), .agent = args[0]});
  return std::nullopt;
}
Complaint ends_outside_call(Stage& stage, const Words& args) {
  stage.report(queue::ExternalCallEnded{.leg = stage.leg_named(args[0])});
  return std::nullopt;
}

Complaint member_is_removed(Stage& stage, const Words& args) {
  const auto member = stage.member_named(args[0]);
  if (!member) return "nobody is called " + args[0];
  stage.engine().remove_member(*member, stage.now(), stage.out());
  return std::nullopt;
}

Complaint explain(Stage& stage, const Words& args) {
  const auto member = stage.member_named(args[0]);
  if (!member) return "nobody is called " + args[0];
  stage.engine().advance(stage.now(), stage.out());
  for (const std::string& line : stage.verdicts_about(*member)) stage.say(line);
  return std::nullopt;
}

Complaint queue_disappears(Stage& stage, const Words& args) {
  std::erase_if(stage.settings().queues,
                [&](const queue::QueueSettings& queue) { return queue.name == args[0]; });
  stage.configure();
  return std::nullopt;
}

Complaint show(Stage& stage, const Words& args) {
  stage.engine().advance(stage.now(), stage.out());
  const auto rows = rows_of(stage, args[0]);
  if (!rows) return "unknown list: " + args[0];
  for (const std::string& row : *rows) stage.say(row);
  return std::nullopt;
}

Complaint nothing(Stage& stage, const Words&) {
  stage.engine().advance(stage.now(), stage.out());
  return std::nullopt;
}

struct Action {
  std::string_view pattern;
  Complaint (*act)(Stage&, const Words&);
};

// The first pattern that matches counts.
constexpr std::array<Action, 34> kActions{{
    {"reload agent {}", reload_agent},
    {"reload tiers {} {}", reload_tiers},
    {"explain {}", explain},
    {"member {} is removed", member_is_removed},
    {"{} starts outside call {}", starts_outside_call},
    {"outside call {} ends", ends_outside_call},
    {"member {} joins {} {*}", joins},
    {"{} hangs up", hangs_up},
    {"{} presses the exit key", presses_exit_key},
    {"{} answers", answers},
    {"{} picks up", picks_up},
    {"{} is connected", is_connected},
    {"{} does not answer", does_not_answer},
    {"{} is busy", is_busy},
    {"{} rejects", rejects},
    {"{} is not registered", is_not_registered},
    {"{} stops ringing", stops_ringing},
    {"{} fails with {}", fails_with},
    {"set tier {} {} {} {*}", set_tier},
    {"set {} {} {*}", set_agent},
    {"ask {} of {}", ask},
    {"add agent {} {}", add_agent},
    {"delete agent {}", delete_agent},
    {"add tier {} {} {*}", add_tier},
    {"delete tier {} {}", delete_tier},
    {"load queue {}", load_queue},
    {"unload queue {}", unload_queue},
    {"queue {} disappears", queue_disappears},
    {"reload", reload},
    {"show {}", show},
    {"nothing", nothing},
    // The whole line is handed on.
    {"{} {} becomes {*}", nullptr},
    {"{} {} {} becomes {*}", nullptr},
    {"{} becomes {*}", nullptr},
}};

template <class Settings>
Settings& find_or_add(std::vector<Settings>& all, const std::string& name) {
  for (Settings& one : all) {
    if (one.name == name) return one;
  }
  all.emplace_back();
  all.back().name = name;
  return all.back();
}

queue::TierSettings& find_or_add_tier(std::vector<queue::TierSettings>& all,
                                      const std::string& queue, const std::string& agent) {
  for (queue::TierSettings& tier : all) {
    if (tier.queue == queue && tier.agent == agent) return tier;
  }
  all.emplace_back();
  all.back().queue = queue;
  all.back().agent = agent;
  return all.back();
}

}  // namespace

Complaint act(Stage& stage, const Words& words) {
  for (const Action& action : kActions) {
    const auto args = match(action.pattern, words);
    if (!args) continue;
    return action.act == nullptr ? becomes(stage, words) : action.act(stage, *args);
  }
  return "not understood";
}

Complaint change_settings(queue::CallCenterSettings& settings, const Words& words) {
  Options options;
  if (const auto args = match("queue {} {*}", words)) {
    const Complaint complaint = options_from(*args, 1, options);
    return complaint ? complaint
                     : apply_options(options, find_or_add(settings.queues, args->front()));
  }
  if (const auto args = match("agent {} {*}", words)) {
    const Complaint complaint = options_from(*args, 1, options);
    auto& agent = find_or_add(settings.agents, args->front());
    if (agent.type.empty()) agent.type = "Callback";
    return complaint ? complaint : apply_options(options, agent);
  }
  if (const auto args = match("tier {} {} {*}", words)) {
    const Complaint complaint = options_from(*args, 2, options);
    auto& tier = find_or_add_tier(settings.tiers, (*args)[0], (*args)[1]);
    return complaint ? complaint : apply_options(options, tier);
  }
  if (const auto args = match("settings {*}", words)) {
    const Complaint complaint = options_from(*args, 0, options);
    return complaint ? complaint : apply_options(options, settings);
  }
  return "not understood";
}

}  // namespace sim
