// One leg: a SIP dialog (RFC 3261 §12) with the INVITE that makes it and the requests in it.
//
//   peer calls:  Incoming ──AnswerLeg──▶ Answered ──ACK──▶ Established
//   we call:     Calling ──2xx──▶ Established
//   restart:     Established at once, from the saved facts; or Incoming or Calling, from an INVITE
//                of the earlier process
//
//   Incoming ──CANCEL, BYE, HangUpLeg──▶ Gone      Established ──BYE of the peer──▶ Gone
//   Calling ──3xx–6xx, time-out──▶ Gone            Established ──HangUpLeg──▶ Closing ──▶ Gone
//   Calling ──HangUpLeg──▶ Cancelling ──final──▶ Gone, or with a crossing 2xx ──▶ Closing
//   Answered ──HangUpLeg──▶ still Answered, BYE after the ACK (RFC 3261 §15)
//   Answered ──no ACK for 32 s──▶ Closing
//
// Non-movable: transactions keep a pointer to it. Its files are named after the verbs. It knows
// nothing of the other legs; whoever owns it (LegHost) finds it for requests and deletes it after
// it has retired. After HangUpLeg the only report is LegGone. Sip thread only.
#pragma once

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "call/sip_messages.h"
#include "sip/agent.h"
#include "sip/compose.h"
#include "sip/resolver.h"
#include "sip/transaction.h"

namespace sip {

class Leg;

// What a leg needs around it.
class LegHost {
 public:
  virtual ~LegHost() = default;
  virtual void report(call::SipReport report) = 0;
  // The tags of the dialog are known now: requests in it can be found.
  virtual void dialog_known(Leg& leg) = 0;
  // Has the leg ask for a sign of life at this time; times never go back.
  virtual void ask_for_life(Leg& leg, std::chrono::steady_clock::time_point when) = 0;
  // A text that names something of the call of this leg: the same in each process on this state,
  // and nothing that a peer could guess.
  virtual std::string name_of(base::LegId leg, std::string_view what) const = 0;
  // Asks where the name in this URI leads; the leg is told by resolved(), later.
  virtual void resolve(Leg& leg, const SipUri& uri) = 0;
  // The leg has reported LegGone and may be deleted, but not before the stack has unwound.
  virtual void retire(Leg& leg) = 0;
};

class Leg {
 public:
  enum class Phase { Incoming, Answered, Calling, Cancelling, Established, Closing, Gone };
  using Clock = std::chrono::steady_clock;

  Leg(base::LegId id, Agent& agent, LegHost& host) : id_(id), agent_(agent), host_(host) {}
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;

  // ---- how a leg begins: one of these, once ----
  // Takes an INVITE that has been screened; nothing is reported yet. The facts hold our tag.
  void accept(std::unique_ptr<ServerTransaction> invite, call::DialogFacts facts,
              std::size_t audio_line);
  void invite(const call::InviteLeg& order);
  void restore(call::DialogFacts facts);
  // Of a restored dialog: its peer may have gone meanwhile, and is asked for a sign of life unless
  // it has given one.
  void ask_for_life();
  // An INVITE of the earlier process: of a peer, which can be answered still; or ours, which can
  // only be cancelled: whatever final response comes, there is no call any more.
  void restore_caller(std::unique_ptr<ServerTransaction> invite, call::DialogFacts facts,
                      const call::ReceivedInvite& received);
  void restore_call(call::DialogFacts facts, const call::SentInvite& sent);

  // ---- orders; one that does not fit the phase is ignored ----
  void progress(const call::ProgressLeg& order);
  void answer(const call::AnswerLeg& order);
  void hang_up(const call::HangUpLeg& order);
  void answer_reinvite(const call::AnswerReinvite& order);
  void refuse_reinvite(const call::RefuseReinvite& order);
  void signal_digit(const call::SignalDigit& order);
  void answer_refer(const call::AnswerRefer& order);

