#include "call/machine.h"

#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "call/announcement.h"
#include "call/application_stack.h"
#include "call/bridges.h"
#include "call/callcenter.h"
#include "call/channel_data.h"
#include "call/check_mailbox.h"
#include "call/collecting.h"
#include "call/confirmation.h"
#include "call/contacts.h"
#include "call/digit_actions.h"
#include "call/digits.h"
#include "call/fifo.h"
#include "call/hang_up.h"
#include "call/hold.h"
#include "call/inbound.h"
#include "call/limit.h"
#include "call/loopback.h"
#include "call/message_waiting.h"
#include "call/offers.h"
#include "call/origination.h"
#include "call/place_announcement.h"
#include "call/playback.h"
#include "call/recording.h"
#include "call/refer.h"
#include "call/registering.h"
#include "call/release.h"
#include "call/request_bridge.h"
#include "call/requests.h"
#include "call/restart.h"
#include "call/ringing.h"
#include "call/script.h"
#include "call/sounds.h"
#include "call/speaking.h"
#include "call/turn.h"

namespace call {
namespace {

// One arm per message; each calls the verb that is named after it. Reports about legs that are
// already forgotten are normal: they cross our orders on the way.
struct Route {
  Turn& turn;
  Surroundings& around;

  template <class Report, class Act>
  void with_leg(const Report& report, Act act) const {
    if (Leg* leg = turn.leg(report.leg)) act(*leg);
  }

  void operator()(const LegInvited& report) const { leg_invited(turn, around, report); }
  void operator()(const InviteSent& report) const {
    with_leg(report, [&](Leg& leg) {
      leg.facts = report.facts;
      leg.sent_invite = report.sent;
      leg.invite.reset();
    });
  }
  void operator()(const LegProgressed& report) const {
    with_leg(report, [&](Leg& leg) { leg_progressed(turn, leg, report); });
  }
  void operator()(const LegAnswered& report) const {
    with_leg(report, [&](Leg& leg) { leg_answered(turn, around, leg, report); });
  }
  void operator()(const LegConfirmed& report) const {
    with_leg(report, [&](Leg& leg) { leg_confirmed(turn, around, leg, report); });
  }
  void operator()(const LegRefused& report) const {
    with_leg(report, [&](Leg& leg) {
      end_leg(turn, leg, cause_of_response(report.status, report.q850), EndedBy::Peer);
    });
  }
  void operator()(const LegHungUp& report) const {
    with_leg(report, [&](Leg& leg) { end_leg(turn, leg, cause_of(report), EndedBy::Peer); });
  }
  void operator()(const LegGone& report) const {
    with_leg(report, [&](Leg& leg) { leg_gone(leg); });
  }
  void operator()(const LegReinvited& report) const {
    with_leg(report, [&](Leg& leg) { leg_reinvited(turn, around, leg, report); });
  }
  void operator()(const LegReferred& report) const {
    with_leg(report, [&](Leg& leg) { leg_referred(turn, around, leg, report); });
  }
  void operator()(const DialogChanged& report) const {
    with_leg(report, [&](Leg& leg) {
      leg.facts = report.facts;
      leg.variables.set("sip_call_id", leg.facts.call_id);
    });
  }
  void operator()(const RegistrationReceived& report) const {
    registration_received(turn, around, report);
  }

