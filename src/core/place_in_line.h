// The place of a waiting member among those of its queue, as `queue list members` shows them.
#pragma once

#include <cstddef>
#include <optional>

#include "base/ids.h"
#include "base/time.h"
#include "queue/engine.h"

namespace core {

// 1 is who is served next. nullopt: no such member, or it waits no more. Looks at all members.
std::optional<std::size_t> place_in_line(const queue::Engine& engine, base::MemberId member,
                                         base::Instant now);

}  // namespace core