  // Refuses an INVITE that nobody took (the inbox of the core is full), without any report.
  void decline(const Reply& reply);
  // The process stops: an unanswered INVITE dies with it, a dialog lives on in its facts. Reports
  // nothing.
  void abandon();
  // A request in the dialog, other than ACK and CANCEL.
  void on_request(std::unique_ptr<ServerTransaction> transaction, const sip_t& request,
                  const HostPort& source);
  // What became of the name that our call is to, or that a peer by TCP has told us.
  void resolved(Resolution found);
  // A repeated 2xx that found no transaction: RFC 3261 §13.2.2.4 wants an ACK for each.
  void acknowledge_again(const sip_t& response);
  // A final response that found no transaction. Returns: whether it is to the INVITE of ours that
  // restore_call() has brought back.
  bool on_final_after_restart(const sip_t& response, const HostPort& source);
  // The phone with this Contact is there again, by TCP from `source`. Returns: whether it is the
  // peer of this dialog, whose connection is gone; then it is spoken to there.
  bool peer_came_back(const std::string& contact, const HostPort& source);
  // Looks at deadlines of our own.
  void check_deadline(Clock::time_point now);

  base::LegId id() const { return id_; }
  Phase phase() const { return phase_; }
  // The number of the peer's first INVITE; 0 when there was none in this process.
  std::uint32_t invite_cseq() const { return invite_cseq_; }
  const call::DialogFacts& facts() const { return facts_; }
  const Agent& agent() const { return agent_; }

 private:
  enum class Announce { Changed, Quietly };

  void on_invite_event(ServerTransaction::Event event, const sip_t* message);
  void on_confirmed(const sip_t* ack);
  void on_cancelled(const sip_t* cancel);
  void on_unconfirmed();

  // A call of ours tries one address after another; names become addresses on the way.
  enum class Sending { Sent, Impossible };
  void try_next();
  Sending send_invite();
  void leave_silent_address();
  void on_late_response(ClientTransaction& left, int status, const sip_t* response);
  bool raise_session(const sip_t& response);
  void take_redirections(const sip_t& response);
  void end_refused(int status, const sip_t* response);
  void on_response(int status, const sip_t* response);
  void on_provisional(int status, const sip_t* response);
  void on_accepted(const sip_t& response);
  void on_refused(int status, const sip_t* response);
  enum class Adoption { Adopted, Unusable };
  Adoption adopt_answer(const sip_t& response);
  void acknowledge(const sip_t& response, const std::string& branch);

  void cancel_lost_invite(const std::string& reason);

  void on_bye(std::unique_ptr<ServerTransaction> transaction, const sip_t& request);
  void on_reinvite(std::unique_ptr<ServerTransaction> transaction, const sip_t& request);
  void on_reinvite_event(ServerTransaction::Event event, const sip_t* message);
  void on_update(std::unique_ptr<ServerTransaction> transaction, const sip_t& request);
  // The checks that re-INVITE and UPDATE share. Returns: nullopt when it has been refused.
  struct Change {
    std::optional<call::MediaDescription> offer;
  };
  std::optional<Change> take_change(ServerTransaction& transaction, const sip_t& request);
  Reply change_accepted(const std::string& sdp);

  // Signs of life (refresh.cc).
  void arm_session(Clock::time_point now);
  void check_session(Clock::time_point now);
  void refresh_session(Clock::time_point now);
  void on_refresh_response(int status, const sip_t* response);
  void on_refreshed(const sip_t& response);
  void repeat_refresh(Clock::duration pause);
  void end_lost_session();
  bool offer_is_out() const;
  void on_life_answer(int status);

  void signal_next_digit();

  // The peer wants its partner to be called elsewhere (refer.cc).
  void on_refer(std::unique_ptr<ServerTransaction> transaction, const sip_t& request);
  void notify_referrer(int outcome);

  // The name in the path of a peer by TCP is asked for, lest its connection goes.
  void learn_way();
  // Where the next request in the dialog goes.
  std::optional<HostPort> way_to_peer() const;

