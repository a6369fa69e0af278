#include "core/background_job.h"

#include <utility>

namespace core {

base::EslEvent background_job(const BackgroundJob& job, std::string reply) {
  base::EslEvent event;
  event.name = "BACKGROUND_JOB";
  const std::size_t space = job.command.find(' ');
  event.add("Job-UUID", job.uuid);
  event.add("Job-Command", job.command.substr(0, space));
  if (space != std::string_view::npos) {
    event.add("Job-Command-Arg", job.command.substr(space + 1));
  }
  event.body = std::move(reply);
  return event;
}

}  // namespace core
