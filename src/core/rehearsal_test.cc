#include "core/rehearsal.h"

#include <chrono>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/json_archive.h"
#include "core/self_check.h"

namespace core {
namespace {

// 2026-01-02 03:04:05 UTC.
constexpr std::int64_t kOriginUnixMs = 1'767'323'045'000;

template <class Value>
std::string named(const Value& value) {
  return "{\"" + std::string(Value::kName) + "\":" + base::to_json(value) + "}";
}

call::MediaDescription phone_media(std::uint16_t port) {
  call::MediaDescription media;
  media.address = "127.0.0.1";
  media.port = port;
  media.codecs = {call::Codec{0, "PCMU", 8000, {}},
                  call::Codec{101, "telephone-event", 8000, "0-16"}};
  return media;
}

call::DialogFacts facts_of(base::LegId leg, std::string_view local_tag) {
  call::DialogFacts facts;
  facts.profile = "internal";
  facts.call_id = "call-" + std::to_string(leg.value);
  facts.remote_tag = "peer-" + std::to_string(leg.value);
  facts.local_tag = local_tag;
  facts.remote_target = "sip:peer@127.0.0.1:5070";
  return facts;
}

std::string in_short(const base::EslEvent& event) {
  if (event.name != "CUSTOM") return event.name;
  std::string text(event.get("CC-Action"));
  for (const char* header : {"CC-Agent", "CC-Agent-State", "CC-Agent-Status", "CC-Hangup-Cause",
                             "CC-Cause", "CC-Cancel-Reason", "CC-Count"}) {
    if (!event.get(header).empty()) text += " " + std::string(event.get(header));
  }
  return text;
}

dialplan::Extension extension(std::string name, std::string expression,
                              std::vector<dialplan::Action> actions) {
  dialplan::Condition condition;
  condition.test.field = "destination_number";
  condition.test.expression = std::move(expression);
  condition.actions = std::move(actions);
  dialplan::Extension made;
  made.name = std::move(name);
  made.conditions.push_back(std::move(condition));
  return made;
}

}  // namespace

// JSON of the parts that only tests print.
static void describe(base::Archive& archive, ApiReply& reply) {
  archive.field("ticket", reply.ticket);
  archive.field("text", reply.text);
}
static void describe(base::Archive& archive, Publish& publish) {
  archive.field("event", publish.event);
}
static void describe(base::Archive& archive, LogLine& line) {
  archive.field("level", line.level);
  archive.field("text", line.text);
}
static void describe(base::Archive& archive, LegNamed& named) {
  archive.field("leg", named.leg);
  archive.field("uuid", named.uuid);
  archive.field("call", named.call);
  archive.field("member", named.member);
}
static void describe(base::Archive& archive, RowsChanged& changed) {
  archive.field("sequence", changed.sequence);
  std::size_t rows = changed.rows.rows();
  archive.field("rows", rows);
}
static void describe(base::Archive& archive, ListAsked& asked) {
  archive.field("command", asked.command);
  archive.field("sequence", asked.sequence);
}
static void describe(base::Archive& archive, RereadConfiguration& reread) {
  archive.field("ticket", reread.ticket);
  archive.field("profile", reread.profile);
}

static void describe(base::Archive& archive, RecordsMade& made) {
  archive.field("first", made.first);
  archive.field("records", made.records);
}

std::string to_line(const Command& command) {
  return std::visit(
      [](const auto& value) -> std::string {
        using Value = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, call::SipOrder> ||
                      std::is_same_v<Value, call::MediaOrder> ||
                      std::is_same_v<Value, call::ScriptOrder>) {
          return std::visit([](const auto& order) { return named(order); }, value);
        } else {
          return named(value);
        }
      },
      command);
}

Rehearsal::Rehearsal(const Configuration& configuration, Persistence persistence,
                     std::uint64_t seed)
    : configuration_(configuration), persistence_(persistence) {
  feed(Founded{seed, kOriginUnixMs});
  feed(Configured{configuration, 0});
  forget();
}

Rehearsal::Rehearsal(TakenOver, const Rehearsal& dead)
    : projection_(dead.projection_),
      configuration_(dead.configuration_),
      persistence_(dead.persistence_),
      now_(dead.now_),
      next_leg_(dead.next_leg_),
      next_port_(dead.next_port_),
      tickets_(dead.tickets_) {
  base::JsonReader reader(dead.saved());
  reader.item(core_);
  feed(Configured{configuration_, 0});
  feed(Restarted{});
}

Rehearsal Rehearsal::taken_over() const {
  return Rehearsal(TakenOver{}, *this);
}

