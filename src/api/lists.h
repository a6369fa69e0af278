// Lists and counts of the call centre: `callcenter_config` … list, `callcenter_config queue count`
// and `json`.
//
// They need the rows and an instant and nothing else, so they are answered from the engine or, for
// those who can wait a little, from a copy of its rows (core/projection.h), with the same bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "queue/row_view.h"

namespace api {

// True for a whole command, e.g. "callcenter_config agent list", that list() answers.
bool is_list(std::string_view command);

// The reply as of `now`. Requires: is_list(command).
std::string list(std::string_view command, const queue::RowView& rows, base::Instant now);

// The words behind `callcenter_config`, e.g. {agent, list}. nullopt: they ask for no list.
std::optional<std::string> callcenter_list(const std::vector<std::string>& words,
                                           const queue::RowView& rows, base::Instant now);

}  // namespace api
