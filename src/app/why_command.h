// `ringmaster why`: the story of one caller, on standard output.
#pragma once

#include "app/options.h"

namespace app {

ExitCode why(const WhyOptions& options);

}  // namespace app