void Rehearsal::feed(const Input& input) {
  if (persistence_ == Persistence::SavedEachTime) replace_core();
  std::vector<Input> line = {input};
  while (!line.empty()) {
    const std::size_t first_new = made_.size();
    apply(line.front());
    line.erase(line.begin());
    for (std::size_t i = first_new; i < made_.size(); ++i) {
      for (Input& reply : replies_to(made_[i])) line.push_back(std::move(reply));
    }
  }
}

// A core that was saved and loaded takes the place of the one that ran so far.
void Rehearsal::replace_core() {
  base::JsonReader reader(base::to_json(core_));
  core_ = Core();
  reader.item(core_);
}

void Rehearsal::apply(const Input& input) {
  Commands out;
  core_.handle(input, now_, out);
  core_.check_invariants(now_);
  check_self();
  for (const Command& command : out) {
    if (const auto* asked = std::get_if<ListAsked>(&command)) {
      for (const Command& reply : list_replies(*asked, projection_.answer(*asked))) take(reply);
      continue;
    }
    if (const auto* changed = std::get_if<RowsChanged>(&command)) projection_.apply(*changed);
    take(command);
  }
  check_projection();
  if (after_input_) after_input_(*this);
}

void Rehearsal::take(const Command& command) {
  note(command);
  made_.push_back(command);
}

// The self-check of a running server finds nothing; what may be so for a time does not count.
void Rehearsal::check_self() const {
  for (const Violation& violation : core_.violations()) {
    const bool is_one = SelfCheck::patience_with(violation.kind) <= std::chrono::seconds(1);
    if (!is_one) continue;
    base::check_failed(__FILE__, __LINE__, core_.describe_violation(violation).c_str());
  }
}

// No change of a row is missing: the copy lists what the core itself would list.
void Rehearsal::check_projection() {
  Commands all;
  core_.hand_out_all_rows(all);
  Projection fresh;
  fresh.apply(std::get<RowsChanged>(all.front()));
  for (const char* list : {"agent list", "tier list", "queue list", "queue list members"}) {
    const std::string command = std::string("callcenter_config ") + list;
    const ListAsked asked{{}, command, now_, fresh.sequence()};
    CHECK(projection_.answer(asked) == fresh.answer(asked));
  }
}

void Rehearsal::note(const Command& command) {
  history_.emplace_back(now_, command);
  if (const auto* order = std::get_if<call::MediaOrder>(&command)) follow_media(*order);
}

void Rehearsal::follow_media(const call::MediaOrder& order) {
  if (const auto* play = std::get_if<call::PlaySound>(&order)) playing_[play->leg] = *play;
  if (const auto* record = std::get_if<call::StartRecording>(&order)) {
    recorded_[record->recording] = {record->leg, now_};
  }
  if (const auto* stop = std::get_if<call::StopSound>(&order)) {
    const auto playing = playing_.find(stop->leg);
    if (playing != playing_.end() && playing->second.playback == stop->playback) {
      playing_.erase(playing);
    }
  }
  if (const auto* bridge = std::get_if<call::BridgeMedia>(&order)) {
    bridged_[bridge->first] = bridge->second;
    bridged_[bridge->second] = bridge->first;
  }
  if (const auto* unbridge = std::get_if<call::UnbridgeMedia>(&order)) {
    bridged_.erase(unbridge->first);
    bridged_.erase(unbridge->second);
  }
  if (const auto* close = std::get_if<call::CloseMedia>(&order)) {
    playing_.erase(close->leg);
    bridged_.erase(close->leg);
  }
}

std::string Rehearsal::hears(base::LegId leg) const {
  if (const auto playing = playing_.find(leg); playing != playing_.end()) {
    return playing->second.sound;
  }
  if (const auto bridged = bridged_.find(leg); bridged != bridged_.end()) {
    return "leg " + std::to_string(bridged->second.value);
  }
  return {};
}

std::vector<Input> Rehearsal::ends_of_recordings(const Command& command) {
  const auto* closed = find<call::CloseMedia>(command);
  const auto* stopped = find<call::StopRecording>(command);
  std::vector<Input> ends;
  std::erase_if(recorded_, [&](const auto& entry) {
    const auto& [recording, recorded] = entry;
    const bool is_over = closed != nullptr ? recorded.leg == closed->leg
                                           : stopped != nullptr && recording == stopped->recording;
    if (!is_over) return false;
    ends.push_back(call::RecordingEnded{.leg = recorded.leg,
                                        .recording = recording,
                                        .milliseconds = (now_ - recorded.since).count()});
    return true;
  });
  return ends;
}

