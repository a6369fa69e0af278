// All that can happen to the core, as values: what the journal records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "base/archive.h"
#include "base/esl_event.h"
#include "base/ids.h"
#include "call/media_messages.h"
#include "call/script_messages.h"
#include "call/sip_messages.h"
#include "core/configuration.h"
#include "core/violation.h"
#include "queue/imported_rows.h"

namespace core {

// The first input of a data directory's life: what all later decisions start from.
struct Founded {
  static constexpr std::string_view kName = "Founded";
  std::uint64_t seed = 0;
  std::int64_t unix_ms_at_origin = 0;
};

// The configuration is now this: at every start, and at reloadxml.
struct Configured {
  static constexpr std::string_view kName = "Configured";
  Configuration configuration;
  // What the local clock is ahead of UTC, for time conditions of the dialplan.
  int utc_offset_seconds = 0;
  // At a start that an operator wanted truncate-…-on-load counts; a crash is none.
  enum class Occasion { Ongoing, OperatorsStart } occasion = Occasion::Ongoing;
};

// A new process has taken over the state: sockets and transactions of the old one are gone. Legs
// that were established are restored, what was under way is ended with a cause.
struct Restarted {
  static constexpr std::string_view kName = "Restarted";
};

// The instant of next_deadline() has come.
struct DeadlineReached {
  static constexpr std::string_view kName = "DeadlineReached";
};

// Somebody outside asks for an API command; answered with one ApiReply of the same ticket.
struct ApiRequested {
  static constexpr std::string_view kName = "ApiRequested";
  base::Ticket ticket;
  std::string command;   // Whole text, e.g. "callcenter_config agent list".
  std::string job_uuid;  // Not empty: bgapi; the reply is a BACKGROUND_JOB event as well.
};

// An order for one leg (sendmsg); answered with one ApiReply of the same ticket.
struct MessageSent {
  static constexpr std::string_view kName = "MessageSent";
  base::Ticket ticket;
  std::string uuid;
  base::Headers headers;
  std::string body;
};

// An event that a program made (sendevent): it gets its number and date, and all may read it.
struct EventSent {
  static constexpr std::string_view kName = "EventSent";
  base::EslEvent event;
};

// The self-check has seen this for a while (self_check.h): what is stuck is released, if it is
// still so.
struct ViolationSeen {
  static constexpr std::string_view kName = "ViolationSeen";
  Violation violation;
};

// What a database held before this server wrote to it: once in the life of a data directory, after
// its first Configured.
struct RowsImported {
  static constexpr std::string_view kName = "RowsImported";
  queue::ImportedRows rows;
};

// RecordsMade up to this number will survive whatever happens to this process.
struct RecordsKept {
  static constexpr std::string_view kName = "RecordsKept";
  std::uint64_t last = 0;
};

using Input =
    std::variant<Founded, ViolationSeen, RowsImported, RecordsKept, Configured, Restarted,
                 DeadlineReached, ApiRequested, MessageSent, EventSent, call::LegInvited,
                 call::InviteSent, call::LegProgressed, call::LegAnswered, call::LegConfirmed,
                 call::LegRefused, call::LegHungUp, call::LegGone, call::LegReinvited,
                 call::DigitSignalled, call::DialogChanged, call::LegReferred,
                 call::RegistrationReceived, call::MediaOpened, call::MediaFailed,
                 call::PlaybackEnded, call::DigitReceived, call::MediaTimedOut, call::MediaClosed,
                 call::RecordingEnded, call::ScriptAsked, call::ScriptEnded>;

void describe(base::Archive& archive, Founded& input);
void describe(base::Archive& archive, Configured& input);
void describe(base::Archive& archive, Restarted& input);
void describe(base::Archive& archive, DeadlineReached& input);
void describe(base::Archive& archive, ApiRequested& input);
void describe(base::Archive& archive, MessageSent& input);
void describe(base::Archive& archive, EventSent& input);
void describe(base::Archive& archive, ViolationSeen& input);
void describe(base::Archive& archive, RowsImported& input);
void describe(base::Archive& archive, RecordsKept& input);

}  // namespace core
