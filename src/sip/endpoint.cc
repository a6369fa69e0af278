#include "sip/endpoint.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/capture_server.h"
#include "base/log.h"
#include "sip/digest.h"
#include "sip/facts.h"
#include "sip/limits.h"
#include "sip/random_text.h"
#include "sip/screen.h"
#include "sip/session_timer.h"
#include "sip/stray_answer.h"
#include "sip/trace/trace.h"
#include "sip/wire_text.h"

namespace sip {
namespace {

void show_to_others(const std::map<std::string, TraceView>& views, trace::Trace& trace) {
  for (const auto& [profile, view] : views) {
    if (view.prints_messages) trace.print(profile, trace::Printing::On);
    if (view.capture_server.empty()) continue;
    const auto server = base::parse_capture_server(view.capture_server);
    if (!server) continue;  // The configuration has told so.
    auto collector = trace::Collector::open(*server);
    if (collector) {
      trace.send_to(std::move(*collector), profile);
    } else {
      base::log_warning(base::LogSubject{base::LogArea::Sip},
                        "SIP profile '{}': no messages go to {}: {}", profile, view.capture_server,
                        collector.error());
    }
  }
}

}  // namespace

Endpoint::Endpoint(EventLoop& loop, const StackOptions& options, ReportOutbox::Receiver receiver,
                   const Shown& shown)
    : loop_(loop),
      trace_(shown.trace),
      outbox_(std::move(receiver)),
      authentication_(options.nonce_secret),
      resolver_(options.name_servers),
      pings_(options.timer_t1 * kContactPingTimers),
      registrar_(
          authentication_, pings_,
          [this](call::SipReport report) {
            return outbox_.offer(std::move(report)) == ReportOutbox::Taken::Yes
                       ? Registrar::Taken::Yes
                       : Registrar::Taken::No;
          },
          [this](const std::string& contact, const HostPort& source) {
            find_peer_again(contact, source);
          }),
      gate_(options.limits, options.core_load, shown.refused),
      next_leg_(options.first_leg),
      names_secret_(options.nonce_secret.empty() ? random_hex(16) : options.nonce_secret) {
  authentication_.replace_directory(options.directory);
}

Endpoint::~Endpoint() {
  legs_.abandon_all();
  legs_.bury();
}

std::string Endpoint::open(const StackOptions& options) {
  for (const call::SipProfile& profile : options.profiles) {
    auto agent = Agent::bind(loop_.root(), profile, options.timer_t1, *this);
    if (!agent) return agent.error();
    agents_.push_back(std::move(*agent));
  }
  show_to_others(options.views, trace_);
  // Nothing is read from the sockets before the loop runs.
  for (const call::SipOrder& leg : options.restored) apply(leg);
  loop_.every(kHousekeepingInterval, [this] { keep_house(); });
  loop_.every(options.timer_t1 * kLifeTickTimers, [this] {
    ask_for_life(Leg::Clock::now());
    legs_.bury();
  });
  loop_.every(kTraceInterval, [this] { read_transports(); });
  loop_.on_readable(resolver_.descriptor(), [this] {
    resolver_.read();
    legs_.bury();
  });
  loop_.every(kLookupTick, [this] {
    resolver_.tick(Resolver::Clock::now());
    legs_.bury();
  });
  loop_.every(kBacklogRetry, [this] {
    if (outbox_.has_backlog()) outbox_.retry();
  });
  return {};
}

std::vector<BoundProfile> Endpoint::bound() const {
  std::vector<BoundProfile> bound;
  for (const auto& agent : agents_) {
    bound.push_back({agent->profile().name, agent->bound().host, agent->bound().port});
  }
  return bound;
}

void Endpoint::read_transports() {
  for (const auto& agent : agents_) agent->read_transports(trace_);
}

void Endpoint::replace_directory(call::Directory directory) {
  authentication_.replace_directory(std::move(directory));
}

void Endpoint::use_settings(const std::vector<call::SipProfile>& profiles) {
  for (const call::SipProfile& profile : profiles) {
    if (Agent* agent = agent_of(profile.name)) agent->use_settings(profile);
  }
}

// ---- messages -----------------------------------------------------------------------------------

void Endpoint::on_request(Agent& agent, MessagePtr message, sip_t& request) {
  if (request.sip_request->rq_method != sip_method_ack) {
    sort_request(agent, std::move(message), request);
  }
  legs_.bury();
}

void Endpoint::sort_request(Agent& agent, MessagePtr message, sip_t& request) {
  const Screening screening = screen(request);
  if (screening.verdict == Screening::Verdict::Unanswerable) return;
  if (screening.verdict == Screening::Verdict::Refuse) {
    return agent.reply_stateless(std::move(message), screening.status, {});
  }
  const sip_method_t method = request.sip_request->rq_method;
  // A CANCEL that reaches us matches no INVITE: RFC 3261 §9.2.
  if (method == sip_method_cancel) return agent.reply_stateless(std::move(message), 481, {});
  if (request.sip_to->a_tag != nullptr) {
    return on_dialog_request(agent, std::move(message), request);
  }
  switch (method) {
    case sip_method_invite:
      return on_invite(agent, std::move(message), request);
    case sip_method_register:
      return registrar_.on_register(agent, std::move(message), request);
    case sip_method_options:
      return on_options(agent, std::move(message));
    case sip_method_bye:
    case sip_method_info:
    case sip_method_prack:
    case sip_method_refer:
    case sip_method_update:
      return agent.reply_stateless(std::move(message), 481, {});
    default:
      return agent.reply_stateless(std::move(message), method == sip_method_unknown ? 501 : 405,
                                   {{"Allow", kAllow}});
  }
}

// What an INVITE would be told is what its peer is told now (RFC 3261 §11.2): so a balancer before
// us learns from its probes that it should go elsewhere.
void Endpoint::on_options(Agent& agent, MessagePtr message) {
  if (gate_.as_the_operator_wants() == CallGate::Verdict::Shut) {
    return agent.reply_stateless(std::move(message), 503,
                                 {{"Retry-After", std::to_string(kRetryAfterSeconds)}});
  }
  agent.reply_stateless(std::move(message), 200,
                        {{"Allow", kAllow}, {"Accept", "application/sdp"}});
}

void Endpoint::on_dialog_request(Agent& agent, MessagePtr message, const sip_t& request) {
  Leg* leg = legs_.find(DialogId{.call_id = plain(request.sip_call_id->i_id),
                                 .local_tag = plain(request.sip_to->a_tag),
                                 .remote_tag = plain(request.sip_from->a_tag)});
  if (leg == nullptr) return agent.reply_stateless(std::move(message), 481, {});
  const HostPort source = source_of(message.get());
  if (request.sip_request->rq_method == sip_method_invite &&
      agent.try_to_reach(message.get()) == Agent::Reach::Unreachable) {
    return;
  }
  auto transaction = ServerTransaction::open(agent, std::move(message));
  if (transaction != nullptr) leg->on_request(std::move(transaction), request, source);
}

// Whether this INVITE has been here before: by another way, also to another profile (RFC 3261
// §8.2.2.2; the library sees it only at the same one), or because somebody sends a call of ours
// back to us as it was (§16.3). With another request URI, or straight from us, it is a call like
// any other: somebody meant to call here.
bool Endpoint::has_come_back(const sip_t& invite) {
  const std::string call_id = plain(invite.sip_call_id->i_id);
  const std::string tag = plain(invite.sip_from->a_tag);
  if (legs_.find_inbound(call_id, tag, invite.sip_cseq->cs_seq) != nullptr) return true;
  const Leg* ours = legs_.find_our_call(call_id);
  const bool came_by_others = invite.sip_via->v_next != nullptr;
  return ours != nullptr && came_by_others && ours->facts().local_tag == tag &&
         ours->facts().remote_target == plain_uri(invite.sip_request->rq_url);
}

void Endpoint::on_invite(Agent& agent, MessagePtr message, const sip_t& invite) {
  // Before anything that costs time.
  const bool has_room = legs_.size() < kLegsMax && !outbox_.has_backlog();
  if (!has_room || gate_.knock(CallGate::Clock::now(), legs_.size()) == CallGate::Verdict::Shut) {
    return agent.reply_stateless(std::move(message), 503,
                                 {{"Retry-After", std::to_string(kRetryAfterSeconds)}});
  }
  if (has_come_back(invite)) return agent.reply_stateless(std::move(message), 482, {});
  const CallAdmission admission = admit_call(authentication_, agent, invite);
  if (admission.refusal) {
    return agent.reply_stateless(std::move(message), admission.refusal->status,
                                 admission.refusal->headers);
  }
  if (const auto refusal = session_refusal(agent.profile(), session_terms_of(invite))) {
    return agent.reply_stateless(std::move(message), refusal->status, refusal->headers);
  }
  const HostPort source = source_of(message.get());
  auto facts = facts_of(agent, invite, source);
  if (!facts) return agent.reply_stateless(std::move(message), 400, {});
  auto offer = offer_of(invite);
  if (!offer) {
    return agent.reply_stateless(std::move(message), offer.error().status, offer.error().headers);
  }
  call::LegInvited report = invited_of(agent, invite, source);
  report.auth_user = admission.user;
  report.offer = std::move(offer->media);
  report.facts = std::move(*facts);
  report.received = received_of(invite);
  report.received.audio_line = offer->audio_line;
  add_inbound_leg(agent, std::move(message), std::move(report), offer->audio_line);
}

void Endpoint::add_inbound_leg(Agent& agent, MessagePtr message, call::LegInvited report,
                               std::size_t audio_line) {
  if (agent.try_to_reach(message.get()) == Agent::Reach::Unreachable) return;
  auto transaction = ServerTransaction::open(agent, std::move(message));
  if (transaction == nullptr) return;
  // Restored legs may hold ids from here on.
  while (legs_.find(next_leg_) != nullptr) next_leg_.value += 2;
  report.leg = next_leg_;
  next_leg_.value += 2;
  call::DialogFacts facts = report.facts;
  facts.local_tag = random_hex(8);
  report.received.local_tag = facts.local_tag;
  trace_.learn(facts.call_id, report.leg);
  Leg& leg = legs_.add(std::make_unique<Leg>(report.leg, agent, *this));
  leg.accept(std::move(transaction), std::move(facts), audio_line);
  if (outbox_.offer(std::move(report)) == ReportOutbox::Taken::No) {
    leg.decline({.status = 503, .headers = {{"Retry-After", std::to_string(kRetryAfterSeconds)}}});
  }
}

void Endpoint::on_stray_response(Agent& agent, MessagePtr message, sip_t& response) {
  const int status = response.sip_status->st_status;
  const bool invite =
      response.sip_cseq != nullptr && response.sip_cseq->cs_method == sip_method_invite;
  if (!invite || status < 200) return;
  Leg* ours = legs_.find_our_call(plain(response.sip_call_id->i_id));
  if (ours != nullptr && ours->on_final_after_restart(response, source_of(message.get()))) {
    return legs_.bury();
  }
  if (status > 299) return;
  Leg* leg = legs_.find(DialogId{.call_id = plain(response.sip_call_id->i_id),
                                 .local_tag = plain(response.sip_from->a_tag),
                                 .remote_tag = plain(response.sip_to->a_tag)});
  if (leg != nullptr) return leg->acknowledge_again(response);
  end_stray_answer(agent, response, source_of(message.get()));
}

// ---- orders -------------------------------------------------------------------------------------

void Endpoint::apply(const call::SipOrder& order) {
  const auto to_leg = [this](base::LegId id, auto act) {
    if (Leg* leg = legs_.find(id)) act(*leg);
  };
  struct Sorter {
    Endpoint& self;
    decltype(to_leg)& leg;
    void operator()(const call::InviteLeg& o) { self.apply(o); }
    void operator()(const call::HangUpLeg& o) { self.apply(o); }
    void operator()(const call::RestoreDialog& o) { self.apply(o); }
    void operator()(const call::RestoreInvite& o) { self.apply(o); }
    void operator()(const call::ProgressLeg& o) {
      leg(o.leg, [&](Leg& l) { l.progress(o); });
    }
    void operator()(const call::AnswerLeg& o) {
      leg(o.leg, [&](Leg& l) { l.answer(o); });
    }
    void operator()(const call::AnswerReinvite& o) {
      leg(o.leg, [&](Leg& l) { l.answer_reinvite(o); });
    }
    void operator()(const call::RefuseReinvite& o) {
      leg(o.leg, [&](Leg& l) { l.refuse_reinvite(o); });
    }
    void operator()(const call::SignalDigit& o) {
      leg(o.leg, [&](Leg& l) { l.signal_digit(o); });
    }
    void operator()(const call::AnswerRefer& o) {
      leg(o.leg, [&](Leg& l) { l.answer_refer(o); });
    }
    void operator()(const call::AcceptRegistration& o) { self.registrar_.accept(o); }
    void operator()(const call::RefuseRegistration& o) { self.registrar_.refuse(o); }
    void operator()(const call::NotifyPhone& o) {
      if (Agent* agent = self.agent_of(o.profile)) self.notices_.send(*agent, o);
    }
  };
  std::visit(Sorter{*this, to_leg}, order);
  legs_.bury();
}

void Endpoint::apply(const call::InviteLeg& order) {
  if (legs_.find(order.leg) != nullptr) return;
  Agent* agent = agent_of(order.profile);
  if (agent == nullptr || legs_.size() >= kLegsMax) {
    base::log_warning(
        base::LogSubject{base::LogArea::Sip, order.leg}, "leg {}: cannot call {}: {}",
        order.leg.value, order.request_uri,
        agent == nullptr ? "no SIP profile '" + order.profile + "'" : std::string("too many legs"));
    report(call::LegRefused{order.leg, 503, std::nullopt});
    return report(call::LegGone{order.leg});
  }
  Leg& leg = legs_.add(std::make_unique<Leg>(order.leg, *agent, *this));
  leg.invite(order);
  legs_.add_our_call(leg);
  trace_.learn(leg.facts().call_id, order.leg);
}

void Endpoint::apply(const call::HangUpLeg& order) {
  Leg* leg = legs_.find(order.leg);
  if (leg == nullptr) return report(call::LegGone{order.leg});
  leg->hang_up(order);
}

void Endpoint::apply(const call::RestoreDialog& order) {
  if (!restored_.insert(order.leg).second || legs_.find(order.leg) != nullptr) return;
  Agent* agent = agent_of(order.facts.profile);
  if (agent == nullptr || !order.facts.established()) return cannot_restore(order.leg, order.facts);
  Leg& leg = legs_.add(std::make_unique<Leg>(order.leg, *agent, *this));
  leg.restore(order.facts);
  ask_for_life(leg, Leg::Clock::now());
  if (order.facts.over_tcp) without_connection_.insert(order.leg);
  trace_.learn(order.facts.call_id, order.leg);
}

void Endpoint::apply(const call::RestoreInvite& order) {
  if (!restored_.insert(order.leg).second || legs_.find(order.leg) != nullptr) return;
  Agent* agent = agent_of(order.facts.profile);
  if (agent == nullptr) return cannot_restore(order.leg, order.facts);
  if (order.sent) {
    Leg& leg = legs_.add(std::make_unique<Leg>(order.leg, *agent, *this));
    leg.restore_call(order.facts, *order.sent);
    legs_.add_our_call(leg);
  } else if (order.received) {
    auto transaction = ServerTransaction::reopen(*agent, order.facts, *order.received);
    if (transaction == nullptr) return cannot_restore(order.leg, order.facts);
    Leg& leg = legs_.add(std::make_unique<Leg>(order.leg, *agent, *this));
    leg.restore_caller(std::move(transaction), order.facts, *order.received);
  }
  trace_.learn(order.facts.call_id, order.leg);
}

void Endpoint::ask_for_life(Leg& leg, Leg::Clock::time_point when) {
  to_ask_.push_back({leg.id(), when});
}

void Endpoint::ask_for_life(Leg::Clock::time_point now) {
  for (int room = kLifeQuestionsPerTick; room > 0; --room) {
    if (to_ask_.empty() || to_ask_.front().at > now) return;
    Leg* leg = legs_.find(to_ask_.front().leg);
    to_ask_.pop_front();
    if (leg != nullptr) leg->ask_for_life();
  }
}

void Endpoint::find_peer_again(const std::string& contact, const HostPort& source) {
  if (source.transport != Transport::Tcp) return;
  for (auto next = without_connection_.begin(); next != without_connection_.end();) {
    Leg* leg = legs_.find(*next);
    const bool is_done = leg == nullptr || leg->peer_came_back(contact, source);
    next = is_done ? without_connection_.erase(next) : std::next(next);
  }
}

void Endpoint::cannot_restore(base::LegId leg, const call::DialogFacts& facts) {
  base::log_warning(base::LogSubject{base::LogArea::Sip, leg},
                    "leg {}: it cannot be restored on SIP profile '{}'", leg.value, facts.profile);
  report(call::LegGone{leg});
}

std::vector<base::LegId> Endpoint::unknown_of(const std::vector<base::LegId>& legs) {
  std::vector<base::LegId> unknown;
  if (outbox_.has_backlog()) return unknown;
  std::copy_if(legs.begin(), legs.end(), std::back_inserter(unknown),
               [this](base::LegId id) { return legs_.find(id) == nullptr; });
  return unknown;
}

Agent* Endpoint::agent_of(const std::string& profile) {
  const auto found = std::find_if(agents_.begin(), agents_.end(), [&](const auto& agent) {
    return agent->profile().name == profile;
  });
  return found == agents_.end() ? nullptr : found->get();
}

// ---- around the legs ----------------------------------------------------------------------------

void Endpoint::report(call::SipReport report) {
  outbox_.send(std::move(report));
}

void Endpoint::dialog_known(Leg& leg) {
  legs_.add_dialog(leg);
}

std::string Endpoint::name_of(base::LegId leg, std::string_view what) const {
  return md5_hex(names_secret_ + " " + std::string(what) + " " + std::to_string(leg.value));
}

void Endpoint::resolve(Leg& leg, const SipUri& uri) {
  const bool v6 = leg.agent().bound().host.find(':') != std::string::npos;
  resolver_.resolve(uri, v6 ? AddressFamily::V6 : AddressFamily::V4,
                    [this, id = leg.id()](Resolution found) {
                      if (Leg* asker = legs_.find(id)) asker->resolved(std::move(found));
                    });
}

void Endpoint::retire(Leg& leg) {
  legs_.remove(leg);
}

void Endpoint::keep_house() {
  const auto now = Leg::Clock::now();
  legs_.check_deadlines(now);
  registrar_.expire(now);
  pings_.tick(now);
  notices_.bury();
  gate_.tell_refusals();
  for (const auto& agent : agents_) agent->bound_connections();
  legs_.bury();
}

}  // namespace sip
