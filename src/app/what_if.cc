#include "app/what_if.h"

#include <fmt/format.h>

#include <cstdio>
#include <utility>

#include "app/history.h"
#include "app/load_configuration.h"
#include "app/queue_outcomes.h"
#include "app/traffic.h"
#include "app/traffic_model.h"

namespace app {
namespace {

ExitCode failed(const std::string& why, ExitCode code = ExitCode::Failed) {
  fmt::print(stderr, "{}\n", why);
  return code;
}

double seconds_of(base::Duration duration) {
  return static_cast<double>(duration.count()) / 1000;
}

void show(const std::string& title, const QueueOutcomes& outcomes) {
  fmt::print("{}\n", title);
  for (const auto& [name, queue] : outcomes.queues()) {
    fmt::print("  {:<28} {:>6} {:>9} {:>9} {:>6} {:>8} {:>10.1f} {:>10.1f} {:>8.1f} %\n", name,
               queue.calls, queue.answered, queue.abandoned, queue.let_go, queue.still_waiting(),
               seconds_of(queue.average_wait()), seconds_of(queue.longest_wait),
               static_cast<double>(queue.service_level_permille()) / 10);
  }
}

struct Recorded {
  Traffic traffic;
  QueueOutcomes outcomes;
};

base::Result<Recorded> read(const ReplayOptions& options, base::Duration in_time) {
  auto history = History::read(options.journal);
  if (!history) return base::failure(history.error());
  TrafficReader reader;
  QueueOutcomes outcomes(in_time);
  while (true) {
    const auto step = history->next();
    if (!step) return base::failure(step.error());
    if (!*step) break;
    reader.take(**step);
    for (const core::Command& command : (*step)->commands) {
      if (const auto* publish = std::get_if<core::Publish>(&command)) {
        outcomes.take(publish->event, (*step)->at);
      }
    }
  }
  return Recorded{reader.finish(), std::move(outcomes)};
}

base::Result<QueueOutcomes> model(const ReplayOptions& options, const Traffic& traffic,
                                  base::Duration in_time,
                                  std::optional<core::Configuration> configuration) {
  auto beginning = History::read(options.journal);
  if (!beginning) return base::failure(beginning.error());
  QueueOutcomes outcomes(in_time);
  TrafficModel(beginning->core(), traffic, outcomes)
      .run(beginning->now(), std::move(configuration));
  return outcomes;
}

}  // namespace

ExitCode what_if(const ReplayOptions& options) {
  const base::Duration in_time = std::chrono::seconds(options.in_time_seconds);
  auto other = load_configuration(options.conf, options.journal, options.globals);
  if (!other) return failed(other.error(), ExitCode::ConfigurationRefused);
  const auto recorded = read(options, in_time);
  if (!recorded) return failed(recorded.error());
  const auto same = model(options, recorded->traffic, in_time, std::nullopt);
  if (!same) return failed(same.error());
  const auto changed = model(options, recorded->traffic, in_time, std::move(*other));
  if (!changed) return failed(changed.error());
  fmt::print("  {:<28} {:>6} {:>9} {:>9} {:>6} {:>8} {:>10} {:>10} {:>10}\n", "queue", "calls",
             "answered", "abandoned", "let go", "waiting", "mean wait", "longest",
             fmt::format("in {} s", options.in_time_seconds));
  show("as it was", recorded->outcomes);
  show("the same, as the model plays it", *same);
  show(fmt::format("with {}", options.conf.string()), *changed);
  fmt::print(
      "Times in seconds. The model lets callers who were served wait as long as it takes, phones\n"
      "answer as they did ({:.1f} s where one never rang) and conversations last as they did "
      "({:.1f} s "
      "\nfor callers who had none). Calls that were up when the recording began are left out.\n",
      seconds_of(recorded->traffic.usual_ring()), seconds_of(recorded->traffic.usual_talk()));
  return ExitCode::Ok;
}

}  // namespace app
