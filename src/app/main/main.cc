#include <variant>

#include "app/check_command.h"
#include "app/console.h"
#include "app/doctor_command.h"
#include "app/drain_command.h"
#include "app/events_command.h"
#include "app/names_command.h"
#include "app/options.h"
#include "app/replay_command.h"
#include "app/serve.h"
#include "app/trace_command.h"
#include "app/what_if.h"
#include "app/why_command.h"

namespace {

app::ExitCode run(const app::ServeOptions& options) {
  return app::serve(options);
}
app::ExitCode run(const app::CheckOptions& options) {
  return app::check(options);
}
app::ExitCode run(const app::ConsoleOptions& options) {
  return app::console(options);
}
app::ExitCode run(const app::TraceOptions& options) {
  return app::trace(options);
}
app::ExitCode run(const app::DrainOptions& options) {
  return app::drain(options);
}
app::ExitCode run(const app::DoctorOptions& options) {
  return app::doctor(options);
}
app::ExitCode run(const app::ReplayOptions& options) {
  return options.conf.empty() ? app::replay(options) : app::what_if(options);
}
app::ExitCode run(const app::EventsOptions& options) {
  return app::events(options);
}
app::ExitCode run(const app::NamesOptions&) {
  return app::names();
}
app::ExitCode run(const app::WhyOptions& options) {
  return app::why(options);
}

}  // namespace

int main(int argc, char** argv) {
  const auto parsed = app::parse_options(argc, argv);
  if (const auto* code = std::get_if<app::ExitCode>(&parsed)) return static_cast<int>(*code);
  const auto code =
      std::visit([](const auto& options) { return run(options); }, std::get<app::Options>(parsed));
  return static_cast<int>(code);
}