std::vector<Input> Rehearsal::replies_to(const Command& command) {
  if (stagehands_ == Stagehands::Idle) return {};
  if (const auto* open = find<call::OpenMedia>(command)) {
    next_port_ = static_cast<std::uint16_t>(next_port_ + 2);
    return {call::MediaOpened{open->leg, open->port != 0 ? open->port : next_port_}};
  }
  if (const auto* closed = find<call::CloseMedia>(command)) {
    std::vector<Input> replies = ends_of_recordings(command);
    replies.push_back(call::MediaClosed{closed->leg, {.in_packets = 100, .in_lost = 3}});
    return replies;
  }
  if (find<call::StopRecording>(command) != nullptr) return ends_of_recordings(command);
  if (const auto* ended = find<call::HangUpLeg>(command)) return {call::LegGone{ended->leg}};
  if (const auto* invited = find<call::InviteLeg>(command)) {
    call::DialogFacts facts = facts_of(invited->leg, "ours");
    facts.remote_tag.clear();
    return {
        call::InviteSent{invited->leg,
                         facts,
                         {"z9hG4bK-" + std::to_string(invited->leg.value), 1, invited->next_hop}}};
  }
  if (const auto* answered = find<call::AnswerLeg>(command)) {
    return {call::DialogChanged{answered->leg, facts_of(answered->leg, "ours")},
            call::LegConfirmed{answered->leg}};
  }
  return {};
}

void Rehearsal::wait(base::Duration duration) {
  const base::Instant until = now_ + duration;
  while (true) {
    const auto deadline = core_.next_deadline();
    if (!deadline || *deadline > until) break;
    now_ = std::max(now_, *deadline);
    feed(DeadlineReached{});
  }
  now_ = until;
}

base::LegId Rehearsal::call(std::string_view number, std::string_view from, std::string_view name) {
  call::LegInvited invited;
  invited.leg = base::LegId{next_leg_};
  next_leg_ += 2;
  invited.profile = "internal";
  invited.source_address = "127.0.0.1";
  invited.source_port = 5090;
  invited.request_user = number;
  invited.request_host = "127.0.0.1";
  invited.from_display = name;
  invited.from_user = from;
  invited.from_host = "kit";
  invited.to_user = number;
  invited.to_host = "127.0.0.1";
  invited.contact = "sip:6001@127.0.0.1:5090";
  invited.offer = phone_media(4000);
  invited.facts = facts_of(invited.leg, "");
  invited.call_id = invited.facts.call_id;
  invited.received = {.request_uri = "sip:" + std::string(number) + "@127.0.0.1",
                      .vias = {"SIP/2.0/UDP 127.0.0.1:5090;branch=z9hG4bK-caller"},
                      .cseq = 1,
                      .local_tag = "ours"};
  feed(invited);
  return invited.leg;
}

void Rehearsal::answer(base::LegId leg) {
  feed(call::LegAnswered{leg, phone_media(4002), facts_of(leg, "ours")});
}

void Rehearsal::refuse(base::LegId leg, int status) {
  feed(call::LegRefused{leg, status, std::nullopt});
  feed(call::LegGone{leg});
}

void Rehearsal::hang_up(base::LegId leg) {
  feed(call::LegHungUp{leg, call::LegHungUp::How::Bye, std::nullopt});
  feed(call::LegGone{leg});
}

void Rehearsal::cancel(base::LegId leg) {
  feed(call::LegHungUp{leg, call::LegHungUp::How::Cancel, std::nullopt});
  feed(call::LegGone{leg});
}

void Rehearsal::press(base::LegId leg, std::string_view digit) {
  feed(call::DigitReceived{leg, std::string(digit)});
}

void Rehearsal::sound_ends(base::LegId leg) {
  const auto playing = playing_.find(leg);
  CHECK(playing != playing_.end());
  const base::PlaybackId playback = playing->second.playback;
  playing_.erase(playing);
  feed(call::PlaybackEnded{leg, playback, call::PlaybackEnded::How::Finished, {}});
}

void Rehearsal::restart() {
  replace_core();
  playing_.clear();
  bridged_.clear();
  recorded_.clear();
  feed(Configured{configuration_, 0});
  feed(Restarted{});
}

void Rehearsal::restart_after(base::Duration duration) {
  now_ += duration;
  restart();
}

std::string Rehearsal::api(std::string_view command) {
  const base::Ticket ticket{++tickets_};
  feed(ApiRequested{ticket, std::string(command), {}});
  for (const ApiReply& reply : all<ApiReply>()) {
    if (reply.ticket == ticket) return reply.text;
  }
  return {};
}

std::vector<call::SipOrder> Rehearsal::sip_orders() const {
  std::vector<call::SipOrder> orders;
  for (const Command& command : made_) {
    if (const auto* order = std::get_if<call::SipOrder>(&command)) orders.push_back(*order);
  }
  return orders;
}

