// One leg: a SIP dialog with its media, its variables and what the dialplan does with it.
//
// Data only; the files named after the verbs (inbound, offers, bridges, hang_up …) change it.
//
//   inbound:   Opening ──► Early ──► Up ──► Ending ──► (LegGone: erased)
//   outbound:  Opening ──► Early ──► Up ──► Ending
//
// Opening waits for an RTP port. Early is an inbound leg that is not answered yet, or an outbound
// leg whose INVITE is out. A leg in Ending has had its CHANNEL_HANGUP and waits for media to say
// what went through it, for CHANNEL_HANGUP_COMPLETE, and for sip to be done with it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/archive.h"
#include "base/ids.h"
#include "base/time.h"
#include "call/cause.h"
#include "call/channel_state.h"
#include "call/collecting.h"
#include "call/dial_string.h"
#include "call/dialog_facts.h"
#include "call/eavesdrop_messages.h"
#include "call/fifo_line.h"
#include "call/keys.h"
#include "call/limits.h"
#include "call/media_description.h"
#include "call/open_invite.h"
#include "call/recording_messages.h"
#include "call/script_messages.h"
#include "call/sip_messages.h"
#include "call/variables.h"
#include "call/voicemail_state.h"
#include "dialplan/dialplan.h"

namespace call {

// More legs than this at once are refused with 503: a machine that is worked far beyond its RTP
// ports (16384–32768 by default, one of two used).
inline constexpr std::size_t kLegsMax = 20'000;

enum class Direction { Inbound, Outbound };
enum class LegPhase { Opening, Early, Up, Ending };

// Who calls whom, as the phone's display and the dialplan see it.
struct CallerProfile {
  std::string user_name;
  std::string caller_id_name;
  std::string caller_id_number;
  std::string network_address;
  std::string destination_number;
  std::string redirected_from;  // RDNIS: the destination before a transfer.
  std::string context;
};

// Our side of the media and what was agreed with the peer.
struct LegMedia {
  std::string address;       // Ours.
  std::string told_address;  // What the peer is told, when it is another (ext-rtp-ip).
  int dscp = 46;
  std::uint16_t port = 0;
  std::uint64_t session_id = 0;  // Of our o= line.
  std::uint64_t session_version = 0;
  std::optional<MediaDescription> theirs;  // The last that was offered or answered.
  std::vector<Codec> offered;              // In our last offer; empty: the offer was theirs.
  Codec codec;
  int digits_payload_type = -1;
  int digits_clock_rate = 8000;
  std::vector<Codec> hears;  // What the peer may send, by the numbers it was told.
  int packet_ms = 20;
  int silence_seconds = 0;                                 // What of it ends the call; 0: none …
  int hold_silence_seconds = 0;                            // … and while the peer holds.
  MediaDirection direction = MediaDirection::SendReceive;  // Ours.
  bool connected = false;                                  // ConnectMedia has been ordered.
  bool is_counted = false;  // Media has told what went through, after the leg's end.
};

// A sound the leg hears now, so that a restart can give it back.
struct Sound {
  base::PlaybackId playback;
  std::string source;
  bool loop = false;
};

// The key that was pressed last, and how it was told.
enum class DigitWay { Rtp, SipInfo, Tone };
struct LastDigit {
  std::string digit;
  DigitWay way = DigitWay::Rtp;
  base::Instant at;
};

// Sounds that commands put before what the leg hears (uuid_broadcast): one plays, others wait.
struct Asides {
  std::optional<base::PlaybackId> playing;
  std::vector<std::string> waiting;
  std::optional<Sound> interrupted;  // Plays again, from its beginning, after the last of them.
};

// A recording of the leg, until media has said that it is complete.
struct Recording {
  StartRecording order;
  base::Instant started_at;
  bool is_masked = false;
  bool ends_with_bridge = false;               // A queue's record-template asked for it.
  bool is_resumed = false;                     // A process before this one began it.
  bool is_stopping = false;                    // Its end is ordered.
  std::optional<PendingMessage> message = {};  // It will be a message in a voicemail box.
};

// ---- what runs on the leg now -------------------------------------------------------------------

struct NotRunning {
  static constexpr std::string_view kName = "NotRunning";
};
// `callcenter`, from the question to the queue engine until the bridge or the leaving.
struct InQueue {
  static constexpr std::string_view kName = "InQueue";
  std::string queue;      // As the dialplan names it.
  base::MemberId member;  // None until it is admitted.
  std::string member_uuid;
  std::string music = {};              // Expanded; empty: silence.
  base::PlaybackId announcement = {};  // The periodic one, while it plays instead of the music.
  bool has_bad_announcement = false;   // It could not be played, so it is not tried again.
  std::optional<base::Instant> entered_at = {};
  std::optional<base::Duration> promised = {};  // The wait that was estimated then (pace.h).
};
// The conversation that an offer led to; the dialplan waits for its end.
struct InConversation {
  static constexpr std::string_view kName = "InConversation";
  base::OfferId offer;  // None once the queue engine no longer watches it (callcenter_break).
};
struct Playing {
  static constexpr std::string_view kName = "Playing";
  base::PlaybackId playback;
};
struct Sleeping {
  static constexpr std::string_view kName = "Sleeping";
};
struct Parked {
  static constexpr std::string_view kName = "Parked";
};
// An agent who has answered is asked to press a key (group_confirm_key) before anything else.
struct Confirming {
  static constexpr std::string_view kName = "Confirming";
  base::PlaybackId prompt = {};  // None while the key is waited for after it.
  std::string typed = {};
  int rounds = 0;  // How often the prompt has begun.
  bool is_prompt_playable = true;
};
// An agent hears sounds that belong to an offer, one after the other.
struct Prompted {
  static constexpr std::string_view kName = "Prompted";
  base::PlaybackId playback = {};         // None between two of them.
  std::vector<std::string> waiting = {};  // Those that follow.
};
// It listens to another leg (eavesdrop.h).
struct Eavesdropping {
  static constexpr std::string_view kName = "Eavesdropping";
  base::LegId watched;
  HeardBy heard_by = HeardBy::Nobody;
};
// It calls somebody (bridge_call.h).
struct Calling {
  static constexpr std::string_view kName = "Calling";
  base::OfferId offer;
  base::LegId early;  // The phone it hears already; none: a ringback, or nothing.
};
// A script has the leg and does something else, or has it do nothing (script.h).
struct InScript {
  static constexpr std::string_view kName = "InScript";
};
// Between a conversation or a queue and the dialplan's next action, within one turn.
struct Resuming {
  static constexpr std::string_view kName = "Resuming";
};

using Running =
    std::variant<NotRunning, InQueue, InConversation, Playing, Sleeping, Parked, Confirming,
                 Prompted, Eavesdropping, Calling, InScript, Resuming, Collecting, InFifo,
                 ServesFifo, RecordingMessage, LeavingMessage, CheckingMailbox>;

// What a leg did before prompts came between, and goes on with if they lead to nothing.
struct Suspended {
  Running running;
  std::optional<Sound> hears;
};

// The dialplan's actions for this leg, and how far they have come.
struct Execution {
  std::vector<dialplan::Action> actions;
  std::size_t next = 0;
  std::uint64_t executed = 0;  // In the whole life of the leg: the loop guard.
  std::uint64_t transfers = 0;
  Running running;
  std::optional<Suspended> suspended;  // Only while it runs Prompted.
};

struct Leg {
  base::LegId id;
  std::string uuid;
  Direction direction = Direction::Inbound;
  LegPhase phase = LegPhase::Opening;
  std::string profile;
  std::string name;  // Channel-Name: sofia/internal/1000@example.org.
  CallerProfile caller;
  Variables variables;
  DialogFacts facts;
  LegMedia media;
  std::optional<InviteLeg> invite;  // What to send once the port is open.
  // An INVITE that has no final response yet, or whose 200 of ours is not confirmed.
  std::optional<SentInvite> sent_invite;
  std::optional<ReceivedInvite> received_invite;
  Execution execution;
  std::optional<Sound> hears;
  std::optional<LastDigit> last_digit;
  Keys keys;
  Asides asides;
  std::vector<Recording> recordings;
  std::vector<HeldLimit> limits;  // Counted in the state's Limits while the leg has not ended.
  ScriptId script;                // That has the leg (the application lua).
  base::LegId bridge;             // The other leg of the bridge.
  base::OfferId offer;          // The offer an agent's leg was made or asked for, until it is over.
  bool is_standby = false;      // An agent called in and waits for offers here (uuid-standby).
  bool is_put_on_hold = false;  // By a command, not by its peer (uuid_hold).
  bool is_tracked = false;      // It counts as an agent's call outside the queues.
  int max_forwards = 70;        // Of its INVITE.
  Cause cause = Cause::None;
  bool awaits_count = false;  // Its CHANNEL_HANGUP_COMPLETE is still to come.
  bool is_gone = false;       // sip is done with it.
  base::Instant created_at;
  std::optional<base::Instant> progress_at;
  std::optional<base::Instant> answered_at;
  std::optional<base::Instant> bridged_at;
  std::optional<base::Instant> held_at;  // When the peer put its leg on hold last …
  base::Duration held_for{0};            // … and how long all holds were that are over.
  std::optional<base::Instant> hung_up_at;
  // What events have said of it last.
  ChannelState told_state = ChannelState::New;
  CallState told_call_state = CallState::Down;

