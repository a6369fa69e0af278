// Everything that lives on the sip thread: profiles, legs, the registrar, and the ways between
// them. Messages and orders are only sorted here; what is done with them stands in the files of the
// verbs.
#pragma once

#include <deque>
#include <memory>
#include <set>
#include <vector>

#include "base/result.h"
#include "call/sip_messages.h"
#include "sip/agent.h"
#include "sip/authentication.h"
#include "sip/call_gate.h"
#include "sip/contact_pings.h"
#include "sip/event_loop.h"
#include "sip/leg_table.h"
#include "sip/phone_notices.h"
#include "sip/register.h"
#include "sip/report_outbox.h"
#include "sip/resolver.h"
#include "sip/stack.h"

namespace sip {

class Endpoint : public MessageSink, public LegHost {
 public:
  // What others read while it runs.
  struct Shown {
    trace::Trace& trace;
    RefusedCalls& refused;
  };

  // Lifetime: `loop` and what `shown` names outlive it.
  Endpoint(EventLoop& loop, const StackOptions& options, ReportOutbox::Receiver receiver,
           const Shown& shown);
  ~Endpoint() override;
  Endpoint(const Endpoint&) = delete;
  Endpoint& operator=(const Endpoint&) = delete;

  // Restores the dialogs and binds all profiles. Returns: empty, or what an operator must be told.
  std::string open(const StackOptions& options);
  std::vector<BoundProfile> bound() const;

  void apply(const call::SipOrder& order);
  void replace_directory(call::Directory directory);
  // Profiles of other names are not touched, new ones not started.
  void use_settings(const std::vector<call::SipProfile>& profiles);
  // Those that are not here; none while reports wait that may say why.
  std::vector<base::LegId> unknown_of(const std::vector<base::LegId>& legs);
  // Brings the trace up to now.
  void read_transports();

 private:
  // MessageSink
  void on_request(Agent& agent, MessagePtr message, sip_t& request) override;
  void on_stray_response(Agent& agent, MessagePtr message, sip_t& response) override;
  // LegHost
  void report(call::SipReport report) override;
  void dialog_known(Leg& leg) override;
  void ask_for_life(Leg& leg, Leg::Clock::time_point when) override;
  std::string name_of(base::LegId leg, std::string_view what) const override;
  void resolve(Leg& leg, const SipUri& uri) override;
  void retire(Leg& leg) override;

  void sort_request(Agent& agent, MessagePtr message, sip_t& request);
  void on_options(Agent& agent, MessagePtr message);
  void on_dialog_request(Agent& agent, MessagePtr message, const sip_t& request);
  bool has_come_back(const sip_t& invite);
  void on_invite(Agent& agent, MessagePtr message, const sip_t& invite);
  void add_inbound_leg(Agent& agent, MessagePtr message, call::LegInvited report,
                       std::size_t audio_line);

  void apply(const call::InviteLeg& order);
  void apply(const call::HangUpLeg& order);
  void apply(const call::RestoreDialog& order);
  void apply(const call::RestoreInvite& order);
  void ask_for_life(Leg::Clock::time_point now);
  void find_peer_again(const std::string& contact, const HostPort& source);
  void cannot_restore(base::LegId leg, const call::DialogFacts& facts);
  Agent* agent_of(const std::string& profile);
  void keep_house();

  EventLoop& loop_;
  trace::Trace& trace_;
  ReportOutbox outbox_;
  Authentication authentication_;
  Resolver resolver_;
  std::vector<std::unique_ptr<Agent>> agents_;
  LegTable legs_;
  ContactPings pings_;
  PhoneNotices notices_;
  Registrar registrar_;
  CallGate gate_;
  base::LegId next_leg_;
  const std::string names_secret_;
  // Legs of the earlier process that were there before the first packet. The orders come again, and
  // by then a leg may have ended.
  std::set<base::LegId> restored_;
  struct LifeQuestion {
    base::LegId leg;
    Leg::Clock::time_point at;
  };
  std::deque<LifeQuestion> to_ask_;  // Of these, by time.
  // Of these, whose peers spoke TCP: their connections are gone.
  std::set<base::LegId> without_connection_;
};

}  // namespace sip
