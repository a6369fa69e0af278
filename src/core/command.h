// All that the core can order, as values. They leave once the journal holds the input that caused
// them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/archive.h"
#include "base/esl_event.h"
#include "base/ids.h"
#include "base/time.h"
#include "call/media_messages.h"
#include "call/script_messages.h"
#include "call/sip_messages.h"
#include "queue/ended.h"
#include "queue/row_changes.h"

namespace core {

struct ApiReply {
  static constexpr std::string_view kName = "ApiReply";
  base::Ticket ticket;
  std::string text;
};

struct Publish {
  static constexpr std::string_view kName = "Publish";
  base::EslEvent event;
};

// A line for the operator's log.
struct LogLine {
  static constexpr std::string_view kName = "LogLine";
  enum class Level { Info, Warning, Error } level = Level::Info;
  std::string text;
  std::string uuid = {};  // Of the channel that it is about, if it is about one.
};

// Which call a leg belongs to, for the logs and traces of adapters. Comes before the first order
// for the leg, and again when more is known.
struct LegNamed {
  static constexpr std::string_view kName = "LegNamed";
  base::LegId leg;
  std::string uuid;    // Of its channel.
  std::string call;    // Uuid of the caller's channel; for a caller its own.
  std::string member;  // Uuid of the stay in a queue that it is about, if any.
};

// Rows of the call centre are now these: for those who keep a copy (projection.h). Comes at the end
// of the turn that changed them.
struct RowsChanged {
  static constexpr std::string_view kName = "RowsChanged";
  enum class Extent { Changes, AllRows } extent = Extent::Changes;
  // Of Changes gapless, over restarts too. AllRows has the number of the last changes in it.
  std::uint64_t sequence = 0;
  queue::RowChanges rows;
};

// Somebody asks for a list. Who keeps a copy of the rows answers as of `at`, once it has the
// changes up to `sequence`: so whoever asks sees what was changed before.
struct ListAsked {
  static constexpr std::string_view kName = "ListAsked";
  base::Ticket ticket;
  std::string command;
  base::Instant at;
  std::uint64_t sequence = 0;
  // Of bgapi, numbered already: the reply is its body.
  std::optional<base::EslEvent> job = {};
};

// Read the configuration directory again; Configured follows when it is good (reloadxml, sofia
// profile NAME rescan).
struct RereadConfiguration {
  static constexpr std::string_view kName = "RereadConfiguration";
  base::Ticket ticket;
  std::string profile = {};  // Whose settings the reply is to be about; empty: all.
};

// Stays and offers that are over, to be kept as call records; RecordsKept is to follow. Those that
// were not confirmed come again after a restart, with the same numbers.
struct RecordsMade {
  static constexpr std::string_view kName = "RecordsMade";
  std::uint64_t first = 0;  // Number of the first; the others follow without gaps.
  queue::RowChanges::Frame frame;
  std::vector<queue::Ended> records;

  std::uint64_t last() const { return first + records.size() - 1; }
};

using Command =
    std::variant<call::SipOrder, call::MediaOrder, call::ScriptOrder, ApiReply, Publish, LogLine,
                 LegNamed, RowsChanged, ListAsked, RereadConfiguration, RecordsMade>;
using Commands = std::vector<Command>;

}  // namespace core
