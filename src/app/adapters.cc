#include "app/adapters.h"

#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <utility>

#include "app/doctor_command.h"
#include "app/drain_commands.h"
#include "app/load_configuration.h"
#include "app/script_commands.h"
#include "base/call_names.h"
#include "base/log.h"
#include "base/text.h"
#include "core/background_job.h"
#include "esl/server.h"
#include "http/server.h"
#include "lua/script_thread.h"
#include "media/plane.h"
#include "sip/stack.h"

namespace app {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
// clang 14 does not deduce aggregates by itself.
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

// A report of an adapter as an input of the core.
template <class Report>
core::Input input_of(Report report) {
  return std::visit([](auto&& one) { return core::Input(std::forward<decltype(one)>(one)); },
                    std::move(report));
}

// Tickets of one start (2^40 of them) are the event socket's in their first half; then come
// XML-RPC's and those of scripts.
constexpr std::uint64_t kTicketsOfEventSocket = std::uint64_t{1} << 39;
constexpr std::uint64_t kTicketsOfHttp = std::uint64_t{1} << 38;

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

std::map<std::string, sip::TraceView> views_of(const core::Configuration& configuration) {
  std::map<std::string, sip::TraceView> views;
  for (const auto& [profile, view] : configuration.sip_views) {
    views[profile] = {.capture_server = view.capture_server,
                      .prints_messages = view.prints_messages};
  }
  return views;
}

base::LogLevel log_level_of(const core::LogLine& line) {
  switch (line.level) {
    case core::LogLine::Level::Info:
      return base::LogLevel::Info;
    case core::LogLine::Level::Warning:
      return base::LogLevel::Warning;
    case core::LogLine::Level::Error:
      break;
  }
  return base::LogLevel::Error;
}

void write_log(const core::LogLine& line) {
  base::log_line(log_level_of(line), {.area = base::LogArea::Calls, .leg = {}, .uuid = line.uuid},
                 line.text);
}

// The same level in the event socket's numbers.
esl::LogLevel level_of(const core::LogLine& line) {
  switch (line.level) {
    case core::LogLine::Level::Info:
      return esl::LogLevel::Info;
    case core::LogLine::Level::Warning:
      return esl::LogLevel::Warning;
    case core::LogLine::Level::Error:
      break;
  }
  return esl::LogLevel::Error;
}

}  // namespace

Adapters::Adapters() = default;
// What is still being answered ends before those go whom it asks and answers.
Adapters::~Adapters() {
  if (scripts_) scripts_->stop();
  tasks_.stop();
}

base::Result<std::unique_ptr<Adapters>> Adapters::start(const core::Configuration& configuration,
                                                        const AdapterOptions& options,
                                                        RunLoop& loop) {
  std::unique_ptr<Adapters> adapters(new Adapters());
  auto started = adapters->start_media(configuration, options, loop);
  if (started) started = adapters->start_sip(configuration, options, loop);
  if (started) adapters->start_tables(options, loop);
  if (started) adapters->start_scripts(configuration, options, loop);
  if (started) started = adapters->start_esl(configuration, options, loop);
  if (started) started = adapters->start_http(configuration, options, loop);
  for (const std::string& command : configuration.scripts.at_start) {
    if (started) adapters->scripts_->invoke({.command = command, .answer = [](const auto&) {}});
  }
  if (!started) return base::failure(started.error());
  return adapters;
}

base::Result<void> Adapters::start_media(const core::Configuration& configuration,
                                         const AdapterOptions& options, RunLoop& loop) {
  auto plane = media::Plane::start(
      {.first_port = configuration.rtp.first_port,
       .last_port = configuration.rtp.last_port,
       .ledger = options.ledger_path,
       .sounds = {.sound_prefix = sound_folder(configuration),
                  .streams = configuration.local_streams}},
      [&loop](call::MediaReport report) { return loop.put(input_of(std::move(report))); });
  if (!plane) return base::failure(plane.error());
  media_ = std::move(*plane);
  return {};
}

