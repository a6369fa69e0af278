// local_stream.conf.xml: folders of music that all who listen hear together (spec/11 §2).
#pragma once

#include <map>
#include <string>
#include <vector>

#include "call/local_stream.h"
#include "config/element.h"
#include "config/problem.h"

namespace config {

// A relative path lies in the global sounds_dir. A stream that stands twice is taken once.
std::vector<call::LocalStream> read_local_streams(const Element& configuration,
                                                  const std::map<std::string, std::string>& globals,
                                                  Problems& problems);

}  // namespace config