  void operator()(const MediaOpened& report) const {
    with_leg(report, [&](Leg& leg) { media_opened(leg, report.port); });
  }
  void operator()(const MediaFailed& report) const {
    with_leg(report, [&](Leg& leg) {
      turn.warn(leg, leg.name + ": no RTP port: " + report.why);
      end_leg(turn, leg, Cause::NormalTemporaryFailure, EndedBy::Us);
    });
  }
  void operator()(const PlaybackEnded& report) const {
    with_leg(report, [&](Leg& leg) { playback_ended(turn, around, leg, report); });
  }
  void operator()(const DigitReceived& report) const {
    const bool by_tone = report.by == DigitReceived::By::Tone;
    const DigitWay way = by_tone ? DigitWay::Tone : DigitWay::Rtp;
    with_leg(report, [&](Leg& leg) {
      digit_pressed(turn, around, leg, {report.digit, way, turn.now});
    });
  }
  void operator()(const DigitSignalled& report) const {
    with_leg(report, [&](Leg& leg) {
      digit_pressed(turn, around, leg, {report.digit, DigitWay::SipInfo, turn.now});
    });
  }
  void operator()(const MediaClosed& report) const {
    with_leg(report, [&](Leg& leg) { media_closed(turn, leg, report); });
  }
  void operator()(const RecordingEnded& report) const {
    with_leg(report, [&](Leg& leg) { recording_ended(turn, around, leg, report); });
  }
  void operator()(const MediaTimedOut& report) const {
    with_leg(report, [&](Leg& leg) { end_leg(turn, leg, Cause::MediaTimeout, EndedBy::Us); });
  }

  void operator()(const ScriptAsked& report) const { script_asked(turn, around, report); }
  void operator()(const ScriptEnded& report) const {
    with_leg(report, [&](Leg& leg) { script_ended(turn, around, leg, report); });
  }

  void operator()(const queue::AdmitMember& command) const { admit_member(turn, around, command); }
  void operator()(const queue::RefuseMember& command) const {
    refuse_member(turn, around, command);
  }
  void operator()(const queue::ReleaseMember& command) const { release_member(turn, command); }
  void operator()(const queue::StartOffer& command) const { start_offer(turn, around, command); }
  void operator()(const queue::CancelOffer& command) const { cancel_offer(turn, command); }
  void operator()(const queue::ConnectOffer& command) const {
    connect_offer(turn, around, command);
  }
  void operator()(const queue::FinishMember& command) const { finish_member(turn, command); }
  void operator()(const queue::PlayAnnouncement& command) const {
    play_announcement(turn, command);
  }
  void operator()(const queue::Announce& command) const { announce(command); }
  void operator()(const queue::Warn& command) const { turn.warn(command.text); }

 private:
  static Cause cause_of(const LegHungUp& report) {
    switch (report.how) {
      case LegHungUp::How::Cancel:
        return Cause::OriginatorCancel;
      case LegHungUp::How::Timeout:
        return Cause::RecoveryOnTimerExpire;
      default:
        return cause_of_bye(report.q850);
    }
  }

  void leg_gone(Leg& leg) const {
    // sip always says why first; a leg that is gone without it ends like one that broke.
    end_leg(turn, leg, Cause::NormalTemporaryFailure, EndedBy::Peer);
    if (leg.runs<InQueue>()) complete_hang_up(turn, leg);
    leg.is_gone = true;
    if (!leg.awaits_count) erase_leg(turn, leg.id);
  }

  // After a restart the port is the old one and nothing waits for it.
  void media_opened(Leg& leg, std::uint16_t port) const {
    if (leg.phase != LegPhase::Opening) return;
    leg.media.port = port;
    if (leg.direction == Direction::Inbound) return take_into_dialplan(turn, around, leg);
    send_invite(turn, around, leg);
  }

