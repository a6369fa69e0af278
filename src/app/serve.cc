#include "app/serve.h"

#include <fmt/format.h>
#include <signal.h>

#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <random>
#include <thread>

#include "app/adapters.h"
#include "app/core_clock.h"
#include "app/first_rows.h"
#include "app/history_thread.h"
#include "app/journal_news.h"
#include "app/live_screen.h"
#include "app/load_configuration.h"
#include "app/opened_state.h"
#include "app/rescan.h"
#include "app/retention_thread.h"
#include "app/run_loop.h"
#include "app/signs_of_life.h"
#include "app/task_thread.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "base/thread_name.h"
#include "sip/address_search.h"

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNonceSecret = "sip.nonce_secret";
// Set when a server ends because somebody wanted it to; a crash leaves it as it was.
constexpr const char* kEndedInOrder = "serve.ended_in_order";
// Tickets of one start: more than a busy event socket uses in its life.
constexpr int kTicketBits = 40;

std::uint64_t seed_from_system() {
  std::random_device device;
  return (std::uint64_t{device()} << 32) | device();
}

std::string random_hex(std::size_t digits) {
  std::random_device device;
  std::string text;
  while (text.size() < digits) text += fmt::format("{:08x}", device());
  return text.substr(0, digits);
}

void set_up_log(const ServeOptions& options) {
  base::LogOptions log;
  const auto levels = base::split(options.log_level, ',');
  for (const std::string& part : levels)
    log.level = base::parse_log_level(part).value_or(log.level);
  if (options.log_format == "json") log.format = base::LogFormat::Json;
  const std::string path = options.log_file.string();
  log.path = path;
  base::configure_log(log);
  for (const std::string& part : levels) {
    const std::size_t equals = part.find('=');
    if (equals == std::string::npos) continue;
    const auto area = base::parse_log_area(part.substr(0, equals));
    const auto level = base::parse_log_level(part.substr(equals + 1));
    if (area && level) base::set_log_level(*area, *level);
  }
}

// Signals that end the server are taken by one thread that waits for them; all threads started
// later inherit the block. On the first one `stop` is called.
class SignalWatch {
 public:
  SignalWatch() {
    sigemptyset(&ending_);
    sigaddset(&ending_, SIGTERM);
    sigaddset(&ending_, SIGINT);
    sigaddset(&ending_, SIGUSR1);  // Ends the wait itself.
    pthread_sigmask(SIG_BLOCK, &ending_, nullptr);
    signal(SIGPIPE, SIG_IGN);
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;
  ~SignalWatch() { end(); }

  // From now on signals are left lying: the server ends anyway. What `stop` needs may go then.
  void end() {
    if (!thread_.joinable()) return;
    pthread_kill(thread_.native_handle(), SIGUSR1);
    thread_.join();
  }

  void start(std::function<void()> stop) {
    thread_ = std::thread([this, stop = std::move(stop)] {
      base::name_this_thread("signals");
      int number = 0;
      if (sigwait(&ending_, &number) == 0 && number != SIGUSR1) stop();
    });
  }

 private:
  sigset_t ending_{};
  std::thread thread_;
};

// What is kept beside the journal and belongs to no input.
struct Kept {
  CoreClock clock;
  std::string nonce_secret;
};

Kept keep(store::Journal& journal, const store::Recovered& found, const RecoveredCore& recovered) {
  const auto reading = read_clock();
  Kept kept{.clock = recovered.is_new
                         ? CoreClock::found(reading)
                         : CoreClock::resume(reading, found.values, recovered.last_instant),
            .nonce_secret = random_hex(32)};
  for (const auto& [key, text] : kept.clock.values()) journal.set_value(key, text);
  if (const auto secret = found.values.find(kNonceSecret); secret != found.values.end()) {
    kept.nonce_secret = secret->second;
  } else {
    journal.set_value(kNonceSecret, kept.nonce_secret);
  }
  return kept;
}

void print_ready(const Addresses& addresses) {
  fmt::print("ready sip={} event_socket={}{}{}\n", addresses.sip, addresses.event_socket,
             addresses.xml_rpc.empty() ? "" : " xml_rpc=", addresses.xml_rpc);
  std::fflush(stdout);
}

core::Configured configured(core::Configuration configuration,
                            core::Configured::Occasion occasion) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return {.configuration = std::move(configuration),
          .utc_offset_seconds = static_cast<int>(local.tm_gmtoff),
          .occasion = occasion};
}