std::vector<std::string> Rehearsal::events() const {
  std::vector<std::string> texts;
  for (const Publish& publish : all<Publish>()) {
    const std::string& name = publish.event.name;
    const bool repeats = name == "CHANNEL_STATE" || name == "CHANNEL_CALLSTATE" ||
                         name == "CHANNEL_DESTROY" || name.rfind("PLAYBACK_", 0) == 0;
    if (!repeats) texts.push_back(in_short(publish.event));
  }
  return texts;
}

std::vector<std::string> Rehearsal::queue_events() const {
  std::vector<std::string> texts;
  for (const Publish& publish : all<Publish>()) {
    if (publish.event.subclass == "callcenter::info") texts.push_back(in_short(publish.event));
  }
  return texts;
}

std::optional<base::EslEvent> Rehearsal::hangup_of(std::string_view direction,
                                                   std::string_view number) const {
  for (const Publish& publish : all<Publish>()) {
    if (publish.event.name == "CHANNEL_HANGUP_COMPLETE" &&
        publish.event.get("Call-Direction") == direction &&
        publish.event.get("Caller-Caller-ID-Number") == number) {
      return publish.event;
    }
  }
  return std::nullopt;
}

std::vector<std::string> Rehearsal::trace() const {
  std::vector<std::string> lines;
  for (const auto& [at, command] : history_) {
    lines.push_back(std::to_string(base::to_ms(at)) + " " + to_line(command));
  }
  return lines;
}

std::string Rehearsal::saved() const {
  return base::to_json(const_cast<Core&>(core_));
}

Configuration stage_configuration() {
  Configuration configuration;
  configuration.globals = {{"domain", "default"}, {"hold_music", "tone_stream://%(1000,0,450)"}};
  call::SipProfile profile;
  profile.name = "internal";
  profile.auth_calls = false;
  profile.force_domain = "default";
  configuration.profiles.push_back(profile);
  for (const char* name : {"support@default", "sales@default"}) {
    queue::QueueSettings queue;
    queue.name = name;
    queue.moh_sound = "tone_stream://%(10000,0,450);loops=-1";
    configuration.call_center.queues.push_back(queue);
  }
  dialplan::Context context;
  context.name = "default";
  context.extensions = {
      extension("queue", "^q-(.+)$", {{"callcenter", "$1@default"}}),
      extension("after", "^after-(.+)$",
                {{"callcenter", "$1@default"},
                 {"set",
                  "kit_after=${cc_cause}/${cc_cancel_reason}/${cc_exit_key}/"
                  "${cc_agent_bridged}"},
                 {"playback", "tone_stream://%(1500,0,1200)"},
                 {"hangup", "USER_BUSY"}}),
      extension("hab", "^hab-(.+)$",
                {{"set", "hangup_after_bridge=true"},
                 {"callcenter", "$1@default"},
                 {"playback", "tone_stream://%(1500,0,1200)"}}),
      extension("exit", "^exit-(.+)$",
                {{"set", "cc_exit_keys=5#"},
                 {"callcenter", "$1@default"},
                 {"playback", "tone_stream://%(1500,0,1200)"}}),
      extension("chain", "^chain-(.+)-(.+)$",
                {{"callcenter", "$1@default"}, {"callcenter", "$2@default"}}),
      extension("sleepy", "^sleepy$", {{"answer", ""}, {"sleep", "3000"}, {"hangup", ""}}),
      extension("loop", "^loop$", {{"transfer", "loop XML default"}}),
      extension("refused", "^refused$", {{"hangup", "USER_BUSY"}}),
      extension("odd", "^odd$", {{"juggle", "3"}, {"answer", ""}, {"park", ""}}),
      extension("export", "^export$",
                {{"set", "kit_one=first value"},
                 {"set", "kit_two=2"},
                 {"set", "cc_export_vars=kit_one,nolocal:kit_two,kit_missing"},
                 {"set", "cc_outbound_cid_name_prefix=SALES "},
                 {"callcenter", "support@default"}}),
      extension("login", "^login-(.+)$",
                {{"set", "res=${callcenter_config(agent set status $1 Available)}"},
                 {"answer", ""},
                 {"park", ""}}),
  };
  configuration.dialplan.contexts.push_back(context);
  return configuration;
}

void add_stage_agent(Configuration& configuration, std::string_view name, std::string_view queue) {
  queue::AgentSettings agent;
  agent.name = name;
  agent.type = "callback";
  agent.contact = "[leg_timeout=10]sofia/internal/" + std::string(name) + "@127.0.0.1:5070";
  agent.status = queue::AgentStatus::Available;
  configuration.call_center.agents.push_back(agent);
  configuration.call_center.tiers.push_back({std::string(queue), std::string(name), 1, 1});
}

}  // namespace core