  void announce(const queue::Announce& command) const {
    const Leg* leg = turn.leg(command.channel);
    if (leg == nullptr) {
      turn.out.emplace_back(EventMade{command.event});
      return;
    }
    // The channel's data stand before the headers of the call centre (spec/06 §1).
    base::EslEvent event = command.event;
    event.headers.clear();
    add_channel_data(turn.state, *leg, event);
    event.headers.insert(event.headers.end(), command.event.headers.begin(),
                         command.event.headers.end());
    turn.out.emplace_back(EventMade{std::move(event)});
  }
};

void deadline_reached(Turn& turn, Surroundings& around, const Purpose& purpose) {
  if (purpose.kind == Purpose::Kind::RegistrationExpires) {
    return registration_due(turn, purpose.subject);
  }
  if (purpose.kind == Purpose::Kind::OriginateTimeout) {
    return offer_timed_out(turn, base::OfferId{purpose.subject});
  }
  Leg* leg = turn.leg(base::LegId{purpose.subject});
  CHECK(leg != nullptr);
  if (purpose.kind == Purpose::Kind::MediaCounted) return finish_leg(turn, *leg);
  CHECK(!leg->is_ending());
  switch (purpose.kind) {
    case Purpose::Kind::LegTimeout:
      return end_leg(turn, *leg, Cause::AllottedTimeout, EndedBy::Us);
    case Purpose::Kind::CallTimeout:
      return end_leg(turn, *leg, Cause::NoAnswer, EndedBy::Us);
    case Purpose::Kind::Prompts:
      return prompts_over(turn, around, *leg);
    case Purpose::Kind::PlaceAnnouncement:
      return place_announcement_due(turn, around, *leg);
    case Purpose::Kind::Confirmation:
      return ask_for_key(turn, *leg);
    case Purpose::Kind::Digits:
      return digits_due(turn, around, *leg);
    case Purpose::Kind::Fifo:
      return fifo_due(turn, around, *leg);
    case Purpose::Kind::OwnKeys:
      return own_keys_due(turn, around, *leg);
    case Purpose::Kind::PeersKeys:
      return peers_keys_due(turn, around, *leg);
    case Purpose::Kind::Mailbox:
      return mailbox_due(turn, around, *leg);
    default:
      return application_over(turn, around, *leg);
  }
}

}  // namespace

Machine::Machine(std::uint64_t seed, base::WallAnchor anchor)
    : state_(std::make_unique<MachineState>(seed, anchor)) {}
Machine::~Machine() = default;
Machine::Machine(Machine&&) noexcept = default;
Machine& Machine::operator=(Machine&&) noexcept = default;

void Machine::handle(const SipReport& report, Surroundings& around, base::Instant now,
                     Outputs& out) {
  Turn turn{*state_, now, out};
  std::visit(Route{turn, around}, report);
}

void Machine::handle(const MediaReport& report, Surroundings& around, base::Instant now,
                     Outputs& out) {
  Turn turn{*state_, now, out};
  std::visit(Route{turn, around}, report);
}

void Machine::handle(const ScriptReport& report, Surroundings& around, base::Instant now,
                     Outputs& out) {
  Turn turn{*state_, now, out};
  std::visit(Route{turn, around}, report);
}

void Machine::handle(const queue::Command& command, Surroundings& around, base::Instant now,
                     Outputs& out) {
  Turn turn{*state_, now, out};
  std::visit(Route{turn, around}, command);
}

void Machine::handle(const Continue& request, Surroundings& around, base::Instant now,
                     Outputs& out) {
  Turn turn{*state_, now, out};
  if (request.what == Continue::What::CallNext) return call_next(turn, around, request.offer);
  Leg* leg = turn.leg(request.leg);
  if (leg == nullptr) return;
  switch (request.what) {
    case Continue::What::CallNext:
      return;
    case Continue::What::Bridge:
      return bridge_as_requested(turn, *leg, request.other);
    case Continue::What::AfterConversation:
      return go_on_after_conversation(turn, around, *leg);
    case Continue::What::LeaveQueue:
      if (leg->is_ending()) return;
      set_leaving_variables(turn, *leg, request.cause);
      if (!request.destination.empty()) {
        transfer_leg(turn, around, *leg, {request.destination, request.context});
      }
      return application_over(turn, around, *leg);
    case Continue::What::HangUp:
      if (!leg->runs<InQueue>()) return;
      if (std::get<InQueue>(leg->execution.running).member) {
        set_leaving_variables(turn, *leg, request.cause);
      }
      return complete_hang_up(turn, *leg);
    case Continue::What::RunActions:
      if (!leg->is_ending()) run_applications(turn, around, *leg);
      return;
  }
}

void Machine::advance(Surroundings& around, base::Instant now, Outputs& out) {
  Turn turn{*state_, now, out};
  while (const auto due = state_->deadlines.take_due(now)) deadline_reached(turn, around, *due);
}

void Machine::restart(base::Instant now, Outputs& out) {
  Turn turn{*state_, now, out};
  restart_legs(turn);
}

bool Machine::hang_up(std::string_view uuid, Cause cause, base::Instant now, Outputs& out) {
  const auto found = state_->by_uuid.find(uuid);
  if (found == state_->by_uuid.end()) return false;
  Turn turn{*state_, now, out};
  Leg& leg = *turn.leg(found->second);
  if (leg.is_ending()) return false;
  end_leg(turn, leg, cause, EndedBy::Us);
  return true;
}

void Machine::release_offer(base::OfferId offer, base::Instant now, Outputs& out) {
  Turn turn{*state_, now, out};
  call::release_offer(turn, offer);
}

void Machine::release_leg(base::LegId id, base::Instant now, Outputs& out) {
  Turn turn{*state_, now, out};
  if (Leg* leg = turn.leg(id)) call::release_leg(turn, *leg);
}

std::size_t Machine::hang_up_all(Cause cause, base::Instant now, Outputs& out) {
  Turn turn{*state_, now, out};
  std::size_t count = 0;
  for (const auto& [id, leg] : state_->legs) count += leg.is_ending() ? 0 : 1;
  for (auto& [id, leg] : state_->legs) end_leg(turn, leg, cause, EndedBy::Us);
  return count;
}

bool Machine::set_variable(std::string_view uuid, std::string_view name, std::string_view value) {
  const auto found = state_->by_uuid.find(uuid);
  if (found == state_->by_uuid.end()) return false;
  return state_->legs.at(found->second).variables.set(name, value);
}

Requested Machine::transfer(std::string_view uuid, Whom whom, const TransferTo& to,
                            const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  return request_transfer(turn, moment.around, *leg, whom, to);
}

Requested Machine::execute(std::string_view uuid, const ExecutionWanted& wanted,
                           const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  return request_execution(turn, moment.around, *leg, wanted);
}

Requested Machine::broadcast(std::string_view uuid, Whom whom, std::string_view what,
                             const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  return request_broadcast(turn, moment.around, *leg, whom, what);
}

Requested Machine::break_off(std::string_view uuid, BreakOff what, const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  request_break(turn, moment.around, *leg, what);
  return Requested::Done;
}

base::OfferId Machine::originate(const OriginateWanted& wanted, const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  return call::originate(turn, moment.around, wanted);
}

Requested Machine::bridge(std::string_view uuid, std::string_view other, const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* first = turn.leg(uuid);
  Leg* second = turn.leg(other);
  if (first == nullptr || second == nullptr) return Requested::NoSuchLeg;
  return request_bridge(turn, *first, *second);
}

Requested Machine::hold(std::string_view uuid, HoldWanted wanted, const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  return request_hold(turn, moment.around, *leg, wanted);
}

Requested Machine::record(std::string_view uuid, const RecordingWanted& wanted,
                          const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  return request_recording(turn, moment.around, *leg, wanted);
}

Requested Machine::stop_watching(std::string_view uuid, const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  Leg* leg = turn.leg(uuid);
  if (leg == nullptr) return Requested::NoSuchLeg;
  call::stop_watching(turn, *leg);
  return Requested::Done;
}

void Machine::spell_out(PlaySound& order, Surroundings& around, base::Instant now, Outputs& out) {
  Turn turn{*state_, now, out};
  speak(turn, around, order);
}

void Machine::reset_limits() {
  for (auto& [id, leg] : state_->legs) leg.limits.clear();
  state_->limits.reset();
}

void Machine::reset_limit_interval(const LimitKey& key) {
  state_->limits.reset_interval(key);
}

bool Machine::release_limits(std::string_view uuid, const std::optional<LimitKey>& key) {
  const auto found = state_->by_uuid.find(uuid);
  if (found == state_->by_uuid.end()) return false;
  Leg& leg = state_->legs.at(found->second);
  if (key) {
    let_go_of(*state_, leg, *key);
  } else {
    let_go_of_all(*state_, leg);
  }
  return true;
}

std::size_t Machine::delete_messages(const BoxName& box, const std::string& uuid,
                                     const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  return call::delete_messages(turn, box, uuid);
}

std::size_t Machine::mark_messages(const BoxName& box, const std::string& uuid, MessageMark mark,
                                   const Moment& moment) {
  Turn turn{*state_, moment.now, moment.out};
  return call::mark_messages(turn, box, uuid, mark);
}

const Mailboxes& Machine::mailboxes() const {
  return state_->mailboxes;
}

void Machine::recount_limits() {
  state_->limits.set_held(held_by_legs(*state_));
}

std::optional<base::EslEvent> Machine::channel_data(std::string_view uuid) const {
  const Leg* found = find_leg(uuid);
  if (found == nullptr) return std::nullopt;
  base::EslEvent event;
  event.name = "CHANNEL_DATA";
  add_channel_data(*state_, *found, event);
  return event;
}

std::string Machine::make_uuid() {
  return state_->random.uuid();
}

std::optional<base::Instant> Machine::next_deadline() const {
  return state_->deadlines.next();
}

const Leg* Machine::find_leg(std::string_view uuid) const {
  const auto found = state_->by_uuid.find(uuid);
  return found == state_->by_uuid.end() ? nullptr : leg(found->second);
}

const Leg* Machine::leg(base::LegId id) const {
  const auto found = state_->legs.find(id);
  return found == state_->legs.end() ? nullptr : &found->second;
}

std::vector<const Leg*> Machine::legs() const {
  std::vector<const Leg*> all;
  for (const auto& [id, leg] : state_->legs) all.push_back(&leg);
  return all;
}

std::vector<base::LegId> Machine::legs_of_sip(base::LegId after, std::size_t most) const {
  std::vector<base::LegId> found;
  auto next = state_->legs.upper_bound(after);
  for (; next != state_->legs.end() && found.size() < most; ++next) {
    const Leg& leg = next->second;
    const bool is_there = leg.phase == LegPhase::Early || leg.phase == LegPhase::Up;
    if (is_there && !is_loopback(leg)) found.push_back(leg.id);
  }
  return found;
}

std::uint64_t Machine::legs_ever() const {
  return state_->last_outbound / 2 + (state_->last_inbound + 1) / 2;
}

const Offer* Machine::offer(base::OfferId id) const {
  const auto found = state_->offers.find(id);
  return found == state_->offers.end() ? nullptr : &found->second;
}

std::vector<const Offer*> Machine::offers() const {
  std::vector<const Offer*> all;
  for (const auto& [id, offer] : state_->offers) all.push_back(&offer);
  return all;
}

std::optional<std::string> Machine::variable(std::string_view uuid, std::string_view name) const {
  const Leg* found = find_leg(uuid);
  if (found == nullptr) return std::nullopt;
  return variable_or_field(*found, name);
}

const Pace* Machine::pace(std::string_view queue) const {
  const auto found = state_->paces.find(base::to_lower(queue));
  return found == state_->paces.end() ? nullptr : &found->second;
}

const FifoLines& Machine::fifos() const {
  return state_->fifos;
}

const Limits& Machine::limits() const {
  return state_->limits;
}

bool Machine::are_limits_right() const {
  return state_->limits.held() == held_by_legs(*state_);
}

std::string Machine::sofia_contact(std::string_view arguments, base::Instant now) const {
  return registered_contacts(state_->registrations, arguments, now);
}

const Registrations& Machine::registrations() const {
  return state_->registrations;
}

base::LegId Machine::next_inbound_leg() const {
  return base::LegId{state_->last_inbound == 0 ? 1 : state_->last_inbound + 2};
}

}  // namespace call