  bool is_ending() const { return phase == LegPhase::Ending; }
  bool is_up() const { return phase == LegPhase::Up; }
  template <class T>
  bool runs() const {
    return std::holds_alternative<T>(execution.running);
  }
};

// One dial string of an offer (several with :_: between are called at the same time).
struct Ringing {
  DialSequence groups;            // To be called when nobody of the present group answers.
  std::vector<base::LegId> legs;  // The present group.
};

// What the leg that answers does where nobody is to be given to it (origination.h).
struct Origination {
  std::string application;
  std::string data;
};

// One attempt to give a member to an agent, as far as the calls are concerned. With an Origination
// there is neither: somebody is called by a command.
struct Offer {
  enum class Phase {
    Dialling,  // Until an answer (and its confirmation, where one is asked for).
    Answered,  // The queue engine has been told.
    Bridged,   // Caller and agent hear each other.
    Failed,    // The caller is gone, and the agent is being told.
    Warning,   // A standby agent hears its warning tone.
  };
  base::OfferId id;
  base::MemberId member;
  base::LegId member_leg;
  base::LegId leg;  // The one that answered first; none while dialling.
  std::string agent;
  Phase phase = Phase::Dialling;
  // What each leg is made from.
  std::string agent_type;
  std::string queue;
  std::string member_uuid;
  std::string cid_name;
  std::string cid_number;
  base::Instant joined_at;
  base::Instant started_at;
  std::vector<Ringing> ringing;  // Empty from the answer on.
  std::uint64_t called = 0;      // Destinations so far: the loop guard.
  Cause failure = Cause::None;   // Of the destination that failed last.
  std::optional<Origination> origination = {};
  bool is_for_caller = false;  // The leg in member_leg calls by itself (bridge_call.h).

