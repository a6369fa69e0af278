// The event that ends a bgapi command (spec/08 §4).
#pragma once

#include <string>
#include <string_view>

#include "base/esl_event.h"

namespace core {

struct BackgroundJob {
  std::string_view uuid;
  std::string_view command;  // With its arguments.
};

base::EslEvent background_job(const BackgroundJob& job, std::string reply);

}  // namespace core