  void send_bye(const std::string& reason);
  void on_bye_answer(int status);
  // Our Contact header's value in this dialog.
  std::string contact() const;
  void report_unless_ended(call::SipReport report);
  void gone();

  const base::LegId id_;
  Agent& agent_;
  LegHost& host_;
  Phase phase_ = Phase::Gone;
  call::DialogFacts facts_;
  std::size_t audio_line_ = 0;  // Of the peer's last offer.
  std::uint32_t invite_cseq_ = 0;

  std::unique_ptr<ServerTransaction> invited_;   // The INVITE of the peer, until confirmed.
  std::unique_ptr<ServerTransaction> reinvite_;  // The re-INVITE of the peer, until confirmed …
  bool change_is_update_ = false;                // … or its UPDATE, until answered.
  std::unique_ptr<ClientTransaction> calling_;   // Our INVITE, until its final response.
  std::unique_ptr<ClientTransaction> closing_;   // Our BYE.
  // Our sign of life: an UPDATE without SDP, or a re-INVITE that repeats what we said last.
  std::unique_ptr<ClientTransaction> refreshing_;
  sip_method_t refresh_method_ = sip_method_update;
  std::unique_ptr<ClientTransaction> life_question_;  // Our OPTIONS after a restart.
  std::unique_ptr<ClientTransaction> signalling_;     // Our INFO …
  std::deque<std::string> digits_;                    // … and the keys that wait for its answer.

  std::unique_ptr<ServerTransaction> refer_;      // The REFER of the peer, until it is answered …
  std::uint32_t refer_cseq_ = 0;                  // … its number …
  std::unique_ptr<ClientTransaction> notifying_;  // … and our NOTIFY of what became of it.

  enum class Chosen { ByUs, ByThePeer };  // By its redirection.
  struct Attempt {
    std::string request_uri;
    std::variant<HostPort, SipUri> at;  // An address, or a name that has to be asked for.
    Chosen chosen = Chosen::ByUs;
  };
  bool is_allowed(const Attempt& attempt) const;
  void add_attempt(Attempt attempt);

  std::deque<Attempt> attempts_;   // Where else our INVITE may go.
  std::optional<Attempt> asking_;  // Its name is being asked for.
  // INVITEs to addresses that were silent for too long, and may yet answer.
  std::vector<std::unique_ptr<ClientTransaction>> left_;
  std::optional<HostPort> destination_;  // Where it went.
  std::optional<HostPort> named_way_;    // Where the peer's name leads; see learn_way().
  base::Headers added_headers_;          // Of the order …
  int max_forwards_ = 70;                // … and how far it may go.
  int redirects_ = 0;
  int refused_with_ = 503;         // By the last address; 503: nothing could be sent (LegRefused).
  bool provisional_came_ = false;  // CANCEL is allowed.
  std::string lost_branch_;        // Of our INVITE, when its transaction died with a process …
  std::optional<Clock::time_point> cancel_until_;  // … and how long its end is waited for.
  bool is_callers_lost_ = false;                   // The peer's INVITE came to an earlier process.
  std::optional<std::string> ending_;              // Reason of a HangUpLeg that has been ordered.
  std::optional<Clock::time_point> confirm_until_;
  std::optional<Clock::time_point> silent_until_;    // Then the next address is tried.
  std::optional<Clock::time_point> refresh_at_;      // Our next sign of life.
  std::optional<Clock::time_point> session_end_at_;  // Without one, the call is over.
  bool wants_sign_of_life_ = false;
  // Our numbers may be behind what an earlier process has sent.
  bool may_be_behind_ = false;
  int life_questions_ = 0;
  int session_raises_ = 0;
  int session_minimum_ = 0;  // What the peer's 422 asked for.
};

// "Reason: …" when there is one.
base::Headers reason_headers(const std::string& reason);

}  // namespace sip