  bool is_of_queue() const { return !origination && !is_for_caller; }
};

void describe(base::Archive& archive, CallerProfile& caller);
void describe(base::Archive& archive, LegMedia& media);
void describe(base::Archive& archive, Sound& sound);
void describe(base::Archive& archive, LastDigit& last);
void describe(base::Archive& archive, Asides& asides);
void describe(base::Archive& archive, Recording& recording);
void describe(base::Archive& archive, NotRunning& running);
void describe(base::Archive& archive, InQueue& running);
void describe(base::Archive& archive, InConversation& running);
void describe(base::Archive& archive, Playing& running);
void describe(base::Archive& archive, Sleeping& running);
void describe(base::Archive& archive, Parked& running);
void describe(base::Archive& archive, Confirming& running);
void describe(base::Archive& archive, Prompted& running);
void describe(base::Archive& archive, Eavesdropping& running);
void describe(base::Archive& archive, Calling& running);
void describe(base::Archive& archive, InScript& running);
void describe(base::Archive& archive, Resuming& running);
void describe(base::Archive& archive, Suspended& suspended);
void describe(base::Archive& archive, Execution& execution);
void describe(base::Archive& archive, Leg& leg);
void describe(base::Archive& archive, Ringing& ringing);
void describe(base::Archive& archive, Origination& origination);
void describe(base::Archive& archive, Offer& offer);

}  // namespace call