base::Result<void> Adapters::start_sip(const core::Configuration& configuration,
                                       const AdapterOptions& options, RunLoop& loop) {
  auto stack = sip::Stack::start(
      {.profiles = configuration.profiles,
       .views = views_of(configuration),
       .directory = configuration.directory,
       .first_leg = options.first_leg,
       .nonce_secret = options.nonce_secret,
       .restored = options.restored,
       .limits = {configuration.call_limits.sessions_max,
                  configuration.call_limits.sessions_per_second},
       .name_servers = options.name_servers,
       .core_load =
           [&loop] {
             return sip::CoreLoad{loop.inbox_percent(), loop.lag(), loop.drain().takes_new_calls()};
           }},
      [&loop](call::SipReport report) {
        const bool is_new = std::holds_alternative<call::LegInvited>(report) ||
                            std::holds_alternative<call::RegistrationReceived>(report);
        if (is_new && loop.refuses_new_work()) return false;
        if (const auto* gone = std::get_if<call::LegGone>(&report)) {
          base::call_names().let_go(gone->leg);
        }
        return loop.put(input_of(std::move(report)));
      });
  if (!stack) return base::failure(stack.error());
  sip_ = std::move(*stack);
  side_commands_.emplace(*sip_, tasks_);
  for (const auto& bound : sip_->bound()) {
    base::log_info("SIP profile {} takes calls on {}:{} (UDP and TCP)", bound.name, bound.address,
                   bound.port);
    if (addresses_.sip.empty()) addresses_.sip = fmt::format("{}:{}", bound.address, bound.port);
  }
  return {};
}

void Adapters::start_tables(const AdapterOptions& options, RunLoop& loop) {
  const auto give = [&loop](core::Input input) { return loop.put(std::move(input)); };
  if (options.tables) {
    tables_.emplace(
        *options.tables,
        TableThread::Outlets{.ask_for_rows = [&loop] { loop.want_all_rows(); }, .give = give});
  }
  records_.emplace(options.data, RecordThread::Outlets{.confirm = give, .put_into_outbox = [this] {
                                                         if (tables_) tables_->look_into_outbox();
                                                       }});
}

void Adapters::start_scripts(const core::Configuration& configuration,
                             const AdapterOptions& options, RunLoop& loop) {
  first_script_ticket_ = options.first_ticket + kTicketsOfEventSocket + kTicketsOfHttp;
  scripts_ = std::make_unique<lua::ScriptThread>(
      script_options(configuration), base::Ticket{first_script_ticket_},
      lua::Runner::Outlets{
          .ask =
              [this, &loop](base::Ticket ticket, std::string command) {
                return ask(
                    esl::ApiRequest{
                        .ticket = ticket, .command = std::move(command), .job_uuid = std::nullopt},
                    loop);
              },
          .report =
              [&loop](call::ScriptReport report) { return loop.put(input_of(std::move(report))); },
          .unix_ms = [] { return read_clock().unix_ms; }});
}

base::Result<void> Adapters::start_esl(const core::Configuration& configuration,
                                       const AdapterOptions& options, RunLoop& loop) {
  const auto& socket = configuration.event_socket;
  const std::string host = host_name();
  esl::ServerOptions server_options{.listen_ip = socket.listen_ip,
                                    .port = socket.listen_port,
                                    .password = socket.password,
                                    .identity = {.core_uuid = options.core_uuid,
                                                 .hostname = host,
                                                 .switchname = host,
                                                 .ip_v4 = socket.listen_ip,
                                                 .ip_v6 = "::1"},
                                    .first_ticket = options.first_ticket};
  auto server = esl::Server::start(server_options, [this, &loop](esl::Request request) {
    return ask(std::move(request), loop);
  });
  if (!server) return base::failure(server.error());
  esl_ = std::move(*server);
  lists_.emplace(
      ListThread::Outlets{.speak = [this](core::Command command) { speak(std::move(command)); },
                          .ask_for_rows = [&loop] { loop.want_all_rows(); },
                          .pass_on =
                              [this](const core::RowsChanged& rows) {
                                if (tables_) tables_->take(rows);
                              }});
  esl_is_there_ = true;
  addresses_.event_socket = fmt::format("{}:{}", socket.listen_ip, esl_->port());
  return {};
}

base::Result<void> Adapters::start_http(const core::Configuration& configuration,
                                        const AdapterOptions& options, RunLoop& loop) {
  const auto& settings = configuration.xml_rpc;
  if (!settings.listens) return {};
  first_http_ticket_ = options.first_ticket + kTicketsOfEventSocket;
  const auto ask_core = [this, &loop](base::Ticket ticket, std::string command) {
    if (!http_is_there_) return false;
    return ask(
        esl::ApiRequest{.ticket = ticket, .command = std::move(command), .job_uuid = std::nullopt},
        loop);
  };
  auto server = http::Server::start({.listen_ip = settings.listen_ip,
                                     .port = settings.port,
                                     .realm = settings.realm,
                                     .user = settings.user,
                                     .password = settings.password,
                                     .first_ticket = first_http_ticket_},
                                    ask_core);
  if (!server) return base::failure(server.error());
  http_ = std::move(*server);
  http_is_there_ = true;
  addresses_.xml_rpc = fmt::format("{}:{}", settings.listen_ip, http_->port());
  return {};
}