core::EventSent reloaded() {
  return {{.name = "RELOADXML", .subclass = {}, .headers = {}, .body = {}}};
}

// Addresses that profiles say how to find are asked for now; `before`: the profiles in use.
base::Result<void> find_addresses(const ServeOptions& options,
                                  const std::vector<call::SipProfile>& before,
                                  core::Configuration& configuration) {
  std::vector<std::string> warnings;
  auto found = sip::find_addresses(sip::AddressSearch(options.name_servers), before,
                                   configuration.profiles, warnings);
  for (const std::string& line : warnings) {
    base::log_warning(base::LogSubject{base::LogArea::Sip}, "{}", line);
  }
  return found;
}

// Reads the configuration again on a thread of its own and gives it to the loop.
class Rereader {
 public:
  // `running`: the profiles with which the server has started.
  Rereader(const ServeOptions& options, std::vector<call::SipProfile> running, RunLoop& loop,
           Adapters& adapters)
      : options_(options),
        running_(std::move(running)),
        in_use_(running_),
        loop_(loop),
        adapters_(adapters) {}

  // Does not wait: names and STUN servers may take seconds.
  void start(const core::RereadConfiguration& order) {
    const bool taken = tasks_.put([this, order] { reread(order.ticket, order.profile); });
    if (!taken) adapters_.reply(order.ticket, "-ERR overloaded, try again\n");
  }

 private:
  void reread(base::Ticket ticket, const std::string& profile) {
    auto loaded = load_configuration(options_.conf, options_.data, options_.globals);
    if (loaded) {
      const auto found = find_addresses(options_, in_use_, *loaded);
      if (!found) loaded = base::failure(found.error());
    }
    if (!loaded) {
      base::log_error("reading the configuration again: refused, the old configuration stays:\n{}",
                      loaded.error());
      adapters_.reply(ticket, "-ERR the configuration is wrong, see the log; the old one stays\n");
      return;
    }
    const std::vector<std::string> unchanged = needing_a_restart(running_, loaded->profiles);
    for (const std::string& line : unchanged) base::log_warning("{}", line);
    adapters_.use(*loaded);
    in_use_ = loaded->profiles;
    const std::string done = profile.empty() ? "+OK [Success]\n" : rescan_reply(profile, unchanged);
    const bool taken =
        loop_.put(configured(std::move(*loaded), core::Configured::Occasion::Ongoing)) &&
        loop_.put(reloaded());
    adapters_.reply(ticket, taken ? done : "-ERR overloaded, try again\n");
  }

  const ServeOptions& options_;
  const std::vector<call::SipProfile> running_;
  std::vector<call::SipProfile> in_use_;  // With the settings that were read last.
  RunLoop& loop_;
  Adapters& adapters_;
  TaskThread tasks_;  // One after the other.
};

// Whether this is a start that an operator wanted, or the end of a crash.
core::Configured::Occasion occasion_of(store::Journal& journal, const OpenedState& state) {
  const auto ended = state.found.values.find(kEndedInOrder);
  const bool in_order = ended != state.found.values.end() && ended->second == "1";
  journal.set_value(kEndedInOrder, "0");
  return state.is_new || in_order ? core::Configured::Occasion::OperatorsStart
                                  : core::Configured::Occasion::Ongoing;
}

// What the database holds becomes ours, once in the life of a data directory.
// Returns: where it is.
std::optional<TableThread::Options> take_first_rows(RunLoop& loop, const OpenedState& state,
                                                    std::optional<TableThread::Options> tables) {
  if (!state.is_new || !tables) return tables;
  const auto rows = first_rows(*tables);
  if (!rows) return tables;
  loop.apply(*rows);
  if (state.journal->flush()) first_rows_taken(*tables);
  return tables;
}

