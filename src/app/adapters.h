// SIP, media, event socket and XML-RPC, started together and fed from the core's commands.
//
// The adapters report into the run loop's inbox; this class is the way back. New calls and commands
// are turned away at the door when the inbox is nearly full; reports about calls that are already
// here are always taken.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/list_thread.h"
#include "app/live_screen.h"
#include "app/record_thread.h"
#include "app/run_loop.h"
#include "app/side_commands.h"
#include "app/table_thread.h"
#include "app/task_thread.h"
#include "base/result.h"
#include "core/configuration.h"
#include "esl/request.h"

namespace media {
class Plane;
}
namespace esl {
class Server;
}
namespace http {
class Server;
}
namespace lua {
class ScriptThread;
}

namespace app {

struct AdapterOptions {
  std::string ledger_path;               // RTP counters that survive the process.
  std::string core_uuid;                 // Of this process, shown in events.
  std::string nonce_secret;              // For SIP digests.
  std::uint64_t first_ticket = 1;        // Differs from those of the process before this one.
  base::LegId first_leg;                 // First odd leg id that SIP may hand out.
  std::vector<call::SipOrder> restored;  // Of the process before this one.
  std::string name_servers;              // As in ServeOptions.
  std::filesystem::path data;            // Where call records are kept.
  std::optional<TableThread::Options> tables = {};  // Without: nothing is written to a database.
};

class Adapters final : public CommandSink {
 public:
  // Binds all addresses. Returns: what could not be started, naming address and port.
  static base::Result<std::unique_ptr<Adapters>> start(const core::Configuration& configuration,
                                                       const AdapterOptions& options,
                                                       RunLoop& loop);
  ~Adapters() override;

  // Called on a RereadConfiguration order; replies by finish_reread().
  using Reread = std::function<void(const core::RereadConfiguration&)>;
  void on_reread(Reread reread) { reread_ = std::move(reread); }

  void carry_out(core::Command command) override;
  void look_for(std::vector<base::LegId> legs, Unknown tell) override;
  void reply(base::Ticket ticket, std::string text);
  // What can change while it runs: where sounds lie, the directory for digests, and settings of
  // profiles.
  void use(const core::Configuration& configuration);

  // nullopt: there is no database.
  std::optional<TableFigures> table_figures() const;

  const Addresses& addresses() const { return addresses_; }

 private:
  Adapters();

  // Each starts one adapter. Returns: why it could not be.
  base::Result<void> start_media(const core::Configuration& configuration,
                                 const AdapterOptions& options, RunLoop& loop);
  base::Result<void> start_sip(const core::Configuration& configuration,
                               const AdapterOptions& options, RunLoop& loop);
  void start_tables(const AdapterOptions& options, RunLoop& loop);
  void start_scripts(const core::Configuration& configuration, const AdapterOptions& options,
                     RunLoop& loop);
  base::Result<void> start_esl(const core::Configuration& configuration,
                               const AdapterOptions& options, RunLoop& loop);
  base::Result<void> start_http(const core::Configuration& configuration,
                                const AdapterOptions& options, RunLoop& loop);
  // What a client of the event socket asks for, or of another door that speaks as it does. Returns:
  // false when it cannot be taken now.
  bool ask(esl::Request request, RunLoop& loop);
  // What the clients of the event socket are told. Loop thread or that of the lists.
  void speak(core::Command command);
  // Returns: false when it is a command of the core.
  bool answer_beside(const esl::ApiRequest& api, RunLoop& loop);

  TaskThread tasks_;
  std::unique_ptr<lua::ScriptThread> scripts_;
  std::uint64_t first_script_ticket_ = 0;
  std::unique_ptr<media::Plane> media_;
  std::unique_ptr<sip::Stack> sip_;
  std::optional<SideCommands> side_commands_;
  std::unique_ptr<esl::Server> esl_;
  std::atomic<bool> http_is_there_{false};
  std::unique_ptr<http::Server> http_;  // nullptr: nobody asked for it.
  std::uint64_t first_http_ticket_ = 0;
  // Requests come from the net thread as soon as it runs, before esl_ is assigned.
  std::atomic<bool> esl_is_there_{false};
  std::optional<TableThread> tables_;
  std::optional<RecordThread> records_;  // Wakes tables_.
  std::optional<ListThread> lists_;      // Speaks to esl_ and feeds tables_.
  Reread reread_;
  Addresses addresses_;
};

}  // namespace app