bool Adapters::answer_beside(const esl::ApiRequest& api, RunLoop& loop) {
  const std::string job = api.job_uuid.value_or("");
  const auto answer = [this, &loop, job, ticket = api.ticket,
                       command = api.command](std::string text) {
    if (job.empty()) return reply(ticket, std::move(text));
    loop.put(core::EventSent{core::background_job({job, command}, std::move(text))});
  };
  if (DrainCommands::knows(api.command)) {
    DrainCommands commands({.drain = loop.drain(),
                            .floor = [&loop] { return loop.status().floor; },
                            .stop = [&loop] { loop.stop(); }});
    answer(commands.run(api.command));
    return true;
  }
  if (base::equal_ignoring_case(base::trim(api.command), kDoctorCommand)) {
    loop.ask_health([answer, figures = table_figures(), &loop](const ShadowCore::Health& health) {
      answer(doctor_reply(health, loop.status().is_protected) + tables_line(figures));
    });
    return true;
  }
  if (const auto invoked = script_command(api.command)) {
    scripts_->invoke({.how = invoked->how, .command = invoked->command, .answer = answer});
    return true;
  }
  if (!SideCommands::knows(api.command)) return false;
  side_commands_->run(api.command, answer);
  return true;
}

bool Adapters::ask(esl::Request request, RunLoop& loop) {
  if (loop.refuses_new_work() || !esl_is_there_) return false;
  return std::visit(
      Overloaded{
          [&](esl::ApiRequest& api) {
            if (answer_beside(api, loop)) return true;
            return loop.put(core::ApiRequested{.ticket = api.ticket,
                                               .command = std::move(api.command),
                                               .job_uuid = api.job_uuid.value_or("")});
          },
          [&](esl::MessageRequest& message) {
            return loop.put(core::MessageSent{.ticket = message.ticket,
                                              .uuid = std::move(message.uuid),
                                              .headers = std::move(message.headers),
                                              .body = std::move(message.body)});
          },
          [&](esl::EventRequest& sent) { return loop.put(core::EventSent{std::move(sent.event)}); },
      },
      request);
}

void Adapters::carry_out(core::Command command) {
  std::visit(Overloaded{
                 [this](call::SipOrder order) { sip_->post(std::move(order)); },
                 [this](call::MediaOrder order) { media_->post(std::move(order)); },
                 [this](call::ScriptOrder order) { scripts_->post(std::move(order)); },
                 [this](core::LogLine line) {
                   write_log(line);
                   lists_->carry_out(std::move(line));
                 },
                 [](core::LegNamed named) {
                   base::call_names().learn(named.leg, {.uuid = std::move(named.uuid),
                                                        .call = std::move(named.call),
                                                        .member = std::move(named.member)});
                 },
                 [this](core::RecordsMade made) { records_->keep(std::move(made)); },
                 [this](const core::RereadConfiguration& order) {
                   if (reread_) reread_(order);
                 },
                 // Rows, lists, and what must not overtake them.
                 [this](auto order) { lists_->carry_out(std::move(order)); },
             },
             std::move(command));
}

void Adapters::look_for(std::vector<base::LegId> legs, Unknown tell) {
  sip_->look_for(std::move(legs), std::move(tell));
}

void Adapters::speak(core::Command command) {
  if (auto* answer = std::get_if<core::ApiReply>(&command)) {
    reply(answer->ticket, std::move(answer->text));
  } else if (auto* order = std::get_if<core::Publish>(&command)) {
    const auto event = std::make_shared<const base::EslEvent>(std::move(order->event));
    if (scripts_->wants_events()) scripts_->publish(event);
    esl_->publish(event);
  } else if (auto* line = std::get_if<core::LogLine>(&command)) {
    esl_->log({level_of(*line), std::move(line->text)});
  }
}

void Adapters::reply(base::Ticket ticket, std::string text) {
  const bool is_of_http =
      ticket.value >= first_http_ticket_ && ticket.value - first_http_ticket_ < kTicketsOfHttp;
  if (http_is_there_ && is_of_http) return http_->reply(ticket, std::move(text));
  const bool is_of_scripts =
      ticket.value >= first_script_ticket_ && ticket.value - first_script_ticket_ < kTicketsOfHttp;
  if (is_of_scripts) return scripts_->reply(ticket, std::move(text));
  esl_->reply(ticket, std::move(text));
}

std::optional<TableFigures> Adapters::table_figures() const {
  if (!tables_) return std::nullopt;
  return tables_->figures();
}

void Adapters::use(const core::Configuration& configuration) {
  media_->use(
      {.sound_prefix = sound_folder(configuration), .streams = configuration.local_streams});
  sip_->replace_directory(configuration.directory);
  sip_->use_settings(configuration.profiles);
}

}  // namespace app