void note_end(store::Journal& journal) {
  journal.set_value(kEndedInOrder, "1");
  static_cast<void>(journal.flush());
}

// The first inputs of this process.
void take_up(RunLoop& loop, const OpenedState& state, const Kept& kept,
             const core::Configured& configuration) {
  if (state.is_new) {
    loop.apply(core::Founded{.seed = seed_from_system(),
                             .unix_ms_at_origin = kept.clock.anchor().unix_ms_at_origin});
  } else {
    base::log_info("restoring the state: {} inputs after the snapshot", state.inputs_replayed);
    loop.apply(core::Restarted{});
  }
  for (const core::Input& input : state.amends) loop.apply(input);
  loop.apply(configuration);
  for (const core::Input& input : state.people) loop.apply(input);
}

ExitCode failed(const std::string& why) {
  base::log_error("{}", why);
  return ExitCode::Failed;
}

}  // namespace

ExitCode serve(const ServeOptions& options) {
  set_up_log(options);
  SignalWatch signals;

  auto configuration = load_configuration(options.conf, options.data, options.globals);
  if (!configuration) {
    fmt::print(stderr, "{}", configuration.error());
    return ExitCode::ConfigurationRefused;
  }
  if (const auto found = find_addresses(options, {}, *configuration); !found) {
    fmt::print(stderr, "{}\n", found.error());
    return ExitCode::ConfigurationRefused;
  }

  JournalNews news;
  auto state =
      open_state(options.data, {.free_bytes_min = options.bounds.free_bytes_min}, news.callbacks());
  if (!state) return failed(state.error());
  const Kept kept = keep(*state->journal, state->found, state->recovered);
  RunLoop loop(std::move(state->recovered), kept.clock, *state->journal, news,
               options.bounds.journal);
  take_up(loop, *state, kept, configured(*configuration, occasion_of(*state->journal, *state)));
  auto tables = take_first_rows(loop, *state, table_options(*configuration, options.data));
  auto adapters = Adapters::start(*configuration,
                                  {.ledger_path = (options.data / "rtp.ledger").string(),
                                   .core_uuid = base::Random(seed_from_system()).uuid(),
                                   .nonce_secret = kept.nonce_secret,
                                   .first_ticket = state->found.start_number << kTicketBits,
                                   .first_leg = loop.next_inbound_leg(),
                                   .restored = loop.restored_legs(),
                                   .name_servers = options.name_servers,
                                   .data = options.data,
                                   .tables = std::move(tables)},
                                  loop);
  state->marker.finished();
  if (!adapters) return failed(adapters.error());

  Rereader rereader(options, configuration->profiles, loop, **adapters);
  (*adapters)->on_reread(
      [&rereader](const core::RereadConfiguration& order) { rereader.start(order); });
  SignsOfLife signs(SignsOfLife::from_environment());
  loop.on_status(
      [&signs](const LoopStatus& status) { signs.look(status, std::chrono::steady_clock::now()); });
  signals.start([&loop, &signs] {
    signs.tell("STOPPING=1");
    loop.stop();
  });
  print_ready((*adapters)->addresses());
  signs.tell("READY=1");
  std::optional<HistoryThread> history;
  if (options.bounds.history.age.count() > 0) {
    history.emplace(options.data, options.bounds.free_bytes_min);
  }
  const RetentionThread retention(
      {{"quarantine", options.data / "quarantine", options.bounds.quarantine},
       {"history", options.data / "history", options.bounds.history},
       {"recordings", configuration->globals["recordings_dir"], options.bounds.recordings},
       {"records", options.data / "records", options.bounds.records}});
  std::optional<LiveScreen> screen;
  if (options.screen == Screen::Live) {
    screen.emplace([&loop] { return loop.status(); }, (*adapters)->addresses());
  }
  loop.run(**adapters);
  note_end(*state->journal);
  signals.end();
  signs.tell("STOPPING=1");
  base::log_info("stopped; the state is saved in {}", options.data.string());
  return ExitCode::Ok;
}

}  // namespace app
